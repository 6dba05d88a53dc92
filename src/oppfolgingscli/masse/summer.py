"""The cells of a group of classes from what became of every point: ``revisjon.klassevei`` over columns.

Sums over points are counted by (subject, column) in one array for each status. What is of a subject as a whole (how
many participants are alike, who has a point) is then a product of that array with the columns of each row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from oppfolgingscli.maltall.andeler import Telling
from oppfolgingscli.maltall.forsinkelse import Ventetid
from oppfolgingscli.masse.felt import Grupper, Kolonner, alle_deler, dag_for, enheter, klassedeler
from oppfolgingscli.masse.motor import KODE
from oppfolgingscli.masse.summer_dekning import Dekning
from oppfolgingscli.masse.summer_dose import Dose
from oppfolgingscli.masse.summer_felles import by_unit, to_rows
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

_BEDOMTE = ("i_tide", "for_sent", "forfalt", "mangler")


class Summer:
    """The sums of one group of classes."""

    def __init__(self, arbeid: Arbeid, klasser: Sequence[Klasse]) -> None:
        self.a, self.p, self.slag = arbeid, arbeid.p, arbeid.slag
        self.klasser = list(klasser)
        u = arbeid.utfall
        grupper = Grupper(self.p)
        self.semester = self.slag.semester(u.frist)
        self.gruppe = grupper.av(u.subjekt, dag_for(u.frist, u.fra))
        self.kolonner = Kolonner(self.p, grupper, u.versjon, self.semester, self.gruppe)
        self.kolonne = self.kolonner.nr(u.versjon, self.semester, self.gruppe)
        self.plass = u.subjekt * self.kolonner.antall + self.kolonne
        self.size = (self.p.n + self.p.n_klasser, self.kolonner.antall)
        self.tall: dict[str, npt.NDArray[np.float32]] = {
            name: self._table((u.status == KODE[name]) & u.bedomt) for name in _BEDOMTE
        }
        self.tall["fritatt"] = self._table(u.fritatt)
        self.bedomt = sum((self.tall[name] for name in _BEDOMTE), np.zeros(self.size, dtype=np.float32))
        versions = self.slag.versjoner
        interval = np.array([v in self.slag.intervaller for v in range(len(versions))])
        dosed = np.array([isinstance(v.rutine.frekvens, Antall | Milepael) for v in versions])
        self.intervall: Maske = interval[self.kolonner.versjon]
        self.i_dose: Maske = dosed[self.kolonner.versjon]
        self.rest = self._leftovers()
        self.dekning = Dekning(self)
        self.dose = Dose(self)
        self.celler: Celler = {}
        self._waiting: dict[tuple[str, int], list[Celle]] = {}

    def _table(self, lines: Maske) -> npt.NDArray[np.float32]:
        """Count the points of some lines by subject and column."""
        size = self.size[0] * self.size[1]
        found = np.bincount(self.plass[lines], weights=self.a.utfall.antall[lines], minlength=size)
        return found.astype(np.float32).reshape(self.size)

    def _leftovers(self) -> Heltall:
        """Return by (subject, routine, semester) the contacts that count for the routine and are credited to nothing."""
        a, slag = self.a, self.slag
        free = (a.kreditert < 0) & (a.i_intervall == 0)
        n, halves = len(slag.rutiner), len(slag.semestre)
        out = np.zeros((self.size[0], n, halves), dtype=np.int64)
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
            code = a.rader.subjekt[found] * halves + sem
            out[:, i] = np.bincount(code, minlength=self.size[0] * halves).reshape(self.size[0], halves)
        return out

    # -- cells -------------------------------------------------------------------------------------

    def samlet(self) -> Samlet:
        """Return the sums of the classes, added together."""
        for (deler, delt), visninger in alle_deler().items():
            for niva in ("deltaker", "klasse"):
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

    def _fill(self, felt: Felt, niva: str, visninger: Sequence[tuple[str, ...]]) -> None:
        which = slice(0, self.p.n) if niva == "deltaker" else slice(self.p.n, self.size[0])
        n = len(felt.verdier)
        to_row = np.zeros((self.kolonner.antall, n), dtype=np.float32)
        columns = np.flatnonzero(felt.rad >= 0)
        to_row[columns, felt.rad[columns]] = 1
        share = to_row * (np.ones_like(self.intervall) if felt.delt else ~self.intervall)[:, None]
        judged = self.bedomt[which] @ to_row
        on_time, in_share = self.tall["i_tide"][which] @ share, self.bedomt[which] @ share
        values: dict[str, Any] = {name: self.tall[name][which] @ to_row for name in (*_BEDOMTE, "fritatt")}
        values["gjort"] = on_time + self.tall["for_sent"][which] @ share
        values["andel_fritatt"] = self.tall["fritatt"][which] @ share
        values["gevinst"] = self._gain(felt, which)
        values["dekket"], values["dekkbare"] = self.dekning.av(felt, which)
        capped, delivered, required = self.dose.av(felt, which)
        values["levert_kuttet"], values["levert"], values["pakrevd"] = capped, delivered, required
        if niva == "deltaker":
            values["n_deltakere"] = judged > 0
            values["n_fritatte"] = (values["fritatt"] > 0) & (judged == 0)
            values["n_dose"] = self.bedomt[which] @ (share * self.i_dose[:, None]) > 0
        else:
            values["n_klasser"] = judged > 0
        for visning in visninger:
            self._add(felt, niva, visning, which, values, on_time, in_share)

    def _add(
        self, felt: Felt, niva: str, visning: tuple[str, ...], which: slice, values: dict[str, Any],
        on_time: npt.NDArray[np.float32], in_share: npt.NDArray[np.float32],
    ) -> None:  # fmt: skip
        parts = klassedeler(visning)
        unit_of, units = enheter(self.klasser, parts)
        unit = unit_of[self.p.klasse[which]]
        n = len(felt.verdier)
        cells = [
            self.celle(visning, dict(zip(parts, u, strict=True)), dict(zip(felt.deler, row, strict=True)))
            for u in units
            for row in felt.verdier
        ]
        for name, table in values.items():
            for cell, total in zip(cells, by_unit(table, unit, len(units)).ravel().tolist(), strict=True):
                if total:
                    setattr(cell, name, getattr(cell, name) + round(total))
        s, row = np.nonzero(in_share)
        y, count = on_time[s, row].astype(np.int64), in_share[s, row].astype(np.int64)
        base = int(count.max(initial=0)) + 1
        code, times = np.unique(((unit[s] * n + row) * base + count) * base + y, return_counts=True)
        field = "tellinger" if niva == "deltaker" else "klassetellinger"
        of, count, y = code // (base * base), code // base % base, code % base
        for i, yy, nn, k in zip(of.tolist(), y.tolist(), count.tolist(), times.tolist(), strict=True):
            getattr(cells[i], field)[Telling(yy, nn)] += k

    def _gain(self, felt: Felt, which: slice) -> npt.NDArray[np.float64]:
        """Return by (subject, row) how many points not on time leftover contacts could have made so."""
        lacking = self.bedomt[which] - self.tall["i_tide"][which]
        use = (felt.rutinerad >= 0) & (felt.delt | ~self.intervall)
        to_pair = np.zeros((self.kolonner.antall, felt.rutine.size), dtype=np.float32)
        to_pair[np.flatnonzero(use), felt.rutinerad[use]] = 1
        left = self.rest[which]
        left = left[:, felt.rutine, felt.halvar] if felt.semester else left.sum(axis=2)[:, felt.rutine]
        return to_rows(np.minimum(lacking @ to_pair, left), felt)

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
        code = (code * 2 + done[use]) * longest + wait[use]
        size = len(units) * self.kolonner.antall * 2 * longest
        if size <= 4 * use.size + 1_000_000:
            counted = np.bincount(code, weights=u.antall[use], minlength=size)
            code = np.flatnonzero(counted)
            times = counted[code]
        else:
            code, where = np.unique(code, return_inverse=True)
            times = np.bincount(where, weights=u.antall[use])
        at, is_done, days = code // (2 * longest), code // longest % 2, code % longest
        for i, g, d, k in zip(at.tolist(), is_done.tolist(), days.tolist(), times.tolist(), strict=True):
            unit, column = divmod(i, self.kolonner.antall)
            for celle in self._with_waits(dict(zip(parts, units[unit], strict=True)), column):
                celle.ventetid[Ventetid(d, bool(g))] += round(k)

    def _with_waits(self, enhet: dict[str, str], column: int) -> list[Celle]:
        """Return the cells with delays that a column is part of."""
        key = (enhet["rutinesett"], column)
        if key not in self._waiting:
            deler = self.kolonner.deler(column)
            self._waiting[key] = [
                self.celle(visning, enhet, deler)
                for visning in MED_VENTETID
                if all(name in deler or name in enhet for name in visning)
            ]
        return self._waiting[key]

    def _atomer(self) -> set[Atom]:
        found = (self.bedomt + self.tall["fritatt"]) > 0
        out = set()
        for niva, which in (("deltaker", slice(0, self.p.n)), ("klasse", slice(self.p.n, self.size[0]))):
            there = by_unit(found[which], self.p.klasse[which], len(self.klasser)) > 0
            for i, column in zip(*(x.tolist() for x in np.nonzero(there)), strict=True):
                k, deler = self.klasser[i], self.kolonner.deler(column)
                group = deler["gruppe"] if niva == "deltaker" else None
                out.add(
                    Atom(
                        k.fylke,
                        k.skole,
                        group,
                        deler["semester"],
                        deler["type"],
                        deler["grunnlag"],
                        k.rutinesett,
                        deler["rutine"],
                        deler["versjon"],
                    )  # fmt: skip
                )
        return out
