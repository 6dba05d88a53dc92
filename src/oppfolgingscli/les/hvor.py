"""Where in a file something is, in words: «rutinen «elevsamtale», frekvens.per»."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from oppfolgingscli.les.toml import Nokkel

#: What one thing in a list or table of the files is called.
_THINGS: Final = {
    "rutiner": N_("rutinen {id}"),
    "roller": N_("rollen {id}"),
    "faser": N_("fasen {id}"),
    "deltakere": N_("deltakeren {id}"),
    "personer": N_("personen {id}"),
    "skolear": N_("skoleåret {id}"),
}


def hvor(data: Any, nokkel: Nokkel) -> str:  # noqa: ANN401 - what a file holds
    """Say where in a file ``nokkel`` is: «rutinen «elevsamtale», frekvens.per»."""
    parts: list[str] = []
    rest = list(nokkel)
    if len(rest) >= 2 and rest[0] in _THINGS:
        thing = _(_THINGS[str(rest[0])])
        if isinstance(rest[1], str):
            if rest[0] != "faser" or len(rest) > 2:
                parts.append(thing.format(id=vis_verdi(rest[1])))
                rest = rest[2:]
        else:
            parts.append(thing.format(id=_name_of(data, str(rest[0]), rest[1])))
            rest = rest[2:]
    tail = ""
    for part in rest:
        tail += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if tail else str(part)
    if tail:
        parts.append(tail if not has_fodselsnummer(tail) else "…")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:] if len(parts) > 1 or (parts and not tail) else text


def _name_of(data: Any, name: str, i: int) -> str:  # noqa: ANN401 - what a file holds
    """Return the id of the i-th thing, or its number when it has no id fit to show."""
    try:
        found = data[name][i]["id"]
    except (KeyError, IndexError, TypeError):
        found = None
    if isinstance(found, str) and found.strip() and not has_fodselsnummer(found):
        return vis_verdi(found)
    return _("nr. {n}").format(n=i + 1)
