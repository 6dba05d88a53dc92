"""What a typical class takes for granted, in words, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, navn, ngettext
from oppfolgingscli.tid.perioder import skolear_for
from oppfolgingscli.vis.ord import dag_ord, periode_ord

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.typisk import Antakelse, Typisk


def assumptions(typisk: Typisk) -> list[str]:
    """Return what the typical class assumes, one sentence each; the school years without a calendar in one."""
    sett = typisk.opplegg.rutinesett
    out = [_words(a, sett) for a in typisk.antakelser if a.kode != "skolear"]
    years = [periode_ord(a.navn) for a in typisk.antakelser if a.kode == "skolear"]
    klasse = typisk.opplegg.klasse
    if len(years) == skolear_for(klasse.slutt) - skolear_for(klasse.start) + 1:
        out.append(_("Ferier og skoledager følger det vanlige mønsteret, ikke en bestemt skolerute."))
    elif years:
        out.append(
            ngettext(
                "Skoleruta mangler {ar}, så ferier og skoledager følger det vanlige mønsteret der.",
                "Skoleruta mangler {ar}, så ferier og skoledager følger det vanlige mønsteret der.",
                len(years),
            ).format(ar=", ".join(years))
        )
    return out


def span(typisk: Typisk) -> str:
    """Say from when to when the class goes, and with which school calendar."""
    klasse = typisk.opplegg.klasse
    if not typisk.opplegg.skolerute:
        return _("Klassen går fra {start} til {slutt}.").format(
            start=dag_ord(klasse.start), slutt=dag_ord(klasse.slutt)
        )
    return _("Klassen går fra {start} til {slutt}, med skoleruta «{rute}».").format(
        start=dag_ord(klasse.start), slutt=dag_ord(klasse.slutt), rute=klasse.skolerute
    )


def _words(a: Antakelse, sett: Rutinesett) -> str:
    match a.kode:
        case "praksis":
            return _(
                "Det som skal skje i praksis, er regnet som om deltakeren er i praksis hele skoleåret, i alle årene og "
                "fasene rutinene gjelder."
            )
        case "eksamen" if a.fra is not None:
            return _("Eksamen «{navn}» er satt til {dato}; settet sier ikke når den er.").format(
                navn=a.navn, dato=dag_ord(a.fra)
            )
        case "fase":
            fase = sett.fase(a.navn)
            return _("Fasen «{navn}» er flyttet til {fra} – {til}; datoene i settet gjelder en annen klasse.").format(
                navn=navn(fase.navn) if fase else a.navn,
                fra=dag_ord(a.fra) if a.fra else "…",
                til=dag_ord(a.til) if a.til else "…",
            )
        case "uten_skolerute":
            return _("Ingen skolerute: alle virkedager er regnet som skoledager, uten ferier.")
    return a.kode  # pragma: no cover - every kind is above
