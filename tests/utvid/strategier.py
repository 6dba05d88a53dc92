"""Random classes, routines and participants for hypothesis; what is drawn is always valid input."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from oppfolgingscli.modell.klasse import Deltaker, Klasse, Opplegg
from oppfolgingscli.modell.rutinesett import Fase, Hode, Rutine, Rutinesett, Versjon
from oppfolgingscli.tid.skolekalender import SkolearData

START, SLUTT = date(2023, 8, 21), date(2025, 6, 20)
OSLO = SkolearData(
    "2023-2024", START, date(2024, 6, 21),
    {
        "hostferie": (date(2023, 10, 2), date(2023, 10, 6)), "juleferie": (date(2023, 12, 21), date(2024, 1, 1)),
        "vinterferie": (date(2024, 2, 19), date(2024, 2, 23)), "paskeferie": (date(2024, 3, 25), date(2024, 4, 1)),
    },
    (date(2024, 5, 10),),
)  # fmt: skip

inside = st.integers(0, (SLUTT - START).days).map(lambda n: START + timedelta(n))
units = st.sampled_from(["dager", "uker", "måneder", "virkedager", "skoledager"])


def small(low: int, high: int, words: st.SearchStrategy[str] = units) -> st.SearchStrategy[str]:
    return st.builds(lambda n, unit: f"{n} {unit}", st.integers(low, high), words)


@st.composite
def spans(draw: st.DrawFn, dates: st.SearchStrategy[date] = inside) -> tuple[date, date]:
    a, b = sorted((draw(dates), draw(dates)))
    return a, b


@st.composite
def antall(draw: st.DrawFn) -> dict[str, Any]:
    minst = draw(st.integers(0, 3))
    out: dict[str, Any] = {
        "minst": minst, "inntil": max(1, minst + draw(st.integers(0, 2))),
        "per": draw(st.sampled_from(["uke", "måned", "kvartal", "semester", "halvår", "skoleår"])),
    }  # fmt: skip
    return with_extras(draw, out)


def with_extras(draw: st.DrawFn, out: dict[str, Any]) -> dict[str, Any]:
    if draw(st.booleans()):
        out["helst"] = draw(st.sampled_from(["start", "slutt"]))
    if draw(st.integers(0, 2)) == 0:
        out["sent_til"] = draw(small(0, 20))
    return out


@st.composite
def hver(draw: st.DrawFn) -> dict[str, Any]:
    n = draw(st.integers(1, 40))
    out: dict[str, Any] = {"hver": f"{n} dager", "senest": f"{n + draw(st.integers(0, 30))} dager"}
    if draw(st.booleans()):
        out["forste_innen"] = draw(small(1, 5, st.sampled_from(["dager", "uker", "måneder"])))
    return out


@st.composite
def milepael(draw: st.DrawFn) -> dict[str, Any]:
    anchor = draw(
        st.sampled_from([
            "oppstart", "slutt", "praksis-start", "skolear-start", "skoleår-slutt", "skolear-slutt:1", "skolear-start:2",
            "semester-start", "semester-slutt:høst", "semester-start:var", "semester-slutt", "eksamen:norsk", "fase-start:bedrift",
            "fase-slutt:forkurs", "2024-02-29", "01.11.2023",
        ])
    )  # fmt: skip
    fra = draw(st.integers(-8, 4))
    unit = draw(st.sampled_from(["uker", "skoledager", "virkedager", "dager"]))
    out = {"milepael": anchor, "fra": f"{fra} {unit}", "innen": f"{fra + draw(st.integers(0, 8))} {unit}"}
    return with_extras(draw, out)


@st.composite
def gjelder(draw: st.DrawFn, *, person: bool) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if draw(st.integers(0, 2)) == 0:
        out["ferie"] = draw(st.sampled_from(["aldri", "også", "bare", ["sommerferie"], ["juleferie", "vinterferie"]]))
    if draw(st.integers(0, 4)) == 0:
        out["skolear"] = draw(st.sampled_from([[1], [2], [1, 2]]))
    if draw(st.integers(0, 3)) == 0:
        out["fase"] = draw(st.sampled_from([["forkurs"], ["bedrift"], ["forkurs", "bedrift"]]))
    if person:
        if draw(st.integers(0, 3)) == 0:
            out["i_praksis"] = True
        if draw(st.integers(0, 3)) == 0:
            out["gruppe"] = ["a"]
        if draw(st.integers(0, 3)) == 0:
            out["ytelse"] = ["kvp", "aap"]
    return out


@st.composite
def versions(draw: st.DrawFn, name: str) -> list[Versjon]:
    niva = draw(st.sampled_from(["deltaker", "deltaker", "klasse"]))
    cut = draw(inside) if draw(st.booleans()) else None
    bounds = [(None, cut - timedelta(1)), (cut, None)] if cut else [(None, None)]
    out = []
    for nr, (fra, til) in enumerate(bounds, 1):
        rutine = Rutine.model_validate({
            "id": name, "navn": name, "type": "samtale", "niva": niva, "ansvarlig": "l",
            "frekvens": draw(st.one_of(antall(), hver(), milepael())), "gjelder": draw(gjelder(person=niva == "deltaker")),
        })  # fmt: skip
        out.append(Versjon(rutine, nr, fra, til, "test.toml"))
    return out


@st.composite
def participants(draw: st.DrawFn, name: str, dates: st.SearchStrategy[date] = inside) -> Deltaker:
    data: dict[str, Any] = {"id": name}
    a, b = draw(spans(dates))
    if draw(st.booleans()):
        data["start"] = a
    if draw(st.integers(0, 2)) == 0:
        data["slutt"] = b
    if draw(st.booleans()):
        c, d = draw(spans(dates))
        data["praksis"] = [{"fra": c, **({"til": d} if draw(st.booleans()) else {})}]
    if draw(st.booleans()):
        c, d = draw(spans(dates))
        data["pauser"] = [{"fra": c, "grunn": "permisjon", **({"til": d} if draw(st.integers(0, 3)) else {})}]
    if draw(st.booleans()):
        data["gruppe"] = draw(st.sampled_from(["a", "b"]))
    if draw(st.booleans()):
        data["ytelse"] = [
            {"fra": a, "verdi": "kvp"},
            {"fra": a + timedelta(90), "verdi": draw(st.sampled_from(["aap", "ingen"]))},
        ]
    return Deltaker.model_validate(data)


@st.composite
def classes(draw: st.DrawFn) -> Opplegg:
    faser = (
        Fase.model_validate({"id": "forkurs", "navn": "Forkurs", "skolear": [1]}),
        Fase.model_validate({
            "id": "bedrift", "navn": "I bedrift", "skolerute": draw(st.booleans()),
            **draw(st.sampled_from([{"skolear": [2]}, {"fra": date(2024, 9, 2)}, {"fra": date(2024, 5, 1), "til": date(2024, 11, 15)}])),
        }),
    )  # fmt: skip
    klasse: dict[str, Any] = {
        "id": "k",
        "navn": "k",
        "rutinesett": "t",
        "skolerute": "s",
        "start": START,
        "slutt": SLUTT,
    }
    if draw(st.booleans()):
        klasse["faser"] = {"forkurs": {"til": date(2024, 3, 1)}}
    if draw(st.booleans()):
        klasse["eksamen"] = {"norsk": date(2024, 5, 30)}
    routines = [v for n in range(draw(st.integers(1, 2))) for v in draw(versions(f"r{n}"))]
    return Opplegg(
        Klasse.model_validate(klasse),
        tuple(draw(participants(f"D{n}")) for n in range(draw(st.integers(0, 2)))),
        Rutinesett(Hode.model_validate({"id": "t", "navn": "t", "kilde": "t"}), {}, faser, tuple(routines)),
        draw(st.sampled_from([(OSLO,), (), None])),
        "s",
    )
