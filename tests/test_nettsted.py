"""The site of the documents: built without a warning, asks nothing of the network, shows what the program answers now."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs.lag_bilder import BILDER, SIDER, drawings
from docs.nettsted.formler import Formelfeil, mathml
from docs.nettsted.krok import convert, target

import nettleser
from dokumenter import DOKUMENTER
from hjelp import ROT

DOKUMENTENE = sorted(DOKUMENTER.glob("*.md"))
#: What axe-core and the browser say of files opened from a disk, of its own reading of them, and what the theme moves to
#: with arrows (a choice of colours) or another key (Escape in the search field).
IKKE_VARE = re.compile(
    r"XMLHttpRequest at 'file:|preload assets|net::ERR_FAILED"
    r'|Tab does not reach <(input class="md-option"|button type="(reset|button)" class="md-(search|top))'
)


@pytest.fixture(scope="module")
def nettstedet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nettsted")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    return folder


def _fetched(text: str) -> Iterator[str]:
    """Yield what a page or a sheet makes the browser fetch: not what a reader may follow."""
    for tag in re.findall(r"<(?:script|link|img|iframe|source|video|audio|embed|object|use)\b[^>]*>", text):
        yield from re.findall(r'\b(?:src|href|srcset|data)="([^"]+)"', tag)
    yield from re.findall(r"url\(\s*[\"']?([^)\"']+)", text)
    yield from re.findall(r"@import\s+[\"']([^\"']+)", text)


@pytest.mark.treg
def test_nettstedet_bygges_uten_advarsler_og_henter_ingenting_fra_nettet(nettstedet: Path) -> None:
    pages = sorted(nettstedet.rglob("*.html"))
    assert len(pages) > len(DOKUMENTENE)
    sheets = [file for file in nettstedet.rglob("*") if file.suffix in (".css", ".svg")]
    for file in [*pages, *sheets]:
        for address in _fetched(file.read_text(encoding="utf-8")):
            assert not re.match(r"(https?:)?//", address), (file.name, address)


@pytest.mark.treg
@pytest.mark.krever_nettleser
def test_forsiden_og_en_veiledning_kan_brukes_av_alle(nettstedet: Path) -> None:
    """axe-core in both colours, at 360 px and on paper; and the network is off."""
    pages = [nettstedet / f"{name}.html" for name in ("index", "evaluator")]
    found = nettleser.axe(pages)
    assert {page.name: [f for f in faults if not IKKE_VARE.search(f)] for page, faults in found.items()} == {
        page.name: [] for page in pages
    }


@pytest.mark.treg
@pytest.mark.krever_nettleser
def test_sokefeltet_virker_fra_en_disk_uten_nett(nettstedet: Path) -> None:
    """A browser starts no worker from a file; docs/nettsted/iframe-worker.js does what it would."""
    browser = nettleser.chromium()
    assert browser is not None
    done = subprocess.run(
        ["node", str(nettleser.JS / "sok.mjs"), browser, str(nettstedet / "index.html"), "dialogmøtet"],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["feil"] == []
    assert "Eksempel: sykmeldte" in answer["treff"]


def test_hvert_dokument_er_i_menyen_og_i_listen() -> None:
    menu = (ROT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[1]
    overview = (DOKUMENTER / "README.md").read_text(encoding="utf-8")
    for file in DOKUMENTENE:
        assert f": {file.name}\n" in menu, file.name
        assert file.name == "README.md" or f"]({file.name})" in overview, file.name


# --- Pictures ---------------------------------------------------------------------------------------------------


@pytest.mark.treg
def test_bildene_av_terminalen_og_arshjulet_er_det_programmet_svarer_naa() -> None:
    made = drawings()
    stale = [name for name, picture in made.items() if (BILDER / name).read_text(encoding="utf-8") != picture]
    assert stale == [], "python gjor.py bilder"


def test_bildene_er_sma_brukes_og_har_en_tekst() -> None:
    used: set[str] = set()
    for file in [*DOKUMENTENE, ROT / "README.md"]:
        for alt, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", file.read_text(encoding="utf-8")):
            assert len(alt) > 30, (file.name, path)
            used.add(Path(path).name)
    there = {file.name: file.stat().st_size for file in BILDER.iterdir()}
    assert used <= set(there)
    assert {f"{one.navn}.png" for one in SIDER} <= set(there)
    assert sum(there.values()) < 2_000_000


def test_bildene_henter_ingenting_og_har_ingen_skript() -> None:
    for file in BILDER.glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        assert [a for a in _fetched(text) if not a.startswith(("#", "data:"))] == [], file.name
        assert "<script" not in text


# --- What becomes of a document ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lenke", "kilde", "side", "blir"),
    [
        ("format.md#loggen", "docs/larer.md", "larer.md", "format.md#loggen"),
        ("../README.md#prøv-det", "docs/larer.md", "larer.md", "prosjektet.md#prøv-det"),
        ("../eksempler/vestby", "docs/larer.md", "larer.md", "eksempler.md"),
        ("../rutiner/oslo.toml", "docs/format.md", "format.md", "rutiner/oslo.md"),
        ("docs/plan.md", "README.md", "prosjektet.md", "plan.md"),
        ("docs/", "README.md", "prosjektet.md", "README.md"),
        ("rutiner/", "README.md", "prosjektet.md", "rutiner/index.md"),
        ("LICENSE", "README.md", "prosjektet.md", "lisens.md"),
        ("bilder/sjekk.svg", "docs/larer.md", "larer.md", "bilder/sjekk.svg"),
        ("https://example.no/a#b", "docs/larer.md", "larer.md", "https://example.no/a#b"),
        ("#dose", "docs/metode.md", "metode.md", "#dose"),
    ],
)
def test_lenker_ut_av_dokumentene_blir_lenker_i_nettstedet(lenke: str, kilde: str, side: str, blir: str) -> None:
    assert target(lenke, kilde, side) == blir


def test_en_lenke_uten_side_er_en_feil() -> None:
    with pytest.raises(ValueError, match="has no page"):
        target("../pyproject.toml", "docs/larer.md", "larer.md")


def test_dokumentet_blir_slik_nettstedet_vil_ha_det() -> None:
    text = """\
