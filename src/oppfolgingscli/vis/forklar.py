"""Explanations of points, as text that reads at 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Antall, Hver, Milepael
from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import _, navn, ngettext
from oppfolgingscli.vis.maskin_sjekk import included
from oppfolgingscli.vis.ord import dag_ord, is_tidsperiode, periode_ord, status_ord
from oppfolgingscli.vis.regelord import frekvens_ord
from oppfolgingscli.vis.rutiner import vilkar_ord
from oppfolgingscli.vis.skjerming import is_veiled, title

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.forklar import Forklaring, Kontaktdom, Svar
    from oppfolgingscli.modell.rutinesett import Rutinesett, Versjon
    from oppfolgingscli.vis.sjekk import Stil

#: Contacts of other kinds are only counted when a point's window holds more of them than this.
_MANGE: Final = 3


def render(svar: Svar, width: int, stil: Stil) -> str:
    """Write the explanations: each routine once, then its points.

    For a subject, points on time are told shortly, and only points a check would show are there.
    """
    whole = svar.subjekt is None
    shown = {x.punkt.id for x in included(svar.vurdering)}
    chosen = [f for f in svar.forklaringer if whole or f.vurdert.punkt.id in shown]
    sett = svar.vurdering.gyldighet.opplegg.rutinesett
    head = svar.subjekt or chosen[0].vurdert.punkt.id
    parts = [stil(_("{hva}, {dato}").format(hva=head, dato=dag_ord(svar.vurdering.per)), "tittel")]
    if not chosen:
        parts.append(_("Ingen punkter har åpnet ennå."))
    groups: dict[tuple[str, int], list[Forklaring]] = {}
    for f in sorted(chosen, key=lambda f: (f.vurdert.punkt.rutine, f.versjon.nr)):
        groups.setdefault((f.vurdert.punkt.rutine, f.versjon.nr), []).append(f)
    for group in sorted(groups.values(), key=_pressing):
        lines = _wrap(_rule(group[0].versjon, sett), width, 0, stil)
        for f in group:
            lines += ["", *_point(f, svar.vurdering.per, width, stil, utforlig=whole)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def rule_words(v: Versjon, sett: Rutinesett) -> tuple[str, ...]:
    """Return the sentences about a routine, without its title: rule, conditions, who, source, version."""
    return tuple(text for text, look in _rule(v, sett) if look != "tittel")


def point_words(f: Forklaring, per: date) -> tuple[str, ...]:
    """Return the sentences about one point: how its window came about, its days, how late a contact may count."""
    return tuple(text for text in (*_window(f, per), *_days(f), _late(f)) if text)


def _pressing(group: Iterable[Forklaring]) -> int:
    """Sort key: routines with something overdue first, then those with something behind."""
    items = [f.vurdert for f in group]
    if any(x.status == "forfalt" for x in items):
        return 0
    return 1 if any(x.flagg for x in items) else 2


def _wrap(lines: Iterable[tuple[str, str]], width: int, indent: int, stil: Stil) -> list[str]:
    """Fold (text, look) lines to the width; the first is a heading, the rest stand two in."""
    out: list[str] = []
    for text, look in lines:
        pad = " " * (indent if look in ("tittel", "hvem", "haster", "bra") else indent + 2)
        out += [
            stil(line, look) for line in textwrap.wrap(text, width, initial_indent=pad, subsequent_indent=pad + "  ")
        ]
    return out


def _rule(v: Versjon, sett: Rutinesett) -> Iterator[tuple[str, str]]:
    """Say what the routine is, how often, by whom, and where it is written."""
    r = v.rutine
    yield title(v), "tittel"
    yield _("Regel: {regel}.").format(regel=frekvens_ord(r.frekvens, sett)), ""
    conditions = [] if is_veiled(v) else vilkar_ord(r)
    if conditions:
        yield _("Gjelder: {vilkar}.").format(vilkar=", ".join(conditions)), ""
    role = sett.roller.get(r.ansvarlig)
    who = _("Ansvarlig: {rolle}.").format(rolle=navn(role.navn) if role else r.ansvarlig)
    if r.krever:
        names = ", ".join(navn(sett.roller[x].navn) if x in sett.roller else x for x in r.krever)
        who += " " + _("Må være med: {roller}.").format(roller=names)
    yield who, ""
    source = " · ".join(filter(None, (r.kilde or sett.hode.kilde, ", ".join(r.kilde_id))))
    yield _("Kilde: {kilde}").format(kilde=source), ""
    if r.antatt:
        why = "" if is_veiled(v) else r.merknad or ""  # the note may tell whom it is for
        yield _("Antatt: tallet står ikke i kilden. {merknad}").format(merknad=why).rstrip(), ""
    if v.nr > 1 or v.fra or v.til:
        yield _version(v), ""


def _version(v: Versjon) -> str:
    text = _("Versjon {nr}").format(nr=v.nr)
    if v.fra:
        text += _(", gjelder fra {dato}").format(dato=dag_ord(v.fra))
    if v.til:
        text += _(", til {dato}").format(dato=dag_ord(v.til))
    return text + "."


def _point(f: Forklaring, per: date, width: int, stil: Stil, *, utforlig: bool) -> list[str]:
    """Write one point: its status, and why."""
    x, p = f.vurdert, f.vurdert.punkt
    look = {"forfalt": "haster", "mangler": "haster", "i_tide": "bra"}.get(x.status, "hvem")
    lines: list[tuple[str, str]] = [(f"{point_name(f)}: {point_status(f)}", look)]
    if not utforlig and x.status == "i_tide" and x.kontakt:
        lines.append((_credited(f, per), ""))
        return _wrap(lines, width, 2, stil)
    if not utforlig and x.status == "kommende" and not x.flagg and f.klokke is None:
        lines += [(text, "") for text in _window(f, per)]
        return _wrap(lines, width, 2, stil)
    waiting = x.status in ("apen", "kommende") and not x.flagg and not p.delvis
    days = () if waiting and not utforlig else _days(f)
    lines += [(text, "") for text in (*_window(f, per), *days, _late(f)) if text]
    lines += [(text, "") for text in contact_words(f, per, _MANGE if utforlig else 0)]
    if not utforlig:
        lines.append((p.id, "dempet"))
    return _wrap(lines, width, 2, stil)


def point_name(f: Forklaring) -> str:
    """Say which of its routine's points it is: «Høst 2023, nr. 2», «Mellomrom 4», «Etter hoyt_fravaer …»."""
    p = f.vurdert.punkt
    if isinstance(f.versjon.rutine.frekvens, Hver):
        return _("Mellomrom {nr}").format(nr=p.periode) + (_(", frist {nr}").format(nr=p.nr) if p.nr > 1 else "")
    if f.utlost_av is not None:
        return _("Etter {type} {dato}").format(type=rens(f.utlost_av.type), dato=dag_ord(f.utlost_av.dato))
    key = periode_ord(p.periode)
    key = key[:1].upper() + key[1:] if is_tidsperiode(p.periode) else key
    rule = f.versjon.rutine.frekvens
    return (
        _("{periode}, nr. {nr}").format(periode=key, nr=p.nr) if isinstance(rule, Antall) and rule.inntil > 1 else key
    )


