"""What a workload says, in sentences: what is too much, how often there is time, the busiest weeks, what is assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from oppfolgingscli.belastning.forutsetninger import HEL_UKE
from oppfolgingscli.modell.frekvens import Antall, Hver
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.belastningtall import (
    dates_words,
    hours_words,
    minutes_words,
    percent_of,
    short,
    week_words,
    weeks_words,
)
from oppfolgingscli.vis.regelord import frekvens_ord

if TYPE_CHECKING:
    from oppfolgingscli.belastning.rad import Hyppighet, Portefolje, Rolletall, Topp
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning

BESOK: Final = "bedriftsbesok"
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


def every(weeks: int) -> str:
    """Write an interval: «hver 5. uke»."""
    return _rule(Hver.model_validate({"hver": f"{weeks} uker"}))


def _rule(f: Hver | Antall) -> str:
    """Write a rule's rhythm without its outer limit or least distance; neither needs the routine set."""
    if isinstance(f, Hver):
        only: Hver | Antall = Hver.model_validate({"hver": str(f.hver)})
    else:
        only = Antall.model_validate({"minst": f.minst, "inntil": f.inntil, "per": f.per})
    return frekvens_ord(only, None)  # type: ignore[arg-type] # the set is asked for anchors only


def rhythm(v: Belastningsvisning, h: Hyppighet) -> str:
    """Write what the routine says: «hver 3. uke»."""
    f = v.versjoner[h.rutine, h.versjon].rutine.frekvens
    return _rule(f) if isinstance(f, Hver | Antall) else ""


def possible(h: Hyppighet, verdi: Fraction | None) -> str:
    """Write what there is time for: whole weeks rounded up, whole contacts rounded down; «ikke tid» for none."""
    if h.slag == "hver":
        return _("ikke tid") if verdi is None else every(max(ceil(verdi), 1))
    times = floor(verdi) if verdi is not None else 0
    return _("ikke tid") if times < 1 else _rule(Antall.model_validate({"antall": min(times, 1000), "per": h.per}))


def frequency(v: Belastningsvisning, h: Hyppighet) -> str:
    """Say how often there is time for a routine, against what it says."""
    r = v.roller[h.rolle]
    n = short(h.subjekter)
    if h.subjekter.denominator != 1:
        n = _("i snitt {n}").format(n=n)
    name = v.navn.rutine(h.rutine)
    if h.niva == "klasse":
        what = _("«{rutine}» kan holdes").format(rutine=name)
    elif v.versjoner[h.rutine, h.versjon].rutine.type == BESOK:
        what = ngettext("{n} deltaker kan besøkes", "{n} deltakere kan besøkes", 1 if n == "1" else 2).format(n=n)
    else:
        what = ngettext(
            "{n} deltaker kan ha «{rutine}»", "{n} deltakere kan ha «{rutine}»", 1 if n == "1" else 2
        ).format(n=n, rutine=name)
    week = r.avsatt_i_uka or Fraction(0)
    head = _("{rolle}, {prosent} = {timer} i uka:").format(
        rolle=v.navn.rolle(h.rolle), prosent=percent_of(week / r.antall, HEL_UKE, 1), timer=hours_words(week / r.antall)
    )
    can, rule = possible(h, h.mulig), rhythm(v, h)
    if can == _("ikke tid"):
        return head + " " + _("det er ikke tid til «{rutine}» {regel} når det andre i planen er gjort.").format(
            rutine=name, regel=rule
        )  # fmt: skip
    if h.rekker:
        return f"{head} " + _("{hva} {mulig}; rutinen sier {regel}.").format(hva=what, mulig=can, regel=rule)
    weeks, wanted = ceil(h.mulig or 0), h.regel
    if h.slag == "hver" and weeks > 1 and wanted > 1 and wanted.denominator == 1:
        return f"{head} " + _("{hva} hver {mulig}. uke, ikke hver {regel}.").format(
            hva=what, mulig=weeks, regel=wanted.numerator
        )
    return f"{head} " + _("{hva} {mulig}, ikke {regel}.").format(hva=what, mulig=can, regel=rule)


