"""The words of a check, shared by the screen, Markdown and the spreadsheet: headings, days, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.ord import dag_ord

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.vis.sjekkoversikt import Rad


def heading(section: str, dager: int) -> str:
    """Return a section's heading. ``dager``: how far «soon» reaches."""
    return {
        "forfalt": _("Forfalt"),
        "bak": _("På etterskudd"),
        "snart": ngettext("Frist innen {dager} dag", "Frist innen {dager} dager", dager).format(dager=dager),
        "uten_frist": _("Venter, uten frist"),
        "avtaler": _("Avtaler"),
        "mistet": _("Nylig mistet"),
    }[section]


def explanation(section: str) -> str:
    """Say in a sentence what a section holds."""
    return {
        "forfalt": _("Fristen er ute, men det kan fortsatt gjøres."),
        "bak": _("Fristen er ikke ute, men det går for sakte, eller det er ikke nok dager igjen."),
        "snart": _("Fristen kommer snart."),
        "uten_frist": _("Skal gjøres, men rutinen setter ingen frist."),
        "avtaler": _("Avtalte tiltak som ikke er gjort."),
        "mistet": _("Fristen gikk ut i de siste 60 dagene, og det kan ikke lenger tas igjen."),
    }[section]


def when(rad: Rad, section: str, per: date) -> str:
    """Say how long: «12 dager over», «om 3 dager», «ventet 5 dager». ``*`` marks days without breaks and pauses."""
    n = rad.dager
    if section == "mistet":
        text = _("mangler fra {dato}").format(dato=dag_ord(rad.siden, per)) if rad.siden else ""
    elif section == "bak" and (rad.rekker_ikke or n is None):
        text = _("rekker ikke alt")
    elif n is None:
        text = _("ingen frist")
    elif section == "bak":
        text = ngettext("{n} dag bak", "{n} dager bak", n).format(n=n)
    elif section == "uten_frist":
        text = ngettext("ventet {n} dag", "ventet {n} dager", n).format(n=n)
    elif n > 0:
        text = ngettext("{n} dag over", "{n} dager over", n).format(n=n) + ("*" if rad.pa_klokka else "")
    elif n > -2:
        text = _("i morgen") if n else _("i dag")
    else:
        text = ngettext("om {n} dag", "om {n} dager", -n).format(n=-n)
    return text


def what(rad: Rad) -> str:
    """Say what it is, and how many times."""
    if rad.antall == 1:
        return rad.hva
    return ngettext("{hva} ({n} gang)", "{hva} ({n} ganger)", rad.antall).format(hva=rad.hva, n=rad.antall)


def deadline(rad: Rad, per: date) -> str:
    """Say when the deadline is or was; empty where there is none."""
    return _("frist {dato}").format(dato=dag_ord(rad.frist, per)) if rad.frist else ""


def attempts(rad: Rad) -> str:
    """Say what was tried and not met: «forsøkt: ikke møtt 12. november»; empty where nothing was."""
    return _("forsøkt: {hva}").format(hva=", ".join(rad.forsok)) if rad.forsok else ""


def finding_words(kode: str, n: int) -> str:
    """Say how many findings of a kind there are. A code that is new has its own name for words."""
    words = {
        "ulest_rad": ngettext("{n} rad kan ikke leses", "{n} rader kan ikke leses", n),
        "uten_id": ngettext("{n} rad uten id", "{n} rader uten id", n),
        "duplikat": ngettext("{n} rad står to ganger", "{n} rader står to ganger", n),
        "ukjent_type": ngettext("{n} rad med ukjent type", "{n} rader med ukjent type", n),
        "ukjent_rutine": ngettext("{n} rad med ukjent rutine", "{n} rader med ukjent rutine", n),
        "ukjent_deltaker": ngettext("{n} rad med ukjent deltaker", "{n} rader med ukjent deltaker", n),
        "ukjent_hendelse": ngettext("{n} hendelse med ukjent type", "{n} hendelser med ukjent type", n),
        "ukjent_kolonne": ngettext("{n} ukjent kolonne", "{n} ukjente kolonner", n),
        "ekstra_celle": ngettext("{n} rad med for mange celler", "{n} rader med for mange celler", n),
        "fodselsnummer": ngettext("{n} rad med elleve siffer", "{n} rader med elleve siffer", n),
        "rettelse_uten_rad": ngettext("{n} rettelse uten rad", "{n} rettelser uten rad", n),
        "hendelse_etter_slutt": ngettext(
            "{n} hendelse etter at deltakeren sluttet", "{n} hendelser etter at deltakeren sluttet", n
        ),
        "pause_registrert_sent": ngettext("{n} pause registrert for sent", "{n} pauser registrert for sent", n),
        "fritak_registrert_sent": ngettext("{n} fritak registrert for sent", "{n} fritak registrert for sent", n),
        "ubekreftet_skolerute": ngettext("{n} ubekreftet dato i skoleruta", "{n} ubekreftede datoer i skoleruta", n),
        "skolerute_mangler": ngettext("{n} skoleår uten skolerute", "{n} skoleår uten skolerute", n),
        "like_kolonner": ngettext("{n} kolonne står to ganger", "{n} kolonner står to ganger", n),
        "mangler_kolonne": ngettext("{n} kolonne mangler", "{n} kolonner mangler", n),
        "tom_fil": ngettext("{n} tom fil", "{n} tomme filer", n),
        "anker_mangler": ngettext("{n} rutine uten anker", "{n} rutiner uten anker", n),
        "vindu_uten_dager": ngettext("{n} rutine med et vindu uten dager", "{n} rutiner med et vindu uten dager", n),
        "maneder_pa_klokke": ngettext(
            "{n} intervall i måneder som står i feriene", "{n} intervaller i måneder som står i feriene", n
        ),
    }
    return words.get(kode, "{n} " + kode.replace("_", " ")).format(n=n)


def findings_summary(funn: Iterable[Varsel]) -> str:
    """Count findings by kind, the most frequent first: «3 rader kan ikke leses, 1 rad uten id»."""
    return ", ".join(finding_words(kode, n) for kode, n in Counter(v.kode for v in funn).most_common())
