"""Chapter «Kilder», and the notes of the routine file where they are in another language than the handbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.modell.rutinesett import Fase, Hode, Rolle, Versjon
from oppfolgingscli.sprak import _, navn, sprak
from oppfolgingscli.vis.dokument.modell import Avsnitt, Bit, Overskrift, Tabell
from oppfolgingscli.vis.handbok.ansvar import anchor as role_anchor
from oppfolgingscli.vis.handbok.ord import anchor, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.vis.dokument.modell import Blokk
    from oppfolgingscli.vis.handbok.plan import Plan


def chapter(plan: Plan) -> Iterator[Blokk]:
    """Yield the chapter: each id of the sources, and what it is the source of."""
    yield Overskrift(1, _("Kilder"), "kilder")
    yield Avsnitt((Bit(_("Rutinene er hentet fra: ")), Bit(plan.sett.hode.kilde, sprak="nb"), Bit(".")))
    rows = []
    for kind, name, target, kilde, ids in _things(plan):
        source = (Bit(kilde, sprak="nb"),) if kilde else "–"
        rows += [(id_, source, kind, (Bit(name, anker=target),)) for id_ in ids]
    if rows:
        yield Tabell(
            _("Kildepunktene"),
            (_("Punkt"), _("Sted i kilden"), _("Slag"), _("Gjelder")),
            tuple(sorted(dict.fromkeys(rows), key=lambda row: str(row[0]))),
            bredder=(2, 5, 2, 6),
        )


def _things(plan: Plan) -> Iterator[tuple[str, str, str, str | None, tuple[str, ...]]]:
    for id_, role in plan.sett.roller.items():
        yield _("rolle"), navn(role.navn), role_anchor(id_), role.kilde, role.kilde_id
    for phase in plan.sett.faser:
        yield _("fase"), navn(phase.navn), "fasene", phase.kilde, phase.kilde_id
    for r in plan.rutiner:
        for v in r.versjoner:
            yield _("rutine"), navn(v.rutine.navn), anchor(r), v.rutine.kilde, v.rutine.kilde_id


def appendix(plan: Plan) -> Iterator[Blokk]:
    """Yield the notes as they are written, where the handbook could not quote them in its own language."""
    language = plan.notes_language
    notes = list(plan.notes())
    if language == sprak() or not notes:
        return
    yield Overskrift(1, _("Vedlegg: merknadene i rutinefilen"), "merknader")
    written_in = {"nb": _("bokmål"), "nn": _("nynorsk")}[language]
    yield Avsnitt(
        _("Merknadene er skrevet på {sprak} av dem som laget rutinefilen, og er gjengitt ordrett.").format(
            sprak=written_in
        )
    )
    many = {r.id for r in plan.rutiner if len(r.versjoner) > 1}
    yield Tabell(
        _("Merknader"),
        (_("Gjelder"), _("Merknad")),
        tuple((_about(thing, many), (Bit(note, sprak=language),)) for thing, note in notes),
        bredder=(2, 5),
    )


def _about(thing: object, many: set[str]) -> str:
    match thing:
        case Versjon():
            name = navn(thing.rutine.navn)
            return _("{hva}, {tid}").format(hva=name, tid=span(thing)) if thing.rutine.id in many else name
        case Hode() | Rolle() | Fase():
            return navn(thing.navn)
        case _:
            return ""