def arithmetic(v: Belastningsvisning, h: Hyppighet) -> str:
    """Show how a frequency is worked out, so that it can be done again by hand."""
    week = v.roller[h.rolle].avsatt_i_uka or Fraction(0)
    rest = (
        _("{uker} × {timer} = {avsatt} avsatt; det andre i planen tar {annet} av dem, så det er {igjen} igjen.")
        if h.annet <= h.avsatt
        else _("{uker} × {timer} = {avsatt} avsatt; det andre i planen tar {annet}, så det er ingenting igjen.")
    )
    left = rest.format(
        uker=weeks_words(h.uker), timer=hours_words(week), avsatt=hours_words(h.avsatt), annet=hours_words(h.annet),
        igjen=hours_words(h.igjen),
    )  # fmt: skip
    if h.slag == "hver":
        each = h.omganger / h.uker * h.minutter
        parts = [
            _("Regnet slik: {n} × {minutter} = {timer} for hver runde.").format(
                n=short(h.omganger / h.uker, 2), minutter=minutes_words(h.minutter), timer=hours_words(each)
            ),
            left,
        ]
        if h.igjen and h.mulig is not None:
            parts.append(
                _("Det er {timer} i uka: {runde} / {timer} = {uker} uker mellom hver gang.").format(
                    timer=hours_words(h.igjen / h.uker), runde=hours_words(each), uker=short(h.mulig, 2)
                )
            )
    else:
        each = h.omganger * h.minutter
        parts = [
            _("Regnet slik: én gang {per} til alle er {n} × {minutter} = {timer}.").format(
                per=_per(h.per), n=short(h.omganger, 2), minutter=minutes_words(h.minutter), timer=hours_words(each)
            ),
            left,
        ]
        if h.igjen and h.mulig is not None:
            parts.append(
                _("{igjen} / {timer} = {ganger} ganger.").format(
                    igjen=hours_words(h.igjen), timer=hours_words(each), ganger=short(h.mulig, 2)
                )
            )
    if h.annet:
        parts.append(_("Gikk alt det avsatte til dette: {mulig}.").format(mulig=possible(h, h.alene)))
    return " ".join(parts)


def _per(per: str) -> str:
    return {
        "uke": _("i uken"), "maned": _("i måneden"), "kvartal": _("i kvartalet"), "semester": _("i semesteret"),
        "skolear": _("i skoleåret"),
    }[per]  # fmt: skip


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


def notes(v: Belastningsvisning) -> list[str]:
    """Return what the figures rest on, and what is not in them."""
    return [*v.antatt, *_basis(v), *_lengths(v), *_left_out(v)]


def _basis(v: Belastningsvisning) -> Iterator[str]:
    b = v.belastning
    if v.antatt:
        yield _("Møtene står på de dagene «oppfolging kalender» ville gitt dem.")
    else:
        yield (
            _("Møtene står på de dagene plan.csv og «oppfolging kalender» har dem.")
            if v.fra_plan
            else _("Møtene står på de dagene «oppfolging kalender» gir dem; det er ingen plan.csv.")
        )
        yield _(
            "Det rutinene sier, er med enten det er gjort eller ikke; rutiner med faste mellomrom følger loggen så langt den går."
        )
    if any(r.avsatt_i_uka is not None for r in b.roller):
        yield _(
            "En uke er fem skoledager (virkedager der ferier ikke teller). I en uke med færre dager er det avsatt tilsvarende mindre."
        )
    if b.faktor != 1:
        yield _(
            "Det som gjelder den enkelte, er ganget med {faktor}, som om de andre var som dem som er der; møter om klassen er ikke flere."
        ).format(faktor=short(b.faktor, 2))
    if any(v.niva(d.rutine) == "klasse" and d.tid.sum for r in b.roller if r.deltaker for d in r.rutiner):
        yield _("Deltakerne er regnet med i alle møtene rutinene har dem i, også de frivillige.")
    wished = {r.rolle: r.onsket for r in b.roller if r.onsket and not r.deltaker}
    if wished:
        words = ", ".join(f"{v.navn.rolle(role)} {hours_words(m, 1)}" for role, m in wished.items())
        yield _("Av dette er ønsket, men ikke påkrevd: {roller}.").format(roller=words)


