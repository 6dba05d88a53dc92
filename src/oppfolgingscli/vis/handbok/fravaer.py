"""Chapter «Fravær og risiko for frafall»: what happens when something happens, as a picture and step by step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Behov, Etter, Ved
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.dokument.modell import Avsnitt, Bit, Flyt, Liste, Node, Overskrift
from oppfolgingscli.vis.handbok.ord import capital, deadline, event, linked, listed, name, role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppfolgingscli.vis.dokument.modell import Blokk
    from oppfolgingscli.vis.handbok.plan import Plan, Rutineplan

_ABOUT_ABSENCE: Final = re.compile(r"frav|frafall|trekant|absence", re.IGNORECASE)


def chapter(plan: Plan) -> Iterator[Blokk]:
    """Yield the chapter."""
    yield Overskrift(1, _("Fravær og risiko for frafall"), "fravaer")
    if not plan.events:
        yield Avsnitt(_("Rutinene sier ikke hva som skal skje ved fravær eller når noen står i fare for å slutte."))
        return
    yield Avsnitt(
        _(
            "Når noe av dette skjer, begynner stegene under. Den som oppdager det, bør si fra til den som har ansvaret for "
            "det første steget, uten å vente til neste møte."
        )
    )
    yield flow(plan)
    for code in plan.events:
        yield Overskrift(2, _("Steg for steg: {hendelse}").format(hendelse=event(code)), f"ved-{_plain(code)}")
        yield Liste(tuple(_step(plan, id_) for level in plan.chain(f"event:{code}") for id_ in level), nummerert=True)
    if extra := _on_need(plan):
        yield Overskrift(2, _("Andre veier"), "andre-veier")
        yield Avsnitt(_("Disse rutinene begynner ikke av seg selv, men kan brukes når det trengs:"))
        yield Liste(
            tuple(
                (*linked(plan, r), Bit(_(" – ansvarlig: {rolle}").format(rolle=role(plan, r.rutine.ansvarlig))))
                for r in extra
            )
        )


def flow(plan: Plan) -> Flyt:
    """Return the whole of it as one flow."""
    starts = [f"event:{code}" for code in plan.events]
    reached = {id_ for start in starts for level in plan.chain(start) for id_ in level}
    nodes = [
        Node(start, capital(event(code)), (), hendelse=True) for start, code in zip(starts, plan.events, strict=True)
    ]
    nodes += [Node(r.id, name(r), _lines(plan, r)) for r in plan.rutiner if r.id in reached]
    known = {node.id for node in nodes}
    links = tuple((a, b) for a, b in plan.links if a in known and b in known)
    sentences = []
    for start, code in zip(starts, plan.events, strict=True):
        steps = [listed(name(r) for id_ in level if (r := plan.rutine(id_))) for level in plan.chain(start)]
        sentences.append(
            _("{hendelse}: {steg}.").format(hendelse=capital(event(code)), steg=_(", deretter ").join(steps))
        )
    return Flyt(_("Hva som skjer ved fravær og risiko for frafall"), " ".join(sentences), tuple(nodes), links)


def _lines(plan: Plan, r: Rutineplan) -> tuple[str, ...]:
    return (role(plan, r.rutine.ansvarlig), _("Frist: {frist}").format(frist=_deadline(r)))


def _deadline(r: Rutineplan) -> str:
    frequency = r.rutine.frekvens
    return deadline(frequency) if isinstance(frequency, Ved | Etter) else ""


def _step(plan: Plan, id_: str) -> tuple[Bit, ...]:
    r = plan.rutine(id_)
    if r is None:
        return (Bit(id_),)
    others: Sequence[str] = [role(plan, other) for other in r.rutine.deltar if other != r.rutine.ansvarlig]
    text = _(". Ansvarlig: {rolle}.").format(rolle=role(plan, r.rutine.ansvarlig))
    if others:
        text += " " + _("Med: {roller}.").format(roller=listed(others))
    text += " " + _("Frist: {frist}.").format(frist=_deadline(r))
    return (*linked(plan, r), Bit(text))


def _on_need(plan: Plan) -> list[Rutineplan]:
    return [
        r for r in plan.rutiner
        if isinstance(r.rutine.frekvens, Behov) and r.rutine.niva == "deltaker"
        and _ABOUT_ABSENCE.search(f"{r.id} {r.rutine.type}")
    ]  # fmt: skip


def _plain(code: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", code.lower())
