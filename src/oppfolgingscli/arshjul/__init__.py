"""The annual wheel as data: what a school year holds by the routines, made from the points of ``utvid.expand``.

Nothing is expanded again here. Points are merged over the participants to windows a routine has for the class;
a window that is only somebody's own (who began late, is about to leave, is alone in practice) is not put on a
wall, and the wheel says that such dates are in the calendar. All spans are closed and all days are calendar days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.arshjul.hjul import Hjul, Merke, Post, Skoleferie, Uten, Utlost, Vindu
from oppfolgingscli.arshjul.vinduer import FERREST, Kilde, is_ongoing, merged, windows
from oppfolgingscli.modell.frekvens import Antall, Behov, Etter, Hver, Milepael, Ved
from oppfolgingscli.tid.perioder import Periode, skolear_for, skolear_periode

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.tid.skolekalender import Skolekalender
    from oppfolgingscli.utvid import Utvidelse

__all__ = ["FERREST", "Hjul", "Merke", "Post", "Skoleferie", "Uten", "Vindu", "build", "is_veiled", "years"]


def build(utvidelser: Sequence[Utvidelse], skolear: int, *, roller: Collection[str] = (), modell: bool = False) -> Hjul:
    """Make the wheel of the school year that begins in ``skolear``.

    ``utvidelser``: the class's; of a set, those of typical classes begun that year, the year before and so on, all of
    one set (``modell`` True: each participant stands for many). ``roller``: only routines these are responsible for
    or take part in.
    """
    first = utvidelser[0]
    opplegg = first.gyldighet.opplegg
    sources = [Kilde(u, skolear, modell=modell) for u in utvidelser]
    posts: list[Post] = []
    others: list[Uten] = []
    for group in _groups(opplegg.rutinesett.versjoner, skolear_periode(skolear)):
        if roller and not any(_concerns(v, roller) for v in group):
            continue
        post, other = _place(group, sources)
        posts += [post] if post else []
        others += [other] if other else []
    responsible = {v.rutine.ansvarlig for v in (*(p.versjon for p in posts), *(o.versjon for o in others))}
    return Hjul(
        skolear=skolear,
        klasse=None if modell else opplegg.klasse.id,
        navn=opplegg.rutinesett.hode.navn if modell else opplegg.klasse.navn,
        sett=opplegg.rutinesett,
        trinn=None if modell else sources[0].trinn,
        semestre=tuple(_semesters(first.kalender, skolear)),
        ferier=tuple(_breaks(first.kalender, skolear)),
        eksamener=() if modell else tuple(_exams(opplegg.klasse.eksamen, skolear)),
        roller=tuple((id_, role) for id_, role in opplegg.rutinesett.roller.items() if id_ in responsible),
        poster=tuple(sorted(posts, key=lambda p: _order(p, opplegg.rutinesett.roller))),
        uten=tuple(others),
        skolerute=_certainty(first.kalender, skolear),
    )


def years(utvidelse: Utvidelse) -> range:
    """Return the school years (by the year they begin in) a class has days in."""
    klasse = utvidelse.gyldighet.opplegg.klasse
    return range(skolear_for(klasse.start), skolear_for(klasse.slutt) + 1)


def is_veiled(v: Versjon) -> bool:
    """Whether a version is only for some benefits or groups, so that its name, type and rule would tell of them."""
    return bool(v.rutine.gjelder.ytelse or v.rutine.gjelder.gruppe)


def _concerns(v: Versjon, roller: Collection[str]) -> bool:
    return any(role in roller for role in (v.rutine.ansvarlig, *v.rutine.deltar, *v.rutine.krever))


def _groups(versjoner: Iterable[Versjon], ar: Periode) -> list[list[Versjon]]:
    """Return the versions in force that year by routine; veiled routines of one role and type are one."""
    out: dict[tuple[str, ...], list[Versjon]] = {}
    for v in versjoner:
        if (v.fra is None or v.fra <= ar.til) and (v.til is None or v.til >= ar.fra):
            r = v.rutine
            key = ("", r.ansvarlig, r.niva, r.type) if is_veiled(v) else (r.id,)
            out.setdefault(key, []).append(v)
    return list(out.values())


def _order(post: Post, roller: Iterable[str]) -> tuple[int, date]:
    known = list(roller)
    role = post.versjon.rutine.ansvarlig
    return known.index(role) if role in known else len(known), post.vinduer[0].fra


def _place(group: list[Versjon], sources: Sequence[Kilde]) -> tuple[Post | None, Uten | None]:
    """Find where a routine (or the veiled ones that are one) goes: on the wheel, beside it, or nowhere."""
    found: list[Vindu] = []
    present: list[int] = []
    planned = [v for v in group if isinstance(v.rutine.frekvens, Antall | Milepael | Hver)]
    hidden = False
    for source in sources:
        made = windows(planned, source)
        hidden = hidden or (not made and any(source.points(v) for v in planned if not _is_personal(v)))
        if made:
            present.append(source.trinn)
            # Of typical classes side by side, the youngest that has a window says when it is.
            apart = [w for w in made if not any(w.fra <= f.til and f.fra <= w.til for f in found)]
            found = merged([*found, *apart])
    ids = tuple(dict.fromkeys(v.rutine.id for v in group))
    veiled = any(is_veiled(v) for v in group)
    if found:
        shown = max(planned, key=lambda v: (v.fra or date.min, v.nr))
        return Post(ids, shown, is_ongoing(planned), tuple(found), _trinn(present, sources), veiled), None
    holds = [s.trinn for s in sources if any(s.applies(v) for v in group)]
    last = max(group, key=lambda v: (v.fra or date.min, v.nr))
    kind = _kind(last, hidden=hidden)
    if not holds or kind is None:
        return None, None
    return None, Uten(ids, last, kind, _trinn(holds, sources), veiled)


def _kind(v: Versjon, *, hidden: bool) -> Utlost | None:
    """Return which list a routine that has no window belongs in; None when this year has nothing of it."""
    f = v.rutine.frekvens
    if isinstance(f, Ved):
        return "ved"
    if isinstance(f, Etter):
        return "etter"
    if isinstance(f, Behov):
        return "behov"
    return "egne" if hidden else None


def _is_personal(v: Versjon) -> bool:
    """Whether it is about one's own start or end: that somebody has such a date would tell that someone leaves."""
    f = v.rutine.frekvens
    return isinstance(f, Milepael) and f.milepael.slag in {"oppstart", "slutt"}


