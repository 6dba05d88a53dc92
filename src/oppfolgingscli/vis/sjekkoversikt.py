"""What a check shows people, sorted into sections, before it is written as text, Markdown or a spreadsheet.

Each section holds rows: who, what, how long, who is responsible, what to do next. Points of one routine,
subject and period with the same deadline are one row with a count; so are those that wait without one. Names of routines never tell for which
benefit or group they are, and no row says why somebody is away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from oppfolgingscli.modell.frekvens import Etter, Hver, Ved
from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import _, dato_kort, navn, ngettext
from oppfolgingscli.vis.nestesteg import next_step
from oppfolgingscli.vis.ord import dag_ord, is_tidsperiode, periode_ord, status_ord
from oppfolgingscli.vis.skjerming import title
from oppfolgingscli.vurder.mistet import recently_missed

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Kontakt, Punkt, Varsel
    from oppfolgingscli.modell.klasse import Person
    from oppfolgingscli.planlegg.folk import Folk
    from oppfolgingscli.vurder import Vurdering, Vurdert, VurdertAvtale
    from oppfolgingscli.vurder.mistet import Mistet

#: The sections, in the order they are shown.
SEKSJONER: Final = ("forfalt", "bak", "snart", "avtaler", "uten_frist", "mistet")

#: Characters of the summary line: what most programs show of a subject. The least pressing counts give way.
_EMNE: Final = 78


class Rad(NamedTuple):
    """One line of a section.

    ``dager``: days over (positive) or left (negative, 0 for the day itself); behind the pace in ``bak``; waited
    in ``uten_frist``; None where that cannot be said. ``pa_klokka``: counted without breaks and pauses.
    ``rekker_ikke``: the days left cannot hold what remains. ``siden``: since when it is missing. ``forsok``:
    no-shows and cancellations, in words. ``status``: the point's or agreement's code.
    """

    subjekt: str
    hva: str
    antall: int
    status: str
    dager: int | None
    frist: date | None
    ansvarlig: str
    neste: str
    pa_klokka: bool = False
    rekker_ikke: bool = False
    merker: tuple[str, ...] = ()
    forsok: tuple[str, ...] = ()
    siden: date | None = None
    punkter: tuple[str, ...] = ()


class Oversikt(NamedTuple):
    """A check as people see it. ``seksjoner``: by the names in ``SEKSJONER``; ``dager``: how far «soon» reaches.

    ``ufullstendige``: ids of contacts that do not count because somebody who must be there was not.
    """

    klasse: str
    per: date
    dager: int
    seksjoner: Mapping[str, tuple[Rad, ...]]
    funn: tuple[Varsel, ...] = ()
    ufullstendige: tuple[str, ...] = ()
    pausedager: Mapping[str, int] = MappingProxyType({})

    def antall(self, seksjon: str) -> int:
        """Return how many points or agreements a section has."""
        return sum(rad.antall for rad in self.seksjoner[seksjon])

    @property
    def alt_vel(self) -> bool:
        """Whether there is nothing to do and nothing newly lost."""
        return not any(self.seksjoner[name] for name in SEKSJONER)

    @property
    def emne(self) -> str:
        """One line that fits the subject of an e-mail."""
        overdue = [rad for rad in self.seksjoner["avtaler"] if rad.status == "forfalt"]
        counts = (
            (self.antall("forfalt"), _("{n} forfalt")),
            (len(overdue), ngettext("{n} avtale forfalt", "{n} avtaler forfalt", len(overdue))),
            (self.antall("mistet"), _("{n} nylig mistet")),
            (self.antall("bak"), _("{n} på etterskudd")),
            (self.antall("snart"), ngettext("{n} innen {dager} dag", "{n} innen {dager} dager", self.dager)),
        )
        parts = [text.format(n=n, dager=self.dager) for n, text in counts if n] or [_("alt er i rute")]
        while True:
            line = _("{klasse} {dato}: {hva}").format(
                klasse=self.klasse, dato=dato_kort(self.per), hva=", ".join(parts)
            )
            if len(line) <= _EMNE or len(parts) == 1:
                return line
            parts.pop()


class Hvem:
    """Says who is responsible for what, and whether that is among those asked for."""

    def __init__(self, folk: Folk, personer: Mapping[str, Person], roller: Mapping[str, str]) -> None:
        """``roller``: role id -> name."""
        self._folk = folk
        self._personer = personer
        self._roller = roller

    def _people(self, rolle: str, subjekt: str | None) -> list[str]:
        return [r.id for r in self._folk.i_rolle(rolle, subjekt) if r.slag == "person"]

    def of_point(self, p: Punkt) -> str:
        """Return the name of the person responsible, of the role when there is none or several."""
        if self._folk.er_deltaker(p.ansvarlig):
            return _("deltakeren")
        people = self._people(p.ansvarlig, p.subjekt if p.niva == "deltaker" else None)
        return self._personer[people[0]].navn if len(people) == 1 else self._roller.get(p.ansvarlig, p.ansvarlig)

    def of_agreement(self, ansvarlig: str, deltaker: str) -> str:
        """Return the name behind what the agreement says: a person, a role, or the words as they are."""
        person = self._personer.get(ansvarlig)
        if person is None and ansvarlig in self._roller:
            people = self._people(ansvarlig, deltaker or None)
            person = self._personer[people[0]] if len(people) == 1 else None
        return person.navn if person else self._roller.get(ansvarlig) or rens(ansvarlig)

    def is_mine(self, p: Punkt, roller: Collection[str], personer: Collection[str]) -> bool:
        """Whether a point is for one of the roles or people asked for (none asked for: for everybody)."""
        if not roller and not personer:
            return True
        people = self._people(p.ansvarlig, p.subjekt if p.niva == "deltaker" else None)
        return p.ansvarlig in roller or any(person in personer for person in people)

    def is_my_agreement(self, a: VurdertAvtale, roller: Collection[str], personer: Collection[str]) -> bool:
        """Whether an agreement is for one of those asked for."""
        if not roller and not personer:
            return True
        who = a.avtale.ansvarlig
        role = self._personer[who].rolle if who in self._personer else who
        named = who in personer or any(self._personer[p].navn == who for p in personer)
        return named or role in roller or any(p in personer for p in self._people(who, a.avtale.deltaker or None))


def role_names(vurdering: Vurdering) -> dict[str, str]:
    """Return the names of the roles in the language in use."""
    return {key: navn(role.navn) for key, role in vurdering.gyldighet.opplegg.rutinesett.roller.items()}


class Bygger:
    """Makes the sections of one judgement. ``kontakter``: the log by id, for what attempts came to."""

    def __init__(self, vurdering: Vurdering, hvem: Hvem, kontakter: Mapping[str, Kontakt], dager: int) -> None:
        self._per = vurdering.per
        self._dager = dager
        self._hvem = hvem
        self._kontakter = kontakter
        self._sett = vurdering.gyldighet.opplegg.rutinesett
        self._versjoner = {(v.rutine.id, v.nr): v for v in self._sett.versjoner}
        self._titler: dict[tuple[str, int], str] = {}

    def build(
        self, punkter: Iterable[Vurdert], avtaler: Iterable[VurdertAvtale], mistet: Iterable[Mistet]
    ) -> dict[str, tuple[Rad, ...]]:
        """Sort what is asked for into the sections; what fits several stands in the first."""
        found: dict[str, list[Vurdert]] = {name: [] for name in SEKSJONER}
        for x in punkter:
            name = self._section(x)
            if name:
                found[name].append(x)
        lost = {m.vurdert.punkt.id: m.siden for m in recently_missed(mistet, self._per)}
        found["mistet"] = [m.vurdert for m in recently_missed(mistet, self._per)]
        out = {name: self._rows(found[name], name, lost) for name in SEKSJONER}
        out["avtaler"] = tuple(self._agreement(a) for a in avtaler if a.status in ("apen", "forfalt"))
        return out

    def _section(self, x: Vurdert) -> str | None:
        if x.status == "forfalt":
            return "forfalt"
        if x.status not in ("apen", "kommende"):
            return None
        if x.flagg:
            return "bak"
        frist = x.punkt.frist
        if frist is None:
            return "uten_frist" if x.status == "apen" and x.punkt.krav else None
        return "snart" if (frist - self._per).days <= self._dager else None

    def _rows(self, items: Sequence[Vurdert], section: str, lost: Mapping[str, date]) -> tuple[Rad, ...]:
        groups: dict[tuple[object, ...], list[Vurdert]] = {}
        for x in items:
            p = x.punkt
            key: tuple[object, ...] = (p.rutine, p.versjon, p.subjekt)
            if section != "uten_frist":
                key = (*key, p.periode, p.frist, p.krav, lost.get(p.id))
            groups.setdefault(key, []).append(x)
        return tuple(self._row(group, section, lost.get(group[0].punkt.id)) for group in groups.values())

    def _row(self, group: Sequence[Vurdert], section: str, siden: date | None) -> Rad:
        x, p, n = group[0], group[0].punkt, len(group)
        attempts = dict.fromkeys(i for item in group for i in item.forsok)
        return Rad(
            self._subject(p), self._what(p, n, section), n, x.status, self._days(group, section), p.frist,
            self._hvem.of_point(p), next_step(p, self._sett),
            pa_klokka=section == "forfalt" and p.frist is not None and x.dager_sen != (self._per - p.frist).days,
            rekker_ikke=any("rekker_ikke" in item.flagg for item in group),
            merker=() if p.krav else (_("ønsket, ikke et krav"),),
            forsok=tuple(self._attempt(i) for i in attempts if i in self._kontakter),
            siden=siden,
            punkter=tuple(item.punkt.id for item in group),
        )  # fmt: skip

    def _days(self, group: Sequence[Vurdert], section: str) -> int | None:
        """Return the number of days a row tells: see ``Rad``."""
        x, p = group[0], group[0].punkt
        if section == "forfalt":
            return x.dager_sen
        since = p.frist
        if section == "uten_frist":
            since = min(item.punkt.fra for item in group)
        elif section == "bak":
            since = min(
                (item.punkt.tempo for item in group if "bak_plan" in item.flagg and item.punkt.tempo), default=None
            )
        return (self._per - since).days if since else None

    @staticmethod
    def _subject(p: Punkt) -> str:
        return p.subjekt if p.niva == "deltaker" else _("klassen")

    def _what(self, p: Punkt, n: int, section: str) -> str:
        """Return the routine, its period where it says something, and which of them where there is one (``n`` = 1)."""
        v = self._versjoner[p.rutine, p.versjon]
        key = (p.rutine, p.versjon)
        if key not in self._titler:
            self._titler[key] = title(v)
        text = self._titler[key]
        f = v.rutine.frekvens
        if is_tidsperiode(p.periode):
            text = f"{text}, {periode_ord(p.periode)}"
        elif isinstance(f, Ved | Etter) and section != "uten_frist":
            text = _("{hva}, etter {dato}").format(hva=text, dato=dag_ord(p.fra, self._per))
        return text if n > 1 or p.nr == 1 or isinstance(f, Hver) else _("{hva}, nr. {nr}").format(hva=text, nr=p.nr)

    def _attempt(self, id_: str) -> str:
        k = self._kontakter[id_]
        return f"{status_ord(k.status)} {dag_ord(k.dato, self._per)}"

    def _agreement(self, x: VurdertAvtale) -> Rad:
        a = x.avtale
        days = (self._per - a.frist).days if a.frist else None
        who = self._hvem.of_agreement(a.ansvarlig, a.deltaker)
        return Rad(
            rens(a.deltaker) or _("klassen"),
            rens(" ".join(a.tiltak.split())),
            1,
            x.status,
            days,
            a.frist,
            who,
            _("gjør det som er avtalt"),
        )


def pressing(rad: Rad) -> tuple[int, int]:
    """Sort key: overdue or beyond reach first, then the most days, then the fewest left; no days last."""
    return (0 if rad.status == "forfalt" or rad.rekker_ikke else 1, -rad.dager if rad.dager is not None else 100_000)


def arrange(rader: Iterable[Rad]) -> list[list[Rad]]:
    """Group rows by subject: the group with the most pressing row first, and so inside each group."""
    groups: dict[str, list[Rad]] = {}
    for rad in sorted(rader, key=pressing):
        groups.setdefault(rad.subjekt, []).append(rad)
    return list(groups.values())
