"""Makes the documents into pages of the site: links out of docs/, the words after ```` ``` ````, formulas, warnings.

One source: the documents are written to be read where the project is, and this takes the difference. Loaded by mkdocs
(``hooks`` in mkdocs.yml).
"""

from __future__ import annotations

import posixpath
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROT))

from docs.nettsted.formler import mathml  # noqa: E402 - the line above says where it is
from mkdocs.structure.files import File  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

#: Files of the project that are pages too, and what they are called there.
SIDER: Final = {
    "README.md": "prosjektet.md",
    "eksempler/README.md": "eksempler.md",
    "CHANGELOG.md": "endringer.md",
    "CONTRIBUTING.md": "bidra.md",
    "SECURITY.md": "sikkerhet.md",
}
#: Files that are shown as they are, each on a page of its own.
FILER: Final = ("rutiner", "skoleruter")
ANDRE: Final = {"LICENSE": "lisens.md"}

_LENKE = re.compile(r"(\]\()([^)\s]+)(\))")
_GJERDE = re.compile(r"^( *)```([\w-]*)[^\n]*$")
_MERKNAD = re.compile(r"^ *<!--.*-->$")
_ROP = re.compile(r"^> \[!(\w+)\]$")
_I_LINJEN = re.compile(r"\$`([^`]+)`\$")
_PUNKT = re.compile(r"^(?:[-*]|\d+\.) ")
_SLAG = {"WARNING": ("warning", "Pass på"), "NOTE": ("note", "Merk"), "TIP": ("tip", "Tips"),
         "IMPORTANT": ("warning", "Viktig"), "CAUTION": ("danger", "Forsiktig")}  # fmt: skip


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give headings the anchors they have where the project is: small letters, and æ, ø and å as they are."""
    from pymdownx.slugs import slugify  # type: ignore[import-untyped]  # it ships none

    config.mdx_configs["toc"]["slugify"] = slugify(case="lower")
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that are made of files outside docs/."""
    for source, name in SIDER.items():
        if (ROT / source).exists():
            files.append(File.generated(config, name, content=(ROT / source).read_text(encoding="utf-8")))
    for source, name in ANDRE.items():
        text = (ROT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=f"# Lisens\n\n```text\n{text}\n```\n"))
    for folder in FILER:
        listed = []
        for file in sorted((ROT / folder).glob("*.toml")):
            text = file.read_text(encoding="utf-8")
            body = f'# {folder}/{file.name}\n\n```toml title="{file.name}"\n{text}```\n'
            files.append(File.generated(config, f"{folder}/{file.stem}.md", content=body))
            listed.append(f"- [{file.name}]({file.stem}.md)")
        title = {"rutiner": "Rutinesettene som følger med", "skoleruter": "Skolerutene som følger med"}[folder]
        files.append(File.generated(config, f"{folder}/index.md", content=f"# {title}\n\n" + "\n".join(listed) + "\n"))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_rest: object) -> str:
    """Return the text of a page as mkdocs wants it."""
    here = page.file.src_uri
    if here.startswith(tuple(f"{folder}/" for folder in FILER)):
        return markdown
    return convert(markdown, here)


def on_post_page(output: str, **_rest: object) -> str:
    """Give names to parts of the theme that have none, or the same one."""
    named = output.replace(
        'data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Søk"'
    )
    return re.sub(r'(<nav class="md-nav md-nav--primary[^>]*aria-label=")[^"]*"', r'\1Alle sidene"', named)


def convert(markdown: str, side: str) -> str:
    """Return the text of a page, ``side`` its name in the site."""
    source = next((one for one, name in SIDER.items() if name == side), f"docs/{side}")
    out: list[str] = []
    for kind, lines in _stretches(_indented(markdown)):
        if kind == "kode":
            out += _fence(lines)
        else:
            text = _admonitions(_lists([line for line in lines if not _MERKNAD.match(line)]))
            text = _formulas(text)
            out.append(_LENKE.sub(lambda m: f"{m[1]}{target(m[2], source, side)}{m[3]}", text))
    return "\n".join(out)


