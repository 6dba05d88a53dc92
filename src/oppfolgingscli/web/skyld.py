"""What is owed, point by point, so that one can say what a new row in the log changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.cli.vurdert import Utvalg
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.vis.sjekkord import when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.vis.sjekkoversikt import Oversikt, Rad

GJELD: Final = ("forfalt", "bak", "snart", "uten_frist", "mistet")
"""Sections whose rows stand for points."""


@dataclass(frozen=True, slots=True)
class Post:
    """A line of the list and the section it is in. ``avtale``: the agreement's id, "" for points."""

    seksjon: str
    rad: Rad
    avtale: str = ""


@dataclass(frozen=True, slots=True)
class Liste:
    """The list as it is shown, and everything on it by what it is about."""

    oversikt: Oversikt
    poster: tuple[Post, ...]

    def by_id(self) -> dict[str, Post]:
        """Return every point and agreement owed: its id -> the line it is in."""
        return {id_: post for post in self.poster for id_ in (post.rad.punkter or (post.avtale,))}


def read_list(
    grunnlag: Grunnlag,
    dager: int,
    roller: Sequence[str] = (),
    personer: Sequence[str] = (),
    deltakere: Sequence[str] = (),
) -> Liste:
    """Return the list for some roles, people or participants; none named is all.

    Raises:
        Bruksfeil: one of them does not exist.
    """
    chosen = Utvalg(grunnlag, roller, personer, deltakere)
    o = chosen.overview(dager)
    # An agreement's row has no id: the open ones stand in the judgement's order in both.
    ids = [a.avtale.id for a in chosen.avtaler if a.status in ("apen", "forfalt")]
    return Liste(o, tuple(_posts(o, ids)))


def _posts(o: Oversikt, ids: Sequence[str]) -> Iterator[Post]:
    for name, rows in o.seksjoner.items():
        if name == "avtaler":
            yield from (Post(name, rad, id_) for rad, id_ in zip(rows, ids, strict=True))
        else:
            yield from (Post(name, rad) for rad in rows)


def gone(before: Liste, after: Liste) -> list[str]:
    """Say what was owed and is no longer: a line for each row of the list before."""
    left = set(after.by_id())
    return [
        _line(post, before.oversikt, n)
        for post in before.poster
        if (n := sum(1 for id_ in (post.rad.punkter or (post.avtale,)) if id_ not in left))
    ]


def come(before: Liste, after: Liste) -> list[str]:
    """Say what is owed now and was not before."""
    had = set(before.by_id())
    return [
        _line(post, after.oversikt, n)
        for post in after.poster
        if (n := sum(1 for id_ in (post.rad.punkter or (post.avtale,)) if id_ not in had))
    ]


def _line(post: Post, o: Oversikt, n: int) -> str:
    rad = post.rad
    text = _("{hvem}: {hva} ({nar})").format(hvem=rad.subjekt, hva=rad.hva, nar=when(rad, post.seksjon, o.per))
    if n > 1 or rad.antall > 1:
        times = ngettext("{n} av {alle} gang", "{n} av {alle} ganger", rad.antall).format(n=n, alle=rad.antall)
        text = f"{text}, {times}"
    return text