def point_status(f: Forklaring) -> str:
    """Say what became of a point, with days and flags."""
    x = f.vurdert
    text = status_ord(x.status)
    if x.status == "forfalt" and x.dager_sen is not None:
        text = ngettext("forfalt for {n} dag siden", "forfalt for {n} dager siden", x.dager_sen).format(n=x.dager_sen)
    elif x.status == "for_sent" and x.dager_sen is not None:
        text = ngettext("gjort {n} dag for sent", "gjort {n} dager for sent", x.dager_sen).format(n=x.dager_sen)
    elif x.status == "mangler":
        text = _("mangler, og kan ikke tas igjen")
    flags = {"bak_plan": _("på etterskudd"), "rekker_ikke": _("det er ikke nok dager igjen")}
    return ", ".join((text, *(flags[flag] for flag in x.flagg)))


def _window(f: Forklaring, per: date) -> Iterator[str]:
    """Say how the window and the deadline came about."""
    p, trigger, clock = f.vurdert.punkt, f.utlost_av, f.klokke
    if trigger is not None:
        yield _("Utløst av {id} ({type}) {dato}.").format(
            id=rens(trigger.id), type=rens(trigger.type), dato=dag_ord(trigger.dato)
        )
        if f.vurdert.oppdaget_etter is not None:
            n = f.vurdert.oppdaget_etter
            yield ngettext("Oppdaget etter {n} dag.", "Oppdaget etter {n} dager.", n).format(n=n)
    if clock is not None:
        if clock.apnet_av is not None:
            yield _("Tellingen begynte på nytt etter {id} {dato}.").format(
                id=rens(clock.apnet_av.id), dato=dag_ord(clock.apnet_av.dato)
            )
        else:
            yield _("Tellingen begynte første dagen rutinen gjaldt.")
        gone = _("Klokka: {gatt} dager er gått, fristen er etter {frist}.").format(gatt=clock.gatt, frist=clock.frist)
        stops = f.versjon.rutine.gjelder.ferie == "aldri"
        tail = _("Ferier og pauser telles ikke.") if stops else _("Pauser telles ikke.")
        yield f"{gone} {tail}"
    if p.frist is None:
        yield _("Vindu: fra {fra}. Rutinen setter ingen frist.").format(fra=dag_ord(p.fra))
    else:
        yield _("Vindu: {fra} – {frist}.").format(fra=dag_ord(p.fra), frist=dag_ord(p.frist))
    if p.tempo is not None and "bak_plan" in f.vurdert.flagg:
        yield _("Med jevn fart burde det vært gjort {dato}.").format(dato=dag_ord(p.tempo, per))


