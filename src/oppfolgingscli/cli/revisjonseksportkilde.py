"""Where the classes of an export come from: workspaces and data sets, each class judged on its own, side by side."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from oppfolgingscli.cli import felles
from oppfolgingscli.sprak import _, set_sprak, sprak

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from oppfolgingscli.cli.revisjonskilde import Kilde
    from oppfolgingscli.eksport.rader import Klasserader
    from oppfolgingscli.hendelse import Logg
    from oppfolgingscli.les.mapper import Kilder
    from oppfolgingscli.modell.klasse import Opplegg
    from oppfolgingscli.revisjon.resultat import Klasse
    from oppfolgingscli.revisjon.utgave import Innstillinger

T = TypeVar("T")

#: Classes from which on it pays to start more processes: each takes about half a second to start.
MANGE: Final = 12
#: Classes given to each process before the first is done: what is held at once.
FORAN: Final = 3


class Navn(NamedTuple):
    """The ids that classes and routine sets have in the audit, by their own."""

    klasser: Mapping[str, str]
    sett: Mapping[str, str]

    def of(self, klasse: Klasse) -> Klasse:
        """Return a class by those ids."""
        sett = self.sett.get(klasse.rutinesett, klasse.rutinesett)
        return klasse._replace(id=self.klasser.get(klasse.id, klasse.id), rutinesett=sett)


class Mappe(NamedTuple):
    """A workspace to be judged."""

    sti: Path
    navn: Navn


class Uttrekksklasse(NamedTuple):
    """A class of a data set, read."""

    opplegg: Opplegg
    logg: Logg
    roller: Mapping[str, str]
    klasse: Klasse


def classes(funnet: Kilder, kilde: Kilde, i: Innstillinger) -> Iterator[Klasserader]:
    """Yield the rows of each class that is in the audit, once.

    Raises:
        Inndatafeil: one cannot be read any more.
    """
    folders = [Mappe(path, Navn(*kilde.navn[path])) for path in funnet.arbeidsmapper if path in kilde.navn]
    yield from _shown(side_by_side(partial(of_folder, i=i, kode=sprak()), folders, len(folders)), len(folders))
    for path in funnet.datasett:
        if path in kilde.navn:
            n, read = _dataset(path, Navn(*kilde.navn[path]), i)
            yield from _shown(side_by_side(partial(of_dataset, i=i, kode=sprak()), read, n), n)


def _shown(made: Iterable[Klasserader], n: int) -> Iterator[Klasserader]:
    """Go through ``n`` classes, and show how far it has come."""
    rest = iter(made)
    for _nr in felles.framdrift(range(n), _("Leser klassene til eksporten"), 4):
        yield next(rest)
    yield from rest  # none: what made them may end


def of_folder(mappe: Mappe, i: Innstillinger, kode: str) -> Klasserader:
    """Return the rows of a workspace. ``kode``: the language of the words."""
    from oppfolgingscli.cli.vurdert import judge
    from oppfolgingscli.eksport.rader import klasserader
    from oppfolgingscli.revisjon.klassevei import klasse_for
    from oppfolgingscli.vis.eksportord import settord

    _speak(kode)
    found = judge(mappe.sti, i.per, i.kjent, maskin=True)
    klasse = mappe.navn.of(klasse_for(found.vurdering))
    words = settord(found.arbeidsmappe.opplegg.rutinesett)
    return klasserader(found.vurdering, found.logg, found.roller, klasse, i.lag, words)


def of_dataset(one: Uttrekksklasse, i: Innstillinger, kode: str) -> Klasserader:
    """Return the rows of a class of a data set. ``kode``: the language of the words."""
    from oppfolgingscli.eksport.rader import klasserader
    from oppfolgingscli.vis.eksportord import settord
    from oppfolgingscli.vurder import vurder

    _speak(kode)
    judged = vurder(one.opplegg, one.logg, one.roller, i.per, i.kjent)
    return klasserader(judged, one.logg, one.roller, one.klasse, i.lag, settord(one.opplegg.rutinesett))


def _speak(kode: str) -> None:
    if sprak() != kode:
        set_sprak(kode)


def _dataset(sti: Path, navn: Navn, i: Innstillinger) -> tuple[int, Iterator[Uttrekksklasse]]:
    """Return how many classes a data set has, and each of them as it is asked for."""
    from oppfolgingscli.eksport.flatt import klasser
    from oppfolgingscli.feil import Feil, Inndatafeil
    from oppfolgingscli.masse.les import open_datasett

    faults: list[Feil] = []
    data = open_datasett(sti, faults)
    if data is None:
        raise Inndatafeil(faults)
    read = (Uttrekksklasse(o, logg, roller, navn.of(k)) for o, logg, roller, k in klasser(data, i.per, i.kjent))
    return len(data.klasser), read


def side_by_side(work: Callable[[T], Klasserader], ting: Iterable[T], n: int) -> Iterator[Klasserader]:
    """Yield the result of each of ``n`` things, in order: from several processes where that pays, else one by one.

    Only a few are under way at once, so that what is held does not grow with ``n``.
    """
    workers = min(os.cpu_count() or 1, n, 32)
    left = iter(ting)
    if n >= MANGE and workers > 1:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        # «spawn» everywhere: the only way on Windows, and the only one that is safe beside threads.
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            yield from _from_pool(pool, work, left, workers * FORAN)
    for one in left:
        yield work(one)


def _from_pool(
    pool: Executor, work: Callable[[T], Klasserader], left: Iterator[T], most: int
) -> Iterator[Klasserader]:  # fmt: skip
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[tuple[T, Future[Klasserader] | None]] = deque()
    broken = False
    for one in left:
        try:
            waiting.append((one, None if broken else pool.submit(work, one)))
        except (BrokenProcessPool, PermissionError):  # a process was killed, or may not be started: it is done here
            broken = True
            waiting.append((one, None))
        while len(waiting) >= most:
            made, broken = _result(work, *waiting.popleft(), broken=broken)
            yield made
    while waiting:
        made, broken = _result(work, *waiting.popleft(), broken=broken)
        yield made


def _result(
    work: Callable[[T], Klasserader], one: T, future: Future[Klasserader] | None, *, broken: bool
) -> tuple[Klasserader, bool]:  # fmt: skip
    """Return what came of one thing, and whether the processes are gone; then it is done here."""
    from concurrent.futures.process import BrokenProcessPool

    if future is not None:
        try:
            return future.result(), broken
        except (BrokenProcessPool, PermissionError):
            broken = True
    return work(one), broken
