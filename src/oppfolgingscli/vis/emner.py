"""The topics of `hjelp`: short texts with worked examples, a file for each language, shown on a terminal or as Markdown."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oppfolgingscli.modell.ord import fold, nearest
from oppfolgingscli.sprak import sprak

_MAPPE: Final = Path(__file__).resolve().parents[1] / "emner"
_HODE: Final = re.compile(r"^# (?P<id>[a-z-]+) \| (?P<tittel>.+)$", re.MULTILINE)
PROGRAM: Final = "oppfolging"

ANDRE_NAVN: Final = {
    "start": "kom-i-gang", "begynn": "kom-i-gang", "getting-started": "kom-i-gang", "introduksjon": "kom-i-gang",
    "rutine": "rutiner", "rutinesett": "rutiner", "routines": "rutiner",
    "frekvenser": "frekvens", "frequency": "frekvens", "hvor-ofte": "frekvens", "kor-ofte": "frekvens",
    "deltaker": "deltakere", "deltakar": "deltakere", "deltakarar": "deltakere", "klasseliste": "deltakere",
    "participants": "deltakere", "log": "logg", "loggen": "logg", "check": "sjekk", "overdue": "sjekk",
    "forfalt": "sjekk", "kalendere": "kalender", "kalendrar": "kalender", "calendar": "kalender", "ics": "kalender",
    "outlook": "kalender", "report": "rapport", "audit": "revisjon", "handbok-og-arshjul": "dokumenter",
    "documents": "dokumenter", "dokument": "dokumenter", "nettside": "web", "browser": "web",
    "regneark": "excel", "rekneark": "excel", "xlsx": "excel", "csv": "excel", "spreadsheet": "excel",
    "privacy": "personvern", "gdpr": "personvern", "svarkode": "svarkoder", "svarkodar": "svarkoder",
    "exit-codes": "svarkoder", "exitkoder": "svarkoder", "skript": "svarkoder", "json": "svarkoder",
    "farge": "svarkoder", "farger": "svarkoder", "language": "sprak", "nynorsk": "sprak", "english": "sprak",
    "tab": "fullforing", "completion": "fullforing", "bash": "fullforing", "zsh": "fullforing", "fish": "fullforing",
    "powershell": "fullforing", "vscode": "editor", "skjema": "editor", "schema": "editor", "toml": "editor",
    "feil": "feilsok", "feilsoking": "feilsok", "troubleshooting": "feilsok", "problem": "feilsok",
}  # fmt: skip
"""What people may call a topic instead, folded and in lower case."""


@dataclass(frozen=True, slots=True)
class Emne:
    """One topic. ``avsnitt``: paragraphs and blocks; a block's lines begin with four spaces."""

    id: str
    tittel: str
    avsnitt: tuple[str, ...]

    @property
    def kommandoer(self) -> list[str]:
        """Return the command lines of the examples."""
        lines = (line.strip() for part in self.avsnitt if is_block(part) for line in part.splitlines())
        return [line for line in lines if line.startswith(f"{PROGRAM} ")]


def is_block(part: str) -> bool:
    """Whether a part of a topic is an example and no paragraph."""
    return part.startswith("    ")


def topics(kode: str | None = None) -> dict[str, Emne]:
    """Return the topics in a language (default: the one in use), in the order one needs them."""
    text = (_MAPPE / f"{kode or sprak()}.md").read_text(encoding="utf-8")
    heads = list(_HODE.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    out = {}
    for head, end in zip(heads, ends, strict=True):
        body = text[head.end() : end].strip("\n")
        parts = tuple(part.strip("\n") for part in re.split(r"\n\s*\n", body))
        out[head["id"]] = Emne(head["id"], head["tittel"], parts)
    return out


def find_topic(ord_: str) -> Emne | None:
    """Return the topic of this name, or of another it goes by, with or without æøå; None when there is none."""
    name = "-".join(fold(ord_).lower().replace("_", " ").split())
    return topics().get(ANDRE_NAVN.get(name, name))


def nearest_topic(ord_: str, ogsa: list[str]) -> str | None:
    """Return the topic or command (``ogsa``) that looks most like a word."""
    near = nearest(ord_, [*topics(), *ogsa, *ANDRE_NAVN])
    return ANDRE_NAVN.get(near, near) if near else None


def as_text(emne: Emne, bredde: int, *, farger: bool) -> str:
    """Render a topic for a terminal ``bredde`` columns wide; examples are never broken, for they are copied."""
    bold, plain = ("\x1b[1m", "\x1b[0m") if farger else ("", "")
    code = "\x1b[36m" if farger else ""
    lines = [f"{bold}{emne.tittel}{plain}"]
    for part in emne.avsnitt:
        lines.append("")
        if is_block(part):
            lines += [
                f"{line[: len(line) - len(line.lstrip())]}{code}{line.lstrip()}{plain}" for line in part.splitlines()
            ]
        else:
            lines += textwrap.wrap(part, min(bredde, 100), break_on_hyphens=False, break_long_words=False)
    return "\n".join(lines) + "\n"


def as_md(emne: Emne) -> str:
    """Render a topic as Markdown."""
    return f"# {emne.tittel}\n\n" + "\n\n".join(emne.avsnitt) + "\n"
