"""Worked by hand from docs/semantikk.md: an interval on a clock that stops in breaks and pauses."""

from __future__ import annotations

import pytest

from vurder.hjelp import Prove, rester

# The clock from 21 Aug 2023: day 40 is 29 Sep, the autumn break takes 30 Sep-8 Oct, day 41 is 9 Oct.
HVER_TREDJE_UKE = """
    [[rutiner]]
    id = "besok"
    frekvens = { hver = "3 uker", senest = "4 uker" }
"""


def test_kjedet_over_hostferien(prove: Prove) -> None:
    """Day 21 is 10 Sep: on time. From b = 21: planned at 42 (10 Oct), due at 49 (17 Oct), late to 77 (14 Nov).
    On the very limit of 28 days: on time. From b = 49: due 28 days after 17 Oct, on 14 Nov."""
    prove.skriv(HVER_TREDJE_UKE, "id;dato\nv1;2023-09-10\nv2;2023-10-17")
    prove.vent(
        "2023-11-14",
        """
        punkt         periode fra        mal        tempo      frist      sent_til   status kontakt sen flagg
        besok/D01/1/1 1       2023-08-21 2023-09-10 2023-09-10 2023-09-17 2023-10-24 i_tide v1      0   -
        besok/D01/2/1 2       2023-09-11 2023-10-10 2023-10-10 2023-10-17 2023-11-14 i_tide v2      0   -
        besok/D01/3/1 3       2023-10-18 2023-11-07 2023-11-07 2023-11-14 2023-12-12 apen   -       -   bak_plan
        """,
    )
    prove.vent(
        "2023-11-15",
        """
        punkt         status  sen
        besok/D01/1/1 i_tide  0
        besok/D01/2/1 i_tide  0
        besok/D01/3/1 forfalt 1
        """,
    )


@pytest.mark.parametrize(("per", "status"), [("2023-09-02", "kommende"), ("2023-09-03", "apen")])
def test_apen_en_uke_for_den_er_planlagt(prove: Prove, per: str, status: str) -> None:
    """h = 21: open from 21 - min(7, 10.5) = 14 clock days on."""
    prove.skriv(HVER_TREDJE_UKE).vent(per, f"punkt status\nbesok/D01/1/1 {status}")


@pytest.mark.parametrize(("per", "status"), [("2023-08-22", "kommende"), ("2023-08-23", "apen")])
def test_apen_halvveis_nar_intervallet_er_kort(prove: Prove, per: str, status: str) -> None:
    """h = 5: open from 5 - min(7, 2.5) = 2.5 clock days on, that is the third."""
    rutine = '[[rutiner]]\nid = "besok"\nfrekvens = { hver = "5 dager" }'
    prove.skriv(rutine).vent(per, f"punkt status\nbesok/D01/1/1 {status}")


TIDAGERS = """
    [[rutiner]]
    id = "besok"
    frekvens = { hver = "1 uke", senest = "10 dager" }
"""


def test_flere_frister_gar_forbi(prove: Prove) -> None:
    """25 days: T(1) = 10 and T(2) = 20 are behind: one missing and one 5 days late. The same again from b = 25 to
    20 Feb, day 51: 26 days: one missing, and one 6 days overdue."""
    prove.skriv(TIDAGERS, "id;dato\nv1;2024-01-25", fra="2024-01-01", rute="ingen").vent(
        "2024-02-20",
        """
        punkt         fra        mal        frist      sent_til   status   kontakt sen
        besok/D01/1/1 2024-01-01 2024-01-07 2024-01-10 2024-01-20 mangler  -       -
        besok/D01/1/2 2024-01-11 2024-01-17 2024-01-20 2024-01-30 for_sent v1      5
        besok/D01/2/1 2024-01-26 2024-02-01 2024-02-04 2024-02-14 mangler  -       -
        besok/D01/2/2 2024-02-05 2024-02-11 2024-02-14 2024-02-24 forfalt  -       6
        """,
    )


def test_pa_selve_fristene(prove: Prove) -> None:
    """The first day is clock day 1 and ends a gap. Day 21 is 20 days later, on T(2): only T(1) is behind, 10 days late."""
    prove.skriv(TIDAGERS, "id;dato\nv1;2024-01-01\nv2;2024-01-21", fra="2024-01-01", rute="ingen").vent(
        "2024-01-21",
        """
        punkt         fra        frist      status   kontakt sen
        besok/D01/1/1 2024-01-01 2024-01-10 i_tide   v1      0
        besok/D01/2/1 2024-01-02 2024-01-11 for_sent v2      10
        besok/D01/3/1 2024-01-22 2024-01-31 kommende -       -
        """,
    )


