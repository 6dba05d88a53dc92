"""`oppfolging belastning` from the outside: every form has the figures of the JSON, and nothing it should not have."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import nettleser
from belastning.klasser import HODE, skriv_klasse
from belastning.test_handregnet import PERSONER, SAMTALE_OG_MOTE
from hjelp import HVERT_EKSEMPEL, ROT, Kjor

SETT = ("oslo", "ost-viken", "sorumsand", "vestby", "vestland")
PER = "2024-10-01"
SPOR = ("--reise", "bedriftsbesok=30", "--forberedelse", "bedriftsbesok=15", "--avsatt", "kontaktlaerer=12,5%")


def answer(kjor: Kjor, *words: str | Path, form: str = "tabell") -> str:
    result = kjor("belastning", "--per", PER, "--format", form, *words)
    assert result.exit_code == 0, result.stderr
    assert isinstance(result.stdout, str)
    return result.stdout.replace("\u00a0", " ")


def as_json(kjor: Kjor, *words: str | Path) -> dict[str, Any]:
    found = json.loads(answer(kjor, *words, form="json"))
    assert isinstance(found, dict)
    return found


def comma(value: float, decimals: int = 1) -> str:
    """Write a number as a Norwegian does, halves up: apart from the program's own way of doing it."""
    return f"{int(abs(value) * 10**decimals + 0.5 + 1e-9) / 10**decimals:.{decimals}f}".replace(".", ",")


def example(name: str) -> tuple[str, str]:
    return "--mappe", str(ROT / "eksempler" / name)


def test_the_whole_answer_on_the_screen(kjor: Kjor, tmp_path: Path) -> None:
    """Worked out by hand in tests/belastning/test_handregnet.py."""
    shown = answer(kjor, "--mappe", skriv_klasse(tmp_path, SAMTALE_OG_MOTE, 2, personer=PERSONER))
    fasit = (ROT / "tests" / "data" / "belastning" / "skjerm.txt").read_text(encoding="utf-8")
    assert shown == fasit


@pytest.mark.treg
@pytest.mark.parametrize("klasse", HVERT_EKSEMPEL)
def test_every_form_has_the_figures_of_the_json(kjor: Kjor, tmp_path: Path, klasse: str) -> None:
    words = (*example(klasse), *SPOR)
    found = as_json(kjor, *words)
    roles = [r for r in found["roller"] if r["timer"]]
    wanted = {r["rolle"]: (comma(r["timer"]), comma(r["i_uka"], 2), comma(max(u["timer"] for u in r["uker"]))) for r in roles}  # fmt: skip

    rows = list(csv.DictReader(io.StringIO(answer(kjor, *words, form="csv")), delimiter=";"))
    for r in roles:
        own = [float(row["timer"]) for row in rows if row["rolle"] == r["rolle"]]
        assert sum(own) == pytest.approx(r["timer"], abs=1e-3)
        own = [float(row["avsatt"]) for row in rows if row["rolle"] == r["rolle"] and row["avsatt"]]
        assert sum(own) == pytest.approx(r["avsatt"] or 0, abs=1e-3)

    page = answer(kjor, *words, form="html")
    cells = {
        (rad, felt): text for rad, felt, text in re.findall(r'data-rad="([^"]*)" data-felt="([^"]*)">([^<]*)<', page)
    }
    for role, (total, week, most) in wanted.items():
        assert cells[f"rolle/{role}", "timer"] == total
        assert cells[f"rolle/{role}", "i_uka"] == week
        assert cells[f"rolle/{role}", "mest_timer"] == most
    for d in found["deltakere"]:
        assert cells[f"deltaker/{d['deltaker']}", "timer"] == comma(d["timer"])
        assert cells[f"deltaker/{d['deltaker']}", "egne_timer"] == comma(d["egne_timer"])
    shown = {r["rolle"]: r["uker"] for r in roles if not r["deltaker"]}
    for role, weeks in shown.items():
        for u in weeks:
            assert cells[f"uke/{u['uke']}", f"{role}/timer"] == comma(u["timer"])

    text = answer(kjor, *words, form="md")
    for total, week, most in wanted.values():
        assert re.search(rf"\| {total} \| {week} \|.*\| {most} \| uke ", text)

    file = tmp_path / "b.xlsx"
    answer(kjor, *words, "--ut", file, form="xlsx")
    book = load_workbook(file)
    sheet = list(book["Roller"].values)
    assert [row[2] for row in sheet[1:]] == [round(r["timer"], 2) for r in roles]
    assert [row[11] for row in list(book["Hvor ofte"].values)[1:]] == [round(h["mulig"], 2) for h in found["hyppighet"]]