def target(lenke: str, kilde: str, side: str) -> str:
    """Return where a link of the file ``kilde`` leads in the site, from the page ``side``. Raises ValueError: nowhere."""
    if "://" in lenke or lenke.startswith(("#", "mailto:")):
        return lenke
    path, hash_, anchor = lenke.partition("#")
    at = posixpath.normpath(posixpath.join(posixpath.dirname(kilde), path))
    return f"{posixpath.relpath(_page(at), posixpath.dirname(side) or '.')}{hash_}{anchor}"


def _page(at: str) -> str:
    """Return the page of a file or folder of the project."""
    pages = {**SIDER, **ANDRE}
    if at in pages:
        return pages[at]
    if at == "docs":
        return "README.md"
    if at.startswith("docs/"):
        return at.removeprefix("docs/")
    first, _slash, rest = at.partition("/")
    if first == "eksempler":
        return "eksempler.md"
    if first in FILER:
        return f"{first}/{rest.removesuffix('.toml')}.md" if rest else f"{first}/index.md"
    raise ValueError(f"{at} has no page in the site")


def _indented(markdown: str) -> str:
    """Give what belongs to a list the four spaces Python-Markdown needs, where two or three are enough elsewhere."""
    out: list[str] = []
    more, fenced = 0, False
    for line in markdown.splitlines():
        if item := None if fenced else _PUNKT.match(line):
            more = 4 - len(item[0])
        elif line.strip() and not line.startswith("  ") and not fenced:
            more = 0
        short = line.startswith("  ") and (fenced or not line.startswith("    "))
        out.append(" " * more + line if more and short else line)
        fenced ^= line.lstrip().startswith("```")
    return "\n".join(out)


def _stretches(markdown: str) -> list[tuple[str, list[str]]]:
    """Divide the lines into prose and fenced code, in order."""
    out: list[tuple[str, list[str]]] = [("tekst", [])]
    for line in markdown.splitlines():
        if out[-1][0] == "kode":
            out[-1][1].append(line)
            if line.strip() == "```":
                out.append(("tekst", []))
        elif _GJERDE.match(line):
            out.append(("kode", [line]))
        else:
            out[-1][1].append(line)
    return out


def _fence(lines: list[str]) -> list[str]:
    """Return a block of code with only its language and, when it is a file, its name."""
    begins = _GJERDE.match(lines[0])
    assert begins is not None  # noqa: S101 - that is how the stretch was found
    name = re.search(r"\bfil=(\S+)", lines[0])
    title = f' title="{name[1]}"' if name and "." in name[1] else ""
    return [f"{begins[1]}```{begins[2] or 'text'}{title}", *lines[1:]]


def _lists(lines: list[str]) -> list[str]:
    """Put an empty line before a list that follows a line of text, as Python-Markdown needs."""
    out: list[str] = []
    first = ""  # of the lines that stand together
    for line in lines:
        if _PUNKT.match(line) and first and not _PUNKT.match(first):
            out.append("")
            first = ""
        first = (first or line) if line.strip() else ""
        out.append(line)
    return out


def _admonitions(lines: list[str]) -> str:
    """Make ``> [!WARNING]`` and the quoted lines after it into a box."""
    out: list[str] = []
    inside = False
    for line in lines:
        if box := _ROP.match(line):
            kind, title = _SLAG[box[1]]
            out += [f'!!! {kind} "{title}"', ""]
            inside = True
        elif inside and line.startswith(">"):
            out.append("    " + line.removeprefix(">").strip())
        else:
            inside = False
            out.append(line)
    return "\n".join(out)


def _formulas(text: str) -> str:
    """Make ``$$…$$`` on a line of its own, and ``$`…`$`` in a line, into MathML."""
    blocks: Callable[[re.Match[str]], str] = lambda m: f'<div class="formel">{mathml(m[1], blokk=True)}</div>'  # noqa: E731
    text = re.sub(r"^\$\$(.+)\$\$$", blocks, text, flags=re.MULTILINE)
    # In a span: what begins a line with a tag of its own is taken for a block.
    return _I_LINJEN.sub(lambda m: f"<span>{mathml(m[1])}</span>", text)
