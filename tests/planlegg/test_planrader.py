"""Whose row is whose: by id, and for interval routines by nearest date; what may move, and what stands."""

from __future__ import annotations

from datetime import date, time

import pytest

from oppfolgingscli.fortsett import continue_from
from oppfolgingscli.hendelse import Kontakt, Logg
from oppfolgingscli.les.plan import Planrad
from oppfolgingscli.planlegg.planrader import Kobling, Oppdrag, followed, match_rows, prepare
from oppfolgingscli.planlegg.problem import Plass
from oppfolgingscli.vurder import vurder
from planlegg.bygg import Verden, bygg

RUTINER = """
[klasse]
skolerute = "ingen"
start = 2024-01-01
slutt = 2024-12-31
[[rutiner]]
id = "besok"
type = "besok"
niva = "deltaker"
ansvarlig = "kl"
frekvens = { hver = "3 uker", senest = "4 uker" }
[[rutiner]]
id = "samtale"
type = "samtale"
niva = "deltaker"
ansvarlig = "kl"
varighet = "45 minutter"
frekvens = { antall = 2, per = "semester", minst_mellom = "3 uker" }
[[rutiner]]
id = "etterpa"
type = "etterpa"
niva = "deltaker"
ansvarlig = "kl"
frekvens = { ved = "hoyt_fravaer", innen = "3 virkedager" }
"""
BESOK, SAMTALE = "k/besok/D01/", "k/samtale/D01/2024-var/"


def verden() -> Verden:
    return bygg(RUTINER, 1)


def rad(punkt: str, dato: str | None, start: str | None = "08:30", *, last: bool = False) -> Planrad:
    return Planrad(
        2, punkt, date.fromisoformat(dato) if dato else None, time.fromisoformat(start) if dato and start else None,
        last=last,
    )  # fmt: skip


def kontakt(id_: str, dato: str, slag: str) -> Kontakt:
    day = date.fromisoformat(dato)
    return Kontakt(id_, day, slag, None, ("D01",), False, ("kl",), (), "gjennomfort", day, "kontakter.csv:2", id_)


def gjor_klar(per: str, rader: list[Planrad], *kontakter: Kontakt, start: str | None = None) -> Oppdrag:
    v = verden()
    day = date.fromisoformat(per)
    logg = Logg(kontakter)
    utvidelse = continue_from(v.utvidelse, logg, {}, day)
    return prepare(
        utvidelse, vurder(v.opplegg, logg, {}, day), rader, v.kalender,
        date.fromisoformat(start) if start else day, date(2024, 7, 31),
    )  # fmt: skip


def koble(*rader: Planrad) -> Kobling:
    v = verden()
    return match_rows(rader, v.utvidelse.punkter, v.opplegg.rutinesett.versjoner)


def test_rows_belong_to_their_points() -> None:
    """Predicted visits are due about 21 Jan, 11 Feb, 3 March …: the ids of their rows say nothing."""
    found = koble(
        rad(f"{SAMTALE}1", "2024-02-01"), rad(f"{SAMTALE}9", "2024-02-01"), rad(f"{BESOK}7/1", "2024-02-09"),
        rad(f"{BESOK}1/1", "2024-03-05"), rad(f"{BESOK}2/1", None), rad(f"{BESOK}4/1", None),
    )  # fmt: skip
    assert {p: str(r.dato) for p, r in found.rad.items()} == {
        f"{SAMTALE}1": "2024-02-01",
        f"{BESOK}2/1": "2024-02-09",
        f"{BESOK}3/1": "2024-03-05",
        f"{BESOK}4/1": "None",
    }
    assert [r.punkt for r in found.uten] == [f"{SAMTALE}9", f"{BESOK}2/1"]


def test_a_row_too_far_from_every_point_is_nobodys() -> None:
    assert koble(rad(f"{BESOK}1/1", "2025-06-01")).uten
    assert not koble(rad("k/besok/D99/1/1", "2024-02-09")).rad


def test_the_nearest_of_two_rows_has_the_point() -> None:
    found = koble(rad(f"{BESOK}1/1", "2024-01-24"), rad(f"{BESOK}1/2", "2024-01-20"))
    assert found.rad[f"{BESOK}1/1"].dato == date(2024, 1, 20)


