"""docs/metode.md: every number in it is worked out again by the program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from docs.kommandoblokker import blocks

from dokumenter import DOKUMENTER, Tabell, tabeller
from hjelp import ROT, Kjor
from oppfolgingscli import __version__
from oppfolgingscli.maltall.andeler import Telling, design_effect, interval, mean_share, share, sums, wilson
from oppfolgingscli.maltall.trend import difference
from oppfolgingscli.revisjon.rader import Antall, Relasjon
from oppfolgingscli.revisjon.skjerm import skjul

TEKST = (DOKUMENTER / "metode.md").read_text(encoding="utf-8")
SEMANTIKK = (DOKUMENTER / "semantikk.md").read_text(encoding="utf-8")
RAPPORTER = tabeller(TEKST, "rapport")


def _number(text: str) -> float | None:
    return None if text == "–" else float(text.replace(",", ".").replace("−", "-"))


def _pair(text: str, between: str) -> tuple[float, float]:
    low, high = text.removesuffix(" %").split(between)
    return float(low.replace(",", ".").replace("−", "-")), float(high.replace(",", ".").replace("−", "-"))


def _percent(pair: tuple[float, float] | None) -> tuple[float, float]:
    assert pair is not None
    return round(100 * pair[0]), round(100 * pair[1])


def _ints(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


@pytest.fixture
def rapport(tmp_path: Path, kjor: Kjor) -> dict[str, Any]:
    """The report of the small class."""
    for block in blocks(TEKST):
        if block.fil:
            (tmp_path / block.fil).write_text(block.tekst, encoding="utf-8")
    result = kjor("rapport", "--mappe", tmp_path, "--per", "2024-12-31", "--format", "json")
    answer = json.loads(result.stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("tabell", RAPPORTER, ids=lambda t: t.ord["rutine"])
def test_den_lille_klassen(tabell: Tabell, rapport: dict[str, Any]) -> None:
    (row,) = [r for r in rapport["rader"] if r["rutine"] == tabell.ord["rutine"] and r["periode"] is None]
    for line in tabell.rader:
        key = line["måltall"].strip("`")
        said = list(_pair(line["verdi"], "–")) if key == "grenser" else _number(line["verdi"])
        assert row[key] == said, key


def test_punktene_til_den_lille_klassen(rapport: dict[str, Any]) -> None:
    """The table of who has what, and its sum."""
    (row,) = [r for r in rapport["rader"] if r["rutine"] == "elevsamtale" and r["periode"] is None]
    keys = ("bedomt", "i_tide", "for_sent", "forfalt", "fritatt")
    (total,) = re.findall(r"^\| \*\*sammen\*\* \|(.*)\|$", TEKST, re.MULTILINE)
    assert [row[key] for key in keys] == [int(word) for word in re.findall(r"\d+", total)]
    people = re.findall(r"^\| D0\d: [^|]*\| (\d) \| (\d) \| (\d) \| (\d) \| (\d) \|$", TEKST, re.MULTILINE)
    assert [sum(map(int, column)) for column in zip(*people, strict=True)] == [row[key] for key in keys]


def test_kurven(rapport: dict[str, Any]) -> None:
    (table,) = tabeller(TEKST, "kurve")
    (curve,) = [k for k in rapport["kurver"] if k["rutine"] == table.ord["rutine"]]
    assert curve["trinn"] == [[int(row["dag"]), _number(row["igjen"])] for row in table.rader]
    left = 1.0
    for row in table.rader:
        left *= 1 - int(row["gjort"]) / int(row["under oppsikt"])
        assert round(left, 6) == _number(row["igjen"])


def test_andel_og_snitt() -> None:
    (table,) = tabeller(TEKST, "snitt")
    given = [Telling(*map(int, word.split("/"))) for word in table.ord["tellinger"].split(",")]
    (row,) = table.rader
    assert (share(*sums(given)), mean_share(given)) == (_number(row["andel"]), _number(row["snitt"]))


def test_usikkerheten() -> None:
    (table,) = tabeller(TEKST, "usikkerhet")
    n = int(table.ord["n"])
    given = [Telling(y, n) for y in _ints(table.ord["y"])]
    said = {row["størrelse"]: row["verdi"] for row in table.rader}
    on_time, total = sums(given)
    p, deff = on_time / total, design_effect(given)
    assert round(deff * p * (1 - p) / total, 6) == _number(said["v"])
    assert round(deff, 2) == _number(said["deff"])
    assert round(total / deff, 1) == _number(said["n_eff"])
    assert _percent(interval(given)) == _pair(said["intervall"], "–")
    assert _percent(wilson(p, total)) == _pair(said["uten deff"], "–")


def test_endringen() -> None:
    (table,) = tabeller(TEKST, "endring")
    n = int(table.ord["n"])
    first = {f"D{i}": Telling(y, n) for i, y in enumerate(_ints(table.ord["forst"]))}
    last = {f"D{i}": Telling(y, n) for i, y in enumerate(_ints(table.ord["sist"]))}
    others = {f"andre {who}": one for who, one in last.items()}
    for row, then in zip(table.rader, (last, others), strict=True):
        change, kl = difference(first, then)
        assert kl is not None
        assert round(change, 6) == _number(row["endring"])
        assert (round(kl[0], 2), round(kl[1], 2)) == _pair(row["intervall"], " til ")
        assert (share(*sums(first.values())), share(*sums(then.values()))) == (
            _number(row["fra"]),
            _number(row["til"]),
        )


def test_trakten() -> None:
    (table,) = tabeller(TEKST, "trakt")
    p = float(table.ord["p"])
    for row in table.rader:
        assert _percent(wilson(p, int(row["n_eff"]))) == _pair(row["ventet mellom"], "–")
    # The two schools in the text.
    assert wilson(p, 20)[0] < 0.65
    assert wilson(p, 200)[0] > 0.72


def test_skjulingen() -> None:
    (table,) = tabeller(TEKST, "skjul")
    rows = {
        row["rad"]: Antall(int(row["deltakere"]), 2 * int(row["deltakere"]), row["rad"] == "alle")
        for row in table.rader
    }
    whole, *parts = rows
    hidden = skjul(rows, [Relasjon((whole,), tuple(parts), disjunkt=True)], int(table.ord["terskel"]))
    assert hidden == {row["rad"] for row in table.rader if row["vist"] == ":"}


def test_det_som_sies_om_intervallet_star_i_semantikken() -> None:
    """The chapter cites the figures; it has none of its own."""
    for said in ("92 til 95", "91 til 95", "86 ganger av 100"):
        assert said in SEMANTIKK
    assert "92–95 ganger" in re.sub(r"\s+", " ", TEKST)
    assert "86 ganger av 100" in re.sub(r"\s+", " ", TEKST)


def test_tallet_i_veiledningen_for_evaluatoren_er_det_rapporten_gir(kjor: Kjor) -> None:
    """The figure that shows how to cite one, with its denominator, interval and bounds."""
    words = ("--per", "2025-06-20", "--rutine", "egenrapport", "--format", "json")
    answer = json.loads(kjor("rapport", "--mappe", ROT / "eksempler" / "oslo-helsfyr", *words).stdout)
    row = answer["rader"][0]
    (low, high), bounds = _percent(row["i_tide_kl"]), _percent(row["grenser"])
    share_ = round(100 * row["i_tide_andel"])
    text = (DOKUMENTER / "evaluator.md").read_text(encoding="utf-8")
    assert f"{row['i_tide']} av {row['bedomt']} egenrapporter ({share_} %, 95 % KI {low}–{high} %)" in text
    assert f"{row['n_deltakere']} deltakere" in text
    assert f"Her er de {bounds[0]}–{bounds[1]} %" in text
    assert f"oppfolging {__version__}" in text


def test_hvert_maltall_er_forklart_og_hver_kilde_i_semantikken_er_med() -> None:
    keys = {"i_tide_andel", "i_tide_andel_snitt", "gjort_andel", "dose", "dose_ukuttet", "dekning", "dager_dekket",
            "forsinkelse_median", "forsinkelse_p90", "lengste_gap", "grenser"}  # fmt: skip
    assert {row["måltall"].strip("`") for table in RAPPORTER for row in table.rader} == keys
    sources = SEMANTIKK.split("\n### Kilder\n")[1]
    for name, year in re.findall(r"([A-ZÄÖ][a-zäö]+)[^·(]*\((\d{4})", sources):
        assert re.search(rf"- {name}[^\n]*\({year}\)", TEKST), (name, year)
