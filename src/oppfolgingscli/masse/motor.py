"""From columns to what became of every required point: counting, points, matching and status for a group of classes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from oppfolgingscli.masse.klokker import Gaper, Klokker
from oppfolgingscli.masse.kobling import koble
from oppfolgingscli.masse.planlagte import Nokler, Vinduer, planlagte
from oppfolgingscli.masse.rader import tell
from oppfolgingscli.masse.utloste import utloste, ved_hendelser
from oppfolgingscli.modell.rutinesett import Ved
from oppfolgingscli.status import STATUSER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppfolgingscli.masse.kobling import Treff
    from oppfolgingscli.masse.personer import Personer
    from oppfolgingscli.masse.rader import Rader
    from oppfolgingscli.masse.slag import Heltall, Maske

KODE: Final = {name: i for i, name in enumerate(STATUSER)}


@dataclass(slots=True)
class Utfall:
    """What became of required points; ``antall`` that are alike in one line.

    ``status``: number in ``STATUSER``. ``kontaktdag``: of the contact credited, -1 for none. ``gap``, ``nr``: of
    interval routines, 0 else. ``bedomt``, ``fritatt``: judged, and exempt with a deadline old enough. ``vindu``: the
    line in ``Arbeid.vinduer`` it is of, -1 for interval routines.
    """

    subjekt: Heltall
    versjon: Heltall
    fra: Heltall
    frist: Heltall
    status: Heltall
    kontaktdag: Heltall
    antall: Heltall
    gap: Heltall
    nr: Heltall
    vindu: Heltall
    bedomt: Maske
    fritatt: Maske


class Arbeid:
    """The work on one group of classes of one kind. ``rader`` and ``hendelser`` are by (subjekt, dato, id)."""

    def __init__(self, p: Personer, rader: Rader, hendelser: Rader, hendelsestyper: Sequence[str], lag: int) -> None:
        self.p, self.slag = p, p.slag
        self.rader = rader
        self.siste_frist = p.slag.per - lag
        counted = [tell(p, v, rader) for v in range(len(p.slag.versjoner))]
        self.telt: dict[int, Heltall] = {v: rows for v, (rows, _again) in enumerate(counted)}
        #: Rows (numbers in the log) that repeat another for some version and subject; so of events, and those too late.
        self.gjentatt = _numre(rader, [again for _rows, again in counted])
        self.gjentatte_hendelser = self.hendelser_etter_slutt = np.zeros(0, dtype=np.int64)
        self.nokler = {i: Nokler() for i in range(len(p.slag.rutiner))}
        self.klokker: dict[int, Klokker] = {}
        self.gaper: dict[int, Gaper] = {}
        #: For each row the routines that it is credited to: one of points, and interval routines as bits.
        self.kreditert: Heltall = np.full(rader.dato.size, -1)
        bits = np.int64 if len(p.slag.rutiner) < 63 else object  # as many bits as there are routines
        self.i_intervall: Heltall = np.zeros(rader.dato.size, dtype=bits)
        deler = [part for v in sorted(p.slag.intervaller) for part in self._intervall(v)]
        self.vinduer = self._vinduer(hendelser, hendelsestyper)
        self.unntak = 0
        self.treff = self._koble()
        self.utfall = _sammen([*deler, *self._domt()])

    # -- interval routines -------------------------------------------------------------------------

    def _intervall(self, v: int) -> list[Utfall]:
        k = self.klokker[v] = Klokker(self.p, v)
        uten = self.p.fritatt(self.slag.versjoner[v].rutine.id)[k.which]
        gap = self.gaper[v] = k.gaper(self.rader, self.telt[v], uten)
        ended = gap.kontakt[gap.kontakt >= 0]
        self.i_intervall[ended] |= 1 << int(self.slag.rutine_av[v])
        parts = [k.punkter(gap, KODE), k.fritatte(uten, KODE)]
        return [
            self._utfall(
                x.subjekt, x.versjon, x.fra, x.frist, x.status, x.kontaktdag, np.ones(x.fra.size, dtype=np.int64),
                gap=x.gap, nr=x.nr,
            )
            for x in parts
        ]  # fmt: skip

    # -- windows -----------------------------------------------------------------------------------

    def _vinduer(self, hendelser: Rader, typer: Sequence[str]) -> Vinduer:
        parts = []
        for i, rutine in enumerate(self.slag.rutiner):
            versions = [v for v, x in enumerate(self.slag.versjoner) if x.rutine.id == rutine]
            versions.sort(key=lambda v: self.slag.versjoner[v].nr)
            parts.append(planlagte(self.p, versions, self.nokler[i]))
            parts += [
                utloste(self.p, v, self.nokler[i], self.rader, self.telt, hendelser, typer)
                for v in versions
                if v in self.slag.utloste
            ]
        events = [ved_hendelser(self.p, v, hendelser, typer) for v in self.slag.av_slag(Ved)]
        self.gjentatte_hendelser = _numre(hendelser, [again for _found, again, _after in events])
        self.hendelser_etter_slutt = _numre(hendelser, [after for _found, _again, after in events])
        return Vinduer.sammen(parts)

    def _fritatte_vinduer(self) -> Maske:
        out = np.zeros(self.vinduer.subjekt.size, dtype=bool)
        for v in np.flatnonzero(np.bincount(self.vinduer.versjon)).tolist():
            mine = self.vinduer.versjon == v
            exempt = self.p.fritatt(self.slag.versjoner[v].rutine.id)
            if exempt.any():
                out[mine] = exempt[self.vinduer.subjekt[mine]]
        return out

    def _grupper(self) -> list[list[int]]:
        """Return the versions with windows, in groups whose contacts could be each other's."""
        groups: list[tuple[set[object], list[int]]] = []
        for v, version in enumerate(self.slag.versjoner):
            if v in self.slag.intervaller or v in self.slag.uten_punkter:
                continue
            r = version.rutine
            words: set[object] = {(r.niva, t) for t in (r.type, *r.teller_ogsa)} | {("rutine", r.id)}
            apart = [g for g in groups if not g[0] & words]
            near = [g for g in groups if g[0] & words]
            groups = [*apart, (words.union(*(g[0] for g in near)), [*(x for g in near for x in g[1]), v])]
        return [versions for _words, versions in groups]

    def _koble(self) -> Treff:
        """Match all windows; the result is of ``self.vinduer``."""
        from oppfolgingscli.masse.kobling import Treff

        n = self.vinduer.subjekt.size
        self.vindu_fritatt = self._fritatte_vinduer()
        lo, mid, hi = (np.zeros(n, dtype=np.int64) for _ in range(3))
        found = []
        for versions in self._grupper():
            mine = np.flatnonzero(np.isin(self.vinduer.versjon, versions))
            part = koble(
                self.slag, self._apne(mine), self.rader, self.telt, self.nokler
            )  # fmt: skip
            lo[mine], mid[mine], hi[mine] = part.lo, part.mid, part.hi
            found.append((mine[part.vindu], part.nr, part.rad))
            self.unntak += part.unntak
        none = np.zeros(0, dtype=np.int64)
        vindu, nr, rad = (
            (np.concatenate([none, *columns]) for columns in zip(*found, strict=True)) if found else (none,) * 3
        )
        self.kreditert[rad] = self.slag.rutine_av[self.vinduer.versjon[vindu]]
        return Treff(vindu, nr, rad, lo, mid, hi, self.unntak)

    def _apne(self, mine: Heltall) -> Vinduer:
        """Return windows as the matching has them: none of the points of those exempt."""
        out = self.vinduer.velg(mine)
        out.antall = np.where(self.vindu_fritatt[mine], 0, out.antall)
        return out

    # -- status ------------------------------------------------------------------------------------

    def _domt(self) -> Iterable[Utfall]:
        w, t = self.vinduer, self.treff
        needed = t.nr < w.krav[t.vindu]
        vindu = t.vindu[needed]
        day = self.rader.dato[t.rad[needed]]
        on_time = day <= w.frist[vindu]
        done = np.where(on_time, KODE["i_tide"], KODE["for_sent"])
        yield self._av_vindu(vindu, done, day, np.ones(vindu.size, dtype=np.int64))
        matched = np.bincount(vindu, minlength=w.fra.size)
        left = np.flatnonzero((w.krav > matched) & ~self.vindu_fritatt)
        yield self._av_vindu(left, self._uten_kontakt(left), np.full(left.size, -1), w.krav[left] - matched[left])
        excused = np.where(self.vindu_fritatt, w.krav, 0) + w.tatt
        left = np.flatnonzero(excused)
        yield self._av_vindu(left, np.full(left.size, KODE["fritatt"]), np.full(left.size, -1), excused[left])

    def _uten_kontakt(self, rows: Heltall) -> Heltall:
        """Return the status of required points that nothing is credited to: ``status.status``, row by row."""
        w, per = self.vinduer.velg(rows), self.slag.per
        slutt = self.p.slutt[w.subjekt]
        ended = per > slutt
        return np.select(
            [
                ended & ~w.om_slutten & (w.frist > slutt),
                per < w.fra,
                per <= w.frist,
                ~ended & (per <= w.sent_til),
            ],
            [KODE["ikke_aktuelt"], KODE["kommende"], KODE["apen"], KODE["forfalt"]],
            KODE["mangler"],
        )

    def _av_vindu(self, rows: Heltall, status: Heltall, day: Heltall, antall: Heltall) -> Utfall:
        w = self.vinduer.velg(rows)
        return self._utfall(
            w.subjekt, w.versjon, w.fra, w.frist, status, day, antall, vindu=rows, om_slutten=w.om_slutten
        )

    def _utfall(
        self, subjekt: Heltall, versjon: Heltall, fra: Heltall, frist: Heltall, status: Heltall, dag: Heltall,
        antall: Heltall, *, gap: Heltall | None = None, nr: Heltall | None = None, vindu: Heltall | None = None,
        om_slutten: Maske | None = None,
    ) -> Utfall:  # fmt: skip
        none = np.zeros(subjekt.size, dtype=np.int64)
        slutt = self.p.slutt[subjekt]
        old = frist <= self.siste_frist
        whole = (self.slag.per <= slutt) | (frist <= slutt)
        if om_slutten is not None:
            whole |= om_slutten
        return Utfall(
            subjekt, versjon, fra, frist, status, dag, antall,
            none if gap is None else gap, none if nr is None else nr, none - 1 if vindu is None else vindu,
            old & whole & _DOMT[status], old & (status == KODE["fritatt"]),
        )  # fmt: skip


def _numre(rader: Rader, deler: Sequence[Heltall]) -> Heltall:
    """Return the numbers in the log of some rows, each once."""
    return np.unique(rader.id_rad[np.concatenate([np.zeros(0, dtype=np.int64), *deler])])


_DOMT: Final = np.array([name in ("i_tide", "for_sent", "forfalt", "mangler") for name in STATUSER])


def _sammen(deler: Sequence[Utfall]) -> Utfall:
    """Return lines end to end, in half the width they were worked out in."""
    masks = {"bedomt", "fritatt"}
    return Utfall(
        *(
            np.concatenate(
                [getattr(d, f.name) for d in deler], dtype=bool if f.name in masks else np.int32, casting="same_kind"
            )
            for f in fields(Utfall)
        )
    )
