"""The flat data set: the same sums as from one folder a class, whatever the dialect and the order of the rows."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import pytest

from oppfolgingscli.feil import Feil, Inndatafeil
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.revisjon.klassevei import klasseresultat
from oppfolgingscli.revisjon.resultat import Klasse, Samlet, merge
from oppfolgingscli.vurder import vurder

pl = pytest.importorskip("polars")

from masse.test_mot_klassevei import alike  # noqa: E402 - only where polars is installed
from oppfolgingscli.masse import les_bytes  # noqa: E402 - as above
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
    feil: list[Feil] = []
    data = open_datasett(mappe, feil)
    assert feil == []
    assert data is not None
    return data


@pytest.mark.parametrize("kjent", [None, date(2024, 1, 1)])
def test_the_same_sums_as_a_folder_a_class(tmp_path: Path, kjent: date | None) -> None:
    data = opened(write_flat(tmp_path / "flat"))
    alike(class_by_class(tmp_path / "mapper", kjent=kjent), data.samlet(PER, kjent))
    assert data.funn.antall == {"uten_id": 1}


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
    assert mixed.funn.antall == {"uten_id": 1}, "what was counted before it was known is forgotten"


def test_groups_of_one_class_at_a_time(tmp_path: Path) -> None:
    data = opened(write_flat(tmp_path / "a"))
    groups = list(data.grupper(PER, rader=1))
    assert sorted(k.id for _slag, g in groups for k in g.klasser) == list(KLASSER)
    alike(opened(tmp_path / "a").samlet(PER), opened(tmp_path / "a").samlet(PER, rader=1))


def figures(samlet: Samlet) -> Samlet:
    """All but what the reader found wrong."""
    for kode in ("uten_id", "ulest_rad", "ukjent_klasse", "fodselsnummer", "rettelse_uten_rad", "ulest_periode"):
        samlet.kvalitet.rader.pop(kode, None)
        samlet.kvalitet.berorte.pop(kode, None)
    return samlet


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_rows_that_cannot_be_read_are_counted_and_placed(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    add(mappe / "kontakter.csv", """\
K1;x1;2024-13-01;samtale;;D1;;;;;;;
K1;x2;2024-02-01;;;D1;;;;;;;
K7;x3;2024-02-01;samtale;;D1;;;;;;;
K1;x4;2024-02-01;samtale;;D1;;;;;;01010112345;
K1;borte.utgar1;2024-02-01;samtale;;D1;;;;;;;
K1;x5;2024-02-01;samtale;;01010112345;;;;;;;
""")  # fmt: skip
    add(mappe / "deltakere.csv", "K1;D3;i fjor;;;\nK7;D1;;;;\nK1;D1;;;c;\nK1;01010112345;;;;\n")
    add(mappe / "perioder.csv", """\
K1;D8;pause;2024-01-01;;;;
K1;D1;pause;2024-01-01;2023-01-01;;;
K1;D1;fritak;;;samtalen;;
K2;D2;gruppe;2024-01-01;;c;;
K7;D1;pause;2024-01-01;;;;
""")  # fmt: skip
    data = opened(mappe)
    found = data.samlet(PER)
    assert data.funn.antall == {
        "uten_id": 1, "ulest_rad": 4, "ukjent_klasse": 3, "fodselsnummer": 3, "rettelse_uten_rad": 1, "ulest_periode": 4,
    }  # fmt: skip
    places = {(Path(file).name, kode): rows for (file, kode), rows in data.funn.rader.items()}
    assert places == {
        ("kontakter.csv", "uten_id"): [15], ("kontakter.csv", "ulest_rad"): [22, 23], ("kontakter.csv", "ukjent_klasse"): [24],
        ("kontakter.csv", "fodselsnummer"): [25, 27], ("kontakter.csv", "rettelse_uten_rad"): [],
        ("deltakere.csv", "ulest_rad"): [7, 9], ("deltakere.csv", "ukjent_klasse"): [8], ("deltakere.csv", "fodselsnummer"): [10],
        ("perioder.csv", "ulest_periode"): [7, 8, 9, 10], ("perioder.csv", "ukjent_klasse"): [11],
    }  # fmt: skip
    assert {kode: found.kvalitet.rader[kode] for kode in data.funn.antall} == data.funn.antall
    alike(figures(opened(write_flat(tmp_path / "b")).samlet(PER)), figures(found))
    again = data.samlet(PER)
    assert again.kvalitet.rader["ulest_rad"] == 4, "reading it again counts nothing twice"


def test_quotation_marks_in_wrong_places(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    truth = figures(opened(mappe).samlet(PER))
    add(mappe / "kontakter.csv", """\
