"""What docs/maskinsvar.md says of machine output is what the commands print: keys, their order, types and nulls."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dokumenter import DOKUMENTER, blokker, tabeller
from hjelp import ROT, Kjor
from oppfolgingscli.modell import rutinesett as modeller
from oppfolgingscli.modell.tabell import Tabell as Modell

TEKST = (DOKUMENTER / "maskinsvar.md").read_text(encoding="utf-8")
SEMANTIKK = blokker((DOKUMENTER / "semantikk.md").read_text(encoding="utf-8"))
SVAR = {next(iter(t.ord)): t for t in tabeller(TEKST, "svar")}
PER = "2024-05-06"


@pytest.fixture
def klassen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class with every kind of point, row and finding: the examples of docs/semantikk.md in one."""

    def blocks(**wanted: str) -> str:
        ((key, value),) = wanted.items()
        return "\n".join(b.tekst for b in SEMANTIKK if b.ord.get(key) == value)

    # A year more, so that some dates of the school calendar are not confirmed.
    setup = blocks(felles="oppfolging.toml").replace("slutt = 2025-06-20", "slutt = 2026-06-19") + blocks(
        oppsett="pauser"
    )
    routines = [blocks(felles="rutiner.toml"), blocks(rutiner="loggen")]
    routines += [blocks(eksempel=name) for name in ("etter-noe", "intervall", "vilkar", "behov")]
    (tmp_path / "oppfolging.toml").write_text(setup, encoding="utf-8")
    (tmp_path / "rutiner.toml").write_text("\n".join(routines), encoding="utf-8")
    (tmp_path / "kontakter.csv").write_text(f"{blocks(logg='loggen')}v1;2024-04-04;varsel;;D01;;;;\n", encoding="utf-8")
    events = next(b.tekst for b in SEMANTIKK if b.ord.get("logg") == "utlost" and b.ord["fil"] == "hendelser")
    (tmp_path / "hendelser.csv").write_text(events, encoding="utf-8")
    (tmp_path / "avtaler.csv").write_text(blocks(logg="avtaler"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _keys(name: str, *, optional: bool = True) -> list[str]:
    return [row["nøkkel"].strip("`") for row in SVAR[name].rader if optional or "valgfri" not in row[""]]


def _fits(value: Any, kind: str) -> bool:  # noqa: ANN401 - whatever JSON holds
    if kind == "dato":
        return isinstance(value, str) and str(date.fromisoformat(value)) == value
    if kind == "navn":
        return isinstance(value, str) or (isinstance(value, dict) and "nb" in value)
    if kind == "liste av tekst":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind in ("liste av tall", "liste av heltall"):
        return isinstance(value, list) and all(_fits(item, kind.removeprefix("liste av ")) for item in value)
    if kind == "tall":
        return type(value) in (int, float)
    types = {"tekst": str, "heltall": int, "sant/usant": bool, "objekt": dict, "liste": list}
    return type(value) is types[kind.split(" av ", maxsplit=1)[0]]


def _check(row: dict[str, Any], *names: str) -> None:
    """Compare an object with the tables of its keys, in order."""
    said: dict[str, dict[str, str]] = {}
    for name in names:
        for line in SVAR[name].rader:
            key = line["nøkkel"].strip("`")
            if key in row or "valgfri" not in line[""]:
                said[key] = line
    assert list(row) == list(said), names
    for key, line in said.items():
        if row[key] is None:
            assert "null" in line[""], (names, key)
        else:
            assert _fits(row[key], line["type"]), (names, key, row[key])


def _check_all(rows: list[dict[str, Any]], *names: str) -> None:
    assert rows, names
    for row in rows:
        _check(row, *names)


def _json(kjor: Kjor, *words: str, code: int = 0) -> Any:  # noqa: ANN401
    result = kjor(*words, "--format", "json")
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)


@pytest.mark.usefixtures("klassen")
def test_utvid(kjor: Kjor) -> None:
    answer = _json(kjor, "utvid", "--per", PER)
    _check(answer, "utvid")
    _check_all(answer["punkter"], "punkt")
    _check_all(answer["varsler"], "varsel")
    assert any("grunn" in p for p in answer["punkter"])


@pytest.mark.usefixtures("klassen")
def test_sjekk(kjor: Kjor) -> None:
    answer = _json(kjor, "sjekk", "--per", PER, code=1)
    _check(answer, "sjekk")
    _check_all(answer["punkter"], "punkt", "domt")
    _check_all(answer["avtaler"], "avtale")
    _check_all(answer["ikke_talt"], "ikke_talt")
    _check_all(answer["funn"], "funn")
    assert all(answer[key] for key in ("utover_plan", "ufullstendige", "pausedager", "nylig_mistet"))
    assert {"forfalt", "mangler", "fritatt"} < {p["status"] for p in answer["punkter"]}
    assert any("oppdaget_etter" in p for p in answer["punkter"])


@pytest.mark.usefixtures("klassen")
def test_rapport(kjor: Kjor) -> None:
    answer = _json(kjor, "rapport", "--per", PER)
    _check(answer, "rapport")
    _check_all([*answer["rader"], answer["totalt"]], "rapportrad")
    for view, rows in answer["visninger"].items():
        assert rows or view in ("person", "gruppe")
        for row in rows:
            first, *after = _keys("visningsrad")
            assert list(row) == [first, *_keys("rapportrad"), *after]
            _check({key: row[key] for key in (first, *after)}, "visningsrad")
    for key, name in (("klokker", "klokkerad"), ("endringer", "endring"), ("kurver", "kurve"), ("utsagn", "utsagn"),
                      ("deltakere", "deltakerforlop"), ("underlag", "underlag")):  # fmt: skip
        _check_all(answer[key], name)
    assert {u["kode"] for u in answer["utsagn"]} <= set(_words("utsagn", "kode"))
    assert {tuple(k) for d in answer["deltakere"] for k in d["kontakter"]} == {
        tuple(_words("deltakerforlop", "kontakter")[:4])
    }
    assert {tuple(m) for d in answer["deltakere"] for m in d["maneder"]} == {tuple(_words("deltakerforlop", "maneder"))}
    assert {row["periode"] for row in answer["rader"]} >= {None, "2023-host", "2024-var"}
    for key in ("grenser", "dose", "dager_dekket", "lengste_gap", "forsinkelse_median", "fritatt"):
        assert any(row[key] for row in answer["rader"]), key


@pytest.mark.usefixtures("klassen")
@pytest.mark.parametrize("words", [(), ("--rutiner", "vestland")])
def test_arshjul(kjor: Kjor, words: tuple[str, ...]) -> None:
    answer = _json(kjor, "arshjul", "--per", PER, *words)
    _check(answer, "arshjul")
    _check_all(answer["poster"], "arshjulpost")
    for key in ("semestre", "ferier", "uten_dato"):
        assert {tuple(row) for row in answer[key]} == {tuple(_words("arshjul", key)[: len(answer[key][0])])}
    windows = [window for row in answer["poster"] for window in row["vinduer"]]
    assert {tuple(window) for window in windows} == {("fra", "til", "ganger", "planlagt")}


@pytest.mark.usefixtures("klassen")
@pytest.mark.parametrize("words", [(), ("--rutiner", "vestby"), ("--uten-id",)])
def test_belastning(kjor: Kjor, words: tuple[str, ...]) -> None:
    answer = _json(kjor, "belastning", "--per", PER, *words)
    _check(answer, "belastning")
    _check_all(answer["roller"], "rollelast")
    if "--rutiner" in words:  # the only set of the two with time set aside
        _check_all(answer["hyppighet"], "hyppighet")
    for key in ("uker", "utenfor"):
        assert {tuple(row) for row in answer[key]} <= {
            tuple(_words("belastning", key)[:4]),
            tuple(_words("belastning", key)[:2]),
        }


@pytest.mark.treg
def test_revisjon(kjor: Kjor) -> None:
    answer = _json(kjor, "revisjon", str(ROT / "eksempler"), "--per", "2025-06-20")
    _check(answer, "revisjon")
    _check_all(answer["rader"], "revisjonsrad")
    assert {row["skjult"] for row in answer["rader"]} == {True, False}
    assert {tuple(row) for row in answer["logg"]} == {tuple(_words("revisjon", "logg"))}
    assert list(answer["frafall"]) == _words("revisjon", "frafall")


@pytest.mark.usefixtures("klassen")
def test_forklaringer(kjor: Kjor) -> None:
    found = []
    for who in ("D01", "D03", "D06"):
        answer = _json(kjor, "sjekk", "--forklar", who, "--per", PER)
        _check(answer, "forklar")
        found += answer["forklaringer"]
    _check_all(found, "punkt", "domt", "forklaring")
    _check_all([f["dager"] for f in found], "dager")
    _check_all([f["klokke"] for f in found if f["klokke"]], "klokke")
    _check_all([k for f in found for k in f["kontakter"]], "kontakt")
    assert {tuple(s) for f in found for s in f["dager"]["ferier"]} == {("navn", "fra", "til")}
    assert {tuple(s) for f in found for s in f["dager"]["pauser"]} == {("fra", "til")}
    assert {f["sent_til_fra"] for f in found} <= set(_words("forklaring", "sent_til_fra"))


def _words(name: str, key: str) -> list[str]:
    (row,) = [row for row in SVAR[name].rader if row["nøkkel"] == f"`{key}`"]
    return re.findall(r"`(\w+)`", row["betyr"])


@pytest.mark.usefixtures("klassen")
def test_logg_vis(kjor: Kjor) -> None:
    answer = _json(kjor, "logg", "vis", "--rettede")
    _check(answer, "logg")
    _check_all(answer["rader"], "loggrad")
    _check_all(answer["funn"], "varsel")
    assert {row["logg"] for row in answer["rader"]} == set(_words("loggrad", "logg"))


@pytest.mark.usefixtures("klassen")
def test_kalender(kjor: Kjor) -> None:
    answer = _json(kjor, "kalender", "--per", PER)
    _check(answer, "kalender")
    _check_all(answer["filer"], "kalenderfil")
    for row in answer["ikke_plassert"]:
        assert list(row) == ["id", "dato", "grunn"]


@pytest.mark.treg
@pytest.mark.usefixtures("klassen")
@pytest.mark.parametrize("travelt", [False, True])
def test_plan(kjor: Kjor, klassen: Path, *, travelt: bool) -> None:
    if travelt:  # one meeting a day, on Mondays only: not all can have a place
        setup = klassen / "oppfolging.toml"
        calendar = '[kalender]\ntidsrom = "08:30-09:30"\ndager = ["mandag"]\nmaks_per_dag = 1\n'
        text = re.sub(r"(?s)\[kalender\].*?(?=\n\[)", "", setup.read_text(encoding="utf-8"))
        setup.write_text(text + calendar, encoding="utf-8")
    answer = _json(kjor, "plan", "--per", PER, "--prov", "--metode", "grisk")
    _check(answer, "plan")
    _check_all(answer["plan"], "planrad")
    assert set(answer["antall"]) == set(_words("plan", "antall"))
    assert {row["tilstand"] for row in answer["plan"]} <= set(_words("planrad", "tilstand"))
    if travelt:
        _check_all(answer["arsaker"], "planarsak")


def test_en_kalendertjener() -> None:
    """What is told of a server is made in one place; the command against a real one is in tests/cli."""
    from oppfolgingscli.cli.kalender_caldav import _tjener
    from oppfolgingscli.tjener.adresse import parse_adresse
    from oppfolgingscli.tjener.ajour import Utfall

    _check(_tjener(parse_adresse("https://kalender.example/klassen/", "--caldav"), Utfall()), "kalendertjener")


def test_alle_grunner_til_at_et_mote_ikke_far_plass_er_beskrevet() -> None:
    from oppfolgingscli.cli.kalendersvar import GRUNNER

    sentence = re.search(r"^`grunn` i `ikke_plassert` er en av ([^.]+)\.", TEKST, re.MULTILINE)
    assert sentence is not None
    assert set(re.findall(r"`(\w+)`", sentence[1])) == set(GRUNNER)


@pytest.mark.usefixtures("klassen")
def test_rutiner_liste(kjor: Kjor) -> None:
    _check_all(_json(kjor, "rutiner", "liste"), "rutinesett")


@pytest.mark.usefixtures("klassen")
def test_rutiner_vis(kjor: Kjor) -> None:
    answer = _json(kjor, "rutiner", "vis", "rutiner.toml")
    _check(answer, "rutiner-vis")
    assert list(answer["rutinesett"]) == _fields(modeller.Hode)
    assert {tuple(role) for role in answer["roller"].values()} == {tuple(_fields(modeller.Rolle))}
    assert {tuple(phase) for phase in answer["faser"]} == {tuple(_fields(modeller.Fase))}
    assert _fields(modeller.Rutine)[0] == "merknad"
    kinds = {c.slag: c for c in (modeller.Antall, modeller.Hver, modeller.Milepael, modeller.Ved, modeller.Etter)}
    for row in answer["rutiner"]:
        own, after = list(row)[: -len(_keys("rutine"))], list(row)[-len(_keys("rutine")) :]
        assert (own, after) == (_fields(modeller.Rutine), _keys("rutine"))
        _check({key: row[key] for key in after}, "rutine")
        model = kinds.get(row["frekvens"]["slag"], modeller.Behov)
        assert list(row["frekvens"]) == ["slag", *_fields(model)]
        assert list(row["gjelder"]) == _fields(modeller.Gjelder)


@pytest.mark.usefixtures("klassen")
def test_rutiner_sammenlign(kjor: Kjor) -> None:
    answer = _json(kjor, "rutiner", "sammenlign")
    _check(answer, "sammenlign")
    _check_all(answer["sett"], "sammenlignet-sett")
    _check_all(answer["rader"], "sammenligningsrad")
    _check_all([a for row in answer["rader"] for a in (*row["skolear"], row["i_alt"]) if a], "sammenlignet-ar")
    _check_all([r for row in answer["rader"] for r in row["rutiner"]], "sammenlignet-rutine")
    assert {tuple(row) for row in answer["i_alt"]} == {("niva", "sett", "har", "skolear", "i_alt")}


@pytest.mark.usefixtures("klassen")
def test_rutiner_endringer(kjor: Kjor) -> None:
    one, two = _json(kjor, "rutiner", "endringer", "sorumsand"), _json(kjor, "rutiner", "endringer", "oslo", "vestland")
    for answer in (one, two):
        _check(answer, "endringer")
        _check(answer["forskjell"], "forskjell")
        _check_all(answer["forskjell"]["rutiner"], "rutineendring")
    for event in one["over_tid"]:
        assert list(event) == ["dato", *_keys("rutineendring")]
    assert {tuple(k) for k in two["forskjell"]["kanskje"]} == {("fra", "til", "likhet", "hyppighet", "felt")}


def _fields(model: type[Modell]) -> list[str]:
    return list(model.feltnavn())


@pytest.mark.usefixtures("klassen")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("utvid", ("utvid", "--per", PER)),
        ("sjekk", ("sjekk", "--per", PER)),
        ("rapport", ("rapport", "--per", PER)),
        ("logg", ("logg", "vis")),
    ],
)
def test_overskriftene_i_csv(kjor: Kjor, name: str, words: tuple[str, ...]) -> None:
    (said,) = [b.tekst for b in blokker(TEKST) if b.ord.get("csv") == name]
    assert kjor(*words, "--format", "csv").stdout.splitlines()[0] == said.strip()


