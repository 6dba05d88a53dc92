"""The sums over columns against those class by class, on random classes: equal in every cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from oppfolgingscli.revisjon.klassevei import klasseresultat
from oppfolgingscli.revisjon.resultat import Samlet, merge
from oppfolgingscli.vurder import vurder

if TYPE_CHECKING:
    from masse.strategier import Gruppesak

pytest.importorskip("polars")

from masse.strategier import grupper, omrokert
from oppfolgingscli.masse.gruppe import fra_klasser, samlet

FERDIG = ("klasser", "celler", "atomer", "kvalitet", "frafall")


def klassevis(sak: Gruppesak) -> Samlet:
    """The truth: each class judged by itself, and added."""
    return merge(
        klasseresultat(vurder(opplegg, logg, roller, sak.per, sak.kjent), sak.lag, hvem, logg)
        for opplegg, logg, roller, hvem in sak.klasser
    )


def kolonnevis(sak: Gruppesak) -> Samlet:
    slag, gruppe = fra_klasser(sak.klasser, sak.per, sak.kjent)
    return samlet(slag, gruppe, sak.lag)


def ulike(a: Samlet, b: Samlet) -> Iterable[str]:
    for key in sorted(a.celler.keys() | b.celler.keys()):
        x, y = a.celler.get(key), b.celler.get(key)
        if x is None or y is None:
            yield f"{key}: {x} / {y}"
            continue
        for f in fields(x):
            if getattr(x, f.name) != getattr(y, f.name):
                yield f"{key} {f.name}: {getattr(x, f.name)} / {getattr(y, f.name)}"


def alike(a: Samlet, b: Samlet) -> None:
    found = list(ulike(a, b))
    assert not found, "\n".join(found[:8])
    for name in FERDIG:
        assert getattr(a, name) == getattr(b, name), name


def compare(sak: Gruppesak) -> None:
    truth = klassevis(sak)
    event("cells" if truth.celler else "nothing to tell")
    alike(truth, kolonnevis(sak))


rask = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
treg = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))


@rask
@given(grupper(kontakter=30))
def test_the_same_cells(sak: Gruppesak) -> None:
    compare(sak)


@pytest.mark.treg
@treg
@given(grupper())
def test_the_same_cells_thousands_of_times(sak: Gruppesak) -> None:
    compare(sak)


@settings(rask, max_examples=10)
@given(grupper(klasser=(2, 3), kontakter=30))
def test_the_parts_merged_are_the_whole(sak: Gruppesak) -> None:
    parts = Samlet()
    for klasse in sak.klasser:
        parts += kolonnevis(sak._replace(klasser=[klasse]))
    alike(parts, kolonnevis(sak))


@settings(rask, max_examples=10)
@given(grupper(kontakter=30), st.integers(0, 1000))
def test_the_order_of_rows_is_nothing(sak: Gruppesak, seed: int) -> None:
    alike(kolonnevis(sak), kolonnevis(omrokert(sak, seed)))
