"""What the page of one participant (or of the class) says: what to do now, what comes, what was done, and the log.

Everything is taken from the judgement, in the words ``sjekk`` and ``sjekk --forklar`` use. Notes in the log are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from oppfolgingscli.cli.vurdert import Utvalg
from oppfolgingscli.forklar import Forklaring, explain
from oppfolgingscli.modell.frekvens import Ved
from oppfolgingscli.modell.ord import naturlig
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.tid.perioder import periode_for
from oppfolgingscli.vis.forklar import contact_words, point_name, point_status, point_words, rule_words
from oppfolgingscli.vis.ord import dag_ord, is_tidsperiode, periode_ord
from oppfolgingscli.vis.rapportnavn import Rapportnavn
from oppfolgingscli.vis.sjekkord import attempts, deadline, explanation, heading, what, when
from oppfolgingscli.vis.sjekkoversikt import SEKSJONER, arrange, role_names
from oppfolgingscli.vis.skjerming import title
from oppfolgingscli.vis.typeord import hendelse_ord

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.vis.sjekkoversikt import Oversikt, Rad
    from oppfolgingscli.vurder import Vurdert, VurdertAvtale

_MANGE: Final = 150
"""A subject with more points than this (a class with something every week) has those not of now explained on request."""

_KAN_FORES: Final = frozenset({"forfalt", "apen", "kommende"})
"""Statuses of points a contact may still be logged for."""


@dataclass(frozen=True, slots=True)
class Forklart:
    """Why one point is as it is: which it is, the rule, how its window came about, and what each contact came to."""

    navn: str
    regel: tuple[str, ...]
    hvorfor: tuple[str, ...]
    kontakter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linje:
    """One thing: what it is, its status (code and words), when, the small print, and why.

    ``rutine``, ``slag``: for which routine and kind a contact may be logged from here; "" where there is nothing to
    log. ``avtale``: the id of an agreement that may be said done. ``punkt``: the point to ask about, where why is told
    only on request.
    """

    hva: str
    status: str
    statusord: str
    detaljer: tuple[str, ...]
    rutine: str
    forklaringer: tuple[Forklart, ...]
    slag: str = ""
    avtale: str = ""
    punkt: str = ""


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Lines under a heading. ``antall``: points or agreements."""

    id: str
    tittel: str
    forklaring: str
    antall: int
    linjer: tuple[Linje, ...]


@dataclass(frozen=True, slots=True)
class Forlop:
    """Everything about one subject: ``na`` is to be dealt with, ``kommende`` and ``tidligere`` stand by semester.

    ``svar``: the point that was asked about.
    """

    na: tuple[Gruppe, ...]
    kommende: tuple[Gruppe, ...]
    tidligere: tuple[Gruppe, ...]
    oppsummert: str
    svar: Linje | None = None


def neighbours(subjekter: Iterable[Subjekt], id_: str) -> tuple[str | None, str | None]:
    """Return the participants before and after one in the order people count them; None at the ends."""
    ids = sorted((s.id for s in subjekter if s.deltaker is not None), key=lambda i: (naturlig(i), i))
    if id_ not in ids:
        return None, ids[0] if ids else None
    at = ids.index(id_)
    return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None