@pytest.mark.treg
@pytest.mark.parametrize("sett", SETT)
def test_a_set_without_a_class(kjor: Kjor, sett: str) -> None:
    found = as_json(kjor, "--rutiner", sett, "--deltakere", "20")
    assert (found["klasse"], found["tenkt_klasse"], found["deltakere_snitt"], found["faktor"]) == (
        "typisk",
        True,
        20,
        1,
    )
    assert found["deltakere"] == []
    assert {p["person"] for p in found["personer"]} <= {None}
    shown = answer(kjor, "--rutiner", sett)
    assert "antatt å ha 15 deltakere. Skriv et annet tall med --deltakere." in " ".join(shown.split())
    assert "modell-" not in shown


@pytest.mark.treg
def test_without_ids_nobody_is_named(kjor: Kjor, tmp_path: Path) -> None:
    for form in ("tabell", "md", "html", "json", "csv"):
        shown = answer(kjor, *example("oslo-helsfyr"), "--uten-id", form=form)
        assert not re.search(r"\bD\d\d\b|\bpf[12]\b|\bkl\b", shown), form
        assert re.search(r"\bpf1\b", answer(kjor, *example("oslo-helsfyr"), form=form)), form
    answer(kjor, *example("oslo-helsfyr"), "--uten-id", "--ut", tmp_path / "b.xlsx", form="xlsx")
    text = " ".join(str(v) for sheet in load_workbook(tmp_path / "b.xlsx") for row in sheet.values for v in row)
    assert not re.search(r"\bD\d\d\b|\bpf[12]\b|\bkl\b", text)


@pytest.mark.treg
def test_nobody_can_see_who_has_which_benefit(kjor: Kjor) -> None:
    """Vestland's talks with the veileder go by benefit: they are in the role's hours and in nobody's own."""
    found = as_json(kjor, *example("vestland"))
    veileder = next(r for r in found["roller"] if r["rolle"] == "nav_veileder")
    assert (veileder["timer"] > 0, found["skjult"]) == (True, True)
    host = next(r for r in found["roller"] if r["rolle"] == "kontaktlaerer")
    visits = next(d for d in host["rutiner"] if d["rutine"].startswith("praksisbesok"))
    supervised = next(r for r in found["roller"] if r["rolle"] == "praksisveileder")
    assert sum(d["timer"] for d in found["deltakere"]) == pytest.approx(visits["timer"] + supervised["timer"])
    for form in ("tabell", "md", "html"):
        assert "kvp" not in answer(kjor, *example("vestland"), form=form).lower()


VOND = '\\"><script>alert(1)</script>|=1+1'


