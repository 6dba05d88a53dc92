"""The audit over several processes or machines with Dask: each part of the classes by itself, the sums added as a tree.

    python benk/skala_dask.py UTTREKK --per 2025-06-20                         two workers on this machine
    python benk/skala_dask.py UTTREKK --per 2025-06-20 --planlegger tcp://…    an existing cluster that sees the folder
    python benk/skala_dask.py UTTREKK --parquet DELT                           only: write it as Parquet, a folder a class

Writes the publication as json, as ``oppfolging revisjon --format json`` does, and says on stderr how long it took.
``--kontroll`` sums it all here too, and fails where a figure differs. docs/skala.md says when this is worth it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from oppfolgingscli.cli.revisjonsflat import fingerprints
from oppfolgingscli.cli.revisjonskilde import Del, Settnavn, collect
from oppfolgingscli.masse.deler import divide, sum_part
from oppfolgingscli.masse.les import Datasett, open_datasett
from oppfolgingscli.revisjon.resultat import Samlet, added
from oppfolgingscli.revisjon.utgave import Innstillinger, publish
from oppfolgingscli.vis.maskin_revisjon import revisjon_json
from oppfolgingscli.vis.revisjon import Revisjonsvisning
from oppfolgingscli.vis.revisjon.navn import Revisjonsnavn

if TYPE_CHECKING:
    from dask.distributed import Client

    from oppfolgingscli.feil import Feil

#: Sums added together in one task: few enough to be small, many enough that the tree is low.
GREN = 8
#: The tables with many rows: the rest is copied as it is.
STORE = ("kontakter", "hendelser")


def to_parquet(mappe: Path, ut: Path) -> None:
    """Write a data set again with its contacts and events as Parquet, one folder for each class; streams."""
    import polars as pl

    data = opened(mappe)
    ut.mkdir(parents=True)
    for path in mappe.iterdir():
        if path.is_file() and path not in {fil.path for name, fil in data.filer.items() if name in STORE}:
            shutil.copy(path, ut / path.name)
    for name in STORE:
        if name in data.filer:
            with data.filer[name].scan() as rows:
                rows.sink_parquet(pl.PartitionBy(ut / name, key=data.filer[name].kolonner["klasse"]), mkdir=True)


def opened(mappe: Path) -> Datasett:
    """Open the data set here: its small tables, and whether anything is wrong with it, are known before work is sent."""
    feil: list[Feil] = []
    data = open_datasett(mappe, feil)
    if data is None:
        sys.exit("\n".join(map(str, feil)))
    return data


def add(*deler: Samlet) -> Samlet:
    """Return the sums of some parts (a function of its own, so that a worker can import it by name)."""
    return added(deler)


def summed(client: Client, mappe: Path, parts: list[list[str]], given: argparse.Namespace) -> Samlet:
    """Sum every part on a worker, and add the sums there too: only the whole comes back."""
    futures = [
        client.submit(sum_part, mappe, part, given.per, given.kjent, given.lag, ukjente=nr == 0, pure=False)
        for nr, part in enumerate(parts)
    ]
    while len(futures) > 1:
        futures = [client.submit(add, *futures[i : i + GREN], pure=False) for i in range(0, len(futures), GREN)]
    found: Samlet = futures[0].result()
    return found


def as_json(data: Datasett, samlet: Samlet, given: argparse.Namespace) -> str:
    """Return the publication, as the command writes it."""
    sets = {
        k.klasse.rutinesett: Settnavn(k.opplegg.rutinesett.hode.id, k.merke, k.opplegg.rutinesett) for k in data.klasser
    }
    source = collect([Del(data.mappe, samlet, sets, "", fingerprints(data))])
    made = publish(source.samlet, Innstillinger(given.per, given.kjent, given.lag, given.terskel))
    return revisjon_json(Revisjonsvisning(made, Revisjonsnavn(source.rutinesett), (), source.inndata, 0))


def main() -> None:
    """Divide, sum, add, publish."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("mappe", type=Path, help="the data set, where every worker sees it")
    parser.add_argument("--per", type=date.fromisoformat)
    parser.add_argument("--kjent", type=date.fromisoformat)
    parser.add_argument("--lag", type=int, default=14)
    parser.add_argument("--terskel", type=int, default=5)
    parser.add_argument("--deler", type=int, default=16, help="parts: a few for each worker")
    parser.add_argument("--arbeidere", type=int, default=2, help="processes on this machine")
    parser.add_argument("--planlegger", help="the address of a Dask scheduler that is there already")
    parser.add_argument("--parquet", type=Path, help="only write the data set as Parquet, in this folder")
    parser.add_argument("--kontroll", action="store_true", help="sum it here too, and compare every figure")
    parser.add_argument("--ut", type=Path, help="write the json here (else: on stdout)")
    given = parser.parse_args()
    if given.parquet:
        to_parquet(given.mappe, given.parquet)
        return
    if given.per is None:
        parser.error("--per is needed")
    from dask.distributed import Client, LocalCluster

    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # the workers are the threads
    mappe = given.mappe.resolve()
    data = opened(mappe)
    parts = divide(data, given.deler)
    local = None
    if not given.planlegger:
        local = LocalCluster(  # type: ignore[no-untyped-call] # Dask has no types here
            n_workers=given.arbeidere, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        )
    with Client(given.planlegger or local) as client:  # type: ignore[no-untyped-call] # as above
        start = time.perf_counter()
        samlet = summed(client, mappe, parts, given)
        took = time.perf_counter() - start
        print(f"{len(data.klasser)} classes in {len(parts)} parts: {took:.1f} s", file=sys.stderr)
    if local is not None:
        local.close()
    text = as_json(data, samlet, given)
    if given.kontroll:
        here = data.samlet(given.per, given.kjent, given.lag)
        if samlet != here or as_json(data, here, given) != text:
            sys.exit("the parts, added, are not the whole")
        print("the same in every figure", file=sys.stderr)
    if given.ut:
        given.ut.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