def test_forste_innen_er_kortere(prove: Prove) -> None:
    """F = 7, then M = 21. From 20 Feb 2024 with a leap day: 1 March is day 11: 4 late. Then 11 + 14 = 15 March planned."""
    prove.skriv(
        """
        [[rutiner]]
        id = "besok"
        frekvens = { hver = "2 uker", senest = "3 uker", forste_innen = "1 uke" }
        """,
        "id;dato\nv1;2024-03-01",
        fra="2024-02-20",
        rute="ingen",
    ).vent(
        "2024-03-05",
        """
        punkt         fra        mal        frist      sent_til   status   kontakt sen
        besok/D01/1/1 2024-02-20 2024-02-26 2024-02-26 2024-03-18 for_sent v1      4
        besok/D01/2/1 2024-03-02 2024-03-15 2024-03-22 2024-04-12 kommende -       -
        """,
    )


def test_forste_innen_er_lengre(prove: Prove) -> None:
    """F = 28 but the plan is still every week: h = min(7, 28). The 20th day is on time for the first gap only."""
    prove.skriv(
        """
        [[rutiner]]
        id = "besok"
        frekvens = { hver = "1 uke", forste_innen = "4 uker" }
        """,
        "id;dato\nv1;2024-01-20\nv2;2024-01-30",
        fra="2024-01-01",
        rute="ingen",
    ).vent(
        "2024-02-01",
        """
        punkt         fra        mal        frist      sent_til   status   kontakt sen
        besok/D01/1/1 2024-01-01 2024-01-07 2024-01-28 2024-02-04 i_tide   v1      0
        besok/D01/2/1 2024-01-21 2024-01-27 2024-01-27 2024-02-03 for_sent v2      3
        besok/D01/3/1 2024-01-31 2024-02-06 2024-02-06 2024-02-13 kommende -       -
        """,
    )


def test_maneder_er_30_og_61_dager(prove: Prove) -> None:
    """From 1 Dec through breaks: day 30 is 30 Dec, day 61 is 30 Jan: on time. 61 more: 31 March (29 days of February)."""
    prove.skriv(
        """
        [[rutiner]]
        id = "mote"
        frekvens = { hver = "1 måned", senest = "2 måneder" }
        gjelder = { ferie = "også" }
        """,
        "id;dato\nv1;2024-01-30",
        fra="2023-12-01",
    )
    prove.vent(
        "2024-03-31",
        """
        punkt        fra        mal        frist      status kontakt
        mote/D01/1/1 2023-12-01 2023-12-30 2024-01-30 i_tide v1
        mote/D01/2/1 2024-01-31 2024-02-29 2024-03-31 apen   -
        """,
    )
    prove.vent(
        "2024-04-01",
        """
        punkt        status  sen
        mote/D01/1/1 i_tide  0
        mote/D01/2/1 forfalt 1
        """,
    )


def test_et_ar_er_365_dager(prove: Prove) -> None:
    """From 21 Aug 2023 over a leap day: day 365 is 19 Aug 2024; the day after is late."""
    prove.skriv(
        """
        [[rutiner]]
        id = "navsamtale"
        frekvens = { hver = "1 år" }
        gjelder = { ferie = "også" }
        """,
        "id;dato\nv1;2024-08-20",
    ).vent(
        "2024-08-20",
        """
        punkt              frist      status   kontakt sen
        navsamtale/D01/1/1 2024-08-19 for_sent v1      1
        navsamtale/D01/2/1 -          kommende -       -      # 365 days on there is no class
        """,
    )


ANNENHVER_UKE = """
    [[rutiner]]
    id = "besok"
    frekvens = { hver = "2 uker", senest = "3 uker" }
"""
TI_DAGERS_PAUSE = """
[[deltakere]]
id = "D01"
pauser = [{ fra = 2024-01-11, til = 2024-01-20, grunn = "sykdom" }]
"""


def test_en_pause_stopper_klokka(prove: Prove) -> None:
    """Day 10 is 10 Jan, day 11 is 21 Jan: due at 21, 31 Jan. The day after is one clock day late."""
    prove.skriv(
        ANNENHVER_UKE, "id;dato\nv1;2024-02-01", deltakere=TI_DAGERS_PAUSE, fra="2024-01-01", rute="ingen"
    ).vent(
        "2024-02-01",
        """
        punkt         fra        mal        frist      status   kontakt sen
        besok/D01/1/1 2024-01-01 2024-01-24 2024-01-31 for_sent v1      1
        besok/D01/2/1 2024-02-02 2024-02-15 2024-02-22 kommende -       -
        """,
    )


