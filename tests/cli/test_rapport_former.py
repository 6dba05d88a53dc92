"""Every figure people see in a report – on the screen, in Markdown, in the workbook – is the one in the JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hjelp import HVERT_EKSEMPEL, ROT, Kjor
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.sprak import navn, set_sprak
from oppfolgingscli.vis.skjerming import conditions

PER = "2025-06-20"
Rad = dict[str, Any]

PERIODER = {"2023-host": "høst 2023", "2024-var": "vår 2024", "2024-host": "høst 2024", "2025-var": "vår 2025"}
VISNINGER = {"type": "Etter slag", "rolle": "Etter rolle", "person": "Etter person", "semester": "Semester for semester",
             "gruppe": "Etter gruppe"}  # fmt: skip


def prosent(value: float | None) -> str:
    if value is None:
        return "–"
    whole = round(100 * value)
    whole = 99 if whole == 100 and value < 1 else 1 if whole == 0 and value > 0 else whole
    return f"{whole} %"


def av(pair: list[int]) -> str:
    return f"{pair[0]} av {pair[1]}" if pair[1] else "–"


def omrade(pair: list[float] | None) -> str:
    return "–" if pair is None else f"{prosent(pair[0])}–{prosent(pair[1])}"


def dose(row: Rad) -> str:
    capped, whole = row["dose"], row["dose_ukuttet"]
    return prosent(capped) if capped == whole else f"{prosent(capped)} ({prosent(whole)})"


def dager(row: Rad, key: str) -> str:
    if row[key] is not None:
        return str(row[key])
    return "ikke nådd" if row.get("ventet", row["bedomt"]) and row["rutine"] is not None else "–"


def i_tide(row: Rad) -> str:
    return av(row.get("andel_av", [row["i_tide"], row["bedomt"]]))


KOLONNER: dict[str, Callable[[Rad], str]] = {
    "Hvem": lambda r: str(r["n_deltakere"]),
    "I tide": i_tide,
    "Andel": lambda r: prosent(r["i_tide_andel"]),
    "Usikkerhet": lambda r: omrade(r["i_tide_kl"]),
    "Gjort": lambda r: prosent(r["gjort_andel"]),
    "Fritatt": lambda r: str(r["fritatt"]),
    "Grenser": lambda r: omrade(r["grenser"]),
    "Snitt": lambda r: prosent(r["i_tide_andel_snitt"]),
    "Dose": dose,
    "Dekning": lambda r: prosent(r["dekning"]),
    "Dager dekket": lambda r: "–" if not r["klokke"] else f"{prosent(r['dager_dekket'])} av {r['klokke']['dager'][1]}",
    "Halvparten": lambda r: dager(r, "forsinkelse_median"),
    "Ni av ti": lambda r: dager(r, "forsinkelse_p90"),
    "Lengst": lambda r: (
        "–" if r["lengste_gap"] is None else ("≥" if r["klokke"] and r["klokke"]["apent"] else "") + str(r["lengste_gap"])
    ),
}  # fmt: skip


@cache
def _names(klasse: str) -> dict[str, str]:
    """Routine id -> the name a report uses; none for those that are only for some, which are numbered."""
    sett = open_arbeidsmappe(ROT / "eksempler" / klasse).opplegg.rutinesett
    return {v.rutine.id: navn(v.rutine.navn, "nb") for v in sett.versjoner if not conditions(v)}


def answer(kjor: Kjor, klasse: str, *words: str) -> Any:  # noqa: ANN401 - text, or bytes of a workbook
    result = kjor("rapport", "--mappe", str(ROT / "eksempler" / klasse), "--per", PER, *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def figures(kjor: Kjor, klasse: str) -> Rad:
    """Return the JSON, each row with its clock beside it."""
    found: Rad = json.loads(answer(kjor, klasse, "--format", "json"))
    clocks = {(c["rutine"], c["periode"]): c for c in found["klokker"]}
    for row in found["rader"]:
        row["klokke"] = clocks.get((row["rutine"], row["periode"]))
        if row["periode"] is None:
            row["ventet"] = row["rutine"] in {curve["rutine"] for curve in found["kurver"]}
    for rows in found["visninger"].values():
        for row in rows:
            row["klokke"] = {"dager": row["dager"], "apent": row["apent"]} if row["dager"] else None
    pooled = found["utsagn"][0]["tall"]
    found["totalt"] |= {"klokke": None, "andel_av": [pooled["i_tide"], pooled["bedomt"]]}
    return found


def tables(markdown: str) -> dict[str, list[Rad]]:
    """Return the tables of a Markdown text by the heading above them, a row as {column: cell}."""
    out: dict[str, list[Rad]] = {}
    heading, header = "", list[str]()
    for line in markdown.replace("\u00a0", " ").splitlines():
        if line.startswith("## "):
            heading, header = line[3:], []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not header:
                header = cells
            elif set(cells[0]) != {"-"}:
                out.setdefault(heading, []).append(dict(zip(header, cells, strict=True)))
    return out


@pytest.mark.parametrize("klasse", HVERT_EKSEMPEL)
def test_every_cell_of_the_markdown_is_the_json_s_figure(kjor: Kjor, klasse: str) -> None:
    found = figures(kjor, klasse)
    shown = tables(answer(kjor, klasse, "--format", "md"))
    names = _names(klasse)
    by_key = {(names.get(r["rutine"]), PERIODER.get(r["periode"], "alle")): r for r in found["rader"]}
    by_key["I alt", "alle"] = found["totalt"]
    compared = 0
    for row in shown["Rutine for rutine"]:
        key = (row["Rutine"], row["Periode"])
        if key not in by_key:
            assert row["Rutine"].endswith(")")  # one of those that are numbered
            continue
        for column, text in KOLONNER.items():
            if column in row:
                assert row[column] == text(by_key[key]), (key, column)
                compared += 1
    assert compared > 50


@pytest.mark.parametrize("klasse", HVERT_EKSEMPEL)
def test_every_view_of_the_markdown_is_the_json_s(kjor: Kjor, klasse: str) -> None:
    found = figures(kjor, klasse)
    shown = tables(answer(kjor, klasse, "--format", "md"))
    for view, heading in VISNINGER.items():
        rows = found["visninger"][view]
        assert len(rows) == len(shown.get(heading, []))
        for row, cells in zip(rows, shown.get(heading, []), strict=True):
            for column in cells.keys() & KOLONNER.keys():
                assert cells[column] == KOLONNER[column](row), (view, row["nokkel"], column)


@pytest.mark.parametrize("klasse", HVERT_EKSEMPEL)
def test_the_screen_shows_the_markdown_s_cells(kjor: Kjor, klasse: str) -> None:
    screen = answer(kjor, klasse).replace("\u00a0", " ")
    rows = tables(answer(kjor, klasse, "--format", "md"))["Rutine for rutine"]
    lines = [" ".join(line.replace("█", "").replace("░", "").split()) for line in screen.splitlines()]
    for row in rows:
        cells = [row[c] for c in ("Periode", "Hvem", "I tide", "Andel", "Usikkerhet", "Gjort", "Fritatt") if c in row]
        assert any(line.endswith(" ".join(cells)) for line in lines), row


ARK = {
    "Deltakere": ("n_deltakere", None), "Bedømt": ("bedomt", None), "I tide": ("i_tide", None), "For sent": ("for_sent", None),
    "Forfalt": ("forfalt", None), "Mangler": ("mangler", None), "Fritatt": ("fritatt", None),
    "Andel i tide": ("i_tide_andel", None), "Andel, nedre": ("i_tide_kl", 0), "Andel, øvre": ("i_tide_kl", 1),
    "Snitt av andeler": ("i_tide_andel_snitt", None), "Grense, lav": ("grenser", 0), "Grense, høy": ("grenser", 1),
    "Andel gjort": ("gjort_andel", None), "Dose": ("dose", None), "Dose med ekstra": ("dose_ukuttet", None),
    "Dekning": ("dekning", None), "Dager dekket": ("dager_dekket", None),
    "Halvparten gjort etter": ("forsinkelse_median", None), "Ni av ti gjort etter": ("forsinkelse_p90", None),
    "Lengst uten kontakt": ("lengste_gap", None),
}  # fmt: skip


def sheets(data: bytes) -> dict[str, list[Rad]]:
    book = load_workbook(io.BytesIO(data))
    out: dict[str, list[Rad]] = {}
    for sheet in book.worksheets:
        header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        out[sheet.title] = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    return out


def assert_same(cells: Rad, row: Rad) -> None:
    for column, (key, part) in ARK.items():
        value = row[key] if part is None or row[key] is None else row[key][part]
        assert cells.get(column) == value, (column, row)


@pytest.mark.treg
@pytest.mark.parametrize("klasse", HVERT_EKSEMPEL)
def test_every_cell_of_the_workbook_is_the_json_s_figure(kjor: Kjor, klasse: str, tmp_path: Path) -> None:
    found = figures(kjor, klasse)
    assert answer(kjor, klasse, "--ut", str(tmp_path / "r.xlsx")) == ""
    book = sheets((tmp_path / "r.xlsx").read_bytes())
    with_something = {
        (r["rutine"]) for r in found["rader"] if r["bedomt"] or r["fritatt"] or r["forsinkelse_median"] is not None
    }
    with_something |= {k["rutine"] for k in found["kurver"]} | {c["rutine"] for c in found["klokker"]}
    rows = [r for r in found["rader"] if r["rutine"] in with_something]
    for cells, row in zip(book["Rutine for rutine"], [*rows, found["totalt"]], strict=True):
        assert_same(cells, row)
    for view, heading in VISNINGER.items():
        for cells, row in zip(book.get(heading, []), found["visninger"][view], strict=True):
            assert_same(cells, row)
    points = book["Punktene bak tallene"]
    assert [(p["Punkt"], p["Kontakt"], p["Bedømt"] == "ja") for p in points] == [
        (b["id"], b["kontakt"], b["bedomt"]) for b in found["underlag"]
    ]
    months = [{"deltaker": d["deltaker"], **m} for d in found["deltakere"] for m in d["maneder"]]
    assert [list(m.values()) for m in book["Deltaker og måned"]] == [list(m.values()) for m in months]


FELT = {
    "n_deltakere": "Hvem", "andel_av": "I tide", "i_tide_andel": "Andel", "i_tide_kl": "Usikkerhet", "gjort_andel": "Gjort",
    "fritatt": "Fritatt", "grenser": "Grenser", "i_tide_andel_snitt": "Snitt", "dose": "Dose", "dekning": "Dekning",
    "dager_dekket": "Dager dekket", "forsinkelse_median": "Halvparten", "forsinkelse_p90": "Ni av ti", "lengste_gap": "Lengst",
}  # fmt: skip
_MERKET = re.compile(
    r'<(?:td|b|span)\b[^>]* data-rad="([^"]*)"(?: data-felt="([^"]*)")?[^>]*>(.*?)(?=</?(?:td|tr|b|span|tbody)\b)',
    re.DOTALL,
)


def poeng(value: float) -> str:
    whole = round(100 * value)
    return f"{'−' if whole < 0 else '+' if whole > 0 else ''}{abs(whole)}"


def expected(found: Rad, key: str, field: str) -> str:  # noqa: PLR0911 - one line for each kind of figure
    """Return what a marked cell of the page must say, from the JSON alone."""
    routines = list(dict.fromkeys(row["rutine"] for row in found["rader"]))
    first, _slash, last = key.partition("/")
    if field == "pausedager":
        return str(found["pausedager"])
    if first == "endring":
        row = next(e for e in found["endringer"] if e["rutine"] == routines[int(last[1:])])
        if field in ("fra", "til"):
            share, whole = row[f"andel_{field}"], row[f"av_{field}"]
            return f"{PERIODER[row[field]]}: {prosent(share)} ({av(whole)})"
        if field == "kl":
            return "–" if row["kl"] is None else f"{poeng(row['kl'][0])} til {poeng(row['kl'][1])}"
        return poeng(row["endring"]) if field == "endring" else str(row[field])
    if first == "kurve":
        row = next(k for k in found["kurver"] if k["rutine"] == routines[int(last[1:])])
        whole = next(r for r in found["rader"] if r["rutine"] == row["rutine"] and r["periode"] is None)
        if field == "trinn":
            return ", ".join(f"{days}: {prosent(round(1 - left, 6))}" for days, left in row["trinn"]) or "–"
        return KOLONNER[FELT[field]](whole) if field in FELT else str(row[field])
    if not field:  # a month of a participant
        months = next(d["maneder"] for d in found["deltakere"] if d["deltaker"] == first)
        m = next(m for m in months if m["maned"] == last)
        parts = [f"{m['i_tide']}/{m['bedomt']}"] if m["bedomt"] else []
        parts += [f"k{m['kontakter']}"] if m["kontakter"] else []
        parts += [f"p{m['pausedager']}"] if m["pausedager"] else []
        return " ".join(parts) or "–"
    if key == "totalt":
        row = found["totalt"]
    elif first in VISNINGER:
        row = found["visninger"][first][int(last)]
    else:
        wanted = (routines[int(first[1:])], None if last == "alle" else last)
        row = next(r for r in found["rader"] if (r["rutine"], r["periode"]) == wanted)
    if field == "semester":
        whole = row["klokke"]["dager"] if row["klokke"] else [row["i_tide"], row["bedomt"]]
        return f"{av(whole)} ({prosent(row['dager_dekket'] if row['klokke'] else row['i_tide_andel'])})"
    return KOLONNER[FELT[field]](row) if field in FELT else str(row[field])


@pytest.mark.parametrize("klasse", HVERT_EKSEMPEL)
def test_every_marked_figure_of_the_page_is_the_json_s(kjor: Kjor, klasse: str) -> None:
    found = figures(kjor, klasse)
    page = answer(kjor, klasse, "--format", "html").replace("\u00a0", " ")
    marked = _MERKET.findall(page)
    assert len(marked) == page.count("data-rad=") > 500
    kinds = set()
    for key, field, text in marked:
        assert text.strip() == expected(found, key, field), (key, field)
        kinds.add(field)
    assert kinds >= FELT.keys() - {"lengste_gap"} | {
        "",
        "trinn",
        "endring",
        "kl",
        "semester",
        "bedomt",
        "mangler",
        "pausedager",
    }


@pytest.mark.parametrize("klasse", HVERT_EKSEMPEL)
def test_every_count_can_be_counted_again_from_the_points_and_each_contact_is_in_the_log(
    kjor: Kjor, klasse: str
) -> None:
    """What an evaluator does who does not believe us: count the rows of ``underlag``."""
    found = figures(kjor, klasse)
    judged = [b for b in found["underlag"] if b["bedomt"]]
    for row in found["rader"]:
        mine = [b for b in judged if b["rutine"] == row["rutine"]]
        if row["periode"] is not None:
            year, half = row["periode"].split("-")
            first, last = (f"{year}-08-01", f"{year}-12-31") if half == "host" else (f"{year}-01-01", f"{year}-07-31")
            mine = [b for b in mine if first <= b["frist"] <= last]
        counted = {s: sum(b["status"] == s for b in mine) for s in ("i_tide", "for_sent", "forfalt", "mangler")}
        assert counted == {s: row[s] for s in counted}
        assert len(mine) == row["bedomt"]
    logged = (ROT / "eksempler" / klasse / "kontakter.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    ids = {line.split(";")[0] for line in logged}
    used = {b["kontakt"] for b in found["underlag"]} - {None}
    assert used
    assert used <= ids
    for b in found["underlag"]:
        done = b["status"] in ("i_tide", "for_sent")
        assert (b["kontakt_dato"] is not None) == done
        assert (b["kontakt"] is not None) == (done and b["id"] is not None)


@pytest.mark.treg
@pytest.mark.parametrize("utformat", ["json", "md", "html", "tabell", "xlsx"])
@pytest.mark.parametrize("klasse", HVERT_EKSEMPEL)
def test_without_ids_there_is_none_in_any_form(kjor: Kjor, klasse: str, utformat: str, tmp_path: Path) -> None:
    arbeidsmappe = open_arbeidsmappe(ROT / "eksempler" / klasse)
    people = arbeidsmappe.oppsett.personer
    ids = {d.id for d in arbeidsmappe.opplegg.deltakere}
    file = tmp_path / "r.ut"
    answer(kjor, klasse, "--format", utformat, "--uten-id", "--etter" if utformat in ("md", "tabell") else "--stille",
           *(("person",) if utformat in ("md", "tabell") else ()), "--ut", str(file))  # fmt: skip
    data = file.read_bytes()
    text = json.dumps(sheets(data), default=str, ensure_ascii=False) if utformat == "xlsx" else data.decode("utf-8")
    words = {word.strip('"/.,;:()<>') for word in text.replace("/", " ").replace("<", " ").replace(">", " ").split()}
    assert not words & ids
    for person in people.values():
        assert person.navn not in text
        assert not person.epost or person.epost not in text


@pytest.mark.parametrize("utformat", ["md", "html", "tabell"])
def test_no_benefit_and_no_reason_for_being_away_is_told(kjor: Kjor, utformat: str) -> None:
    """Vestland's talks with Nav go by benefit: the report numbers them, and never says whose is which."""
    text = answer(kjor, "vestland", "--format", utformat).lower()
    for word in (
        "kvp",
        "tiltakspenger",
        "aap",
        "dagpenger",
        "sosialhjelp",
        "introduksjons",
        "ytelser)",
        "permisjon",
        "syk",
    ):
        assert word not in text, word
    assert "nav-veileder (1)" in text
    assert "nav-veileder (2)" in text


def test_an_english_reader_gets_one_language(kjor: Kjor) -> None:
    text = answer(kjor, "vestby", "--format", "md", "--sprak", "en")
    assert "Routine by routine" in text
    for word in ("Bedømt", "dager", "av 13", "rutine "):
        assert word not in text
    set_sprak("nb")
