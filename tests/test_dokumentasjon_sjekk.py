"""What docs/semantikk.md and docs/gjennom-koden.md say of the log, matching, status and findings is what comes out.

Examples are routines (``toml rutiner=`` or ``toml eksempel=``), a log (``csv logg=… fil=…``), and at times something
more in the setup (``toml oppsett=``); tables of results say which of them they are about.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dokumenter import DOKUMENTER, PAKKE, Tabell, blokker, tabeller
from hjelp import ROT
from oppfolgingscli.cli.vurdert import Grunnlag, judge
from oppfolgingscli.forklar import GRUNNER
from oppfolgingscli.hendelse import KONTAKTSTATUS
from oppfolgingscli.les.logg_kolonner import FUNN
from oppfolgingscli.status import STATUSER
from oppfolgingscli.vis.maskin_sjekk import included, vurdert_row

SEMANTIKK = (DOKUMENTER / "semantikk.md").read_text(encoding="utf-8")
GJENNOM = (DOKUMENTER / "gjennom-koden.md").read_text(encoding="utf-8")
BLOKKER = blokker(SEMANTIKK)
Domt = Callable[..., Grunnlag]


def _block(key: str, name: str | None) -> str:
    """Return the text of the block that is called so; nothing for no name."""
    if name is None:
        return ""
    (text,) = [b.tekst for b in BLOKKER if b.ord.get(key) == name]
    return text


def _routines(name: str) -> str:
    return _block("rutiner" if any(b.ord.get("rutiner") == name for b in BLOKKER) else "eksempel", name)


@pytest.fixture
def domt(tmp_path: Path) -> Domt:
    """Return the judgement a table is about."""

    def make(ord_: dict[str, str], per: str | None = None) -> Grunnlag:
        setup = _block("felles", "oppfolging.toml") + _block("oppsett", ord_.get("oppsett"))
        routines = f"{_block('felles', 'rutiner.toml')}\n{_routines(ord_['rutiner'])}"
        (tmp_path / "oppfolging.toml").write_text(setup, encoding="utf-8")
        (tmp_path / "rutiner.toml").write_text(routines, encoding="utf-8")
        for b in BLOKKER:
            if b.ord.get("logg") == ord_["logg"]:
                (tmp_path / f"{b.ord['fil']}.csv").write_text(b.tekst, encoding="utf-8")
        kjent = date.fromisoformat(ord_["kjent"]) if "kjent" in ord_ else None
        return judge(tmp_path, date.fromisoformat(per or ord_["per"]), kjent, maskin=True)

    return make


def _shown(value: object) -> str:
    if value in (None, (), []):
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def _mark(table: Tabell) -> str:
    return " ".join(table.ord.values())


@pytest.mark.parametrize("tabell", tabeller(SEMANTIKK, "dom"), ids=_mark)
def test_statusen_i_eksemplene_er_den_programmet_kommer_til(tabell: Tabell, domt: Domt) -> None:
    assert _points(tabell, domt(tabell.ord)) == tabell.rader


def _points(table: Tabell, found: Grunnlag) -> list[dict[str, str]]:
    """Return all the points a check shows of the subjects, routines and days that a table names, in order."""
    ord_ = table.ord
    return [
        {column: _shown(row[column]) for column in table.rader[0]}
        for row in map(vurdert_row, included(found.vurdering))
        if row["subjekt"] in ord_["subjekt"].split(",")
        and ("rutine" not in ord_ or row["rutine"] in ord_["rutine"].split(","))
        and ord_.get("fra", "") <= row["fra"] <= ord_.get("til", "9")
    ]


@pytest.mark.parametrize("tabell", tabeller(GJENNOM, "domt"), ids=_mark)
def test_sjekken_i_gjennomgangen_stemmer(tabell: Tabell, tmp_path: Path) -> None:
    for file in (ROT / tabell.ord["arbeidsmappe"]).iterdir():
        if file.suffix in {".toml", ".csv"}:
            shutil.copy(file, tmp_path)
    per = date.fromisoformat(tabell.ord["per"])
    assert _points(tabell, judge(tmp_path, per, None, maskin=True)) == tabell.rader


@pytest.mark.parametrize("tabell", tabeller(SEMANTIKK, "gjennom_tid"), ids=_mark)
def test_et_punkt_gjennom_tiden(tabell: Tabell, domt: Domt) -> None:
    found = []
    for wanted in tabell.rader:
        points = domt(tabell.ord, wanted["per"]).vurdering.punkter
        (row,) = [vurdert_row(x) for x in points if x.punkt.id == tabell.ord["punkt"]]
        found.append({c: _shown(row.get(c)) if c not in {"per", "hvorfor"} else wanted[c] for c in wanted})
    assert found == tabell.rader


@pytest.mark.parametrize("tabell", tabeller(SEMANTIKK, "rester"), ids=_mark)
def test_det_som_ikke_ble_kreditert_er_som_beskrevet(tabell: Tabell, domt: Domt) -> None:
    v = domt(tabell.ord).vurdering
    found = [
        *(("utover_plan", key, "–") for key in v.utover_plan),
        *(("ufullstendige", key, "–") for key in v.ufullstendige),
        *(("ikke_talt", key, reason) for key, reason in v.ikke_talt),
    ]
    assert found == [(row["liste"], row["id"], row["grunn"]) for row in tabell.rader]


@pytest.mark.parametrize("tabell", tabeller(SEMANTIKK, "funn"), ids=_mark)
def test_funnene_er_som_beskrevet(tabell: Tabell, domt: Domt) -> None:
    found = [(v.kode, v.sted) for v in domt(tabell.ord).funn]
    assert found == [(row["kode"], row["sted"]) for row in tabell.rader]


@pytest.mark.parametrize("tabell", tabeller(SEMANTIKK, "avtaler"), ids=_mark)
def test_avtalene_er_som_beskrevet(tabell: Tabell, domt: Domt) -> None:
    found = [(a.avtale.id, a.status, _shown(a.dager_sen)) for a in domt(tabell.ord).vurdering.avtaler]
    assert found == [(row["id"], row["status"], row["dager_sen"]) for row in tabell.rader]


# --- Closed lists -----------------------------------------------------------------------------------------------


def _codes(heading: str) -> list[str]:
    """Return the codes in the first column of the first table under a heading."""
    chapter = re.split(rf"^#+ {re.escape(heading)}$", SEMANTIKK, flags=re.MULTILINE)[1]
    table = re.search(r"^\|[^\n]*\|\n\|[-|]+\|\n((?:\|[^\n]*\|\n)+)", chapter, re.MULTILINE)
    assert table is not None
    return [code for row in table[1].splitlines() for code in re.findall(r"`(\w+)`", row.split("|")[1])]


def test_statustabellen_har_alle_statusene_i_rekkefolge() -> None:
    assert _codes("Statustabellen") == list(STATUSER)


def test_alle_grunner_til_at_en_rad_ikke_telles_er_beskrevet_og_vist() -> None:
    shown = {row["grunn"] for table in tabeller(SEMANTIKK, "rester") for row in table.rader} - {"–"}
    assert sorted(_codes("Rader som ikke telles")) == sorted(shown)
    assert shown > set(KONTAKTSTATUS[1:])


def test_alle_grunner_i_en_forklaring_er_beskrevet() -> None:
    assert _codes("Hvorfor akkurat den") == list(GRUNNER)


def test_alle_funnkoder_er_beskrevet() -> None:
    """Those of the log reader are in ``FUNN``; the others stand where they are made."""
    used = set(FUNN)
    for file in PAKKE.rglob("*.py"):
        used |= set(re.findall(r'(?:\bVarsel|\.finding)\(\s*"(\w+)"', file.read_text(encoding="utf-8")))
    described = re.findall(r"^\| `(\w+)` \|", SEMANTIKK.split("\n## Funn\n")[1].split("\n## ")[0], re.MULTILINE)
    warnings = re.findall(r"^\| `(\w+)` \|", SEMANTIKK.split("\n## Varsler\n")[1].split("\n## ")[0], re.MULTILINE)
    assert sorted([*described, *warnings]) == sorted(used)
