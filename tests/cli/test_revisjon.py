"""`oppfolging revisjon`: folders of folders in, one publication out, the same in every form, with small numbers hidden."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from hjelp import EKSEMPLER, ROT, Kjor
from oppfolgingscli.modell.krav import TABELLER
from oppfolgingscli.revisjon.relasjoner import UTGITT
from oppfolgingscli.vis.maskin_revisjon import RAD_KEYS, TALL

PER = "2025-06-20"
FORMER = ("json", *(pytest.param(form, marks=pytest.mark.treg) for form in ("html", "tabell", "md", "csv", "xlsx")))


@pytest.fixture
def landet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The examples, in folders of folders, with files beside them that are no workspaces."""
    for i, name in enumerate(EKSEMPLER):
        shutil.copytree(ROT / "eksempler" / name, tmp_path / "inn" / f"fylke{i % 2}" / name)
    (tmp_path / "inn" / "les-meg.txt").write_text("hei", encoding="utf-8")
    (tmp_path / "inn" / "tom").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(kjor: Kjor, *words: str | Path, code: int = 0) -> str:
    result = kjor("revisjon", "inn", "--per", PER, *words)
    assert result.exit_code == code, result.stderr
    return result.stdout


def as_json(kjor: Kjor, *words: str | Path, code: int = 0) -> dict[str, Any]:
    answer = json.loads(run(kjor, "--format", "json", *words, code=code))
    assert isinstance(answer, dict)
    return answer


def written(kjor: Kjor, mappe: Path, form: str, *words: str | Path) -> bytes:
    file = mappe / f"ut.{'txt' if form == 'tabell' else form}"
    run(kjor, "--format", form, "--ut", file, *words)
    return file.read_bytes()


