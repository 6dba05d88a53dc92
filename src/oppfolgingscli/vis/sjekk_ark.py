"""A check as Markdown and as a spreadsheet: the same sections as on the screen, one table each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.sprak import _, dato_kort
from oppfolgingscli.vis.regneark import Ark, Verdi, write_workbook
from oppfolgingscli.vis.sjekkord import explanation, heading
from oppfolgingscli.vis.sjekkoversikt import SEKSJONER, arrange

if TYPE_CHECKING:
    from oppfolgingscli.vis.sjekkoversikt import Oversikt, Rad

_MD: Final = re.compile(r"([\\`*_\[\]<>|#])")


class Kolonne(NamedTuple):
    """A column: heading, what it holds, and how it is taken from a row."""

    navn: str
    forklaring: str
    verdi: Callable[[Rad], Verdi]


def columns(section: str) -> tuple[Kolonne, ...]:
    """Return the columns of a section."""
    who = Kolonne(_("Hvem"), _("Deltakerens id, eller klassen."), lambda r: r.subjekt)
    what = Kolonne(_("Hva"), _("Rutinen, og perioden den gjelder."), lambda r: r.hva)
    count = Kolonne(_("Antall"), _("Hvor mange ganger som gjenstår."), lambda r: r.antall)
    deadline = Kolonne(_("Frist"), _("Siste dag som er i tide."), lambda r: r.frist)
    responsible = Kolonne(
        _("Ansvarlig"), _("Personen, eller rollen når ingen bestemt person har den."), lambda r: r.ansvarlig
    )
    step = Kolonne(_("Neste steg"), _("Hva den ansvarlige kan gjøre nå."), lambda r: r.neste)
    tried = Kolonne(_("Forsøkt"), _("Kontakter som var avtalt, men ikke ble noe av."), lambda r: ", ".join(r.forsok))
    note = Kolonne(_("Merknad"), _("Noe mer å vite om raden."), lambda r: ", ".join(_marks(r)))
    days = {
        "forfalt": (_("Dager over"), _("Dager etter fristen; for faste mellomrom uten ferier og pauser.")),
        "bak": (_("Dager bak"), _("Dager etter at det burde vært gjort med jevn fart.")),
        "snart": (_("Dager igjen"), _("Dager til fristen.")),
        "uten_frist": (_("Dager ventet"), _("Dager siden det ble utløst.")),
        "avtaler": (_("Dager over"), _("Dager etter fristen; med minus: dager igjen.")),
    }
    if section == "mistet":
        since = Kolonne(_("Mangler fra"), _("Første dagen det ikke lenger kunne tas igjen."), lambda r: r.siden)
        return who, what, count, deadline, since, responsible, tried
    sign = -1 if section == "snart" else 1
    time = Kolonne(*days[section], lambda r: None if r.dager is None else sign * r.dager)
    if section == "avtaler":
        return who, Kolonne(_("Tiltak"), _("Det som er avtalt."), lambda r: r.hva), time, deadline, responsible
    return who, what, count, time, deadline, responsible, step, tried, note


def _marks(rad: Rad) -> tuple[str, ...]:
    return (*((_("rekker ikke alt før fristen"),) if rad.rekker_ikke else ()), *rad.merker)


def _tables(o: Oversikt) -> Iterator[tuple[str, tuple[Kolonne, ...], list[list[Verdi]]]]:
    for name in SEKSJONER:
        if rows := o.seksjoner[name]:
            cols = columns(name)
            yield name, cols, [[c.verdi(rad) for c in cols] for group in arrange(rows) for rad in group]


def to_markdown(o: Oversikt) -> str:
    """Write a check as Markdown: a heading and a table for each section that has anything."""
    parts = [f"# {_escape(o.emne)}"]
    for name, cols, rows in _tables(o):
        kept = [i for i in range(len(cols)) if any(row[i] not in (None, "") for row in rows)]
        lines = [f"## {heading(name, o.dager)} ({o.antall(name)})", "", explanation(name), ""]
        lines.append("| " + " | ".join(cols[i].navn for i in kept) + " |")
        lines.append("|" + "|".join(" ---: " if isinstance(rows[0][i], int) else " --- " for i in kept) + "|")
        lines += ["| " + " | ".join(_cell(row[i]) for i in kept) + " |" for row in rows]
        parts.append("\n".join(lines))
    if o.alt_vel:
        parts.append(
            _("Ingenting er forfalt, og ingenting har frist i de nærmeste {dager} dagene.").format(dager=o.dager)
        )
    if o.pausedager:
        days = ", ".join(f"{who} {n}" for who, n in o.pausedager.items())
        parts.append(_("Pausedager (teller ikke): {dager}").format(dager=_escape(days)))
    if o.funn:
        lines = ["## " + _("Funn i filene") + f" ({len(o.funn)})", ""]
        lines += [f"- {_escape(f'{v.sted}: {v.melding}')}" for v in o.funn]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _escape(text: str) -> str:
    return _MD.sub(r"\\\1", " ".join(text.split()))


def _cell(value: Verdi) -> str:
    if isinstance(value, date):
        return dato_kort(value)
    return "" if value is None else _escape(str(value))


def to_xlsx(o: Oversikt) -> bytes:
    """Write a check as a workbook: a sheet for each section, findings, pause days, and one that explains."""
    sheets: list[Ark] = []
    words: list[list[Verdi]] = [[_("Oversikt"), "", o.emne]]
    for name, cols, rows in _tables(o):
        title = heading(name, o.dager)
        sheets.append(Ark(title, tuple(c.navn for c in cols), rows))
        words.append([title, "", explanation(name)])
        words += [[title, c.navn, c.forklaring] for c in cols]
    if o.funn:
        sheets.append(
            Ark(_("Funn i filene"), (_("Slag"), _("Sted"), _("Melding")), [[v.kode, v.sted, v.melding] for v in o.funn])
        )
        words.append([_("Funn i filene"), "", _("Rader og datoer i filene som bør sees på. Ingenting er endret.")])
    if o.pausedager:
        sheets.append(Ark(_("Pausedager"), (_("Hvem"), _("Dager")), [[who, n] for who, n in o.pausedager.items()]))
        words.append([_("Pausedager"), "", _("Dager i pause til nå. De teller ikke med i noe antall eller mellomrom.")])
    return write_workbook([*sheets, Ark(_("Forklaring"), (_("Ark"), _("Kolonne"), _("Hva det er")), words)])
