"""What a workload says, in sentences: what is too much, how often there is time, the busiest weeks, what is assumed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from oppfolgingscli.belastning.forutsetninger import HEL_UKE
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.belastninghyppighet import arithmetic, frequency
from oppfolgingscli.vis.belastningtall import (
    dates_words,
    hours_words,
    minutes_words,
    percent_of,
    short,
    week_words,
    weeks_words,
)

if TYPE_CHECKING:
    from oppfolgingscli.belastning.rad import Portefolje, Rolletall, Topp
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning

_DELER: Final = 3
_HALVTIME: Final = 30


def headline(v: Belastningsvisning) -> str:
    """Say what is reckoned: the class, the span, the participants and the school weeks."""
    b = v.belastning
    n = short(b.deltakere)
    people = ngettext("{n} deltaker", "{n} deltakere", 1 if n == "1" else 2).format(n=n)
    if b.deltakere.denominator != 1:
        people = _("i snitt {n}").format(n=people)
    if b.faktor != 1:
        people = _("{deltakere} (klassen har i snitt {n})").format(deltakere=people, n=short(b.deltakere / b.faktor))
    return _("{klasse}, {tid}: {deltakere}, {uker}.").format(
        klasse=v.klasse, tid=dates_words(b.forutsetninger.fra, b.forutsetninger.til), deltakere=people, uker=_("{n} skoleuker").format(n=short(b.skoleuker))
    )  # fmt: skip


def statements(v: Belastningsvisning) -> list[str]:
    """Return the findings: against what is set aside, how often there is time, portfolios.

    After a line feed stands how it is worked out.
    """
    b = v.belastning
    out = [_against(v, r) for r in b.roller if r.avsatt_i_uka is not None]
    out += [f"{frequency(v, h)}\n{arithmetic(v, h)}" for h in b.hyppighet]
    out += [_portfolio(v, r, r.portefolje) for r in b.roller if r.portefolje is not None]
    if not any(r.tid.sum for r in b.roller):
        out.append(
            _("Planen gir ingen timer i denne tiden: det rutinene sier, er ved behov, utløses av noe som skjer, eller har ingen varighet.")
        )  # fmt: skip
    elif not any(r.avsatt_i_uka is not None for r in b.roller):
        out.append(
            _(
                "Ingen rolle har avsatt tid, så det er ikke noe å måle mot. Skriv avsatt i rutinefila, eller prøv for eksempel --avsatt {rolle}=10%."
            ).format(rolle=next((r.rolle for r in b.roller if not r.deltaker), "kontaktlaerer"))
        )
    return out


def _week_aside(r: Rolletall) -> str:
    each = (r.avsatt_i_uka or Fraction(0)) / r.antall
    share = _("{timer} i uka ({prosent} av en uke på {hel})").format(
        timer=hours_words(each), prosent=percent_of(each, HEL_UKE, 1), hel=hours_words(HEL_UKE)
    )
    if r.antall > 1:
        return _("{tid} til hver av de {n}").format(tid=share, n=short(r.antall))
    return share


def _against(v: Belastningsvisning, r: Rolletall) -> str:
    aside = r.avsatt or Fraction(0)
    text = _("{rolle}: planen tar {timer}. Avsatt er {avsatt}, {i_alt} på {uker}.").format(
        rolle=v.navn.rolle(r.rolle), timer=hours_words(r.tid.sum, 1), avsatt=_week_aside(r), i_alt=hours_words(aside, 1),
        uker=weeks_words(r.antall_uker),
    )  # fmt: skip
    if not aside:
        return text
    text += " " + _("Planen bruker {prosent} av det.").format(prosent=percent_of(r.tid.sum, aside))
    if r.tid.sum > aside:
        need = r.tid.sum / r.antall_uker / r.antall
        text += " " + _("Det er {timer} for mye; skal alt få plass, trengs {behov} i uka ({prosent}).").format(
            timer=hours_words(r.tid.sum - aside, 1), behov=hours_words(need), prosent=percent_of(need, HEL_UKE, 1)
        )
    if r.uker_over:
        weeks = sum(bool(u.avsatt) for u in r.uker)
        text += " " + ngettext(
            "{n} av {alle} uker har mer enn det avsatte.", "{n} av {alle} uker har mer enn det avsatte.", r.uker_over
        ).format(n=r.uker_over, alle=max(weeks, r.uker_over))
    return text


def _portfolio(v: Belastningsvisning, r: Rolletall, p: Portefolje) -> str:
    each = hours_words(p.per_deltaker, 2) if p.per_deltaker >= _HALVTIME else minutes_words(p.per_deltaker)
    text = _("{rolle} kan ha {antall} å følge opp; i denne klassen er det {her} på hver.").format(
        rolle=v.navn.rolle(r.rolle), antall=p.antall, her=short(p.deltakere)
    )
    if not p.per_deltaker:
        more = _(
            "Planen gir rollen ingen timer på den enkelte i denne tiden: det den skal gjøre, er ved behov eller har ingen oppgitt varighet."
        )
    else:
        more = _(
            "Planen tar {tid} i uka for hver deltaker. Like mye til alle {antall} ville vært {timer} i uka, {prosent} av en uke på {hel}."
        )
    whole = percent_of(p.hele, HEL_UKE)
    more = more.format(tid=each, antall=p.antall, timer=hours_words(p.hele, 1), prosent=whole, hel=hours_words(HEL_UKE))
    return f"{text} {more}"


def peaks(v: Belastningsvisning) -> list[str]:
    """Return a sentence for each role: its busiest weeks, whose they are, and what makes them."""
    by_role: dict[str, list[Topp]] = {}
    for t in v.topper:
        by_role.setdefault(t.rolle, []).append(t)
    out = []
    for rolle, found in by_role.items():
        busiest = sorted(found, key=lambda t: -t.tid.sum)[:_DELER]
        weeks = "; ".join(_peak(v, t) for t in busiest)
        out.append(_("Travlest for {rolle}: {uker}.").format(rolle=v.navn.rolle(rolle), uker=weeks))
    return out


def _peak(v: Belastningsvisning, t: Topp) -> str:
    who = f" ({t.person})" if t.person and len(v.roller[t.rolle].personer) > 1 and not v.uten_id else ""
    return _("{uke}{hvem} {timer} – {hva}").format(
        uke=week_words(t.uke, year=True), hvem=who, timer=hours_words(t.tid.sum, 1), hva=what_makes(v, t)
    )


def what_makes(v: Belastningsvisning, t: Topp) -> str:
    """Write what makes a week busy: «7 × Utviklingssamtale, 4 × Besøk»; the three biggest."""
    shown = [d for d in t.deler if d.tid.sum][:_DELER]
    words = [f"{short(d.antall)} × {v.navn.rutine(d.rutine)}" for d in shown]
    rest = sum(1 for d in t.deler if d.tid.sum) - len(shown)
    return ", ".join(words) + (_(" og {n} til").format(n=rest) if rest else "")


def typical(v: Belastningsvisning) -> str:
    """Say what one participant takes of the others' time, and of the participant's own."""
    others, own = v.belastning.per_deltaker
    return _("En vanlig deltaker tar {timer} av de andres tid i perioden, og {egen} av sin egen.").format(
        timer=hours_words(others, 1), egen=hours_words(own, 1)
    )


def class_assumed(deltakere: int, modeller: int, *, given: bool) -> str:
    """Say how big a class that is not there is taken to be."""
    text = (
        ngettext("Klassen er tenkt, med {n} deltaker.", "Klassen er tenkt, med {n} deltakere.", deltakere)
        if given
        else _("Klassen er tenkt, og antatt å ha {n} deltakere. Skriv et annet tall med --deltakere.")
    ).format(n=deltakere)
    if modeller > 1:
        text += " " + _("De er fordelt likt på de {n} slagene rutinene skiller mellom.").format(n=modeller)
    return text
