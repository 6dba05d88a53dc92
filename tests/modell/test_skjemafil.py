"""The JSON Schemas: up to date, true to the files there are, and no looser than the reader on keys."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hjelp import ROT, Kjor
from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
from oppfolgingscli.modell import skjema as js
from oppfolgingscli.modell.frekvens import Ved
from oppfolgingscli.modell.skjemafil import FILSLAG, make_skjema, skjema_text
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene

FILER = {
    "rutinesett": sorted((ROT / "rutiner").glob("*.toml")),
    "skolerute": sorted((ROT / "skoleruter").glob("*.toml")),
    "oppfolging": sorted((ROT / "eksempler").glob("*/oppfolging.toml")),
}
HODER = {"rutinesett": "rutinesett", "skolerute": "skolerute", "klasse": "oppfolging", "krav": "krav"}
"""The table that tells what a file is."""
MELLOM_VERDIER = {
    "fra_etter_innen",
    "inntil_for_liten",
    "kontrolltegn",
    "overlapper",
    "personvilkar",
    "senest_for_kort",
    "slutt_for_start",
    "to_slag",
    "ukjent_tabell",
}
"""Faults between values that are each right: no schema sees them, `rutiner valider` does."""


def as_json(value: object) -> object:
    """Return TOML's values as an editor's validator sees them: dates as text."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(slag: str, data: object) -> list[str]:
    validator = Draft202012Validator(make_skjema(slag))
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(as_json(data))]


@pytest.mark.parametrize("slag", FILSLAG)
def test_skjemaet_er_gyldig_og_ikke_foreldet(slag: str) -> None:
    Draft202012Validator.check_schema(make_skjema(slag))
    stored = (ROT / "skjema" / f"{slag}.schema.json").read_text(encoding="utf-8")
    assert stored == skjema_text(slag), "kjør: oppfolging rutiner skjema --ut skjema"


@pytest.mark.parametrize(
    ("slag", "fil"), [(s, f) for s, files in FILER.items() for f in files], ids=lambda p: getattr(p, "name", p)
)
def test_filene_som_folger_med_passer(slag: str, fil: Path) -> None:
    assert faults(slag, tomllib.loads(fil.read_text(encoding="utf-8"))) == []


def toml_i_huset() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every TOML file and every TOML block of the documents."""
    for folder in ("rutiner", "skoleruter", "eksempler", "tests"):
        for file in sorted((ROT / folder).rglob("*.toml")):
            if file.is_file() and "node_modules" not in file.parts:
                yield file.relative_to(ROT).as_posix(), file.read_bytes().decode("utf-8-sig", errors="replace")
    for file in sorted((ROT / "docs").rglob("*.md")):
        blocks = re.findall(r"^```toml.*?\n(.*?)^```", file.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        yield from ((f"{file.name} [{i}]", text) for i, text in enumerate(blocks))


def hele_filer() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the place, the kind and the data of all that is TOML and a whole file of a kind."""
    for place, text in toml_i_huset():
        try:
            data = tomllib.loads(text)
        except (ValueError, RecursionError):  # no TOML, or a number no reader takes
            continue
        slag = next((slag for head, slag in HODER.items() if head in data), None)
        if slag is not None and "format" in data:
            yield place, slag, data


def codes(slag: str, data: object) -> set[str]:
    """Return the codes of what the reader finds wrong in the file itself."""
    try:
        FILSLAG[slag][0].model_validate(data)
    except Feltfeil as fault:
        return {fault.kode}
    except Feltfeilene as several:
        return {fault.kode for fault in several.feil}
    return set()


def unseen(slag: str, data: object) -> set[str]:
    """Return codes that are of shape elsewhere, but here of values between them."""
    if slag == "skolerute":
        return {"utenfor"}  # a day outside its school year
    return {"mangler"} if "'antatt': True" in str(data) else set()  # a guess without a remark


