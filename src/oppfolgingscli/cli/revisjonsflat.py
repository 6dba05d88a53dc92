"""Flat data sets for an audit: an extract from a register, as tables of many classes, read and summed over columns."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.revisjonskilde import Del, Settnavn, Ulest
from oppfolgingscli.cli.tillegg import krev
from oppfolgingscli.feil import Feil, Oppfolgingsfeil
from oppfolgingscli.sprak import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from oppfolgingscli.masse.les import Datasett

#: Classes from which on it is worth showing how far it has come.
MANGE: Final = 40


def read_datasett(stier: Sequence[Path], per: date, kjent: date | None, lag: int) -> list[Del | Ulest]:
    """Read data sets, one after the other; how far it has come is shown on a screen.

    Raises:
        Bruksfeil: the extra that reads them is not installed.
    """
    if stier:
        krev("revisjon", "polars", "numpy")
    return [_read(sti, per, kjent, lag) for sti in stier]


def _read(sti: Path, per: date, kjent: date | None, lag: int) -> Del | Ulest:
    from oppfolgingscli.masse.les import open_datasett

    feil: list[Feil] = []
    try:
        data = open_datasett(sti, feil)
        if data is None:
            return Ulest(sti, _in_order(feil))
        _tell_columns(data)
        with _bar(len(data.klasser)) as done:
            found = data.samlet(per, kjent, lag, ferdig=done)
    except Oppfolgingsfeil as error:
        return Ulest(sti, getattr(error, "feil", (str(error),)))
    except OSError as error:
        return Ulest(sti, (str(error),))
    _tell_findings(data)
    files = fingerprints(data)
    whole = sha256("".join(f"{name}\0{sha}\n" for name, sha in files).encode()).hexdigest()
    sets = {
        k.klasse.rutinesett: Settnavn(k.opplegg.rutinesett.hode.id, k.merke, k.opplegg.rutinesett) for k in data.klasser
    }
    return Del(sti, found, sets, whole, files)


def _in_order(feil: Sequence[Feil]) -> tuple[Feil, ...]:
    from oppfolgingscli.feil import Inndatafeil

    return Inndatafeil(feil).feil


def fingerprints(data: Datasett) -> tuple[tuple[str, str], ...]:
    """Return (name, SHA-256) of all that was read: the files, and what routine sets and school calendars say."""
    from oppfolgingscli.les.mapper import calendar_fingerprint

    out = {fil.path.name: fil.sha256 for fil in data.filer.values()}
    for k in data.klasser:
        model = k.opplegg.klasse
        out.setdefault(f"rutinesett/{model.rutinesett}", k.merke)
        calendar = f"skolerute/{model.skolerute}"
        if k.opplegg.skolerute is not None and calendar not in out:
            out[calendar] = calendar_fingerprint(k.opplegg.skolerute)
    return tuple(sorted(out.items()))


@contextmanager
def _bar(classes: int) -> Iterator[Callable[[int], object] | None]:
    """Show how many classes are done on stderr: only on a screen, and only when there are many."""
    import sys

    if felles.stille() or classes < MANGE or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=classes, label=_("Leser klassene"), file=sys.stderr) as bar:
        yield bar.update


def _tell_columns(data: Datasett) -> None:
    from oppfolgingscli.masse.les_filer import unknown_columns

    for fil in data.filer.values():
        if fil.ukjente:
            felles.si(unknown_columns(fil))
        if fil.tegnsett == "cp1252":
            felles.si(_("{fil} er ikke UTF-8, og er lest som Windows-1252.").format(fil=fil.vis))


def _tell_findings(data: Datasett) -> None:
    """Tell which rows were left out, and where the first of them are; that they are few is no secret to who has them."""
    words: dict[str, Callable[[int], str]] = {
        "ulest_rad": lambda n: ngettext("{n} rad kan ikke leses, og er ikke med", "{n} rader kan ikke leses, og er ikke med", n),
        "fodselsnummer": lambda n: ngettext(
            "{n} rad har elleve siffer på rad, og er ikke med", "{n} rader har elleve siffer på rad, og er ikke med", n
        ),
        "ukjent_klasse": lambda n: ngettext(
            "{n} rad gjelder en klasse som ikke finnes, og er ikke med",
            "{n} rader gjelder klasser som ikke finnes, og er ikke med", n,
        ),
        "ulest_periode": lambda n: ngettext(
            "{n} periode kan ikke leses eller gjelder ingen deltaker, og er ikke med",
            "{n} perioder kan ikke leses eller gjelder ingen deltaker, og er ikke med", n,
        ),
        "uten_id": lambda n: ngettext("{n} rad har ingen id; den telles", "{n} rader har ingen id; de telles", n),
        "rettelse_uten_rad": lambda n: ngettext(
            "{n} rad retter en rad som ikke finnes; den telles", "{n} rader retter rader som ikke finnes; de telles", n
        ),
    }  # fmt: skip
    for (fil, kode), n in sorted(data.funn.i_fil.items()):
        first = data.funn.rader.get((fil, kode), [])
        text = f"{fil}: {words[kode](n).format(n=n)}"
        if first:
            more = " …" if n > len(first) else ""
            text += " " + ngettext("(rad {rader})", "(rad {rader})", n).format(rader=", ".join(map(str, first)) + more)
        felles.si(f"{text}.")
