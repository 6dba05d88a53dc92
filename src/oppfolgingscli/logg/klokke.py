"""The day a row is registered: the clock's, unless the log has already come further.

What was known on a day is found by ``registrert``, so it must not go backwards in a file that only grows. A machine
whose clock is some days slow would else have written a row before one that already stood there. Is the difference
greater, one of the two is simply wrong, and to follow the later would spoil every row to come.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from oppfolgingscli.logg.tilfoy import Naa

LENGST: Final = timedelta(days=31)
"""So far behind the last row the clock may be and still be taken for merely slow."""


class Klokke:
    """What day it is, for those who write: ``append(mappe, slag, lambda naa: [{**row, "registrert": klokke.registrert(naa)}])``.

    ``sist`` is afterwards the day the last row was registered when that is later than today, and somebody's clock
    wrong; else None.
    """

    def __init__(self, i_dag: date) -> None:
        """``i_dag``: what the clock says, in Norway."""
        self.i_dag = i_dag
        self.sist: date | None = None

    def registrert(self, naa: Naa) -> str:
        """Return the day to register a new row on, as ISO: today, or the last row's when that is at most a month later."""
        last = naa.sist_registrert()
        self.sist = last if last and last > self.i_dag else None
        return (self.sist if self.sist and self.sist - self.i_dag <= LENGST else self.i_dag).isoformat()
