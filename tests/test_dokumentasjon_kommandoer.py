"""Every command in README and the documents is run as it is written, or says why it cannot be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs.kommandoblokker import Blokk, blocks, commands, parts, run
from docs.lag_konsoll import documents, render

from hjelp import ROT

FILER = [
    ROT / "README.md",
    *sorted(ROT.glob("[B-QS-Z]*.md")),
    ROT / "eksempler" / "README.md",
    *sorted((ROT / "docs").rglob("*.md")),
]
#: What a block may be. ``sh`` and ``console`` are run; ``powershell`` is not, and must say why.
SPRAK = {
    "sh",
    "console",
    "powershell",
    "toml",
    "csv",
    "json",
    "text",
    "python",
    "stata",
    "spss",
    "r",
    "jsonc",
    "html",
    "xml",
}
KOMMANDOER = {"sh", "console", "powershell"}
#: What no test can do: fetch, install, serve, ask somebody else's machine, or use a disk of theirs.
UTENFOR = re.compile(
    r"^(git|make|py|python3?|pipx?|uv|code|ssh|sudo|Set-|\.|\$|eval|source)|--caldav|oppfolging web|[A-Z]:|\s[|>&<]+\s?"
)


def _name(file: Path) -> str:
    return file.relative_to(ROT).as_posix()


def _having(file: Path) -> list[Blokk]:
    return [b for b in blocks(file.read_text(encoding="utf-8")) if b.sprak in KOMMANDOER]


def _slow(file: Path) -> bool:
    """Plans are looked for, tables of many classes hidden in and pictures drawn: seconds, not milliseconds."""
    words = " ".join(command for block in _having(file) for command in commands(block))
    return any(
        word in words for word in (" plan", "kalender", "revisjon", ".png", ".docx", ".html", ".xlsx", "eksport")
    )


KJORES = [
    pytest.param(file, id=_name(file), marks=[pytest.mark.treg] if _slow(file) else [])
    for file in FILER
    if any(not b.said("kjores ikke") for b in _having(file))
]
UNNTATT = [
    pytest.param(b, id=f"{_name(file)}:{b.linje}") for file in FILER for b in _having(file) if b.said("kjores ikke")
]


@pytest.mark.parametrize("fil", FILER, ids=_name)
def test_hver_blokk_sier_hva_den_er(fil: Path) -> None:
    found = {b.linje: b.sprak for b in blocks(fil.read_text(encoding="utf-8"))}
    assert {line: word for line, word in found.items() if word not in SPRAK} == {}


@pytest.mark.parametrize("fil", FILER, ids=_name)
def test_ingen_kommandoer_star_utenfor_blokkene(fil: Path) -> None:
    """Indented by four spaces they would look like a block, and nobody would run them."""
    prose = [part for part in parts(fil.read_text(encoding="utf-8")) if isinstance(part, str)]
    assert [line for line in prose if re.match(r"(?: {4}|\t)\s*(?:\$ )?oppfolging\s", line)] == []


@pytest.mark.parametrize("fil", KJORES)
def test_kommandoene_kan_kjores_som_de_star_og_svarer_det_som_star(fil: Path) -> None:
    done: list[str] = []

    def see(block: Blokk, _results: object) -> None:
        done.extend(commands(block) if block.sprak in KOMMANDOER else ())

    text = fil.read_text(encoding="utf-8")
    assert render(text, see) == text, "python gjor.py dokumentasjon"
    said = [c for b in _having(fil) if not b.said("kjores ikke") for c in commands(b)]
    assert said
    assert done == said


@pytest.mark.parametrize("blokk", UNNTATT)
def test_det_som_ikke_kjores_har_en_grunn_og_kunne_ikke_vaert_kjort(blokk: Blokk) -> None:
    """Their ids are the list of them. A block that could be run has no excuse."""
    (reason,) = blokk.said("kjores ikke")
    assert len(reason) > 15
    assert any(UTENFOR.search(command) for command in blokk.tekst.splitlines()), blokk.tekst


def test_det_er_blokker_med_svar_i_dokumentene_for_de_tre_leserne() -> None:
    assert {"larer.md", "koordinator.md", "evaluator.md", "nytt-fylke.md"} <= {file.name for file in documents()}


# --- The reader of blocks ---------------------------------------------------------------------------------------

TEKST = """\
# Overskrift

<!-- kommandoer: tom -->
<!-- kjores ikke: den trenger noe vi ikke har -->
```sh
git clone x
```

<!-- vis: 2 linjer -->

Et avsnitt, så merkelappen over gjelder ikke blokken under.

   ```toml fil=rutiner/x.toml
   a = 1
   ```
```console
$ oppfolging --version \\
    --help
svar
$ oppfolging ny x --rutiner oslo   # en merknad
```
"""


def test_blokkene_i_et_dokument() -> None:
    first, second, third = blocks(TEKST)
    assert (first.linje, first.sprak, first.said("kjores ikke")) == (5, "sh", ["den trenger noe vi ikke har"])
    assert (second.fil, second.tekst, second.sagt) == ("rutiner/x.toml", "a = 1\n", ())
    assert third.sagt == ()
    assert [" ".join(c.split()) for c in commands(third)] == [
        "oppfolging --version --help",
        "oppfolging ny x --rutiner oslo # en merknad",
    ]


def test_ingenting_av_et_dokument_blir_borte() -> None:
    lines = sum(1 if not isinstance(p, Blokk) else 2 + p.tekst.count("\n") for p in parts(TEKST))
    assert lines == TEKST.count("\n")


@pytest.mark.parametrize(
    ("tekst", "sier"),
    [
        ("```sh\noppfolging --version\n```\n", "line 1: nothing says where"),
        ("<!-- kommandoer: tom -->\n```sh\nrm -rf /\n```\n", "not a command of ours"),
        ("<!-- kommandoer: tom -->\n```sh\noppfolging finnes-ikke\n```\n", "finnes-ikke"),
        ("<!-- kommandoer: tom -->\n<!-- svarkode: 3 -->\n```sh\noppfolging --version\n```\n", "--version"),
    ],
)
def test_det_som_ikke_gar_som_det_star_sier_fra(tekst: str, sier: str) -> None:
    with pytest.raises(ValueError, match=sier):
        run(tekst)


def test_en_fil_i_dokumentet_kan_brukes_av_kommandoene_og_alt_er_borte_etterpa() -> None:
    here = Path.cwd()
    at: list[Path] = []
    text = "<!-- kommandoer: tom -->\n```toml fil=a/b.toml\nx = 1\n```\n```sh\noppfolging --version\n```\n"
    run(text, lambda _block, _results: at.append(Path("a/b.toml").resolve()))
    assert Path.cwd() == here
    assert len(at) == 2
    assert not at[0].exists()
