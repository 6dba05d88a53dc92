"""Random groups of classes of one kind, with longer logs than those of the judging: what is drawn is valid input."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg
from oppfolgingscli.modell.klasse import Deltaker, Fritak, Klasse, Opplegg
from oppfolgingscli.modell.rutinesett import Fase, Hode, Rutinesett
from oppfolgingscli.revisjon.resultat import Klasse as Hvem
from utvid.strategier import OSLO, participants, spans
from vurder.strategier import STARTER, dates, versions

NAVN = ("r0", "r1", "r2")
STEDER = (("Oslo", "A"), ("Oslo", "B"), ("", ""), ("Viken", "A"))


class Gruppesak(NamedTuple):
    """Classes of one kind with their logs, and when they are judged."""

    klasser: list[tuple[Opplegg, Logg, Mapping[str, str], Hvem]]
    per: date
    kjent: date | None
    lag: int


def _contacts(luck: random.Random, start: date, days: int, people: list[str], n: int) -> list[Kontakt]:
    rows = []
    for number in range(n):
        name = f"k{luck.randrange(n)}" if luck.randrange(12) == 0 else f"k{number}"
        dato = start + timedelta(luck.randrange(-10, days + 40))
        who = luck.choice(["en"] * 8 + ["to", "alle", "klassen", "alle og en", "ukjent"])
        named = {
            "en": (luck.choice(people),), "to": tuple(luck.sample(people, min(2, len(people)))),
            "alle og en": (luck.choice(people),), "ukjent": ("X9",),
        }.get(who, ())  # fmt: skip
        status = luck.choice(["gjennomfort"] * 8 + ["ikke_mott"])
        k = Kontakt(
            name, dato, luck.choice("aaabbc"), luck.choice([None, None, None, "r0", "r1", "r2", "r9"]), named,
            who.startswith("alle"), luck.choice([(), ("l1",), ("v",)]), luck.choice([(), (), ("l",), ("v1", "l")]), status,
            dato + timedelta(luck.choice([0, 0, 0, 5, 40])), f"k:{number}", f"{luck.randrange(10**6):06}",
        )  # fmt: skip
        rows.append(k)
    return rows


def _events(luck: random.Random, start: date, days: int, people: list[str], n: int) -> list[Hendelse]:
    rows = []
    for number in range(n):
        name = f"h{luck.randrange(n)}" if luck.randrange(12) == 0 else f"h{number}"
        dato = start + timedelta(luck.randrange(-10, days + 40))
        named, alle = luck.choice([((luck.choice(people),), False)] * 3 + [((), True), ((), False)])
        kind = luck.choice(["fravaer", "fravaer", "hoyt_fravaer", "avbrudd"])
        rows.append(Hendelse(name, dato, kind, named, alle, None, dato, f"h:{number}", f"{luck.randrange(10**6):06}"))
    return rows


@st.composite
def _people(draw: st.DrawFn, inside: st.SearchStrategy[date]) -> tuple[Deltaker, ...]:
    """Some participants; a few share all but the name, as most of a class does."""
    found = [draw(participants("D0", inside))]
    for n in range(1, draw(st.sampled_from([1, 2, 4, 6]))):
        alike = found[0].model_copy(update={"id": f"D{n}"})
        found.append(draw(participants(f"D{n}", inside)) if draw(st.booleans()) else alike)
    if draw(st.integers(0, 3)) == 0:
        days = sorted({draw(inside), draw(inside)})
        gruppe = [{"fra": day, "verdi": draw(st.sampled_from("ab"))} for day in days]
        last = found[-1]
        raw = Deltaker.model_validate({"id": last.id, "gruppe": gruppe})
        found[-1] = last.model_copy(update={"gruppe": raw.gruppe})
    if draw(st.integers(0, 9)) == 0:  # long before the class, and before its calendar
        found[-1] = found[-1].model_copy(update={"start": date(2019, 3, 4)})
    if draw(st.integers(0, 3)) == 0:
        fritak = Fritak.model_validate({"rutine": draw(st.sampled_from(NAVN)), "registrert": draw(inside)})
        found[0] = found[0].model_copy(update={"fritak": (fritak,)})
    return tuple(found)


@st.composite
def grupper(draw: st.DrawFn, *, klasser: tuple[int, ...] = (1, 1, 2, 3), kontakter: int = 60) -> Gruppesak:
    """One to three classes alike in calendar and routines, each with its participants and log."""
    start = draw(st.sampled_from(STARTER))
    length = draw(st.sampled_from(range(20, 400)))
    inside = dates(start, length)
    fra, til = draw(spans(inside))
    faser = (
        Fase.model_validate({"id": "forkurs", "navn": "Forkurs", "skolear": [1]}),
        Fase.model_validate({
            "id": "bedrift", "navn": "I bedrift", "skolerute": draw(st.booleans()), "fra": fra, "til": til,
        }),
    )  # fmt: skip
    niva = [draw(st.sampled_from(["deltaker", "deltaker", "deltaker", "klasse"])) for _name in NAVN]
    wanted = draw(st.sampled_from([1, 2, 3]))
    routines = [
        v
        for name, level in zip(NAVN[:wanted], niva, strict=False)
        for v in draw(versions(name, level, inside, enkle=False, flere=True))
    ]
    sett = Rutinesett(Hode.model_validate({"id": "t", "navn": "t", "kilde": "t"}), {}, faser, tuple(routines))
    rute = draw(st.sampled_from([(OSLO,), (OSLO,), None]))
    luck = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - invented data, replayed from the seed
    out: list[tuple[Opplegg, Logg, Mapping[str, str], Hvem]] = []
    for nr in range(draw(st.sampled_from(klasser))):
        klasse = {
            "id": f"k{nr}", "navn": "k", "rutinesett": "t", "skolerute": "s", "start": start,
            "slutt": start + timedelta(length), "eksamen": {"norsk": fra},
        }  # fmt: skip
        people = draw(_people(inside))
        opplegg = Opplegg(Klasse.model_validate(klasse), people, sett, rute, "s")
        names = [d.id for d in people]
        logg = Logg(
            tuple(_contacts(luck, start, length, names, luck.randrange(kontakter))),
            tuple(_events(luck, start, length, names, luck.randrange(8))),
        )
        roller = luck.choice([{"l1": "l", "v1": "v"}, {"v1": "v"}, {}])
        fylke, skole = luck.choice(STEDER)
        out.append((opplegg, logg, roller, Hvem(f"k{nr}", fylke, skole, "t")))
    per = start + timedelta(draw(st.sampled_from(range(5, length + 41))))
    kjent = draw(st.sampled_from([None, None, per]))
    return Gruppesak(out, per, kjent, draw(st.sampled_from([0, 14])))


def omrokert(sak: Gruppesak, seed: int) -> Gruppesak:
    """The same, with the rows of every log in another order."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    out = []
    for opplegg, logg, roller, hvem in sak.klasser:
        k, h = list(logg.kontakter), list(logg.hendelser)
        luck.shuffle(k)
        luck.shuffle(h)
        out.append((opplegg, replace(logg, kontakter=tuple(k), hendelser=tuple(h)), roller, hvem))
    return sak._replace(klasser=out)
