"""Anchors: the moments a milestone or a phase is reckoned from, as written (``"fase-slutt:mfy"``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from oppfolgingscli.modell.ord import fold
from oppfolgingscli.modell.verdier import Feltfeil, feil_type, forslag, parse_dato, parse_id, vis_verdi
from oppfolgingscli.sprak import _

Slag = Literal[
    "oppstart", "slutt", "fase-start", "fase-slutt", "praksis-start", "skolear-start", "skolear-slutt",
    "semester-start", "semester-slutt", "eksamen", "dato",
]  # fmt: skip
SLAG: Final[tuple[Slag, ...]] = (
    "oppstart", "slutt", "fase-start", "fase-slutt", "praksis-start", "skolear-start", "skolear-slutt",
    "semester-start", "semester-slutt", "eksamen",
)  # fmt: skip
_HALVES: Final = {"host": "host", "haust": "host", "var": "var"}
_OTHER_FORMS: Final = {"skular-start": "skolear-start", "skular-slutt": "skolear-slutt"}


@dataclass(frozen=True, slots=True)
class Anker:
    """A moment, or one that comes again each time: each semester, school year or practice period.

    ``navn``: the phase or exam, ``"host"``/``"var"`` for semesters. ``nr``: school year N of the class.
    ``dato`` only for ``slag`` "dato".
    """

    slag: Slag
    navn: str | None = None
    nr: int | None = None
    dato: date | None = None

    def __str__(self) -> str:
        """As written in a routine file."""
        if self.dato is not None:
            return self.dato.isoformat()
        tail = self.navn or self.nr
        return f"{self.slag}:{tail}" if tail is not None else self.slag


def parse_anker(value: object) -> Anker:
    """Read an anchor, or a date, with or without æøå. Raises Feltfeil."""
    if isinstance(value, Anker):
        return value
    if isinstance(value, date):
        return Anker("dato", dato=parse_dato(value))
    if not isinstance(value, str):
        raise feil_type(
            _("en milepæl eller en dato"), value, _("Skriv for eksempel «oppstart» eller «semester-slutt:høst».")
        )
    text = fold(value)
    if text[:1].isdigit():
        return Anker("dato", dato=parse_dato(text))
    head, colon, tail = (part.strip() for part in text.partition(":"))
    head = _OTHER_FORMS.get(head.lower(), head.lower())
    for slag in SLAG:
        if slag == head:
            return _with_tail(slag, value, tail, colon=bool(colon))
    melding = _("{verdi} er ikke en kjent milepæl.").format(verdi=vis_verdi(value))
    raise Feltfeil("ukjent_anker", melding, forslag(head, SLAG))


def _with_tail(slag: Slag, written: str, tail: str, *, colon: bool) -> Anker:
    shown = vis_verdi(written)
    if slag in {"fase-start", "fase-slutt", "eksamen"}:
        if not tail:
            what = _("Skriv navnet etter kolon, for eksempel «{eksempel}».").format(
                eksempel="eksamen:tverrfaglig" if slag == "eksamen" else f"{slag}:mfy",
            )
            raise Feltfeil("ukjent_anker", _("{verdi} sier ikke hvilken.").format(verdi=shown), what)
        return Anker(slag, navn=parse_id(tail))
    if not colon:
        return Anker(slag)
    if slag.startswith("semester"):
        if tail.lower() not in _HALVES:
            rad = _("Skriv «{slag}», «{slag}:host» eller «{slag}:var».").format(slag=slag)
            raise Feltfeil("ukjent_anker", _("{verdi} er ikke et semester.").format(verdi=shown), rad)
        return Anker(slag, navn=_HALVES[tail.lower()])
    if slag.startswith("skolear"):
        if not (tail.isascii() and tail.isdigit() and 1 <= int(tail) <= 20):
            rad = _("Skriv «{slag}» (hvert skoleår) eller «{slag}:1» (klassens første).").format(slag=slag)
            raise Feltfeil("ukjent_anker", _("{verdi} er ikke et skoleår.").format(verdi=shown), rad)
        return Anker(slag, nr=int(tail))
    melding = _("«{slag}» tar ikke noe etter kolon.").format(slag=slag)
    raise Feltfeil("ukjent_anker", melding, _("Skriv bare «{slag}».").format(slag=slag))
