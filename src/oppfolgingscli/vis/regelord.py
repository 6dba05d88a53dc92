"""How often a routine shall happen, in words, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from oppfolgingscli.modell.frekvens import Antall, Behov, Etter, Hver, Milepael, Ved
from oppfolgingscli.sprak import _, dato_kort, navn, ngettext

if TYPE_CHECKING:
    from oppfolgingscli.modell.anker import Anker
    from oppfolgingscli.modell.frekvens import Frekvens
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.tid.varighet import Varighet


def varighet_ord(varighet: Varighet) -> str:
    """Write a duration, without its sign: 3 uker, 1 måned."""
    n = abs(varighet.antall)
    match varighet.enhet:
        case "dag":
            return ngettext("{n} dag", "{n} dager", n).format(n=n)
        case "uke":
            return ngettext("{n} uke", "{n} uker", n).format(n=n)
        case "maned":
            return ngettext("{n} måned", "{n} måneder", n).format(n=n)
        case "ar":
            return ngettext("{n} år", "{n} år", n).format(n=n)
        case "virkedag":
            return ngettext("{n} virkedag", "{n} virkedager", n).format(n=n)
        case "skoledag":
            return ngettext("{n} skoledag", "{n} skoledager", n).format(n=n)


def frekvens_ord(frekvens: Frekvens, rutinesett: Rutinesett) -> str:
    """Write a frequency as a clause: «2 ganger i semesteret, minst 2 uker mellom»."""
    match frekvens:
        case Antall():
            return _antall(frekvens)
        case Hver():
            text = _hver(frekvens.hver)
            if frekvens.senest != frekvens.hver:
                text += _(", senest etter {senest}").format(senest=varighet_ord(frekvens.senest))
            return text
        case Milepael():
            return _milepael(frekvens, rutinesett)
        case Ved() | Etter():
            return _etterpa(frekvens)
        case Behov():
            return _("ved behov")
    assert_never(frekvens)


def _hver(varighet: Varighet) -> str:
    n = varighet.antall
    match varighet.enhet:
        case "uke":
            return ngettext("hver uke", "hver {n}. uke", n).format(n=n)
        case "maned":
            return ngettext("hver måned", "hver {n}. måned", n).format(n=n)
        case "ar":
            return ngettext("hvert år", "hvert {n}. år", n).format(n=n)
        case _:
            return ngettext("hver dag", "hver {n}. dag", n).format(n=n)


def _antall(f: Antall) -> str:
    per = {
        "uke": _("i uken"),
        "maned": _("i måneden"),
        "kvartal": _("i kvartalet"),
        "semester": _("i semesteret"),
        "skolear": _("i skoleåret"),
    }[f.per]
    times = ngettext("{n} gang", "{n} ganger", f.inntil).format(n=f.inntil)
    if f.minst == 0:
        times = _("inntil {ganger}").format(ganger=times)
    elif f.minst != f.inntil:
        times = _("{minst} til {ganger}").format(minst=f.minst, ganger=times)
    text = f"{times} {per}"
    if f.minst_mellom:
        text += _(", minst {tid} mellom").format(tid=varighet_ord(f.minst_mellom))
    return text


def _milepael(f: Milepael, rutinesett: Rutinesett) -> str:
    anchor = anker_ord(f.milepael, rutinesett)
    if f.fra.antall >= 0:
        return _("innen {tid} etter {milepael}").format(tid=varighet_ord(f.innen), milepael=anchor)
    first = _("fra {tid} før {milepael}").format(tid=varighet_ord(f.fra), milepael=anchor)
    if f.innen.antall > 0:
        return _("{fra} til {tid} etter").format(fra=first, tid=varighet_ord(f.innen))
    if f.innen.antall == 0:
        return _("fra {tid} før {milepael} til og med den dagen").format(tid=varighet_ord(f.fra), milepael=anchor)
    return _("{fra} til {tid} før").format(fra=first, tid=varighet_ord(f.innen))


def anker_ord(a: Anker, rutinesett: Rutinesett) -> str:
    """Write an anchor: «oppstart», «slutten av skoleåret 3»."""
    if a.dato is not None:
        return dato_kort(a.dato)
    phase = rutinesett.fase(a.navn) if a.navn else None
    name = navn(phase.navn) if phase else a.navn or ""
    year = _(" {nr}").format(nr=a.nr) if a.nr else ""
    words = {
        "oppstart": _("oppstart"),
        "slutt": _("slutten"),
        "fase-start": _("starten av «{navn}»"),
        "fase-slutt": _("slutten av «{navn}»"),
        "praksis-start": _("starten av praksis"),
        "skolear-start": _("starten av skoleåret{nr}"),
        "skolear-slutt": _("slutten av skoleåret{nr}"),
        "semester-start": _("starten av semesteret"),
        "semester-slutt": _("slutten av semesteret"),
        "eksamen": _("eksamen «{navn}»"),
    }
    if a.navn in {"host", "var"}:
        words |= {
            "semester-start": _("starten av høsten") if a.navn == "host" else _("starten av våren"),
            "semester-slutt": _("slutten av høsten") if a.navn == "host" else _("slutten av våren"),
        }
    return words[a.slag].format(navn=name, nr=year)


def _etterpa(f: Ved | Etter) -> str:
    what = ", ".join(f.ved if isinstance(f, Ved) else f.etter)
    if f.innen is None:
        return _("etter {hva}").format(hva=what)
    return _("innen {tid} etter {hva}").format(tid=varighet_ord(f.innen), hva=what)
