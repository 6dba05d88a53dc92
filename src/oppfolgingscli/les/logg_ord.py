"""What the cells of a log mean: dates, words and lists, each distinct cell understood once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from oppfolgingscli.hendelse import KONTAKTSTATUS
from oppfolgingscli.les.logg_kolonner import KOLONNER, STATUS, undo_defuse
from oppfolgingscli.modell.ord import fold
from oppfolgingscli.modell.verdier import Feltfeil, etikett, forslag, parse_dato, vis_verdi
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.les.logg_kolonner import Slag

T = TypeVar("T")


class Husk(dict[str, T]):
    """What each distinct cell means, found out the first time. Lookup raises Feltfeil for a cell that is wrong."""

    def __init__(self, parse: Callable[[str], T]) -> None:
        self._parse = parse

    def __missing__(self, cell: str) -> T:
        value = self[cell] = self._parse(undo_defuse(cell.strip()))
        return value


def parse_loggdato(text: str) -> date:
    """Read a date, also with a time of day after it, which is dropped. Raises Feltfeil."""
    if not text:
        raise Feltfeil("mangler", _("datoen mangler."))
    if len(text) > 10 and ":" in text:  # Excel's date with a time of day
        text = text.replace("T", " ").split()[0]
    return parse_dato(text)


def parse_valgfri_dato(text: str) -> date | None:
    """Read a date that may be missing. Raises Feltfeil."""
    return parse_loggdato(text) if text else None


def parse_type(text: str) -> str:
    """Read the type of a contact or an event. Raises Feltfeil when there is none."""
    if not text:
        raise Feltfeil("mangler", _("typen mangler."))
    return etikett(text)


def parse_status(text: str) -> str:
    """Read how a contact went; nothing is ``gjennomfort``. Raises Feltfeil."""
    word = fold(text).lower().replace(" ", "_").replace("-", "_")
    if not word:
        return KONTAKTSTATUS[0]
    if word not in STATUS:
        raise Feltfeil(
            "ukjent_ord", _("{ord} er ikke en status.").format(ord=vis_verdi(text)), forslag(text, KONTAKTSTATUS)
        )
    return STATUS[word]


def parts(text: str) -> tuple[str, ...]:
    """Split a cell with several ids at the commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def parse_deltakere(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the participants named, and whether ``*`` is."""
    names = parts(text)
    return tuple(name for name in names if name != "*"), "*" in names


def parse_folk(text: str) -> tuple[str, ...]:
    """Read roles and people, with or without æøå."""
    return parts(fold(text))


def parse_tiltak(text: str) -> str:
    """Read what is agreed. Raises Feltfeil when there is nothing."""
    if not text:
        raise Feltfeil("mangler", _("det står ikke hva som er avtalt."))
    return text


def parse_rutine(text: str) -> str | None:
    """Read the id of a routine, None for none."""
    return fold(text) or None


def _iso(text: str) -> str:
    day = parse_valgfri_dato(text)
    return day.isoformat() if day else ""


def iso_or_same(text: str) -> str:
    """Return a date as ISO; what is no date stays as it is."""
    try:
        return _iso(text)
    except Feltfeil:
        return text


_NORMAL: Final[Mapping[str, Callable[[str], str]]] = {
    "dato": _iso,
    "registrert": _iso,
    "oppdaget": _iso,
    "frist": _iso,
    "utfort": _iso,
    "type": parse_type,
    "rutine": fold,
    "deltaker": lambda text: ",".join(parts(text)),
    "utfort_av": lambda text: ",".join(parse_folk(text)),
    "deltok": lambda text: ",".join(parse_folk(text)),
    "ansvarlig": fold,
    "status": parse_status,
}


def normal_rad(slag: Slag, verdier: Mapping[str, str]) -> dict[str, str]:
    """Return a row's cells in the form the program itself writes. Raises Feltfeil."""
    return {name: _NORMAL.get(name, str.strip)(verdier.get(name, "")) for name in KOLONNER[slag]}