def _trinn(present: Sequence[int], sources: Sequence[Kilde]) -> tuple[int, ...]:
    return () if len(present) == len(sources) else tuple(sorted(present))


def _semesters(kalender: Skolekalender, skolear: int) -> Iterator[tuple[str, date, date]]:
    for year, half in ((skolear, "host"), (skolear + 1, "var")):
        first = kalender.semester_kant(year, half, last=False)
        last = kalender.semester_kant(year, half, last=True)
        if first and last:
            yield half, first, last


def _breaks(kalender: Skolekalender, skolear: int) -> Iterator[Skoleferie]:
    ar = skolear_periode(skolear)
    written = {} if kalender.ingen else kalender.year(skolear).ferier
    for f in kalender.ferier:
        wide = max(date.fromordinal(f.fra), ar.fra), min(date.fromordinal(f.til), ar.til)
        if wide[0] <= wide[1]:
            fra, til = written.get(f.navn, wide)
            yield Skoleferie(f.navn, max(fra, ar.fra), min(til, ar.til), wide)


def _exams(eksamener: dict[str, date], skolear: int) -> Iterator[tuple[str, date]]:
    yield from sorted(((n, d) for n, d in eksamener.items() if skolear_for(d) == skolear), key=lambda e: (e[1], e[0]))


def _certainty(kalender: Skolekalender, skolear: int) -> str:
    if kalender.ingen:
        return "ingen"
    if not kalender.is_entered(skolear):
        return "monster"
    return "ubekreftet" if kalender.year(skolear).ubekreftet else "lagt_inn"