def test_skjema_og_leser_er_enige_om_hver_fil_i_huset() -> None:
    """What the reader takes, the schema takes; what it refuses for the file's shape, the schema refuses."""
    count = dict.fromkeys(FILSLAG, 0)
    for place, slag, data in hele_filer():
        count[slag] += 1
        found, refused = codes(slag, data), faults(slag, data)
        if not found:
            assert refused == [], place
        elif found - MELLOM_VERDIER - unseen(slag, data):
            assert refused, f"{place}: {found}"
    assert count["rutinesett"] > 60
    assert count["oppfolging"] > 40
    assert count["skolerute"] > 3
    assert count["krav"] > 0


@pytest.mark.parametrize("slag", FILSLAG)
def test_hver_nokkel_er_forklart(slag: str) -> None:
    schema = make_skjema(slag)
    tables = {"": schema, **schema["$defs"]}
    lacking = [
        f"{table}.{key}"
        for table, body in tables.items()
        for key, value in body["properties"].items()
        if not value.get("description", "").endswith((".", "…"))
    ]
    assert lacking == []


def forslag(schema: object) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Yield each list of suggestions with what else may be written there."""
    match schema:
        case {"anyOf": [{"enum": words}, *others]}:
            yield words, {"anyOf": others}
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from forslag(part)


def test_det_som_foreslas_ville_gatt_an_ogsa_uten_forslaget() -> None:
    """A suggestion is never looser than the reader: each word passes the pattern beside it."""
    seen = 0
    for slag in FILSLAG:
        for words, others in forslag(make_skjema(slag)):
            validator = Draft202012Validator(others)
            assert [word for word in words if not validator.is_valid(word)] == []
            seen += len(words)
    assert seen > 100


def test_slagene_kontakt_som_foreslas_er_de_i_bruk() -> None:
    used = {v.rutine.type for name in bundled_ids() for v in load_rutinesett(name).versjoner}
    assert set(js.TYPER) == used
    assert set(js.HENDELSER) >= {
        word
        for name in bundled_ids()
        for v in load_rutinesett(name).versjoner
        if isinstance(v.rutine.frekvens, Ved)
        for word in v.rutine.frekvens.ved
    }


TAPLO = shutil.which("taplo", path=os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", ""))))


@pytest.fixture
def taplo() -> str:
    """The TOML checker inside the editor extension; there is none for some machines."""
    if TAPLO is None:
        pytest.skip("plattform: taplo er ikke installert")
    return TAPLO


def lint(taplo: str, *files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [taplo, "lint", *files], capture_output=True, encoding="utf-8", check=False, timeout=60, cwd=files[0].parent
    )


def test_editorens_egen_kontroll_er_fornoyd_med_filene_som_folger_med(taplo: str) -> None:
    """Each file names its schema itself, on its first line."""
    files = [file for slag in FILER.values() for file in slag]
    assert all(file.read_text(encoding="utf-8").startswith("#:schema ../") for file in files)
    result = lint(taplo, *files)
    assert result.returncode == 0, result.stderr


def test_en_ny_mappe_far_hjelp_i_editoren_uten_nett(taplo: str, kjor: Kjor, tmp_path: Path) -> None:
    """`ny` puts the schemas beside the file; a slip in it, or in a routine file of one's own, is seen."""
    kjor("ny", tmp_path / "bua", "--rutiner", "oslo")
    setup = tmp_path / "bua" / "oppfolging.toml"
    assert lint(taplo, setup).returncode == 0
    own = tmp_path / "bua" / "rutiner" / "min.toml"
    own.parent.mkdir()
    own.write_text(
        '#:schema ../skjema/rutinesett.schema.json\nformat = 1\n[rutinesett]\nid = "min"\n', encoding="utf-8"
    )
    assert "is a required property" in lint(taplo, own).stderr
    setup.write_text(setup.read_text(encoding="utf-8").replace("maks_per_dag", "maks_pr_dag"), encoding="utf-8")
    assert "'maks_pr_dag' was unexpected" in lint(taplo, setup).stderr


def test_ny_legger_ved_hvert_skjema(kjor: Kjor, tmp_path: Path) -> None:
    kjor("ny", tmp_path / "bua", "--rutiner", "oslo")
    assert {file.name for file in (tmp_path / "bua" / "skjema").iterdir()} == {f"{s}.schema.json" for s in FILSLAG}
    kjor("rutiner", "skjema", "--ut", tmp_path / "b")
    for slag in FILSLAG:
        there = tmp_path / "bua" / "skjema" / f"{slag}.schema.json"
        assert there.read_bytes() == (tmp_path / "b" / there.name).read_bytes()


