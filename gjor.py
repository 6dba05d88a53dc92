"""Tasks for this project on every system, with nothing but Python: `python gjor.py demo`.

Makes the environment .venv from the lock files when it is missing or out of date, then runs the
task in it. A second run only compares checksums. Needs Python 3.11 or newer; this file itself is
read by older ones too, so that they can say so.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - the reader may have an old one
    sys.exit(
        "Dette prosjektet trenger Python 3.11 eller nyere; dette er Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}.\n"
        "Installer en nyere Python (python.org, pakkebrønnen eller butikken til systemet), og kjør\n"
        "den samme kommandoen med den, for eksempel: python3.12 gjor.py demo",
    )

ROT = Path(__file__).resolve().parent
VENV = ROT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STEMPEL = VENV / "gjor-stempel.json"
LAASER = {"kjoring": "requirements.lock", "utvikling": "requirements-dev.lock"}
LOCALE = ROT / "src" / "oppfolgingscli" / "locale"


def run(*words: str | Path) -> None:
    """Run a command in the project folder; end with its exit code if it fails."""
    result = subprocess.run([str(word) for word in words], cwd=ROT, check=False)
    if result.returncode:
        sys.exit(result.returncode)


def say(text: str) -> None:
    """Tell what is going on, on stderr: stdout belongs to the task."""
    print(text, file=sys.stderr, flush=True)


# --- The environment ----------------------------------------------------------------------------


def checksum(*files: Path) -> str:
    """Return one checksum of the content of files, in the order given."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0")
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def wanted(slag: str) -> dict[str, str]:
    """Return what the stamp says when the environment is in order for a kind of use."""
    project = [ROT / "pyproject.toml", ROT / "hatch_build.py", *sorted(LOCALE.rglob("*.po"))]
    return {
        "sted": str(VENV),  # the scripts in it hold this path
        "laas": f"{slag} {checksum(ROT / LAASER[slag])}",
        "prosjekt": checksum(*project),
    }


def stamped() -> dict[str, str]:
    """Return what the last finished set-up wrote; empty when there is none."""
    try:
        stamp = json.loads(STEMPEL.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def ensure(slag: str) -> None:
    """Make the environment ready for "kjoring" (running) or "utvikling" (also tests and lint).

    The development environment has all that running needs, so it serves both.
    """
    stamp = stamped()
    in_order = [wanted(use) for use in LAASER if use in {slag, "utvikling"}]
    if PYTHON.exists() and stamp in in_order:
        return
    wish = wanted(slag)
    if stamp.get("laas") == wanted("utvikling")["laas"]:
        wish = wanted("utvikling")  # keep what is there
    if not PYTHON.exists() or stamp.get("sted", wish["sted"]) != wish["sted"]:
        make_venv()
        stamp = {}
    STEMPEL.unlink(missing_ok=True)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    if stamp.get("laas") != wish["laas"]:
        lock = LAASER[wish["laas"].split()[0]]
        say(f"Henter pakkene i {lock} …")
        run(*pip, "--require-hashes", "--no-deps", "-r", lock)
    say("Installerer prosjektet …")
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    STEMPEL.write_text(json.dumps(wish), encoding="utf-8")


def make_venv() -> None:
    """Make .venv anew, with this Python."""
    say(f"Lager et eget miljø i {VENV} …")
    result = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if result.returncode:
        sys.exit(
            "Kunne ikke lage miljøet. På Debian og Ubuntu trengs pakken python3-venv; ellers, se\n"
            f"meldingen over. Python: {sys.executable}",
        )


# --- The tasks ----------------------------------------------------------------------------------


def oppsett(rest: list[str]) -> None:
    """Lag miljøet; med --utvikling også det testene trenger."""
    ensure("utvikling" if "--utvikling" in rest else "kjoring")
    say("Miljøet er klart.")


def demo(rest: list[str]) -> None:
    """Kjør «oppfolging demo»."""
    ensure("kjoring")
    run(PYTHON, "-m", "oppfolgingscli", "demo", *rest)
    activate = r".venv\Scripts\activate" if os.name == "nt" else ". .venv/bin/activate"
    say(f"\nKommandoen oppfolging ligger i miljøet. Slå det på med:  {activate}")


def test(rest: list[str]) -> None:
    """Kjør testene (pytest); resten av ordene går til pytest."""
    ensure("utvikling")
    run(PYTHON, "-m", "pytest", *rest)


def sjekk_kode(rest: list[str]) -> None:
    """Kjør ruff og mypy."""
    del rest
    ensure("utvikling")
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "mypy")


