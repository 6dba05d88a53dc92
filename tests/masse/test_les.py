"""The flat data set: the same sums as from one folder a class, whatever the dialect and the order of the rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.revisjon.klassevei import klasseresultat
from oppfolgingscli.revisjon.resultat import Klasse, Samlet, merge
from oppfolgingscli.vurder import vurder

pl = pytest.importorskip("polars")

from masse.test_mot_klassevei import alike  # noqa: E402 - only where polars is installed
from oppfolgingscli.masse.les import Datasett, SpredtFeil, open_datasett  # noqa: E402 - as above

PER = date(2024, 6, 30)
SETT = """
format = 1
[rutinesett]
id = "test"
navn = "Test"
kilde = "oppdiktet"
fylke = "Oslo"
[roller.laerer]
navn = "Lærer"
etat = "skole"
[roller.veileder]
navn = "Veileder"
etat = "nav"
[[rutiner]]
id = "samtale"
navn = "Samtale"
type = "samtale"
niva = "deltaker"
ansvarlig = "laerer"
frekvens = { antall = 1, per = "maned" }
[[rutiner]]
id = "besok"
navn = "Besøk"
type = "besok"
niva = "deltaker"
ansvarlig = "laerer"
krever = ["veileder"]
frekvens = { hver = "3 uker", senest = "4 uker" }
gjelder = { i_praksis = true }
[[rutiner]]
id = "varsel"
navn = "Varsel"
type = "varsel"
niva = "deltaker"
ansvarlig = "laerer"
frekvens = { ved = "fravaer", innen = "3 virkedager" }
[[rutiner]]
id = "mote"
navn = "Møte"
type = "mote"
niva = "klasse"
ansvarlig = "laerer"
frekvens = { antall = 1, per = "semester" }
"""
KLASSER = ("K1", "K2", "K3")
DELTAKERE = """
klasse;id;start;slutt;gruppe;ytelse
K1;D1;;;a;kvp
K1;D2;;2024-03-01;b;kvp
K2;D1;2023-10-01;;a;
K2;D2;;;;
K3;D1;;;a;kvp
"""
PERIODER = """
klasse;deltaker;slag;fra;til;verdi;grunn;registrert
K1;D1;praksis;2023-09-01;;;;
K1;D2;pause;2023-11-01;2023-11-20;;permisjon;2023-12-24
K2;D1;praksis;2024-01-08;2024-05-01;;;
K2;D2;gruppe;2024-01-01;;b;;
K3;D1;fritak;;;samtale;sykdom;
"""
KONTAKTER = """
klasse;id;dato;type;rutine;deltaker;utfort_av;deltok;form;varighet;status;notat;registrert
K1;k1;2023-09-04;samtale;;D1;laerer;;;;;;2023-09-20
K1;k2;4.10.2023;Samtale;;D1,D2;laerer;;fysisk;;gjennomført;;
K1;k3;2023-09-15;besøk;;D1;laerer;laerer,v1;;;;;
K1;k4;2023-10-25 12:30;besøk;;D1;v1;laerer;;;;;
K1;k5;2023-11-15;besok;;D1;laerer;laerer;;;;;
K1;k6;2023-11-16;samtale;;*;laerer;;;;;;
K1;k6.rett1;2023-12-16;samtale;;*;laerer;;;;;rettet;2024-01-02
K1;k7;2024-01-10;samtale;;D1;laerer;;;;ikke møtt;;
K1;k8;2024-01-11;samtale;;D9;laerer;;;;;;
K1;k9;2024-01-12;mote;;;laerer;;;;;;
K1;k9;2024-01-12;mote;;;laerer;;;;;;
K2;k1;2023-10-14;samtale;;D1;laerer;;;;;;2024-02-01
K2;k2;2023-11-14;samtale;samtale;D1;laerer;;;;;;
K2;;2024-02-14;samtale;;D2;laerer;;;;;;
K2;k4;2024-02-14;samtale;;D2;laerer;;;;;;
K2;k5;2024-03-05;varsel;;D2;laerer;;;;;;
K2;k6;2024-03-05;ukjent;;D2;laerer;;;;;;
K2;k7;2024-02-20;besok;;D1;veileder;veileder;;;;;
K2;k8;2024-05-20;samtale;;D1;laerer;;;;;;
K2;k8.utgar1;2024-05-20;samtale;;D1;laerer;;;;;;2024-05-21
"""
HENDELSER = """
klasse;id;dato;type;deltaker;oppdaget;notat;registrert
K2;h1;2024-03-01;fravaer;D2;;;
K2;h2;2024-03-01;fravær;D2;;;
K1;h1;2024-04-01;fravaer;D2;;;
K1;h2;2024-02-01;fravar;*;;;
"""
PERSONER = "klasse;id;rolle\nK1;v1;veileder\n"


def rader(tekst: str) -> list[str]:
    return [line.strip() for line in dedent(tekst).strip().splitlines()]


def write_flat(mappe: Path, mix: Callable[[list[str]], list[str]] = list, *, skille: str = ";") -> Path:
    mappe.mkdir(exist_ok=True)
    (mappe / "test.toml").write_text(SETT, encoding="utf-8")
    (mappe / "personer.csv").write_text(PERSONER, encoding="utf-8")
    klasser = ["klasse;rutinesett;skolerute;start;slutt;fylke;skole"]
    klasser += [f"{k};test.toml;oslo;2023-08-21;2025-06-20;;Skole {k}" for k in KLASSER]
    (mappe / "klasser.csv").write_text("\n".join(klasser), encoding="utf-8")
    for name, text in (
        ("deltakere", DELTAKERE),
        ("perioder", PERIODER),
        ("kontakter", KONTAKTER),
        ("hendelser", HENDELSER),
    ):
        head, *rows = rader(text)
        lines = [head, *mix(rows)]
        if skille != ";":
            lines = [skille.join(f'"{cell}"' if skille in cell else cell for cell in line.split(";")) for line in lines]
        (mappe / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return mappe


def class_by_class(tmp_path: Path, per: date = PER, kjent: date | None = None) -> Samlet:
    """The truth: a folder a class, opened, judged and counted as every command does."""

    def of(klasse: str) -> None:
        folder = tmp_path / klasse
        folder.mkdir(parents=True)
        (folder / "test.toml").write_text(SETT, encoding="utf-8")
        people = '[personer.v1]\nnavn = "V"\nrolle = "veileder"\n' if klasse == "K1" else ""
        (folder / "oppfolging.toml").write_text(
            'format = 1\ndeltakere = "deltakere.csv"\n[klasse]\n'
            f'id = "{klasse}"\nnavn = "K"\nrutinesett = "test.toml"\nskolerute = "oslo"\n'
            f"start = 2023-08-21\nslutt = 2025-06-20\n{people}",
            encoding="utf-8",
        )
        for name, text in (
            ("deltakere", DELTAKERE),
            ("perioder", PERIODER),
            ("kontakter", KONTAKTER),
            ("hendelser", HENDELSER),
        ):
            head, *rows = rader(text)
            mine = [row.partition(";")[2] for row in rows if row.startswith(f"{klasse};")]
            (folder / f"{name}.csv").write_text("\n".join([head.partition(";")[2], *mine]) + "\n", encoding="utf-8")

    results = []
    for klasse in KLASSER:
        of(klasse)
        opened = open_arbeidsmappe(tmp_path / klasse)
        logg = read_logg(tmp_path / klasse, kjent)
        roller = {name: person.rolle for name, person in opened.oppsett.personer.items()}
        who = Klasse(klasse, "Oslo", f"Skole {klasse}", "test")
        results.append(klasseresultat(vurder(opened.opplegg, logg, roller, per, kjent), klasse=who, logg=logg))
    return merge(results)


def opened(mappe: Path) -> Datasett:
    feil: list[object] = []
    data = open_datasett(mappe, feil)  # type: ignore[arg-type] # only looked at
    assert feil == []
    return data


def of_reading(truth: Samlet) -> Samlet:
    """Leave out what is found when a log is read: in a data set it is counted by the reader, in ``funn``."""
    for kode in ("uten_id", "ulest_rad"):
        truth.kvalitet.rader.pop(kode, None)
        truth.kvalitet.berorte.pop(kode, None)
    return truth


@pytest.mark.parametrize("kjent", [None, date(2024, 1, 1)])
def test_the_same_sums_as_a_folder_a_class(tmp_path: Path, kjent: date | None) -> None:
    data = opened(write_flat(tmp_path / "flat"))
    alike(of_reading(class_by_class(tmp_path / "mapper", kjent=kjent)), data.samlet(PER, kjent))
    assert data.funn == {"uten_id": 1}


def test_commas_other_names_and_parquet(tmp_path: Path) -> None:
    truth = opened(write_flat(tmp_path / "a")).samlet(PER)
    commas = write_flat(tmp_path / "b", skille=",")
    text = (commas / "kontakter.csv").read_text(encoding="utf-8")
    (commas / "kontakter.csv").write_text(
        "\ufeff" + text.replace("klasse,id,dato", "Class,contact_id,Date", 1), encoding="utf-8"
    )
    alike(truth, opened(commas).samlet(PER))
    columns = write_flat(tmp_path / "c")
    for name in ("deltakere", "perioder", "kontakter", "hendelser"):
        pl.read_csv(columns / f"{name}.csv", separator=";", infer_schema=False).write_parquet(
            columns / f"{name}.parquet"
        )
        (columns / f"{name}.csv").unlink()
    alike(truth, opened(columns).samlet(PER))


@pytest.mark.parametrize("seed", range(3))
def test_classes_that_do_not_stand_together(tmp_path: Path, seed: int) -> None:
    truth = opened(write_flat(tmp_path / "a")).samlet(PER)

    def mix(rows: list[str]) -> list[str]:
        return random.Random(seed).sample(rows, len(rows))  # noqa: S311 - no secret

    mixed = opened(write_flat(tmp_path / "b", mix))
    with pytest.raises(SpredtFeil):
        list(mixed.grupper(PER))
    mixed = opened(tmp_path / "b")
    alike(truth, mixed.samlet(PER))
    assert mixed.funn == {"uten_id": 1}, "what was counted before it was known is forgotten"


def test_groups_of_one_class_at_a_time(tmp_path: Path) -> None:
    data = opened(write_flat(tmp_path / "a"))
    groups = list(data.grupper(PER, rader=1))
    assert sorted(k.id for _slag, g in groups for k in g.klasser) == list(KLASSER)
    alike(opened(tmp_path / "a").samlet(PER), opened(tmp_path / "a").samlet(PER, rader=1))


def test_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    with (mappe / "kontakter.csv").open("a", encoding="utf-8") as file:
        file.write("K1;x1;2024-13-01;samtale;;D1;;;;;;;\n")  # no such month
        file.write("K1;x2;2024-02-01;;;D1;;;;;;;\n")  # no type
        file.write("K7;x3;2024-02-01;samtale;;D1;;;;;;;\n")  # no such class
        file.write("K1;x4;2024-02-01;samtale;;D1;;;;;;01010112345;\n")
        file.write("K1;borte.utgar1;2024-02-01;samtale;;D1;;;;;;;\n")  # takes out what is not there
        file.write("K1;x5;2024-02-01;samtale;;01010112345;;;;;;;\n")
    with (mappe / "deltakere.csv").open("a", encoding="utf-8") as file:
        file.write("K1;D3;i fjor;;;\nK7;D1;;;;\n")
    data = opened(mappe)
    alike(opened(write_flat(tmp_path / "b")).samlet(PER), data.samlet(PER))
    assert data.funn == {"uten_id": 1, "ulest_rad": 3, "ukjent_klasse": 2, "fodselsnummer": 2, "rettelse_uten_rad": 1}


def test_a_table_without_a_needed_column(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    (mappe / "kontakter.csv").write_text("klasse;id;dato;deltaker\n", encoding="utf-8")
    with pytest.raises(Inndatafeil) as found:
        opened(mappe).samlet(PER)
    assert [f.kode for f in found.value.feil] == ["mangler_kolonne"]


def test_a_file_in_another_character_set_says_so(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    text = (mappe / "kontakter.csv").read_text(encoding="utf-8")
    (mappe / "kontakter.csv").write_bytes(text.encode("cp1252"))
    with pytest.raises(Inndatafeil) as found:
        opened(mappe).samlet(PER)
    assert [f.kode for f in found.value.feil] == ["ukjent_tegnsett"]


def test_a_class_of_an_unknown_routine_set(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    with (mappe / "klasser.csv").open("a", encoding="utf-8") as file:
        file.write(
            "\nK4;finnes-ikke;oslo;2023-08-21;2025-06-20;;\nK5;test.toml;oslo;2025-08-21;2025-06-20;;\nK1;test.toml;oslo;2023-08-21;2025-06-20;;\n"
        )
    feil: list[object] = []
    open_datasett(mappe, feil)  # type: ignore[arg-type] # only looked at
    assert [f.kode for f in feil] == ["ukjent_rutinesett", "slutt_for_start", "like_id"]  # type: ignore[attr-defined]
