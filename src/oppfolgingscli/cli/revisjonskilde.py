"""Where the classes of an audit come from: many workspaces, read side by side; what is wrong with one stops only it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Oppfolgingsfeil
from oppfolgingscli.sprak import _, set_sprak, sprak

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.revisjon.resultat import Klasseresultat

#: Workspaces from which on it pays to start more processes: each takes about half a second to start.
MANGE: Final = 12
_TEGN: Final = 6


@dataclass(frozen=True, slots=True)
class Lest:
    """One workspace as read by a process of its own. Of the results one is there: ``resultat``, or ``feil``.

    ``sha256``: of all that was read. ``merke``: of the routine set.
    """

    sti: Path
    resultat: Klasseresultat | None = None
    rutinesett: Rutinesett | None = None
    sha256: str = ""
    merke: str = ""
    feil: tuple[Feil | str, ...] = ()


@dataclass(slots=True)
class Kilde:
    """What an audit is made from. ``rutinesett``: by the id it has in the results. ``inndata``: (class, SHA-256).

    ``uleste``: (where, what is wrong) of what could not be read.
    """

    resultater: Sequence[Klasseresultat] = ()
    rutinesett: dict[str, Rutinesett] = field(default_factory=dict)
    inndata: tuple[tuple[str, str], ...] = ()
    uleste: list[tuple[Path, tuple[Feil | str, ...]]] = field(default_factory=list)


def read_one(sti: Path, per: date, kjent: date | None, lag: int, kode: str) -> Lest:
    """Read and judge one workspace. ``kode``: the language its faults are told in."""
    from oppfolgingscli.cli.vurdert import judge
    from oppfolgingscli.les.mapper import contents, fingerprint
    from oppfolgingscli.revisjon.klassevei import klasseresultat

    if sprak() != kode:
        set_sprak(kode)
    try:
        found = judge(sti, per, kjent, maskin=True)
        result = klasseresultat(found.vurdering, lag, logg=found.logg)
        sett = found.arbeidsmappe.opplegg.rutinesett
        return Lest(sti, result, sett, contents(found.arbeidsmappe), fingerprint(sett))
    except Inndatafeil as error:
        return Lest(sti, feil=error.feil)
    except (Oppfolgingsfeil, OSError) as error:
        return Lest(sti, feil=(str(error),))
    except Exception as error:  # noqa: BLE001 - one folder must not stop the others, whatever it is
        melding = _("Programmet møtte noe det ikke var laget for ({slag}).").format(slag=type(error).__name__)
        return Lest(sti, feil=(melding,))


def read_mapper(
    stier: Sequence[Path], per: date, kjent: date | None, lag: int,
    framdrift: Callable[[Sequence[Path]], Iterable[object]],
) -> Kilde:  # fmt: skip
    """Read workspaces side by side. ``framdrift``: goes through them, and shows how far it has come."""
    work = partial(read_one, per=per, kjent=kjent, lag=lag, kode=sprak())
    results = _side_by_side(work, stier)
    return collect([next(results) for _sti in framdrift(stier)])


def _side_by_side(work: Callable[[Path], Lest], stier: Sequence[Path]) -> Iterator[Lest]:
    """Yield the results in order: from several processes where that pays, else one by one."""
    workers = min(os.cpu_count() or 1, len(stier), 32)
    done = 0
    if len(stier) >= MANGE and workers > 1:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing import get_context

        try:
            # «spawn» everywhere: the only way on Windows, and the only one that is safe beside threads.
            with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
                for found in pool.map(work, stier, chunksize=max(1, min(8, len(stier) // (4 * workers)))):
                    yield found
                    done += 1
        except (BrokenProcessPool, PermissionError):
            pass  # a process was killed, or may not be started: the rest is done here
    for sti in stier[done:]:
        yield work(sti)


def collect(leste: Iterable[Lest]) -> Kilde:
    """Put what was read together: the same folder twice counts once, and ids that mean different things get a mark.

    The order is that of the classes' ids and contents, so that where the folders stood changes nothing.
    """
    out = Kilde()
    seen: dict[str, Path] = {}
    good: list[tuple[Klasseresultat, Rutinesett, Lest]] = []
    for one in leste:
        if one.resultat is None or one.rutinesett is None:
            out.uleste.append((one.sti, one.feil))
        elif one.sha256 in seen:
            from oppfolgingscli.les.fil import vis_sti

            melding = _("Mappen er en kopi av {annen}, og er ikke med to ganger.")
            out.uleste.append((one.sti, (melding.format(annen=vis_sti(seen[one.sha256])),)))
        else:
            seen[one.sha256] = one.sti
            good.append((one.resultat, one.rutinesett, one))
    good.sort(key=lambda x: (x[0].klasse.id, x[2].sha256))
    classes = Counter(r.klasse.id for r, _sett, _one in good)
    marks: dict[str, set[str]] = {}
    for r, _sett, one in good:
        marks.setdefault(r.klasse.rutinesett, set()).add(one.merke)
    results, inputs = [], []
    for r, sett, one in good:
        id_, set_id = r.klasse.id, r.klasse.rutinesett
        if classes[id_] > 1:
            id_ = f"{id_}-{one.sha256[:_TEGN]}"
        if len(marks[set_id]) > 1:
            set_id = f"{set_id}-{one.merke[:_TEGN]}"
        results.append(renamed(r, id_, set_id))
        out.rutinesett[set_id] = sett
        inputs.append((id_, one.sha256))
    out.resultater, out.inndata = results, tuple(inputs)
    return out


def renamed(r: Klasseresultat, klasse: str, rutinesett: str) -> Klasseresultat:
    """Return the result of a class under another id, or with another id for its routine set."""
    from oppfolgingscli.revisjon.celle import Nokkel

    if (klasse, rutinesett) == (r.klasse.id, r.klasse.rutinesett):
        return r
    new = {"klasse": klasse, "rutinesett": rutinesett}

    def key(old: Nokkel) -> Nokkel:
        pairs = zip(old.visning, old.verdier, strict=True)
        return Nokkel(old.visning, tuple(new.get(name, value) for name, value in pairs))

    return replace(
        r, klasse=r.klasse._replace(id=klasse, rutinesett=rutinesett),
        celler={key(old): celle for old, celle in r.celler.items()},
        atomer={a._replace(rutinesett=rutinesett) for a in r.atomer},
    )  # fmt: skip
