"""What the audit found, in sentences: each with its denominator, none about too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.revisjon.frafall import DAGER
from oppfolgingscli.revisjon.loggbilde import ALLE, MEDIAN, P90
from oppfolgingscli.sprak import _, ngettext, sprak
from oppfolgingscli.vis.ord import dag_ord, periode_ord
from oppfolgingscli.vis.rapportkolonner import percent, points, share_of, span

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.endring import Endring
    from oppfolgingscli.revisjon.krav import Kravsvar
    from oppfolgingscli.revisjon.utgave import Linje
    from oppfolgingscli.vis.revisjon import Revisjonsvisning


def headline(v: Revisjonsvisning) -> str:
    """Say what was audited, on which day."""
    i = v.utgave.innstillinger
    classes = ngettext("{n} klasse", "{n} klasser", v.utgave.klasser).format(n=v.utgave.klasser)
    text = _("{klasser} per {dato}; det som hadde frist siste {lag} dager, er ikke bedømt.").format(
        klasser=classes, dato=dag_ord(i.per), lag=i.lag
    )
    if i.kjent is not None:
        text += " " + _("Bare det som var registrert {dato} eller før, er med.").format(dato=dag_ord(i.kjent))
    return text


def hidden(v: Revisjonsvisning) -> str:
    """Say what is hidden, and how it is written."""
    t = v.utgave.innstillinger.terskel
    n = v.utgave.skjulte
    rows = ngettext("{n} rad er skjult", "{n} rader er skjult", n).format(n=n)
    text = _(
        "Tall om færre enn {t} deltakere er skjult (:), og med dem så mange andre at de ikke kan regnes ut: {rader} av {alle}."
    ).format(t=t, rader=rows, alle=len(v.utgave.linjer))
    if v.utgave.forrige:
        text += " " + _(
            "Utgaven er laget til å stå sammen med forrige utgave; noen rader kan være skjult av den grunn."
        )
    return text


def findings(v: Revisjonsvisning) -> list[tuple[str, list[str]]]:
    """Return the findings under their headings; no heading without any."""
    u = v.utgave
    out = [
        (_("I alt"), _whole(v)),
        (_("Type for type"), [_type(v, linje) for linje in u.visning("type") if linje.tall and _tells(linje)]),
        (_("Har endret seg mer enn tilfeldig"), [_change(v, e) for e in u.endringer if e.er_sikker]),
        (_("Etter en ny versjon av rutinen"), [_version(v, e) for e in u.versjoner]),
        (_("Grupper som får mindre"), [_groups(v, e) for e in u.grupper]),
        (_("Før de sluttet"), dropouts(v)),
    ]
    return [(title, lines) for title, lines in out if lines]


def _whole(v: Revisjonsvisning) -> list[str]:
    line = v.utgave.totalt
    if line is None:
        return [_("Ingenting er bedømt ennå.")]
    if line.tall is None:
        return [_("Alt er skjult: for få deltakere, eller for lite er endret siden forrige utgave.")]
    m = line.tall
    n = ngettext("{n} deltaker", "{n} deltakere", m.n_deltakere).format(n=m.n_deltakere)
    done = _(
        "{i_tide} av {bedomt} bedømte punkter ble gjort i tide, {sent} for sent, og {ikke} er ikke gjort ({n})."
    ).format(i_tide=m.i_tide, bedomt=m.bedomt, sent=m.for_sent, ikke=m.forfalt + m.mangler, n=n)
    out = [done]
    if m.i_tide_andel is not None:
        of = share_of(*m.andel_av) if m.andel_av else _("avrundet, uten teller og nevner")
        if m.i_tide_kl is not None:
            of += "; " + _("usikkerhet {kl}").format(kl=span(m.i_tide_kl))
        text = _(
            "Uten rutinene med faste mellomrom: {andel} i tide ({av}). Var alt usikkert gått én vei, ville det vært {grenser}."
        )
        out.append(text.format(andel=percent(m.i_tide_andel), av=of, grenser=span(m.grenser)))
    return out


def _tells(linje: Linje) -> bool:
    return linje.tall is not None and (linje.tall.i_tide_andel is not None or linje.tall.dager_dekket is not None)


def _type(v: Revisjonsvisning, linje: Linje) -> str:
    m = linje.tall
    assert m is not None  # noqa: S101 - hidden rows were left out
    who = ngettext("{n} deltaker", "{n} deltakere", m.n_deltakere).format(n=m.n_deltakere)
    if not m.n_deltakere:
        who = ngettext("{n} klasse", "{n} klasser", m.n_klasser).format(n=m.n_klasser)
    parts = []
    if m.i_tide_andel is not None:
        of = share_of(*m.andel_av) if m.andel_av else _("avrundet")
        text = _("{andel} i tide ({av})").format(andel=percent(m.i_tide_andel), av=of)
        if m.grenser is not None and percent(m.grenser[0]) != percent(m.grenser[1]):
            text += _(", {grenser} om alt usikkert gikk én vei").format(grenser=span(m.grenser))
        parts.append(text)
    if m.dager_dekket is not None and m.klokkedager is not None:
        parts.append(_("{andel} av {dager} dager dekket").format(andel=percent(m.dager_dekket), dager=m.klokkedager[1]))
    return f"{v.navn.type(linje.nokkel.verdier[0])}: {'; '.join(parts)} ({who})."


def _change(v: Revisjonsvisning, e: Endring) -> str:
    return _("{type}: {fra} i tide {da} ({av_fra}), {til} {na} ({av_til}); {endring} prosentpoeng ({kl}).").format(
        type=v.navn.type(e.fra.verdier[0]),
        **_ends(e),
        da=periode_ord(e.fra.verdier[1]),
        na=periode_ord(e.til.verdier[1]),
    )


def _version(v: Revisjonsvisning, e: Endring) -> str:
    sure = "" if e.er_sikker else " " + _("Det kan være tilfeldig.")
    text = _(
        "{rutine}: {fra} i tide med versjon {fra_nr} ({av_fra}), {til} med versjon {til_nr} ({av_til}); {endring} prosentpoeng ({kl})."
    )
    return (
        text.format(
            rutine=v.navn.rutine(*e.fra.verdier[:2]), **_ends(e), fra_nr=e.fra.verdier[2], til_nr=e.til.verdier[2]
        )
        + sure
    )


def _groups(v: Revisjonsvisning, e: Endring) -> str:
    text = _(
        "{type}: {fra} i tide for {gruppe} ({av_fra}), {til} for {annen} ({av_til}); {endring} prosentpoeng ({kl})."
    )
    return text.format(
        type=v.navn.type(e.fra.verdier[1]), **_ends(e), gruppe=e.fra.verdier[0] or _("uten gruppe"),
        annen=e.til.verdier[0] or _("uten gruppe"),
    )  # fmt: skip


def _ends(e: Endring) -> dict[str, str]:
    kl = (
        _("usikkerhet {lav} til {hoy}").format(lav=points(e.kl[0]), hoy=points(e.kl[1]))
        if e.kl
        else _("for få til å si hvor usikkert")
    )
    return {
        "fra": percent(e.andel_fra), "til": percent(e.andel_til), "av_fra": share_of(*e.av_fra),
        "av_til": share_of(*e.av_til), "endring": points(e.endring), "kl": kl,
    }  # fmt: skip


def decimal(value: float) -> str:
    """Write a number with one decimal, as the reader does."""
    text = f"{value:.1f}"
    return text if sprak() == "en" else text.replace(".", ",")


def dropouts(v: Revisjonsvisning) -> list[str]:
    """Say how those who left were followed up beside the others, and how little that may mean."""
    f = v.utgave.frafall
    if f is None:
        return []
    if f.sluttet == 0:
        return [_("Ingen sluttet før tiden.")]
    if f.sammenlignet is None:
        if f.sluttet is None:
            return [_("Hvor mange som sluttet, eller ble, er skjult: for få.")]
        return [_("{n} sluttet før tiden; for få av dem kan sammenlignes med andre.").format(n=f.sluttet)]
    out = [
        _("{n} sluttet før tiden og kan sammenlignes med dem som ble i samme klasse i de samme dagene. De hadde {egne} kontakter hver de siste {dager} dagene, de andre {andres}.").format(
            n=f.sammenlignet, dager=DAGER, egne=decimal(f.kontakter or 0), andres=decimal(f.andre_kontakter or 0)
        )
    ]  # fmt: skip
    if f.uten is not None:
        out.append(
            _("{uten} av {n} hadde ingen kontakt; av de andre {andel}.").format(
                uten=f.uten, n=f.sammenlignet, andel=percent(f.andre_uten)
            )
        )
    few = _("Det er få, og tallene sier ikke hva som er årsak: oppfølgingen kan være tettere fordi noen så det komme.")
    return [*out, few]


def requirement(v: Revisjonsvisning, s: Kravsvar) -> str:
    """Say what became of a requirement, with its figure and denominator."""
    k = s.krav
    name = k.navn or f"{measure_word(k.mal)}, {v.navn.tekst(s.nokkel)}"
    least = percent(k.minst)
    if s.utfall == "skjult":
        return _("{navn}: kan ikke sies, for tallet er skjult. Krav: minst {minst}.").format(navn=name, minst=least)
    if s.utfall == "ingen":
        return _("{navn}: kan ikke sies, for ingenting er bedømt. Krav: minst {minst}.").format(navn=name, minst=least)
    value = percent(s.verdi) + (f" ({share_of(*s.av)})" if s.av else "")
    if s.er_oppfylt:
        return _("{navn}: oppfylt, {verdi}. Krav: minst {minst}.").format(navn=name, verdi=value, minst=least)
    return _("{navn}: ikke oppfylt, {verdi}. Krav: minst {minst}.").format(navn=name, verdi=value, minst=least)


def measure_word(mal: str) -> str:
    """Return a measure's name."""
    return {
        "i_tide_andel": _("Andel i tide"), "gjort_andel": _("Andel gjort"), "dekning": _("Dekning"),
        "dager_dekket": _("Dager dekket"), "dose": _("Dose"),
    }[mal]  # fmt: skip


