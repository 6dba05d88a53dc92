"""How often there is time for a routine, in sentences, against what it says, and how that is worked out."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from oppfolgingscli.belastning.forutsetninger import HEL_UKE
from oppfolgingscli.modell.frekvens import Antall, Hver
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.belastningtall import (
    hours_words,
    minutes_words,
    percent_of,
    short,
    weeks_words,
)
from oppfolgingscli.vis.regelord import frekvens_ord

if TYPE_CHECKING:
    from oppfolgingscli.belastning.rad import Hyppighet
    from oppfolgingscli.vis.belastningvisning import Belastningsvisning

BESOK: Final = "bedriftsbesok"


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
