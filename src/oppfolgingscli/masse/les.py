"""A data set of many classes in one folder: ``klasser``, ``deltakere``, ``perioder``, ``kontakter``, ``hendelser``.

Each a .csv or .parquet, or a folder of .parquet; ``personer``, ``faser`` and ``eksamener`` where needed. Small tables are held; the big ones stream. A
group of whole classes is given at a time: straight from the file where each class's rows stand together, else by way
of temporary files, one for each part of the classes.
"""

from __future__ import annotations

import tempfile
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.masse.gruppe import Gruppe, samlet
from oppfolgingscli.masse.kolonner import SKJEMA
from oppfolgingscli.masse.les_deltakere import DELTAKERE, PERIODER, Folk, read_folk
from oppfolgingscli.masse.les_filer import Tabellfil, open_tabell
from oppfolgingscli.masse.les_funn import Funn, Utvalg
from oppfolgingscli.masse.les_klasser import Klasserad, open_klassefiler, read_klasser
from oppfolgingscli.masse.les_rader import RADKOLONNER, RADKREVD, Rader
from oppfolgingscli.masse.les_rettelser import uten_rettede
from oppfolgingscli.masse.slag import Slag
from oppfolgingscli.revisjon.klassevei import LAG
from oppfolgingscli.revisjon.resultat import Samlet
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from oppfolgingscli.feil import Feil
    from oppfolgingscli.les.tabell import Kolonner

#: Rows of contacts in one group, about: what is held at once.
RADER: Final = 300_000
#: Groups worked on at once.
ARBEIDERE: Final = 2
#: Bytes of a file of rows for each part when the classes do not stand together.
DEL: Final = 64 << 20


@dataclass(slots=True)
class _Samling:
    """Classes of one kind that wait to be a group."""

    klasser: list[int] = field(default_factory=list)
    deler: list[pl.DataFrame] = field(default_factory=list)
    rader: int = 0

    def add(self, klasser: list[int], kontakter: pl.DataFrame) -> None:
        """Take in some classes."""
        self.klasser += klasser
        self.deler.append(kontakter)
        self.rader += kontakter.height

    def take(self) -> tuple[list[int], pl.DataFrame]:
        """Give them all up."""
        found = sorted(self.klasser), pl.concat(self.deler)
        self.klasser, self.deler, self.rader = [], [], 0
        return found


