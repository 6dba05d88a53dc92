"""Other classes that share people with this one: their meetings take the people's time here too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.modell.klasse import Person
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.planlegg.bygg import Klassegrunnlag
    from oppfolgingscli.planlegg.problem import Plass


@dataclass(frozen=True, slots=True)
class Annen:
    """Another class: what the solver takes of it, and how many people and meetings it shares with ours."""

    grunnlag: Klassegrunnlag
    opptatt: dict[str, dict[int, list[tuple[int, int]]]]
    varsler: list[Varsel]


def shared_people(ours: Mapping[str, Person], theirs: Mapping[str, Person]) -> dict[str, str]:
    """Return who is the same person: their id -> ours.

    An e-mail address is one person's, whatever the id; where either has none, or several share an address, both
    the id and the name must agree.
    """
    here, there = _addresses(ours), _addresses(theirs)
    by_address = {address: id_ for id_, address in here.items()}
    out: dict[str, str] = {}
    for id_, person in theirs.items():
        address = there.get(id_)
        if address is not None and address in by_address:
            out[id_] = by_address[address]
            continue
        own = ours.get(id_)
        if own is None or _plain(own.navn) != _plain(person.navn):
            continue
        if address is None or here.get(id_) is None:
            out[id_] = id_
    return out


def _addresses(personer: Mapping[str, Person]) -> dict[str, str]:
    """Return each person's own address; one that several have is a shared mailbox, and nobody's."""
    found = {id_: person.epost.strip().casefold() for id_, person in personer.items() if person.epost}
    count = Counter(found.values())
    return {id_: address for id_, address in found.items() if count[address] == 1}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def read_others(mapper: Sequence[Path], own: Arbeidsmappe, per: date, start: date) -> list[Annen]:
    """Read the other workspaces, and take from each the meetings from ``start`` on that somebody of ours is in.

    What has no place in a plan takes nobody's time; a class without a plan counts as its calendar shows it.

    Raises:
        Bruksfeil: the same class twice, or nobody is shared.
        Inndatafeil: a workspace cannot be read.
    """
    seen = {own.opplegg.klasse.id}
    return [_read(folder, own, per, start, seen) for folder in mapper]


def _read(folder: Path, own: Arbeidsmappe, per: date, start: date, seen: set[str]) -> Annen:
    from oppfolgingscli.cli.arbeid import planned
    from oppfolgingscli.cli.folgplan import follow
    from oppfolgingscli.cli.kalender import read_busy
    from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
    from oppfolgingscli.les.fil import vis_sti
    from oppfolgingscli.planlegg.bygg import Klassegrunnlag

    other = open_arbeidsmappe(folder)
    klasse = other.opplegg.klasse.id
    if klasse in seen:
        raise Bruksfeil(
            _("--med {mappe}: klassen «{klasse}» er med fra før. Hver klasse må ha sin egen id.").format(
                mappe=vis_sti(folder), klasse=klasse
            )
        )
    seen.add(klasse)
    people = other.oppsett.personer
    shared = shared_people(own.oppsett.personer, people)
    if not shared:
        raise Bruksfeil(
            _("--med {mappe}: ingen personer er felles. Samme person har samme e-post, eller samme id og navn.").format(
                mappe=vis_sti(folder)
            )
        )
    result = planned(other, per)
    busy, warnings = read_busy(other, result)
    moter, found = follow(other, result, busy, per, bare_planen=True)
    kept = [m for m in moter if m.start is not None and m.dato >= start and not shared.keys().isdisjoint(m.personer)]
    points = tuple(m.punkt for m in kept)
    grunnlag = Klassegrunnlag(
        replace(result, punkter=points),
        other.oppsett.kalender,
        people,
        {i: days for i, days in busy.items() if i in shared},
        faste={m.punkt.id: _plass(m) for m in kept},
        varigheter={m.punkt.id: _minutes(m) for m in kept},
        personnokkel={i: shared.get(i, f"{klasse}/{i}") for i in people},
    )
    return Annen(grunnlag, busy, [*warnings, *found])


def _plass(m: Mote) -> Plass:
    from oppfolgingscli.planlegg.problem import Plass

    return Plass(m.dato.toordinal(), None if m.start is None else m.start.hour * 60 + m.start.minute)


def _minutes(m: Mote) -> int:
    if m.start is None or m.slutt is None:
        return 0
    return (m.slutt.hour - m.start.hour) * 60 + m.slutt.minute - m.start.minute


def told(andre: Sequence[Annen]) -> str:
    """Say how much of the people's time the other classes take."""
    n = sum(len(a.grunnlag.faste) for a in andre)
    return ngettext(
        "{n} møte i andre klasser er regnet med som opptatt tid.", "{n} møter i andre klasser er regnet med som opptatt tid.", n
    ).format(n=n)  # fmt: skip
