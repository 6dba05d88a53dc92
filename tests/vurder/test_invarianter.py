"""What must hold of every class and every log; and, where it does not, the smallest case in which it does not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from oppfolgingscli.hendelse import Kontakt, Logg
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.modell.klasse import Opplegg
from oppfolgingscli.modell.rutinesett import Etter, Hver, Milepael, Versjon
from oppfolgingscli.utvid import expand
from oppfolgingscli.vurder import Vurdering, Vurdert, vurder
from vurder.hjelp import Prove
from vurder.strategier import ROLLER, Sak, cases, contact, dates, with_class_end, with_pause

ganger = pytest.mark.parametrize("ganger", [25, pytest.param(150, marks=pytest.mark.treg)])


def of_all(ganger: int, holds: Callable[..., None], *strategies: st.SearchStrategy[Any]) -> None:
    """Try an invariant on so many cases."""
    often = settings(max_examples=ganger, deadline=None, suppress_health_check=list(HealthCheck))
    often(given(*strategies)(holds))()


def judge(sak: Sak) -> Vurdering:
    return vurder(sak.opplegg, sak.logg, ROLLER, sak.per)


def versions(sak: Sak) -> tuple[Versjon, ...]:
    return sak.opplegg.rutinesett.versjoner


def slag(sak: Sak, x: Vurdert) -> str:
    return next(
        v.rutine.frekvens.slag for v in versions(sak) if (v.rutine.id, v.nr) == (x.punkt.rutine, x.punkt.versjon)
    )


def on_time(v: Vurdering) -> int:
    return sum(x.status == "i_tide" and x.punkt.krav for x in v.punkter)


def missing(v: Vurdering) -> int:
    return sum(x.status == "mangler" for x in v.punkter)


# -- shuffling ----------------------------------------------------------------------------------------


@ganger
def test_shuffling_the_log_changes_nothing(ganger: int) -> None:
    def holds(sak: Sak, seed: int) -> None:
        order = random.Random(seed)  # noqa: S311 - no secret
        contacts, events = list(sak.logg.kontakter), list(sak.logg.hendelser)
        order.shuffle(contacts)
        order.shuffle(events)
        a, b = judge(sak), judge(sak._replace(logg=Logg(tuple(contacts), tuple(events))))
        assert a.punkter == b.punkter
        assert (a.utover_plan, a.ufullstendige, a.ikke_talt) == (b.utover_plan, b.ufullstendige, b.ikke_talt)
        assert Counter(a.funn) == Counter(b.funn)

    of_all(ganger, holds, cases(), st.integers(0, 1000))


# -- one contact more ---------------------------------------------------------------------------------


@st.composite
def one_more(draw: st.DrawFn) -> tuple[Sak, Kontakt]:
    """``minst_mellom`` and ``krever`` aside, and ``samle`` over contacts: see below."""
    sak = draw(cases(enkle=True))
    assume(not any(isinstance(v.rutine.frekvens, Etter) and v.rutine.frekvens.samle for v in versions(sak)))
    k = sak.opplegg.klasse
    return sak, draw(contact(9, dates(k.start, (k.slutt - k.start).days, 10), enkle=True))


@ganger
def test_a_contact_more_never_lowers_the_number_on_time(ganger: int) -> None:
    def holds(case: tuple[Sak, Kontakt]) -> None:
        sak, extra = case
        assert on_time(judge(sak._replace(logg=replace(sak.logg, kontakter=(*sak.logg.kontakter, extra))))) >= on_time(
            judge(sak)
        )

    of_all(ganger, holds, one_more())


# -- one pause more -----------------------------------------------------------------------------------


@st.composite
def paused(draw: st.DrawFn) -> tuple[Sak, Opplegg]:
    """A case, and the same with a pause in which the first participant has no contact.

    Two versions and a shorter first interval aside: see below.
    """
    sak = draw(cases(flere=False))
    clocks = [v.rutine.frekvens for v in versions(sak) if isinstance(v.rutine.frekvens, Hver)]
    assume(all(f.forste_innen.on_clock >= f.senest.on_clock for f in clocks))
    k, d = sak.opplegg.klasse, sak.opplegg.deltakere[0]
    fra = draw(dates(k.start, (k.slutt - k.start).days))
    til = fra + timedelta(draw(st.sampled_from(range(60))))
    assume(not any(fra <= row.dato <= til for row in sak.logg.kontakter))
    assume(not any(p.fra <= til and (p.til is None or fra <= p.til) for p in d.pauser))
    return sak, replace(sak.opplegg, deltakere=(with_pause(d, fra, til), *sak.opplegg.deltakere[1:]))


@pytest.mark.treg
@ganger
def test_a_pause_without_contacts_never_adds_a_missing_point(ganger: int) -> None:
    def holds(case: tuple[Sak, Opplegg]) -> None:
        sak, changed = case
        assert missing(judge(sak._replace(opplegg=changed))) <= missing(judge(sak))

    of_all(ganger, holds, paused())


# -- a longer class -----------------------------------------------------------------------------------


@ganger
def test_a_longer_class_only_adds_points(ganger: int) -> None:
    """``slutt`` aside, which moves with the class, and phases without an end, which do too: see below."""

    def holds(sak: Sak, days: int) -> None:
        anchors = [v.rutine.frekvens.milepael.slag for v in versions(sak) if isinstance(v.rutine.frekvens, Milepael)]
        assume("slutt" not in anchors)
        longer = with_class_end(sak.opplegg, sak.opplegg.klasse.slutt + timedelta(days))
        assert {p.id for p in expand(sak.opplegg).punkter} <= {p.id for p in expand(longer).punkter}

    of_all(ganger, holds, cases(kontakter=0, flere=False), st.sampled_from(range(1, 200)))


# -- contacts are spent once --------------------------------------------------------------------------


@ganger
def test_each_contact_is_credited_at_most_once(ganger: int) -> None:
    """Once for each subject in the matching, and to at most one gap of each interval routine."""

    def holds(sak: Sak) -> None:
        v = judge(sak)
        credited = [x for x in v.punkter if x.kontakt]
        matched = Counter((x.kontakt and x.kontakt.id, x.punkt.subjekt) for x in credited if slag(sak, x) != "hver")
        gaps = Counter(
            (x.kontakt and x.kontakt.id, x.punkt.subjekt, x.punkt.rutine, x.punkt.versjon)
            for x in credited
            if slag(sak, x) == "hver"
        )
        assert set(matched.values()) | set(gaps.values()) <= {1}

    of_all(ganger, holds, cases())


# -- time goes on -------------------------------------------------------------------------------------


@ganger
def test_as_time_goes_more_is_on_time(ganger: int) -> None:
    """Of required points, due or not."""

    def holds(sak: Sak, days: int) -> None:
        assert on_time(judge(sak._replace(per=sak.per + timedelta(days)))) >= on_time(judge(sak))

    of_all(ganger, holds, cases(), st.sampled_from(range(1, 60)))


@ganger
def test_as_time_goes_what_was_due_stays_on_time(ganger: int) -> None:
    """Of the required points of one routine; where two share contacts it is not so: see below."""

    def holds(sak: Sak, days: int) -> None:
        now, later = judge(sak), judge(sak._replace(per=sak.per + timedelta(days)))
        due = {x.punkt.id for x in now.punkter if x.punkt.krav and x.punkt.frist and x.punkt.frist <= sak.per}
        before = sum(x.status == "i_tide" and x.punkt.id in due for x in now.punkter)
        assert sum(x.status == "i_tide" and x.punkt.id in due for x in later.punkter) >= before

    of_all(ganger, holds, cases(flere=False, rutiner=("r0",)), st.sampled_from(range(1, 60)))


# -- where it does not hold: the smallest cases, with the rule that wins over the invariant --------------


def statuses(v: Vurdering) -> dict[str, str]:
    return {x.punkt.id.removeprefix("k/"): x.status for x in v.punkter if x.punkt.fra <= v.per}


def test_one_more_report_may_make_the_answer_late(prove: Prove) -> None:
    """`samle` counts from the first: a report of 25 Aug moves the deadline from 8 to 1 Sep. The rule stands."""
    rutiner = """
        [[rutiner]]
        id = "egenrapport"
        type = "egenrapport"
        frekvens = { behov = true }
        [[rutiner]]
        id = "svar"
        frekvens = { etter = "egenrapport", innen = "1 uke", samle = "14 dager" }
    """
    logg = "id;dato;type\ne2;2023-09-01;egenrapport\ns1;2023-09-08;samtale\n"
    assert statuses(prove.skriv(rutiner, logg).vurder("2023-09-10")) == {"svar/D01/e2/1": "i_tide"}
    logg += "e1;2023-08-25;egenrapport\n"
    assert statuses(prove.skriv(rutiner, logg).vurder("2023-09-10")) == {"svar/D01/e1/1": "for_sent"}


def test_one_more_talk_may_come_too_near(prove: Prove) -> None:
    """`minst_mellom`: a talk on 1 Sep makes that of 8 Sep fall out, and that one was the only for September."""
    rutiner = """
        [[rutiner]]
        id = "samtale"
        frekvens = { antall = 1, per = "maned", minst_mellom = "3 uker" }
    """
    logg = "id;dato\na2;2023-09-08\n"
    assert statuses(prove.skriv(rutiner, logg).vurder("2023-09-10"))["samtale/D01/2023-09/1"] == "i_tide"
    logg += "a1;2023-08-28\n"
    assert statuses(prove.skriv(rutiner, logg).vurder("2023-09-10"))["samtale/D01/2023-09/1"] == "apen"


def test_a_pause_may_undo_what_an_early_contact_began(prove: Prove) -> None:
    """The contact in the break ended the first, short gap. With all days before it in a pause it stands at clock day 0
    and starts nothing, so the first, shorter deadline holds: a contact before the clock starts is no contact. The
    rule stands."""
    rutiner = """
        [[rutiner]]
        id = "besok"
        frekvens = { hver = "2 uker", senest = "4 uker", forste_innen = "1 uke" }
    """
    logg = "id;dato\nv1;2023-10-03\nv2;2023-10-30\n"
    person = '[[deltakere]]\nid = "D01"\nstart = 2023-09-27\n'
    assert statuses(prove.skriv(rutiner, logg, deltakere=person).vurder("2023-10-30")) == {
        "besok/D01/1/1": "i_tide",  # 27-29 Sep: 3 clock days
        "besok/D01/2/1": "i_tide",  # 9-30 Oct: 22
    }
    person += 'pauser = [{ fra = 2023-09-27, til = 2023-09-29, grunn = "sykdom" }]\n'
    assert statuses(prove.skriv(rutiner, logg, deltakere=person).vurder("2023-10-30")) == {
        "besok/D01/1/1": "for_sent",  # 22 clock days against 7
    }
    assert statuses(prove.skriv(rutiner, logg.replace("10-30", "11-20"), deltakere=person).vurder("2023-11-20")) == {
        "besok/D01/1/1": "mangler",  # 43 clock days against 7 and 35; without the pause late against 28 only
        "besok/D01/1/2": "for_sent",
    }


def test_a_pause_may_move_an_anchor_to_the_next_version(prove: Prove) -> None:
    """Away while version 1 was in force: its point, met on 28 Aug, is excused, and version 2 makes one of its own, which
    needs the counsellor and is missing. The invariant holds within one version only."""
    rutiner = """
        [[rutiner]]
        id = "oppstart"
        frekvens = { milepael = "oppstart", innen = "4 uker", sent_til = "0 dager" }
        [[rutiner]]
        id = "oppstart"
        gjelder_fra = 2023-08-28
        krever = ["veileder"]
        frekvens = { milepael = "oppstart", innen = "4 uker", sent_til = "0 dager" }
    """
    logg = "id;dato;deltok\na1;2023-08-28;laerer"
    person = '[[deltakere]]\nid = "D01"\n'
    assert statuses(prove.skriv(rutiner, logg, deltakere=person).vurder("2023-10-01")) == {
        "oppstart/D01/oppstart/1": "i_tide"
    }
    person += 'pauser = [{ fra = 2023-08-21, til = 2023-08-27, grunn = "sykdom" }]\n'
    assert statuses(prove.skriv(rutiner, logg, deltakere=person).vurder("2023-10-01")) == {
        "oppstart/D01/oppstart/1": "fritatt",
        "oppstart/D01/oppstart.v2/1": "mangler",
    }


FASESLUTT = """
    [[faser]]
    id = "siste"
    navn = "Siste"
    fra = 2023-08-21
    [[rutiner]]
    id = "oppsummering"
    frekvens = { milepael = "fase-slutt:siste", fra = "1 dag", innen = "1 uke" }
    gjelder = { ferie = "bare" }
