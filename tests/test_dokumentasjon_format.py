"""What docs/format.md says of every key is what the reader does; links and names in all the documents lead somewhere."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from dokumenter import DOKUMENTER, PAKKE, Tabell, blokker, tabeller
from hjelp import ROT
from oppfolgingscli.les import deltakere
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.les.logg_kolonner import KOLONNER, KREVD, STATUS, Slag
from oppfolgingscli.les.plan import read_plan
from oppfolgingscli.les.rutinesett import load_rutinesett
from oppfolgingscli.les.skolerute import read_skolerute
from oppfolgingscli.modell import klasse, krav, rutinesett, skolerute
from oppfolgingscli.modell.felt import SLUTTARSAKER
from oppfolgingscli.modell.ord import Etat, Per
from oppfolgingscli.modell.tabell import Felt
from oppfolgingscli.modell.tabell import Tabell as Tabellmodell
from oppfolgingscli.modell.verdier import Feltfeilene
from oppfolgingscli.tid.skolekalender import FERIER

if TYPE_CHECKING:
    from oppfolgingscli.feil import Feil

FORMAT = (DOKUMENTER / "format.md").read_text(encoding="utf-8")
KREVES = "*kreves*"


def _modell(name: str) -> type[Tabellmodell]:
    for module in (rutinesett, klasse, skolerute, krav):
        if (found := getattr(module, name, None)) is not None:
            return found  # type: ignore[no-any-return]
    raise AssertionError(name)


def _alle_modeller() -> set[str]:
    """Return the names of every table the files can hold, but those made only to read a list."""
    found: set[str] = set()
    waiting = list(Tabellmodell.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if not model.__name__.startswith("_") and model is not rutinesett.Rutinefil:
            found.add(model.__name__)
    return found


FELT = tabeller(FORMAT, "felt")


def _navn(table: Tabell) -> str:
    return next(iter(table.ord))


def _nokkel(row: dict[str, str]) -> str:
    return row["nøkkel"].strip("`")


def test_hver_tabell_i_filene_er_beskrevet() -> None:
    assert sorted(_navn(table) for table in FELT) == sorted(_alle_modeller())


def _felt(model: type[Tabellmodell], key: str) -> Felt:
    """Return how a key of a table is read."""
    return model.ogsa_nokler[key] if key in model.ogsa_nokler else model._felter[key][0]


@pytest.mark.parametrize("tabell", FELT, ids=_navn)
def test_hver_nokkel_er_beskrevet(tabell: Tabell) -> None:
    model = _modell(_navn(tabell))
    keys = {*model.feltnavn(), *model.ogsa_nokler} - {"merknad"}
    assert sorted(map(_nokkel, tabell.rader)) == sorted(keys)


@pytest.mark.parametrize("tabell", FELT, ids=_navn)
def test_det_som_kreves_er_det_som_kreves(tabell: Tabell) -> None:
    """Asked of the reader: an empty table lacks what is needed."""
    said = {_nokkel(row) for row in tabell.rader if row["ellers"] == KREVES}
    model = _modell(_navn(tabell))
    # How many is said in one of three ways; here it is said.
    written = {"antall": 1} if model is rutinesett.Antall else {}
    missing: set[str | int] = set()
    try:
        model.model_validate(written)
    except Feltfeilene as faults:
        missing = {fault.sti[0] for fault in faults.feil}
    assert missing == said


@pytest.mark.parametrize("tabell", FELT, ids=_navn)
def test_eksemplet_for_hver_nokkel_kan_leses(tabell: Tabell) -> None:
    model = _modell(_navn(tabell))
    for row in tabell.rader:
        if row["eksempel"]:
            written = tomllib.loads(f"x = {row['eksempel'].strip('`')}")["x"]
            assert _felt(model, _nokkel(row)).parse(written) is not None


@pytest.mark.parametrize("tabell", FELT, ids=_navn)
def test_det_en_nokkel_er_ellers_stemmer(tabell: Tabell) -> None:
    """Where the default is written as a value, it is that value."""
    model = _modell(_navn(tabell))
    for row in tabell.rader:
        match = re.fullmatch(r'`("[^`]*"|true|false|\d+)`', row["ellers"])
        if match is not None:
            written = tomllib.loads(f"x = {match[1]}")["x"]
            assert model._felter[_nokkel(row)][1].default == _felt(model, _nokkel(row)).parse(written), row


@pytest.mark.parametrize(
    ("name", "columns"),
    [("DELTAKERE", deltakere.DELTAKERE), ("PERIODER", deltakere.PERIODER), *KOLONNER.items()],
)
def test_kolonnene_er_beskrevet(name: str, columns: dict[str, tuple[str, ...]]) -> None:
    (table,) = (t for t in tabeller(FORMAT, "kolonner") if name in t.ord)
    said = {row["kolonne"].strip("`"): tuple(re.findall(r"`(\w+)`", row["kan også hete"])) for row in table.rader}
    assert said == columns


@pytest.mark.parametrize("slag", KOLONNER)
def test_kolonnene_som_ma_vaere_med_i_loggen_er_merket(slag: Slag) -> None:
    (table,) = (t for t in tabeller(FORMAT, "kolonner") if slag in t.ord)
    said = {row["kolonne"].strip("`") for row in table.rader if row["innhold"].startswith("*må være med")}
    assert said == set(KREVD[slag])


def test_ordene_for_hvordan_det_gikk_er_beskrevet() -> None:
    (table,) = tabeller(FORMAT, "statusord")
    said = {
        word: row["status"].strip("`")
        for row in table.rader
        for word in re.findall(r"`(\w+)`", row["status"] + row["kan også hete"])
    }
    assert said == STATUS


def test_de_faste_ordene_er_beskrevet() -> None:
    words = {*SLUTTARSAKER, *deltakere.SLAG, *get_args(Etat), *FERIER, "sommerferie", *get_args(Per)}
    assert sorted(word for word in words if f"`{word}`" not in FORMAT) == []


def test_eksempelfilene_kan_leses(tmp_path: Path) -> None:
    by_name = {next(iter(b.ord)): b.tekst for b in blokker(FORMAT) if b.ord}
    tables = {"deltakere.csv", "perioder.csv", "plan.csv", *(f"{slag}.csv" for slag in KOLONNER)}
    assert set(by_name) == {"rutinesett", "oppfolging.toml", "skolerute", *tables}
    (tmp_path / "rutiner.toml").write_text(by_name["rutinesett"], encoding="utf-8")
    assert load_rutinesett("rutiner.toml", tmp_path).hode.id == "min-skole"

    faults: list[Feil] = []
    (tmp_path / "skolerute.toml").write_text(by_name["skolerute"], encoding="utf-8")
    assert read_skolerute(tmp_path / "skolerute.toml", faults) is not None
    assert faults == []

    setup = by_name["oppfolging.toml"]
    (tmp_path / "oppfolging.toml").write_text(setup, encoding="utf-8")
    in_toml = open_arbeidsmappe(tmp_path)
    assert [d.id for d in in_toml.opplegg.deltakere] == ["D01", "D02"]

    head = setup.split("[[deltakere]]")[0].replace("[klasse]", 'deltakere = "deltakere.csv"\n\n[klasse]')
    (tmp_path / "oppfolging.toml").write_text(head, encoding="utf-8")
    for name in ("deltakere.csv", "perioder.csv"):
        (tmp_path / name).write_text(by_name[name], encoding="utf-8")
    (tmp_path / "plan.csv").write_text(by_name["plan.csv"], encoding="utf-8")
    plan = read_plan(tmp_path)
    assert [(row.dato, row.start, row.last) for line in plan.linjer if (row := line.rad)] == [
        (date(2024, 2, 8), time(8, 30), False), (date(2024, 2, 8), time(9, 30), True), (date(2024, 6, 21), None, False),
    ]  # fmt: skip
    assert plan.funn == []
    in_table = open_arbeidsmappe(tmp_path).opplegg.deltakere
    assert [d.id for d in in_table] == ["D01", "D02"]
    assert in_table[0].pauser == in_toml.opplegg.deltakere[0].pauser
    assert in_table[0].ytelse == in_toml.opplegg.deltakere[0].ytelse

    for slag in KOLONNER:
        (tmp_path / f"{slag}.csv").write_text(by_name[f"{slag}.csv"], encoding="utf-8")
    logg = read_logg(tmp_path)
    assert [k.id for k in logg.kontakter] == ["k1", "k2", "k3.rett1", "k4"]
    assert (len(logg.hendelser), len(logg.avtaler), logg.funn) == (1, 1, ())


# --- All documents ----------------------------------------------------------------------------------------------

ALLE = [ROT / "README.md", *sorted(DOKUMENTER.glob("*.md"))]


def _anker(heading: str) -> str:
    """Return the anchor a heading gets where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("fil", ALLE, ids=lambda f: f.name)
def test_lenkene_forer_et_sted(fil: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", fil.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path, _hash, anchor = target.partition("#")
        other = (fil.parent / path).resolve() if path else fil
        assert other.exists(), target
        if anchor and other.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", other.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {_anker(h) for h in headings}, target


@pytest.mark.parametrize("fil", ALLE, ids=lambda f: f.name)
def test_kode_som_nevnes_finnes(fil: Path) -> None:
    """`utvid/antall.py: expand_antall` names a file of the package and something in it."""
    for path, name in re.findall(r"`([\w/]+\.py)(?::\s+(\w+))?`", fil.read_text(encoding="utf-8")):
        at = next((base / path for base in (PAKKE, ROT) if (base / path).is_file()), None)
        assert at is not None, path
        if name:
            defined = rf"^\s*(?:async )?(?:def|class) {name}\b|^{name}\b.* = "
            assert re.search(defined, at.read_text(encoding="utf-8"), re.MULTILINE), f"{path}: {name}"
