"""Worked by hand from docs/semantikk.md: a point near an anchor."""

from __future__ import annotations

from vurder.hjelp import Prove, rester


def test_oppstart(prove: Prove) -> None:
    """21 Aug + 4 weeks: 18 Sep. School days in it 9 + 12 = 21; mal the 11th, 4 Sep. D02 began 8 Jan: to 5 Feb, mal the
    11th of 21: 22 Jan. No next window, so a late talk may always count."""
    prove.skriv(
        """
        [[rutiner]]
        id = "oppstart"
        frekvens = { milepael = "oppstart", innen = "4 uker" }
        """,
        "id;dato;deltaker\na1;2023-09-18;D01\na2;2024-02-06;D02",
        deltakere='[[deltakere]]\nid = "D01"\n[[deltakere]]\nid = "D02"\nstart = 2024-01-08',
    ).vent(
        "2024-02-06",
        """
        punkt                   periode  fra        mal        tempo frist      sent_til status   kontakt sen
        oppstart/D01/oppstart/1 oppstart 2023-08-21 2023-09-04 -     2023-09-18 -        i_tide   a1      0
        oppstart/D02/oppstart/1 oppstart 2024-01-08 2024-01-22 -     2024-02-05 -        for_sent a2      1
        """,
    )


SLUTTSAMTALE = """
    [[rutiner]]
    id = "sluttsamtale"
    frekvens = { milepael = "slutt", fra = "-8 uker", innen = "4 uker" }
    gjelder = { ferie = "også" }
"""


def test_slutt_er_om_selve_slutten(prove: Prove) -> None:
    """Left 16 Feb: 22 Dec-15 March. The frist is after the last day, but the talk is about just that: open, then missing
    at once, since nobody enrolled can be overdue. D02 is there to the end: 25 Apr-18 July 2025."""
    prove.skriv(SLUTTSAMTALE, deltakere='[[deltakere]]\nid = "D01"\nslutt = 2024-02-16\n[[deltakere]]\nid = "D02"')
    prove.vent(
        "2024-03-15",
        """
        punkt                    fra        frist      status
        sluttsamtale/D01/slutt/1 2023-12-22 2024-03-15 apen
        sluttsamtale/D02/slutt/1 2025-04-25 2025-07-18 kommende
        """,
    )
    prove.vent(
        "2024-03-16",
        """
        punkt                    status  sen
        sluttsamtale/D01/slutt/1 mangler -
        """,
    )


def test_sluttsamtale_etter_at_hun_har_sluttet(prove: Prove) -> None:
    """A participant named in the log need not be enrolled."""
    prove.skriv(SLUTTSAMTALE, "id;dato\ns1;2024-03-15", deltakere='[[deltakere]]\nid = "D01"\nslutt = 2024-02-16').vent(
        "2024-03-20", "punkt status kontakt\nsluttsamtale/D01/slutt/1 i_tide s1"
    )


STATUSRAPPORT = """
    [[rutiner]]
    id = "rapport"
    frekvens = { milepael = "semester-slutt:vår", fra = "-4 uker", innen = "0 dager", helst = "slutt" }
"""


def test_semesterslutt(prove: Prove) -> None:
    """The last school day, 21 June, and four weeks before. Late until the next window opens: 20 June 2025 - 28 days."""
    prove.skriv(STATUSRAPPORT, "id;dato\nr1;2024-06-25").vent(
        "2024-06-25",
        """
        punkt                  fra        mal        frist      sent_til   status   kontakt sen
        rapport/D01/2024-var/1 2024-05-24 2024-06-21 2024-06-21 2025-05-22 for_sent r1      4
        """,
    )


def test_semesterslutt_for_den_som_sluttet_uka_for(prove: Prove) -> None:
    prove.skriv(STATUSRAPPORT, deltakere='[[deltakere]]\nid = "D01"\nslutt = 2024-06-14')
    prove.vent("2024-06-14", "punkt status\nrapport/D01/2024-var/1 apen")
    prove.vent("2024-06-15", "punkt status\nrapport/D01/2024-var/1 ikke_aktuelt")


def test_andre_skolear_pluss_ti_skoledager(prove: Prove) -> None:
    """First school day 19 Aug 2024; the 10th after it is 2 Sep. 11 school days in all: mal the 6th, 26 Aug."""
    prove.skriv(
        """
        [[rutiner]]
        id = "plan"
        frekvens = { milepael = "skolear-start:2", innen = "10 skoledager" }
        """
    ).vent(
        "2024-09-03",
        """
        punkt                fra        mal        frist      status  sen
        plan/D01/2024-2025/1 2024-08-19 2024-08-26 2024-09-02 forfalt 1
        """,
    )


