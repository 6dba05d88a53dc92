"""What the log looks like, finding by finding; and follow-up before leaving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.logg import read_logg
from oppfolgingscli.revisjon.frafall import Frafall, frafall
from oppfolgingscli.revisjon.kvalitet import FORSINKELSER, KODER, Kvalitet, delay_code, kvalitet
from oppfolgingscli.revisjon.loggbilde import Frafallsbilde, Loggfunn, dropouts, log_findings
from oppfolgingscli.vurder import vurder
from vurder.hjelp import Prove

RUTINER = """
    [[rutiner]]
    id = "samtale"
    navn = "Samtale"
    frekvens = { antall = 2, per = "semester" }
"""
HODE = "id;dato;type;deltaker;deltok;registrert"
PER = date(2024, 6, 1)


def folk(*mer: str) -> str:
    """Participants D01 … D12; ``mer``: lines for some, as «D03: slutt = 2024-01-31»."""
    more = dict(one.split(": ", 1) for one in mer)
    return "\n".join(f'[[deltakere]]\nid = "D{n:02}"\n{more.get(f"D{n:02}", "")}' for n in range(1, 13))


@pytest.fixture
def prove(tmp_path: Path) -> Prove:
    return Prove(tmp_path)


def look(prove: Prove, rader: Sequence[str], *mer: str) -> tuple[Kvalitet, Frafall]:
    prove.skriv(RUTINER, "\n".join([HODE, *rader]), deltakere=folk(*mer), til="2024-06-21")
    mappe = open_arbeidsmappe(prove.mappe)
    logg = read_logg(mappe.mappe)
    vurdering = vurder(mappe.opplegg, logg, {}, PER)
    return kvalitet(vurdering, logg), frafall(vurdering, logg)


def found(k: Kvalitet) -> dict[str, tuple[int, int]]:
    """Each finding with its rows and participants; the days to being written down are in all of them."""
    delays = {kode for kode, _fra, _til in FORSINKELSER}
    return {kode: (n, k.berorte[kode]) for kode, n in k.rader.items() if kode not in delays}


def test_how_long_until_it_was_written_down(prove: Prove) -> None:
    k, _f = look(prove, [
        "k1;2023-09-20;samtale;D01;;2023-09-20",
        "k2;2023-09-20;samtale;D02;;",              # no day of its own: as if the same
        "k3;2023-09-20;samtale;D03;;2023-09-27",    # 7 days
        "k4;2023-09-20;samtale;D04;;2023-09-28",    # 8
        "k5;2023-09-21;samtale;D04;;2024-01-21",    # 122
        "k6;2023-09-20;samtale;D05;;2023-09-19",    # before it happened
    ])  # fmt: skip
    assert k.kontakter == 6
    assert k.deltakere == 5
    assert k.dager == {0: 2, 7: 1, 8: 1, 122: 1, -1: 1}
    assert k.rader == {"fort_samme_dag": 2, "fort_1_7": 1, "fort_8_14": 1, "fort_over_90": 1, "fort_for": 1}
    assert k.berorte["fort_samme_dag"] == 2


def test_days_when_nobody_is_at_school(prove: Prove) -> None:
    k, _f = look(prove, [
        "k1;2023-09-23;samtale;D01;;",  # a Saturday
        "k2;2023-10-03;samtale;D02;;",  # the autumn break
        "k3;2024-05-17;samtale;D03;;",  # the 17th of May
        "k4;2023-10-07;samtale;D01;;",  # a Saturday in the autumn break: a weekend
        "k5;2023-09-25;samtale;D04;;",  # a Monday
    ])  # fmt: skip
    assert found(k) == {"helg": (2, 1), "ferie": (1, 1), "helligdag": (1, 1)}


def test_ten_of_a_kind_on_one_day(prove: Prove) -> None:
    """Each in a row of its own: a class meeting written as talks, or a busy day. Nine are not asked about."""
    ten = [f"k{n};2023-09-20;samtale;D{n:02};;" for n in range(1, 11)]
    assert found(look(prove, ten)[0]) == {"mange_samme_dag": (10, 10)}
    assert found(look(prove, ten[:9])[0]) == {}


def test_a_log_filled_in_afterwards(prove: Prove) -> None:
    """Ten rows or more written down on one day, about five days or more that had passed."""
    rows = [f"k{n};2023-09-{10 + n};samtale;D01;;2023-11-30" for n in range(1, 11)]
    k, _f = look(prove, rows)
    assert k.rader["samlet_fort"] == 10
    assert k.berorte["samlet_fort"] == 1
    assert "samlet_fort" not in look(prove, rows[:9])[0].rader


def test_before_the_start_and_after_the_end(prove: Prove) -> None:
    rows = ["k1;2023-09-20;samtale;D01;;", "k2;2024-03-06;samtale;D02;;", "k3;2024-03-07;samtale;D02, D03;;"]
    k, _f = look(prove, rows, "D01: start = 2023-10-09", "D02: slutt = 2024-01-31")
    assert found(k) == {"for_start": (1, 1), "etter_slutt": (2, 2)}


def test_rows_that_are_alike_and_rows_nobody_can_read(prove: Prove) -> None:
    k, _f = look(prove, [
        "k1;2023-09-20;samtale;D01;;",
        "k2;2023-09-20;samtale;D01;;",   # the same under another id
        "k3;2023-09-20;samtale;D02;;",
        "k4;i går;samtale;D02;;",        # no date
        "k5;2023-09-21;kaffe;D02;;",     # no such type
    ])  # fmt: skip
    assert found(k) == {"like_rader": (1, 1), "duplikat": (1, 1), "ulest_rad": (1, 1), "ukjent_type": (1, 1)}


def test_every_number_of_days_has_one_code() -> None:
    codes = [delay_code(n) for n in range(-400, 400)]
    assert set(codes) == {kode for kode, _fra, _til in FORSINKELSER}
    assert codes == sorted(codes, key=[kode for kode, _fra, _til in FORSINKELSER].index)
    assert len(set(KODER)) == len(KODER)


def test_follow_up_in_the_90_days_before_leaving(prove: Prove) -> None:
    """D01 left on 31 January, after 90 days from 3 November: one contact. The eleven others had eleven in all those days."""
    rows = ["k0;2023-11-02;samtale;D01;;", "k1;2023-11-03;samtale;D01;;"]
    rows += [f"m{n};2024-01-15;samtale;D{n:02};;" for n in range(2, 12)]
    rows += ["x;2023-12-01;samtale;*;;", "y;2024-01-31;samtale;D02;;", "z;2024-02-01;samtale;D03;;"]
    _k, f = look(prove, rows, "D01: slutt = 2024-01-31", "D12: pauser = [{ fra = 2024-01-22, til = 2024-02-10 }]")
    assert (f.sluttet, f.ble) == (1, 11)
    assert (f.kontakter, f.dager, f.uten) == (1, 90, 0)
    assert f.andres_kontakter == Fraction(11, 11)
    assert f.andres_dager == Fraction(90 * 11 - 10, 11)
    assert f.andres_uten == Fraction(1, 11)  # D12


def test_who_came_late_is_no_comparison(prove: Prove) -> None:
    late = [f"D{n:02}: start = 2024-01-08" for n in range(2, 13)]
    _k, f = look(prove, [], "D01: slutt = 2024-01-31", *late)
    assert (f.sluttet, f.sammenlignet, f.andres_dager) == (1, 0, Fraction(0))


def test_few_who_left_are_hidden_and_so_are_few_who_stayed() -> None:
    def made(sluttet: int, ble: int, uten: int = 0, sammenlignet: int | None = None) -> Frafall:
        n = sluttet if sammenlignet is None else sammenlignet
        return Frafall(sluttet, ble, 10, 900, uten, n, 10, 90 * n, Fraction(3 * n), Fraction(90 * n), Fraction(n, 2))

    assert dropouts(made(4, 50), 5) == Frafallsbilde(None, None)
    assert dropouts(made(50, 4), 5) == Frafallsbilde(None, None)
    assert dropouts(Frafall(0, 20), 5) == Frafallsbilde(0, 20)
    assert dropouts(made(10, 50), 5) == Frafallsbilde(10, 50, 10, 1.0, 3.0, 0, 0.5)
    assert dropouts(made(10, 50, uten=2), 5) == Frafallsbilde(10, 50, 10, 1.0, 3.0, None, 0.5)
    assert dropouts(made(10, 50, uten=7), 5) == Frafallsbilde(10, 50, 10, 1.0, 3.0, None, 0.5)  # 3 had some
    assert dropouts(made(10, 50, sammenlignet=7), 5) == Frafallsbilde(None, 50, 7, 1.43, 3.0, None, 0.5)
    assert dropouts(made(10, 50, sammenlignet=3), 5) == Frafallsbilde(10, 50)


def test_findings_about_few_are_hidden_and_cannot_be_had_by_subtraction() -> None:
    k = Kvalitet(kontakter=100, deltakere=20)
    k.rader.update({"fort_samme_dag": 80, "fort_1_7": 17, "fort_over_90": 3, "helg": 2, "etter_slutt": 9})
    k.berorte.update({"fort_samme_dag": 20, "fort_1_7": 9, "fort_over_90": 2, "helg": 2, "etter_slutt": 6})
    shown = {f.kode: f for f in log_findings(k, 5)}
    assert shown["fort_over_90"] == Loggfunn("fort_over_90", None, None)
    assert shown["fort_1_7"] == Loggfunn("fort_1_7", None, None)  # else 100 - 80 - 17
    assert shown["helg"].rader is None
    assert shown["etter_slutt"] == Loggfunn("etter_slutt", 9, 6)
    assert shown["kontakter"] == Loggfunn("kontakter", 100, 20)
    assert shown["ferie"] == Loggfunn("ferie", 0, 0)  # none is no secret