def log_word(kode: str) -> str:
    """Return what a finding about the log is."""
    words = {
        ALLE: _("Kontakter i loggen"),
        MEDIAN: _("Dager til halvparten var ført"),
        P90: _("Dager til ni av ti var ført"),
        "fort_for": _("Ført før den skjedde"),
        "fort_samme_dag": _("Ført samme dag, eller uten dato for føring"),
        "fort_1_7": _("Ført 1–7 dager etter"),
        "fort_8_14": _("Ført 8–14 dager etter"),
        "fort_15_30": _("Ført 15–30 dager etter"),
        "fort_31_90": _("Ført 31–90 dager etter"),
        "fort_over_90": _("Ført mer enn 90 dager etter"),
        "helg": _("I en helg"),
        "helligdag": _("På en helligdag"),
        "ferie": _("I en skoleferie"),
        "mange_samme_dag": _("Ti eller flere av samme type på én dag, hver med sin deltaker"),
        "samlet_fort": _("Ti eller flere fra minst fem ulike dager, ført på én dag"),
        "for_start": _("Før deltakeren begynte"),
        "etter_slutt": _("Etter at deltakeren sluttet"),
        "like_rader": _("Lik en annen rad i alt som leses"),
        "ulest_rad": _("Rad som ikke kan leses"),
        "fodselsnummer": _("Rad med elleve siffer"),
        "uten_id": _("Rad uten id"),
        "rettelse_uten_rad": _("Rettelse av en rad som ikke finnes"),
        "ukjent_klasse": _("Rad om en klasse som ikke finnes"),
        "ulest_periode": _("Periode som ikke kan leses, eller som ikke gjelder noen"),
        "duplikat": _("Rad som er ført fra før"),
        "ukjent_type": _("Ukjent type"),
        "ukjent_rutine": _("Ukjent rutine"),
        "ukjent_deltaker": _("Ukjent deltaker"),
        "ukjent_hendelse": _("Hendelse som trolig er feilskrevet"),
        "hendelse_etter_slutt": _("Hendelse etter at deltakeren sluttet"),
        "pause_registrert_sent": _("Pause registrert etter fristen den fritar fra"),
        "fritak_registrert_sent": _("Fritak registrert etter fristen det fritar fra"),
    }
    return words[kode]