def test_kontakt_i_pausen(prove: Prove) -> None:
    """15 Jan stands at day 10 and ends the gap; 20 Jan stands there too: no clock day has gone, so it starts nothing."""
    v = prove.skriv(
        ANNENHVER_UKE,
        "id;dato\nv1;2024-01-15\nv2;2024-01-20",
        deltakere=TI_DAGERS_PAUSE,
        fra="2024-01-01",
        rute="ingen",
    ).vent(
        "2024-01-21",
        """
        punkt         fra        mal        frist      status   kontakt
        besok/D01/1/1 2024-01-01 2024-01-24 2024-01-31 i_tide   v1
        besok/D01/2/1 2024-01-21 2024-02-03 2024-02-10 kommende -
        """,
    )
    assert rester(v) == (["v2"], [], [])


def test_kontakt_i_ferien(prove: Prove) -> None:
    """4 Oct stands at day 40: past T(1) = 28 by 12 clock days. 6 Oct starts nothing. Next due at 68: 9 Oct + 27."""
    v = prove.skriv(HVER_TREDJE_UKE, "id;dato\nv1;2023-10-04\nv2;2023-10-06").vent(
        "2023-10-09",
        """
        punkt         fra        mal        frist      status   kontakt sen
        besok/D01/1/1 2023-08-21 2023-09-10 2023-09-17 for_sent v1      12
        besok/D01/2/1 2023-10-09 2023-10-29 2023-11-05 kommende -       -
        """,
    )
    assert rester(v) == (["v2"], [], [])


# Practice 8 Jan-11 Feb 2024: 24 + 11 = 35 clock days.
I_PRAKSIS = ANNENHVER_UKE + "gjelder = { i_praksis = true }"
FEM_UKER = '[[deltakere]]\nid = "D01"\npraksis = [{ fra = 2024-01-08, til = 2024-02-11 }]'


def test_det_siste_gapet_lukkes_nar_praksisen_er_over(prove: Prove) -> None:
    """20 Jan is day 13, so due at 34, 10 Feb. Overdue on the last day, missing after it; a visit then is too late."""
    prove.skriv(I_PRAKSIS, "id;dato\nv1;2024-01-20\nv2;2024-02-15", deltakere=FEM_UKER, fra="2024-01-01", rute="ingen")
    prove.vent(
        "2024-02-11",
        """
        punkt         frist      status  kontakt sen
        besok/D01/1/1 2024-01-28 i_tide  v1      0
        besok/D01/2/1 2024-02-10 forfalt -       1
        """,
    )
    v = prove.vent(
        "2024-02-15",
        """
        punkt         status  kontakt sen
        besok/D01/1/1 i_tide  v1      0
        besok/D01/2/1 mangler -       -
        """,
    )
    assert rester(v) == (["v2"], [], [])


def test_en_frist_pa_den_siste_dagen_faller_bort(prove: Prove) -> None:
    """21 Jan is day 14, so due at 35, 11 Feb, the last day of practice: open then, nothing after."""
    prove.skriv(I_PRAKSIS, "id;dato\nv1;2024-01-21", deltakere=FEM_UKER, fra="2024-01-01", rute="ingen")
    prove.vent(
        "2024-02-11",
        """
        punkt         frist      status flagg
        besok/D01/1/1 2024-01-28 i_tide -
        besok/D01/2/1 2024-02-11 apen   bak_plan
        """,
    )
    prove.vent("2024-02-12", "punkt status\nbesok/D01/1/1 i_tide")


def test_for_praksisen_begynner(prove: Prove) -> None:
    v = prove.skriv(I_PRAKSIS, "id;dato\nv1;2024-01-03", deltakere=FEM_UKER, fra="2024-01-01", rute="ingen").vent(
        "2024-01-04",
        """
        punkt         fra        frist      status   kontakt
        besok/D01/1/1 2024-01-08 2024-01-28 kommende -
        """,
    )
    assert rester(v) == (["v1"], [], [])


def test_to_praksisperioder_er_en_klokke(prove: Prove) -> None:
    """8-31 Jan is 24 days, 4 March day 25. 25 Jan is day 18: due at 39, 18 March; 19 March one day over."""
    prove.skriv(
        I_PRAKSIS,
        "id;dato\nv1;2024-01-25",
        deltakere="""
        [[deltakere]]
        id = "D01"
        praksis = [{ fra = 2024-01-08, til = 2024-01-31 }, { fra = 2024-03-04, til = 2024-05-31 }]
        """,
        fra="2024-01-01",
        rute="ingen",
    ).vent(
        "2024-03-19",
        """
        punkt         fra        mal        frist      status  sen
        besok/D01/1/1 2024-01-08 2024-01-21 2024-01-28 i_tide  0
        besok/D01/2/1 2024-01-26 2024-03-11 2024-03-18 forfalt 1
        """,
    )


