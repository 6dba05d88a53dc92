"""The JSON Schemas: up to date, true to the files there are, and no looser than the reader on keys."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hjelp import ROT
from oppfolgingscli.modell.skjemafil import FILSLAG, make_skjema, skjema_text
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene

FILER = {
    "rutinesett": sorted((ROT / "rutiner").glob("*.toml")),
    "skolerute": sorted((ROT / "skoleruter").glob("*.toml")),
    "oppfolging": sorted((ROT / "eksempler").glob("*/oppfolging.toml")),
}


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


@pytest.mark.parametrize("slag", FILSLAG)
def test_det_finnes_filer_a_prove_pa(slag: str) -> None:
    assert FILER[slag]


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


def _read(file: Path) -> object:
    """Return the file's data when the reader finds no fault in the file itself, else None."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        FILSLAG["oppfolging"][0].model_validate(data)
    except (Feltfeil, Feltfeilene, tomllib.TOMLDecodeError, OSError):
        return None
    return data


def test_skjemaet_nekter_ikke_det_leseren_tar_i_galleriet() -> None:
    files = [file for file in (ROT / "tests" / "feil").glob("*/oppfolging.toml") if file.is_file()]
    read = {file.parent.name: data for file in files if (data := _read(file)) is not None}
    assert len(read) > 5
    assert {name: found for name, data in read.items() if (found := faults("oppfolging", data))} == {}


def test_skjemaet_er_json_med_bokmal() -> None:
    assert "Hvor ofte." in skjema_text("rutinesett")
    assert json.loads(skjema_text("oppfolging"))["properties"]["klasse"] == {"$ref": "#/$defs/Klasse"}
