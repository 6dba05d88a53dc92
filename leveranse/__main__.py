"""`python -m leveranse bygg | lik | sarbarheter`: build, build again and compare, ask about known holes."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from leveranse import sbom
from leveranse.pakker import LAAS, ROT
from oppfolgingscli import __version__

DIST = ROT / "dist"


def build(kilde: Path, mappe: Path) -> None:
    """Build the source package, and the wheel from it, into a folder.

    Raises:
        subprocess.CalledProcessError: the build failed.
    """
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(mappe), str(kilde)]
    subprocess.run(words, check=True, stdout=sys.stderr)


def sums(mappe: Path) -> dict[str, str]:
    """Return file name -> SHA-256 of all that was built."""
    files = sorted(f for f in mappe.iterdir() if f.suffix in {".whl", ".gz", ".json"})
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def bygg() -> int:
    """Build into dist/, with the bill of materials and the checksums of it all."""
    shutil.rmtree(DIST, ignore_errors=True)
    build(ROT, DIST)
    sbom.write(DIST, __version__)
    lines = [f"{total}  {name}\n" for name, total in sums(DIST).items()]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")
    print("".join(lines), end="")
    return 0


def lik() -> int:
    """Build twice from clean copies in folders of other names, at other times of day; say whether the files differ."""
    with tempfile.TemporaryDirectory() as folder:
        made = []
        source = ROT
        for number, umask in ((1, 0o022), (2, 0o077)):
            copy = Path(folder, f"kopi {number}", "x" * number)
            old = os.umask(umask)
            try:
                subprocess.run(["git", "clone", "--quiet", str(source), str(copy)], check=True)
                build(copy, copy / "dist")
            finally:
                os.umask(old)
            (copy / "dist" / "stykkliste.json").write_text(sbom.render(__version__), encoding="utf-8")
            source = copy  # the same commit, whatever has happened meanwhile
            made.append(sums(copy / "dist"))
    for name, total in made[0].items():
        print(f"{total}  {name}  {'lik' if made[1].get(name) == total else 'ULIK'}")
    return 0 if made[0] == made[1] and made[0] else 1


def sarbarheter() -> int:
    """Ask pip-audit about every locked package. What could not be asked about is said, and is not called clean."""
    words = ("--disable-pip", "--require-hashes", "--strict", "--progress-spinner", "off", "-r", str(LAAS))
    done = subprocess.run([sys.executable, "-m", "pip_audit", *words], capture_output=True, text=True, check=False)
    print(done.stdout, end="")
    print(done.stderr, end="", file=sys.stderr)
    if done.returncode and "could not be audited" in done.stdout + done.stderr:
        print("Ikke undersøkt: tjenesten med kjente sårbarheter svarte ikke for alle pakkene.", file=sys.stderr)
        return 4
    return done.returncode


def main() -> int:
    """Run what is asked for."""
    tasks = {"bygg": bygg, "lik": lik, "sarbarheter": sarbarheter}
    parser = argparse.ArgumentParser(prog="leveranse")
    parser.add_argument("oppgave", choices=list(tasks))
    return tasks[parser.parse_args().oppgave]()


if __name__ == "__main__":
    sys.exit(main())