def test_hver_tabell_blir_provd() -> None:
    """Each is named in a test above."""
    here = Path(__file__).read_text(encoding="utf-8")
    assert sorted(name for name in SVAR if f'"{name}"' not in here) == []


def test_det_samme_inn_gir_de_samme_bytene_ut(kjor: Kjor, klassen: Path) -> None:
    words = ("sjekk", "--per", PER, "--format", "json")
    before = kjor(*words).stdout
    assert kjor(*words, "--sprak", "en").stdout == before
    other = klassen / "et annet sted"
    other.mkdir()
    for file in (*klassen.glob("*.toml"), *klassen.glob("*.csv")):
        shutil.copy(file, other)
    assert kjor(*words, "--mappe", other).stdout == before


def test_ny_og_deltakere(kjor: Kjor, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Navn;Gruppe;Mobil\nKari;Med grunnskole;1\n", encoding="utf-8")
    answer = _json(kjor, "ny", str(tmp_path / "bua"), "--rutiner", "oslo", "--deltakere", str(tmp_path / "l.csv"))
    _check(answer, "ny")
    assert [list(row) for row in answer["deltakere"]] == [_words("ny", "deltakere")]
    more = _json(
        kjor, "deltakere", "importer", str(tmp_path / "l.csv"), "--mappe", str(tmp_path / "bua"), "--alle-er-nye"
    )
    _check(more, "deltakere")
    _check_all(more["rader"], "importert")
    assert set(more["utelatt"].values()) <= set(_words("deltakere", "utelatt"))


@pytest.mark.usefixtures("klassen")
def test_det_som_fores(kjor: Kjor) -> None:
    written = _json(kjor, "logg", "ny", "--deltaker", "D01", "--type", "elevsamtale")
    _check(written, "logget")
    _check(_json(kjor, "logg", "rett", written["rader"][0]["id"], "--stryk"), "logget")


def test_validering(kjor: Kjor) -> None:
    answer = _json(kjor, "rutiner", "valider", str(ROT / "tests/feil/20-ukjent-nokkel/rutiner.toml"), code=3)
    _check(answer, "valider")
    _check_all(answer["feil"], "feil")


def test_hjelp(kjor: Kjor) -> None:
    assert list(_json(kjor, "hjelp")["emner"][0]) == ["id", "tittel"]
    for word in ("sjekk", "belastning", "excel"):
        _check(_json(kjor, "hjelp", word), "hjelp")
