"""What may be published of an audit: every table, text, picture and file is made from this, and from nothing else. Pure.

Small cells are hidden once, here (``skjerm``); what is hidden is not in it, so no renderer can show it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.maltall.andeler import design_effect, sums
from oppfolgingscli.revisjon.celle import ENKELTRUTINER, Celle, Maal, Nokkel, maal
from oppfolgingscli.revisjon.endring import Endring, changes, groups_apart, version_changes
from oppfolgingscli.revisjon.loggbilde import Frafallsbilde, Loggfunn, dropouts, log_findings
from oppfolgingscli.revisjon.rader import Antall, Relasjon
from oppfolgingscli.revisjon.relasjoner import published, relasjoner
from oppfolgingscli.revisjon.skjerm import TERSKEL, is_small, skjul

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.revisjon.resultat import Samlet

#: Figures that are about fewer than the row: shown in tables by type or routine only, where they are about the same.
_SAERSKILT: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "n_dose": ("dose", ("dose", "dose_ukuttet")),
    "n_klokke": ("dager_dekket", ("dager_dekket", "klokkedager")),
}


#: The figures of a row that are of its share.
_ANDEL: Final = ("i_tide_andel", "andel_av", "i_tide_kl", "i_tide_andel_snitt", "gjort_andel", "grenser")
#: Per cent a share may be rounded to.
TRINN: Final = (1, 2, 5, 10, 20)
_NEVER: Final[dict[str, Any]] = {"lengste_gap": None, "gap_apent": False, "dekning": None}


@dataclass(frozen=True, slots=True)
class Innstillinger:
    """What the audit was asked for: the day, what was known when (None: all), days of lag, and the threshold."""

    per: date
    kjent: date | None
    lag: int
    terskel: int = TERSKEL


@dataclass(frozen=True, slots=True)
class Linje:
    """One row. ``tall`` None: hidden. ``skjulte``: figures of a row that is shown which are hidden.

    ``n_effektiv``: as many independent points as the share is worth (participants resemble themselves), 1 decimal;
    None without an interval.
    """

    nokkel: Nokkel
    tall: Maal | None
    skjulte: tuple[str, ...] = ()
    n_effektiv: float | None = None


@dataclass(frozen=True, slots=True)
class Utgave:
    """A publication. ``linjer``: the rows of every table, in order. ``forrige``: whether it is fit to stand beside another.

    ``grupper``: (type, group, group): where two groups differ by more than chance.
    """

    innstillinger: Innstillinger
    klasser: int
    linjer: tuple[Linje, ...]
    endringer: tuple[Endring, ...]
    versjoner: tuple[Endring, ...]
    grupper: tuple[Endring, ...]
    logg: tuple[Loggfunn, ...]
    frafall: Frafallsbilde | None
    forrige: bool = False

    def visning(self, *deler: str) -> list[Linje]:
        """Return the rows of one table."""
        return [linje for linje in self.linjer if linje.nokkel.visning == deler]

    @property
    def totalt(self) -> Linje | None:
        """Everything together; None when nothing was judged."""
        return next(iter(self.visning()), None)

    @property
    def skjulte(self) -> int:
        """How many rows are hidden."""
        return sum(linje.tall is None for linje in self.linjer)


def publish(
    samlet: Samlet,
    innstillinger: Innstillinger,
    tvunget: Collection[Nokkel] = (),
    kjente: Collection[Nokkel] = (),
) -> Utgave:
    """Hide what is small, and return the rest.

    ``tvunget``, ``kjente``: rows that must be hidden, and that are known already, because of what was published
    before (``revisjon.forrige``).
    """
    t = innstillinger.terskel
    cells = {key: celle for key, celle in samlet.celler.items() if celle.bedomt or celle.fritatt}
    rows = published(cells)
    sizes = {key: size(cells[key])._replace(trinn=_step(key)) for key in rows}
    # The shares of mixed rows are rows of their own, that add up over the points that are no interval routine's.
    mixed = {key: share_key(key) for key in rows if key.visning not in ENKELTRUTINER and _is_mixed(cells[key])}
    sizes |= {share_key(key): share_size(cells[key]) for key in mixed}
    hidden = _hide(sizes, rows, mixed, samlet, t, tvunget, kjente)
    few = [
        k
        for k, n in sizes.items()
        if is_small(n.deltakere, t) and k.visning not in ENKELTRUTINER and (k not in cells or cells[k].andel_av[1])
    ]
    finest = max((sizes[k].tap for k in few), default=0)
    shown = {key: cells[key] for key in rows if key not in hidden}
    rough = {key for key in mixed if cells[key].tellinger}  # else it is about the class alone
    lines = [
        _rough(key, shown[key], finest, t) if key in shown and key in rough else _line(key, shown.get(key))
        for key in rows
    ]
    shares = {key: celle for key, celle in shown.items() if key not in rough}
    lines = _without_rare(lines, shown, samlet, t)
    lines = _with_coverage(lines, shown, t)
    return Utgave(
        innstillinger, len(samlet.klasser), tuple(lines), changes(shares), version_changes(shares), groups_apart(shares),
        log_findings(samlet.kvalitet, t), dropouts(samlet.frafall, t), bool(tvunget or kjente),
    )  # fmt: skip


def share_key(key: Nokkel) -> Nokkel:
    """Return a key for the share of a mixed row: interval routines are in the counts, but not in it."""
    return Nokkel(("andel", *key.visning), ("", *key.verdier))


def _hide(
    sizes: Mapping[Nokkel, Antall],
    rows: Collection[Nokkel],
    mixed: Mapping[Nokkel, Nokkel],
    samlet: Samlet,
    terskel: int,
    tvunget: Collection[Nokkel],
    kjente: Collection[Nokkel],
) -> frozenset[Nokkel]:
    relations = relasjoner(samlet.atomer, frozenset(rows))
    if mixed:
        plain = [a for a in samlet.atomer if not a.intervall]
        relations += [
            Relasjon(tuple(mixed.get(k, k) for k in r.en), tuple(mixed.get(k, k) for k in r.annen), r.disjunkt)
            for r in relasjoner(plain, frozenset(rows))
        ]
    return skjul(sizes, relations, terskel, tvunget, kjente, mixed.values())


def _step(key: Nokkel) -> int:
    """Return how sorely a row would be missed: the whole, then one division at a time, then the crosses of two."""
    if not key.visning:
        return 3
    return 2 if key.visning == ("fylke", "skole") or len(key.visning) == 1 else 1


def _is_mixed(c: Celle) -> bool:
    """Whether some of the points are of interval routines, and some not."""
    return 0 < c.andel_av[1] + c.andel_fritatt < c.bedomt + c.fritatt


def size(c: Celle) -> Antall:
    """Return how many participants a row is about, and their points."""
    return Antall(c.n_deltakere or c.n_fritatte, c.bedomt + c.fritatt - c.klassepunkter)


def share_size(c: Celle) -> Antall:
    """Return how many participants the share of a row is about, and their points."""
    return Antall(c.tellinger.total(), sums(c.tellinger)[1])


def _line(key: Nokkel, celle: Celle | None) -> Linje:
    if celle is None:
        return Linje(key, None)
    figures = maal(celle)
    effective = None
    if figures.i_tide_kl is not None:
        effective = round(celle.andel_av[1] / design_effect(celle.tellinger), 1)
    # The longest gap is one participant's, however many there are; coverage is put back in one table.
    return Linje(key, replace(figures, **_NEVER), (), effective)


def _rough(key: Nokkel, celle: Celle, finest: int, terskel: int) -> Linje:
    """Return a row whose share is about fewer points than its counts: rounded, and without numerator and denominator.

    Else the shares of such rows, taken from each other, would be shares of few. They are rounded so much that the points
    of the largest of those few (``finest``) could be all on time or none without it showing.
    """
    nothing: dict[str, Any] = dict.fromkeys(_ANDEL)
    figures = maal(celle)
    points = celle.andel_av[1]
    step = next((h for h in TRINN if h * points >= 100 * finest), None)
    if step is None or is_small(celle.tellinger.total(), terskel) or figures.i_tide_andel is None:
        return Linje(key, replace(figures, **nothing, **_NEVER), ("i_tide_andel",))
    nothing["i_tide_andel"] = _rounded(figures.i_tide_andel, step)
    nothing["i_tide_kl"] = _outward(figures.i_tide_kl, step)
    nothing["grenser"] = _outward(figures.grenser, step)
    return Linje(key, replace(figures, **nothing, **_NEVER), ("andel_av",))


def _rounded(share: float, step: int) -> float:
    """Round to whole steps of per cent; what is not all never to 1, and what is not nothing never to 0."""
    value = step * round(100 * share / step)
    return (min(value, 99) if share < 1 else value) / 100 if value else min(1, ceil(share)) / 100


def _outward(span: tuple[float, float] | None, step: int) -> tuple[float, float] | None:
    if span is None:
        return None
    low, high = step * floor(100 * span[0] / step), step * ceil(100 * span[1] / step)
    return max(low, 0) / 100, min(high, 100) / 100


def _without_rare(lines: list[Linje], shown: Mapping[Nokkel, Celle], samlet: Samlet, terskel: int) -> list[Linje]:
    """Take the dose and the days covered out where they are about fewer than the row.

    Where one row of a type would have to go without, all of them do: else the others would tell.
    """
    types: dict[tuple[str, ...], set[str]] = {}
    for a in samlet.atomer:
        types.setdefault((a.rutinesett, a.rutine), set()).add(a.type)

    def family(key: Nokkel) -> set[str]:
        values = dict(zip(key.visning, key.verdier, strict=True))
        if "rutine" in values:
            return types.get((values["rutinesett"], values["rutine"]), set())
        return {values["type"]} if "type" in values else set()

    for count, (name, fields) in _SAERSKILT.items():
        rare = {
            kind for key, celle in shown.items() if is_small(getattr(celle, count), terskel) for kind in family(key)
        }
        out = []
        for line in lines:
            mine = family(line.nokkel)
            if line.tall is not None and (not mine or mine & rare):
                there = mine and getattr(line.tall, name) is not None
                nothing: dict[str, Any] = dict.fromkeys(fields)
                empty = replace(line.tall, **nothing)
                out.append(replace(line, tall=empty, skjulte=(*line.skjulte, name) if there else line.skjulte))
            else:
                out.append(line)
        lines = out
    return lines


def _with_coverage(lines: list[Linje], shown: Mapping[Nokkel, Celle], terskel: int) -> list[Linje]:
    """Put in the coverage in one table, by group where there are groups, so that no sum of it is known.

    It counts people, so it is hidden when those who were met, or those who were not, are few.
    """
    has_groups = any(line.nokkel.visning == ("gruppe", "type") for line in lines)
    where = ("gruppe", "type") if has_groups else ("type",)
    out = []
    for line in lines:
        celle = shown.get(line.nokkel)
        if line.tall is None or celle is None or line.nokkel.visning != where or not celle.n_deltakere:
            out.append(line)
        elif is_small(celle.dekket, terskel) or is_small(celle.dekkbare - celle.dekket, terskel):
            out.append(replace(line, skjulte=(*line.skjulte, "dekning")))
        else:
            out.append(replace(line, tall=replace(line.tall, dekning=maal(celle).dekning)))
    return out
