"""The cells of one class give the same figures as its report, and the cells of many add up."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjelp import EKSEMPLER, HVERT_EKSEMPEL, ROT
from maltall.test_mot_naiv import SAKER
from oppfolgingscli.cli.vurdert import judge
from oppfolgingscli.maltall import Rad, measure
from oppfolgingscli.maltall.andeler import interval, mean_share, share
from oppfolgingscli.modell.rutinesett import Hver
from oppfolgingscli.revisjon.celle import VISNINGER, Celle, Maal, Nokkel, maal
from oppfolgingscli.revisjon.klassevei import klasseresultat
from oppfolgingscli.revisjon.resultat import Klasse, Klasseresultat, Samlet, merge
from oppfolgingscli.vurder import Vurdering, vurder
from vurder.strategier import ROLLER, Sak

ganger = pytest.mark.parametrize("ganger", [12, pytest.param(500, marks=pytest.mark.treg)])
ALLE = ("bedomt", "i_tide", "for_sent", "forfalt", "mangler", "fritatt", "andel_av", "i_tide_andel", "i_tide_kl",
        "gjort_andel", "dose", "dose_ukuttet", "dager_dekket", "grenser", "lengste_gap", "gap_apent")  # fmt: skip


def often(times: int) -> settings:
    return settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))


def agree(rad: Rad, celle: Celle | None, *also: str) -> None:
    found = maal(celle or Celle())
    for name in (*ALLE, *also):
        assert getattr(found, name) == getattr(rad, name), name
    assert found.klokkedager == (rad.klokkedager or None) or rad.klokkedager == (0, 0)


def same_as_report(vurdering: Vurdering, lag: int) -> None:
    """Row for row; the cells hold no row that the report has not, but for what was neither judged nor exempt."""
    made = measure(vurdering, lag)
    r = klasseresultat(vurdering, lag)
    cells, sett = r.celler, r.klasse.rutinesett
    for rad in made.rader:
        if rad.periode is not None:
            continue  # no table of the audit tells routines apart by semester
        celle = cells.get(Nokkel(("rutinesett", "rutine"), (sett, str(rad.rutine))))
        agree(rad, celle, "dekning", "forsinkelse_median", "forsinkelse_p90")
        found = maal(celle or Celle())
        if rad.niva == "klasse":
            assert (found.n_deltakere, found.n_klasser) == (0, rad.n_deltakere)
        else:
            assert (found.n_deltakere, found.n_klasser) == (rad.n_deltakere, 0)
            assert found.i_tide_andel_snitt == rad.i_tide_andel_snitt
    total = maal(cells.get(Nokkel((), ()), Celle()))
    # The total of a report has no interval and no bounds.
    for name in (*ALLE[:8], "gjort_andel", "dose", "dose_ukuttet", "n_deltakere", "i_tide_andel_snitt"):
        assert getattr(total, name) == getattr(made.totalt, name), name
    for visning in ("type", "semester", "gruppe"):
        for gruppe in made.visninger[visning]:
            agree(gruppe.rad, cells.get(Nokkel((visning,), (gruppe.nokkel,))), "n_deltakere", "i_tide_andel_snitt")
    assert {key.visning for key in cells} <= set(VISNINGER)


@cache
def example(name: str) -> Vurdering:
    return judge(ROT / "eksempler" / name, date(2025, 6, 20), None, maskin=True).vurdering


@pytest.mark.parametrize("navn", HVERT_EKSEMPEL)
def test_the_examples(navn: str) -> None:
    same_as_report(example(navn), 14)


@ganger
def test_random_classes(ganger: int) -> None:
    @often(ganger)
    @given(SAKER, st.sampled_from([0, 5, 14]))
    def holds(sak: Sak, lag: int) -> None:
        same_as_report(vurder(sak.opplegg, sak.logg, ROLLER, sak.per), lag)

    holds()


@ganger
def test_the_views_of_a_class_share_their_sums(ganger: int) -> None:
    """Whatever points are told apart by, together they are all of them; so are the days on the clock."""

    @often(ganger)
    @given(SAKER)
    def holds(sak: Sak) -> None:
        cells = klasseresultat(vurder(sak.opplegg, sak.logg, ROLLER, sak.per)).celler
        whole = cells.get(Nokkel((), ()), Celle())
        for visning in VISNINGER:
            if "gruppe" in visning:
                continue  # participants only
            rows = [celle for key, celle in cells.items() if key.visning == visning]
            for name in ("i_tide", "for_sent", "forfalt", "mangler", "fritatt", "dager", "dager_dekket"):
                assert sum(getattr(c, name) for c in rows) == getattr(whole, name), (visning, name)

    holds()


def results(saker: list[Sak]) -> list[Klasseresultat]:
    """Some classes, of two counties and three schools, and two routine sets."""
    out = []
    for n, sak in enumerate(saker):
        who = Klasse(f"k{n}", f"F{n % 2}", f"S{n % 3}", f"sett{n % 2}")
        out.append(klasseresultat(vurder(sak.opplegg, sak.logg, ROLLER, sak.per), 0, who, sak.logg))
    return out


@ganger
def test_the_audit_of_the_parts_is_the_audit_of_the_whole(ganger: int) -> None:
    """However the classes are shared out, and in whatever order the parts are put together: figure for figure."""

    @often(ganger // 2)
    @given(st.lists(SAKER, min_size=2, max_size=5), st.randoms(use_true_random=False), st.integers(1, 3))
    def holds(saker: list[Sak], rng: random.Random, deler: int) -> None:
        found = results(saker)
        whole = merge(found)
        shuffled = rng.sample(found, len(found))
        parts: list[list[Klasseresultat]] = [[] for _n in range(deler)]
        for r in shuffled:
            rng.choice(parts).append(r)
        merged = Samlet()
        for part in parts:
            merged += merge(part)
        assert merged == whole
        assert figures(merged) == figures(whole)

    holds()


def figures(s: Samlet) -> dict[Nokkel, Maal]:
    return {key: maal(celle) for key, celle in s.celler.items()}


@ganger
def test_the_audit_of_many_classes_counts_what_stands_in_each(ganger: int) -> None:
    """Added up another way: every participant of every class in one list, as one report would have them."""

    @often(ganger // 2)
    @given(st.lists(SAKER, min_size=2, max_size=4))
    def holds(saker: list[Sak]) -> None:
        found = results(saker)
        whole = merge(found)
        for key, celle in whole.celler.items():
            alone = [r.celler[key] for r in found if key in r.celler]
            people = [t for c in alone for t in c.tellinger.elements()]
            classes = [t for c in alone for t in c.klassetellinger.elements()]
            m = maal(celle)
            assert m.n_deltakere == sum(c.n_deltakere for c in alone)
            assert m.i_tide_andel_snitt == (round(x, 6) if (x := mean_share(people)) is not None else None)
            expected = share(sum(t.y for t in (*people, *classes)), sum(t.n for t in (*people, *classes)))
            assert m.i_tide_andel == (round(expected, 6) if expected is not None else None)
            if people and not classes:
                assert m.i_tide_kl == (tuple(round(x, 6) for x in kl) if (kl := interval(people)) else None)

    holds()


def test_a_class_counts_once() -> None:
    r = klasseresultat(example("vestby"))
    with pytest.raises(ValueError, match="counted twice"):
        merge([r, r])


def test_nothing_is_the_zero() -> None:
    r = klasseresultat(example("vestby"))
    cell = r.celler[Nokkel((), ())]
    assert Celle() + cell == cell + Celle() == cell
    assert Celle(tellinger=Counter()) == Celle()
    assert not Celle()
    whole = merge([r])
    whole += Samlet()
    assert whole == Samlet({r.klasse}, r.celler, r.atomer, r.kvalitet, r.frafall)


def test_an_interval_routine_is_in_no_share_but_its_own() -> None:
    """Vestland has visits in practice with a longest interval: their type has days covered, and no on-time share."""
    for navn in EKSEMPLER:
        vurdering = example(navn)
        r = klasseresultat(vurdering)
        for v in vurdering.gyldighet.opplegg.rutinesett.versjoner:
            if isinstance(v.rutine.frekvens, Hver):
                own = r.celler.get(Nokkel(("rutinesett", "rutine"), (r.klasse.rutinesett, v.rutine.id)))
                if own is not None and own.bedomt:
                    assert own.andel_av[1] == own.bedomt
                    return
    pytest.fail("no example has such a routine")


def test_the_county_of_the_set_unless_told() -> None:
    vurdering = example("oslo-helsfyr")
    assert klasseresultat(vurdering).klasse == Klasse("helsfyr-2023", "Oslo", "Oslo VO Helsfyr", "oslo")
    told = klasseresultat(vurdering, klasse=Klasse("a", "F", "S", "oslo"))
    assert Nokkel(("fylke", "skole"), ("F", "S")) in told.celler
    assert replace(told, klasse=Klasse("b", "", "", "")).celler is told.celler
