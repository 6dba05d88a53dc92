"""The next weeks as an agenda for the terminal: day by day, when, what, about whom and with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from oppfolgingscli.sprak import _, dato_dag, dato_lang, navn, ngettext

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from oppfolgingscli.modell.klasse import Person
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.planlegg import Mote

UKER: Final = 2
LINJER: Final = 30
"""Lines an agenda has at most, give or take the rest of the last day: it shall fit on a screen or two."""


@dataclass(frozen=True, slots=True)
class Utsnitt:
    """The part of the meetings that is shown: the closed span [fra, til], and why it is that one.

    `hvorfor`: "na" = from the day asked about; "senere" = the first ones after it (there is nothing
    sooner); "slutt" = the last ones (there is nothing after it).
    """

    fra: date
    til: date
    moter: tuple[Mote, ...]
    hvorfor: Literal["na", "senere", "slutt"]


def choose_weeks(moter: Sequence[Mote], per: date, uker: int = UKER) -> Utsnitt | None:
    """Choose the weeks to show as seen from a day; None when there are no meetings at all.

    Args:
        moter: in any order.
        per: the day it is seen from; the span begins on it when it holds anything.
        uker: length of the span, in calendar weeks.
    """
    if not moter:
        return None
    span = timedelta(weeks=uker, days=-1)
    days = sorted({mote.dato for mote in moter})
    start: date
    why: Literal["na", "senere", "slutt"]
    if days[-1] < per:
        start, why = days[-1] - span, "slutt"
    else:
        following = next(day for day in days if day >= per)
        start, why = (per, "na") if following <= per + span else (following, "senere")
    end = start + span
    return Utsnitt(start, end, tuple(m for m in moter if start <= m.dato <= end), why)


def print_agenda(
    console: Console,
    moter: Sequence[Mote],
    rutinesett: Rutinesett,
    personer: Mapping[str, Person],
    per: date,
) -> None:
    """Print the weeks chosen by `choose_weeks`, at most about LINJER lines."""
    part = choose_weeks(moter, per)
    if part is None:
        console.print(_("Ingen møter er planlagt."))
        return
    console.print(_heading(part), style="bold")
    names = {version.rutine.id: navn(version.rutine.navn) for version in rutinesett.versjoner}
    people = {
        # The participants as a role say no more than the class or the id in the column before.
        **{id_: "" if role.etat == "deltaker" else navn(role.navn) for id_, role in rutinesett.roller.items()},
        **{id_: person.navn for id_, person in personer.items()},
    }
    ordered = sorted(part.moter, key=lambda m: (m.dato, m.start is not None, m.start or 0, m.punkt.id))
    shown = _whole_days(ordered)
    for week, of_week in groupby(shown, key=lambda m: m.dato.isocalendar()[:2]):
        console.print()
        console.print(_("Uke {uke}").format(uke=week[1]), style="bold cyan")
        console.print(_table(list(of_week), names, people))
    if rest := len(ordered) - len(shown):
        console.print()
        console.print(
            ngettext("… og {n} til i disse ukene.", "… og {n} til i disse ukene.", rest).format(n=rest),
            style="dim",
        )


def _heading(part: Utsnitt) -> str:
    texts = {
        "na": _("De neste ukene, fra {fra} til {til}"),
        "senere": _("De første ukene som har noe, fra {fra} til {til}"),
        "slutt": _("De siste ukene, fra {fra} til {til}"),
    }
    return texts[part.hvorfor].format(fra=dato_lang(part.fra), til=dato_lang(part.til))


def _whole_days(moter: Sequence[Mote]) -> list[Mote]:
    """Keep days from the first on until LINJER lines are reached; a day is never split."""
    kept: list[Mote] = []
    for _day, of_day in groupby(moter, key=lambda m: m.dato):
        if len(kept) >= LINJER:
            break
        kept += of_day
    return kept


def _table(moter: Sequence[Mote], names: Mapping[str, str], people: Mapping[str, str]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column()
    previous = None
    for mote in moter:
        day = "" if mote.dato == previous else dato_dag(mote.dato)
        previous = mote.dato
        subject = mote.punkt.subjekt if mote.punkt.niva == "deltaker" else _("klassen")
        others = filter(None, (people.get(id_, id_) for id_ in mote.personer if id_ != mote.punkt.subjekt))
        table.add_row(
            Text(day, style="bold"),
            _when(mote),
            names.get(mote.punkt.rutine, mote.punkt.rutine),
            subject,
            Text(", ".join(others), style="dim"),
        )
    return table


def _when(mote: Mote) -> Text:
    from rich.text import Text

    if mote.start is not None and mote.slutt is not None:
        return Text(f"{mote.start:%H.%M}–{mote.slutt:%H.%M}", style="green")
    return Text(_("frist") if mote.grunn is None else _("uten tid"), style="yellow")
