"""The cells of a group of classes from what became of every point: ``revisjon.klassevei`` over columns.

What adds up over points is counted by (class, column). What is of a subject as a whole (how many participants are
alike, who has a point) is counted by (subject, column), and a product of that with the columns of each row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from oppfolgingscli.maltall.andeler import Telling
from oppfolgingscli.maltall.forsinkelse import Ventetid
from oppfolgingscli.masse.felt import Grupper, Kolonner, alle_deler, dag_for, enheter, klassedeler
from oppfolgingscli.masse.motor import KODE
from oppfolgingscli.masse.summer_dekning import Dekning
from oppfolgingscli.masse.summer_dose import Dose
from oppfolgingscli.masse.summer_felles import Rader, teller, to_rows
from oppfolgingscli.masse.summer_klokker import klokkedeler
from oppfolgingscli.modell.rutinesett import Antall, Milepael
from oppfolgingscli.revisjon.celle import MED_VENTETID, Celle, Celler, Nokkel
from oppfolgingscli.revisjon.resultat import Atom, Klasse, Samlet

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from oppfolgingscli.masse.felt import Felt
    from oppfolgingscli.masse.motor import Arbeid
    from oppfolgingscli.masse.slag import Heltall, Maske

    Tabell = npt.NDArray[Any]

_BEDOMTE: Final = ("i_tide", "for_sent", "forfalt", "mangler")
NIVAER: Final = ("deltaker", "klasse")


class Summer:
    """The sums of one group of classes."""

    def __init__(self, arbeid: Arbeid, klasser: Sequence[Klasse]) -> None:
        self.a, self.p, self.slag = arbeid, arbeid.p, arbeid.slag
        self.klasser = list(klasser)
        u = arbeid.utfall
        grupper = Grupper(self.p)
        semester = self.slag.semester(u.frist)
        gruppe = grupper.av(u.subjekt, dag_for(u.frist, u.fra))
        self.kolonner = Kolonner(self.p, grupper, u.versjon, semester, gruppe)
        self.kolonne = self.kolonner.nr(u.versjon, semester, gruppe)
        versions = self.slag.versjoner
        interval = np.array([v in self.slag.intervaller for v in range(len(versions))], dtype=bool)
        dosed = np.array([isinstance(v.rutine.frekvens, Antall | Milepael) for v in versions], dtype=bool)
        self.intervall: Maske = interval[self.kolonner.versjon]
        self.i_dose: Maske = dosed[self.kolonner.versjon]
        #: (columns, subjects). Tables are by column and subject, or by column and class.
        self.size = (self.kolonner.antall, self.p.n + self.p.n_klasser)
        self.plass = self.kolonne * self.size[1] + u.subjekt
        self.klasseplass = self.kolonne * len(self.klasser) + self.p.klasse[u.subjekt]
        on_time = u.bedomt & (u.status == KODE["i_tide"])
        self.bedomt, self.i_tide, self.fritatt = (self._by_subject(x) for x in (u.bedomt, on_time, u.fritatt))
        self.tall = {name: self.by_class(u.bedomt & (u.status == KODE[name]), u.antall) for name in _BEDOMTE}
        self.tall["fritatt"] = self.by_class(u.fritatt, u.antall)
        self.rest = self._leftovers()
        self.dekning = Dekning(self)
        self.dose = Dose(self)
        self.celler: Celler = {}
        self._enheter: dict[tuple[str, ...], tuple[Heltall, list[tuple[str, ...]], Heltall, Heltall]] = {}

    def _by_subject(self, lines: Maske) -> Tabell:
        """Count the points of some lines by column and subject."""
        found = teller(self.plass[lines], self.size[0] * self.size[1], self.a.utfall.antall[lines])
        table: Tabell = found.astype(np.int32).reshape(self.size)
        return table

    def by_class(self, lines: Maske | Heltall, antall: Heltall, plass: Heltall | None = None) -> Tabell:
        """Add up some lines by column and class."""
        where = self.klasseplass if plass is None else plass
        found = teller(where[lines], self.size[0] * len(self.klasser), antall[lines])
        table: Tabell = np.rint(found).astype(np.int64).reshape(self.size[0], len(self.klasser))
        return table

    def _leftovers(self) -> Heltall:
        """Return by (routine, semester, subject) the contacts that count for the routine and are credited to nothing."""
        a, slag = self.a, self.slag
        free = (a.kreditert < 0) & (a.i_intervall == 0)
        n, halves = len(slag.rutiner), len(slag.semestre)
        people = self.size[1]
        out = np.zeros((n, halves, people), dtype=np.int32)
        for i, rutine in enumerate(slag.rutiner):
            rows = []
            for v, version in enumerate(slag.versjoner):
                if version.rutine.id == rutine:
                    fra, til = slag.i_kraft[v]
                    mine = a.telt[v][free[a.telt[v]]]
                    day = a.rader.dato[mine]
                    rows.append(mine[(fra <= day) & (day <= til)])
            found = np.unique(np.concatenate(rows)) if len(rows) > 1 else rows[0]
            sem = np.clip(slag.semester(a.rader.dato[found]), 0, halves - 1)
            out[i] = np.bincount(sem * people + a.rader.subjekt[found], minlength=halves * people).reshape(
                halves, people
            )
        return out

    # -- cells -------------------------------------------------------------------------------------

    def samlet(self) -> Samlet:
        """Return the sums of the classes, added together."""
        for (deler, delt), visninger in alle_deler().items():
            for niva in NIVAER:
                felt = self.kolonner.felt(deler, niva, delt=delt)
                if felt.verdier:
                    self._fill(felt, niva, visninger)
        self._waits()
        klokkedeler(self)
        cells = {key: celle for key, celle in self.celler.items() if celle}
        return Samlet(set(self.klasser), cells, self._atomer())

    def celle(self, visning: tuple[str, ...], enhet: dict[str, str], deler: dict[str, str]) -> Celle:
        """Return the cell of a row, made when it is not there."""
        both = enhet | deler
        key = Nokkel(visning, tuple(both[name] for name in visning))
        if key not in self.celler:
            self.celler[key] = Celle()
        return self.celler[key]

    def niva(self, niva: str) -> slice:
        """Return where the subjects of a level are."""
        return slice(0, self.p.n) if niva == "deltaker" else slice(self.p.n, self.size[1])

    def _fill(self, felt: Felt, niva: str, visninger: Sequence[tuple[str, ...]]) -> None:
        which = self.niva(niva)
        all_ = Rader(felt.rad, len(felt.verdier))
        share = all_ if felt.delt else Rader(np.where(self.intervall, -1, felt.rad), len(felt.verdier))
        values: dict[str, Tabell] = {name: all_(self.tall[name]) for name in (*_BEDOMTE, "fritatt")}
        values["gjort"] = share(self.tall["i_tide"] + self.tall["for_sent"])
        values["andel_fritatt"] = share(self.tall["fritatt"])
        own = self.bedomt[:, which]
        judged, on_time = all_(own), share(self.i_tide[:, which])
        in_share = judged if share is all_ else share(own)
        add = _Klassevis(self.p.klasse[which], len(self.klasser))
        values["gevinst"] = add(self._gain(felt, which))
        values["dekket"], values["dekkbare"] = (add(x) for x in self.dekning.av(felt, which))
        values["levert_kuttet"], values["levert"], values["pakrevd"] = self.dose.av(felt, which)
        if niva == "deltaker":
            values["n_deltakere"] = add(judged > 0)
            values["n_fritatte"] = add((all_(self.fritatt[:, which]) > 0) & (judged == 0))
            dosed = Rader(np.where(self.i_dose, share.rad, -1), len(felt.verdier))
            values["n_dose"] = add(dosed(own) > 0)
        else:
            values["n_klasser"] = add(judged > 0)
            values["klassepunkter"] = values["fritatt"] + sum(values[name] for name in _BEDOMTE)
        row, s = np.nonzero(in_share)
        alike = row, self.p.klasse[which][s], in_share[row, s].astype(np.int64), on_time[row, s]
        for visning in visninger:
            self._add(felt, niva, visning, values, alike)

    def _add(
        self, felt: Felt, niva: str, visning: tuple[str, ...], values: dict[str, Tabell],
        alike: tuple[Heltall, Heltall, Heltall, Heltall],
    ) -> None:  # fmt: skip
        """Add to the cells of one table. ``alike``: row, class, judged and on time of every subject with a judged point."""
        parts = klassedeler(visning)
        unit_of, units, order, edges = self._units(parts)
        n = len(felt.verdier)
        cells = [
            self.celle(visning, dict(zip(parts, u, strict=True)), dict(zip(felt.deler, row, strict=True)))
            for row in felt.verdier
            for u in units
        ]
        for name, table in values.items():
            total = np.add.reduceat(table[:, order], edges, axis=1).ravel().astype(np.int64)
            for i in np.flatnonzero(total).tolist():
                setattr(cells[i], name, getattr(cells[i], name) + int(total[i]))
        row, klasse, count, y = alike
        base = int(count.max(initial=0)) + 1
        place = row * len(units) + unit_of[klasse]
        code, times = talt((place * base + count) * base + y, n * len(units) * base * base)
        field = "tellinger" if niva == "deltaker" else "klassetellinger"
        of, count, y = code // (base * base), code // base % base, code % base
        for i, yy, nn, k in zip(of.tolist(), y.tolist(), count.tolist(), times.tolist(), strict=True):
            getattr(cells[i], field)[Telling(yy, nn)] += k

    def _units(self, deler: tuple[str, ...]) -> tuple[Heltall, list[tuple[str, ...]], Heltall, Heltall]:
        """Return as ``enheter``, and the order in which classes stand by unit, and where in it each unit begins."""
        if deler not in self._enheter:
            unit_of, units = enheter(self.klasser, deler)
            order = np.argsort(unit_of, kind="stable")
            edges = np.searchsorted(unit_of[order], np.arange(len(units)))
            self._enheter[deler] = unit_of, units, order, edges
        return self._enheter[deler]

    def _gain(self, felt: Felt, which: slice) -> Tabell:
        """Return by (row, subject) how many points not on time leftover contacts could have made so."""
        pairs = Rader(felt.rutinerad if felt.delt else np.where(self.intervall, -1, felt.rutinerad), felt.rutine.size)
        lacking = pairs(self.bedomt[:, which] - self.i_tide[:, which])
        left = self.rest[:, :, which]
        left = left[felt.rutine, felt.halvar] if felt.semester else left.sum(axis=1)[felt.rutine]
        return to_rows(np.minimum(lacking, left), felt)

    def _waits(self) -> None:
        u, per = self.a.utfall, self.slag.per
        last = np.minimum(per, self.p.slutt[u.subjekt])
        done = u.kontaktdag >= 0
        wait = np.where(done, u.kontaktdag, last) - u.fra
        use = np.flatnonzero((u.status != KODE["fritatt"]) & (done | (u.fra <= last)))
        parts = ("rutinesett",)
        unit_of, units = enheter(self.klasser, parts)
        longest = int(wait[use].max(initial=0)) + 1
        code = unit_of[self.p.klasse[u.subjekt[use]]] * self.kolonner.antall + self.kolonne[use]
        code, times = talt(
            (code * 2 + done[use]) * longest + wait[use], len(units) * self.kolonner.antall * 2 * longest, u.antall[use]
        )
        at, what = code // (2 * longest), code % (2 * longest)
        unit, column = at // self.kolonner.antall, at % self.kolonner.antall
        of = [Ventetid(i % longest, i >= longest) for i in range(2 * longest)]
        for visning in MED_VENTETID:
            for niva in NIVAER:
                felt = self.kolonner.felt(tuple(x for x in visning if x not in parts), niva, delt=True)
                n = len(felt.verdier)
                mine = np.flatnonzero(felt.rad[column] >= 0)
                if not mine.size:
                    continue
                key = (unit[mine] * n + felt.rad[column[mine]]) * (2 * longest) + what[mine]
                found, many = talt(key, len(units) * n * 2 * longest, times[mine])
                edges = np.flatnonzero(np.diff(found // (2 * longest), prepend=-1))
                for a, b in zip(edges.tolist(), [*edges[1:].tolist(), found.size], strict=True):
                    i, row = divmod(int(found[a]) // (2 * longest), n)
                    enhet = dict(zip(parts, units[i], strict=True))
                    celle = self.celle(visning, enhet, dict(zip(felt.deler, felt.verdier[row], strict=True)))
                    days = [of[x] for x in (found[a:b] % (2 * longest)).tolist()]
                    celle.ventetid.update(dict(zip(days, many[a:b].tolist(), strict=True)))

    def _atomer(self) -> set[Atom]:
        there = sum((self.tall[name] for name in (*_BEDOMTE, "fritatt")), np.float64(0)) > 0
        parts = ("fylke", "skole", "rutinesett")
        unit_of, units = enheter(self.klasser, parts)
        columns, classes = np.nonzero(there)
        code = np.unique(unit_of[classes] * self.kolonner.antall + columns)
        of = [self.kolonner.deler(column) for column in range(self.kolonner.antall)]
        out = set()
        for i in code.tolist():
            enhet = dict(zip(parts, units[i // self.kolonner.antall], strict=True))
            column = i % self.kolonner.antall
            deler = of[column]
            out.add(
                Atom(
                    **enhet, gruppe=deler.get("gruppe"), semester=deler["semester"], type=deler["type"],
                    grunnlag=deler["grunnlag"], rutine=deler["rutine"], versjon=deler["versjon"],
                    intervall=bool(self.intervall[column]),
                )
            )  # fmt: skip
        return out


class _Klassevis:
    """Adds up what is by (row, subject) to (row, class). Subjects are sorted by class."""

    def __init__(self, klasse: Heltall, n: int) -> None:
        self.n = n
        self.klasser, self.forste = np.unique(klasse, return_index=True)

    def __call__(self, table: Tabell) -> Tabell:
        out = np.zeros((table.shape[0], self.n), dtype=np.int64)
        if table.shape[1]:
            out[:, self.klasser] = np.add.reduceat(table, self.forste, axis=1, dtype=np.int64)
        return out


def talt(kode: Heltall, antall: int, vekt: Heltall | None = None) -> tuple[Heltall, Heltall]:
    """Return the distinct codes (0 ≤ code < ``antall``), rising, and how many times each is there (by weight)."""
    if antall <= 8 * kode.size + 100_000:
        counted = np.bincount(kode, weights=vekt, minlength=1)
        found = np.flatnonzero(counted)
        return found, np.rint(counted[found]).astype(np.int64)
    if vekt is None:
        return np.unique(kode, return_counts=True)
    found, where = np.unique(kode, return_inverse=True)
    return found, np.rint(np.bincount(where, weights=vekt)).astype(np.int64)
