"""The field types of the models: one parser and one JSON Schema for each kind of value.

A field is ``Annotated[type, Felt(parser, schema)]``; the schema says what the parser accepts, æøå and all.
"""

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Annotated, Any, Final

from oppfolgingscli.modell import ord as o
from oppfolgingscli.modell import skjema as js
from oppfolgingscli.modell import tidsverdier as t
from oppfolgingscli.modell import verdier as v
from oppfolgingscli.modell.anker import Anker, parse_anker
from oppfolgingscli.modell.tabell import Felt, Skjema
from oppfolgingscli.sprak import N_, _
from oppfolgingscli.tid.varighet import Varighet


def _ord(known: tuple[str, ...], hva: str) -> Felt:
    return Felt(partial(_parse_ord, known=known, hva=hva), partial(js.ord_fra, known))


def _parse_ord(value: object, known: tuple[str, ...], hva: str) -> str:
    return v.parse_ord(value, known, hva)


def _liste(item: Callable[[object], Any], skjema: Callable[[], Skjema], minst: int = 0) -> Felt:
    """One value or a list of at least ``minst``."""
    return Felt(partial(_parse_liste, item=item, minst=minst), lambda: js.en_eller_flere(skjema(), minst))


def _parse_liste(value: object, item: Callable[[object], Any], minst: int) -> tuple[Any, ...]:
    values = v.parse_liste(value, item)
    if len(values) < minst:
        raise v.Feltfeil("tom_verdi", _("listen er tom."), _("Skriv minst ett ord."))
    return values


def heltall(least: int, most: int) -> Felt:
    """Annotate a whole number in the closed range [least, most]."""
    return Felt(
        partial(v.parse_heltall, least=least, most=most),
        lambda: {"type": "integer", "minimum": least, "maximum": most},
    )


def _skolear_nr(value: object) -> int:
    return v.parse_heltall(value, 1, 20)


SLUTTARSAKER: Final = (
    "flytting", "fodselspermisjon", "graviditet", "helse", "familie",
    "sprak", "fag", "veiledet-ut", "eget-valg", "annet",
)  # fmt: skip

Id = Annotated[str, Felt(v.parse_id, js.id_)]
Ref = Annotated[str, Felt(v.parse_ref, js.ref)]
Etikett = Annotated[str, Felt(v.parse_etikett, js.ref)]
Refs = Annotated[tuple[str, ...], _liste(v.parse_ref, js.ref)]
MinstEnRef = Annotated[tuple[str, ...], _liste(v.parse_ref, js.ref, minst=1)]
Etiketter = Annotated[tuple[str, ...], _liste(v.parse_etikett, js.ref)]
Tekst = Annotated[str, Felt(v.parse_tekst, js.tekst)]
Linje = Annotated[str, Felt(v.parse_linje, js.tekst)]
Linjer = Annotated[tuple[str, ...], _liste(v.parse_linje, js.tekst)]
Navn = Annotated[str | dict[str, str], Felt(v.parse_navn, js.navn)]
Dato = Annotated[date, Felt(v.parse_dato, js.dato)]
Bool = Annotated[bool, Felt(v.parse_bool, lambda: {"type": "boolean"})]
Lengde = Annotated[Varighet, Felt(t.parse_lengde, partial(js.lengde, minst=None))]
PositivLengde = Annotated[Varighet, Felt(t.parse_positiv_lengde, partial(js.lengde, minst=1))]
IkkeNegativLengde = Annotated[Varighet, Felt(t.parse_ikke_negativ_lengde, js.lengde)]
Minutter = Annotated[int, Felt(t.parse_minutter, js.minutter)]
Reisetid = Annotated[int, Felt(t.parse_reisetid, js.minutter)]
Avsatt = Annotated[str, Felt(t.parse_avsatt, js.avsatt)]
Epost = Annotated[str, Felt(v.parse_epost, js.epost)]
Tidsrom = Annotated[tuple[time, time], Felt(t.parse_tidsrom, js.tidsrom)]
Ukedager = Annotated[tuple[int, ...], Felt(t.parse_ukedager, lambda: js.en_eller_flere(js.ord_fra(o.UKEDAGER)))]
SkolearNumre = Annotated[tuple[int, ...], _liste(_skolear_nr, lambda: {"type": "integer", "minimum": 1, "maximum": 20})]
Kontakttype = Annotated[str, Felt(v.parse_etikett, partial(js.merkelapp, js.TYPER))]
Ytelser = Annotated[tuple[str, ...], _liste(v.parse_etikett, partial(js.merkelapp, js.YTELSER))]
MinstEnHendelse = Annotated[tuple[str, ...], _liste(v.parse_etikett, partial(js.merkelapp, js.HENDELSER), minst=1)]
RutinesettNavn = Annotated[str, Felt(v.parse_linje, partial(js.medfolgende, "rutiner"))]
SkoleruteNavn = Annotated[str, Felt(v.parse_linje, partial(js.medfolgende, "skoleruter", "ingen"))]
AnkerFelt = Annotated[Anker, Felt(parse_anker, js.anker)]

Etat = Annotated[o.Etat, _ord(("skole", "nav", "fylkeskommune", "bedrift", "deltaker", "annen"), N_("en kjent etat"))]
Niva = Annotated[o.Niva, _ord(("deltaker", "klasse"), N_("et kjent nivå"))]
Grunnlag = Annotated[o.Grunnlag, _ord(("skriftlig", "praksis", "planlagt"), N_("et kjent grunnlag"))]
Per = Annotated[o.Per, _ord(("uke", "maned", "kvartal", "semester", "skolear"), N_("en kjent periode"))]
Helst = Annotated[o.Helst, _ord(("start", "slutt"), N_("et ord som går an her"))]
Deltakernavn = Annotated[o.Deltakernavn, _ord(("id", "ingen"), N_("et ord som går an her"))]
Sprak = Annotated[o.Sprak, _ord(("nb", "nn", "en"), N_("et språk programmet kan"))]
Sluttarsak = Annotated[o.Sluttarsak, _ord(SLUTTARSAKER, N_("en kjent sluttårsak"))]


def parse_format(value: object) -> int:
    """Read the version of the file format: only 1 so far."""
    if value == 1 and type(value) is int:
        return 1
    raise v.Feltfeil("feil_format", v.ukjent_format(value), v.rad_format())


Format = Annotated[int, Felt(parse_format, lambda: {"const": 1})]
