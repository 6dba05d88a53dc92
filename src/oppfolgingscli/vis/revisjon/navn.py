"""What the rows of the audit are called, in the language in use: never a word that tells of a benefit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, navn
from oppfolgingscli.vis.ord import periode_ord
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.typeord import grunnlag_ord, type_ord

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.revisjon.celle import Nokkel


class Revisjonsnavn:
    """The names of some routine sets, by the ids they have in the audit."""

    def __init__(self, sett: Mapping[str, Rutinesett]) -> None:
        """Name everything once. A type that several sets have is called what the first of them calls it."""
        self._sett = {id_: Rapportnavn(one) for id_, one in sett.items()}
        self._settnavn = {id_: navn(one.hode.navn) for id_, one in sett.items()}
        self._typer: dict[str, str] = {}
        for id_ in sorted(sett):
            for v in sett[id_].versjoner:
                self._typer.setdefault(v.rutine.type, self._sett[id_].type(v.rutine.type))

    def type(self, kode: str) -> str:
        """Return the word for a type of contact."""
        return self._typer.get(kode) or type_ord(kode)

    def rutine(self, sett: str, rutine: str) -> str:
        """Return the name of a routine."""
        return self._sett[sett].rutine(rutine) if sett in self._sett else rutine

    def sett(self, id_: str) -> str:
        """Return the name of a routine set."""
        return self._settnavn.get(id_, id_)

    def rad(self, key: Nokkel) -> list[str]:
        """Return the words of a row, one for each heading of its table (``headings``)."""
        values = dict(zip(key.visning, key.verdier, strict=True))
        out = []
        for name, value in values.items():
            match name:
                case "type":
                    out.append(self.type(value))
                case "semester":
                    out.append(periode_ord(value))
                case "grunnlag":
                    out.append(grunnlag_ord(value))
                case "gruppe":
                    out.append(value or _("uten gruppe"))
                case "fylke" | "skole":
                    out.append(value or _("ikke oppgitt"))
                case "rutinesett":
                    out.append(self.sett(value))
                case "rutine":
                    out.append(self.rutine(values["rutinesett"], value))
                case _:
                    out.append(value)
        return out or [_("I alt")]

    def tekst(self, key: Nokkel) -> str:
        """Return a row in a few words: «Elevsamtale, høst 2024»."""
        words = self.rad(key)
        return ", ".join(words[1:] if key.visning[:2] == ("rutinesett", "rutine") else words)


def headings(visning: tuple[str, ...]) -> list[str]:
    """Return the headings of the columns that say what a row is about."""
    words = {
        "type": _("Type"), "semester": _("Semester"), "grunnlag": _("Grunnlag"), "gruppe": _("Gruppe"),
        "fylke": _("Fylke"), "skole": _("Skole"), "rutinesett": _("Rutinesett"), "rutine": _("Rutine"),
        "versjon": _("Versjon"),
    }  # fmt: skip
    return [words[name] for name in visning] or [""]
