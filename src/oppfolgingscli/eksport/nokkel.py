"""The key of an export: which id is whose, and how far each one's dates are moved. Made of chance alone.

An id says nothing of whom it stands for: no hash, no count, no order. Without the key nobody can go back, not we
either. Contacts, meetings, events and points get ids that are in no key, and new ones each time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from oppfolgingscli import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT: Final = 1
DAGER_I_UKA: Final = 7
# No vowels: no words. No digits: nothing that is taken for a number. Sixteen: half a byte each.
_TEGN: Final = "bcdfghjkmnpqrstw"
_FRA_HEX: Final = str.maketrans("0123456789abcdef", _TEGN)
_PERSON: Final = 10
"""Letters of the ids in the key: 40 bits, and looked up so that no two are alike."""
_RAD: Final = 16
"""Letters of the ids of rows: 64 bits. Of twenty million rows two are alike once in a hundred thousand exports."""


class Tilfeldig(Protocol):
    """Where chance comes from: ``secrets.SystemRandom``, and in tests a ``random.Random`` that repeats itself."""

    def getrandbits(self, k: int, /) -> int: ...  # noqa: D102 - as the standard library's
    def choice(self, seq: Sequence[int], /) -> int: ...  # noqa: D102 - as the standard library's


def _letters(rng: Tilfeldig, n: int) -> str:
    return f"{rng.getrandbits(4 * n):0{n}x}".translate(_FRA_HEX)


@dataclass(slots=True)
class Nokkel:
    """What is kept apart from the export. By the class's own ids: ``klasser``, ``skoler`` (county, school), and within
    a class ``deltakere`` and ``ansatte``. ``uker``: by class and participant ("" the class itself), the shift.
    """  # noqa: D205 - one sentence, two lines

    klasser: dict[str, str] = field(default_factory=dict)
    skoler: dict[tuple[str, str], str] = field(default_factory=dict)
    deltakere: dict[tuple[str, str], str] = field(default_factory=dict)
    ansatte: dict[tuple[str, str], str] = field(default_factory=dict)
    uker: dict[tuple[str, str], int] = field(default_factory=dict)


class Navngiver:
    """Gives ids: those in the key to those who have one, new ones at random to the others, and to rows."""

    def __init__(self, nokkel: Nokkel, rng: Tilfeldig) -> None:
        """Go on from ``nokkel``, which is added to."""
        self.nokkel, self.rng = nokkel, rng
        k = nokkel
        self._brukt = {*k.klasser.values(), *k.skoler.values(), *k.deltakere.values(), *k.ansatte.values()}

    def klasse(self, id_: str) -> str:
        """Return the id of a class."""
        return self._give(self.nokkel.klasser, id_, "kl")

    def skole(self, who: tuple[str, str] | None) -> str | None:
        """Return the id of a school (county, name); None for none."""
        return None if who is None else self._give(self.nokkel.skoler, who, "sk")

    def deltaker(self, klasse: str, id_: str | None) -> str | None:
        """Return the id of a participant of a class; None for the class itself."""
        return None if id_ is None else self._give(self.nokkel.deltakere, (klasse, id_), "de")

    def ansatt(self, klasse: str, id_: str | None) -> str | None:
        """Return the id of an employee of a class; None for nobody."""
        return None if id_ is None else self._give(self.nokkel.ansatte, (klasse, id_), "an")

    def rad(self, prefiks: str) -> str:
        """Return an id for a row, or for several."""
        return f"{prefiks}-{_letters(self.rng, _RAD)}"

    def uker(self, klasse: str, deltaker: str | None, mest: int) -> int:
        """Return how many whole weeks a participant's dates are moved: at most ``mest`` either way, never none."""
        who = (klasse, deltaker or "")
        if who not in self.nokkel.uker:
            self.nokkel.uker[who] = self.rng.choice([n for n in range(-mest, mest + 1) if n])
        return self.nokkel.uker[who]

    def _give(self, known: dict[Any, str], who: object, prefiks: str) -> str:
        found = known.get(who)
        while found is None:
            made = f"{prefiks}-{_letters(self.rng, _PERSON)}"
            if made not in self._brukt:
                self._brukt.add(made)
                found = known[who] = made
        return found


def to_json(k: Nokkel) -> str:
    """Write a key."""
    classes: dict[str, dict[str, Any]] = {
        orig: {"id": id_, "deltakere": {}, "ansatte": {}} for orig, id_ in sorted(k.klasser.items())
    }
    for (klasse, orig), id_ in sorted(k.deltakere.items()):
        classes[klasse]["deltakere"][orig] = {"id": id_}
    for (klasse, orig), id_ in sorted(k.ansatte.items()):
        classes[klasse]["ansatte"][orig] = id_
    for (klasse, orig), weeks in sorted(k.uker.items()):
        (classes[klasse]["deltakere"][orig] if orig else classes[klasse])["uker"] = weeks
    schools = [{"fylke": fylke, "skole": skole, "id": id_} for (fylke, skole), id_ in sorted(k.skoler.items())]
    whole = {"format": FORMAT, "slag": "oppfolging-eksportnokkel", "program": __version__, "klasser": classes, "skoler": schools}  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Nokkel:
    """Read a key that ``to_json`` has written.

    Raises:
        ValueError: it is no such key.
    """
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT or whole["slag"] != "oppfolging-eksportnokkel":
            raise ValueError(whole["format"])
        out = Nokkel(skoler={(str(x["fylke"]), str(x["skole"])): _id(x["id"]) for x in whole["skoler"]})
        for klasse, parts in whole["klasser"].items():
            out.klasser[klasse] = _id(parts["id"])
            for orig, one in (("", parts), *parts["deltakere"].items()):
                if orig:
                    out.deltakere[klasse, orig] = _id(one["id"])
                if "uker" in one:
                    out.uker[klasse, orig] = int(one["uker"])
            out.ansatte |= {(klasse, orig): _id(id_) for orig, id_ in parts["ansatte"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(type(error).__name__) from error
    return out


def _id(text: object) -> str:
    """Return an id if it is one of ours: a key that was written in by hand shall not bring a name into the export."""
    prefix, _dash, letters = str(text).partition("-")
    if prefix not in {"kl", "sk", "de", "an"} or len(letters) != _PERSON or set(letters) - set(_TEGN):
        raise ValueError("id")
    return str(text)
