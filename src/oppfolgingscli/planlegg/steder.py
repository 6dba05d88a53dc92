"""Where participants are: at which workplace on which day, and on which weekdays they are not at school."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppfolgingscli.modell.klasse import Deltaker, Praksis


class Steder:
    """Answers from the participants' practice periods. Days are ordinals."""

    def __init__(self, deltakere: Sequence[Deltaker]) -> None:
        """Keep the periods of those who have any."""
        self._praksis = {d.id: d.praksis for d in deltakere if d.praksis}
        self._work: dict[tuple[str, int], bool] = {}

    def _on(self, deltaker: str, day: int) -> Iterator[Praksis]:
        for p in self._praksis.get(deltaker, ()):
            if p.fra.toordinal() <= day and (p.til is None or day <= p.til.toordinal()):
                yield p

    def workplace(self, deltaker: str, day: int) -> str | None:
        """Return the workplace to visit that day; None when it is not one of the practice days.

        Without weekdays every day of the period may be one. A workplace without a name is called by the
        participant: two of them are not the same place.
        """
        weekday = (day - 1) % 7
        for p in self._on(deltaker, day):
            if not p.ukedager or weekday in p.ukedager:
                return p.sted or deltaker
        return None

    def at_work(self, deltaker: str, day: int) -> bool:
        """Whether the participant is at a workplace that day for certain (the weekdays are given)."""
        key = (deltaker, day)
        if key not in self._work:
            self._work[key] = any((day - 1) % 7 in p.ukedager for p in self._on(deltaker, day))
        return self._work[key]