def test_a_hostile_name_is_harmless(kjor: Kjor, tmp_path: Path) -> None:
    head = HODE.replace('navn = "Lærer"', f'navn = "{VOND}"').replace('navn = "Veileder"', 'navn = "=cmd()"')
    routines = SAMTALE_OG_MOTE.replace('navn = "Samtale"', f'navn = "{VOND}"')
    skriv_klasse(tmp_path, routines, 2, hode=head)
    setup = (tmp_path / "oppfolging.toml").read_text(encoding="utf-8").replace('"Klassen"', f'"{VOND}"')
    (tmp_path / "oppfolging.toml").write_text(setup, encoding="utf-8")
    words = ("--mappe", str(tmp_path))
    page = answer(kjor, *words, form="html")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    table = [line for line in answer(kjor, *words, form="md").splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", line)) in {len(re.findall(r"(?<!\\)\|", x)) for x in table if "---" in x} for line in table)  # fmt: skip
    assert "\\<script\\>" in answer(kjor, *words, form="md")
    answer(kjor, *words, "--ut", tmp_path / "b.xlsx", form="xlsx")
    for sheet in load_workbook(tmp_path / "b.xlsx"):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.treg
@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--varighet", "bedriftsbesøkk=90"), "Mente du bedriftsbesok,"),
        (("--varighet", "bedriftsbesok"), "bedriftsbesok=90"),
        (("--varighet", "bedriftsbesok=-5"), "bedriftsbesok=90"),
        (("--reise", "bedriftsbesok=langt"), "bedriftsbesok=90"),
        (("--avsatt", "kontaktlaerer=mye"), "kontaktlaerer=15%"),
        (("--avsatt", "kontaktlerer=15%"), "Mente du kontaktlaerer?"),
        (("--deltakere", "0"), "--deltakere"),
        (("--fra", "2024-10-02", "--til", "2024-10-01"), "er før --fra"),
        (("--rutiner", "vestby"), "Velg enten"),
        (("--fra", "2019-01-01", "--til", "2019-02-01", "--deltakere", "20"), "Ingen deltakere"),
    ],
)
def test_wrong_use_is_said_with_what_to_write(kjor: Kjor, words: tuple[str, ...], hint: str) -> None:
    result = kjor("belastning", "--per", PER, *example("vestby"), *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr.replace("\u00a0", " ")


def test_norwegian_letters_and_words_are_read(kjor: Kjor) -> None:
    by_minutes = as_json(kjor, *example("vestby"), "--varighet", "bedriftsbesok=90")
    assert by_minutes == as_json(kjor, *example("vestby"), "--varighet", "bedriftsbesøk=1 time 30 min")
    assert by_minutes["forutsetninger"]["varighet"] == {"oppfolging-i-bedrift": 90, "praksisbesok": 90}
    shown = " ".join(answer(kjor, *example("vestby"), "--varighet", "bedriftsbesok=90").split())
    assert "Prøvd med varighet: Besøk på praksisplassen 90 minutter." in shown


@pytest.mark.treg
def test_an_empty_span_is_an_answer(kjor: Kjor) -> None:
    for form in ("tabell", "md", "html", "csv", "json"):
        answer(kjor, *example("vestby"), "--fra", "2019-01-01", "--til", "2019-02-01", form=form)
    assert "Ingen møter og ingen skoledager" in answer(
        kjor, *example("vestby"), "--fra", "2019-01-01", "--til", "2019-02-01"
    )


def test_what_the_document_quotes_is_what_it_says(kjor: Kjor) -> None:
    text = (ROT / "docs" / "belastning.md").read_text(encoding="utf-8")
    quoted = re.findall(r"<!-- belastning -->\n((?:> .*\n)+)", text)
    assert len(quoted) == 2
    shown = " ".join(answer(kjor, *example("vestby")).split())
    for block in quoted:
        assert " ".join(block.replace("> ", "").split()) in shown


@pytest.mark.krever_nettleser
@pytest.mark.treg
def test_the_page_is_for_everyone(kjor: Kjor, tmp_path: Path) -> None:
    pages = []
    for klasse in ("vestby", "vestland"):
        page = tmp_path / f"{klasse}.html"
        answer(kjor, *example(klasse), *SPOR, "--ut", page, form="html")
        pages.append(page)
    assert nettleser.axe(pages) == {page: [] for page in pages}
