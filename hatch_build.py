"""Build hook: compiles the message catalogues and puts the bundled data folders in the wheel."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("rutiner", "skoleruter", "eksempler", "skjema")
DATA_SUFFIXES = (".toml", ".csv", ".json", ".md")
"""Top-level folders that the installed package has as oppfolgingscli/data/<name>."""


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside every .po under root; unchanged ones are left alone.

    Babel is imported here because only a build needs it.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for po in sorted(root.glob("src/oppfolgingscli/locale/*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        buffer = BytesIO()
        write_mo(buffer, catalogue, use_fuzzy=False)
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != buffer.getvalue():
            mo.write_bytes(buffer.getvalue())
        written.append(mo)
    return written


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before every build, the editable one included."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues; add the data folders to a real wheel (a checkout has them)."""
        root = Path(self.root)
        compile_catalogues(root)
        if self.target_name != "wheel" or version == "editable":
            return
        for name in DATA:
            folder = root / name
            if not folder.is_dir():
                message = f"the bundled folder {name}/ is missing"
                raise FileNotFoundError(message)
            for file in sorted(folder.rglob("*")):
                # Not the program that makes the examples' logs, nor what running commands there has left.
                if file.suffix in DATA_SUFFIXES and not file.name.startswith(("kalender-publisert", ".")):
                    inside = file.relative_to(root).as_posix()
                    build_data["force_include"][str(file)] = f"oppfolgingscli/data/{inside}"
