"""Tables of running text for a terminal: columns as wide as there is room for, cells that break between words."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_GAP: Final = 2
_LEAST: Final = 4


def layout(header: Sequence[str], rows: Sequence[Sequence[str]], bredde: int, tall: Collection[int] = ()) -> str:
    """Lay out rows under a header within ``bredde`` columns; ``tall``: numbers of the columns that are set right.

    The widest columns give way first, down to their longest word; a word longer than that is never cut.
    """
    head, body = grid(header, rows, bredde, tall)
    return "\n".join([*head, *(line for row in body for line in row)]) + "\n"


def grid(
    header: Sequence[str], rows: Sequence[Sequence[str]], bredde: int, tall: Collection[int] = ()
) -> tuple[list[str], list[list[str]]]:
    """Lay out as ``layout`` does; return the lines of the header with its rule, and the lines of each row."""
    table = [tuple(header), *(tuple(row) for row in rows)]
    widths = _widths(table, bredde)
    head = [*_lines(table[0], widths, tall), "  ".join("─" * width for width in widths)]
    return head, [_lines(row, widths, tall) for row in table[1:]]


def least_width(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns a table takes when its cells break at every word."""
    least = _least([tuple(header), *(tuple(row) for row in rows)])
    return sum(least) + _GAP * (len(least) - 1)


def _least(table: Sequence[Sequence[str]]) -> list[int]:
    return [max(_LEAST, *(_longest(cell) for cell in column)) for column in zip(*table, strict=True)]


def _longest(cell: str) -> int:
    return _indent(cell) + max(len(word) for word in cell.lstrip(" ").split(" "))


def _indent(cell: str) -> int:
    return len(cell) - len(cell.lstrip(" "))


def _widths(table: Sequence[Sequence[str]], room: int) -> list[int]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    least = _least(table)
    over = sum(widths) + _GAP * (len(widths) - 1) - room
    while over > 0:
        giving = max(range(len(widths)), key=lambda i: widths[i] if widths[i] > least[i] else -1)
        if widths[giving] <= least[giving]:
            break
        widths[giving] -= 1
        over -= 1
    return widths


def _lines(row: Sequence[str], widths: Sequence[int], tall: Collection[int]) -> list[str]:
    cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    out = []
    for i in range(height):
        parts = []
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            text = cell[i] if i < len(cell) else ""
            parts.append(text.rjust(width) if number in tall else text.ljust(width))
        out.append((" " * _GAP).join(parts).rstrip())
    return out


def _wrapped(text: str, width: int) -> list[str]:
    lines = wrap(
        text, max(width, 1), subsequent_indent=" " * _indent(text), break_long_words=False, break_on_hyphens=False
    )
    return lines or [""]
