"""The page every report, handbook and comparison is made as: nothing is markup but the templates, nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader

from oppfolgingscli.sprak import set_sprak
from oppfolgingscli.vis.html import side
from oppfolgingscli.vis.html.side import Celle, Tabell, render

if TYPE_CHECKING:
    from collections.abc import Iterator

VOND = '"><script>alert(1)</script>'
MAL = """{% extends "side.html.j2" %}{% import "makro.html.j2" as m with context %}
{% block tittel %}{{ t.tittel }}{% endblock %}
{% block stil %}.egen { color: red; }{% endblock %}
{% block innhold %}<h1>{{ t.tittel }}</h1>{{ m.tabell(t) }}{{ m.figur("<svg></svg>", t.tittel, "sier", t) }}{% endblock %}
"""


@pytest.fixture(autouse=True)
def _mal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from jinja2 import ChoiceLoader

    environment = side.environment()
    monkeypatch.setattr(environment, "loader", ChoiceLoader([DictLoader({"prove.html.j2": MAL}), environment.loader]))  # type: ignore[list-item] # it has one
    yield
    environment.cache.clear()  # type: ignore[union-attr] # it has one


def side_med(celle: str | Celle = "1", tittel: str = "Tittel") -> str:
    return render("prove.html.j2", t=Tabell(tittel, ("Navn", "Tall"), [("a", celle)], tall={1}))


def test_text_is_never_markup() -> None:
    page = side_med(Celle(VOND, felt=VOND, rad=VOND, stil=VOND), tittel=VOND)
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 8
    assert not re.search(r'data-(rad|felt)=""', page)


def test_a_figure_can_be_found_again() -> None:
    page = side_med(Celle("82\u00a0%", "i_tide_andel", "samtale/2024-host"))
    assert '<td class="t" data-rad="samtale/2024-host" data-felt="i_tide_andel">82\u00a0%</td>' in page


def test_the_policy_names_the_style_and_lets_nothing_else_in() -> None:
    page = side_med()
    (css,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert ".egen" in css
    assert "@@" not in page
    assert not re.search(r"(https?:)?//\w|\bstyle=|@import|url\(", page)


@pytest.mark.parametrize(
    ("sprak", "words"), [("nb", "Hopp til innholdet"), ("nn", "Hopp til innhaldet"), ("en", "Skip to content")]
)
def test_the_page_says_which_language_it_is_in(sprak: str, words: str) -> None:
    set_sprak(sprak)
    page = side_med()
    assert f'<html lang="{sprak}">' in page
    if "Hopp til innholdet" not in page or sprak == "nb":
        assert words in page


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _farger() -> list[dict[str, str]]:
    css = re.sub(r"/\*.*?\*/", "", side_med(), flags=re.DOTALL)
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    assert len(blocks) == 2
    return [dict(re.findall(r"(--[\w-]+): (#\w{6});", block)) for block in blocks]


@pytest.mark.parametrize("nr", [0, 1], ids=["light", "dark"])
def test_the_colours_can_be_read_on_both_grounds(nr: int) -> None:
    colours = _farger()[nr]
    text = [f"--farge-{i}" for i in range(1, 9)]
    text += ["--tekst", "--dempet", "--lenke", "--i_tide", "--for_sent", "--forfalt", "--mangler", "--fritatt"]
    for name, ground in product(text, ("--bunn", "--flate")):
        assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for status in ("i_tide", "for_sent", "forfalt", "mangler", "fritatt"):
        assert _contrast(colours[f"--{status}"], colours[f"--{status}-lys"]) >= 4.5, status
        assert _contrast(colours["--tekst"], colours[f"--{status}-lys"]) >= 4.5, status
    for name in ("--sterk", "--fokus"):  # lines that carry meaning
        assert _contrast(colours[name], colours["--bunn"]) >= 3, name
    for step in range(4):
        assert _contrast(colours["--pa-trinn"], colours[f"--trinn-{step}"]) >= 4.5, step
    assert _contrast(colours["--pa-trinn-4"], colours["--trinn-4"]) >= 4.5


def test_both_grounds_have_the_same_colours() -> None:
    light, dark = _farger()
    assert set(light) == set(dark)