class _Ord:
    """Puts the points of one subject into words."""

    def __init__(self, found: Grunnlag, points: Sequence[Vurdert], subjekt: str) -> None:
        self.per = found.vurdering.per
        sett = found.vurdering.gyldighet.opplegg.rutinesett
        self.titler = {(v.rutine.id, v.nr): title(v) for v in sett.versjoner}
        answer = explain(found.vurdering, found.logg, found.roller, subjekt, points)
        self.forklaringer = {f.vurdert.punkt.id: f for f in answer.forklaringer}
        self._navn = {id_: self.name(f) for id_, f in self.forklaringer.items()}
        self._regler: dict[tuple[str, int], tuple[str, ...]] = {}
        self._sett = sett
        self._roller = role_names(found.vurdering)
        self._typer = Rapportnavn(sett)

    def title(self, x: Vurdert) -> str:
        return self.titler[x.punkt.rutine, x.punkt.versjon]

    def name(self, f: Forklaring, periode: str = "") -> str:
        """Name a point: «Elevsamtale, høst 2023, nr. 2». ``periode``: the one it stands under, not said again."""
        p, which = f.vurdert.punkt, _spoken(point_name(f), f)
        text = self.title(f.vurdert)
        if is_tidsperiode(p.periode):
            words = periode_ord(p.periode)
            which = which[len(words) :].removeprefix(", ") if p.periode == periode else words + which[len(words) :]
        elif which.lower() in text.lower():  # «Trekantsamtale ved oppstart» has said it
            which = ""
        elif not which[:1].isdecimal():
            which = which[:1].lower() + which[1:]
        return f"{text}, {which}" if which else text

    def why(self, id_: str) -> Forklart:
        f = self.forklaringer[id_]
        key = (f.versjon.rutine.id, f.versjon.nr)
        if key not in self._regler:
            self._regler[key] = tuple(_spoken(text, f) for text in rule_words(f.versjon, self._sett))
        why = tuple(_spoken(text, f) for text in point_words(f, self.per))
        contacts = tuple(text.removeprefix("– ") for text in contact_words(self._named(f), self.per))
        return Forklart(_spoken(point_name(f), f), self._regler[key], why, contacts)

    def _named(self, f: Forklaring) -> Forklaring:
        """Name other points and roles in words: an id says nothing to people, and may tell of a benefit."""
        contacts = (
            replace(
                d,
                kontakt=replace(d.kontakt, type=self._typer.type(d.kontakt.type)),
                punkt=None if d.punkt is None else f"«{self._navn.get(d.punkt, d.punkt)}»",
                mangler=tuple(self._roller.get(role, role) for role in d.mangler),
            )
            for d in f.kontakter
        )
        return replace(f, kontakter=tuple(contacts))

    def line(self, x: Vurdert, periode: str = "", *, hele: bool = True) -> Linje:
        """Return a point as a line of its own, under the heading of ``periode``. ``hele`` False: why on request."""
        f, p = self.forklaringer[x.punkt.id], x.punkt
        details = []
        if x.kontakt is not None:
            details.append(_("gjort {dato}").format(dato=dag_ord(x.kontakt.dato)))
        if p.frist is not None:
            details.append(_("frist {dato}").format(dato=dag_ord(p.frist)))
        if x.kontakt is None and p.fra > self.per:
            details.append(_("åpner {dato}").format(dato=dag_ord(p.fra)))
        if not p.krav:
            details.append(_("ønsket, ikke et krav"))
        can = x.status in _KAN_FORES and p.fra <= self.per
        return Linje(
            self.name(f, periode), x.status, point_status(f), tuple(details), p.rutine if can else "",
            (self.why(p.id),) if hele else (), slag=p.type, punkt="" if hele else p.id,
        )  # fmt: skip


def _spoken(text: str, f: Forklaring) -> str:
    """Write the codes of events in words: «hoyt_fravaer» -> «høyt fravær»."""
    rule = f.versjon.rutine.frekvens
    codes = {*(rule.ved if isinstance(rule, Ved) else ()), *((f.utlost_av.type,) if f.utlost_av else ())}
    for code in codes:
        text = text.replace(code, hendelse_ord(code))
    return text


def course(found: Grunnlag, subjekt: str, dager: int, punkt: str = "") -> Forlop:
    """Return the course of a participant, or of the class, on the day it was judged.

    ``dager``: how far «soon» reaches. ``punkt``: the id of a point to answer about.

    Raises:
        Bruksfeil: there is no such subject.
    """
    points = [x for x in found.vurdering.punkter if x.punkt.subjekt == subjekt]
    overview = Utvalg(found, (), (), (subjekt,)).overview(dager)
    words = _Ord(found, points, subjekt)
    agreements = {id(rad): a.avtale.id for rad, a in _agreements(found, subjekt, overview)}
    now = []
    shown: set[str] = set()
    for section in SEKSJONER:
        rows = [rad for group in arrange(overview.seksjoner[section]) for rad in group]
        if rows:
            lines = tuple(_now(rad, section, words, agreements.get(id(rad), "")) for rad in rows)
            now.append(Gruppe(section, heading(section, dager), explanation(section), overview.antall(section), lines))
            shown |= {id_ for rad in rows for id_ in rad.punkter if section != "mistet"}
    rest = [x for x in points if x.punkt.id not in shown]
    if waiting := [x for x in rest if x.status == "apen"]:
        text = _("Kan gjøres nå; fristen er lenger fram.")
        now.append(Gruppe("apen", _("Åpent nå"), text, len(waiting), tuple(_open(waiting, words))))
    few = len(points) <= _MANGE
    coming = _by_semester([x for x in rest if x.status == "kommende"], words, "kommende", _when_coming, hele=few)
    past = [x for x in rest if x.status not in ("apen", "kommende")]
    asked = next((words.line(x) for x in points if x.punkt.id == punkt), None)
    return Forlop(
        tuple(now), tuple(coming), tuple(reversed(_by_semester(past, words, "tidligere", _when_past, hele=few))),
        overview.emne.partition(": ")[2], asked,
    )  # fmt: skip


