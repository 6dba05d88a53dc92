"""`oppfolging deltakere importer` and `ny --deltakere`: a class list in, pseudonymous participants out."""

from __future__ import annotations

import csv
import io
import os
import stat
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from hjelp import Kjor
from oppfolgingscli.cli import deltakerimport
from oppfolgingscli.cli.deltakerimport import new_ids
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe

NUMMER = "01019012345"
ELEVER: list[list[Any]] = [
    ["Klasseliste BUA, skrevet ut 1.8.2026"],
    [],
    ["Etternavn", "Fornavn", "Fødselsnummer", "Gruppe", "Startdato", "Sluttdato", "Sluttårsak", "Ytelse", "Mobil", "Hybel"],
    ["Åsen", "Kari", NUMMER, "Med grunnskole", datetime(2026, 8, 17), None, None, "AAP", 99887766, None],  # noqa: DTZ001 - as openpyxl has it
    ["Bø", "Ola", NUMMER, "UTEN GRUNNSKOLE", "17.08.2026", "12.01.2027", "Veiledet ut", "Tiltakspenger", None, None],
    [],
    ["Celik", "Ayşe", NUMMER, "uten-grunnskole", "2026-09-01", None, None, "Kvalifiseringsprogram", None, "Ja"],
]  # fmt: skip
HEMMELIG = ("Åsen", "Kari", "Bø", "Ola", "Celik", "Ayşe", NUMMER, "99887766")


def bok(path: Path, rader: list[list[Any]], ark: str = "Elever") -> Path:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["Rapport fra skolesystemet"])
    sheet = book.create_sheet(ark)
    for rad in rader:
        sheet.append(rad)
    book.save(path)
    return path


@pytest.fixture
def liste(tmp_path: Path) -> Path:
    return bok(tmp_path / "liste.xlsx", ELEVER)


@pytest.fixture
def klassen(kjor: Kjor, tmp_path: Path) -> Path:
    kjor("ny", tmp_path / "bua", "--rutiner", "oslo", "--per", "2026-03-01")
    return tmp_path / "bua"


