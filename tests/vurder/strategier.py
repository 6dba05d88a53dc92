"""Small random classes with a log: a few weeks or months, few routines, few contacts. Always valid input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg
from oppfolgingscli.modell.klasse import Deltaker, Klasse, Opplegg, Pause
from oppfolgingscli.modell.rutinesett import Fase, Hode, Rutine, Rutinesett, Versjon
from utvid.strategier import OSLO, antall, gjelder, milepael, participants, small, spans

#: A day before the autumn break, the winter break and leap day, Easter, 17 May, Christmas.
STARTER = (date(2023, 9, 18), date(2024, 2, 12), date(2024, 3, 11), date(2024, 4, 29), date(2023, 12, 4))
ROLLER = {"l1": "l", "v1": "v"}
NAVN = ("r0", "r1")


class Sak(NamedTuple):
    """What is judged, and when."""

    opplegg: Opplegg
    logg: Logg
    per: date


def dates(start: date, days: int, margin: int = 0) -> st.SearchStrategy[date]:
    """Days from ``margin`` before ``start`` to ``margin`` after ``days`` days of class, each as likely as another."""
    return st.sampled_from([start + timedelta(n) for n in range(-margin, days + margin + 1)])


@st.composite
def hver(draw: st.DrawFn) -> dict[str, Any]:
    n = draw(st.integers(1, 20))
    out: dict[str, Any] = {"hver": f"{n} dager", "senest": f"{n + draw(st.integers(0, 15))} dager"}
    if draw(st.booleans()):
        out["forste_innen"] = draw(small(1, 3, st.sampled_from(["dager", "uker"])))
    return out


@st.composite
def utlost(draw: st.DrawFn, name: str, niva: str) -> dict[str, Any]:
    """``ved`` or, for the second routine, perhaps ``etter`` the first."""
    out: dict[str, Any] = {}
    if name == "r1" and draw(st.booleans()):
        out["etter"] = "r0"
    else:
        out["ved"] = draw(st.sampled_from(["fravaer", "avbrudd", ["fravaer", "hoyt_fravaer"]]))
    if draw(st.integers(0, 3)):
        out["innen"] = draw(small(0, 8))
        if draw(st.integers(0, 2)) == 0:
            out["sent_til"] = draw(small(0, 8))
    if draw(st.integers(0, 2)) == 0:
        out["samle"] = draw(small(0, 10))
    return out


@st.composite
def rules(draw: st.DrawFn, name: str, niva: str, *, enkle: bool) -> dict[str, Any]:
    kind = draw(st.sampled_from(["antall", "antall", "hver", "milepael", "utlost", "utlost", "behov"]))
    if kind == "antall":
        out = draw(antall())
        if not enkle and draw(st.integers(0, 2)) == 0:
            out["minst_mellom"] = draw(small(1, 10))
        return out
    if kind == "utlost":
        return draw(utlost(name, niva))
    if kind == "behov":
        return {"behov": True}
    return draw(hver() if kind == "hver" else milepael())


@st.composite
def versions(
    draw: st.DrawFn, name: str, niva: str, days: st.SearchStrategy[date], *, enkle: bool, flere: bool
) -> list[Versjon]:
    cut = draw(days) if flere and draw(st.integers(0, 2)) == 0 else None
    bounds = [(None, cut - timedelta(1)), (cut, None)] if cut else [(None, None)]
    out = []
    for nr, (fra, til) in enumerate(bounds, 1):
        rutine = {
            "id": name, "navn": name, "type": draw(st.sampled_from("aab")), "niva": niva, "ansvarlig": "l",
            "frekvens": draw(rules(name, niva, enkle=enkle)),
        }  # fmt: skip
        if draw(st.integers(0, 2)) == 0:
            rutine["gjelder"] = draw(gjelder(person=niva == "deltaker"))
        if draw(st.integers(0, 3)) == 0:
            rutine["teller_ogsa"] = ["a", "b"]
        if not enkle and draw(st.integers(0, 3)) == 0:
            rutine["krever"] = ["v"]
        out.append(Versjon(Rutine.model_validate(rutine), nr, fra, til, "test.toml"))
    return out


@st.composite
def contact(draw: st.DrawFn, number: int, days: st.SearchStrategy[date], *, enkle: bool = False) -> Kontakt:
    """A row of the log; a few repeat an id, lack a role, were not held, or were written down late."""
    name = "k0" if not enkle and draw(st.integers(0, 9)) == 0 else f"k{number}"
    dato = draw(days)
    deltakere, alle = draw(st.sampled_from([(("D0",), False)] * 4 + [(("D0", "D1"), False), ((), True), ((), False)]))
    late = draw(st.sampled_from([0, 0, 0, 5, 40]))
    return Kontakt(
        name, dato, draw(st.sampled_from("aab")), draw(st.sampled_from([None, None, "r0", "r1"])), deltakere, alle,
        draw(st.sampled_from([(), ("l1",), ("v",)])), draw(st.sampled_from([(), (), ("l",), ("v1", "l")])),
        draw(st.sampled_from(["gjennomfort"] * 6 + ["ikke_mott"])), dato + timedelta(late), f"k:{number}", f"{number}",
    )  # fmt: skip


@st.composite
def event(draw: st.DrawFn, number: int, days: st.SearchStrategy[date]) -> Hendelse:
    name = "h0" if draw(st.integers(0, 9)) == 0 else f"h{number}"
    dato = draw(days)
    deltakere, alle = draw(st.sampled_from([(("D0",), False)] * 3 + [((), True), ((), False)]))
    kind = draw(st.sampled_from(["fravaer", "fravaer", "hoyt_fravaer", "avbrudd"]))
    return Hendelse(name, dato, kind, deltakere, alle, None, dato, f"h:{number}", f"{number}")


@st.composite
def cases(
    draw: st.DrawFn, *, enkle: bool = False, flere: bool = True, kontakter: int = 5, rutiner: tuple[str, ...] = NAVN
) -> Sak:
    """A class of one or two participants, two routines, and a log.

    ``enkle``: no ``minst_mellom`` and no ``krever``. ``flere``: routines may have two versions, and the second
    phase no end.
    """
    start = draw(st.sampled_from(STARTER))
    length = draw(st.sampled_from(range(10, 91)))
    inside = dates(start, length)
    klasse = {
        "id": "k", "navn": "k", "rutinesett": "t", "skolerute": "s", "start": start, "slutt": start + timedelta(length),
    }  # fmt: skip
    fra, til = draw(spans(inside))
    ends = {} if flere else {"til": til}
    faser = (
        Fase.model_validate({"id": "forkurs", "navn": "Forkurs", "skolear": [1]}),
        Fase.model_validate({
            "id": "bedrift", "navn": "I bedrift", "skolerute": draw(st.booleans()), "fra": fra, **ends,
        }),
    )  # fmt: skip
    niva = draw(st.sampled_from(["deltaker", "deltaker", "deltaker", "klasse"]))
    routines = [v for name in rutiner for v in draw(versions(name, niva, inside, enkle=enkle, flere=flere))]
    opplegg = Opplegg(
        Klasse.model_validate(klasse),
        tuple(draw(participants(f"D{n}", inside)) for n in range(draw(st.integers(1, 2)))),
        Rutinesett(Hode.model_validate({"id": "t", "navn": "t", "kilde": "t"}), {}, faser, tuple(routines)),
        draw(st.sampled_from([(OSLO,), (OSLO,), None])),
        "s",
    )
    around = dates(start, length, 10)
    logg = Logg(
        tuple(draw(contact(n, around, enkle=enkle)) for n in range(draw(st.sampled_from(range(kontakter + 1))))),
        tuple(draw(event(n, around)) for n in range(draw(st.sampled_from(range(4))))),
    )
    return Sak(opplegg, logg, start + timedelta(draw(st.sampled_from(range(5, length + 41)))))


def with_pause(d: Deltaker, fra: date, til: date) -> Deltaker:
    """The participant with one pause more."""
    pause = Pause.model_validate({"fra": fra, "til": til, "grunn": "permisjon"})
    return d.model_copy(update={"pauser": (*d.pauser, pause)})


def with_class_end(opplegg: Opplegg, slutt: date) -> Opplegg:
    """The same with another end of the class."""
    return replace(opplegg, klasse=opplegg.klasse.model_copy(update={"slutt": slutt}))