@dataclass(slots=True)
class Datasett:
    """A data set, opened: what is small of it, and where the rest is.

    ``filer``: its tables by name. ``utvalg``: which classes of it. ``apnet``: the rows that could not be read of the
    small tables. ``funn``: those of the big ones too, once they have been read.
    """

    mappe: Path
    klasser: list[Klasserad]
    folk: Folk
    filer: dict[str, Tabellfil]
    utvalg: Utvalg
    apnet: Funn
    funn: Funn = field(default_factory=Funn)

    def grupper(
        self, per: date, kjent: date | None = None, rader: int = RADER, *, spredt: bool = False
    ) -> Iterator[tuple[Slag, Gruppe]]:
        """Yield groups of whole classes of one kind, with about ``rader`` contacts each; every class once.

        ``spredt``: the rows of a class may stand anywhere in the file.

        Raises:
            SpredtFeil: they do not stand together, and ``spredt`` was not said. What was given before is to be dropped.
        """
        kinds: dict[object, Slag] = {}
        slag_av = []
        for k in self.klasser:
            if k.slag not in kinds:
                kinds[k.slag] = Slag(k.opplegg, per, kjent)
            slag_av.append(kinds[k.slag])
        events = self._whole("hendelser")
        number: dict[int, int] = {}
        kind_of = np.array([number.setdefault(id(slag), len(number)) for slag in slag_av], dtype=np.int64)
        # Classes of one kind are gathered until there are enough rows to be worth the fixed cost of a group.
        held: list[_Samling] = [_Samling() for _kind in number]
        for numbers, contacts in self._parts(spredt=spredt):
            kinds_here = np.unique(kind_of[numbers])
            for kind in kinds_here.tolist():
                some = contacts
                if kinds_here.size > 1:
                    some = contacts.filter(pl.Series(kind_of[contacts["klasse"].to_numpy()] == kind))
                held[kind].add([nr for nr in numbers if kind_of[nr] == kind], some)
            while (most := max(held, key=lambda x: x.rader)).rader >= rader or sum(x.rader for x in held) > 2 * rader:
                yield slag_av[most.klasser[0]], self._group(*most.take(), events, kjent)
        for rest in held:
            if rest.klasser:
                yield slag_av[rest.klasser[0]], self._group(*rest.take(), events, kjent)

    def samlet(
        self, per: date, kjent: date | None = None, lag: int = LAG, rader: int = RADER,
        ferdig: Callable[[int], object] | None = None,
    ) -> Samlet:  # fmt: skip
        """Return the sums of all the classes. ``lag`` as in ``revisjon.klassevei``. ``ferdig``: told how many more are done.

        The rows that could not be read are in ``kvalitet``, as those of a workspace are.

        Raises:
            Inndatafeil: a file is no table somewhere.
        """
        done = _Ferdig(ferdig)
        self.funn = self.apnet.copy()
        try:
            out = self._samlet(per, kjent, lag, rader, done, spredt=False)
        except SpredtFeil:
            self.funn = self.apnet.copy()
            done.again()
            out = self._samlet(per, kjent, lag, rader, done, spredt=True)
        for kode, n in self.funn.antall.items():
            # Nobody can tell whom they are about: at most one participant each.
            out.kvalitet.rader[kode] += n
            out.kvalitet.berorte[kode] += n
        return out

    def _samlet(self, per: date, kjent: date | None, lag: int, rader: int, ferdig: _Ferdig, *, spredt: bool) -> Samlet:
        """Add up the groups, a few at a time beside the reading: most of the work is numpy's, which waits for nobody."""
        out = Samlet()
        waiting: deque[Future[Samlet]] = deque()

        def take() -> None:
            nonlocal out
            part = waiting.popleft().result()
            ferdig.add(len(part.klasser))
            out += part

        with ThreadPoolExecutor(ARBEIDERE) as pool:
            for slag, gruppe in self.grupper(per, kjent, rader, spredt=spredt):
                waiting.append(pool.submit(samlet, slag, gruppe, lag))
                while len(waiting) > ARBEIDERE:
                    take()
            while waiting:
                take()
        return out

    def _group(self, numbers: list[int], contacts: pl.DataFrame, events: pl.DataFrame, kjent: date | None) -> Gruppe:
        who = self.folk.av(numbers)
        new = np.full(len(self.klasser), -1)
        new[numbers] = np.arange(len(numbers))
        return Gruppe(
            [self.klasser[nr].klasse for nr in numbers], who.ider, new[who.klasse], who.start, who.slutt, who.preg,
            who.pregene, self._stands("kontakter", _renumber(contacts, new), kjent), self._stands("hendelser", _renumber(events, new), kjent),
            [self.klasser[nr].roller for nr in numbers],
        )  # fmt: skip

    def _stands(self, navn: str, rows: pl.DataFrame, kjent: date | None) -> pl.DataFrame:
        return uten_rettede(rows, kjent, self.funn, self.filer[navn].vis) if rows.height else rows

    def _rows(self, navn: str) -> Rader | None:
        return Rader(self.filer[navn], self.utvalg, self.funn) if navn in self.filer else None

    def _whole(self, navn: str) -> pl.DataFrame:
        rows = self._rows(navn)
        found = list(rows.bunter()) if rows is not None else []
        return pl.concat(found) if found else pl.DataFrame(schema=SKJEMA)

    def _parts(self, *, spredt: bool) -> Iterator[tuple[list[int], pl.DataFrame]]:
        """Yield (numbers of classes, their contacts); classes without any come last."""
        rows = self._rows("kontakter")
        seen: set[int] = set()
        if rows is not None:
            for part in _apart(rows, self.klasser) if spredt else self._together(rows):
                numbers = part["klasse"].unique().to_list()
                seen.update(numbers)
                yield numbers, part
        rest = [nr for nr in range(len(self.klasser)) if nr not in seen]
        if rest:
            yield rest, pl.DataFrame(schema=SKJEMA)

    def _together(self, rows: Rader) -> Iterator[pl.DataFrame]:
        """Yield whole classes from a file where each stands together."""
        held = pl.DataFrame(schema=SKJEMA)
        done = np.zeros(len(self.klasser), dtype=bool)
        for batch in rows.bunter():
            if not batch.height:
                continue
            runs = batch["klasse"].rle().struct.field("value")
            before = held["klasse"].head(1).to_list()
            numbers = runs.to_numpy()
            if runs.n_unique() < runs.len() or done[numbers].any() or (before and before[0] in numbers[1:]):
                raise SpredtFeil
            done[numbers[:-1]] = True
            done[[nr for nr in before if nr != numbers[-1]]] = True
            last = batch["klasse"][-1]
            ready = batch.filter(pl.col("klasse") != last)
            if ready.height:
                yield pl.concat([held, ready])
                held = batch.filter(pl.col("klasse") == last)
            else:
                held = pl.concat([held, batch])
        if held.height:
            yield held


