"""Makes the pictures in docs/bilder/: `python gjor.py bilder`. What is in them is what the program answers.

Pictures of the terminal and of the annual wheel are SVG and the same every time; a test makes them again. Pictures of
pages need Chromium (or the one OPPFOLGING_CHROMIUM names), and are made with --sider.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

BILDER = Path(__file__).with_name("bilder")
sys.path.insert(0, str(BILDER.parents[1]))

from docs.kommandoblokker import Anvisning, Kjoring, running  # noqa: E402 - the line above says where

if TYPE_CHECKING:
    from rich.text import Text

#: Columns: no picture is wider than it can be read on a page.
BREDDE: Final = 92


class Terminal(NamedTuple):
    """A picture of a command and its answer: which example it is run in, the day, and how many lines are shown."""

    navn: str
    mappe: str
    dagen: str
    kommando: str
    linjer: int = 60


class Side(NamedTuple):
    """A picture of a page a command writes: how much of it, in pixels, and of which section (none: from the top)."""

    navn: str
    mappe: str
    dagen: str
    kommando: str
    fil: str
    bredde: int
    hoyde: int
    del_: str = ""


HELSFYR = "eksempler/oslo-helsfyr"
TERMINALER: Final = (
    Terminal("sjekk", HELSFYR, "2023-12-11", "oppfolging sjekk --rolle kontaktlaerer"),
    Terminal("forklar", HELSFYR, "2023-12-11", "oppfolging sjekk --forklar trekantsamtale-oppstart/D02/oppstart/1"),
    Terminal(
        "utvid",
        "eksempler/vestby",
        "2024-08-19",
        "oppfolging utvid --deltaker D01 --fra 2024-08-19 --til 2024-12-31",
        24,
    ),
    Terminal("plan", "eksempler/vestby", "2026-05-18", "oppfolging plan", 26),
    Terminal("kalender", HELSFYR, "2024-10-01", "oppfolging kalender"),
    Terminal("rapport", HELSFYR, "2025-06-20", "oppfolging rapport", 22),
    Terminal("revisjon", "eksempler", "2025-06-20", "oppfolging revisjon eksempler", 30),
)
SIDER: Final = (
    Side("rapport-side", HELSFYR, "2025-06-20", "oppfolging rapport --ut r.html", "r.html", 1100, 780, "rutiner"),
    Side("revisjon-side", "eksempler", "2025-06-20", "oppfolging revisjon eksempler --ut r.html", "r.html", 1100, 790, "steder"),
    Side("handbok-side", HELSFYR, "2025-06-20", "oppfolging handbok --ut h.html", "h.html", 1100, 820),
)  # fmt: skip
#: Pages of `oppfolging web`: what they are called, and where they are.
WEB: Final = {
    "web-liste": "/?rolle=kontaktlaerer",
    "web-skjema": "/logg?deltaker=D11&rutine=trekantsamtale-oppstart",
    "web-deltaker": "/deltaker/D02",
}
#: What the program draws itself, as it is.
HJUL: Final = ("arshjul.svg", HELSFYR, "2024-08-19", "oppfolging arshjul --skolear 2024 --ut arshjul.svg")

# The terminal of rich, without the fonts it fetches from the network: only those the machine has.
_RAMME: Final = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def terminal(bilde: Terminal) -> str:
    """Return the picture: the command after ``$``, and its answer in colours."""
    from rich.text import Text

    with running(fargerikt=True, bredde=BREDDE) as kjoring:
        _begin(kjoring, bilde.mappe, bilde.dagen)
        result = kjoring.answer(f"{bilde.kommando} --farge")
    if result.exit_code not in (0, 1):
        raise ValueError(result.output)
    lines = result.stdout.splitlines()
    shown = [*lines[: bilde.linjer], "…"] if len(lines) > bilde.linjer else lines
    text = Text.from_ansi("\n".join(shown))
    prompt = Text.assemble(("$ ", "green"), (bilde.kommando, "bold"), "\n", text)
    return _svg(prompt, bilde.navn)


def _svg(text: Text, navn: str) -> str:
    from rich.console import Console
    from rich.terminal_theme import SVG_EXPORT_THEME

    width = min(BREDDE, max(len(line) for line in text.plain.splitlines()) + 1)
    console = Console(record=True, width=width, file=StringIO(), force_terminal=True, legacy_windows=False)
    console.print(text, overflow="fold")
    picture = console.export_svg(title="", theme=SVG_EXPORT_THEME, code_format=_RAMME, unique_id=f"t-{navn}")
    return "\n".join(line.rstrip() for line in picture.splitlines() if line.strip()) + "\n"


def _begin(kjoring: Kjoring, mappe: str, dagen: str) -> None:
    kjoring.follow(Anvisning("kommandoer", mappe))
    kjoring.follow(Anvisning("dagen", dagen))


def wheel() -> str:
    """Return the annual wheel as the program draws it."""
    name, mappe, dagen, command = HJUL
    with running() as kjoring:
        _begin(kjoring, mappe, dagen)
        result = kjoring.answer(command)
        if result.exit_code:
            raise ValueError(result.output)
        return Path(name).read_text(encoding="utf-8")


def drawings() -> dict[str, str]:
    """Return every picture that is the same each time, by file name."""
    return {**{f"{one.navn}.svg": terminal(one) for one in TERMINALER}, HJUL[0]: wheel()}


def screenshot(bilde: Side, chromium: str, til: Path) -> None:
    """Take a picture of the top of a page."""
    with running() as kjoring:
        _begin(kjoring, bilde.mappe, bilde.dagen)
        result = kjoring.answer(bilde.kommando)
        if result.exit_code:
            raise ValueError(result.output)
        page = Path(bilde.fil)
        if bilde.del_:
            others = rf'<(header|nav|section)(?! id="{bilde.del_}")\b.*?</\1>'
            text = re.sub(others, "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
            page.write_text(text, encoding="utf-8", newline="\n")
        take(chromium, page.resolve().as_uri(), til, bilde.bredde, bilde.hoyde)


def take(chromium: str, adresse: str, til: Path, bredde: int, hoyde: int) -> None:
    """Have Chromium open an address and save what is seen of it."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(  # noqa: S603 - the browser the user named, with words of ours
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
             f"--user-data-dir={profile}", f"--window-size={bredde},{hoyde}", f"--screenshot={til}",
             "--virtual-time-budget=3000", adresse],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def take_web(chromium: str) -> None:
    """Start the local page on a copy of the example, and take pictures of some of its pages."""
    with running() as kjoring:
        _begin(kjoring, HELSFYR, "2023-12-11")
        words = [sys.executable, "-m", "oppfolgingscli", "web", "--per", "2023-12-11", "--ikke-apne"]
        server = subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603 - our own program
        try:
            assert server.stdout is not None  # noqa: S101 - it is a pipe
            home = server.stdout.readline().strip()
            browse = build_opener(HTTPCookieProcessor())
            browse.open(home, timeout=30).close()
            for name, path in WEB.items():
                page = Path(f"{name}.html")
                page.write_text(_whole(browse, urljoin(home, path)), encoding="utf-8")
                take(chromium, page.resolve().as_uri(), BILDER / f"{name}.png", 1000, 760)
        finally:
            server.terminate()
            server.wait(30)


