"""What ``oppfolging kalender`` says when it is done: for people, and for machines."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.les.fil import vis_sti
from oppfolgingscli.sprak import N_, _, dato_kort, navn, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.planlegg import Mote
    from oppfolgingscli.publisert import Utgave, Utgivelse
    from oppfolgingscli.vis.kalenderfiler import Kalenderfil, Utvalg

GRUNNER: Final = {
    "ingen_dager": N_("vinduet har ingen dag det kan holdes på"),
    "ingen_felles_dag": N_("de som skal være med, har ingen felles ukedag i vinduet"),
    "for_lang": N_("møtet er lengre enn tidsrommet i [kalender]"),
    "for_tett": N_("vinduet er for kort til å holde avstanden til det forrige"),
    "fullt": N_("alle dagene i vinduet er fulle"),
}
_EKSEMPLER: Final = 3


@dataclass(frozen=True, slots=True)
class Utfort:
    """What was written. ``skrevet`` says for each file whether it changed on disk."""

    mappe: Path
    filer: list[Kalenderfil]
    skrevet: list[bool]
    utgivelse: Utgivelse
    ikke_plassert: tuple[Mote, ...]
    gamle: list[str]
    valgt: Sequence[Utvalg]


def tekst_svar(done: Utfort) -> str:
    """Return what was written where, one file a line, and what the numbers are."""
    from oppfolgingscli.vis.tabell import columns

    if not done.filer:
        return _("Ingen møter eller frister å skrive.") + "\n"
    rows = []
    for file, changed in zip(done.filer, done.skrevet, strict=True):
        counts = count(file.utgaver)
        rows.append((
            file.navn, str(counts["moter"]), str(counts["frister"]), str(counts["avlyst"]),
            _("skrevet") if changed else _("uendret"),
        ))  # fmt: skip
    header = (_("Fil i {mappe}").format(mappe=vis_sti(done.mappe)), _("Møter"), _("Frister"), _("Avlyst"), "")
    return columns(header, rows, right=(1, 2, 3)) + "\n" + sammendrag(done.utgivelse) + "\n"


def sammendrag(release: Utgivelse) -> str:
    """Return one sentence: how much there is, and what is new since the last time."""
    total = count(release.utgaver)
    meetings = ngettext("{n} møte", "{n} møter", total["moter"]).format(n=total["moter"])
    deadlines = ngettext("{n} frist", "{n} frister", total["frister"]).format(n=total["frister"])
    return _("I alt {moter} og {frister}: {nye} nye, {endret} endret, {avlyst} avlyst nå.").format(
        moter=meetings, frister=deadlines, nye=release.nye, endret=release.endret, avlyst=release.avlyst,
    )  # fmt: skip


def json_svar(arbeidsmappe: Arbeidsmappe, done: Utfort, per: date, varsler: Sequence[Varsel]) -> str:
    """Return the same as JSON, never translated."""
    return json.dumps(svar(arbeidsmappe, done, per, varsler), ensure_ascii=False, indent=2) + "\n"


def svar(arbeidsmappe: Arbeidsmappe, done: Utfort, per: date, varsler: Sequence[Varsel]) -> dict[str, Any]:
    """Return the answer for machines as a dictionary."""
    release = done.utgivelse
    return {
        "klasse": arbeidsmappe.opplegg.klasse.id,
        "per": per.isoformat(),
        "filer": [
            {
                "fil": (done.mappe / file.navn).as_posix(),
                "slag": file.utvalg.slag,
                "id": file.utvalg.id,
                "del": file.del_ or None,
                **count(file.utgaver),
                "bytes": len(file.data),
                "skrevet": changed,
            }
            for file, changed in zip(done.filer, done.skrevet, strict=True)
        ],
        **count(release.utgaver),
        "nye": release.nye,
        "endret": release.endret,
        "avlyst_na": release.avlyst,
        "borte": [u.uid for u in release.borte],
        "ikke_plassert": [{"id": m.punkt.id, "dato": m.dato.isoformat(), "grunn": m.grunn} for m in done.ikke_plassert],
        "gamle_filer": done.gamle,
        "varsler": [
            {"kode": v.kode, "sted": v.sted, "melding": v.melding, "punkter": list(v.punkter)} for v in varsler
        ],
    }


def say_unplaced(arbeidsmappe: Arbeidsmappe, done: Utfort, varsler: Sequence[Varsel]) -> None:
    """Tell on stderr what could not be done, and how the files are best used."""
    from oppfolgingscli.vis.tabell import warnings_text

    for line in (*_unplaced(arbeidsmappe, done), *_gone(done), *_stale(done)):
        click.echo(line, err=True)
    if varsler:
        felles.si(warnings_text(varsler).rstrip("\n"))
    if any(file.del_ for file in done.filer):
        felles.si(_("Noen kalendere er delt etter tid: Google tar ikke imot filer over 1 MB."))
    if done.filer:
        felles.si(
            _(
                "Importer hver fil i en egen, tom kalender, og bytt den ut hele neste gang: Outlook og Thunderbird "
                "legger ellers inn alt en gang til. Eller legg filene et sted kalenderen kan abonnere på.",
            ),
        )


def _unplaced(arbeidsmappe: Arbeidsmappe, done: Utfort) -> list[str]:
    """One line for each routine and reason."""
    if not done.ikke_plassert:
        return []
    names = {v.rutine.id: navn(v.rutine.navn) for v in arbeidsmappe.opplegg.rutinesett.versjoner}
    groups: dict[tuple[str, str], list[Mote]] = {}
    for mote in done.ikke_plassert:
        groups.setdefault((mote.punkt.rutine, mote.grunn or ""), []).append(mote)
    n = len(done.ikke_plassert)
    lines = [
        ngettext(
            "{antall} møte fant ingen tid, og står som heldagshendelse på fristen:",
            "{antall} møter fant ingen tid, og står som heldagshendelser på fristen:",
            n,
        ).format(antall=n),
    ]
    for (rutine, grunn), moter in groups.items():
        some = ", ".join(f"{m.punkt.subjekt} {dato_kort(m.dato)}" for m in moter[:_EKSEMPLER])
        more = " …" if len(moter) > _EKSEMPLER else ""
        lines.append(
            "  "
            + _("{navn}, {antall}: {grunn} ({eksempler}).").format(
                navn=names[rutine], antall=len(moter), grunn=_(GRUNNER[grunn]), eksempler=some + more
            ),
        )
    return lines


def _gone(done: Utfort) -> list[str]:
    n = len(done.utgivelse.borte)
    if not n:
        return []
    return [
        ngettext(
            "{antall} hendelse som er publisert før, er borte nå. Den står som før; --avlys avlyser den.",
            "{antall} hendelser som er publisert før, er borte nå. De står som før; --avlys avlyser dem.",
            n,
        ).format(antall=n),
    ]


def _stale(done: Utfort) -> list[str]:
    return [
        _("{fil} er fra en tidligere kjøring og er ikke oppdatert. Slett den.").format(fil=vis_sti(done.mappe / name))
        for name in done.gamle
    ]


def count(utgaver: Sequence[Utgave]) -> dict[str, int]:
    """Return how many meetings, deadlines and cancelled events there are."""
    kinds = Counter("avlyst" if u.avlyst else "frister" if u.innhold.start is None else "moter" for u in utgaver)
    return {kind: kinds[kind] for kind in ("moter", "frister", "avlyst")}
