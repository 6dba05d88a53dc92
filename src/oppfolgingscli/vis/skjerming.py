"""What must not be told by a routine's name: whom it is for, when that is a benefit or a group.

A routine that holds only for some benefits or groups would tell which by its name, its type and its rule.
Whatever leaves the workspace (calendars), and lists that stand open on a screen, use these instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _, navn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppfolgingscli.modell.rutinesett import Versjon

NOYTRAL: Final = "oppfolging"
_TIL_SLUTT: Final = re.compile(r"\s*[(\[–—:,].*$")
_ORD: Final = re.compile(r"[^\W_]+")
_YTELSER: Final = (
    "kvp", "aap", "kvalifiseringsprogram", "tiltakspeng", "dagpeng", "sosialhjelp", "introduksjon",
    "arbeidsavklaring", "overgangsst", "uføre", "ufore", "sykepeng", "sjukepeng", "ytelse", "yting", "stønad",
    "stonad", "benefit",
)  # fmt: skip


def conditions(v: Versjon) -> tuple[str, ...]:
    """Return the benefits and groups a version is for."""
    return (*v.rutine.gjelder.ytelse, *v.rutine.gjelder.gruppe)


def is_veiled(v: Versjon) -> bool:
    """Whether the version is only for some benefits or groups."""
    return bool(conditions(v))


def title(v: Versjon) -> str:
    """Return the routine's name; one that does not tell for whom it is, where it is only for some."""
    return neutral(v) if is_veiled(v) else navn(v.rutine.navn)


def neutral(v: Versjon) -> str:
    """Return a title that does not tell for whom the routine is: the name's beginning, else the type."""
    short = _TIL_SLUTT.sub("", navn(v.rutine.navn)).strip()
    if short and not tells(short, conditions(v)):
        return short
    kind = category(v)
    if kind == NOYTRAL:
        return _("Oppfølging")
    return kind.replace("-", " ").replace("_", " ").capitalize()


def category(v: Versjon) -> str:
    """Return the type, unless it tells for whom the routine is."""
    kind = v.rutine.type
    return NOYTRAL if is_veiled(v) and tells(kind, conditions(v)) else kind


def tells(text: str, words: Iterable[str]) -> bool:
    """Whether a text names one of the benefits or groups it is for, or benefits at all."""
    low = text.lower()
    known = {part.lower() for word in words for part in _ORD.findall(word) if len(part) > 2}
    return any(part in low for part in (*_YTELSER, *known))