def _whole(browse: OpenerDirector, adresse: str) -> str:
    """Return a page with its style sheets in it: the key in the address works once, so the browser cannot ask for more."""

    def fetch(where: str) -> str:
        with browse.open(where, timeout=30) as answer:
            return str(answer.read().decode())

    def sheet(m: re.Match[str]) -> str:
        return f"<style>{fetch(urljoin(adresse, m[1]))}</style>"

    page = re.sub(r'<link rel="stylesheet" href="([^"]+)"[^>]*>', sheet, fetch(adresse))
    # A Norwegian browser shows days so; the one that takes the picture may know only English.
    return re.sub(r'type="date"([^>]*)value="(\d{4})-(\d\d)-(\d\d)"', r'type="text"\1value="\4.\3.\2"', page)


def main() -> None:
    """Write the pictures; with --sider also those of pages."""
    BILDER.mkdir(exist_ok=True)
    for name, picture in drawings().items():
        (BILDER / name).write_text(picture, encoding="utf-8", newline="\n")
    if "--sider" in sys.argv[1:]:
        named = os.environ.get("OPPFOLGING_CHROMIUM", "chromium")
        chromium = shutil.which(named)
        if chromium is None:
            sys.exit(f"{named} is not here: pictures of pages are not made")
        for one in SIDER:
            screenshot(one, chromium, BILDER / f"{one.navn}.png")
        take_web(chromium)
    sizes = {file.name: file.stat().st_size for file in sorted(BILDER.iterdir())}
    for name, size in sizes.items():
        print(f"{size / 1000:7.1f} kB  {name}")
    print(f"{sum(sizes.values()) / 1000:7.1f} kB  in all")


if __name__ == "__main__":
    main()
