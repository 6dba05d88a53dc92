"""Recognises an event again after a server has rewritten it.

Servers fold, order and stamp anew what they are given, and change ETags for it. What counts is whether
anything a person can see is different.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLYKTIG: Final = frozenset({
    "DTSTAMP", "LAST-MODIFIED", "CREATED", "X-MOZ-LASTACK", "X-MOZ-GENERATION", "X-RADICALE-NAME",
})  # fmt: skip
"""What servers and clients write without anybody having changed anything."""
_I_VERDIEN: Final = frozenset({"VALUE", "TZID"})
"""Parameters that are in the value once it is understood."""


def merke(data: bytes) -> str:
    """Return a hash of what a calendar object says: events, their properties and alarms, in any order and layout."""
    from icalendar import Calendar

    try:
        said: Any = [_said(child) for child in _kept(Calendar.from_ical(data))]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):  # what the library raises for nonsense
        said = hashlib.sha256(data).hexdigest()
    text = json.dumps(said, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _kept(component: Any) -> Iterator[Any]:  # noqa: ANN401 - the library's types are unions of thirty kinds of values
    return (child for child in component.subcomponents if child.name != "VTIMEZONE")


def _said(component: Any) -> list[Any]:  # noqa: ANN401 - as above
    lines = []
    for name, value in component.property_items(recursive=False, sorted=False):
        if name not in _FLYKTIG and name not in {"BEGIN", "END"}:
            params = sorted((k, str(v)) for k, v in getattr(value, "params", {}).items() if k not in _I_VERDIEN)
            lines.append([name, params, _value(value)])
    return [component.name, sorted(lines), sorted((_said(child) for child in _kept(component)), key=json.dumps)]


def _value(value: Any) -> str:  # noqa: ANN401 - as above
    when = getattr(value, "dt", None)
    if isinstance(when, datetime) and when.tzinfo is not None:
        return when.astimezone(UTC).isoformat()
    made: bytes | str = value.to_ical()
    return made.decode("utf-8", "replace") if isinstance(made, bytes) else made
