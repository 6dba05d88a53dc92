"""A routine in words a reader without the file understands: when, for whom, how long, on what basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from oppfolgingscli.modell.frekvens import Antall, Behov, Etter, Hver, Milepael, Ved
from oppfolgingscli.sprak import _, navn, ngettext
from oppfolgingscli.vis.dokument.modell import Bit
from oppfolgingscli.vis.handbok.plan import duration_assumed
from oppfolgingscli.vis.ord import dag_ord, periode_ord
from oppfolgingscli.vis.regelord import frekvens_ord, varighet_ord

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppfolgingscli.modell.frekvens import Frekvens
    from oppfolgingscli.modell.rutinesett import Rutine, Versjon
    from oppfolgingscli.vis.dokument.modell import Tekst
    from oppfolgingscli.vis.handbok.plan import Plan, Rutineplan


def capital(text: str) -> str:
    """Begin a sentence: a capital first, the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """Join words as people do: a, b og c."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return _("{foran} og {siste}").format(foran=", ".join(found[:-1]), siste=found[-1])


def either(words: Iterable[str]) -> str:
    """Join words of which one is enough: a, b eller c."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return _("{foran} eller {siste}").format(foran=", ".join(found[:-1]), siste=found[-1])


def month(nr: int) -> str:
    """Return a month's name."""
    return periode_ord(f"2000-{nr:02d}").partition(" ")[0]


def role(plan: Plan, id_: str) -> str:
    """Return a role's name."""
    found = plan.sett.roller.get(id_)
    return navn(found.navn) if found else id_


def name(r: Rutineplan) -> str:
    """Return a routine's name."""
    return navn(r.rutine.navn)


def quoted(r: Rutineplan) -> str:
    """Return a routine's name in quotation marks."""
    return _("«{navn}»").format(navn=name(r))


def anchor(r: Rutineplan | str) -> str:
    """Return what links to a routine lead to."""
    id_ = r if isinstance(r, str) else r.id
    return f"rutine-{id_}"


def event(code: str) -> str:
    """Return an event in words, as in «etter høyt fravær»."""
    return {
        "fravaer": _("fravær"),
        "hoyt_fravaer": _("høyt fravær"),
        "frafallsrisiko": _("risiko for frafall"),
        "avbrudd": _("avbrudd i opplæringen"),
    }.get(code, code.replace("_", " ").replace("-", " "))


def mark(code: str) -> str:
    """Return a mark in words."""
    return {
        "antatt": _("antatt"),
        "uten_tall": _("uten tall"),
        "uten_frist": _("uten frist"),
        "uten_navn": _("ingen person er pekt ut"),
        "planlagt": _("planlagt"),
    }[code]


def marks(codes: Sequence[str]) -> tuple[Bit, ...]:
    """Return marks as they stand after a name: «(antatt, uten frist)»."""
    return (Bit(" "), Bit(f"({', '.join(mark(code) for code in codes)})", merke=True)) if codes else ()


def linked(plan: Plan, r: Rutineplan) -> tuple[Bit, ...]:
    """Return a routine's name as a link to where it is described, with its marks."""
    return (Bit(name(r), anker=anchor(r)), *marks(plan.all_marks(r)))


def when(plan: Plan, frekvens: Frekvens) -> str:
    """Say how often or when, as a clause: «2 ganger i semesteret», «innen 4 uker etter høyt fravær»."""
    match frekvens:
        case Antall() | Milepael():
            text = frekvens_ord(frekvens, plan.sett)
            if frekvens.helst == "start":
                text += _(", helst tidlig")
            elif frekvens.helst == "slutt":
                text += _(", helst mot slutten")
            return text
        case Hver():
            text = frekvens_ord(frekvens, plan.sett)
            if frekvens.forste_innen != frekvens.senest:
                text += _(", den første innen {tid}").format(tid=varighet_ord(frekvens.forste_innen))
            return text
        case Ved() | Etter():
            return _after(plan, frekvens)
        case Behov():
            return _("ved behov")
    assert_never(frekvens)


def triggers(plan: Plan, frekvens: Ved | Etter) -> str:
    """Say what sets a routine off: «høyt fravær», «Varsel til Nav»."""
    if isinstance(frekvens, Ved):
        return either(event(code) for code in frekvens.ved)
    return either(quoted(found) if (found := plan.rutine(id_)) else id_ for id_ in frekvens.etter)


def _after(plan: Plan, frekvens: Ved | Etter) -> str:
    what = triggers(plan, frekvens)
    if frekvens.innen is None:
        text = _("etter {hva}").format(hva=what)
    else:
        text = _("innen {tid} etter {hva}").format(tid=varighet_ord(frekvens.innen), hva=what)
    if frekvens.samle is not None:
        tid = varighet_ord(frekvens.samle)
        text += _("; det som skjer innen {tid} etter det første, følges opp samlet").format(tid=tid)
    return text


