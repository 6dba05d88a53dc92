"""The sums over columns against those class by class, on random classes: equal in every cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg
from oppfolgingscli.modell.klasse import Deltaker, Klasse, Opplegg
from oppfolgingscli.modell.rutinesett import Hode, Rutine, Rutinesett, Versjon
from oppfolgingscli.revisjon.celle import Nokkel
from oppfolgingscli.revisjon.klassevei import klasseresultat
from oppfolgingscli.revisjon.resultat import Klasse as Hvem
from oppfolgingscli.revisjon.resultat import Samlet, merge
from oppfolgingscli.vurder import vurder

pytest.importorskip("polars")

from masse.strategier import Gruppesak, grupper, omrokert
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


EXEMPT = Rutine.model_validate(
    {
        "id": "r0",
        "navn": "r0",
        "type": "a",
        "niva": "deltaker",
        "ansvarlig": "l",
        "frekvens": {"antall": 1, "per": "uke"},
    }
)
OTHER = Rutine.model_validate(
    {"id": "r1", "navn": "r1", "type": "a", "niva": "deltaker", "ansvarlig": "l", "frekvens": {"ved": "fravaer", "innen": "1 dag"}}
)  # fmt: skip


def test_windows_of_those_exempt_keep_no_contact_from_others() -> None:
    """The talk of 20 Sep lies in an exempt week; it is late for the absence of 12 Sep, and nobody else's."""
    start = date(2023, 9, 11)
    klasse = Klasse.model_validate(
        {"id": "k", "navn": "k", "rutinesett": "t", "skolerute": "s", "start": start, "slutt": date(2024, 6, 1)}
    )
    sett = Rutinesett(
        Hode.model_validate({"id": "t", "navn": "t", "kilde": "t"}), {}, (),
        (Versjon(EXEMPT, 1, None, None, "t"), Versjon(OTHER, 1, None, None, "t")),
    )  # fmt: skip
    person = Deltaker.model_validate({"id": "D0", "fritak": ({"rutine": "r0"},)})
    talk = Kontakt(
        "k1", date(2023, 9, 20), "a", None, ("D0",), False, (), (), "gjennomfort", date(2023, 9, 20), "k:1", ""
    )
    away = Hendelse("h1", date(2023, 9, 12), "fravaer", ("D0",), False, None, date(2023, 9, 12), "h:1", "")
    opplegg = Opplegg(klasse, (person,), sett, None, "s")
    sak = Gruppesak([(opplegg, Logg((talk,), (away,)), {}, Hvem("k", "", "", "t"))], date(2023, 11, 1), None, 14)
    assert klassevis(sak).celler[Nokkel((), ())].for_sent == 1
    alike(klassevis(sak), kolonnevis(sak))
