"""Where the classes of an audit come from: workspaces, read side by side, and data sets, put together.

What is wrong with one stops only that one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Feil, Inndatafeil, Oppfolgingsfeil
from oppfolgingscli.sprak import _, set_sprak, sprak
from oppfolgingscli.vis.revisjon import Inndata

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.revisjon.resultat import Samlet

#: Workspaces from which on it pays to start more processes: each takes about half a second to start.
MANGE: Final = 12
_TEGN: Final = 6


@dataclass(frozen=True, slots=True)
class Settnavn:
    """A routine set of some classes: the id it has in its own file, a mark of what it says, and itself."""

    id: str
    merke: str
    sett: Rutinesett


@dataclass(frozen=True, slots=True)
class Del:
    """What one workspace or data set gives: its sums, and its routine sets by the id they have in the sums.

    ``sha256``: of all that was read. ``filer``: (file, SHA-256) of each, of a data set.
    """

    sti: Path
    samlet: Samlet
    sett: Mapping[str, Settnavn]
    sha256: str
    filer: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ulest:
    """What could not be read: where, and what is wrong."""

    sti: Path
    feil: tuple[Feil | str, ...]


@dataclass(slots=True)
class Kilde:
    """What an audit is made from: the sums of all. ``rutinesett``: by the id it has in the sums.

    ``inndata``: what was read, with its SHA-256. ``uleste``: (where, what is wrong) of what could not be read.
    ``navn``: for each workspace and data set that is in, the ids its classes and its routine sets have in the sums,
    by their own.
    """

    samlet: Samlet
    rutinesett: dict[str, Rutinesett] = field(default_factory=dict)
    inndata: tuple[Inndata, ...] = ()
    uleste: list[tuple[Path, tuple[Feil | str, ...]]] = field(default_factory=list)
    navn: dict[Path, tuple[dict[str, str], dict[str, str]]] = field(default_factory=dict)


def read_one(sti: Path, per: date, kjent: date | None, lag: int, kode: str) -> Del | Ulest:
    """Read and judge one workspace. ``kode``: the language its faults are told in."""
    from oppfolgingscli.cli.vurdert import judge
    from oppfolgingscli.les.mapper import contents, fingerprint
    from oppfolgingscli.revisjon.klassevei import klasseresultat
    from oppfolgingscli.revisjon.resultat import merge

    if sprak() != kode:
        set_sprak(kode)
    try:
        found = judge(sti, per, kjent, maskin=True)
        result = klasseresultat(found.vurdering, lag, logg=found.logg)
        sett = found.arbeidsmappe.opplegg.rutinesett
        known = {result.klasse.rutinesett: Settnavn(result.klasse.rutinesett, fingerprint(sett), sett)}
        return Del(sti, merge([result]), known, contents(found.arbeidsmappe))
    except Inndatafeil as error:
        return Ulest(sti, error.feil)
    except (Oppfolgingsfeil, OSError) as error:
        return Ulest(sti, (str(error),))
    except Exception as error:  # noqa: BLE001 - one folder must not stop the others, whatever it is
        melding = _("Programmet møtte noe det ikke var laget for ({slag}).").format(slag=type(error).__name__)
        return Ulest(sti, (melding,))


def read_mapper(
    stier: Sequence[Path], per: date, kjent: date | None, lag: int,
    framdrift: Callable[[Sequence[Path]], Iterable[object]],
) -> list[Del | Ulest]:  # fmt: skip
    """Read workspaces side by side. ``framdrift``: goes through them, and shows how far it has come."""
    work = partial(read_one, per=per, kjent=kjent, lag=lag, kode=sprak())
    results = _side_by_side(work, stier)
    return [next(results) for _sti in framdrift(stier)]


def _side_by_side(work: Callable[[Path], Del | Ulest], stier: Sequence[Path]) -> Iterator[Del | Ulest]:
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


def collect(leste: Iterable[Del | Ulest]) -> Kilde:
    """Put what was read together: the same folder twice counts once, and ids that mean different things get a mark.

    The order is that of the contents, so that where the folders stood changes nothing.
    """
    from oppfolgingscli.revisjon.resultat import Samlet

    out = Kilde(Samlet())
    good: dict[str, Del] = {}
    for one in leste:
        if isinstance(one, Ulest):
            out.uleste.append((one.sti, one.feil))
        elif one.sha256 in good:
            from oppfolgingscli.les.fil import vis_sti

            melding = _("Mappen er en kopi av {annen}, og er ikke med to ganger.")
            out.uleste.append((one.sti, (melding.format(annen=vis_sti(good[one.sha256].sti)),)))
        else:
            good[one.sha256] = one
    parts = sorted(good.values(), key=lambda d: (min((k.id for k in d.samlet.klasser), default=""), d.sha256))
    classes = Counter(k.id for d in parts for k in d.samlet.klasser)
    marks: dict[str, set[str]] = {}
    for sett in (s for d in parts for s in d.sett.values()):
        marks.setdefault(sett.id, set()).add(sett.merke)
    inputs: list[Inndata] = []
    for d in parts:
        ids = {k.id: f"{k.id}-{d.sha256[:_TEGN]}" for k in d.samlet.klasser if classes[k.id] > 1}
        sets = {
            old: f"{sett.id}-{sett.merke[:_TEGN]}" if len(marks[sett.id]) > 1 else sett.id
            for old, sett in d.sett.items()
        }
        out.samlet += renamed(d.samlet, ids, sets)
        out.navn[d.sti] = ids, sets
        out.rutinesett |= {sets[old]: sett.sett for old, sett in d.sett.items()}
        if d.filer:
            inputs += [Inndata(None, fil, sha) for fil, sha in d.filer]
        else:
            inputs += [Inndata(ids.get(k.id, k.id), None, d.sha256) for k in d.samlet.klasser]
    out.inndata = tuple(inputs)
    return out


def renamed(samlet: Samlet, klasser: Mapping[str, str], rutinesett: Mapping[str, str]) -> Samlet:
    """Return the sums with other ids for some classes and routine sets."""
    from oppfolgingscli.revisjon.celle import Nokkel

    sets = {old: new for old, new in rutinesett.items() if old != new}
    if not klasser and not sets:
        return samlet
    new = {"klasse": klasser, "rutinesett": sets}

    def key(old: Nokkel) -> Nokkel:
        pairs = zip(old.visning, old.verdier, strict=True)
        return Nokkel(old.visning, tuple(new.get(name, {}).get(value, value) for name, value in pairs))

    return replace(
        samlet,
        klasser={
            k._replace(id=klasser.get(k.id, k.id), rutinesett=sets.get(k.rutinesett, k.rutinesett))
            for k in samlet.klasser
        },
        celler={key(old): celle for old, celle in samlet.celler.items()},
        atomer={a._replace(rutinesett=sets.get(a.rutinesett, a.rutinesett)) for a in samlet.atomer},
    )
