"""The judging itself: subject by subject, then what is left over of the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from oppfolgingscli.hendelse import Varsel
from oppfolgingscli.match import Plass, assign
from oppfolgingscli.modell.rutinesett import Behov, Etter, Hver, Milepael, Ved
from oppfolgingscli.sprak import _
from oppfolgingscli.status import status
from oppfolgingscli.telling import Loggutvalg, Telt, count, duplicate
from oppfolgingscli.utvid import exemption, punktorden, to_punkt
from oppfolgingscli.utvid.hendelser import Utloser, expand_utlost
from oppfolgingscli.utvid.intervall import evaluate, evaluate_exempt
from oppfolgingscli.vurder.flagg import with_flags
from oppfolgingscli.vurder.resultat import Vurdering, Vurdert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oppfolgingscli.gyldighet import Subjekt
    from oppfolgingscli.hendelse import Hendelse, Kontakt, Punkt
    from oppfolgingscli.modell.rutinesett import Versjon


class Arbeid:
    """The work on one class: subject by subject, then what is left over."""

    def __init__(self, out: Vurdering, utvalg: Loggutvalg, roller: Mapping[str, str]) -> None:
        self.out = out
        self.g = out.gyldighet
        self.per = out.per.toordinal()
        self.utvalg = utvalg
        self.roller = roller
        self.funn: list[Varsel] = []
        self.kreditert: set[str] = set()
        self.talt: set[str] = set()
        self.etter_plan: dict[str, Kontakt] = {}
        self.mangelfulle: dict[str, Kontakt] = {}
        self.utelatt: dict[str, str] = {}
        self.dobbelt: list[tuple[str, str]] = []
        self.planlagte: dict[str, list[Punkt]] = {}
        for p in out.utvidelse.punkter:
            self.planlagte.setdefault(p.subjekt, []).append(p)
        self.fritatte: dict[str, list[Punkt]] = {}
        for p in out.utvidelse.fritatte:
            self.fritatte.setdefault(p.subjekt, []).append(p)
        versions = self.g.opplegg.rutinesett.versjoner
        self.om_slutten = {(v.rutine.id, v.nr) for v in versions if _about_the_end(v)}
        self.versjoner: dict[str, list[Versjon]] = {"klasse": [], "deltaker": []}
        for v in versions:
            self.versjoner[v.rutine.niva].append(v)

    def subject(self, s: Subjekt) -> None:
        """Judge every point of one subject."""
        versions = self.versjoner["klasse" if s.deltaker is None else "deltaker"]
        contacts = self.utvalg.av.get(s.id, [])
        telt = {(v.rutine.id, v.nr): self._count(s, v, contacts) for v in versions}
        for v in versions:
            if isinstance(v.rutine.frekvens, Hver):
                self._interval(s, v, v.rutine.frekvens, telt[v.rutine.id, v.nr])
        points, triggers = self._points(s, versions, telt)
        self._match(s, points, triggers, telt)
        self._collect(versions, telt)

    def _count(self, s: Subjekt, v: Versjon, contacts: list[Kontakt]) -> Telt:
        found = count(self.g, v, contacts, self.roller)
        self.out.telt[v.rutine.id, v.nr, s.id] = found
        return found

    def _interval(self, s: Subjekt, v: Versjon, f: Hver, telt: Telt) -> None:
        grunn = exemption(self.g, s, v.rutine.id)
        if grunn is not None:
            made = evaluate_exempt(self.g, s, v, f, self.per)
        else:
            made = evaluate(self.g, s, v, f, telt.teller, self.per)
        for item in made:
            point = to_punkt(self.g, s, item.utkast, grunn)
            if item.kontakt is not None:
                self.kreditert.add(item.kontakt.id)
            waiting = item.status in ("apen", "kommende")
            flags = ("bak_plan",) if waiting and point.tempo and self.out.per > point.tempo else ()
            self.out.punkter.append(
                Vurdert(
                    point, item.status, item.kontakt, item.dager_sen, flags, self._attempts(s, point),
                    apent_gap=item.kontakt is None,
                )
            )  # fmt: skip

    def _points(
        self, s: Subjekt, versions: list[Versjon], telt: Mapping[tuple[str, int], Telt]
    ) -> tuple[list[Punkt], dict[str, Utloser]]:
        """Return the points to be matched in the contract's order, and what set them off, by point id."""
        points = list(self.planlagte.get(s.id, ()))
        set_off: dict[str, Utloser] = {}
        for v in versions:
            f = v.rutine.frekvens
            if isinstance(f, Ved):
                triggers = self._events(s, v, f)
            elif isinstance(f, Etter):
                triggers = [Utloser(k.dato, k.id) for k in self._triggering(f, versions, telt)]
            else:
                continue
            grunn = exemption(self.g, s, v.rutine.id)
            for draft, trigger in expand_utlost(self.g, s, v, f, triggers):
                point = to_punkt(self.g, s, draft, grunn)
                points.append(point)
                set_off[point.id] = trigger
        points.sort(key=punktorden(self.g.opplegg.rutinesett.versjoner))
        return points, set_off

    def _events(self, s: Subjekt, v: Versjon, f: Ved) -> list[Utloser]:
        out: list[Utloser] = []
        seen: dict[tuple[str, date], Hendelse] = {}
        for h in self.utvalg.hendelser.get(s.id, ()):
            if h.type not in f.ved:
                continue
            first = seen.setdefault((h.type, h.dato), h)
            if first is not h:
                self.dobbelt.append((h.id, "duplikat"))
                self.funn.append(duplicate(h, first))
            elif h.dato.toordinal() > s.slutt:
                melding = _("hendelsen er datert etter at {hvem} sluttet").format(hvem=s.id)
                self.funn.append(Varsel("hendelse_etter_slutt", h.sted, melding))
            else:
                found_after = (h.oppdaget - h.dato).days if h.oppdaget else None
                out.append(Utloser(h.dato, h.id, found_after, h.type == "avbrudd"))
        return out

    @staticmethod
    def _triggering(f: Etter, versions: list[Versjon], telt: Mapping[tuple[str, int], Telt]) -> list[Kontakt]:
        """Return the counted contacts of the routines named, each by the version in force on its date."""
        found = {
            k.id: k
            for v in versions
            if v.rutine.id in f.etter
            for k in telt[v.rutine.id, v.nr].teller
            if in_force(v, k.dato)
        }
        return list(found.values())

    def _match(
        self, s: Subjekt, points: list[Punkt], set_off: Mapping[str, Utloser], telt: Mapping[tuple[str, int], Telt]
    ) -> None:
        # Contacts are not after ``per``, so windows that open later can take none.
        open_points = [p for p in points if p.grunn is None and p.fra <= self.out.per]
        candidates = sorted(
            {k.id: k for p in open_points for k in telt[p.rutine, p.versjon].teller}.values(),
            key=lambda k: (k.dato, k.id),
        )
        index = {k.id: i for i, k in enumerate(candidates)}
        days = [k.dato.toordinal() for k in candidates]
        fitting = {key: [index[k.id] for k in found.teller if k.id in index] for key, found in telt.items()}
        fitting_days = {key: [days[i] for i in rows] for key, rows in fitting.items()}
        places = [_place(p) for p in open_points]
        possible = [
            place.admitted(fitting[p.rutine, p.versjon], fitting_days[p.rutine, p.versjon])
            for p, place in zip(open_points, places, strict=True)
        ]
        chosen = dict(zip((p.id for p in open_points), assign(places, days, possible), strict=True))
        judged: list[Vurdert] = []
        taken_away = self.fritatte.get(s.id, ())
        excused = {p.id for p in taken_away}
        for p in (*points, *taken_away):
            taken, trigger = chosen.get(p.id), set_off.get(p.id)
            contact = candidates[taken] if taken is not None else None
            if contact is not None:
                self.kreditert.add(contact.id)
            exempt = p.grunn is not None or p.id in excused
            judged.append(
                self._judge(
                    s,
                    p,
                    contact,
                    exempt=exempt,
                    about_end=(p.rutine, p.versjon) in self.om_slutten or (trigger is not None and trigger.om_slutten),
                    discovered=trigger.oppdaget_etter if trigger else None,
                )
            )
        self.out.punkter += with_flags(self.g, s, judged, telt, self.per)

    def _judge(
        self, s: Subjekt, p: Punkt, contact: Kontakt | None, *, exempt: bool, about_end: bool, discovered: int | None
    ) -> Vurdert:
        code, late = status(
            fra=p.fra.toordinal(),
            frist=p.frist.toordinal() if p.frist else None,
            sent_til=p.sent_til.toordinal() if p.sent_til else None,
            krav=p.krav,
            kontakt=contact.dato.toordinal() if contact else None,
            fritatt=exempt,
            slutt=s.slutt,
            om_slutten=about_end,
            per=self.per,
        )
        if exempt and p.grunn is None:
            p = replace(p, grunn=_pause_reason(s, p))
        attempts = () if exempt else self._attempts(s, p)
        return Vurdert(p, code, contact, late, (), attempts, discovered, om_slutten=about_end)

    def _attempts(self, s: Subjekt, p: Punkt) -> tuple[str, ...]:
        """Return ids of no-shows, cancellations and postponements that fell in the point's window."""
        return tuple(
            k.id
            for k in self.utvalg.uteblitt.get(s.id, ())
            if k.type == p.type
            and k.rutine in (None, p.rutine)
            and p.fra <= k.dato
            and (p.sent_til is None or k.dato <= p.sent_til)
        )

    def _collect(self, versions: list[Versjon], telt: Mapping[tuple[str, int], Telt]) -> None:
        """Note what counted somewhere, and what fell out, for the leftovers."""
        for v in versions:
            found = telt[v.rutine.id, v.nr]
            for k in found.teller:
                if in_force(v, k.dato):
                    self.talt.add(k.id)
                    if not isinstance(v.rutine.frekvens, Behov):
                        self.etter_plan[k.id] = k
            for k in found.ufullstendige:
                if in_force(v, k.dato):
                    self.mangelfulle[k.id] = k
            for k in found.duplikater:
                self.utelatt.setdefault(k.id, "duplikat")
                self.funn.append(
                    Varsel("duplikat", k.sted, _("samme type og dato for samme deltaker står også i en annen rad"))
                )
            for k in found.for_naer:
                self.utelatt.setdefault(k.id, "for_naer")

    def leftovers(self) -> None:
        """Say which contacts went beyond the plan, lacked a role, or did not count, and why."""
        out = self.out
        beyond = [k for k in self.etter_plan.values() if k.id not in self.kreditert]
        out.utover_plan = [k.id for k in sorted(beyond, key=lambda k: (k.dato, k.id))]
        counted = self.talt | self.kreditert
        lacking = [k for k in self.mangelfulle.values() if k.id not in counted]
        out.ufullstendige = [k.id for k in sorted(lacking, key=lambda k: (k.dato, k.id))]
        left_out = [(key, why) for key, why in self.utelatt.items() if key not in counted]
        out.ikke_talt = sorted({*self.utvalg.ikke_talt, *left_out, *self.dobbelt})
        unique: dict[tuple[str, str], Varsel] = {(v.kode, v.sted): v for v in self.funn}
        self.funn = list(unique.values())


def in_force(v: Versjon, day: date) -> bool:
    """Whether the version is in force on a date."""
    return (v.fra is None or v.fra <= day) and (v.til is None or day <= v.til)


def _place(p: Punkt) -> Plass:
    return Plass(
        p.fra.toordinal(),
        p.frist.toordinal() if p.frist else None,
        p.sent_til.toordinal() if p.sent_til else None,
        p.krav,
    )


def _about_the_end(v: Versjon) -> bool:
    """Whether the routine is about the ending itself, so that leaving never cuts its points off."""
    f = v.rutine.frekvens
    return isinstance(f, Milepael) and f.milepael.slag == "slutt"


def _pause_reason(s: Subjekt, p: Punkt) -> str | None:
    """Return the reason of the pause that took the point away: the first that touches its window."""
    last = p.frist or date.max
    return next((x.grunn for x in s.pauser if x.fra <= last and (x.til or date.max) >= p.fra), None)