"""


def test_a_phase_without_an_end_ends_with_the_class(prove: Prove) -> None:
    """The anchor moves as `slutt` does: the window after 20 Dec lies in a break, the one after 12 Jan does not."""
    prove.skriv(FASESLUTT.replace('"1 dag"', '"-1 uke"').replace('"1 uke"', '"0 dager"'), til="2023-12-29")
    assert [p.id for p in expand(open_arbeidsmappe(prove.mappe).opplegg).punkter] == ["k/oppsummering/D01/siste/1"]
    prove.skriv(FASESLUTT.replace('"1 dag"', '"-1 uke"').replace('"1 uke"', '"0 dager"'), til="2024-01-31")
    assert [p.id for p in expand(open_arbeidsmappe(prove.mappe).opplegg).punkter] == []


def test_an_apprenticeship_without_an_end_makes_the_month_longer(prove: Prove) -> None:
    """Days of such a phase count in D, also in the summer. A class to 12 July has 10 of 10 working days: four talks. A class
    to 31 July has 23 of them, and version 1 still ends on the 12th: floor(4·10/23 + ½) = 2."""
    rutiner = """
        [[faser]]
        id = "lare"
        navn = "Lære"
        fra = 2024-06-22
        skolerute = false
        [[rutiner]]
        id = "samtale"
        gjelder_til = 2024-07-12
        frekvens = { antall = 4, per = "maned" }
        gjelder = { fase = ["lare"] }
    """

    def in_july(til: str) -> int:
        prove.skriv(rutiner, til=til)
        return sum(p.periode == "2024-07" for p in expand(open_arbeidsmappe(prove.mappe).opplegg).punkter)

    assert (in_july("2024-07-12"), in_july("2024-07-31")) == (4, 2)


def test_of_two_routines_one_may_give_its_contact_to_the_other(prove: Prove) -> None:
    """The number due and on time falls from one to none, when a talk for the other comes in late: the talk of 1 Sep is on
    time for either, and both are met only if it goes to the second. Counted over all points nothing is lost. The rule
    stands: required points matched come before which of them it is."""
    prove.skriv(
        """
        [[rutiner]]
        id = "a"
        frekvens = { milepael = "oppstart", innen = "2 uker" }
        [[rutiner]]
        id = "b"
        frekvens = { milepael = "oppstart", innen = "3 uker", sent_til = "0 dager" }
        """,
        "id;dato\na1;2023-09-01\na2;2023-09-12",
    )
    assert statuses(prove.vurder("2023-09-10")) == {"a/D01/oppstart/1": "i_tide", "b/D01/oppstart/1": "apen"}
    assert statuses(prove.vurder("2023-09-12")) == {"a/D01/oppstart/1": "for_sent", "b/D01/oppstart/1": "i_tide"}


def test_wishes_are_met_before_they_are_met_on_time(prove: Prove) -> None:
    """A second talk: both wishes met, both late, where one was on time. (3) counts wishes matched, nothing counts them on
    time; the number on time is of required points."""
    rutiner = """
        [[rutiner]]
        id = "prat"
        frekvens = { minst = 0, inntil = 1, per = "maned", sent_til = "31 dager" }
    """
    logg = "id;dato\na1;2023-09-28\n"
    prove.skriv(rutiner, logg, til="2023-09-29")
    assert statuses(prove.vurder("2023-10-20")) == {"prat/D01/2023-08/1": "ikke_brukt", "prat/D01/2023-09/1": "i_tide"}
    prove.skriv(rutiner, logg + "a2;2023-10-20\n", til="2023-09-29")
    assert statuses(prove.vurder("2023-10-20")) == {"prat/D01/2023-08/1": "for_sent", "prat/D01/2023-09/1": "for_sent"}