RUTINE: dict[str, Any] = {
    "id": "r", "navn": "R", "type": "samtale", "niva": "deltaker", "ansvarlig": "skole", "frekvens": {"behov": True},
}  # fmt: skip
#: Ways to write things that the reader takes, so the schema must too.
GODT = [
    {"navn": {"nb": "R", "en": "R"}},
    {"type": "høyt fravær".replace(" ", "_")},
    {"niva": " Klasse "},
    {"ansvarlig": "kontaktlærer", "deltar": "rådgiver", "krever": ["på"]},
    {"grunnlag": "SKRIFTLIG"},
    {"kilde_id": ["a", "b"], "varighet": "1,5 timer", "merknad": "m", "antatt": True},
    {"gjelder_fra": "1.8.2024", "gjelder_til": date(2025, 7, 31)},
    {"gjelder": {"skolear": 1, "fase": "mfy", "gruppe": ["ø"], "ferie": "også"}},
    {"gjelder": {"ferie": ["Høstferie", "haustferie", "påskeferie"]}},
    {"frekvens": {"antall": 2, "per": "skoleår"}},
    {"frekvens": {"minst": 2, "inntil": 3, "per": "Måned", "helst": "Start", "minst_mellom": "2 veker"}},
    {"frekvens": {"inntil": 3, "per": "halvår"}},
    {"frekvens": {"hver": "1 måned", "senest": "2 mnd", "forste_innen": "14 dagar"}},
    {"frekvens": {"milepael": date(2024, 1, 8), "fra": "-8 uker", "innen": "\u22122 uker"}},
    {"frekvens": {"milepael": "semester-slutt:høst", "sent_til": "60 dager"}},
    {"frekvens": {"ved": ["fravær", "avbrudd"], "innen": "3 virkedager", "samle": "14 dager"}},
    {"frekvens": {"etter": "egenrapport"}},
]
#: What the reader refuses and the schema can see.
DARLIG = [
    {"ukjent": 1},
    {"niva": "elev"},
    {"navn": {"nn": "R"}},
    {"navn": ""},
    {"varighet": 45},
    {"deltar": 5},
    {"gjelder": {"ukjent": 1}},
    {"gjelder": {"ferie": "sommerferie"}},
    {"gjelder": {"ferie": []}},
    {"frekvens": {"antall": 0, "per": "uke"}},
    {"frekvens": {"antall": 2, "per": "dag"}},
    {"frekvens": {"antall": 2, "per": "uke", "ukjent": 1}},
    {"frekvens": {"hver": "3"}},
    {"frekvens": {"ved": []}},
    {"frekvens": "ofte"},
    {"antatt": "ja"},
    {"id": "../r"},
]


def _fil(more: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": 1,
        "rutinesett": {"id": "t", "navn": "T", "kilde": "k"},
        "roller": {"skole": {"navn": "S", "etat": "skole"}},
        "rutiner": [{**RUTINE, **more}],
    }


@pytest.mark.parametrize("more", GODT, ids=str)
def test_det_leseren_tar_tar_skjemaet(more: dict[str, Any]) -> None:
    FILSLAG["rutinesett"][0].model_validate(_fil(more))
    assert faults("rutinesett", _fil(more)) == []


@pytest.mark.parametrize("more", DARLIG, ids=str)
def test_det_skjemaet_ser_nekter_det(more: dict[str, Any]) -> None:
    with pytest.raises((Feltfeil, Feltfeilene)):
        FILSLAG["rutinesett"][0].model_validate(_fil(more))
    assert faults("rutinesett", _fil(more))


def test_skjemaet_er_json_med_bokmal() -> None:
    assert "Hvor ofte." in skjema_text("rutinesett")
    assert json.loads(skjema_text("oppfolging"))["properties"]["klasse"]["$ref"] == "#/$defs/Klasse"