def test_virkedager_over_paske_og_17_mai(prove: Prove) -> None:
    """Wednesday before Easter + 3 working days: 2, 3, 4 April. 16 May + 2: 21, 22 May (17 May Friday, Whit Monday 20)."""
    prove.skriv(
        """
        [[rutiner]]
        id = "paske"
        frekvens = { milepael = "2024-03-27", innen = "3 virkedager" }
        [[rutiner]]
        id = "mai"
        type = "annet"
        frekvens = { milepael = "16.05.2024", innen = "2 virkedager" }
        """,
        "id;dato;type\np1;2024-04-05;samtale\nm1;2024-05-22;annet",
    ).vent(
        "2024-05-23",
        """
        punkt                  fra        mal        frist      status   kontakt sen
        paske/D01/2024-03-27/1 2024-03-27 2024-04-03 2024-04-04 for_sent p1      1
        mai/D01/2024-05-16/1   2024-05-16 2024-05-21 2024-05-22 i_tide   m1      0
        """,
    )


FASER = """
    [[faser]]
    id = "bedrift"
    navn = "I bedrift"
    skolear = [2]
    [[rutiner]]
    id = "inn"
    frekvens = { milepael = "fase-start:bedrift", innen = "4 uker" }
    [[rutiner]]
    id = "ut"
    type = "annet"
    frekvens = { milepael = "fase-slutt:bedrift", fra = "-2 uker", innen = "0 dager" }
"""


def test_fase_etter_skolear(prove: Prove) -> None:
    """A phase by school years begins and ends with their first and last school days."""
    prove.skriv(FASER).vent(
        "2024-08-19",
        """
        punkt             fra        frist      status
        inn/D01/bedrift/1 2024-08-19 2024-09-16 apen
        ut/D01/bedrift/1  2025-06-06 2025-06-20 kommende
        """,
    )


def test_klassens_datoer_erstatter_fasens(prove: Prove) -> None:
    prove.skriv(FASER, klasse="faser.bedrift = { fra = 2024-09-02, til = 2025-03-31 }").vent(
        "2024-09-02",
        """
        punkt             fra        frist      status
        inn/D01/bedrift/1 2024-09-02 2024-09-30 apen
        ut/D01/bedrift/1  2025-03-17 2025-03-31 kommende
        """,
    )


def test_hver_praksisperiode(prove: Prove) -> None:
    """Two periods, two points. Late for the first to the day before the second: 265 days after 4 Dec 2023."""
    prove.skriv(
        """
        [[rutiner]]
        id = "avtale"
        frekvens = { milepael = "praksis-start", innen = "2 uker" }
        """,
        "id;dato\np1;2024-08-25",
        deltakere="""
        [[deltakere]]
        id = "D01"
        praksis = [{ fra = 2023-11-20, til = 2024-06-14 }, { fra = 2024-08-26, til = 2025-06-13 }]
        """,
    ).vent(
        "2024-08-26",
        """
        punkt                  fra        frist      sent_til   status   kontakt sen
        avtale/D01/praksis-1/1 2023-11-20 2023-12-04 2024-08-25 for_sent p1      265
        avtale/D01/praksis-2/1 2024-08-26 2024-09-09 -          apen     -       -
        """,
    )


def test_neste_vindu_apner_pa_fristen(prove: Prove) -> None:
    """The second period begins on the first's deadline, not after it: so no window opens later, and late has no end."""
    prove.skriv(
        """
        [[rutiner]]
        id = "avtale"
        frekvens = { milepael = "praksis-start", innen = "2 uker" }
        """,
        "id;dato\np1;2023-12-04\np2;2024-01-15",
        deltakere="""
        [[deltakere]]
        id = "D01"
        praksis = [{ fra = 2023-11-20, til = 2023-12-03 }, { fra = 2023-12-04, til = 2024-06-14 }]
        """,
    ).vent(
        "2024-01-15",
        """
        punkt                  frist      sent_til status   kontakt sen
        avtale/D01/praksis-1/1 2023-12-04 -        i_tide   p1      0
        avtale/D01/praksis-2/1 2023-12-18 -        for_sent p2      28
        """,
    )


def test_for_eksamen(prove: Prove) -> None:
    """30 May - 3 weeks to - 1 week: 9-23 May. School days 10, 13-16, 21-23 (9, 17, 20 off): mal the 4th of 8."""
    prove.skriv(
        """
        [[rutiner]]
        id = "eksamenssamtale"
        frekvens = { milepael = "eksamen:norsk", fra = "-3 uker", innen = "-1 uker" }
        """,
        "id;dato\ne1;2024-05-08\ne2;2024-05-23",
        klasse="eksamen.norsk = 2024-05-30",
    ).vent(
        "2024-05-30",
        """
        punkt                       fra        mal        frist      status kontakt
        eksamenssamtale/D01/norsk/1 2024-05-09 2024-05-15 2024-05-23 i_tide e2
        """,
    )