def test_to_versjoner_er_to_klokker(prove: Prove) -> None:
    """Version 1 ends 31 Jan: 21 days after the visit of 10 Jan, past its 14. Version 2 begins on 1 Feb at day 1."""
    prove.skriv(
        """
        [[rutiner]]
        id = "besok"
        frekvens = { hver = "2 uker" }
        [[rutiner]]
        id = "besok"
        gjelder_fra = 2024-02-01
        frekvens = { hver = "4 uker" }
        """,
        "id;dato\nv1;2024-01-10\nv2;2024-02-05",
        fra="2024-01-01",
        rute="ingen",
    ).vent(
        "2024-02-10",
        """
        punkt            versjon fra        frist      status   kontakt
        besok/D01/1/1    1       2024-01-01 2024-01-14 i_tide   v1
        besok/D01/2/1    1       2024-01-11 2024-01-24 mangler  -
        besok/D01/1.v2/1 2       2024-02-01 2024-02-28 i_tide   v2
        besok/D01/2.v2/1 2       2024-02-06 2024-03-04 kommende -
        """,
    )


def test_over_paske_og_17_mai(prove: Prove) -> None:
    """18-22 March is 5 days, 2 April day 6. Single holidays stay in: 14 days from 8 May is 22 May, over 17 and 20 May."""
    prove.skriv(
        '[[rutiner]]\nid = "besok"\nfrekvens = { hver = "2 uker" }',
        "id;dato\nv1;2024-04-10\nv2;2024-04-24\nv3;2024-05-08",
        fra="2024-03-18",
        til="2024-06-21",
    ).vent(
        "2024-05-23",
        """
        punkt         fra        frist      status  kontakt sen
        besok/D01/1/1 2024-03-18 2024-04-10 i_tide  v1      0
        besok/D01/2/1 2024-04-11 2024-04-24 i_tide  v2      0
        besok/D01/3/1 2024-04-25 2024-05-08 i_tide  v3      0
        besok/D01/4/1 2024-05-09 2024-05-22 forfalt -       1
        """,
    )


def test_fritatt_fra_et_intervall(prove: Prove) -> None:
    """One gap from the first day to R: 25 days, two deadlines behind. The visit held all the same is beyond the plan."""
    v = prove.skriv(
        TIDAGERS,
        "id;dato\nv1;2024-01-05",
        deltakere='[[deltakere]]\nid = "D01"\nfritak = [{ rutine = "besok", grunn = "eget ønske" }]',
        fra="2024-01-01",
        rute="ingen",
    ).vent(
        "2024-01-25",
        """
        punkt         frist      status  kontakt sen
        besok/D01/1/1 2024-01-10 fritatt -       -
        besok/D01/1/2 2024-01-20 fritatt -       -
        """,
    )
    assert rester(v) == (["v1"], [], [])


def test_den_som_slutter_etterlater_et_lukket_gap(prove: Prove) -> None:
    """Left on 20 Jan, 15 days after the last visit: T(1) = 10 is missing. Then no more."""
    prove.skriv(
        TIDAGERS,
        "id;dato\nv1;2024-01-05",
        deltakere='[[deltakere]]\nid = "D01"\nslutt = 2024-01-20',
        fra="2024-01-01",
        rute="ingen",
    )
    prove.vent(
        "2024-01-20",
        """
        punkt         frist      status  sen
        besok/D01/1/1 2024-01-10 i_tide  0
        besok/D01/2/1 2024-01-15 forfalt 5
        """,
    )
    prove.vent(
        "2024-03-01",
        """
        punkt         status  sen
        besok/D01/1/1 i_tide  0
        besok/D01/2/1 mangler -
        """,
    )


def test_samme_kontakt_teller_pa_klokka_og_i_semesteret(prove: Prove) -> None:
    """Interval routines use every counted contact, credited elsewhere or not."""
    v = prove.skriv(
        HVER_TREDJE_UKE + '\n[[rutiner]]\nid = "samtale"\nfrekvens = { antall = 1, per = "semester" }',
        "id;dato\nv1;2023-09-10",
    ).vent(
        "2023-09-12",
        """
        punkt                   status   kontakt
        besok/D01/1/1           i_tide   v1
        besok/D01/2/1           kommende -
        samtale/D01/2023-host/1 i_tide   v1
        """,
    )
    assert rester(v) == ([], [], [])
