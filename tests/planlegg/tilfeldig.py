"""Small random planning problems with every rule in them, the same for the same number."""

from __future__ import annotations

import random
from itertools import combinations

from oppfolgingscli.planlegg.folk import Ressurs
from oppfolgingscli.planlegg.problem import Avstand, Kapasitet, Kjede, Oppgave, Plass, Problem, Serie, Vekter

MANDAG = 738_000 - (738_000 - 1) % 7
"""A Monday."""
KL, PF = Ressurs("person", "kl"), Ressurs("person", "pf")


def make(number: int, most: int = 4, days: int = 6) -> Problem:
    """Return problem ``number``: up to ``most`` free meetings over ``days`` working days, few starts a day."""
    luck = random.Random(number)  # noqa: S311 - the same problems every time
    calendar = [MANDAG + d for d in range(days + 2 * (days // 5)) if d % 7 < 5][:days]
    first = luck.choice((540, 675, 705))
    hours = (first, first + luck.choice((75, 105, 150)))
    pupils = [Ressurs("deltaker", f"D{n}") for n in range(1, luck.randint(2, 3) + 1)]
    places = {p: luck.choice(("Kantina", "Kantina", "Bakeriet")) for p in pupils}
    kapasitet = {
        KL: _who(luck, KL, calendar, hours),
        PF: _who(luck, PF, calendar, hours),
        **{p: Kapasitet(p, frozenset(range(5)), luck.randint(1, 4)) for p in pupils},
    }
    oppgaver = [_meeting(luck, n, calendar, hours, pupils, places) for n in range(luck.randint(2, most))]
    if luck.random() < 0.3:
        oppgaver.append(_delivery(luck, calendar, hours))
    oppgaver.sort(key=lambda o: o.id)
    groups: dict[str, list[str]] = {}
    for o in oppgaver:
        if o.minutter:
            groups.setdefault(o.serie, []).append(o.id)
    serier, kjeder = [], []
    for key, ids in groups.items():
        if len(ids) < 2:
            continue
        apart = luck.choice((1, 1, 2, 4))
        serier.append(Serie(key, tuple(ids), {d: d + apart for d in calendar} if apart > 1 else {}, apart))
        if luck.random() < 0.4:
            limit = luck.choice((2, 5))
            kjeder.append(Kjede(tuple(ids), {d: d + limit for d in calendar}))
    reise, per = luck.choice((0, 15, 30)), calendar[0] + luck.choice((0, 0, 1))
    avstander = [
        Avstand(pair, enough)
        for ids in groups.values()
        for pair in combinations(ids, 2)
        if (enough := luck.choice((0, 2, 3, 5)))
    ]
    return Problem(
        tuple(oppgaver), kapasitet, tuple(serier), tuple(kjeder), reise, per, Vekter(), tuple(avstander)
    )  # fmt: skip


def _who(luck: random.Random, r: Ressurs, calendar: list[int], hours: tuple[int, int]) -> Kapasitet:
    weekdays = frozenset(d for d in range(5) if luck.random() < 0.7) or frozenset({1})
    busy = {}
    for d in calendar:
        if luck.random() < 0.2:
            a = hours[0] + 15 * luck.randrange(4)
            busy[d] = ((a, a + luck.choice((20, 60, 300))),)
    return Kapasitet(r, weekdays, luck.randint(1, 3), busy)


def _meeting(
    luck: random.Random,
    n: int,
    calendar: list[int],
    hours: tuple[int, int],
    pupils: list[Ressurs],
    places: dict[Ressurs, str],
) -> Oppgave:
    subject = luck.choice(pupils)
    kind = luck.choice(("samtale", "besok", "felles"))
    people = {"samtale": (KL, subject), "besok": (luck.choice((KL, PF)), subject), "felles": (KL, PF, *pupils)}[kind]
    first, last = sorted(luck.choices(range(len(calendar)), k=2))
    days = tuple(calendar[first : last + 1])
    wanted = luck.choice(calendar)
    earlier = Plass(luck.choice(calendar), hours[0] + 15 * luck.randrange(3)) if luck.random() < 0.25 else None
    fixed = earlier if earlier is not None and luck.random() < 0.4 else None
    sted = dict.fromkeys(calendar, places[subject]) if kind == "besok" else {}
    where = subject.id if kind != "felles" else "k"
    return Oppgave(
        f"{n:02d}",
        "k",
        kind,
        where,
        luck.random() < 0.8,
        luck.choice((30, 45, 60)),
        hours,
        people,
        people[:1] if kind == "besok" else (),
        tuple(r.id for r in people),
        days[0],
        days[-1] - luck.choice((0, 0, 1)) if len(days) > 1 else days[-1],
        days,
        tuple(abs(d - wanted) + luck.choice((0, 0, 7)) for d in days),
        sted,
        f"{kind}/{where}",
        f"{kind}/{where}",
        None if fixed else earlier,
        fixed,
    )


def _delivery(luck: random.Random, calendar: list[int], hours: tuple[int, int]) -> Oppgave:
    days = tuple(calendar[2:])
    earlier = Plass(luck.choice(calendar), None) if luck.random() < 0.5 else None
    return Oppgave(
        "99", "k", "rapport", "D1", True, 0, hours, (), (), (), days[0], days[-1], days,
        tuple(days[-1] - d for d in days), {}, "rapport/D1", "rapport/D1", earlier,
    )  # fmt: skip
