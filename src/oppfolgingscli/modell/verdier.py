"""Single values as people write them: each parser takes what a file holds and gives the value meant.

The records and the readers of spreadsheets use the same parsers. Each raises
``Feltfeil`` with a sentence for the person who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from oppfolgingscli.modell.ord import fold, fold_ord, nearest, vis_ord
from oppfolgingscli.personvern import har_styring, rens
from oppfolgingscli.sprak import N_, _

Sti = tuple[str | int, ...]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
MAX_ID: Final = 64
MAX_ANTALL: Final = 366

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_DATE: Final = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}))\Z")


class Feltfeil(ValueError):
    """One value is wrong. ``sti`` leads from the value the parser was given to the part that is wrong."""

    def __init__(
        self, kode: str, melding: str, rad: str | None = None, sti: Sti = (), *, om_nokkel: bool = False
    ) -> None:
        """``melding`` says what is wrong, ``rad`` what to write instead. ``om_nokkel``: about the key, not its value."""
        super().__init__(melding)
        self.om_nokkel = om_nokkel
        self.kode = kode
        self.melding = melding
        self.rad = rad
        self.sti = sti

    def inne_i(self, at: str | int, *, om_nokkel: bool = False) -> Feltfeil:
        """Return the same fault, seen from one level further out."""
        return Feltfeil(self.kode, self.melding, self.rad, (at, *self.sti), om_nokkel=self.om_nokkel or om_nokkel)


class Feltfeilene(ValueError):
    """Several faults found at once in one value."""

    def __init__(self, feil: Iterable[Feltfeil]) -> None:
        """Keep them in the order found."""
        self.feil = tuple(feil)
        super().__init__("; ".join(str(f) for f in self.feil))


_TYPES: Final = (
    (bool, N_("true/false")),
    (str, N_("en tekst")),
    (int, N_("et tall")),
    (float, N_("et desimaltall")),
    (datetime, N_("en dato med klokkeslett")),
    (date, N_("en dato")),
    (time, N_("et klokkeslett")),
    (Mapping, N_("en tabell")),
    ((list, tuple), N_("en liste")),
)


def typenavn(value: object) -> str:
    """Return what ``value`` is, in words: "en tekst", "et tall", "en liste" …"""
    return next((_(name) for kind, name in _TYPES if isinstance(value, kind)), _("tomt"))


def vis_verdi(value: object) -> str:
    """Return ``value`` as it may be quoted in a message: short, on one line, without identity numbers."""
    text = " ".join(rens(str(value)).split())
    return _("«{verdi}»").format(verdi=f"{text[:59]}…" if len(text) > 60 else text)


def feil_type(wanted: str, value: object, rad: str | None = None) -> Feltfeil:
    """Make the fault for a value of the wrong type; ``wanted`` is a noun with its article."""
    melding = _("her skal det stå {vil}, ikke {er}.").format(vil=wanted, er=typenavn(value))
    return Feltfeil("feil_type", melding, rad)


def forslag(word: str, known: Iterable[str]) -> str:
    """Return the remedy for an unknown word: the nearest one, and them all when they are few."""
    known = list(known)
    near = nearest(word, known)
    parts = [_("Mente du «{ord}»?").format(ord=vis_ord(near))] if near else []
    if known and len(known) <= 12:
        parts.append(_("Lovlige ord: {ord}.").format(ord=", ".join(map(vis_ord, known))))
    return " ".join(parts)


def parse_tekst(value: object) -> str:
    """Read free text of one or more lines: trimmed, never empty, no control characters."""
    if not isinstance(value, str):
        rad = _("Sett anførselstegn rundt verdien.") if isinstance(value, int | float | date) else None
        raise feil_type(_("en tekst"), value, rad)
    text = value.strip()
    if not text:
        raise Feltfeil("tom_verdi", _("teksten er tom."), _("Skriv noe her, eller ta bort linjen."))
    if har_styring(text):
        raise Feltfeil("kontrolltegn", _("teksten har usynlige styretegn."), _("Skriv teksten på nytt."))
    return text


def parse_linje(value: object) -> str:
    """Read text that is shown on one line: as ``parse_tekst``, with line breaks as spaces."""
    text = parse_tekst(value)
    return text if text.isprintable() else " ".join(text.split())


def parse_navn(value: object) -> str | dict[str, str]:
    """Read a name: a text, or a table by language (nb needed; nn, en)."""
    if not isinstance(value, dict):
        if isinstance(value, str):
            return parse_linje(value)
        raise feil_type(_('en tekst, eller { nb = "…", nn = "…" }'), value)
    faults: list[Feltfeil] = []
    for key in value:
        if key not in {"nb", "nn", "en"}:
            melding = _("ukjent språk {ord}.").format(ord=vis_verdi(key))
            rad = forslag(str(key), ("nb", "nn", "en"))
            faults.append(Feltfeil("ukjent_nokkel", melding, rad, (key,), om_nokkel=True))
    if "nb" not in value:
        faults.append(Feltfeil("mangler", _("navnet mangler på bokmål."), _('Legg til nb = "…".')))
    names: dict[str, str] = {}
    for key in ("nb", "nn", "en"):
        if key in value:
            try:
                names[key] = parse_linje(value[key])
            except Feltfeil as fault:
                faults.append(fault.inne_i(key))
    if faults:
        raise Feltfeilene(faults)
    return names


def parse_id(value: object) -> str:
    """Read an id: ASCII letters, digits, ``-``, ``_``, ``.``; at most 64; a letter or digit first."""
    if not isinstance(value, str):
        rad = _('Skriv den i anførselstegn, for eksempel "{id}".').format(id=value) if isinstance(value, int) else None
        raise feil_type(_("en id (en tekst)"), value, rad)
    text = value.strip()
    if _ID.match(text):
        return text
    if not text:
        raise Feltfeil("tom_verdi", _("id-en er tom."), _("Skriv en kort id, for eksempel D01."))
    if len(text) > MAX_ID:
        melding = _("id-en har {n} tegn; høyst {maks} er lov.").format(n=len(text), maks=MAX_ID)
        raise Feltfeil("ugyldig_id", melding, _("Skriv den kortere."))
    melding = _("{id} kan ikke være en id.").format(id=vis_verdi(text))
    rad = _("Bruk bokstavene a–z, tall, «-», «_» og «.», og begynn med en bokstav eller et tall.")
    suggestion = re.sub(r"[^A-Za-z0-9._-]+", "-", fold(text)).strip("-._")
    if suggestion:
        rad = _("{rad} Skriv for eksempel «{forslag}».").format(rad=rad, forslag=suggestion)
    raise Feltfeil("ugyldig_id", melding, rad)


def parse_ref(value: object) -> str:
    """Read a reference to an id: as ``parse_id``, written with or without æøå."""
    return parse_id(fold(value) if isinstance(value, str) else value)


def parse_etikett(value: object) -> str:
    """Read a free word of the field (type, event, group, benefit): as ``parse_ref``, in lower case."""
    return parse_ref(value).lower()


def etikett(text: str) -> str:
    """Write a word of the log as it is compared: lower case, æøå folded, ``_`` for spaces («høyt fravær»)."""
    return "_".join(fold(text).lower().split())


def parse_ord(value: object, known: tuple[str, ...], hva: str) -> str:
    """Read one of the ``known`` words, with or without æøå and whatever its case. ``hva``: a noun, singular."""
    if not isinstance(value, str):
        rad = _("Lovlige ord: {ord}.").format(ord=", ".join(map(vis_ord, known)))
        raise feil_type(_("en tekst"), value, rad)
    word = fold_ord(value)
    if word in known:
        return word
    melding = _("{ord} er ikke {hva}.").format(ord=vis_verdi(value), hva=_(hva))
    raise Feltfeil("ukjent_ord", melding, forslag(value, known))


def parse_liste(value: object, item: Callable[[object], Any]) -> tuple[Any, ...]:
    """Read one value or a list of them; every fault in the list at once."""
    if not isinstance(value, list | tuple):
        return (item(value),)
    out: list[Any] = []
    faults: list[Feltfeil] = []
    for i, part in enumerate(value):
        try:
            out.append(item(part))
        except Feltfeil as fault:
            faults.append(fault.inne_i(i))
    if faults:
        raise Feltfeilene(faults)
    return tuple(out)


def parse_dato(value: object) -> date:
    """Read a date: a TOML date, ``2023-08-21`` or ``21.08.2023`` as text; between 1900 and 2100."""
    if isinstance(value, datetime) or not isinstance(value, str | date):
        raise feil_type(_("en dato"), value, _("Skriv datoen som 2023-08-21."))
    day = value if isinstance(value, date) else _date_of(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        melding = _("året {ar} kan ikke stemme.").format(ar=day.year)
        raise Feltfeil(
            "ugyldig_dato", melding, _("Skriv et år mellom {fra} og {til}.").format(fra=FIRST_YEAR, til=LAST_YEAR)
        )
    return day


def _date_of(text: str) -> date:
    match = _DATE.match(text.strip())
    if match is None:
        melding = _("{dato} er ikke en dato.").format(dato=vis_verdi(text))
        raise Feltfeil("ugyldig_dato", melding, _("Skriv datoen som 2023-08-21 eller 21.08.2023."))
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        melding = _("{dato} finnes ikke i kalenderen.").format(dato=vis_verdi(text))
        raise Feltfeil("ugyldig_dato", melding, _("Rett dagen eller måneden.")) from None


def parse_bool(value: object) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    raise feil_type("true/false", value, _("Skriv true eller false uten anførselstegn."))


def parse_heltall(value: object, least: int = 0, most: int = MAX_ANTALL) -> int:
    """Read a whole number in the closed range [least, most]."""
    if isinstance(value, bool) or not isinstance(value, int):
        rad = _("Skriv tallet uten anførselstegn.") if isinstance(value, str) else None
        raise feil_type(_("et helt tall"), value, rad)
    if least <= value <= most:
        return value
    melding = _("{tall} går ikke an her.").format(tall=vis_verdi(value))
    raise Feltfeil("utenfor", melding, _("Skriv et tall fra {fra} til {til}.").format(fra=least, til=most))


def parse_epost(value: object) -> str:
    """Read an e-mail address; only the shape is looked at."""
    text = parse_linje(value)
    if re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", text):
        return text
    raise Feltfeil("ugyldig_epost", _("{verdi} er ikke en e-postadresse.").format(verdi=vis_verdi(text)),
                   _("Skriv for eksempel «navn@skole.example»."))  # fmt: skip


def ukjent_format(value: object) -> str:
    """Say that a file's ``format`` is one this version does not know."""
    return _("denne versjonen av programmet kan ikke lese format {verdi}.").format(verdi=vis_verdi(value))


def rad_format() -> str:
    """Say what to write instead."""
    return _("Skriv format = 1, eller bruk en nyere versjon av programmet.")