K1;x1;2024-02-01;samtale;;D1;;;;;;"ikke lukket;
K1;x2;2024-02-02;samtale;;D1;;;;;;12" skjerm;
K2;x3;2024-02-02;ukjent;;D1;;;;;;"to
linjer; ""sitert"" her";
K2;x4;2024-02-03;ukjent;;D1;;;;;;en 12" og en 14" skjerm;
""")  # fmt: skip
    data = opened(mappe)
    found = data.samlet(PER)
    assert data.funn.antall == {"uten_id": 1, "ulest_rad": 2}
    assert found.kvalitet.rader["ukjent_type"] == truth.kvalitet.rader["ukjent_type"] + 2
    assert found.celler == truth.celler


@pytest.mark.treg
@pytest.mark.parametrize("tegnsett", ["cp1252", "utf-16", "utf-16-be", "utf-8-sig"])
def test_character_sets_of_the_whole_file(tmp_path: Path, tegnsett: str) -> None:
    """The only letter that is no ASCII is on the last line, long after any first piece."""
    mappe = write_flat(tmp_path / "a")
    path = mappe / "kontakter.csv"
    text = path.read_text(encoding="utf-8").replace("ø", "o")
    text += "".join(f"K1;u{i};2024-02-01;ukjent;;;;;;;;;\n" for i in range(3000))
    text += "K1;siste;2024-02-05;besøk;;D1;laerer;laerer,v1;;;;;\n"
    path.write_text(text, encoding="utf-8")
    truth = opened(mappe).samlet(PER)
    path.write_bytes(text.encode(tegnsett))
    found = opened(mappe).samlet(PER)
    assert found.kvalitet.rader["ukjent_type"] == 3001  # one of them was there
    alike(truth, found)


@pytest.mark.parametrize("at", [10, (1 << 22) - 1, (1 << 22) + 5])
def test_utf_8_that_is_broken_on_one_line(tmp_path: Path, at: int) -> None:
    mappe = write_flat(tmp_path / "a")
    path = mappe / "kontakter.csv"
    start = path.read_bytes()
    padding = b"K1;u;2024-02-01;ukjent;;;;;;;;;\n"
    data = start + padding * max(0, (at - len(start)) // len(padding) + 1)
    line = data.count(b"\n") + 2
    path.write_bytes(
        data + "K1;y;2024-02-01;bes\u00f8k;;;;;;;;;\n".encode() + b"K1;z;2024-02-01;bes\xf8k;;;;;;;;;\n" + padding
    )
    feil: list[Feil] = []
    assert open_datasett(mappe, feil) is None
    assert [(f.kode, f.sted.linje if f.sted else 0) for f in feil] == [("ukjent_tegnsett", line)]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64])
def test_letters_cut_in_two_by_the_pieces_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(les_bytes, "BIT", size)
    file = tmp_path / "x.csv"
    for text, encoding in (("blåbær 😀 på skjæret\n", "utf-8"), ("blåbær\npå skjæret\n", "cp1252")):
        file.write_bytes(text.encode(encoding))
        assert les_bytes.look_through(file, [file]).tegnsett == encoding
        assert les_bytes.look_through(file, [file]).sha256 == sha256(text.encode(encoding)).hexdigest()
    file.write_bytes("æ\n".encode() * 9 + b"\xe6\n")
    with pytest.raises(Inndatafeil) as found:
        les_bytes.look_through(file, [file])
    assert [f.sted.linje for f in found.value.feil if f.sted] == [10]


def test_faults_of_all_the_files_at_once(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    (mappe / "kontakter.csv").write_text("klasse;id;dato;deltaker\n", encoding="utf-8")
    (mappe / "deltakere.csv").write_text("", encoding="utf-8")
    (mappe / "perioder.parquet").write_bytes(b"nei")
    add(mappe / "klasser.csv", "\nK4;finnes-ikke;oslo;2023-08-21;2025-06-20;;\nK5;test.toml;oslo;2025-08-21;2025-06-20;;\n"
        "K1;test.toml;oslo;2023-08-21;2025-06-20;;\n01010112345;test.toml;oslo;2023-08-21;;;\n")  # fmt: skip
    feil: list[Feil] = []
    assert open_datasett(mappe, feil) is None
    assert sorted((Path(f.sted.fil).name, f.sted.linje, f.kode) for f in feil if f.sted) == [
        ("deltakere.csv", None, "tom_fil"),
        ("klasser.csv", 5, "ukjent_rutinesett"),
        ("klasser.csv", 6, "slutt_for_start"),
        ("klasser.csv", 7, "like_id"),
        ("klasser.csv", 8, "fodselsnummer"),
        ("klasser.csv", 8, "ugyldig_dato"),
        ("kontakter.csv", 1, "mangler_kolonne"),
        ("perioder.parquet", None, "to_filer"),
    ]
    assert "01010112345" not in "".join(map(str, feil))


def test_a_folder_of_parquet_and_dates_as_dates(tmp_path: Path) -> None:
    """As Spark and other engines write: a folder a table, parts by class; days as days and instants."""
    truth = opened(write_flat(tmp_path / "a")).samlet(PER)
    mappe = write_flat(tmp_path / "b")
    rows = pl.read_csv(mappe / "kontakter.csv", separator=";", infer_schema=False).filter(
        pl.col("dato").str.len_chars() == 10
    )
    plain = pl.read_csv(mappe / "kontakter.csv", separator=";", infer_schema=False).filter(
        pl.col("dato").str.len_chars() != 10
    )
    dated = rows.with_columns(
        pl.col("dato").str.to_datetime().dt.replace_time_zone("Europe/Oslo").dt.convert_time_zone("UTC")
    )
    odd = plain.with_columns(
        pl.Series("dato", ["2023-10-04", "2023-10-25"])
        .str.to_datetime()
        .dt.replace_time_zone("Europe/Oslo")
        .dt.convert_time_zone("UTC")
    )
    pl.concat([dated, odd]).sort("klasse").write_parquet(mappe / "kontakter", partition_by="klasse", mkdir=True)
    (mappe / "kontakter.csv").unlink()
    people = pl.read_csv(mappe / "deltakere.csv", separator=";", try_parse_dates=True)
    people.write_parquet(mappe / "deltakere.parquet")
    (mappe / "deltakere.csv").unlink()
    classes = pl.read_csv(mappe / "klasser.csv", separator=";", try_parse_dates=True)
    classes.write_parquet(mappe / "klasser.parquet")
    (mappe / "klasser.csv").unlink()
    found = opened(mappe)
    assert found.filer["kontakter"].er_parquet
    alike(truth, found.samlet(PER))


@pytest.mark.treg
@pytest.mark.parametrize("seed", range(4))
def test_a_data_set_in_parts(tmp_path: Path, seed: int) -> None:
    """Each class in one part; one of the parts counts what belongs to no class."""
    mappe = write_flat(tmp_path / "a")
    add(mappe / "kontakter.csv", "K7;x3;2024-02-01;samtale;;D1;;;;;;;\nK2;x4;2024-02-01;;;01010112345;;;;;;;\n")
    add(mappe / "deltakere.csv", "K7;D1;;;;\n")
    truth = opened(mappe).samlet(PER)
    luck = random.Random(seed)  # noqa: S311 - no secret
    part_of = [luck.randrange(3) for _klasse in KLASSER]
    whole = Samlet()
    for part in range(3):
        mine = [k for k, p in zip(KLASSER, part_of, strict=True) if p == part]
        data = open_datasett(mappe, [], mine, ukjente=part == 0)
        assert data is not None
        whole += pickle.loads(pickle.dumps(data.samlet(PER)))  # noqa: S301 - our own, as between machines
    alike(truth, whole)


def mutated(data: bytes, luck: random.Random) -> bytes:
    """The same with a few places broken: bytes changed, taken out, put in, doubled."""
    out = bytearray(data)
    for _time in range(luck.randrange(1, 4)):
        at = luck.randrange(len(out) + 1)
        piece = luck.choice(
            [
                b'"',
                b";",
                b"\r",
                b"\n",
                b"\x00",
                b"\xff",
                "ø".encode(),
                b"\x1e",
                b"\x1f",
                b"sep=,\n",
                b"-",
                b";01010112345;",
            ]
        )
        out[at : at + luck.choice([0, 0, 1, 40])] = piece * luck.choice([1, 1, 3])
    return bytes(out)


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(n, marks=pytest.mark.treg) for n in range(6, 60))])
def test_whatever_is_in_the_files_it_is_faults_or_findings(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311 - no secret
    mappe = write_flat(tmp_path / "a")
    path = mappe / luck.choice(
        ["klasser.csv", "deltakere.csv", "perioder.csv", "kontakter.csv", "hendelser.csv", "personer.csv"]
    )
    path.write_bytes(mutated(path.read_bytes(), luck))
    feil: list[Feil] = []
    data = open_datasett(mappe, feil)
    assert (data is None) == bool(feil)
    if data is not None:
        try:
            data.samlet(PER)
        except Inndatafeil as error:
            feil.extend(error.feil)
    assert "01010112345" not in "".join(map(str, feil))


def test_line_breaks_of_an_old_program(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    path = mappe / "kontakter.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    feil: list[Feil] = []
    assert open_datasett(mappe, feil) is None
    assert "linjeskift fra et gammelt program" in str(feil[0])


def test_blank_rows_are_nothing(tmp_path: Path) -> None:
    mappe = write_flat(tmp_path / "a")
    truth = opened(mappe).samlet(PER)
    for name in ("kontakter", "deltakere", "perioder", "hendelser"):
        add(mappe / f"{name}.csv", ";;;;;;;;;;;;\n\n;;\n")
    data = opened(mappe)
    alike(truth, data.samlet(PER))
    assert data.funn.antall == {"uten_id": 1}