def deadline(frekvens: Ved | Etter) -> str:
    """Say the deadline of a step: «innen 3 virkedager», or that there is none."""
    if frekvens.innen is None:
        return _("ikke satt")
    return _("innen {tid}").format(tid=varighet_ord(frekvens.innen))


def for_whom(plan: Plan, rutine: Rutine) -> str:
    """Say whom a routine is for, and under what conditions."""
    g = rutine.gjelder
    parts = [_("klassen under ett") if rutine.niva == "klasse" else _("hver deltaker")]
    if g.ytelse:
        parts = [_("hver deltaker som har {ytelser}").format(ytelser=either(map(benefit, g.ytelse)))]
    if g.skolear:
        years = listed(map(str, g.skolear))
        parts.append(ngettext("i skoleår {ar}", "i skoleårene {ar}", len(g.skolear)).format(ar=years))
    if g.fase:
        names = [navn(phase.navn) if (phase := plan.sett.fase(id_)) else id_ for id_ in g.fase]
        quotes = either(_("«{navn}»").format(navn=n) for n in names)
        parts.append(ngettext("i fasen {faser}", "i fasene {faser}", len(names)).format(faser=quotes))
    if g.gruppe:
        groups = either(_("«{navn}»").format(navn=label) for label in g.gruppe)
        parts.append(ngettext("i gruppen {grupper}", "i gruppene {grupper}", len(g.gruppe)).format(grupper=groups))
    if g.i_praksis:
        parts.append(_("mens deltakeren er i praksis"))
    return ", ".join(parts)


def benefit(code: str) -> str:
    """Return a benefit in words."""
    return {
        "kvp": _("kvalifiseringsprogrammet (KVP)"),
        "tiltakspenger": _("tiltakspenger"),
        "aap": _("arbeidsavklaringspenger (AAP)"),
        "dagpenger": _("dagpenger"),
        "overgangsstonad": _("overgangsstønad"),
        "introduksjonsstonad": _("introduksjonsstønad"),
        "sosialhjelp": _("sosialhjelp"),
        "ingen": _("ingen ytelse"),
    }.get(code, code)


def breaks(rutine: Rutine) -> str:
    """Say how the school's breaks count, where it is not as for most routines; else empty."""
    rule = rutine.gjelder.ferie
    if rule == "ogsa":
        return _("gjelder også i skolens ferier")
    if rule == "bare":
        return _("gjelder bare i skolens ferier")
    if rule == "aldri":
        return ""
    names = {
        "hostferie": _("høstferien"),
        "juleferie": _("juleferien"),
        "vinterferie": _("vinterferien"),
        "paskeferie": _("påskeferien"),
        "sommerferie": _("sommerferien"),
    }
    return _("gjelder bare i {ferier}").format(ferier=listed(names[word] for word in rule))


def length(rutine: Rutine) -> Tekst:
    """Say how long it takes; where the note says so, that this is assumed."""
    minutes = rutine.varighet or 0
    text = ngettext("{n} minutt", "{n} minutter", minutes).format(n=minutes)
    return (Bit(text), *marks(("antatt",))) if duration_assumed(rutine) else text


def basis(grunnlag: str) -> str:
    """Say on what basis a routine stands."""
    return {
        "skriftlig": _("skriftlig – står i en plan som er skrevet ned"),
        "praksis": _("praksis – slik gjøres det, men det er ikke skrevet ned"),
        "planlagt": _("planlagt – er ikke tatt i bruk"),
    }[grunnlag]


def source(kilde: str | None, kilde_id: Sequence[str]) -> tuple[Bit, ...]:
    """Return where a duty is written, with its ids; in the language of the source."""
    out = [Bit(kilde, sprak="nb")] if kilde else []
    if kilde_id:
        ids = ", ".join(kilde_id)
        out.append(Bit(f" ({ids})" if kilde else ids))
    return tuple(out)


def span(v: Versjon) -> str:
    """Say when a version is in force."""
    if v.fra is None and v.til is None:
        return _("hele tiden")
    if v.til is None and v.fra is not None:
        return _("fra {fra}").format(fra=dag_ord(v.fra))
    if v.fra is None and v.til is not None:
        return _("til {til}").format(til=dag_ord(v.til))
    assert v.fra is not None  # noqa: S101 - the three cases above
    assert v.til is not None  # noqa: S101 - as above
    return _("fra {fra} til {til}").format(fra=dag_ord(v.fra), til=dag_ord(v.til))


def agency(etat: str) -> str:
    """Return what kind of agency a role belongs to."""
    return {
        "skole": _("skolen"),
        "nav": _("Nav"),
        "fylkeskommune": _("fylkeskommunen"),
        "bedrift": _("bedriften"),
        "deltaker": _("deltakeren selv"),
        "annen": _("andre"),
    }[etat]
