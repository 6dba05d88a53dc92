"""How every command opens its workspace, and the language machine output is made in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import _, set_sprak, sprak

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.les.arbeidsmappe import Arbeidsmappe
    from oppfolgingscli.utvid import Utvidelse


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for the time of the ``with`` block."""
    before = sprak()
    if code == before:
        yield
        return
    set_sprak(code)
    try:
        yield
    finally:
        set_sprak(before)


def load(mappe: Path | None, *, maskin: bool) -> tuple[Arbeidsmappe, Callable[[], AbstractContextManager[None]]]:
    """Open the workspace; also return a context in which texts bound for the output are made.

    Faults are told in the reader's language; warnings that go into machine output are in bokmål, which
    is what machine output is written in whoever asks.

    Raises:
        Inndatafeil: the workspace has faults.
    """
    from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe

    code = "nb" if maskin else sprak()
    arbeidsmappe = open_arbeidsmappe(mappe)
    if arbeidsmappe.varsler and code != sprak():
        with speaking(code):
            arbeidsmappe = open_arbeidsmappe(mappe)
    return arbeidsmappe, lambda: speaking(code)


def planned(arbeidsmappe: Arbeidsmappe, per: date) -> Utvidelse:
    """Return what is to be planned on ``per``: the expansion, gone on from the log where there is one.

    Raises:
        Inndatafeil: a log file cannot be read at all.
    """
    from oppfolgingscli.fortsett import continue_from
    from oppfolgingscli.les.logg import read_logg
    from oppfolgingscli.utvid import expand

    roles = {id_: person.rolle for id_, person in arbeidsmappe.oppsett.personer.items()}
    return continue_from(expand(arbeidsmappe.opplegg), read_logg(arbeidsmappe.mappe), roles, per)


def check_known(what: str, asked: Iterable[str], known: Iterable[str]) -> None:
    """Refuse ids on the command line that do not exist, with the nearest that do.

    Raises:
        Bruksfeil: one or more of ``asked`` is not among ``known``.
    """
    from difflib import get_close_matches

    from oppfolgingscli.personvern import rens

    names = list(dict.fromkeys(known))
    unknown = [word for word in asked if word not in names]
    if unknown:
        near = dict.fromkeys(match for word in unknown for match in get_close_matches(word, names, 3))
        message = _("ukjent {hva}: {ord}.").format(hva=what, ord=", ".join(rens(word) for word in unknown))
        hint = _("Finnes: {alle}.").format(alle=", ".join(names[:20])) if names else _("Det finnes ingen ennå.")
        if near:
            hint = _("Mente du {forslag}?").format(forslag=", ".join(near))
        raise Bruksfeil(f"{message} {hint}")
