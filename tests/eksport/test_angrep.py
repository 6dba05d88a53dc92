"""An attacker reads every byte of an export and looks for what must not be there: ids, people, notes, benefits, reasons."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path

import pytest

from eksport.klassen import HEMMELIG, ORD, everything, export, flat, folders, lucky, read
from hjelp import HVERT_EKSEMPEL, ROT, Kjor
from oppfolgingscli.cli.vurdert import judge
from oppfolgingscli.eksport.tabeller_logg import TABELLER

FORMER = (
    "--eksport-format",
    "csv",
    "--eksport-format",
    "parquet",
    "--eksport-format",
    "stata",
    "--eksport-format",
    "spss",
)


def leaks(files: dict[str, bytes], words: tuple[str, ...]) -> list[str]:
    """Where a word is: as UTF-8, as UTF-16, and in Parquet without its compression."""
    out = []
    for name, data in files.items():
        whole = data + b"\0" + unpacked(name, data)
        out += [
            f"{name}: {word}" for word in words if any(word.encode(code) in whole for code in ("utf-8", "utf-16-le"))
        ]
    return out


def unpacked(name: str, data: bytes) -> bytes:
    if not name.endswith(".parquet"):
        return b""
    pl = pytest.importorskip("polars")
    return bytes(pl.read_parquet(io.BytesIO(data)).write_csv().encode())


def cells(ut: Path) -> set[str]:
    return {cell for t in TABELLER for row in read(ut, t.navn) for cell in row.values()}


SLOW = pytest.mark.treg


@pytest.mark.treg
@pytest.mark.parametrize(("kilde", "words"), [
    ("mapper", ()), ("mapper", ("--flytt-datoer", "70")), pytest.param("mapper", ("--sprak", "nn"), marks=SLOW),
    pytest.param("mapper", ("--sprak", "en"), marks=SLOW), pytest.param("flatt", (), marks=SLOW),
    ("flatt", ("--flytt-datoer", "70")),
])  # fmt: skip
def test_no_byte_tells(kilde: str, words: tuple[str, ...], kjor: Kjor, tmp_path: Path) -> None:
    inn = folders(tmp_path / "inn") if kilde == "mapper" else flat(tmp_path / "inn")
    forms = FORMER if not words else ()
    if kilde == "flatt" or forms:
        pytest.importorskip("pyreadstat")
    said = export(kjor, inn, tmp_path / "ut", *forms, *words, "--nokkel", tmp_path / "n.json")
    files = everything(tmp_path / "ut") | {"stderr": said.replace("n.json", "").encode()}
    assert len(files) == (11 if not forms else 32) + 1
    assert leaks(files, HEMMELIG) == []
    assert not cells(tmp_path / "ut") & set(ORD)
    # The attack can find what is there: the key has it all.
    assert len(leaks({"n.json": (tmp_path / "n.json").read_bytes()}, HEMMELIG)) >= 4


@pytest.mark.parametrize("navn", HVERT_EKSEMPEL)
def test_no_cell_of_the_examples_is_an_original(navn: str, kjor: Kjor, tmp_path: Path) -> None:
    """Their ids are short (D01, kl): as cells they are nowhere, nor is what their files say of people."""
    mappe = ROT / "eksempler" / navn
    export(kjor, mappe, tmp_path / "ut", per="2025-06-20")
    found = judge(mappe, date(2025, 6, 20), None, maskin=True)
    oppsett = found.arbeidsmappe.oppsett
    contacts = {k.id for k in found.logg.kontakter} | {h.id for h in found.logg.hendelser}
    people = {d.id for d in found.arbeidsmappe.opplegg.deltakere}
    benefits = {v.verdi for d in found.arbeidsmappe.opplegg.deltakere for v in d.ytelse}
    assert people
    assert contacts
    roles = set(found.arbeidsmappe.opplegg.rutinesett.roller)  # Oslo has a person called «skole», as a role is
    originals = {oppsett.klasse.id, *people, *contacts, *(set(oppsett.personer) - roles), *benefits}
    assert not cells(tmp_path / "ut") & originals
    places = {p.sted for d in found.arbeidsmappe.opplegg.deltakere for p in d.praksis if p.sted}
    reasons = {d.sluttarsak for d in found.arbeidsmappe.opplegg.deltakere if d.sluttarsak} - {"annet", "fag", "familie", "helse", "sprak"}  # fmt: skip
    names = {p.navn for p in oppsett.personer.values()} | {p.epost for p in oppsett.personer.values() if p.epost}
    tables = {
        name: data for name, data in everything(tmp_path / "ut").items() if not name.startswith(("kodebok", "LESMEG"))
    }
    assert leaks(tables, (oppsett.klasse.id, *places, *reasons, *names, *(b for b in benefits if b != "ingen"))) == []


def test_the_order_of_rows_is_that_of_ids_made_at_random(kjor: Kjor, tmp_path: Path) -> None:
    """Whatever the order in the files: the rows are sorted by what chance gave, or by days."""
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut")
    for tabell in TABELLER:
        if tabell.navn == "rutiner":
            continue
        keys = [
            (row["klasse"], *(row[name] for name in tabell.rekkefolge)) for row in read(tmp_path / "ut", tabell.navn)
        ]
        if "dager" not in tabell.rekkefolge:  # a number, and not text
            assert keys == sorted(keys)
        assert [key[0] for key in keys] == sorted(key[0] for key in keys)


def test_neither_the_place_in_the_file_nor_the_name_shows_in_the_id(
    kjor: Kjor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same chance, other names in the same places get the same ids: an id depends on chance alone."""
    inn = folders(tmp_path / "inn")
    lucky(monkeypatch, 3)
    export(kjor, inn, tmp_path / "a")
    for path in inn.rglob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace("Kari.Nordmann-77", "Zzz"), encoding="utf-8")
    lucky(monkeypatch, 3)
    export(kjor, inn, tmp_path / "b")
    assert read(tmp_path / "a", "deltakere") == read(tmp_path / "b", "deltakere")


def test_formulas_in_names_are_text(kjor: Kjor, tmp_path: Path) -> None:
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut")
    assert read(tmp_path / "ut", "rutiner")[0]["navn"] == "'=HYPERLINK(samtale)"
    for path in (tmp_path / "ut").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not [c for row in csv.reader(file, delimiter=";") for c in row if c.startswith(("=", "+", "-", "@"))]


def test_a_participant_named_as_a_word_of_ours_changes_nothing(kjor: Kjor, tmp_path: Path) -> None:
    """The field has participants called «deltaker» and «i_tide»: their rows are theirs, and the words stay ours."""
    export(kjor, folders(tmp_path / "inn"), tmp_path / "ut")
    points = read(tmp_path / "ut", "punkter")
    assert {row["status"] for row in points} == {"i_tide", "for_sent", "mangler", "fritatt", "ikke_aktuelt"}
    assert {row["niva"] for row in points} == {"deltaker", "klasse"}
    assert all(row["deltaker"][:3] in {"", "de-"} for row in points)


def test_many_ids_are_all_different() -> None:
    """Forty bits each, and looked up: also when chance is poor."""
    from oppfolgingscli.eksport.nokkel import Navngiver, Nokkel

    class Poor(random.Random):
        def getrandbits(self, k: int, /) -> int:
            return super().getrandbits(k) % 300

    giver = Navngiver(Nokkel(), Poor(1))
    assert len({giver.deltaker("k", str(n)) for n in range(250)}) == 250
