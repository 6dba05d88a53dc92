"""The browser finds what it is there to find: each fault below is seen, and a page without faults has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from nettleser import axe

HODE = '<!DOCTYPE html><html lang="nb"><meta charset="utf-8"><title>T</title>'
FEIL = {
    "ingen.html": ("<main><h1>T</h1><p>Tekst</p></main>", ()),
    "nett.html": ('<main><h1>T</h1><img alt="x" src="http://example.com/x.png"></main>', ("asks the network",)),
    "bred.html": ('<main><h1>T</h1><p style="width:900px">Tekst</p></main>', ("360 px: scrolls sideways",)),
    "svak.html": ('<main><h1>T</h1><p style="color:#bbb">Tekst</p></main>', ("light: color-contrast",)),
    "stum.html": ("<main><h1>T</h1><svg role='img'></svg></main>", ("svg-img-alt",)),
    "tab.html": (
        '<main><h1>T</h1><a href="#x" tabindex="-1">En</a> <a id="x" href="#x">To</a></main>',
        ("light: Tab does not reach",),
    ),
}


@pytest.mark.krever_nettleser
@pytest.mark.treg
def test_each_fault_is_seen(tmp_path: Path) -> None:
    for name, (body, _words) in FEIL.items():
        (tmp_path / name).write_text(HODE + body, encoding="utf-8")
    found = axe(tmp_path / name for name in FEIL)
    for name, (_body, words) in FEIL.items():
        said = found[tmp_path / name]
        assert bool(said) == bool(words), (name, said)
        for word in words:
            assert any(word in one for one in said), (name, said)
