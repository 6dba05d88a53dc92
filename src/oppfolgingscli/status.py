"""The only status function: what became of a point on the reporting date (docs/semantikk.md, "Status").

Interval routines are chained and get theirs from the clock (utvid/intervall.py); everything else comes here.
"""

from __future__ import annotations

from typing import Final

#: Every code, in the order of the table: the first that fits is the status.
STATUSER: Final = (
    "fritatt", "i_tide", "for_sent", "ikke_aktuelt", "kommende", "apen", "ikke_brukt", "forfalt", "mangler",
)  # fmt: skip


def status(  # noqa: PLR0911 - one row of the table after another
    *,
    fra: int,
    frist: int | None,
    sent_til: int | None,
    krav: bool,
    kontakt: int | None,
    fritatt: bool,
    slutt: int,
    om_slutten: bool,
    per: int,
) -> tuple[str, int | None]:
    """Return the status on ``per``, and calendar days late (0 on time, None where it has no meaning).

    All days are ordinals; ``kontakt`` is the day of the contact credited. ``slutt``: the subject's last day
    enrolled. ``om_slutten``: the point is about the ending itself and is never cut off by it.
    """
    if fritatt:
        return "fritatt", None
    if kontakt is not None:
        late = max(0, kontakt - frist) if frist is not None else 0
        return ("for_sent", late) if late else ("i_tide", 0)
    ended = per > slutt
    if ended and not om_slutten and (frist is None or frist > slutt):
        return "ikke_aktuelt", None
    if per < fra:
        return "kommende", None
    if frist is None or per <= frist:
        return "apen", None
    if not krav:
        return "ikke_brukt", None
    if not ended and (sent_til is None or per <= sent_til):
        return "forfalt", per - frist
    return "mangler", None


def avtalestatus(*, frist: int | None, utfort: int | None, per: int) -> tuple[str, int | None]:
    """Return the status of an agreed measure on ``per``, and days late. Done after ``per`` is not yet done."""
    done = utfort is not None and utfort <= per
    end = utfort if done and utfort is not None else per
    late = frist is not None and end > frist
    days = end - frist if late and frist is not None else 0
    if done:
        return ("for_sent", days) if late else ("i_tide", 0)
    return ("forfalt", days) if late else ("apen", None)