def laas(rest: list[str]) -> None:
    """Skriv låsefilene på nytt; med --upgrade til nyeste versjoner."""
    ensure("utvikling")
    compile_lock = (
        *(PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml"),
        *("--universal", "--generate-hashes", "--python-version", "3.11"),
        *("--no-header", "--no-emit-index-url", "--quiet"),
    )
    run(*compile_lock, "--group", "bygg", "-o", LAASER["kjoring"], *rest)
    run(*compile_lock, "--group", "dev", "-c", LAASER["kjoring"], "-o", LAASER["utvikling"], *rest)


def oversett(rest: list[str]) -> None:
    """Hent tekstene ut av koden, oppdater katalogene (.po) og kompiler dem (.mo)."""
    del rest
    ensure("utvikling")
    pot = LOCALE / "oppfolgingscli.pot"
    babel = (PYTHON, "-m", "babel.messages.frontend", "--quiet")
    common = ("--no-location", "--sort-output", "--width=100", "--project=oppfolgingscli")
    run(*babel, "extract", "-F", "babel.cfg", "-k", "N_", *common, "-o", pot, "src/oppfolgingscli")
    for code in ("nn", "en"):
        po = LOCALE / code / "LC_MESSAGES" / "oppfolgingscli.po"
        words: tuple[str, ...]
        if po.exists():
            words = (
                "update",
                "--no-fuzzy-matching",
                "--ignore-obsolete",
                "--ignore-pot-creation-date",
            )
        else:
            words = ("init",)
            po.parent.mkdir(parents=True, exist_ok=True)
        run(*babel, *words, "--width=100", "-i", pot, "-o", po, "-l", code)
    run(PYTHON, "-c", "from hatch_build import *; compile_catalogues(Path.cwd())")


def dokumentasjon(rest: list[str]) -> None:
    """Skriv dokumentene som lages av koden."""
    ensure("utvikling")
    run(PYTHON, "docs/lag_kommandoer.py", *rest)
    run(PYTHON, "docs/lag_konsoll.py", *rest)


def bilder(rest: list[str]) -> None:
    """Lag bildene i dokumentene; med --sider også dem nettleseren tar."""
    ensure("utvikling")
    run(PYTHON, "docs/lag_bilder.py", *rest)


def nettsted(rest: list[str]) -> None:
    """Bygg dokumentasjonen som nettsted i dist/nettsted."""
    ensure("utvikling")
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # an advertisement
    run(PYTHON, "-m", "mkdocs", "build", "--strict", *rest)
    say(f"Åpne {ROT / 'dist' / 'nettsted' / 'index.html'}")


def benk(rest: list[str]) -> None:
    """Mål oppstart, sjekk, plan og minne mot et tomt click-program."""
    ensure("utvikling")
    run(PYTHON, "benk/oppstart.py", *rest)
    run(PYTHON, "benk/sjekk.py")
    run(PYTHON, "benk/plan.py")


def palitelighet(rest: list[str]) -> None:
    """Prøv hva programmet tåler, og skriv docs/palitelighet.md; --kort for noen sekunder."""
    ensure("utvikling")
    run(PYTHON, "-m", "ildprove", *rest)


def bygg(rest: list[str]) -> None:
    """Bygg wheel og kildepakke i dist/, med stykkliste (SBOM) og sjekksummer."""
    ensure("utvikling")
    run(PYTHON, "-m", "leveranse", "bygg", *rest)


def leveranse(rest: list[str]) -> None:
    """Bygg to ganger og sammenlign, og spør om kjente sårbarheter i pakkene."""
    ensure("utvikling")
    run(PYTHON, "-m", "leveranse", "lik", *rest)
    run(PYTHON, "-m", "leveranse", "sarbarheter", *rest)


OPPGAVER = {
    "oppsett": oppsett,
    "demo": demo,
    "test": test,
    "sjekk-kode": sjekk_kode,
    "laas": laas,
    "oversett": oversett,
    "dokumentasjon": dokumentasjon,
    "bilder": bilder,
    "nettsted": nettsted,
    "benk": benk,
    "palitelighet": palitelighet,
    "bygg": bygg,
    "leveranse": leveranse,
}


def main() -> None:
    """Read the task's name and run it; the rest of the words belong to the task."""
    # A console with another code page must not stop a message with æ in it.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    lines = [f"  {name:<14} {task.__doc__}" for name, task in OPPGAVER.items()]
    parser = argparse.ArgumentParser(
        prog="gjor.py",
        description="Oppgaver i prosjektet:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("oppgave", choices=list(OPPGAVER), metavar="OPPGAVE")
    arguments, rest = parser.parse_known_args(sys.argv[1:2])
    try:
        OPPGAVER[arguments.oppgave](rest + sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
