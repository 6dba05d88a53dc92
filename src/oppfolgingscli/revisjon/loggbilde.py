"""What may be published of the log itself and of those who left, without small numbers. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.revisjon.frafall import DAGER
from oppfolgingscli.revisjon.kvalitet import FORSINKELSER, KODER
from oppfolgingscli.revisjon.rader import Antall, Relasjon
from oppfolgingscli.revisjon.skjerm import is_small, skjul

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.frafall import Frafall
    from oppfolgingscli.revisjon.kvalitet import Kvalitet

#: The row of all contacts, and the rows of days to the half and to nine of ten written down.
ALLE: Final = "kontakter"
MEDIAN: Final = "fort_median"
P90: Final = "fort_p90"
DESIMALER: Final = 2


@dataclass(frozen=True, slots=True)
class Loggfunn:
    """How many rows of the log a finding is about, and how many participants; both None when hidden.

    Of ``MEDIAN`` and ``P90`` ``rader`` is days.
    """

    kode: str
    rader: int | None
    deltakere: int | None


def log_findings(k: Kvalitet, terskel: int) -> tuple[Loggfunn, ...]:
    """Return every code with its counts, zeros too; hidden where the participants are few."""
    if not k.kontakter and not k.rader:
        return ()
    rows = {ALLE: Antall(k.deltakere, k.kontakter)}
    rows |= {kode: Antall(k.berorte[kode], k.rader[kode]) for kode in KODER}
    delays = tuple(kode for kode, _fra, _til in FORSINKELSER if k.rader[kode])
    hidden = skjul(rows, [Relasjon((ALLE,), delays, disjunkt=False)] if k.kontakter else [], terskel)
    out = [_finding(kode, antall, hidden=kode in hidden) for kode, antall in rows.items()]
    if k.dager and ALLE not in hidden:
        out += [
            Loggfunn(MEDIAN, _quantile(k.dager, 50), k.deltakere),
            Loggfunn(P90, _quantile(k.dager, 90), k.deltakere),
        ]
    return tuple(out)


def _finding(kode: str, antall: Antall, *, hidden: bool) -> Loggfunn:
    return Loggfunn(kode, None, None) if hidden else Loggfunn(kode, antall.tap, antall.deltakere)


def _quantile(days: Counter[int], percent: int) -> int:
    """Return the first number of days by which at least ``percent`` of 100 were written down."""
    seen, whole = 0, days.total()
    for day in sorted(days):
        seen += days[day]
        if 100 * seen >= percent * whole:
            return day
    return max(days)


@dataclass(frozen=True, slots=True)
class Frafallsbilde:
    """Follow-up before leaving beside the others' the same days; contacts per participant in ``DAGER`` days there.

    ``sluttet``: how many left; None when hidden. ``sammenlignet``: of how many there are others to compare with;
    None: too few, and then nothing of theirs is shown. ``uten``: how many of them had no contact, None when hidden;
    ``andre_uten``: the share of the others without, 0–1.
    """

    sluttet: int | None
    ble: int | None
    sammenlignet: int | None = None
    kontakter: float | None = None
    andre_kontakter: float | None = None
    uten: int | None = None
    andre_uten: float | None = None


def dropouts(f: Frafall, terskel: int) -> Frafallsbilde | None:
    """Return what may be said of those who left; None when nobody began."""
    if not f.sluttet and not f.ble:
        return None
    if not f.sluttet:
        return Frafallsbilde(0, f.ble if not is_small(f.ble, terskel) else None)
    if is_small(f.sluttet, terskel) or is_small(f.ble, terskel):
        return Frafallsbilde(None, None)
    if f.sammenlignet < terskel or not f.egne_dager or not f.andres_dager:
        return Frafallsbilde(f.sluttet, f.ble)
    # How many there were without anybody to compare with is a count of its own.
    told = f.sluttet if not is_small(f.sluttet - f.sammenlignet, terskel) else None
    alone = f.uten if f.sluttet == f.sammenlignet else None
    if alone is not None and (is_small(alone, terskel) or is_small(f.sluttet - alone, terskel)):
        alone = None
    return Frafallsbilde(
        told, f.ble, f.sammenlignet,
        round(DAGER * f.egne_kontakter / f.egne_dager, DESIMALER),
        round(float(DAGER * f.andres_kontakter / f.andres_dager), DESIMALER),
        alone, round(float(f.andres_uten / f.sammenlignet), 4),
    )  # fmt: skip
