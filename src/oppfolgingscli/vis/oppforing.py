"""What an event says: title, text, place and category of a placed point, in the language in use.

Nothing about benefits, groups, health, pauses or exemptions is ever said. A routine that holds only for
some benefits or groups would tell which by its name, its id and its rule; those are then left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.publisert import Innhold
from oppfolgingscli.sprak import _, dato_kort, navn
from oppfolgingscli.vis.ord import periode_ord
from oppfolgingscli.vis.regelord import frekvens_ord
from oppfolgingscli.vis.skjerming import category, conditions, is_veiled, tells, title

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Punkt
    from oppfolgingscli.modell.klasse import Opplegg
    from oppfolgingscli.planlegg import Mote


class Oppforinger:
    """Writes the content of events for one class.

    Args:
        opplegg: the class and its routines.
        vis_deltaker: False leaves the participant out of title and text.
    """

    def __init__(self, opplegg: Opplegg, *, vis_deltaker: bool) -> None:
        self._opplegg = opplegg
        self._vis = vis_deltaker
        self._versjoner = {(v.rutine.id, v.nr): v for v in opplegg.rutinesett.versjoner}
        self._praksis = {d.id: d.praksis for d in opplegg.deltakere}
        self._faste: dict[tuple[str, int], tuple[str, str, str, tuple[str, ...]]] = {}

    def innhold(self, mote: Mote) -> Innhold:
        """Return what the event of a placed point says."""
        p = mote.punkt
        own = p.niva == "deltaker"
        heading, first, last, roles = self._fast(p)
        if mote.grunn is not None:
            heading = _("IKKE PLASSERT: {tittel}").format(tittel=heading)
        return Innhold(
            dato=mote.dato.isoformat(),
            start=mote.start.isoformat("minutes") if mote.start else None,
            slutt=mote.slutt.isoformat("minutes") if mote.slutt else None,
            tittel=heading,
            vist=p.subjekt if own and self._vis else None,
            beskrivelse="\n".join((first, *_nar(p), *_merknader(mote), last)),
            referanse=self._referanse(p),
            sted=(mote.sted or self._sted(mote)) if self._vis or not own else None,
            kategori=category(self._versjoner[p.rutine, p.versjon]),
            deltaker=p.subjekt if own else None,
            roller=roles,
            personer=mote.personer,
        )

    def _fast(self, p: Punkt) -> tuple[str, str, str, tuple[str, ...]]:
        """Return what is the same for every point of a version: title, opening and closing text, roles."""
        key = (p.rutine, p.versjon)
        if key not in self._faste:
            v = self._versjoner[key]
            veiled = is_veiled(v)
            first = [self._who(p)]
            if not veiled:
                how = frekvens_ord(v.rutine.frekvens, self._opplegg.rutinesett)
                first.append(_("Hvor ofte: {frekvens}.").format(frekvens=how))
            last = [_("Kilde: {kilde}").format(kilde=source) for source in [_source(p, conditions(v))] if source]
            if p.antatt:
                last.append(_("Antatt: tallet står ikke i kilden, men er valgt i rutinefila."))
            heading = title(v)
            roles = tuple(dict.fromkeys((p.ansvarlig, *p.deltar)))
            self._faste[key] = (heading, "\n".join(first), "\n".join(last), roles)
        return self._faste[key]

    def _who(self, p: Punkt) -> str:
        text = _("Ansvarlig: {rolle}.").format(rolle=self._role(p.ansvarlig))
        others = ", ".join(self._role(rolle) for rolle in p.deltar)
        return text + (" " + _("Deltar: {roller}.").format(roller=others) if others else "")

    def _role(self, rolle: str) -> str:
        found = self._opplegg.rutinesett.roller.get(rolle)
        return navn(found.navn) if found else rolle

    def _referanse(self, p: Punkt) -> str:
        parts = p.id.split("/")
        v = self._versjoner[p.rutine, p.versjon]
        if len(parts) > 2 and is_veiled(v):
            parts[1] = category(v)
        if len(parts) > 2 and p.niva == "deltaker" and not self._vis:
            del parts[2]
        return "/".join(parts)

    def _sted(self, mote: Mote) -> str | None:
        """Return the practice place of a visit to a participant."""
        v = self._versjoner[mote.punkt.rutine, mote.punkt.versjon]
        if not v.rutine.gjelder.i_praksis or mote.heldag:
            return None
        for p in self._praksis.get(mote.punkt.subjekt, ()):
            if p.fra <= mote.dato and (p.til is None or mote.dato <= p.til):
                return p.sted
        return None


def _nar(p: Punkt) -> list[str]:
    lines = []
    if p.frist is None:
        lines.append(_("Når: fra {fra}.").format(fra=dato_kort(p.fra)))
    else:
        lines.append(_("Når: fra {fra}, frist {frist}.").format(fra=dato_kort(p.fra), frist=dato_kort(p.frist)))
    period = periode_ord(p.periode)
    if not p.periode.isdecimal():
        lines.append(_("Periode: {periode}, nr. {nr}.").format(periode=period, nr=p.nr))
    if not p.krav:
        lines.append(_("Ønsket, ikke et krav."))
    return lines


def _merknader(mote: Mote) -> list[str]:
    if mote.grunn is None:
        return []
    # Why is told to the one who makes the calendars: it may rest on somebody's absence.
    return [_("Det ble ikke funnet noe tidspunkt. Avtal et før fristen.")]


def _source(p: Punkt, conditions: tuple[str, ...]) -> str:
    text = p.kilde or ""
    if conditions and tells(text, conditions):
        text = ""
    ids = ", ".join(p.kilde_id)
    return f"{text} ({ids})" if text and ids else text or ids