def _days(f: Forklaring) -> Iterator[str]:
    """Say which days counted, and what cut them."""
    d, p = f.dager, f.vurdert.punkt
    if isinstance(f.versjon.rutine.frekvens, Antall):
        text = _("Dager som teller: {n} av {alle} i perioden").format(n=d.antall, alle=d.av)
        if d.forste and d.siste and (d.forste, d.siste) != (p.fra, p.frist):
            text += _(", fra {forste} til {siste}").format(forste=dag_ord(d.forste), siste=dag_ord(d.siste))
        yield text + "."
        if p.delvis:
            yield _("Derfor er antallet skalert ned.")
    elif isinstance(f.versjon.rutine.frekvens, Milepael):
        yield _("Dager som teller i vinduet: {n}.").format(n=d.antall)
    if f.utlost_av is not None:
        return  # breaks and pauses excuse nothing here
    spans = [f"{_ferie(name)} {_span(a, b)}" for name, a, b in d.ferier]
    if spans:
        yield _("Ferier: {spenn}.").format(spenn=", ".join(spans))
    if d.pauser:
        yield _("Pauser: {spenn}.").format(spenn=", ".join(_span(a, b) for a, b in d.pauser))
    if f.vurdert.status == "fritatt":
        yield _("Fritatt, ved en pause eller et skriftlig fritak.")


def _ferie(name: str) -> str:
    return {
        "hostferie": _("høstferie"), "juleferie": _("juleferie"), "vinterferie": _("vinterferie"),
        "paskeferie": _("påskeferie"), "sommerferie": _("sommerferie"),
    }.get(name, name)  # fmt: skip


def _span(a: date, b: date) -> str:
    return f"{dag_ord(a, b)} – {dag_ord(b)}" if a != b else dag_ord(a)


def _late(f: Forklaring) -> str:
    """Say until when a late contact counts, and why."""
    p = f.vurdert.punkt
    if p.frist is None:
        return ""
    if p.sent_til is None and (f.vurdert.status == "mangler" or f.klokke is not None):
        return _("En sen kontakt teller så lenge rutinen gjelder for deltakeren.")
    if p.sent_til is None:
        return _("En sen kontakt teller uansett hvor sen den er.")
    if p.sent_til == p.frist:
        return (
            _("En sen kontakt teller ikke: neste vindu åpner dagen etter fristen.")
            if f.sent_til_fra == "neste_vindu"
            else ""
        )
    why = {
        "rutinen": _("rutinens egen grense"),
        "neste_vindu": _("dagen før neste vindu åpner"),
        "neste_frist": _("neste frist"),
    }[f.sent_til_fra]
    return _("En sen kontakt teller til og med {dato} ({hvorfor}).").format(dato=dag_ord(p.sent_til), hvorfor=why)


def _credited(f: Forklaring, per: date) -> str:
    k = f.vurdert.kontakt
    if k is None:
        return _("Ingen kontakt er brukt her.")
    return _("Brukt: {id}, {dato}.").format(id=rens(k.id), dato=dag_ord(k.dato, per))


def contact_words(f: Forklaring, per: date, mange: int = _MANGE) -> Iterator[str]:
    """Say which contact was credited, and of the others why not. More than ``mange`` of other kinds are counted."""
    if f.vurdert.status != "fritatt":
        yield _credited(f, per)
    other_kinds = [d for d in f.kontakter if d.grunn in ("annen_type", "annen_rutine")]
    for d in f.kontakter:
        if d.grunn == "kreditert" or (d in other_kinds and len(other_kinds) > mange):
            continue
        yield "– " + _("{id}, {dato}: {hvorfor}").format(
            id=rens(d.kontakt.id), dato=dag_ord(d.kontakt.dato, per), hvorfor=reason(d)
        )
    if len(other_kinds) > mange:
        n = len(other_kinds)
        yield "– " + ngettext(
            "{n} kontakt i vinduet gjelder noe annet.", "{n} kontakter i vinduet gjelder noe annet.", n
        ).format(n=n)


def reason(d: Kontaktdom) -> str:
    """Say why a contact is not credited to a point."""
    k = d.kontakt
    return {
        "annen_type": _("annen type ({type})"),
        "annen_rutine": _("ført på en annen rutine ({rutine})"),
        "etter_kjent": _("ikke registrert ennå den dagen det spørres om"),
        "etter_per": _("etter dagen det regnes per"),
        "avlyst": _("avlyst"),
        "ikke_mott": _("ikke møtt"),
        "utsatt": _("utsatt"),
        "ufullstendig": _("ikke alle som må være med, var med (mangler: {roller})"),
        "duplikat": _("står to ganger i loggen; den andre raden teller"),
        "for_naer": _("for nær forrige kontakt"),
        "fritatt": _("punktet er fritatt"),
        "brukt": _("brukt på {punkt}"),
        "for_tidlig": _("før vinduet åpnet"),
        "for_sen": _("etter siste dag en sen kontakt teller"),
        "utenfor_klokka": _("utenfor dagene rutinen gjelder, eller samme dag på klokka som forrige kontakt"),
        "annen_valgt": _("kunne telt, men en annen kontakt passet bedre"),
    }[d.grunn].format(type=rens(k.type), rutine=rens(k.rutine or ""), roller=", ".join(d.mangler), punkt=d.punkt)