def everything(data: bytes, form: str) -> str:
    """All the text of an answer; of a workbook that of all its parts."""
    if form != "xlsx":
        return data.decode("utf-8-sig")
    with ZipFile(io.BytesIO(data)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


def rows(answer: dict[str, Any], tabell: str) -> list[dict[str, Any]]:
    return [row for row in answer["rader"] if row["tabell"] == tabell]


def test_the_figures_are_those_of_the_reports(kjor: Kjor, landet: Path) -> None:
    """With the same lag, class by class, added up: the total, and the schools, which have one class each."""
    answer = as_json(kjor)
    (total,) = rows(answer, "totalt")
    reports = []
    for folder in sorted((landet / "inn").glob("*/*")):
        if folder.is_dir():
            made = kjor("rapport", "--mappe", folder, "--per", PER, "--lag", "14", "--format", "json")
            reports.append(json.loads(made.stdout))
    assert len(reports) == 4
    assert answer["klasser"] == 4
    for key in ("bedomt", "i_tide", "for_sent", "forfalt", "mangler", "fritatt", "n_deltakere"):
        assert total[key] == sum(r["totalt"][key] for r in reports), key
    schools = {row["skole"]: row for row in rows(answer, "fylke+skole") if not row["skjult"]}
    assert len(schools) >= 3
    oslo = next(r for r in reports if r["klasse"] == "helsfyr-2023")["totalt"]
    mine = schools["Oslo VO Helsfyr"]
    for key in ("bedomt", "i_tide", "n_deltakere", "i_tide_andel", "i_tide_andel_snitt"):
        assert mine[key] == oslo[key], key


@pytest.mark.treg
@pytest.mark.usefixtures("landet")
def test_json_is_the_contract(kjor: Kjor) -> None:
    answer = as_json(kjor)
    assert list(answer) == [
        "program", "per", "kjent", "lag", "terskel", "etter_forrige", "klasser", "uleste", "skjulte_rader", "rader",
        "endringer", "versjoner", "grupper", "logg", "frafall", "krav", "inndata",
    ]  # fmt: skip
    assert (answer["per"], answer["kjent"], answer["lag"], answer["terskel"]) == (PER, None, 14, 5)
    for row in answer["rader"]:
        assert tuple(row) == RAD_KEYS
        assert all(row[key] is None for key in TALL) == row["skjult"]
        if not row["skjult"]:
            assert row["n_deltakere"] == 0 or row["n_deltakere"] >= 5
    assert answer["skjulte_rader"] == sum(row["skjult"] for row in answer["rader"]) > 0
    assert [len(x["sha256"]) for x in answer["inndata"]] == [64] * 4


@pytest.mark.treg
@pytest.mark.usefixtures("landet")
def test_csv_has_the_rows_of_json(kjor: Kjor) -> None:
    answer = as_json(kjor)["rader"]
    table = list(csv.DictReader(io.StringIO(run(kjor, "--format", "csv")), delimiter=";"))
    assert len(table) == len(answer)
    for line, row in zip(table, answer, strict=True):
        assert line["n_deltakere"] == (":" if row["skjult"] else str(row["n_deltakere"]))
        assert line["bedomt"] == (":" if row["skjult"] else str(row["bedomt"]))


@pytest.mark.treg
@pytest.mark.parametrize("form", FORMER)
def test_two_runs_are_the_same_bytes_wherever_the_folders_are(kjor: Kjor, landet: Path, form: str) -> None:
    first = written(kjor, landet, form)
    (landet / "inn").rename(landet / "flyttet")
    (landet / "inn").mkdir()
    for i, name in enumerate(reversed(EKSEMPLER)):
        (landet / "flyttet" / f"fylke{(3 - i) % 2}" / name).rename(landet / "inn" / f"{i}-{name}")
    assert written(kjor, landet, form) == first


@pytest.mark.treg
@pytest.mark.parametrize("form", FORMER)
def test_nobody_is_named_in_any_form(kjor: Kjor, landet: Path, form: str) -> None:
    """No participant, no contact, no person, and no reason: the ids are made so that they would be found."""
    for file in (landet / "inn").rglob("*"):
        if file.is_file() and file.suffix in (".csv", ".toml"):
            text = file.read_text(encoding="utf-8-sig")
            file.write_text(re.sub(r"\bD(\d\d)\b", r"HEMMELIG\1", text), encoding="utf-8")
    text = everything(written(kjor, landet, form), form)
    assert "HEMMELIG" not in text
    assert "@" not in re.sub(r"@(media|page|charset)", "", text)
    assert not re.search(r"\bk\d{4}\b", text)
    for word in ("tiltakspenger", "fodselspermisjon", "veiledet-ut", "Kontaktlærer A"):
        assert word not in text, word


@pytest.mark.treg
@pytest.mark.parametrize("form", FORMER)
def test_what_is_hidden_is_in_no_form(kjor: Kjor, landet: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """Turn every hidden figure upside down before it reaches the forms: not a byte changes."""
    from oppfolgingscli.cli import revisjon as kommando
    from oppfolgingscli.revisjon.celle import Celle, Nokkel
    from oppfolgingscli.revisjon.resultat import Samlet
    from oppfolgingscli.revisjon.utgave import Innstillinger, Utgave, publish

    before = written(kjor, landet, form)

    def scrambled(samlet: Samlet, innstillinger: Innstillinger, *rest: Collection[Nokkel]) -> Utgave:
        changed = 0
        for line in publish(samlet, innstillinger, *rest).linjer:
            if line.tall is None:
                c: Celle = samlet.celler[line.nokkel]
                c.i_tide, c.for_sent, c.forfalt, c.mangler = c.mangler, c.i_tide, c.for_sent, c.forfalt
                c.ventetid.clear()
                c.dekket, c.levert, c.gjort, c.gevinst = c.dekkbare - c.dekket, c.levert + 1, 0, c.gevinst + 1
                changed += 1
        assert changed
        return publish(samlet, innstillinger, *rest)

    monkeypatch.setattr("oppfolgingscli.revisjon.utgave.publish", scrambled)
    assert kommando is not None
    assert written(kjor, landet, form) == before


@pytest.mark.parametrize(
    "form", ["tabell", *(pytest.param(f, marks=pytest.mark.treg) for f in ("md", "html", "xlsx", "csv"))]
)
def test_hidden_figures_are_written_with_a_colon(kjor: Kjor, landet: Path, form: str) -> None:
    text = everything(written(kjor, landet, form), form)
    if form != "csv":
        assert "skjult" in text
    assert {"tabell": " : ", "md": "| : |", "html": ">:<", "xlsx": ">:<", "csv": ";:;"}[form] in text


@pytest.mark.treg
def test_one_broken_folder_stops_nothing(kjor: Kjor, landet: Path) -> None:
    broken = landet / "inn" / "fylke0" / "odelagt"
    broken.mkdir()
    (broken / "oppfolging.toml").write_text('format = 1\n[klasse]\nid = "x"\n', encoding="utf-8")
    result = kjor("revisjon", "inn", "--per", PER, "--format", "json")
    assert result.exit_code == 3
    answer = json.loads(result.stdout)
    assert (answer["klasser"], answer["uleste"]) == (4, 1)
    assert "odelagt" in result.stderr
    assert "klasse.navn: nøkkelen mangler" in result.stderr
    assert "odelagt" not in result.stdout


@pytest.mark.treg
def test_a_copy_of_a_class_does_not_count_twice(kjor: Kjor, landet: Path) -> None:
    shutil.copytree(landet / "inn" / "fylke0" / "vestby", landet / "inn" / "fylke1" / "kopi-av-vestby")
    result = kjor("revisjon", "inn", "--per", PER, "--format", "json")
    assert result.exit_code == 3
    assert "kopi av" in result.stderr
    assert json.loads(result.stdout)["klasser"] == 4


@pytest.mark.treg
def test_two_classes_with_one_id_are_two_classes(kjor: Kjor, landet: Path) -> None:
    other = landet / "inn" / "fylke1" / "vestby-nr-to"
    shutil.copytree(landet / "inn" / "fylke0" / "vestby", other)
    setup = other / "oppfolging.toml"
    setup.write_text(setup.read_text(encoding="utf-8") + "\n# en annen klasse\n", encoding="utf-8")
    answer = as_json(kjor)
    assert answer["klasser"] == 5
    names = [x["klasse"] for x in answer["inndata"]]
    assert sum(name.startswith("vestby-2023-") for name in names) == 2


def test_a_folder_that_is_not_there_and_one_without_classes(kjor: Kjor, landet: Path) -> None:
    assert kjor("revisjon", "borte").exit_code == 2
    result = kjor("revisjon", "inn/tom")
    assert result.exit_code == 2
    assert "Fant ingen arbeidsmapper i inn" in result.stderr


@pytest.mark.usefixtures("landet")
@pytest.mark.treg
def test_a_higher_threshold_hides_more_and_one_below_three_is_refused(kjor: Kjor) -> None:
    assert as_json(kjor, "--terskel", "12")["skjulte_rader"] > as_json(kjor)["skjulte_rader"]
    result = kjor("revisjon", "inn", "--terskel", "2")
    assert result.exit_code == 2


def krav(landet: Path, text: str) -> Path:
    file = landet / "krav.toml"
    file.write_text("format = 1\n" + text, encoding="utf-8")
    return file


@pytest.mark.treg
def test_requirements(kjor: Kjor, landet: Path) -> None:
    file = krav(landet, """
        [[krav]]
        navn = "Samtalene"
        type = "elevsamtale"
        mal = "i_tide_andel"
        minst = 0.8
        [[krav]]
        grunnlag = "skriftlig"
        mal = "i_tide_andel"
        minst = 0.8
        [[krav]]
        type = "sluttsamtale"
        mal = "gjort_andel"
        minst = 0.1
        [[krav]]
        type = "finnes-ikke"
        mal = "i_tide_andel"
        minst = 0
    """)  # fmt: skip
    answer = as_json(kjor, "--krav", file, code=1)["krav"]
    assert [k["utfall"] for k in answer] == ["oppfylt", "ikke_oppfylt", "skjult", "ingen"]
    assert [k["oppfylt"] for k in answer] == [True, False, False, False]
    assert answer[1]["av"] == [88, 116]
    assert answer[2]["verdi"] is None
    text = run(kjor, "--krav", file, code=1).replace("\u00a0", " ")
    assert "Samtalene: oppfylt, 92 % (179 av 194). Krav: minst 80 %." in text
    assert "ikke oppfylt, 76 % (88 av 116). Krav: minst 80 %." in text
    assert "kan ikke sies, for tallet er skjult" in text
    only = krav(landet, '[[krav]]\ntype = "elevsamtale"\nmal = "i_tide_andel"\nminst = 0.9\n')
    run(kjor, "--krav", only)


def test_faults_in_requirements_are_told_all_at_once(kjor: Kjor, landet: Path) -> None:
    file = krav(
        landet,
        '[[krav]]\ngrunlag = "skriftlig"\nmal = "i_tide"\nminst = 80\n[[krav]]\nskole = "S"\nmal = "dose"\nminst = 1\n',
    )
    result = kjor("revisjon", "inn", "--krav", file)
    assert result.exit_code == 3
    for words in (
        "Mente du «grunnlag»?",
        "Mente du «i_tide_andel»?",
        "80 er ikke fra 0 til 1",
        "ingen tabell etter skole",
    ):
        assert words in result.stderr


def test_requirements_can_be_about_every_table_there_is() -> None:
    assert {frozenset(t) for t in UTGITT if "versjon" not in t} == TABELLER


@pytest.mark.treg
def test_a_second_publication_is_held_against_the_first(kjor: Kjor, landet: Path) -> None:
    """One participant more: what has changed by so few is held back; what has not, stands."""
    first = landet / "forst.json"
    run(kjor, "--format", "json", "--ut", first)
    people = landet / "inn" / "fylke0" / "oslo-helsfyr" / "deltakere.csv"
    people.write_text(people.read_text(encoding="utf-8").rstrip() + "\nD99;;;;med-grunnskole;kvp\n", encoding="utf-8")
    plain, held = as_json(kjor), as_json(kjor, "--forrige", first)
    assert rows(plain, "totalt")[0]["n_deltakere"] == 67
    assert rows(held, "totalt")[0]["skjult"]
    counties = {row["fylke"]: row["skjult"] for row in rows(held, "fylke")}
    assert counties["Oslo"]
    assert not counties["Akershus"]
    assert "til å stå sammen med forrige utgave" in run(kjor, "--forrige", first)
    again = as_json(kjor, "--forrige", first)
    assert again == held


@pytest.mark.treg
def test_a_first_publication_that_is_none(kjor: Kjor, landet: Path) -> None:
    file = landet / "noe.json"
    file.write_text('{"rader": 3}', encoding="utf-8")
    result = kjor("revisjon", "inn", "--per", PER, "--forrige", file)
    assert result.exit_code == 3
    assert "Filen er ikke en utgave" in result.stderr


@pytest.mark.treg
def test_many_processes_give_the_same_bytes(kjor: Kjor, landet: Path) -> None:
    """Above a dozen folders they are read by several processes; the answer is that of one."""
    for n in range(14):
        copy = landet / "inn" / "mange" / f"{n:02}"
        shutil.copytree(ROT / "eksempler" / "vestby", copy)
        setup = copy / "oppfolging.toml"
        setup.write_text(setup.read_text(encoding="utf-8").replace("vestby-2023", f"klasse-{n:02}"), encoding="utf-8")
    from oppfolgingscli.cli import revisjonskilde

    many = written(kjor, landet, "json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(revisjonskilde, "MANGE", 1000)
        assert written(kjor, landet, "json") == many
    assert json.loads(many)["klasser"] == 18


@pytest.mark.treg
@pytest.mark.usefixtures("landet")
def test_the_text_on_the_screen(kjor: Kjor) -> None:
    text = run(kjor).replace("\u00a0", " ")
    assert text.startswith("4 klasser per 20. juni 2025; det som hadde frist siste 14 dager, er ikke bedømt.")
    assert "1015 av 1175 bedømte punkter ble gjort i tide, 69 for sent, og 91 er ikke gjort (66 deltakere)." in text
    assert "Elevsamtale: 92 % i tide (179 av 194)" in text
    assert "12 sluttet før tiden" in text
    assert "Tall om færre enn 5 deltakere er skjult (:)" in text