def test_maneder_fra_den_31_og_ar_fra_skuddagen(prove: Prove) -> None:
    """31 Jan + 1 month is clamped to 29 Feb; + 2 months is 31 March, Easter Sunday, and stays there. 29 Feb + 1 year: 28 Feb."""
    prove.skriv(
        """
        [[rutiner]]
        id = "en"
        frekvens = { milepael = "oppstart", innen = "1 måned" }
        [[rutiner]]
        id = "to"
        type = "annet"
        frekvens = { milepael = "oppstart", innen = "2 måneder" }
        [[rutiner]]
        id = "ar"
        type = "tredje"
        frekvens = { milepael = "2024-02-29", innen = "1 år" }
        """,
        "id;dato\na1;2024-02-29",
        deltakere='[[deltakere]]\nid = "D01"\nstart = 2024-01-31',
    ).vent(
        "2024-04-01",
        """
        punkt               frist      status  kontakt sen
        en/D01/oppstart/1   2024-02-29 i_tide  a1      0
        to/D01/oppstart/1   2024-03-31 forfalt -       1
        ar/D01/2024-02-29/1 2025-02-28 apen    -       -
        """,
    )


def test_vindu_i_ferien_gir_ingen_punkt(prove: Prove) -> None:
    """1-15 July holds no day of E: no point, a warning, and the talk held then is beyond the plan."""
    v = prove.skriv(
        '[[rutiner]]\nid = "juli"\nfrekvens = { milepael = "2024-07-01", innen = "2 uker" }', "id;dato\nj1;2024-07-02"
    ).vent("2024-08-01", "punkt status")
    assert rester(v) == (["j1"], [], [])
    assert [x.kode for x in v.utvidelse.varsler] == ["vindu_uten_dager"]


def test_ankeret_gir_ett_punkt_fra_den_forste_versjonen(prove: Prove) -> None:
    """The window of 21 Aug-18 Sep meets both versions: one point, from the first. D02 began when the second was in force."""
    prove.skriv(
        """
        [[rutiner]]
        id = "oppstart"
        frekvens = { milepael = "oppstart", innen = "4 uker" }
        [[rutiner]]
        id = "oppstart"
        gjelder_fra = 2023-09-11
        frekvens = { milepael = "oppstart", innen = "2 uker" }
        """,
        "id;dato;deltaker\na1;2023-09-18;D01",
        deltakere='[[deltakere]]\nid = "D01"\n[[deltakere]]\nid = "D02"\nstart = 2023-10-09',
    ).vent(
        "2023-10-24",
        """
        punkt                      fra        frist      status  kontakt sen
        oppstart/D01/oppstart/1    2023-08-21 2023-09-18 i_tide  a1      0
        oppstart/D02/oppstart.v2/1 2023-10-09 2023-10-23 forfalt -       1
        """,
    )


def test_borte_i_hele_vinduet(prove: Prove) -> None:
    """The pause leaves no day of E: excused, and a talk held all the same is not credited."""
    v = prove.skriv(
        '[[rutiner]]\nid = "oppstart"\nfrekvens = { milepael = "oppstart", innen = "2 uker" }',
        "id;dato\na1;2023-08-30",
        deltakere="""
        [[deltakere]]
        id = "D01"
        pauser = [{ fra = 2023-08-21, til = 2023-09-04, grunn = "sykdom" }]
        """,
    ).vent(
        "2023-09-10",
        """
        punkt                   fra        frist      status  grunn  kontakt
        oppstart/D01/oppstart/1 2023-08-21 2023-09-04 fritatt sykdom -
        """,
    )
    assert rester(v) == (["a1"], [], [])


def test_frist_i_sommerferien(prove: Prove) -> None:
    """Nothing rolls and no window is cut to E: two weeks from the last school day ends on 5 July; the next year 4 July."""
    prove.skriv(
        """
        [[rutiner]]
        id = "arsoppgjor"
        frekvens = { milepael = "skolear-slutt", innen = "2 uker" }
        """,
        "id;dato\na1;2024-07-05",
    ).vent(
        "2024-08-19",
        """
        punkt                      fra        mal        frist      sent_til   status   kontakt
        arsoppgjor/D01/2023-2024/1 2024-06-21 2024-06-21 2024-07-05 2025-06-19 i_tide   a1
        arsoppgjor/D01/2024-2025/1 2025-06-20 2025-06-20 2025-07-04 -          kommende -
        """,
    )


def test_hvert_semester_begynner(prove: Prove) -> None:
    """The first school days: 21 Aug, 2 Jan, 19 Aug, 6 Jan. A week each."""
    prove.skriv(
        '[[rutiner]]\nid = "start"\nfrekvens = { milepael = "semester-start", innen = "1 uke", sent_til = "1 uke" }',
        "id;dato\ns1;2023-08-28\ns2;2024-01-16",
    ).vent(
        "2024-08-26",
        """
        punkt                 fra        frist      sent_til   status  kontakt
        start/D01/2023-host/1 2023-08-21 2023-08-28 2023-09-04 i_tide  s1
        start/D01/2024-var/1  2024-01-02 2024-01-09 2024-01-16 for_sent s2
        start/D01/2024-host/1 2024-08-19 2024-08-26 2024-09-02 apen    -
        """,
    )