Et avsnitt:
- et punkt
- [et til](format.md)

1. først

   ```toml fil=a/b.toml
   x = "$`ikke en formel`$ [nei](x)"
   ```

<!-- ventet: a=b -->
| a |
|---|

> [!WARNING]
> Pass
> på.

Andelen $`p`$ er:

$$p = 1$$
"""
    p = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>p</mi></mrow></math>'
    block = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mrow><mi>p</mi><mo>=</mo><mn>1</mn></mrow></math>'
    assert (
        convert(text, "larer.md")
        == f"""\
Et avsnitt:

- et punkt
- [et til](format.md)

1. først

    ```toml title="a/b.toml"
    x = "$`ikke en formel`$ [nei](x)"
    ```

| a |
|---|

!!! warning "Pass på"

    Pass
    på.

Andelen <span>{p}</span> er:

<div class="formel">{block}</div>"""
    )


@pytest.mark.parametrize(
    ("tex", "blir"),
    [
        (r"\frac{a}{2}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mn>2</mn></mrow></mfrac>"),
        ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
        (r"\sum_i y", "<munder><mo>∑</mo><mi>i</mi></munder><mi>y</mi>"),
        (r"1{,}96 \pm z", "<mn>1,96</mn><mo>±</mo><mi>z</mi>"),
        (r"n_{\text{eff}}", "<msub><mi>n</mi><mrow><mtext>eff</mtext></mrow></msub>"),
        (r"\sqrt{p}", "<msqrt><mrow><mi>p</mi></mrow></msqrt>"),
        ("a - 1 < b", "<mi>a</mi><mo>−</mo><mn>1</mn><mo>&lt;</mo><mi>b</mi>"),
    ],
)
def test_formler(tex: str, blir: str) -> None:
    assert re.sub(r"^<math[^>]*><mrow>|</mrow></math>$", "", mathml(tex)) == blir


@pytest.mark.parametrize("tex", [r"\ukjent{x}", r"\frac{a", "a}", "^2", r"\frac"])
def test_en_formel_som_ikke_kan_leses_er_en_feil(tex: str) -> None:
    with pytest.raises(Formelfeil):
        mathml(tex)


def test_alle_formlene_i_dokumentene_kan_leses() -> None:
    text = (DOKUMENTER / "metode.md").read_text(encoding="utf-8")
    found = re.findall(r"^\$\$(.+)\$\$$", text, re.MULTILINE) + re.findall(r"\$`([^`]+)`\$", text)
    assert len(found) > 30
    for tex in found:
        assert mathml(tex).count("<mrow>") == mathml(tex).count("</mrow>")
