"""The measures of a set of judged points, one function each: definition, range and source stand with it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.maltall.andeler import Telling, share
from oppfolgingscli.maltall.forsinkelse import Ventetid
from oppfolgingscli.modell.rutinesett import Antall, Milepael

if TYPE_CHECKING:
    from oppfolgingscli.maltall.underlag import Underlag
    from oppfolgingscli.tid.perioder import Periode
    from oppfolgingscli.vurder import Vurdert


def by_subject(bedomte: Iterable[Vurdert]) -> dict[str, list[Vurdert]]:
    """Group judged points by subject, in the order given."""
    out: dict[str, list[Vurdert]] = {}
    for x in bedomte:
        out.setdefault(x.punkt.subjekt, []).append(x)
    return out


def tellinger(bedomte: Iterable[Vurdert]) -> list[Telling]:
    """Return how many points were on time, of how many judged, subject by subject."""
    return [Telling(sum(x.status == "i_tide" for x in rows), len(rows)) for rows in by_subject(bedomte).values()]


def done_share(bedomte: Sequence[Vurdert]) -> float | None:
    """Return (on time + late) / judged: how much was done at all, 0–1."""
    return share(sum(x.status in ("i_tide", "for_sent") for x in bedomte), len(bedomte))


def dose(u: Underlag, bedomte: Iterable[Vurdert]) -> tuple[float, float] | None:
    """Return delivered/required contacts, capped and not: the first 0–1 and never above the second.

    Over (routine, subject, period) with judged points of routines with a count in each period or a milestone:
    required is their number, delivered the counted contacts in [fra, frist], matched or not, less those credited
    to another routine. Capped, Σ min(delivered, required) / Σ required: much for one is not enough for another.
    Source: dose as quantity delivered against quantity planned, Dane and Schneider, Clinical Psychology Review
    18 (1998), 23–45. None without such points.
    """
    capped, delivered, required = dose_sums(u, bedomte)
    return (capped / required, delivered / required) if required else None


def dose_sums(u: Underlag, bedomte: Iterable[Vurdert]) -> tuple[int, int, int]:
    """Return (Σ min(delivered, required), Σ delivered, Σ required), as in ``dose``."""
    groups: dict[tuple[str, str, str], list[Vurdert]] = {}
    for x in bedomte:
        if isinstance(u.versjon(x).rutine.frekvens, Antall | Milepael):
            groups.setdefault((x.punkt.rutine, x.punkt.subjekt, x.punkt.periode), []).append(x)
    sums = [(u.delivered(rows), len(rows)) for rows in groups.values()]
    return sum(min(pair) for pair in sums), sum(delivered for delivered, _n in sums), sum(n for _delivered, n in sums)


def coverage(u: Underlag, bedomte: Iterable[Vurdert], pakrevde: Iterable[Vurdert]) -> float | None:
    """Return, of the subjects with a judged point, the share who were met the first time they should be, 0–1.

    That is with a counted contact in [fra, frist] of the first judged point; for an interval routine, those
    whose first gap (of ``pakrevde``: the required points of the row, judged or not yet) met its first deadline.
    Source: reach, in the sense of RE-AIM, Glasgow, Vogt and Boles, American Journal of Public Health 89 (1999),
    1322–1327.
    """
    return share(*covered(u, bedomte, pakrevde))


def covered(u: Underlag, bedomte: Iterable[Vurdert], pakrevde: Iterable[Vurdert]) -> tuple[int, int]:
    """Return (subjects who were met, subjects), as in ``coverage``; the points are of one routine."""
    firsts = {subject: rows[0] for subject, rows in by_subject(bedomte).items()}
    gaps: dict[str, list[Vurdert]] = by_subject(x for x in pakrevde if u.is_intervall(x) and x.status != "fritatt")
    met = 0
    for subject, x in firsts.items():
        if u.is_intervall(x):
            opening = min(gaps[subject], key=lambda y: (y.punkt.versjon, int(y.punkt.periode), y.punkt.nr))
            met += opening.status == "i_tide"
        else:
            met += u.has_contact(x)
    return met, len(firsts)


def waiting_times(u: Underlag, pakrevde: Iterable[Vurdert]) -> list[Ventetid]:
    """Return the days from ``fra`` to the contact, for required points that have opened and are not exempt.

    Without a contact: to ``per``, or to the day the subject ended, and not done (censored).
    """
    out: list[Ventetid] = []
    for x in pakrevde:
        opened = x.punkt.fra.toordinal()
        last = min(u.per, u.subjekter[x.punkt.subjekt].slutt)
        if x.status == "fritatt":
            continue
        if x.kontakt is not None:
            out.append(Ventetid(x.kontakt.dato.toordinal() - opened, gjort=True))
        elif opened <= last:
            out.append(Ventetid(last - opened, gjort=False))
    return out


def bounds(
    u: Underlag, rutine: str, bedomte: Sequence[Vurdert], fritatt: int, periode: Periode | None
) -> tuple[float, float] | None:
    """Return how low and high the on-time share could be if what is uncertain went one way or the other, 0–1.

    Low: no exemption was right, i_tide / (judged + exempt). High: every contact that is left over made a point of
    its subject on time, (i_tide + Σ min(left over, points not on time)) / judged. low ≤ share ≤ high. None with
    nothing judged. Source: worst-case bounds, Manski, American Economic Review 80 (1990), 319–323.
    """
    if not bedomte:
        return None
    on_time = sum(x.status == "i_tide" for x in bedomte)
    return on_time / (len(bedomte) + fritatt), (on_time + gain(u, rutine, bedomte, periode)) / len(bedomte)


def gain(u: Underlag, rutine: str, bedomte: Iterable[Vurdert], periode: Periode | None) -> int:
    """Return how many points of a routine its leftover contacts could make on time, subject by subject."""
    found = 0
    for subject, rows in by_subject(bedomte).items():
        lacking = sum(x.status != "i_tide" for x in rows)
        found += min(lacking, u.leftover(rutine, subject, periode)) if lacking else 0
    return found


def is_in(periode: Periode | None, day: date | None) -> bool:
    """Whether a deadline lies in a period; None is all, also what has no deadline."""
    return periode is None or (day is not None and periode.fra <= day <= periode.til)
