"""`oppfolging revisjon --eksport`: what is in it, that it adds up to the audit, and what is refused."""

from __future__ import annotations

import json
import random
import re
import stat
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eksport.klassen import KLASSER, PER, SETT, everything, export, flat, folders, lucky, read
from hjelp import HVERT_EKSEMPEL, ROT, Kjor
from oppfolgingscli.cli import revisjonseksport
from oppfolgingscli.cli.vurdert import judge
from oppfolgingscli.eksport.bunke import Bunke
from oppfolgingscli.eksport.nokkel import Navngiver, Nokkel, from_json, to_json
from oppfolgingscli.eksport.pakke import Eksport
from oppfolgingscli.eksport.tabeller import DELTAKERE
from oppfolgingscli.eksport.tabeller_logg import TABELLER
from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.maltall.forsinkelse import Ventetid
from oppfolgingscli.revisjon.celle import Celle
from oppfolgingscli.revisjon.celle import Nokkel as Cellenokkel
from oppfolgingscli.revisjon.klassevei import klasseresultat
from oppfolgingscli.vis.eksportord import settord

TABELLNAVN = [t.navn for t in TABELLER]


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    return folders(tmp_path / "inn")


def which(rows: list[dict[str, str]], **values: str) -> list[dict[str, str]]:
    return [row for row in rows if all(row[name] == value for name, value in values.items())]


def only(rows: list[dict[str, str]], *names: str) -> list[str]:
    return sorted(" ".join(row[name] or "–" for name in names) for row in rows)


# -- what is in it -----------------------------------------------------------------------------------


def test_rows_of_the_class_in_the_field(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    """The first class, by its key: what became of its participants' duties, and nothing of why."""
    export(kjor, inn, tmp_path / "ut", "--nokkel", tmp_path / "n.json")
    key = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))["klasser"]["solvang-hemmelig"]
    who = {one["id"]: name for name, one in key["deltakere"].items()} | {"": "–"}
    points = which(read(tmp_path / "ut", "punkter"), klasse=key["id"])
    for row in points:
        row["deltaker"] = who[row["deltaker"]]
    assert only(which(points, rutine="besok"), "deltaker", "fra", "frist", "status", "dager_sen", "sen_gruppe") == [
        "Kari.Nordmann-77 2023-09-04 2023-10-10 i_tide 0 i_tide",
        "Kari.Nordmann-77 2023-09-21 2023-10-27 for_sent 14 maned",
        "Kari.Nordmann-77 2023-11-11 2023-12-08 mangler – –",
    ]
    assert only(which(points, rutine="samtale", semester="2023-host"), "deltaker", "status", "bedomt", "unntatt") == [
        "Kari.Nordmann-77 i_tide true false",
        "Kari.Nordmann-77 i_tide true false",
        "Q4 fritatt false true",
        "deltaker fritatt false true",  # the pause scaled two to one
        "deltaker i_tide true false",
        "i_tide i_tide true false",
        "i_tide i_tide true false",
    ]
    assert only(which(points, rutine="klassemote"), "deltaker", "niva", "status") == [
        "– klasse i_tide",
        "– klasse mangler",
    ]
    contacts = which(read(tmp_path / "ut", "kontakter"), klasse=key["id"], dato="2023-10-20")
    assert sorted(who[row["deltaker"]] for row in contacts) == ["Kari.Nordmann-77", "Q4", "deltaker", "i_tide", "–"]
    assert len({row["mote"] for row in contacts}) == 1
    assert only(read(tmp_path / "ut", "hendelser"), "type", "dato", "oppdaget_etter", "fort_etter") == [
        "andre 2024-01-09 – 0", "avbrudd 2024-03-01 – 0", "hoyt_fravaer 2023-11-24 3 4",
    ]  # fmt: skip
    left = which(read(tmp_path / "ut", "deltakere"), sluttet="true")
    assert only(left, "slutt", "pausedager", "dager") == ["2024-03-01 50 194"]