def test_after_a_contact_rows_follow_the_dates() -> None:
    """Planned 22 Jan, 12 Feb and 4 March; held early, on 18 Jan and 9 Feb. On 15 Feb the next is due about 1 March."""
    rader = [rad(f"{BESOK}{n}/1", day) for n, day in enumerate(("2024-01-22", "2024-02-12", "2024-03-04"), 1)]
    held = (kontakt("k1", "2024-01-18", "besok"), kontakt("k2", "2024-02-09", "besok"))
    found = gjor_klar("2024-02-15", rader, *held)
    assert {p: str(r.dato) for p, r in found.rad.items()} == {
        f"{BESOK}1/1": "2024-01-22", f"{BESOK}2/1": "2024-02-12", f"{BESOK}3/1": "2024-03-04",
    }  # fmt: skip
    assert found.tidligere == {f"{BESOK}3/1": Plass(date(2024, 3, 4).toordinal(), 510)}
    assert {f"{BESOK}1/1", f"{BESOK}2/1"} <= found.utelat
    assert not found.borte


def test_a_held_visit_stands_on_the_day_it_was_held_in_calendars() -> None:
    v = verden()
    logg = Logg((kontakt("k1", "2024-01-18", "besok"),))
    utvidelse = continue_from(v.utvidelse, logg, {}, date(2024, 1, 20))
    rader = [rad(f"{BESOK}1/1", "2024-01-22", "10:00"), rad(f"{BESOK}2/1", "2024-02-08", "10:00")]
    kobling = match_rows(rader, utvidelse.punkter, v.opplegg.rutinesett.versjoner)
    assert set(followed(kobling, utvidelse, date(2024, 1, 20))) == {f"{BESOK}2/1"}


def test_what_was_held_before_its_day_goes_to_the_day_it_was_held() -> None:
    found = gjor_klar("2024-02-01", [rad(f"{SAMTALE}1", "2024-02-20")], kontakt("k1", "2024-01-25", "samtale"))
    assert found.holdt == {f"{SAMTALE}1": date(2024, 1, 25)}
    assert f"{SAMTALE}1" not in found.planlegges
    # The next is three weeks after it at least, so the one held stands.
    assert found.faste[f"{SAMTALE}1"].dag == date(2024, 1, 25).toordinal()


def test_what_was_held_after_its_day_is_left_as_it_is() -> None:
    found = gjor_klar("2024-02-01", [rad(f"{SAMTALE}1", "2024-01-20")], kontakt("k1", "2024-01-25", "samtale"))
    assert not found.holdt
    assert f"{SAMTALE}1" in found.rad


def test_rows_that_may_move_and_rows_that_stand() -> None:
    rader = [
        rad(f"{SAMTALE}1", "2024-03-05", last=True),
        rad(f"{SAMTALE}2", "2024-04-09"),
        rad("k/samtale/D01/2024-host/1", "2024-09-10"),  # opens after what is planned now
    ]
    found = gjor_klar("2024-02-01", rader)
    assert {p for p in found.tidligere if "samtale" in p} == {f"{SAMTALE}2"}
    assert set(found.faste) == {f"{SAMTALE}1", "k/samtale/D01/2024-host/1"}
    assert {p for p in found.planlegges if "samtale" in p} == {f"{SAMTALE}1", f"{SAMTALE}2"}


def test_a_day_that_has_gone_by_is_planned_anew() -> None:
    found = gjor_klar("2024-03-01", [rad(f"{SAMTALE}1", "2024-02-20")])
    assert f"{SAMTALE}1" in found.planlegges
    assert f"{SAMTALE}1" not in found.tidligere


def test_rows_of_nothing_are_dropped_but_not_locked_ones_or_old_ones() -> None:
    rader = [
        rad(f"{SAMTALE}8", "2024-03-05"),
        rad(f"{SAMTALE}9", "2024-03-05", last=True),
        rad(f"{SAMTALE}7", "2024-01-05"),
    ]
    found = gjor_klar("2024-02-01", rader)
    assert [(r.punkt, grunn) for r, grunn in found.borte] == [(f"{SAMTALE}8", "finnes_ikke")]
    assert [r.punkt for r in found.bevart] == [f"{SAMTALE}9"]


def test_overdue_is_to_be_held_as_soon_as_can_be() -> None:
    """The spring's talks had until 31 July, and may count for ever; on 5 August they are overdue, not gone."""
    v = bygg(RUTINER.replace('"3 uker" }\n[[', '"3 uker", sent_til = "1 år" }\n[['), 1)
    day = date(2024, 8, 5)
    found = prepare(v.utvidelse, vurder(v.opplegg, Logg(), {}, day), [], v.kalender, day, date(2024, 12, 31))
    p = found.punkter[f"{SAMTALE}1"]
    assert (p.mal, p.frist) == (day, date(2024, 10, 14))
    assert p.id in found.planlegges


@pytest.mark.parametrize("start", [None, "10:00"])
def test_a_row_with_a_day_only_has_its_day(start: str | None) -> None:
    found = gjor_klar("2024-02-01", [rad(f"{SAMTALE}1", "2024-03-05", start)])
    assert found.tidligere[f"{SAMTALE}1"] == Plass(date(2024, 3, 5).toordinal(), 600 if start else 510)