def innhold(mappe: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8-sig") for file in mappe.rglob("*") if file.is_file())


def nokkelrader(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def test_ny_med_klasseliste(kjor: Kjor, tmp_path: Path, liste: Path) -> None:
    result = kjor("ny", tmp_path / "bua", "--rutiner", "oslo", "--deltakere", liste, "--nokkel", tmp_path / "n.csv")
    assert result.exit_code == 0, result.stderr
    opened = open_arbeidsmappe(tmp_path / "bua")
    assert str(opened.opplegg.klasse.start) == "2026-08-17"
    people = {
        (str(p.start), str(p.slutt), p.sluttarsak, p.gruppe[0].verdi, p.ytelse[0].verdi)
        for p in opened.opplegg.deltakere
    }
    assert people == {
        ("2026-08-17", "None", None, "med-grunnskole", "aap"),
        ("2026-08-17", "2027-01-12", "veiledet-ut", "uten-grunnskole", "tiltakspenger"),
        ("2026-09-01", "None", None, "uten-grunnskole", "kvp"),
    }
    assert sorted(p.id for p in opened.opplegg.deltakere) == ["D01", "D02", "D03"]
    # Nothing of who they are is in the workspace or on the screen; the key has names and no numbers.
    for word in HEMMELIG:
        assert word not in innhold(tmp_path / "bua")
        assert word not in result.output
    rows = nokkelrader(tmp_path / "n.csv")
    assert {row["navn"]: row["rad"] for row in rows} == {"Kari Åsen": "4", "Ola Bø": "5", "Ayşe Celik": "7"}
    assert NUMMER not in (tmp_path / "n.csv").read_text(encoding="utf-8-sig")
    kari = next(row["id"] for row in rows if row["navn"] == "Kari Åsen")
    assert next(p for p in opened.opplegg.deltakere if p.id == kari).ytelse[0].verdi == "aap"


def test_det_sies_hva_som_ble_brukt_og_hva_som_ikke_ble_lest(kjor: Kjor, klassen: Path, liste: Path) -> None:
    result = kjor("deltakere", "importer", liste, "--mappe", klassen)
    assert result.exit_code == 0, result.stderr
    assert "3 deltakere lagt til i deltakere.csv." in result.stderr
    assert "Gruppe → gruppe, Startdato → start" in result.stderr
    assert "Personopplysninger, ikke lest: Fødselsnummer, Mobil." in result.stderr
    assert "Navn, ikke tatt med: Etternavn, Fornavn." in result.stderr
    assert "programmet har ikke bruk for det: Hybel." in result.stderr
    assert [line.split()[0] for line in result.stdout.splitlines()[2:]] == ["4", "5", "7"]


def test_med_nokkel_er_to_ganger_som_en_og_nye_kommer_til(
    kjor: Kjor, klassen: Path, liste: Path, tmp_path: Path
) -> None:
    words = ("deltakere", "importer", liste, "--mappe", klassen, "--nokkel", tmp_path / "n.csv")
    kjor(*words)
    table, key = (klassen / "deltakere.csv").read_bytes(), (tmp_path / "n.csv").read_bytes()
    again = kjor(*words)
    assert "0 deltakere lagt til" in again.stderr
    assert "3 sto der fra før." in again.stderr
    assert ((klassen / "deltakere.csv").read_bytes(), (tmp_path / "n.csv").read_bytes()) == (table, key)
    # The list comes in another form and order, with one more, and one who has left.
    bok(liste, [["Navn", "Gruppe"], ["Ny, Person", "Med grunnskole"], ["Celik, Ayşe", ""], ["Kari  Åsen", "x"]])
    third = kjor(*words)
    assert "1 deltaker lagt til" in third.stderr
    assert "I nøkkelen, men ikke i listen" in third.stderr
    after = (klassen / "deltakere.csv").read_bytes()
    assert after.startswith(table)
    assert after[len(table) :] == b"D04;;;;med-grunnskole;\n"
    assert [row["navn"] for row in nokkelrader(tmp_path / "n.csv")][-1] == "Ny, Person"


def test_uten_nokkel_gjettes_det_ikke_hvem_som_er_der_fra_for(kjor: Kjor, klassen: Path, liste: Path) -> None:
    words = ("deltakere", "importer", liste, "--mappe", klassen)
    kjor(*words)
    before = (klassen / "deltakere.csv").read_bytes()
    result = kjor(*words)
    assert result.exit_code == 2
    assert "Det står 3 deltakere i mappen fra før." in result.stderr
    assert (klassen / "deltakere.csv").read_bytes() == before
    assert kjor(*words, "--alle-er-nye").exit_code == 0
    assert len(open_arbeidsmappe(klassen).opplegg.deltakere) == 6


def test_feil_kommer_alle_pa_en_gang_med_celle_og_uten_nummer(kjor: Kjor, klassen: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Navn", "Start", "Slutt", "Gruppe", "Årsak"],
        ["Kari", "31.02.2027", "2027-06-01", "010190 12345", "helse"],
        [f"Ola {NUMMER}", "2027-01-04", "2026-12-01", "a", "vet ikke"],
        ["Per", "2020-01-01", None, "b" * 70, None],
    ]
    before = innhold(klassen)
    result = kjor(
        "deltakere", "importer", bok(tmp_path / "l.xlsx", rows), "--mappe", klassen, "--nokkel", tmp_path / "n.csv"
    )
    assert result.exit_code == 3
    found = [line.partition("[Elever]:")[2].split(": ")[:2] for line in result.stderr.splitlines()]
    assert found == [
        ["2:2", "B2 (Start)"],
        ["2:4", "D2 (Gruppe)"],
        ["3:1", "A3 (Navn)"],
        ["3:5", "E3 (Årsak)"],
        ["4:4", "D4 (Gruppe)"],
    ]
    assert "12345" not in result.output
    assert innhold(klassen) == before
    assert not (tmp_path / "n.csv").exists()
    # Values that are each right are looked at together.
    rows = [["Start", "Slutt"], ["2027-01-04", "2026-12-01"], ["2020-01-01", None]]
    result = kjor("deltakere", "importer", bok(tmp_path / "l.xlsx", rows), "--mappe", klassen)
    assert "B2 (Slutt): slutten (2026-12-01) er før starten (2027-01-04)." in result.stderr
    assert "A3 (Start): 2020-01-01 er utenfor klassens tid." in result.stderr


@pytest.mark.parametrize("sted", ["bua/n.csv", "bua/under/n.csv", "annen/n.csv"])
def test_nokkelen_kan_ikke_ligge_i_en_arbeidsmappe(
    kjor: Kjor, klassen: Path, liste: Path, tmp_path: Path, sted: str
) -> None:
    (tmp_path / "annen").mkdir()
    (tmp_path / "annen" / "oppfolging.toml").touch()
    before = innhold(klassen)
    result = kjor("deltakere", "importer", liste, "--mappe", klassen, "--nokkel", tmp_path / sted)
    assert result.exit_code == 2
    assert not (tmp_path / sted).exists()
    assert innhold(klassen) == before


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: Windows har ikke slike rettigheter")
def test_nokkelen_leses_bare_av_den_som_eier_den(kjor: Kjor, klassen: Path, liste: Path, tmp_path: Path) -> None:
    kjor("deltakere", "importer", liste, "--mappe", klassen, "--nokkel", tmp_path / "n.csv")
    assert stat.S_IMODE((tmp_path / "n.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize(("koding", "skille"), [("utf-8", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8-sig", ",")])
def test_csv_fra_andre_systemer(kjor: Kjor, klassen: Path, tmp_path: Path, koding: str, skille: str) -> None:
    text = "\r\n".join(
        skille.join(row) for row in (["Elev", "Fødselsnr.", "Gruppe:"], ["Åse Bø", NUMMER, "Med grunnskole"])
    )
    (tmp_path / "l.csv").write_bytes(text.encode(koding))
    result = kjor("deltakere", "importer", tmp_path / "l.csv", "--mappe", klassen, "--nokkel", tmp_path / "n.csv")
    assert result.exit_code == 0, result.stderr
    assert (klassen / "deltakere.csv").read_text(encoding="utf-8").splitlines()[1:] == ["D01;;;;med-grunnskole;"]
    assert nokkelrader(tmp_path / "n.csv") == [{"id": "D01", "navn": "Åse Bø", "rad": "2"}]


def test_korte_arstall_og_klokkeslett_i_datoer(kjor: Kjor, klassen: Path, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Oppstart\n17.08.26\n2026-08-18 00:00:00\n2026-08-19T00:00:00\n", encoding="utf-8")
    kjor("deltakere", "importer", tmp_path / "l.csv", "--mappe", klassen, "--i-rekkefolge")
    assert [str(p.start) for p in open_arbeidsmappe(klassen).opplegg.deltakere] == [
        "2026-08-17",
        "2026-08-18",
        "2026-08-19",
    ]


def test_tabellen_selv_er_ingen_klasseliste(kjor: Kjor, klassen: Path) -> None:
    result = kjor("deltakere", "importer", klassen / "deltakere.csv", "--mappe", klassen)
    assert result.exit_code == 2
    assert "tabellen over deltakere selv" in result.stderr


def test_tabellen_beholder_formen_den_har(kjor: Kjor, klassen: Path, liste: Path) -> None:
    table = klassen / "deltakere.csv"
    start = "﻿Gruppe\tDeltaker\tOppstart\tslutt\tsluttarsak\tytelse\r\nmed-grunnskole\tD007\t\t\t\t\r\n".encode(
        "utf-16-le"
    )
    table.write_bytes(start)
    assert kjor("deltakere", "importer", liste, "--mappe", klassen, "--alle-er-nye", "--i-rekkefolge").exit_code == 0
    after = table.read_bytes()
    assert after.startswith(start)
    assert after[len(start) :].decode("utf-16-le").split("\r\n")[:2] == [
        "med-grunnskole\tD008\t2026-08-17\t\t\taap",
        "uten-grunnskole\tD009\t2026-08-17\t2027-01-12\tveiledet-ut\ttiltakspenger",
    ]


def test_en_tabell_uten_plass_til_en_verdi_er_en_feil(kjor: Kjor, klassen: Path, liste: Path) -> None:
    (klassen / "deltakere.csv").write_text("id;start\n", encoding="utf-8")
    result = kjor("deltakere", "importer", liste, "--mappe", klassen)
    assert result.exit_code == 3
    assert "«gruppe»" in result.stderr
    assert (klassen / "deltakere.csv").read_text(encoding="utf-8") == "id;start\n"


def test_en_tabell_som_er_apen_i_regnearket_rores_ikke(kjor: Kjor, klassen: Path, liste: Path) -> None:
    (klassen / "~$deltakere.csv").touch()
    before = (klassen / "deltakere.csv").read_bytes()
    assert kjor("deltakere", "importer", liste, "--mappe", klassen).exit_code == 4
    assert (klassen / "deltakere.csv").read_bytes() == before


def test_noen_skriver_samtidig(
    kjor: Kjor, klassen: Path, liste: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Who changed the file between our reading and our writing keeps what they wrote."""
    table, real = klassen / "deltakere.csv", deltakerimport._added
    calls: list[int] = []

    def meanwhile(path: Path, raw: bytes, rader: Any) -> bytes:  # noqa: ANN401 - as the real one
        data = real(path, raw, rader)
        if not calls:
            table.write_bytes(raw + b"X1;;;;;\n")
        calls.append(1)
        return data

    monkeypatch.setattr(deltakerimport, "_added", meanwhile)
    assert kjor("deltakere", "importer", liste, "--mappe", klassen).exit_code == 0
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[1] == "X1;;;;;"
    assert len(lines) == 5


def test_prov_skriver_ingenting(kjor: Kjor, klassen: Path, liste: Path, tmp_path: Path) -> None:
    before = innhold(klassen)
    result = kjor("deltakere", "importer", liste, "--mappe", klassen, "--nokkel", tmp_path / "n.csv", "--prov")
    assert "3 deltakere ville blitt lagt til." in result.stderr
    assert innhold(klassen) == before
    assert not (tmp_path / "n.csv").exists()


def test_idene_folger_ikke_alfabetet(kjor: Kjor, klassen: Path, tmp_path: Path) -> None:
    """A list is sorted by name; ids in its order would tell who is who. (Forty in order by chance: 1 in 10⁴⁷.)"""
    rows: list[list[Any]] = [["Navn"], *([f"Elev {i:02d}"] for i in range(40))]
    kjor("deltakere", "importer", bok(tmp_path / "l.xlsx", rows), "--mappe", klassen, "--nokkel", tmp_path / "n.csv")
    ids = [row["id"] for row in sorted(nokkelrader(tmp_path / "n.csv"), key=lambda row: int(row["rad"]))]
    assert sorted(ids) == [f"D{i:02d}" for i in range(1, 41)]
    assert ids != sorted(ids)
    table = (klassen / "deltakere.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert table == sorted(table)


def test_egne_ider_bare_nar_man_ber_om_det(kjor: Kjor, klassen: Path, tmp_path: Path) -> None:
    rows = [
        ["Id", "Gruppe"],
        ["E-7", "med-grunnskole"],
        ["E-8", "med-grunnskole"],
        ["E-8", ""],
        ["../x", ""],
        [NUMMER, ""],
    ]
    path = bok(tmp_path / "l.xlsx", rows)
    faulty = kjor("deltakere", "importer", path, "--mappe", klassen, "--behold-id")
    assert faulty.exit_code == 3
    assert [line.partition("Elever]:")[2].split()[1] for line in faulty.stderr.splitlines()] == ["A4", "A5", "A6"]
    bok(path, rows[:3])
    assert kjor(
        "deltakere", "importer", path, "--mappe", klassen, "--behold-id", "--prov", "--format", "csv"
    ).stdout == (
        "id;rad;ny;start;slutt;sluttarsak;gruppe;ytelse\nE-7;2;true;;;;med-grunnskole;\nE-8;3;true;;;;med-grunnskole;\n"
    )
    result = kjor("deltakere", "importer", path, "--mappe", klassen)
    assert "Id fra et annet system, ikke lest" in result.stderr
    assert "E-7" not in innhold(klassen)


@pytest.mark.parametrize(
    ("ord_", "ventet"),
    [
        (("--ark", "Elvr"), "Mente du «Elever»?"),
        (("--prefiks", "../"), "kan ikke være en id"),
        (("--prefiks", "D1"), "kan ikke slutte på et tall"),
        (("--nokkel", "n.xlsx"), ".csv"),
    ],
)
def test_feil_bruk(kjor: Kjor, klassen: Path, liste: Path, monkeypatch: pytest.MonkeyPatch, ord_: tuple[str, ...], ventet: str) -> None:  # fmt: skip
    monkeypatch.chdir(liste.parent)
    result = kjor("deltakere", "importer", liste, "--mappe", klassen, *ord_)
    assert result.exit_code in {2, 3}
    assert ventet in result.stderr


@pytest.mark.parametrize("innhold_", [b"", b"PK\x03\x04tull", b"bare tekst\n", b"\x00\x01\xff"])
def test_en_fil_som_ikke_er_en_liste(kjor: Kjor, klassen: Path, tmp_path: Path, innhold_: bytes) -> None:
    for name in ("l.csv", "l.xlsx", "l.ods"):
        (tmp_path / name).write_bytes(innhold_)
        result = kjor("deltakere", "importer", tmp_path / name, "--mappe", klassen)
        assert result.exit_code == 3, (name, result.output)
        assert len(result.stderr.splitlines()) == 1


def test_deltakere_som_ikke_star_i_en_csv(kjor: Kjor, klassen: Path, liste: Path) -> None:
    setup = klassen / "oppfolging.toml"
    text = setup.read_text(encoding="utf-8")
    setup.write_text(text.replace('deltakere = "deltakere.csv"', "deltakere = []"), encoding="utf-8")
    result = kjor("deltakere", "importer", liste, "--mappe", klassen)
    assert result.exit_code == 2
    assert "Deltakerne står i oppfolging.toml." in result.stderr


def test_ny_lager_ingenting_nar_listen_har_feil(kjor: Kjor, tmp_path: Path) -> None:
    path = bok(tmp_path / "l.xlsx", [["Navn", "Start"], ["Kari", "i morgen"]])
    result = kjor("ny", tmp_path / "bua", "--rutiner", "oslo", "--deltakere", path, "--nokkel", tmp_path / "n.csv")
    assert result.exit_code == 3
    assert os.listdir(tmp_path) == ["l.xlsx"]  # noqa: PTH208 - the names are what is asked for
    assert kjor("ny", tmp_path / "bua", "--rutiner", "oslo", "--nokkel", tmp_path / "n.csv").exit_code == 2


@pytest.mark.parametrize(
    ("antall", "tatt", "ventet"),
    [
        (2, [], ["D01", "D02"]),
        (2, ["D09"], ["D10", "D11"]),
        (1, ["D099", "D7"], ["D100"]),
        (1, ["E44", "d3"], ["D4"]),
    ],
)
def test_nye_ider(antall: int, tatt: list[str], ventet: list[str]) -> None:
    assert new_ids(antall, tatt, "D") == ventet


def test_formler_i_navn_blir_ikke_regnet_ut_i_nokkelen(kjor: Kjor, klassen: Path, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text('Navn\n"=HYPERLINK(""x"")"\n@SUM\n', encoding="utf-8")
    words = ("deltakere", "importer", tmp_path / "l.csv", "--mappe", klassen, "--nokkel", tmp_path / "n.csv")
    kjor(*words)
    assert all(row["navn"].startswith("'") for row in nokkelrader(tmp_path / "n.csv"))
    assert "2 sto der fra før." in kjor(*words).stderr