def _lengths(v: Belastningsvisning) -> Iterator[str]:
    b, f = v.belastning, v.belastning.forutsetninger
    if f.varighet:
        yield _("Prøvd med varighet: {rutiner}.").format(rutiner=_minutes_of(v, f.varighet.items()))
    if b.vanlig_tid:
        yield _("Sier ikke hvor lenge de varer, og er regnet som 60 minutter: {rutiner}.").format(
            rutiner=_names(v, b.vanlig_tid)
        )
    if any(f.forberedelse.values()):
        yield _("Forberedelse, for den som har ansvaret: {rutiner}.").format(
            rutiner=_minutes_of(v, f.forberedelse.items())
        )
    else:
        yield _("Forberedelse og etterarbeid er ikke med (0 minutter). Legg det til med --forberedelse TYPE=MIN.")
    if not any(f.reise.values()):
        yield _("Reise er ikke med (0 minutter). Legg den til med --reise TYPE=MIN.")
        return
    yield _("Reise fram og tilbake, for alle som kommer utenfra: {rutiner}.").format(
        rutiner=_minutes_of(v, f.reise.items())
    )
    t = b.turer
    yield _("En tur gjelder alle som besøkes på samme sted samme dag: {besok} besøk på {turer} turer.").format(
        besok=short(t.besok), turer=short(t.turer)
    )
    if t.uten_sted:
        yield _("{n} av besøkene har ikke noe kjent sted, og er regnet som hver sin tur.").format(n=short(t.uten_sted))


def _left_out(v: Belastningsvisning) -> Iterator[str]:
    b = v.belastning
    for code, text in (
        ("behov", _("Ved behov, og derfor ikke med: {rutiner}.")),
        ("utlost", _("Utløses av noe som skjer, og er derfor ikke med: {rutiner}.")),
    ):
        found = [id_ for id_, why in b.utenfor if why == code]
        if found:
            yield text.format(rutiner=_names(v, found))
    if b.uten_tid:
        yield _("Leveres uten møte, og er regnet som 0 minutter: {rutiner}. Prøv --varighet.").format(
            rutiner=_names(v, b.uten_tid)
        )
    if b.uten_plass:
        yield ngettext(
            "{n} møte fant ikke en ledig tid, og står på fristen; timene er med.",
            "{n} møter fant ikke en ledig tid, og står på fristen; timene er med.",
            b.uten_plass,
        ).format(n=b.uten_plass)
    if v.deltakere and b.skjult:
        yield _(
            "Det som bare gjelder noen ytelser eller grupper, er ikke med for hver deltaker: det ville fortalt hvem de er."
        )
    if v.uten_id:
        yield _("Uten id-er: det som gjelder én deltaker eller én ansatt, er utelatt.")


def _names(v: Belastningsvisning, ids: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(v.navn.rutine(id_) for id_ in ids))


def _minutes_of(v: Belastningsvisning, pairs: Iterable[tuple[str, int]]) -> str:
    """Write minutes by routine, for those with something in the span."""
    there = {d.rutine for r in v.belastning.roller for d in r.rutiner}
    found = dict.fromkeys(f"{v.navn.rutine(id_)} {minutes_words(Fraction(n))}" for id_, n in pairs if id_ in there)
    return ", ".join(found) or _("ingen i denne tiden")


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
