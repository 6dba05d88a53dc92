"""Chapter «Løpet og året»: the phases of the course, and the annual wheel month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.modell.rutinesett import FaseAnker
from oppfolgingscli.sprak import _, navn, ngettext, sprak
from oppfolgingscli.vis.dokument.modell import Avsnitt, Bit, Liste, Overskrift, Sitat, Tabell
from oppfolgingscli.vis.handbok.arsplan import MANEDER, all_year, own_dates, turns
from oppfolgingscli.vis.handbok.ord import capital, linked, listed, month, role, source, when
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.regelord import anker_ord, varighet_ord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.modell.rutinesett import Fase, Fasegrense
    from oppfolgingscli.vis.dokument.modell import Bilde, Blokk, Tekst
    from oppfolgingscli.vis.handbok.arsplan import Gang
    from oppfolgingscli.vis.handbok.plan import Plan, Rutineplan


def chapter(plan: Plan, arshjul: Bilde | None) -> Iterator[Blokk]:
    """Yield the chapter, with the picture of the annual wheel where there is one."""
    yield Overskrift(1, _("Løpet og året"), "lopet")
    if plan.sett.faser:
        yield Overskrift(2, _("Fasene i løpet"), "fasene")
        yield Tabell(
            _("Fasene"),
            (_("Fase"), _("Når"), _("Skolens ferier"), _("Kilde")),
            tuple(
                (
                    navn(phase.navn),
                    capital(_when(plan, phase)),
                    _("følges") if phase.skolerute else _("gjelder ikke"),
                    source(phase.kilde, phase.kilde_id) or "–",
                )
                for phase in plan.sett.faser
            ),
            bredder=(5, 4, 3, 4),
        )
        if plan.notes_language == sprak():
            for phase in plan.sett.faser:
                if phase.merknad:
                    origin = _("merknad om fasen «{fase}»").format(fase=navn(phase.navn))
                    yield Sitat(phase.merknad, origin)
    yield from _wheel(plan, arshjul)


def _when(plan: Plan, phase: Fase) -> str:
    if phase.skolear:
        years = listed(map(str, phase.skolear))
        return ngettext("i skoleår {ar}", "i skoleårene {ar}", len(phase.skolear)).format(ar=years)
    if phase.fra is None and phase.til is None:
        return _("etter klassens egne datoer")
    first, last = _edge(plan, phase.fra), _edge(plan, phase.til)
    if not last:
        return _("fra {fra}").format(fra=first)
    return _("fra {fra} til {til}").format(fra=first, til=last) if first else _("til {til}").format(til=last)


def _edge(plan: Plan, edge: Fasegrense | None) -> str:
    if edge is None:
        return ""
    if not isinstance(edge, FaseAnker):
        return dag_ord(edge)
    text = anker_ord(edge.milepael, plan.sett)
    if edge.fra.antall > 0:
        text = _("{tid} etter {hva}").format(tid=varighet_ord(edge.fra), hva=text)
    elif edge.fra.antall < 0:
        text = _("{tid} før {hva}").format(tid=varighet_ord(edge.fra), hva=text)
    return text


def _wheel(plan: Plan, arshjul: Bilde | None) -> Iterator[Blokk]:
    yield Overskrift(2, _("Årshjul"), "arshjul")
    yield Avsnitt(
        _(
            "Årshjulet viser når de faste samtalene, møtene og rapportene bør tas i et vanlig skoleår. Det som skjer flere "
            "ganger, er fordelt jevnt. Datoene for en bestemt klasse står i klassens egen kalender."
        )
    )
    if running := all_year(plan):
        yield Avsnitt((Bit(_("Gjennom hele året:"), sterk=True),))
        yield Liste(tuple(_running(plan, r) for r in running))
    found = list(turns(plan))
    if found:
        rows: list[tuple[Tekst, ...]] = [
            (capital(month(n)), _month(plan, [t for t in found if t.maned == n])) for n in MANEDER
        ]
        yield Tabell(_("Årshjul, måned for måned"), (_("Måned"), _("Dette bør skje")), tuple(rows), bredder=(1, 5))
    if arshjul is not None:
        yield arshjul
    if others := own_dates(plan):
        yield Avsnitt((Bit(_("Følger datoene til deltakeren eller klassen:"), sterk=True),))
        yield Liste(tuple(_running(plan, r) for r in others))
    yield Avsnitt(_("Det som følges ved behov, og det som begynner når noe skjer, har ingen fast plass i året."))


def _running(plan: Plan, r: Rutineplan) -> tuple[Bit, ...]:
    return (*linked(plan, r), Bit(f" – {when(plan, r.rutine.frekvens)}{_conditions(plan, r)}"))


def _month(plan: Plan, found: list[Gang]) -> tuple[Bit, ...]:
    out: list[Bit] = []
    for turn in found:
        r = turn.rutine
        text = "" if turn.av == 1 else _(", nr. {nr} av {av}").format(nr=turn.nr, av=turn.av)
        if turn.onsket:
            text += _(", ønsket")
        if turn.skolear:
            text += _(", bare i skoleår {ar}").format(ar=turn.skolear)
        if turn.oppstart:
            text += _(", bare for dem som begynner")
        who = _(" – {rolle}").format(rolle=role(plan, r.rutine.ansvarlig))
        out += [*([Bit("\n")] if out else []), *linked(plan, r), Bit(text + _conditions(plan, r) + who)]
    return tuple(out) or (Bit("–"),)


def _conditions(plan: Plan, r: Rutineplan) -> str:
    """Return the conditions that say in which part of the course a routine holds."""
    g = r.rutine.gjelder
    parts = []
    if g.skolear:
        years = listed(map(str, g.skolear))
        parts.append(ngettext("i skoleår {ar}", "i skoleårene {ar}", len(g.skolear)).format(ar=years))
    parts += [_("«{navn}»").format(navn=navn(phase.navn)) for id_ in g.fase if (phase := plan.sett.fase(id_))]
    if g.i_praksis:
        parts.append(_("i praksis"))
    return f" ({', '.join(parts)})" if parts else ""
