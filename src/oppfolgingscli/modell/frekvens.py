"""How often a routine shall happen: one model for each of the six kinds, told apart by their keys."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Annotated, Any, ClassVar, Final

from oppfolgingscli.modell import skjema as js
from oppfolgingscli.modell.felt import (
    AnkerFelt,
    Bool,
    Helst,
    IkkeNegativLengde,
    Lengde,
    MinstEnHendelse,
    MinstEnRef,
    Per,
    PositivLengde,
    heltall,
)
from oppfolgingscli.modell.tabell import Felt, Tabell, Valgfelt, felt
from oppfolgingscli.modell.tidsverdier import parse_positiv_lengde
from oppfolgingscli.modell.verdier import MAX_ANTALL, Feltfeil, feil_type, parse_heltall, vis_verdi
from oppfolgingscli.sprak import _
from oppfolgingscli.tid.varighet import Varighet


def _parse_klokkelengde(value: object) -> Varighet:
    """Read a duration an interval clock can count: days, weeks, months, years."""
    length = parse_positiv_lengde(value)
    if length.enhet in {"virkedag", "skoledag"}:
        melding = _("«{verdi}» kan ikke telles her: et intervall går i dager, uker, måneder eller år.")
        raise Feltfeil("feil_enhet", melding.format(verdi=length), _("Skriv for eksempel «3 uker»."))
    return length


Antallsfelt = Annotated[int, heltall(0, MAX_ANTALL)]
Klokkelengde = Annotated[Varighet, Felt(_parse_klokkelengde, partial(js.lengde, minst=1, klokke=True))]


class Antall(Tabell):
    """A count in each period: ``minst`` required, up to ``inntil`` wished. ``antall = n`` is both."""

    slag: ClassVar[str] = "antall"
    ogsa_nokler: ClassVar[dict[str, Felt]] = {
        "antall": Felt(
            heltall(1, MAX_ANTALL).parse,
            lambda: {
                "description": "Så mange i hver periode, verken flere eller færre.",
                "type": "integer",
                "minimum": 1,
                "maximum": MAX_ANTALL,
            },
        )
    }

    minst: Antallsfelt = felt(default=0, hjelp="Så mange skal det være i hver periode.")
    inntil: Antallsfelt = felt(default=None, hjelp="Så mange kan det være; de utover «minst» er ønsket.")
    per: Per = felt(hjelp="Perioden det telles i: uke, maned, kvartal, semester (halvar) eller skolear.")
    minst_mellom: PositivLengde | None = felt(default=None, hjelp="Minste avstand mellom to kontakter.")
    helst: Helst | None = felt(default=None, hjelp="Legg møtene først (start) eller sist (slutt) i perioden.")
    sent_til: IkkeNegativLengde | None = felt(
        default=None, hjelp="Hvor lenge etter fristen en sen kontakt ennå teller."
    )

    @staticmethod
    def _forst(data: Mapping[str, Any]) -> Mapping[str, Any]:
        data = dict(data)
        if "antall" in data:
            if "minst" in data or "inntil" in data:
                raise Feltfeil("to_slag", _("«antall» kan ikke stå sammen med «minst» og «inntil»."),
                               _("Skriv enten antall = 2, eller minst = 2, inntil = 3."), ("antall",))  # fmt: skip
            try:
                data["minst"] = data["inntil"] = parse_heltall(data.pop("antall"), 1)
            except Feltfeil as fault:
                raise fault.inne_i("antall") from None
        return data

    def _sjekk(self, skrevet: Collection[str]) -> None:
        if not {"inntil", "antall"} & set(skrevet):
            self._sett(inntil=self.minst)
        if self.inntil < self.minst:
            melding = _("«inntil» ({inntil}) er mindre enn «minst» ({minst}).")
            raise Feltfeil("inntil_for_liten", melding.format(inntil=self.inntil, minst=self.minst),
                           _("Bytt om tallene, eller ta bort «inntil»."), ("inntil",))  # fmt: skip
        if self.inntil == 0:
            raise Feltfeil("utenfor", _("null ganger er ingen rutine."), _("Skriv minst 1."), ("inntil",))


class Hver(Tabell):
    """An interval, chained from contact to contact: aim ``hver``, at the latest ``senest``; calendar days, weeks …"""

    slag: ClassVar[str] = "hver"

    hver: Klokkelengde = felt(hjelp="Målet: så lenge mellom to kontakter.")
    senest: Klokkelengde = felt(default=None, hjelp="Grensen: så lenge kan det høyst gå. Ellers som «hver».")
    forste_innen: Klokkelengde = felt(default=None, hjelp="Grensen for den første. Ellers som «senest».")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        if "senest" not in skrevet:
            self._sett(senest=self.hver)
        if "forste_innen" not in skrevet:
            self._sett(forste_innen=self.senest)
        if self.senest.on_clock < self.hver.on_clock:
            melding = _("«senest» ({senest}) er kortere enn «hver» ({hver}).")
            raise Feltfeil("senest_for_kort", melding.format(senest=self.senest, hver=self.hver),
                           _("La «senest» være minst like lang."), ("senest",))  # fmt: skip


class Milepael(Tabell):
    """A point near an anchor, in the closed window [anchor + ``fra``, anchor + ``innen``]."""

    slag: ClassVar[str] = "milepael"

    milepael: AnkerFelt = felt(
        hjelp="Det det regnes fra: oppstart, slutt, fase-start:X, semester-slutt:host … eller en dato."
    )
    fra: Lengde = felt(default=Varighet(0, "dag"), hjelp="Vinduet begynner så lenge etter (eller før, med minus).")
    innen: Lengde = felt(default=Varighet(4, "uke"), hjelp="Fristen: så lenge etter (eller før, med minus).")
    helst: Helst | None = felt(default=None, hjelp="Legg det først (start) eller sist (slutt) i vinduet.")
    sent_til: IkkeNegativLengde | None = felt(
        default=None, hjelp="Hvor lenge etter fristen en sen kontakt ennå teller."
    )

    def _sjekk(self, skrevet: Collection[str]) -> None:
        if _bounds(self.fra)[0] > _bounds(self.innen)[1]:
            melding = _("vinduet slutter («innen» {innen}) før det begynner («fra» {fra}).")
            sti = ("innen",) if "innen" in skrevet else ("fra",)
            raise Feltfeil("fra_etter_innen", melding.format(innen=self.innen, fra=self.fra),
                           _("La «innen» være lik eller senere enn «fra»."), sti)  # fmt: skip


def _bounds(length: Varighet) -> tuple[float, float]:
    """Return the fewest and most calendar days a duration can be, so that only sure faults are faults."""
    n = length.antall
    low, high = {
        "dag": (1.0, 1.0), "uke": (7.0, 7.0), "maned": (28.0, 31.0), "ar": (365.0, 366.0),
        "virkedag": (1.0, 5.0), "skoledag": (1.0, 100.0),
    }[length.enhet]  # fmt: skip
    return (n * low, n * high) if n >= 0 else (n * high, n * low)


class _Etterpa(Tabell):
    """What ``ved`` and ``etter`` share. Without ``innen`` there is no deadline."""

    innen: IkkeNegativLengde | None = felt(
        default=None, hjelp="Fristen. Uten den er det ingen frist, bare en ventetid."
    )
    samle: IkkeNegativLengde | None = felt(default=None, hjelp="Hendelser så tett på den første blir én oppfølging.")
    sent_til: IkkeNegativLengde | None = felt(
        default=None, hjelp="Hvor lenge etter fristen en sen kontakt ennå teller."
    )


class Ved(_Etterpa):
    """After an event in the log."""

    slag: ClassVar[str] = "ved"

    ved: MinstEnHendelse = felt(
        hjelp="Hendelsen som utløser oppfølgingen: fravaer, hoyt_fravaer, frafallsrisiko, avbrudd …"
    )


class Etter(_Etterpa):
    """After each counted contact of another routine."""

    slag: ClassVar[str] = "etter"

    etter: MinstEnRef = felt(hjelp="Rutinen (eller rutinene) som utløser denne.")


class Behov(Tabell):
    """When needed: no points, contacts are counted as dose."""

    slag: ClassVar[str] = "behov"

    behov: Bool = felt(hjelp="Alltid true: etter behov, uten tall og frister.")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        if not self.behov:
            raise Feltfeil(
                "utenfor", _("«behov» kan bare være true."), _("Ta bort «behov», og skriv hvor ofte."), ("behov",)
            )


Frekvens = Antall | Hver | Milepael | Ved | Etter | Behov
_SLAG: Final[tuple[type[Antall | Hver | Milepael | Ved | Etter | Behov], ...]] = (
    Antall,
    Hver,
    Milepael,
    Ved,
    Etter,
    Behov,
)
#: The keys that say which kind a frequency is.
_KEYS: Final[dict[str, type[Frekvens]]] = {
    "antall": Antall, "minst": Antall, "inntil": Antall,
    "hver": Hver, "milepael": Milepael, "ved": Ved, "etter": Etter, "behov": Behov,
}  # fmt: skip


def parse_frekvens(value: object) -> Frekvens:
    """Read a frequency. Raises Feltfeil, or the kind's own ValidationError."""
    if isinstance(value, _SLAG):
        return value
    eksempel = _("Skriv for eksempel {eksempel}.").format(eksempel='{ antall = 2, per = "semester" }')
    if not isinstance(value, dict):
        raise feil_type(_("en tabell"), value, eksempel)
    found = [key for key in _KEYS if key in value]
    kinds = {_KEYS[key] for key in found}
    if len(kinds) == 1:
        return kinds.pop().model_validate(value)
    if kinds:
        melding = _("frekvensen er av flere slag på en gang: {ord}.").format(ord=", ".join(map(vis_verdi, found)))
        raise Feltfeil("to_slag", melding, _("Behold ett av dem, eller del den i to rutiner."), (found[-1],))
    if "per" in value:
        raise Feltfeil(
            "mangler", _("frekvensen sier ikke hvor mange."), _("Legg til «antall», for eksempel antall = 2.")
        )
    if {"senest", "forste_innen"} & value.keys():
        raise Feltfeil("mangler", _("frekvensen mangler «hver»."), _('Legg til for eksempel hver = "3 uker".'))
    melding = _("frekvensen sier ikke hvor ofte.")
    slag = _("Den må ha en av nøklene {ord}.").format(ord=", ".join(_KEYS))
    raise Feltfeil("ingen_frekvens", melding, f"{slag} {eksempel}")


Frekvensfelt = Annotated[Frekvens, Valgfelt(parse_frekvens, _SLAG)]