def test_a_point_refers_to_the_contact_that_did_it(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    export(kjor, inn, tmp_path / "ut")
    contacts = {row["kontakt"]: row for row in read(tmp_path / "ut", "kontakter")}
    done = [row for row in read(tmp_path / "ut", "punkter") if row["kontakt"]]
    assert len(done) >= 8
    for row in done:
        contact = contacts[row["kontakt"]]
        assert (contact["klasse"], contact["deltaker"]) == (row["klasse"], row["deltaker"])
        assert contact["brukt"] == row["gjort"] == "true"
        days = (date.fromisoformat(contact["dato"]) - date.fromisoformat(row["fra"])).days
        assert int(row["ventedager"]) == days
        if row["slag"] != "hver":
            late = max(0, (date.fromisoformat(contact["dato"]) - date.fromisoformat(row["frist"])).days)
            assert int(row["dager_sen"]) == late


def test_veiled_routines_stand_without_people(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    """A routine for some benefits, one set off by an event that may be of health, and one that follows it."""
    export(kjor, inn, tmp_path / "ut")
    routines = {row["rutine"]: row for row in read(tmp_path / "ut", "rutiner")}
    assert list(routines) == ["samtale", "besok", "skjermet-1", "varsel", "skjermet-2", "skjermet-3", "klassemote"]
    assert [routines[name]["navn"] for name in routines if name.startswith("skjermet")] == [
        "Oppfølging", "Oppfølging (2)", "Oppfølging (3)",
    ]  # fmt: skip
    veiled = which(read(tmp_path / "ut", "punkter"), skjermet="true")
    assert Counter(row["rutine"] for row in veiled) == {"skjermet-1": 17, "skjermet-2": 1, "skjermet-3": 1}
    for table, rows in (("punkter", veiled), ("kontakter", which(read(tmp_path / "ut", "kontakter"), skjermet="true"))):
        (tabell,) = (t for t in TABELLER if t.navn == table)
        hidden = [v.navn for v in tabell.variabler if v.skjermes]
        assert "deltaker" in hidden
        assert rows
        assert {row[name] for row in rows for name in hidden} == {""}
    assert {row["type"] for row in veiled} == {"andre", "samtale"}  # the last one's is everybody's
    # Neither is it told of a contact that it did a veiled point.
    assert {row["brukt"] for row in read(tmp_path / "ut", "kontakter") if row["skjermet"] == "true"} == {"false"}


def test_a_role_that_tells_of_a_benefit_is_not_told_nor_who_has_it(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    """The KVP counsellor held an ordinary talk: it is there, and not who held it."""
    export(kjor, inn, tmp_path / "ut")
    (talk,) = which(read(tmp_path / "ut", "kontakter"), dato="2024-02-05")
    assert talk["deltaker"]
    assert (talk["rolle"], talk["ansatt"]) == ("", "")
    assert {row["rolle"] for row in read(tmp_path / "ut", "kontakter")} == {"", "laerer"}


def test_few_are_not_named_by_their_group_or_county(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    """Four have completed primary school; one has not, and one group's name tells of a benefit."""
    export(kjor, inn, tmp_path / "ut")
    assert Counter(row["verdi"] for row in which(read(tmp_path / "ut", "perioder"), slag="gruppe")) == {
        "med-grunnskole": 4, "andre": 2,
    }  # fmt: skip
    assert {row["fylke"] for row in read(tmp_path / "ut", "klasser")} == {"Innlandet"}
    kjor("revisjon", inn, "--per", PER, "--terskel", "10", "--eksport", tmp_path / "ut10")
    assert {row["verdi"] for row in which(read(tmp_path / "ut10", "perioder"), slag="gruppe")} == {"andre"}
    assert {row["gruppe"] for row in read(tmp_path / "ut10", "punkter")} == {"", "andre"}
    assert {row["fylke"] for row in read(tmp_path / "ut10", "klasser")} == {"andre"}


def test_what_counts_for_nothing_is_left_out_and_counted(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    """A type no routine knows («kreftsamtale») is free text: the row is not in, and the letter says so.

    Nor is one that cannot be read.
    """
    with (inn / KLASSER[1] / "kontakter.csv").open("a", encoding="utf-8") as file:
        file.write("kontakt-0009;i går;samtale;;Q4;;;;;;;\n")
    export(kjor, inn, tmp_path / "ut")
    assert json.loads((tmp_path / "ut" / "datapackage.json").read_bytes())["oppfolgingscli"]["rader_utelatt"] == 2
    assert "- 2 rader i loggene som ikke telles (kan ikke leses, " in (tmp_path / "ut" / "LESMEG.md").read_text(
        encoding="utf-8"
    )


def test_every_variable_is_given_by_something(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    """A variable that is empty in every row would be a name misspelt, here or where the rows are made."""
    export(kjor, inn, tmp_path / "ut")
    for tabell in TABELLER:
        rows = read(tmp_path / "ut", tabell.navn)
        empty = {v.navn for v in tabell.variabler if not any(row[v.navn] for row in rows)}
        assert empty <= {"gjelder_fra", "gjelder_til"}, tabell.navn
        for v in tabell.variabler:
            if v.krevd:
                assert all(row[v.navn] for row in rows), (tabell.navn, v.navn)
            if v.verdier:
                assert {row[v.navn] for row in rows} <= {"", *(code for code, _what in v.verdier)}


def test_the_flat_data_set_gives_the_same_rows(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    export(kjor, inn, tmp_path / "a")
    export(kjor, flat(tmp_path / "flat"), tmp_path / "b")
    for tabell in TABELLER:
        names = [v.navn for v in tabell.variabler if v.slag != "id"]
        a, b = (only(read(tmp_path / ut, tabell.navn), *names) for ut in ("a", "b"))
        assert a == b, tabell.navn
        assert a


# -- the measures can be computed again --------------------------------------------------------------


def again(rows: list[dict[str, str]]) -> dict[str, Any]:
    """The sums of a cell, from the exported points alone."""
    judged = which(rows, bedomt="true")
    dosed = [row for row in judged if row["slag"] in {"antall", "milepael"}]
    return {
        **{status: len(which(judged, status=status)) for status in ("i_tide", "for_sent", "forfalt", "mangler")},
        "fritatt": len(which(rows, unntatt="true")),
        "gjort": len(which(judged, gjort="true")),
        "levert_kuttet": sum(int(row["levert_kuttet"]) for row in dosed),
        "levert": sum(int(row["levert"]) for row in dosed),
        "pakrevd": len(dosed),
    }


def met_first(rows: list[dict[str, str]]) -> tuple[int, int]:
    """Who was met the first time they should be, of those with a judged point: by the day the windows closed, or opened."""
    judged = which(rows, bedomt="true")
    found = []
    for who in {row["deltaker"] for row in judged}:
        mine = sorted(which(judged, deltaker=who), key=lambda row: (row["frist"], int(row["versjon"]), row["periode"]))
        if mine[0]["slag"] == "hver":
            gaps = [row for row in which(rows, deltaker=who) if row["status"] != "fritatt"]
            found.append(min(gaps, key=lambda row: (int(row["versjon"]), row["fra"]))["status"] == "i_tide")
        else:
            found.append(mine[0]["i_vinduet"] == "true")
    return sum(found), len(found)


def of_cell(celle: Celle) -> dict[str, Any]:
    return {name: getattr(celle, name) for name in again([])}


@pytest.mark.parametrize("navn", HVERT_EKSEMPEL)
def test_the_measures_of_the_audit_can_be_computed_again(navn: str, kjor: Kjor, tmp_path: Path) -> None:
    """Routine by routine, also the veiled ones; by semester; delays; and who was met the first time."""
    mappe, per, lag = ROT / "eksempler" / navn, date(2025, 6, 20), 14
    assert kjor("revisjon", mappe, "--per", str(per), "--eksport", tmp_path / "ut").exit_code == 0
    points = read(tmp_path / "ut", "punkter")
    found = judge(mappe, per, None, maskin=True)
    truth = klasseresultat(found.vurdering, lag).celler
    sett = found.arbeidsmappe.opplegg.rutinesett
    words = settord(sett)
    compared = 0
    for v in sett.versjoner:
        rows = which(points, rutine=words.rutine[v.rutine.id], krav="true")
        cell = truth.get(Cellenokkel(("rutinesett", "rutine"), (sett.hode.id, v.rutine.id)), Celle())
        assert again(rows) == of_cell(cell), v.rutine.id
        compared += cell.bedomt
        if v.rutine.id not in words.skjermet:
            waited = Counter(
                Ventetid(int(row["ventedager"]), gjort=row["gjort"] == "true") for row in rows if row["ventedager"]
            )
            assert waited == Counter(w for w in cell.ventetid.elements()), v.rutine.id
            people = {row["deltaker"] for row in which(rows, bedomt="true", niva="deltaker")}
            assert len(people) == cell.n_deltakere
            assert met_first(rows) == (cell.dekket, cell.dekkbare), v.rutine.id
    assert compared > 50
    for key, cell in truth.items():
        if key.visning == ("semester",):
            rows = which(points, semester=key.verdier[0])
            assert sum(again(rows)[name] for name in ("i_tide", "for_sent", "forfalt", "mangler")) == cell.bedomt


# -- ids ---------------------------------------------------------------------------------------------


def ids(ut: Path) -> set[str]:
    return {row[v.navn] for t in TABELLER for row in read(ut, t.navn) for v in t.variabler if v.slag == "id"} - {""}


def test_two_exports_have_no_id_in_common(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    export(kjor, inn, tmp_path / "a")
    export(kjor, inn, tmp_path / "b")
    assert ids(tmp_path / "a").isdisjoint(ids(tmp_path / "b"))
    for ut in ("a", "b"):
        assert all(re.fullmatch("[a-z]{2}-[b-df-hj-np-tw]{10,16}", id_) for id_ in ids(tmp_path / ut))


def test_with_the_key_the_same_people_have_the_same_ids_and_rows_new_ones(
    kjor: Kjor, inn: Path, tmp_path: Path
) -> None:
    for ut in ("a", "b"):
        said = export(kjor, inn, tmp_path / ut, "--nokkel", tmp_path / "n.json")
        assert "n.json. Den sier hvem id-ene er" in said
    common = ids(tmp_path / "a") & ids(tmp_path / "b")
    assert Counter(id_[:2] for id_ in common) == {"kl": 2, "de": 6, "sk": 1, "an": 1}
    assert only(read(tmp_path / "a", "deltakere"), "deltaker", "slutt") == only(read(tmp_path / "b", "deltakere"), "deltaker", "slutt")  # fmt: skip


def test_a_new_participant_is_added_to_the_key(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    key = tmp_path / "n.json"
    export(kjor, inn, tmp_path / "a", "--nokkel", key)
    before = from_json(key.read_text(encoding="utf-8"))
    with (inn / KLASSER[1] / "deltakere.csv").open("a", encoding="utf-8") as file:
        file.write("NY;;;;;\n")
    export(kjor, inn, tmp_path / "b", "--nokkel", key)
    after = from_json(key.read_text(encoding="utf-8"))
    assert set(after.deltakere) - set(before.deltakere) == {(KLASSER[1], "NY")}
    assert before.deltakere.items() <= after.deltakere.items()


def test_without_a_key_none_is_kept_and_it_is_said(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    assert "Ingen nøkkel er tatt vare på" in export(kjor, inn, tmp_path / "ut")
    assert not list(tmp_path.rglob("*nokkel*"))


def test_the_key_survives_being_written_and_read() -> None:
    key = Nokkel()
    giver = Navngiver(key, random.Random(1))  # noqa: S311 - chance that repeats itself
    for klasse in ("a", "b;\"'"):
        for who in ("D1", "D2", None):
            giver.deltaker(klasse, who)
            giver.uker(klasse, who, 5)
        giver.klasse(klasse)
        giver.ansatt(klasse, "kl")
    giver.skole(("Møre og Romsdal", "Ørsta"))
    assert from_json(to_json(key)) == key


@pytest.mark.parametrize("text", [
    "", "[]", "{}", '{"format": 2, "slag": "oppfolging-eksportnokkel", "klasser": {}, "skoler": []}',
    '{"format": 1, "slag": "oppfolging-eksportnokkel", "klasser": {"k": {"id": "Kari", "deltakere": {}, "ansatte": {}}}, "skoler": []}',
    '{"format": 1, "slag": "oppfolging-eksportnokkel", "klasser": [], "skoler": []}',
])  # fmt: skip
def test_what_is_no_key_is_refused(text: str, kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    """Also one in which somebody has written a name where an id should be."""
    key = tmp_path / "n.json"
    key.write_text(text, encoding="utf-8")
    export(kjor, inn, tmp_path / "ut", "--nokkel", key, kode=3)
    assert not (tmp_path / "ut").exists()
    assert key.read_text(encoding="utf-8") == text


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: Windows har ikke slike rettigheter")
def test_the_key_is_its_owners_alone(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    key = tmp_path / "n.json"
    export(kjor, inn, tmp_path / "a", "--nokkel", key)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(0o644)
    export(kjor, inn, tmp_path / "b", "--nokkel", key)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


# -- what is refused, and what is left behind --------------------------------------------------------


@pytest.mark.parametrize(("ut", "nokkel", "sagt"), [
    ("ut", "ut/n.json", "Nøkkelen kan ikke ligge i"),
    ("ut", "ut/../ut/under/n.json", "Nøkkelen kan ikke ligge i"),
    ("ut", "finnes-ikke/n.json", "Skriv et filnavn i en mappe som finnes"),
    ("full", "n.json", "er ikke tom"),
    ("full/fil.txt", "n.json", "er ikke tom"),
    ("inn/ut", "n.json", "som leses"),
    ("inn", "n.json", "er ikke tom"),
])  # fmt: skip
def test_places_that_are_refused(ut: str, nokkel: str, sagt: str, kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "fil.txt").write_text("min", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert sagt in export(kjor, inn, tmp_path / ut, "--nokkel", tmp_path / nokkel, kode=2)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: lenker krever rettigheter på Windows")
def test_a_link_does_not_lead_the_key_into_the_export(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    (tmp_path / "lenke").symlink_to(tmp_path / "ut")
    assert "Nøkkelen kan ikke" in export(kjor, inn, tmp_path / "ut", "--nokkel", tmp_path / "lenke" / "n.json", kode=2)


def test_an_empty_folder_will_do(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    export(kjor, inn, tmp_path / "ut")
    assert {f"{name}.csv" for name in TABELLNAVN} < set(everything(tmp_path / "ut"))


@pytest.mark.parametrize(
    "words", [["--nokkel", "n"], ["--flytt-datoer"], ["--flytt-datoer", "70"], ["--eksport-format", "csv"]]
)
def test_the_options_belong_to_eksport(words: list[str], kjor: Kjor, inn: Path) -> None:
    made = kjor("revisjon", inn, "--per", PER, *words)
    assert made.exit_code == 2
    assert f"{words[0]} hører til --eksport" in made.stderr


@pytest.mark.parametrize("days", ["6", "0", "3661", "to", "inn"])
def test_how_far_dates_are_moved_is_a_number_of_days(days: str, kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    assert "er ikke et antall dager" in export(kjor, inn, tmp_path / "ut", f"--flytt-datoer={days}", kode=2)


@pytest.mark.parametrize(("form", "lacks"), [("parquet", "polars"), ("stata", "pyreadstat"), ("spss", "pandas")])
def test_a_library_that_lacks_is_said_before_anything_is_done(
    form: str, lacks: str, kjor: Kjor, inn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == lacks else real(name))
    said = export(kjor, inn, tmp_path / "ut", "--eksport-format", form, kode=2)
    assert "oppfolgingscli[eksport]" in said
    assert lacks in said
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("where", ["_write_texts", "_write_key"])
def test_nothing_is_left_of_what_failed(
    where: str, kjor: Kjor, inn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(revisjonseksport, where, full)
    assert "ikke plass på disken" in export(kjor, inn, tmp_path / "ut", "--nokkel", tmp_path / "n.json", kode=4)
    assert sorted(tmp_path.rglob("*")) == before


def test_somebody_else_wrote_in_the_key_meanwhile(
    kjor: Kjor, inn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "n.json"
    export(kjor, inn, tmp_path / "a", "--nokkel", key)
    real = revisjonseksport._write_texts

    def meanwhile(folder: Path, e: Eksport) -> None:
        key.write_text("en annens", encoding="utf-8")
        real(folder, e)

    monkeypatch.setattr(revisjonseksport, "_write_texts", meanwhile)
    assert "noen andre skrev" in export(kjor, inn, tmp_path / "b", "--nokkel", key, kode=4)
    assert key.read_text(encoding="utf-8") == "en annens"
    assert not (tmp_path / "b").exists()


def test_one_broken_folder_is_said_and_the_rest_exported(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    (inn / KLASSER[0] / "oppfolging.toml").write_text("x", encoding="utf-8")
    export(kjor, inn, tmp_path / "ut", kode=3)
    assert len(read(tmp_path / "ut", "klasser")) == 1
    assert "1 mappe som ikke kunne leses" in (tmp_path / "ut" / "LESMEG.md").read_text(encoding="utf-8")


def test_eleven_digits_never_leave(tmp_path: Path) -> None:
    """No reader lets them in; if one did, the export stops, and the digits are not repeated."""
    heap = Bunke(DELTAKERE, tmp_path)
    row = dict.fromkeys((v.navn for v in DELTAKERE.variabler), "")
    with pytest.raises(Inndatafeil) as caught:
        heap.add("kl", [row | {"sluttet": True, "start_semester": "010190 12345"}])
    assert "12345" not in str(caught.value)


def test_two_classes_of_one_id_are_two(kjor: Kjor, inn: Path, tmp_path: Path) -> None:
    path = inn / KLASSER[1] / "oppfolging.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(KLASSER[1], KLASSER[0]), encoding="utf-8")
    (inn / KLASSER[1] / "lokalt.toml").write_text(SETT.replace('"2 uker"', '"3 uker"'), encoding="utf-8")
    export(kjor, inn, tmp_path / "ut", "--nokkel", tmp_path / "n.json")
    key = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    assert len(key["klasser"]) == 2
    assert all(name.startswith(f"{KLASSER[0]}-") for name in key["klasser"])
    sets = {row["rutinesett"] for row in read(tmp_path / "ut", "klasser")}
    assert len(sets) == 2
    assert sets == {row["rutinesett"] for row in read(tmp_path / "ut", "rutiner")}


def test_chance_is_the_only_difference(kjor: Kjor, inn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same chance two exports of the same files are the same bytes."""
    for ut in ("a", "b"):
        lucky(monkeypatch, 7)
        export(kjor, inn, tmp_path / ut)
    assert everything(tmp_path / "a") == everything(tmp_path / "b")