def _agreements(found: Grunnlag, subjekt: str, o: Oversikt) -> Iterable[tuple[Rad, VurdertAvtale]]:
    """Pair the rows of agreements with what they are about: both are in the order of the judgement."""
    mine = [a for a in found.vurdering.avtaler if a.avtale.deltaker == subjekt and a.status in ("apen", "forfalt")]
    return zip(o.seksjoner["avtaler"], mine, strict=False)


def _open(points: Sequence[Vurdert], words: _Ord) -> Iterable[Linje]:
    """Return open points, those of one routine and period with the same deadline as one line."""
    groups: dict[tuple[object, ...], list[Vurdert]] = {}
    for x in points:
        p = x.punkt
        groups.setdefault((p.rutine, p.versjon, p.periode, p.frist, p.krav), []).append(x)
    for group in groups.values():
        first = words.line(group[0])
        if len(group) == 1:
            yield first
            continue
        n = len(group)
        name = words.name(words.forklaringer[group[0].punkt.id]).rpartition(", ")[0]
        text = ngettext("{hva} ({n} gang)", "{hva} ({n} ganger)", n).format(hva=name, n=n)
        yield replace(first, hva=text, forklaringer=tuple(words.why(x.punkt.id) for x in group))


def _when_coming(x: Vurdert) -> date:
    return x.punkt.fra


def _when_past(x: Vurdert) -> date:
    return x.punkt.frist or (x.kontakt.dato if x.kontakt else x.punkt.fra)


def _now(rad: Rad, section: str, words: _Ord, avtale: str) -> Linje:
    """Return a row of the check, in the check's own words, with why behind it."""
    span = when(rad, section, words.per)
    step = "" if section in ("mistet", "avtaler") else rad.neste
    details = (
        deadline(rad, words.per),
        _("ansvarlig: {hvem}").format(hvem=rad.ansvarlig) if rad.ansvarlig else "",
        f"→ {step}" if step else "",
        *rad.merker,
        attempts(rad),
    )
    first = words.forklaringer[rad.punkter[0]].vurdert.punkt if rad.punkter else None
    return Linje(
        what(rad),
        "forfalt" if section == "forfalt" or rad.status == "forfalt" else "mangler" if section == "mistet" else section,
        span,
        tuple(filter(None, details)),
        first.rutine if first is not None and section != "mistet" else "",
        tuple(words.why(id_) for id_ in rad.punkter),
        slag=first.type if first is not None else "",
        avtale=avtale,
    )


def _by_semester(
    points: Sequence[Vurdert], words: _Ord, id_: str, day: Callable[[Vurdert], date], *, hele: bool
) -> list[Gruppe]:
    """Group points by the semester of a day, the earliest first. ``hele`` False: why is told on request."""
    groups: dict[str, list[Vurdert]] = {}
    for x in sorted(points, key=lambda x: (day(x), x.punkt.frist or date.max, x.punkt.id)):
        groups.setdefault(periode_for(day(x), "semester").nokkel, []).append(x)
    out = []
    for key, found in groups.items():
        text = periode_ord(key)
        lines = tuple(words.line(x, key, hele=hele) for x in found)
        out.append(Gruppe(f"{id_}-{key}", text[:1].upper() + text[1:], _counts(found), len(found), lines))
    return out


def _counts(points: Sequence[Vurdert]) -> str:
    """Say what became of some points: «5 i tide, 1 for sent»; of those to come only how many."""
    n = len(points)
    if all(x.status == "kommende" for x in points):
        return ngettext("{n} punkt", "{n} punkter", n).format(n=n)
    kinds = (
        ("i_tide", _("{n} i tide")), ("for_sent", _("{n} for sent")), ("mangler", _("{n} mangler")),
        ("ikke_brukt", _("{n} ikke brukt")), ("fritatt", _("{n} fritatt")), ("ikke_aktuelt", _("{n} ikke aktuelt")),
    )  # fmt: skip
    counted = ((sum(x.status == code for x in points), text) for code, text in kinds)
    return ", ".join(text.format(n=number) for number, text in counted if number)
