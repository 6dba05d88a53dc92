"""What docs/semantikk.md and docs/gjennom-koden.md say is what the program does: TOML that is read, dates that come out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dokumenter import DOKUMENTER, PAKKE, Tabell, blokker, tabeller
from hjelp import ROT
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.skolerute import read_skolerute
from oppfolgingscli.modell.rutinesett import Rutine
from oppfolgingscli.planlegg import plan_moter, varighet_for
from oppfolgingscli.tid.perioder import periode_for
from oppfolgingscli.tid.skolekalender import Skolekalender, bygg_kalender, vanlig_monster
from oppfolgingscli.tid.varighet import parse_varighet
from oppfolgingscli.utvid import Utvidelse, expand

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe

SEMANTIKK = (DOKUMENTER / "semantikk.md").read_text(encoding="utf-8")

# --- docs/semantikk.md: examples --------------------------------------------------------------------------------


def _felles(name: str) -> str:
    return next(b.tekst for b in blokker(SEMANTIKK) if b.ord.get("felles") == name)


EKSEMPLER = [b for b in blokker(SEMANTIKK) if "eksempel" in b.ord]


@pytest.fixture
def utvidet(tmp_path: Path) -> Callable[[str], Utvidelse]:
    """Return how an example of docs/semantikk.md expands."""

    @cache
    def make(name: str) -> Utvidelse:
        block = next(b for b in EKSEMPLER if b.ord["eksempel"] == name)
        folder = tmp_path / name
        folder.mkdir()
        (folder / "oppfolging.toml").write_text(_felles("oppfolging.toml"), encoding="utf-8")
        (folder / "rutiner.toml").write_text(f"{_felles('rutiner.toml')}\n{block.tekst}", encoding="utf-8")
        return expand(open_arbeidsmappe(folder).opplegg)

    return make


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return str(value)


def _chosen(punkt: Punkt, ord_: dict[str, str]) -> bool:
    return (
        ("rutine" not in ord_ or punkt.rutine == ord_["rutine"])
        and ("subjekt" not in ord_ or punkt.subjekt in ord_["subjekt"].split(","))
        and ("fra" not in ord_ or punkt.fra >= date.fromisoformat(ord_["fra"]))
        and ("til" not in ord_ or punkt.fra <= date.fromisoformat(ord_["til"]))
    )


def _check_points(table: Tabell, points: tuple[Punkt, ...], columns: list[str]) -> None:
    """Compare as sets of rows: a table may be ordered for reading. Nothing may be missing, nothing left out."""
    found = [{c: _shown(getattr(p, c)) for c in columns} for p in points if _chosen(p, table.ord)]
    in_order = lambda row: [row[c] for c in columns]  # noqa: E731
    assert sorted(found, key=in_order) == sorted(table.rader, key=in_order)


def _columns(table: Tabell) -> list[str]:
    return list(table.rader[0]) if table.rader else ["id"]  # nothing is expected: the id shows what came


@pytest.mark.parametrize("tabell", tabeller(SEMANTIKK, "ventet"), ids=lambda t: " ".join(t.ord.values()))
def test_datoene_i_semantikken_er_de_programmet_kommer_til(
    tabell: Tabell,
    utvidet: Callable[[str], Utvidelse],
) -> None:
    _check_points(tabell, utvidet(tabell.ord["eksempel"]).punkter, _columns(tabell))


@pytest.mark.parametrize("tabell", tabeller(SEMANTIKK, "fritatt"), ids=lambda t: t.ord["eksempel"])
def test_det_en_pause_tar_bort_er_som_beskrevet(tabell: Tabell, utvidet: Callable[[str], Utvidelse]) -> None:
    _check_points(tabell, utvidet(tabell.ord["eksempel"]).fritatte, _columns(tabell))


def test_hvert_eksempel_har_en_tabell_og_hvert_slag_frekvens_et_eksempel(
    utvidet: Callable[[str], Utvidelse],
) -> None:
    names = [b.ord["eksempel"] for b in EKSEMPLER]
    assert len(names) == len(set(names))
    assert {t.ord["eksempel"] for t in tabeller(SEMANTIKK, "ventet")} == set(names)
    kinds = {v.rutine.frekvens.slag for name in names for v in utvidet(name).gyldighet.opplegg.rutinesett.versjoner}
    assert kinds == {"antall", "hver", "milepael", "ved", "etter", "behov"}


# --- docs/semantikk.md: dates -----------------------------------------------------------------------------------


def _kalender(name: str) -> Skolekalender:
    faults: list[Feil] = []
    rute = read_skolerute(ROT / "skoleruter" / f"{name}.toml", faults)
    assert rute is not None
    return bygg_kalender(rute.skolear_data(), date(2023, 8, 1), date(2025, 7, 31))


def _date(text: str) -> date:
    return date.fromisoformat(text)


def test_varighetene_i_tabellen_stemmer() -> None:
    (table,) = tabeller(SEMANTIKK, "varigheter")
    kalender = _kalender(table.ord["skolerute"])
    for row in table.rader:
        assert kalender.add(_date(row["fra"]), parse_varighet(row["varighet"])) == _date(row["blir"]), row


def test_dagene_pa_klokka_stemmer() -> None:
    (table,) = tabeller(SEMANTIKK, "klokkedager")
    for row in table.rader:
        assert parse_varighet(row["varighet"]).on_clock == int(row["dager på klokka"]), row


def test_feriene_i_tabellen_stemmer() -> None:
    (table,) = tabeller(SEMANTIKK, "ferier")
    kalender = _kalender(table.ord["skolerute"])
    year = int(table.ord["skolear"][:4])
    found = [
        {"ferie": f.navn, "fra": str(date.fromordinal(f.fra)), "til": str(date.fromordinal(f.til))}
        for f in kalender.ferier
        if date(year, 9, 1) <= date.fromordinal(f.fra) <= date(year + 1, 8, 1)
    ]
    assert found == table.rader


def test_det_vanlige_monsteret_stemmer() -> None:
    (table,) = tabeller(SEMANTIKK, "monster")
    data = vanlig_monster(int(table.ord["skolear"][:4]))
    spans = {"forste": (data.forste, data.forste), **data.ferier, "siste": (data.siste, data.siste)}
    found = [{"del": name, "fra": str(first), "til": str(last)} for name, (first, last) in spans.items()]
    assert found == table.rader


def test_periodenes_nokler_stemmer() -> None:
    (table,) = tabeller(SEMANTIKK, "perioder")
    for row in table.rader:
        day = _date(row["dato"])
        for slag in ("uke", "maned", "kvartal", "semester", "skolear"):
            assert periode_for(day, slag).nokkel == row[slag]


def test_antall_skoledager_og_virkedager_stemmer() -> None:
    (table,) = tabeller(SEMANTIKK, "tellinger")
    kalender = _kalender(table.ord["skolerute"])
    for row in table.rader:
        span = (_date(row["fra"]).toordinal(), _date(row["til"]).toordinal())
        assert kalender.skoledager.antall_i(*span) == int(row["skoledager"]), row
        assert kalender.virkedager.antall_i(*span) == int(row["virkedager"]), row


# --- docs/semantikk.md: warnings and the calendar ---------------------------------------------------------------


def test_alle_varselkoder_er_beskrevet() -> None:
    used = {
        code
        for layer in ("les", "utvid", "cli")
        for file in (PAKKE / layer).rglob("*.py")
        for code in re.findall(r'\bVarsel\(\s*"(\w+)"', file.read_text(encoding="utf-8"))
    }
    chapter = SEMANTIKK.split("\n## Varsler\n")[1].split("\n## ")[0]
    # What is wrong in a table people write is a finding, whichever table it is.
    findings = SEMANTIKK.split("\n## Funn\n")[1].split("\n## ")[0]
    used -= set(re.findall(r"^\| `(\w+)` \|", findings, re.MULTILINE))
    assert set(re.findall(r"^\| `(\w+)` \|", chapter, re.MULTILINE)) == used


def test_mote_eller_heldag_er_som_beskrevet() -> None:
    (table,) = tabeller(SEMANTIKK, "heldag")
    for row in table.rader:
        raw: dict[str, Any] = {
            "id": "r",
            "navn": "R",
            "type": row["type"],
            "niva": "deltaker",
            "ansvarlig": "kontaktlaerer",
            "frekvens": {"behov": True},
        }
        if row["varighet"] != "–":
            raw["varighet"] = row["varighet"]
        minutes = varighet_for(Rutine.model_validate(raw))
        assert (f"møte, {minutes} minutter" if minutes else "heldag") == row["blir"], row


# --- docs/gjennom-koden.md --------------------------------------------------------------------------------------

GJENNOM = (DOKUMENTER / "gjennom-koden.md").read_text(encoding="utf-8")


@pytest.fixture
def helsfyr(tmp_path: Path) -> Callable[[Tabell], Arbeidsmappe]:
    """Return the workspace a table is about, from a copy that nobody has left anything in."""

    def make(table: Tabell) -> Arbeidsmappe:
        source = ROT / table.ord["arbeidsmappe"]
        for name in ("oppfolging.toml", "deltakere.csv", "perioder.csv"):
            shutil.copy(source / name, tmp_path / name)
        return open_arbeidsmappe(tmp_path)

    return make


def test_dagene_i_gjennomgangen_stemmer(helsfyr: Callable[[Tabell], Arbeidsmappe]) -> None:
    (table,) = tabeller(GJENNOM, "dager")
    g = expand(helsfyr(table).opplegg).gyldighet
    subject = next(s for s in g.deltakerne if s.id == table.ord["subjekt"])
    version = next(v for v in g.opplegg.rutinesett.versjoner if v.rutine.id == table.ord["rutine"])
    days = g.dager(subject, version).klipp(*(_date(table.ord[key]).toordinal() for key in ("fra", "til")))
    assert [
        {"fra": str(date.fromordinal(first)), "til": str(date.fromordinal(last))} for first, last in days.spenn
    ] == table.rader


def test_punktene_i_gjennomgangen_stemmer(helsfyr: Callable[[Tabell], Arbeidsmappe]) -> None:
    (table,) = tabeller(GJENNOM, "punkter")
    _check_points(table, expand(helsfyr(table).opplegg).punkter, _columns(table))


def test_motene_i_gjennomgangen_stemmer(helsfyr: Callable[[Tabell], Arbeidsmappe]) -> None:
    (table,) = tabeller(GJENNOM, "moter")
    opened = helsfyr(table)
    meetings = plan_moter(expand(opened.opplegg), opened.oppsett.kalender, opened.oppsett.personer)
    found = [
        {"id": m.punkt.id, "mal": str(m.punkt.mal), "dato": str(m.dato), "personer": ", ".join(m.personer)}
        for m in meetings
        if _chosen(m.punkt, table.ord)
    ]
    assert found == table.rader
