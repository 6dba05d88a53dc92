"""What the logs look like over columns: what ``revisjon.kvalitet`` says of each class, added."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from oppfolgingscli.les.logg_ord import parse_deltakere, parse_folk
from oppfolgingscli.modell.rutinesett import Ved
from oppfolgingscli.revisjon.kvalitet import (
    FORSINKELSER,
    MANGE_PA_EN_DAG,
    SAMLET_FORT,
    SAMLET_FORT_DAGER,
    Kvalitet,
)
from oppfolgingscli.telling import is_misspelt

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from oppfolgingscli.masse.kolonner import Bok
    from oppfolgingscli.masse.motor import Arbeid
    from oppfolgingscli.masse.slag import Heltall, Maske, Slag

_INGEN: Final = -9


def kvalitet(arbeid: Arbeid, kontakter: Bok, hendelser: Bok, hendelsestyper: Sequence[str]) -> Kvalitet:
    """Return what the logs of a group of classes look like on the day they were judged."""
    who = _Hvem(arbeid, kontakter)
    out = Kvalitet(kontakter=kontakter.dato.size, deltakere=who.antall(np.ones(kontakter.dato.size, dtype=bool)))
    late = kontakter.ramme["registrert"].to_numpy() - kontakter.dato
    days, times = np.unique(late, return_counts=True)
    out.dager.update(dict(zip(days.tolist(), times.tolist(), strict=True)))
    for kode, rows in _findings(arbeid.slag, kontakter, late, who).items():
        if rows.any():
            out.rader[kode] += int(rows.sum())
            if n := who.antall(rows):
                out.berorte[kode] += n
    for kode, n in _of_rows(arbeid, kontakter, hendelser, hendelsestyper).items():
        if n:  # each about a row of its own
            out.rader[kode] += n
            out.berorte[kode] += n
    _late_registrations(arbeid, out)
    return out


class _Hvem:
    """Which participants the rows name: those enrolled for ``*``, else those named, known or not."""

    def __init__(self, arbeid: Arbeid, bok: Bok) -> None:
        n, k = arbeid.p, bok.nevnt
        self.bok, self.p = bok, n
        by_name = ~k.alle[k.rad]
        strange = ~k.alle[k.ukjent_rad]
        self.rad = np.concatenate([k.rad[by_name], k.alle_rad, k.ukjent_rad[strange]])
        self.hvem = np.concatenate([k.subjekt[by_name], k.alle_subjekt, n.n + k.ukjent[strange]])
        self.size = int(self.hvem.max(initial=-1)) + 1

    def antall(self, rows: Maske) -> int:
        """Return how many participants some rows name."""
        seen = np.zeros(self.size, dtype=bool)
        seen[self.hvem[rows[self.rad]] if not rows.all() else self.hvem] = True
        return int(seen.sum())


def _findings(slag: Slag, bok: Bok, late: Heltall, who: _Hvem) -> dict[str, Maske]:
    out: dict[str, Maske] = {}
    for kode, first, last in FORSINKELSER:
        out[kode] = (late >= (first if first is not None else -ALT)) & (late <= (last if last is not None else ALT))
    held = (bok.ramme["status"] == "gjennomfort").to_numpy()
    out |= {kode: held & days for kode, days in _days_off(slag, bok.dato).items()}
    p, k = who.p, bok.nevnt
    for kode, wrong in (
        ("for_start", bok.dato[k.rad] < p.start[k.subjekt]), ("etter_slutt", bok.dato[k.rad] > p.slutt[k.subjekt]),
    ):  # fmt: skip
        out[kode] = np.zeros(bok.dato.size, dtype=bool)
        out[kode][k.rad[wrong]] = True
    out["mange_samme_dag"] = _many_on_one_day(bok, held, p.n)
    out["samlet_fort"] = _written_together(bok, late)
    out["like_rader"] = _alike(bok)
    return out


#: More days than there are.
ALT: Final = 1 << 40


def _days_off(slag: Slag, dato: Heltall) -> dict[str, Maske]:
    """Return which days are weekends, holidays and breaks, each day one of them; each distinct day looked up once."""
    kalender, school = slag.g.kalender, slag.g.opplegg.skolerute is not None
    unique, where = np.unique(dato, return_inverse=True)
    kinds = ["helg", "helligdag", "ferie"]
    of = np.full(unique.size, len(kinds))
    for i, number in enumerate(unique.tolist()):
        day = date.fromordinal(number)
        if not kalender.fra <= day <= kalender.til:
            continue
        if day.weekday() >= 5:
            of[i] = 0
        elif not kalender.is_virkedag(day):
            of[i] = 1
        elif school and kalender.i_ferie(day) is not None:
            of[i] = 2
    return {kind: of[where] == i for i, kind in enumerate(kinds)}


def _runs(*kolonner: Heltall) -> tuple[Heltall, Heltall]:
    """Return the order in which equal rows stand together, and which run each then is of."""
    order = np.lexsort(kolonner[::-1])
    new = np.zeros(order.size, dtype=bool)
    for column in kolonner:
        new[1:] |= np.diff(column[order]) != 0
    return order, np.cumsum(new)


def _many_on_one_day(bok: Bok, held: Maske, n: int) -> Maske:
    """Find contacts of one type and one date, each with its own participant."""
    out = np.zeros(bok.dato.size, dtype=bool)
    rows = np.flatnonzero(held & (bok.nevnt.antall == 1))
    if not rows.size:
        return out
    types, days = _koder(bok.ramme["type"]), bok.dato - bok.dato.min()
    code = (bok.klasse * (int(types.max()) + 1) + types) * (int(days.max()) + 1) + days
    busy = _many(code[rows], MANGE_PA_EN_DAG)
    if not busy.size:  # few days have so many rows
        return out
    at = np.searchsorted(busy, code[rows])
    mine = np.append(busy, -1)[at] == code[rows]
    rows, at = rows[mine], at[mine]
    name = np.full(bok.dato.size, _INGEN)
    name[bok.nevnt.rad] = bok.nevnt.subjekt
    name[bok.nevnt.ukjent_rad] = n + bok.nevnt.ukjent
    pairs = np.unique(at * (int(name.max()) + 1) + name[rows])
    different = np.bincount(pairs // (int(name.max()) + 1), minlength=busy.size)
    out[rows[different[at] >= MANGE_PA_EN_DAG]] = True
    return out


def _many(code: Heltall, antall: int) -> Heltall:
    """Return the codes that are there at least ``antall`` times, rising."""
    code = np.sort(code)
    edges = np.flatnonzero(np.diff(code, prepend=-1))
    return code[edges[np.diff(np.append(edges, code.size)) >= antall]]


def _koder(kolonne: pl.Series) -> Heltall:
    """Return a small number for each word of a column of words."""
    return kolonne.to_physical().to_numpy().astype(np.int64)


def _written_together(bok: Bok, late: Heltall) -> Maske:
    """Find contacts from many days that were written down on one later day."""
    out = np.zeros(bok.dato.size, dtype=bool)
    rows = np.flatnonzero(late > 0)
    if not rows.size:
        return out
    code = bok.klasse[rows] * (1 << 22) + bok.dato[rows] + late[rows]
    which, of = np.unique(code, return_inverse=True)
    some = np.bincount(of) >= SAMLET_FORT
    keep = some[of]
    rows, of = rows[keep], of[keep]
    if not rows.size:
        return out
    order, run = _runs(of, bok.dato[rows])
    days = np.bincount(of[order[np.append(True, np.diff(run) != 0)]], minlength=which.size)
    out[rows[days[of] >= SAMLET_FORT_DAGER]] = True
    return out


def _alike(bok: Bok) -> Maske:
    """Find rows of a class that say the same in every column that is read, whatever their ids; not the first."""
    out = np.zeros(bok.dato.size, dtype=bool)
    if not out.size:
        return out
    who = bok.nevnt
    # What must be alike at least, in one number: few rows are.
    name = np.full(out.size, -1)
    name[who.ukjent_rad], name[who.rad] = 0, who.subjekt + 1
    name[who.alle | (who.antall > 1)] = 0
    types, days = _koder(bok.ramme["type"]), bok.dato - bok.dato.min()
    code = (bok.klasse * (int(types.max()) + 1) + types) * (int(days.max()) + 1) + days
    code = code * (int(name.max()) + 2) + name + 1
    twice = _many(code, 2)
    rows = np.flatnonzero(np.append(twice, -1)[np.searchsorted(twice, code)] == code)
    seen: set[tuple[object, ...]] = set()
    f = bok.ramme.select("klasse", "dato", "type", "rutine", "status", "deltaker", "utfort_av", "deltok")[rows]
    for row, (*said, names, by, there) in zip(rows.tolist(), f.iter_rows(), strict=True):
        ids, everyone = parse_deltakere(names)
        key = (*said, frozenset(ids), everyone, parse_folk(by), parse_folk(there))
        out[row] = key in seen
        seen.add(key)
    return out


def _of_rows(arbeid: Arbeid, kontakter: Bok, hendelser: Bok, hendelsestyper: Sequence[str]) -> dict[str, int]:
    """Return how many rows the findings of the judging are about, as far as they are about rows."""
    slag = arbeid.slag
    out = {
        "duplikat": int((~kontakter.forst).sum() + (~hendelser.forst).sum())
        + arbeid.gjentatt.size + arbeid.gjentatte_hendelser.size,
        "ukjent_type": int((kontakter.forst & (kontakter.type < 0)).sum()),
        "ukjent_rutine": int((kontakter.forst & (kontakter.rutine == _INGEN)).sum()),
        "hendelse_etter_slutt": arbeid.hendelser_etter_slutt.size,
    }  # fmt: skip
    for bok in (kontakter, hendelser):
        rows = np.unique(bok.nevnt.ukjent_rad)
        out["ukjent_deltaker"] = out.get("ukjent_deltaker", 0) + int(bok.forst[rows].sum())
    awaited = {w for v in slag.versjoner if isinstance(v.rutine.frekvens, Ved) for w in v.rutine.frekvens.ved}
    wrong = np.array([is_misspelt(word, awaited) is not None for word in hendelsestyper] + [False])
    out["ukjent_hendelse"] = int((hendelser.forst & wrong[hendelser.type]).sum())
    return out


def _late_registrations(arbeid: Arbeid, out: Kvalitet) -> None:
    """Add the pauses and exemptions registered after a deadline they excuse (``vurder.pauser``)."""
    p, w = arbeid.p, arbeid.vinduer
    planned = ~np.isin(w.versjon, list(arbeid.slag.utloste))
    exempt = arbeid.vindu_fritatt
    for kode, rows in (
        ("pause_registrert_sent", np.flatnonzero(planned & ~exempt & (w.borte > 0))),
        ("fritak_registrert_sent", np.flatnonzero(planned & exempt)),
    ):
        people = 0
        order = rows[np.argsort(w.subjekt[rows], kind="stable")]
        for mine in np.split(order, np.flatnonzero(np.diff(w.subjekt[order])) + 1):
            if not mine.size:
                continue
            s = p.pregene[int(p.preg[w.subjekt[mine[0]]])]
            fra, frist = w.fra[mine], w.frist[mine]
            found = 0
            if kode.startswith("pause"):
                for pause in s.pauser:
                    if pause.registrert is not None:
                        til = pause.til.toordinal() if pause.til else ALT
                        touched = (
                            (frist < pause.registrert.toordinal()) & (fra <= til) & (frist >= pause.fra.toordinal())
                        )
                        found += bool(touched.any())
            else:
                rutine = np.array([v.rutine.id for v in arbeid.slag.versjoner])[w.versjon[mine]]
                for fritak in s.deltaker.fritak if s.deltaker else ():
                    known = fritak.registrert is not None and arbeid.slag.g.is_known(fritak.registrert)
                    if known and fritak.registrert is not None:
                        touched = (rutine == fritak.rutine) & (frist < fritak.registrert.toordinal())
                        found += bool(touched.any())
            out.rader[kode] += found
            people += bool(found)
        if people:
            out.berorte[kode] += people
    for kode in ("pause_registrert_sent", "fritak_registrert_sent"):
        if not out.rader[kode]:
            del out.rader[kode]
