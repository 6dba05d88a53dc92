"""What differs between two versions of a duty: field by field, and whether it comes more or less often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.modell.rutinesett import as_json
from oppfolgingscli.sammenlign.dose import per_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppfolgingscli.modell.rutinesett import Rutine
    from oppfolgingscli.sammenlign.dose import Ar, Linje

#: Fields of a routine that are compared, in the order they are told. The rule and its deadline come first.
FELT: Final = (
    "navn", "type", "niva", "ansvarlig", "deltar", "krever", "varighet", "grunnlag", "antatt", "kilde", "kilde_id",
    "teller_ogsa", "merknad",
)  # fmt: skip
#: Keys of a frequency that say by when, and not how often.
FRISTNOKLER: Final = ("innen", "senest", "forste_innen", "sent_til")
#: Keys of a frequency that say something else.
ANDRE: Final = ("minst_mellom", "helst", "samle")
VILKAR: Final = ("skolear", "fase", "gruppe", "ytelse", "i_praksis", "ferie")
_UORDNET: Final = ("deltar", "krever", "kilde_id", "teller_ogsa", "skolear", "fase", "gruppe", "ytelse")


@dataclass(frozen=True, slots=True)
class Feltendring:
    """A field that is not the same: its value in the one and in the other, as JSON holds it.

    ``felt`` is a field of the routine; ``frekvens`` (the whole rule) or ``frist`` (its deadlines); ``minst_mellom``,
    ``helst`` or ``samle``; or a condition, ``gjelder.fase`` and so on.
    """

    felt: str
    fra: Any
    til: Any


def differences(a: Rutine, b: Rutine) -> tuple[Feltendring, ...]:
    """Return what differs from ``a`` to ``b``, in a fixed order; lists of roles and the like in any order are alike."""
    return tuple(change for change in _all(a, b) if change.fra != change.til)


def _all(a: Rutine, b: Rutine) -> Iterator[Feltendring]:
    fa, fb = _frequency(a), _frequency(b)
    if fa["slag"] != fb["slag"] or _main(fa) != _main(fb):
        yield Feltendring("frekvens", fa, fb)
    elif _deadline(fa) != _deadline(fb):
        yield Feltendring("frist", _deadline(fa), _deadline(fb))
    if fa["slag"] == fb["slag"]:
        yield from (Feltendring(key, fa.get(key), fb.get(key)) for key in ANDRE)
    yield from (Feltendring(f"gjelder.{key}", _value(a.gjelder, key), _value(b.gjelder, key)) for key in VILKAR)
    yield from (Feltendring(key, _value(a, key), _value(b, key)) for key in FELT)


def _frequency(r: Rutine) -> dict[str, Any]:
    return {"slag": r.frekvens.slag, **{k: v for k, v in as_json(r.frekvens).items() if k != "merknad"}}


def _main(f: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in f.items() if key not in (*FRISTNOKLER, *ANDRE)}


def _deadline(f: dict[str, Any]) -> dict[str, Any]:
    return {key: f.get(key) for key in FRISTNOKLER if key in f}


def _value(table: Any, key: str) -> Any:  # noqa: ANN401 - any field of a model
    value = as_json(getattr(table, key))
    return sorted(value) if key in _UORDNET and isinstance(value, list) else value


def frequency_change(a: Sequence[Linje], b: Sequence[Linje], years: int) -> str:
    """Say whether a routine comes more or less often, by planned contacts per school year of the course.

    ``hyppigere``/``sjeldnere``: at least as many (few) each year, and more (fewer) in some; ``omfordelt``: more in
    some years and fewer in others; ``likt``; ``delvis_tall``: in some year only one of them has a number, and the other
    is need-based or event-driven, which is not zero; ``fatt_tall``/``mistet_tall``: it was (is) need-based or event-driven,
    and is (was) planned; ``uten_tall``: neither is planned; ``annet_niva``: one is for participants and one for the
    class, so their numbers cannot be compared.
    """
    if {line.versjon.rutine.niva for line in a} != {line.versjon.rutine.niva for line in b}:
        return "annet_niva"
    before, after = per_year(a, years), per_year(b, years)
    planned = before[-1].krav is not None, after[-1].krav is not None
    if planned == (True, True):
        return _direction(before[:-1], after[:-1])
    return {(False, False): "uten_tall", (False, True): "fatt_tall"}.get(planned, "mistet_tall")


def _direction(before: Sequence[Ar], after: Sequence[Ar]) -> str:
    """Compare year by year: required contacts decide, and where those are the same the wished ones."""
    if any(
        (x.krav is None) != (y.krav is None) and _vague(x if x.krav is None else y)
        for x, y in zip(before, after, strict=True)
    ):
        return "delvis_tall"
    for part in ("krav", "onske"):
        pairs = [(getattr(x, part) or (0, 0), getattr(y, part) or (0, 0)) for x, y in zip(before, after, strict=True)]
        steps = {(end > start) - (end < start) for x, y in pairs for start, end in zip(x, y, strict=True)} - {0}
        if steps:
            return "omfordelt" if len(steps) > 1 else "hyppigere" if 1 in steps else "sjeldnere"
    return "likt"


def _vague(year: Ar) -> bool:
    return year.behov or year.hendelse