def _renumber(frame: pl.DataFrame, new: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.DataFrame:
    numbers = new[frame["klasse"].to_numpy()] if frame.height else np.zeros(0, dtype=np.int64)
    return frame.with_columns(pl.Series("klasse", numbers, dtype=pl.Int64)).filter(pl.col("klasse") >= 0)


class SpredtFeil(Exception):
    """The rows of a class do not stand together in the file."""


def _apart(rows: Rader, klasser: list[Klasserad]) -> Iterator[pl.DataFrame]:
    """Yield the classes part by part, by way of temporary files."""
    parts = min(max(1, sum(part.stat().st_size for part in rows.fil.deler) // DEL), max(1, len(klasser)))
    with tempfile.TemporaryDirectory(prefix="oppfolging-") as folder:
        written: dict[int, list[Path]] = {}
        for nr, batch in enumerate(rows.bunter()):
            for (part,), some in (
                batch.with_columns((pl.col("klasse") % parts).alias("_del"))
                .partition_by("_del", include_key=False, as_dict=True)
                .items()
            ):
                path = Path(folder, f"{part}-{nr}.arrow")
                some.write_ipc(path, compression="lz4")
                written.setdefault(int(str(part)), []).append(path)
        for files in written.values():
            yield pl.concat([pl.read_ipc(path) for path in files])
            for path in files:
                path.unlink()


class _Ferdig:
    """Tells how many classes are done, each once also when it is all done again."""

    def __init__(self, si: Callable[[int], object] | None) -> None:
        self.si = si
        self.sagt = self.naa = 0

    def add(self, n: int) -> None:
        """Some more are done."""
        self.naa += n
        if self.si is not None and self.naa > self.sagt:
            self.si(self.naa - self.sagt)
            self.sagt = self.naa

    def again(self) -> None:
        """Begin from the beginning."""
        self.naa = 0


def open_datasett(
    mappe: Path, feil: list[Feil], bare: Collection[str] | None = None, *, ukjente: bool = True
) -> Datasett | None:
    """Open a data set; None when there are faults, all of which are added to ``feil``.

    ``bare``: read only these classes. ``ukjente``: count rows of classes that are not in ``klasser``. With them the data
    set can be divided: the sums of parts that share no class, one of them with ``ukjente``, are the sums of the whole.
    """
    before = len(feil)
    about = open_klassefiler(mappe, feil)
    header = _("Har dere ingen, så lag filen med bare overskriftene: {ord}.")
    needed = {
        navn: header.format(ord=";".join(kolonner))
        for navn, kolonner in (("deltakere", ("klasse", "id")), ("kontakter", ("klasse", "dato", "type", "deltaker")))
    }
    tables: dict[str, tuple[Kolonner, tuple[str, ...]]] = {
        "deltakere": (DELTAKERE, ("klasse", "id")),
        "perioder": (PERIODER, ("klasse", "deltaker", "slag")),
        **{navn: (RADKOLONNER[navn], RADKREVD[navn]) for navn in RADKOLONNER},
    }
    found = {
        navn: open_tabell(mappe, navn, kolonner, krevd, feil, rad=needed.get(navn), del_=bare is not None)
        for navn, (kolonner, krevd) in tables.items()
    }
    klasser, ids = read_klasser(mappe, about, feil, bare)
    if len(feil) > before:
        return None
    numbers = {k.klasse.id: i for i, k in enumerate(klasser)}
    chosen = Utvalg(numbers, frozenset(ids - numbers.keys()) if ukjente else None)
    funn = Funn()
    try:
        folk = read_folk(found["deltakere"], found["perioder"], klasser, chosen, funn)
    except Inndatafeil as error:
        feil.extend(error.feil)
        return None
    known = {**found, **{f.name: getattr(about, f.name) for f in fields(about)}}
    return Datasett(mappe, klasser, folk, {navn: fil for navn, fil in known.items() if fil is not None}, chosen, funn)
