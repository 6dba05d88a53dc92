"""Formulas in the documents, as the site shows them: the TeX that GitHub reads, made into MathML that browsers read.

Only what the documents use: what is not known is an error, so that nothing is shown half. No script, no font, no network.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

_SYMBOLER: Final = {
    "cdot": ("mo", "·"), "pm": ("mo", "±"), "le": ("mo", "≤"), "ge": ("mo", "≥"), "min": ("mi", "min"),
    "max": ("mi", "max"), "ldots": ("mo", "…"), "sum": ("mo", "∑"), "prod": ("mo", "∏"),
}  # fmt: skip
_KOMMANDOER: Final = {
    "frac": (2, "<mfrac>{}{}</mfrac>"),
    "sqrt": (1, "<msqrt>{}</msqrt>"),
    "bar": (1, '<mover accent="true">{}<mo>¯</mo></mover>'),
}
_ROM: Final = {"quad": "1em", "qquad": "2em", ";": "0.28em"}
#: One sign, word or number. A decimal comma is written ``1{,}96``, so that it gets no room after it.
_TEGN: Final = re.compile(r"\\text *\{[^{}]*\}|\\[a-zA-Z]+|\\.|\d+(?:\{,\}\d+)?|\S")
#: Sums and products have what is below them below, where there is room for it.
_STORE: Final = ("∑", "∏")


class Formelfeil(ValueError):
    """The formula has something this module does not know."""


def mathml(tex: str, *, blokk: bool = False) -> str:
    """Return a formula as MathML; ``blokk``: on a line of its own. Raises Formelfeil for what is not known."""
    found = _Leser(tex).row(None)
    shown = ' display="block"' if blokk else ""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"{shown}><mrow>{found}</mrow></math>'


class _Leser:
    def __init__(self, tex: str) -> None:
        self._tex = tex
        self._tegnene = [m[0] for m in _TEGN.finditer(tex)]
        self._at = 0

    def row(self, end: str | None) -> str:
        """Return what is up to ``end`` (None: all of it)."""
        out: list[str] = []
        while self._at < len(self._tegnene):
            tegn = self._tegnene[self._at]
            if tegn == end:
                self._at += 1
                return "".join(out)
            out.append(self._scripted(self._atom()))
        if end is not None:
            raise Formelfeil(f"{end} is missing: {self._tex}")
        return "".join(out)

    def _next(self) -> str:
        if self._at >= len(self._tegnene):
            raise Formelfeil(f"something is missing at the end: {self._tex}")
        self._at += 1
        return self._tegnene[self._at - 1]

    def _argument(self) -> str:
        if self._next() != "{":
            self._at -= 1
            return self._atom()
        return f"<mrow>{self.row('}')}</mrow>"

    def _scripted(self, base: str) -> str:
        below = above = ""
        while self._at < len(self._tegnene) and self._tegnene[self._at] in "^_":
            which = self._next()
            if which == "_":
                below = self._argument()
            else:
                above = self._argument()
        name = "under" if any(sign in base for sign in _STORE) else "sub"
        if below and above:
            tag = "munderover" if name == "under" else "msubsup"
            return f"<{tag}>{base}{below}{above}</{tag}>"
        if below:
            return f"<m{name}>{base}{below}</m{name}>"
        return f"<msup>{base}{above}</msup>" if above else base

    def _atom(self) -> str:
        tegn = self._next()
        if tegn.startswith("\\"):
            return self._command(tegn[1:])
        if tegn == "{":
            return f"<mrow>{self.row('}')}</mrow>"
        if tegn[0].isdigit():
            return f"<mn>{tegn.replace('{,}', ',')}</mn>"
        if tegn.isalpha():
            return f"<mi>{tegn}</mi>"
        if tegn in "}^_&":
            raise Formelfeil(f"{tegn} does not belong there: {self._tex}")
        fixed = ' stretchy="false"' if tegn in "()[]" else ""
        return f"<mo{fixed}>{escape('−' if tegn == '-' else tegn)}</mo>"

    def _command(self, name: str) -> str:
        if name.startswith("text"):
            return f"<mtext>{escape(name[name.index('{') + 1 : -1])}</mtext>"
        if name in _SYMBOLER:
            tag, sign = _SYMBOLER[name]
            return f"<{tag}>{sign}</{tag}>"
        if name in _ROM:
            return f'<mspace width="{_ROM[name]}"/>'
        if name in ("left", "right"):
            return f'<mo stretchy="true">{escape(self._next())}</mo>'
        arguments, shown = _KOMMANDOER.get(name, (0, ""))
        if not shown:
            raise Formelfeil(f"\\{name} is not known: {self._tex}")
        return shown.format(*(self._argument() for _each in range(arguments)))
