"""The routine set as a handbook sees it: routines with all their versions, what is settled, and what leads to what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Behov, Etter, Ved

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.modell.rutinesett import Rutine, Rutinesett, Versjon

_ETATER: Final = frozenset({"skole", "skule", "nav", "fylkeskommune", "kommune", "bedrift", "annen"})
_VARIGHET: Final = re.compile(r"(?:varighet\w*|lengd\w+|møtelengd\w+)\s+er\s+(?:antatt|anteke)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«])")
_NYNORSK: Final = re.compile(
    r"\b(?:ikkje|ein|eit|frå|skule\w*|korleis|kva|kven|dei|vere|deltakar\w*|berre|noko|veke\w*)\b"
)
_BOKMAAL: Final = re.compile(r"\b(?:ikke|en|et|fra|skole\w*|hvordan|hva|hvem|de|være|deltaker\w*|bare|noe|uke\w*)\b")


@dataclass(frozen=True, slots=True)
class Rutineplan:
    """One routine: its versions by number, and the one that is in force on the handbook's day (else the nearest)."""

    id: str
    versjoner: tuple[Versjon, ...]
    na: Versjon

    @property
    def rutine(self) -> Rutine:
        """The routine as it is in force."""
        return self.na.rutine


class Plan:
    """A routine set on a day.

    Args:
        sett: the set.
        per: the day the handbook tells the state of.
    """

    def __init__(self, sett: Rutinesett, per: date) -> None:
        self.sett = sett
        self.per = per
        self.rutiner = tuple(self._routines())
        self._by_id = {r.id: r for r in self.rutiner}

    def _routines(self) -> Iterator[Rutineplan]:
        ids = dict.fromkeys(v.rutine.id for v in self.sett.versjoner)
        for id_ in ids:
            versions = tuple(sorted((v for v in self.sett.versjoner if v.rutine.id == id_), key=lambda v: v.nr))
            yield Rutineplan(id_, versions, _in_force(versions, self.per))

    def rutine(self, id_: str) -> Rutineplan | None:
        """Return the routine with this id."""
        return self._by_id.get(id_)

    def responsible(self, rolle: str) -> list[Rutineplan]:
        """Return the routines a role is responsible for."""
        return [r for r in self.rutiner if r.rutine.ansvarlig == rolle]

    def taking_part(self, rolle: str) -> list[Rutineplan]:
        """Return the routines a role takes part in without being responsible."""
        return [
            r for r in self.rutiner
            if r.rutine.ansvarlig != rolle and rolle in (*r.rutine.deltar, *r.rutine.krever)
        ]  # fmt: skip

    def marks(self, v: Versjon) -> tuple[str, ...]:
        """Return what is not settled in a version: antatt, uten_tall, uten_frist, uten_navn, planlagt.

        ``uten_navn``: the responsible is a whole agency (the school, Nav), and nobody in it.
        """
        rutine, frequency = v.rutine, v.rutine.frekvens
        found = {
            "antatt": rutine.antatt,
            "uten_tall": isinstance(frequency, Behov),
            "uten_frist": isinstance(frequency, Ved | Etter) and frequency.innen is None,
            "uten_navn": rutine.ansvarlig in _ETATER,
            "planlagt": rutine.grunnlag == "planlagt",
        }
        return tuple(code for code, yes in found.items() if yes)

    def all_marks(self, r: Rutineplan) -> tuple[str, ...]:
        """Return the marks of a routine as it is in force."""
        return self.marks(r.na)

    @cached_property
    def unclear(self) -> tuple[tuple[Rutineplan, Versjon], ...]:
        """The versions that have a mark, earlier ones too: what was done then is judged by them."""
        return tuple((r, v) for r in self.rutiner for v in r.versjoner if self.marks(v))

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The events that set routines off, in the order of the set."""
        return tuple(dict.fromkeys(e for r in self.rutiner if isinstance(f := r.rutine.frekvens, Ved) for e in f.ved))

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """What leads to what: ("event:x" or a routine's id, the routine's id), without ways back."""
        pairs: list[tuple[str, str]] = []
        for r in self.rutiner:
            match r.rutine.frekvens:
                case Ved(ved=events):
                    pairs += [(f"event:{event}", r.id) for event in events]
                case Etter(etter=others):
                    pairs += [(other, r.id) for other in others]
                case _:
                    pass
        return tuple(_without_rings(pairs))

    def chain(self, start: str) -> list[list[str]]:
        """Return the routines that follow from ``start``, step by step; each in its last step."""
        step = {start: 0}
        for _round in self.rutiner:
            for above, below in self.links:
                if above in step:
                    step[below] = max(step.get(below, 0), step[above] + 1)
        order = [r.id for r in self.rutiner]
        return [[id_ for id_ in order if step.get(id_) == level] for level in range(1, max(step.values()) + 1)]

    @cached_property
    def notes_language(self) -> str:
        """The language the set's own notes are written in: nb or nn."""
        text = " ".join(note for _what, note in self.notes())
        return "nn" if len(_NYNORSK.findall(text)) > len(_BOKMAAL.findall(text)) else "nb"

    def notes(self) -> Iterator[tuple[object, str]]:
        """Yield (what it is about, note) for the head, the roles, the phases and the routines."""
        sett = self.sett
        for thing in (sett.hode, *sett.roller.values(), *sett.faser, *sett.versjoner):
            note = getattr(thing, "merknad", None) or getattr(getattr(thing, "rutine", None), "merknad", None)
            if note:
                yield thing, note


def duration_assumed(rutine: Rutine) -> bool:
    """Whether the note says that the length of the meeting is assumed."""
    return rutine.varighet is not None and bool(_VARIGHET.search(rutine.merknad or ""))


def sentences(note: str) -> list[str]:
    """Return the sentences of a note."""
    return _SENTENCE.split(" ".join(note.split()))


def only_duration(note: str) -> bool:
    """Whether a note says nothing but that the length of the meeting is assumed."""
    return all(_VARIGHET.match(sentence) for sentence in sentences(note))


def _in_force(versions: tuple[Versjon, ...], per: date) -> Versjon:
    for v in versions:
        if (v.fra is None or v.fra <= per) and (v.til is None or per <= v.til):
            return v
    coming = [v for v in versions if v.fra is not None and v.fra > per]
    return coming[0] if coming else versions[-1]


def _without_rings(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out the links that lead back to where they come from, as seen from the events."""
    kept: set[tuple[str, str]] = set()
    state: dict[str, bool] = {}  # True: on the way to where we are

    def visit(here: str) -> None:
        state[here] = True
        for above, below in pairs:
            if above == here and not state.get(below):
                kept.add((above, below))
                if below not in state:
                    visit(below)
        state[here] = False

    below_something = {below for _above, below in pairs}
    for above, _below in sorted(pairs, key=lambda pair: pair[0] in below_something):
        if above not in state:
            visit(above)
    return [pair for pair in pairs if pair in kept]
