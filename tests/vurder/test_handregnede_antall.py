"""Worked by hand from docs/semantikk.md: a count in each period."""

from __future__ import annotations

from vurder.hjelp import Prove, koder, rester

TO_I_SEMESTERET = """
    [[rutiner]]
    id = "samtale"
    frekvens = { antall = 2, per = "semester" }
"""
EN_I_MANEDEN = """
    [[rutiner]]
    id = "samtale"
    frekvens = { antall = 1, per = "maned" }
"""


def test_to_i_semesteret(prove: Prove) -> None:
    """83 school days: mal at ceil(83/4) = 21 (9 in August, the 12th in September) and ceil(3·83/4) = 63 (47 before
    November, its 16th); tempo at ceil(83/2) = 42 (30 before October, its 12th). Late until the spring opens on 2 Jan."""
    prove.skriv(
        TO_I_SEMESTERET,
        """
        id;dato
        a1;2023-09-14
        a2;2024-01-01
        """,
    ).vent(
        "2024-01-10",
        """
        punkt                    fra        mal        tempo      frist      sent_til   status   kontakt sen delvis
        samtale/D01/2023-host/1  2023-08-21 2023-09-18 2023-10-24 2023-12-20 2024-01-01 i_tide   a1      0   nei
        samtale/D01/2023-host/2  2023-08-21 2023-11-22 2023-12-20 2023-12-20 2024-01-01 for_sent a2      12  nei
        samtale/D01/2024-var/1   2024-01-02 2024-02-08 2024-04-02 2024-06-21 2024-08-18 apen     -       -   nei
        samtale/D01/2024-var/2   2024-01-02 2024-05-13 2024-06-21 2024-06-21 2024-08-18 apen     -       -   nei
        """,
    )  # spring: 109 days; mal at ceil(27.25) = 28: Jan 22, 6th of Feb; ceil(81.75) = 82: 75 to April, 7th of May;
    # tempo at ceil(54.5) = 55: 54 to 22 March, so 2 April


def test_i_mellomtiden_er_det_forfalt_og_etterpa_mangler_det(prove: Prove) -> None:
    prove.skriv(
        TO_I_SEMESTERET,
        """
        id;dato
        a1;2023-09-14
        a2;2024-01-02
        """,
    )
    prove.vent(
        "2023-12-27",  # a week after 20 Dec
        """
        punkt                   status  kontakt sen flagg
        samtale/D01/2023-host/1 i_tide  a1      0   -
        samtale/D01/2023-host/2 forfalt -       7   -
        """,
    )
    prove.vent(
        "2024-01-02",  # a2 is the first day of the spring's window, and no longer the autumn's
        """
        punkt                   status  kontakt sen
        samtale/D01/2023-host/1 i_tide  a1      0
        samtale/D01/2023-host/2 mangler -       -
        samtale/D01/2024-var/1  i_tide  a2      0
        samtale/D01/2024-var/2  apen    -       -
        """,
    )


def test_manedslutt_og_skuddar(prove: Prove) -> None:
    """Windows end with the last day outside breaks: 29 Sep (the break takes the weekend before it), 20 Dec; 29 Feb."""
    prove.skriv(
        EN_I_MANEDEN,
        """
        id;dato
        c1;2023-08-31
        c2;2023-10-08
        c3;2023-10-31
        c4;2024-02-29
        """,
    ).vent(
        "2024-03-01",
        """
        punkt                 fra        frist      sent_til   status   kontakt sen
        samtale/D01/2023-08/1 2023-08-21 2023-08-31 2023-08-31 i_tide   c1      0
        samtale/D01/2023-09/1 2023-09-01 2023-09-29 2023-10-08 for_sent c2      9
        samtale/D01/2023-10/1 2023-10-09 2023-10-31 2023-10-31 i_tide   c3      0
        samtale/D01/2023-11/1 2023-11-01 2023-11-30 2023-11-30 mangler  -       -
        samtale/D01/2023-12/1 2023-12-01 2023-12-20 2024-01-01 mangler  -       -
        samtale/D01/2024-01/1 2024-01-02 2024-01-31 2024-01-31 mangler  -       -
        samtale/D01/2024-02/1 2024-02-01 2024-02-29 2024-02-29 i_tide   c4      0
        samtale/D01/2024-03/1 2024-03-01 2024-03-22 2024-04-01 apen     -       -
        """,
    )


EN_I_UKA = """
    [[rutiner]]
    id = "leksehjelp"
    frekvens = { antall = 1, per = "uke" }
"""


def test_uker_over_nyttar(prove: Prove) -> None:
    """The school days of week 51 are 18-20 Dec; week 52 has none. Week 1 of 2024 opens on 2 Jan and lasts the Sunday out."""
    prove.skriv(
        EN_I_UKA,
        """
        id;dato
        w1;2023-12-24
        w2;2024-01-07
        """,
        fra="2023-12-18",
    ).vent(
        "2024-01-08",
        """
        punkt                     fra        frist      sent_til   status   kontakt sen
        leksehjelp/D01/2023-u51/1 2023-12-18 2023-12-20 2024-01-01 for_sent w1      4
        leksehjelp/D01/2024-u01/1 2024-01-02 2024-01-07 2024-01-07 i_tide   w2      0
        leksehjelp/D01/2024-u02/1 2024-01-08 2024-01-14 2024-01-14 apen     -       -
        """,
    )


def test_uker_over_paske(prove: Prove) -> None:
    """Easter takes 23 March-1 April: week 13 has no point; what is held on Easter Eve is late for week 12."""
    prove.skriv(EN_I_UKA, "id;dato\np1;2024-03-30", fra="2024-03-18", til="2024-04-12").vent(
        "2024-04-08",
        """
        punkt                     fra        frist      sent_til   status   kontakt sen
        leksehjelp/D01/2024-u12/1 2024-03-18 2024-03-22 2024-04-01 for_sent p1      8
        leksehjelp/D01/2024-u14/1 2024-04-02 2024-04-07 2024-04-07 mangler  -       -
        leksehjelp/D01/2024-u15/1 2024-04-08 2024-04-12 -          apen     -       -
        """,
    )


def test_uka_med_17_mai(prove: Prove) -> None:
    """17 May is a Friday: four school days, all there, so nothing is scaled; mal is the 2nd, tempo the last of them."""
    prove.skriv(EN_I_UKA, "id;dato\nm1;2024-05-17", fra="2024-05-13", til="2024-05-19").vent(
        "2024-05-17",
        """
        punkt                     fra        mal        tempo      frist      delvis status kontakt
        leksehjelp/D01/2024-u20/1 2024-05-13 2024-05-14 2024-05-16 2024-05-19 nei    i_tide m1
        """,
    )


def test_kvartal(prove: Prove) -> None:
    """The second contact comes in the autumn break: it could only be late for the third quarter, which is done."""
    v = prove.skriv(
        """
        [[rutiner]]
        id = "samtale"
        frekvens = { antall = 1, per = "kvartal" }
        """,
        """
        id;dato
        k1;2023-09-29
        k2;2023-10-05
        """,
    ).vent(
        "2024-01-15",
        """
        punkt                 fra        frist      sent_til   status  kontakt
        samtale/D01/2023-k3/1 2023-08-21 2023-09-29 2023-10-08 i_tide  k1
        samtale/D01/2023-k4/1 2023-10-09 2023-12-20 2024-01-01 mangler -
        samtale/D01/2024-k1/1 2024-01-02 2024-03-22 2024-04-01 apen    -
        """,
    )
    assert rester(v) == (["k2"], [], [])


MINST_TRE = """
    [[rutiner]]
    id = "samtale"
    frekvens = { minst = 3, inntil = 4, per = "skolear" }
"""


def test_minst_og_inntil_i_skolearet(prove: Prove) -> None:
    """192 school days, 48 to each. mal at 24, 72, 120, 168; tempo at 48, 96, 144, 192.

    24 = 15th of September (9 in August); 72 = 3rd of December (69); 120 = 15th of February (83 + 22);
    168 = 10th of May (83 + 75; not 1, 9, 17 May). 48 = 1st of November (47); 96 = 13th of January; 144 = 7th of April.
    Past the tempo of the second with one held: behind. A wish is never behind, and never missing.
    """
    prove.skriv(MINST_TRE, "id;dato\ne1;2023-10-02")
    prove.vent(
        "2024-03-01",
        """
        punkt                     krav mal        tempo      frist      status kontakt flagg
        samtale/D01/2023-2024/1   ja   2023-09-21 2023-11-01 2024-06-21 i_tide e1      -
        samtale/D01/2023-2024/2   ja   2023-12-05 2024-01-18 2024-06-21 apen   -       bak_plan
        samtale/D01/2023-2024/3   ja   2024-02-28 2024-04-10 2024-06-21 apen   -       -
        samtale/D01/2023-2024/4   nei  2024-05-16 2024-06-21 2024-06-21 apen   -       -
        """,
    )
    prove.vent(
        "2024-06-22",
        """
        punkt                     status     sen
        samtale/D01/2023-2024/1   i_tide     0
        samtale/D01/2023-2024/2   forfalt    1
        samtale/D01/2023-2024/3   forfalt    1
        samtale/D01/2023-2024/4   ikke_brukt -
        """,
    )


def test_den_fjerde_er_et_onske_som_kan_oppfylles(prove: Prove) -> None:
    prove.skriv(MINST_TRE, "id;dato\ne1;2023-09-04\ne2;2023-09-05\ne3;2023-09-06\ne4;2024-06-24").vent(
        "2024-06-30",
        """
        punkt                     status   kontakt sen
        samtale/D01/2023-2024/1   i_tide   e1      0
        samtale/D01/2023-2024/2   i_tide   e2      0
        samtale/D01/2023-2024/3   i_tide   e3      0
        samtale/D01/2023-2024/4   for_sent e4      3
        """,
    )


def test_minst_mellom(prove: Prove) -> None:
    """Three weeks after 1 Sep is 22 Sep: the 21st is too near, and falls out altogether."""
    v = prove.skriv(
        """
        [[rutiner]]
        id = "besok"
        frekvens = { antall = 2, per = "semester", minst_mellom = "3 uker" }
        """,
        """
        id;dato
        m1;2023-09-01
        m2;2023-09-21
        m3;2023-09-22
        """,
    ).vent(
        "2023-10-20",
        """
        punkt                 status kontakt
        besok/D01/2023-host/1 i_tide m1
        besok/D01/2023-host/2 i_tide m3
        """,
    )
    assert rester(v) == ([], [], [("m2", "for_naer")])


def test_rekker_ikke(prove: Prove) -> None:
    """Two visits three weeks apart by 20 Dec: 29 Nov is the last day on which the first may be held."""
    prove.skriv(
        """
        [[rutiner]]
        id = "besok"
        frekvens = { antall = 2, per = "semester", minst_mellom = "3 uker" }
        """
    )
    prove.vent(
        "2023-11-29",
        """
        punkt                 status flagg
        besok/D01/2023-host/1 apen   bak_plan
        besok/D01/2023-host/2 apen   -
        """,
    )
    prove.vent(
        "2023-11-30",
        """
        punkt                 status flagg
        besok/D01/2023-host/1 apen   bak_plan,rekker_ikke
        besok/D01/2023-host/2 apen   rekker_ikke
        """,
    )


def test_rekker_ikke_en_om_dagen(prove: Prove) -> None:
    """Without `minst_mellom` one a day: 19 and 20 Dec hold two. With one held on the 19th, the 20th holds one of two;
    with one held on the 18th, there is room for both."""
    prove.skriv(TO_I_SEMESTERET).vent(
        "2023-12-19",
        """
        punkt                   flagg
        samtale/D01/2023-host/1 bak_plan
        samtale/D01/2023-host/2 -
        """,
    )
    prove.skriv(TO_I_SEMESTERET.replace("2", "3", 1), "id;dato\na1;2023-12-19").vent(
        "2023-12-19",
        """
        punkt                   flagg
        samtale/D01/2023-host/1 -
        samtale/D01/2023-host/2 bak_plan,rekker_ikke
        samtale/D01/2023-host/3 rekker_ikke
        """,
    )
    prove.skriv(TO_I_SEMESTERET.replace("2", "3", 1), "id;dato\na1;2023-12-18").vent(
        "2023-12-18",
        """
        punkt                   flagg
        samtale/D01/2023-host/1 -
        samtale/D01/2023-host/2 bak_plan
        samtale/D01/2023-host/3 -
        """,
    )


def test_helst_forst_eller_sist(prove: Prove) -> None:
    """`helst` moves mal to the first or last counted day; tempo is the last of 83 for a count of one."""
    prove.skriv(
        """
        [[rutiner]]
        id = "arshjul"
        frekvens = { antall = 1, per = "semester", helst = "start" }
        [[rutiner]]
        id = "oppsummering"
        type = "annet"
        frekvens = { antall = 1, per = "halvår", helst = "slutt" }
        """
    ).vent(
        "2023-09-01",
        """
        punkt                        fra        mal        tempo      frist      status
        arshjul/D01/2023-host/1      2023-08-21 2023-08-21 2023-12-20 2023-12-20 apen
        oppsummering/D01/2023-host/1 2023-08-21 2023-12-20 2023-12-20 2023-12-20 apen
        """,
    )


FIRE_I_SEMESTERET = """
    [[rutiner]]
    id = "samtale"
    frekvens = { antall = 4, per = "semester" }
"""


def test_begynner_midt_i_semesteret(prove: Prove) -> None:
    """From 1 Nov: 22 + 14 = 36 of 83 days; floor(4·36/83 + ½) = floor(2.23) = 2.

    mal at ceil(36/4) = 9 (13 Nov) and 27 (5th of December); tempo at 18 (24 Nov) and 36.
    """
    prove.skriv(FIRE_I_SEMESTERET, deltakere='[[deltakere]]\nid = "D01"\nstart = 2023-11-01').vent(
        "2023-12-01",
        """
        punkt                   delvis fra        mal        tempo      frist      status flagg
        samtale/D01/2023-host/1 ja     2023-11-01 2023-11-13 2023-11-24 2023-12-20 apen   bak_plan
        samtale/D01/2023-host/2 ja     2023-11-01 2023-12-07 2023-12-20 2023-12-20 apen   -
        """,
    )


def test_for_faa_dager_til_en_eneste(prove: Prove) -> None:
    """14-20 Dec: 5 of 83 days; floor(2·5/83 + ½) = 0. The talk held then is before the spring's window."""
    v = prove.skriv(
        TO_I_SEMESTERET, "id;dato\na1;2023-12-18", deltakere='[[deltakere]]\nid = "D01"\nstart = 2023-12-14'
    ).vent(
        "2024-01-03",
        """
        punkt                  status kontakt
        samtale/D01/2024-var/1 apen   -
        samtale/D01/2024-var/2 apen   -
        """,
    )
    assert rester(v) == (["a1"], [], [])


PERMISJON = """
[[deltakere]]
id = "D01"
pauser = [{ fra = 2023-10-09, til = 2023-11-30, grunn = "permisjon", registrert = 2024-01-05 }]
"""


def test_pausen_tar_en_samtale(prove: Prove) -> None:
    """17 + 22 = 39 days away: 44 of 83; floor(2·44/83 + ½) = floor(1.56) = 1. The window stays; the other is excused.

    mal at ceil(44/2) = 22: the 13th of September; tempo the 44th and last. What is excused keeps the dates it had.
    """
    v = prove.skriv(TO_I_SEMESTERET, deltakere=PERMISJON).vent(
        "2024-01-01",
        """
        punkt                   delvis fra        mal        tempo      frist      status  grunn     sen
        samtale/D01/2023-host/1 ja     2023-08-21 2023-09-19 2023-12-20 2023-12-20 forfalt -         12
        samtale/D01/2023-host/2 nei    2023-08-21 2023-11-22 2023-12-20 2023-12-20 fritatt permisjon -
        """,
    )
    assert v.pausedager == {"D01": 23 + 30}
    assert koder(v) == ["pause_registrert_sent"]  # registered after 20 Dec


def test_pausen_er_ikke_kjent_for_den_er_registrert(prove: Prove) -> None:
    v = prove.skriv(TO_I_SEMESTERET, deltakere=PERMISJON).vent(
        "2024-01-01",
        """
        punkt                   delvis status  sen
        samtale/D01/2023-host/1 nei    forfalt 12
        samtale/D01/2023-host/2 nei    forfalt 12
        """,
        kjent="2024-01-04",
    )
    assert (v.pausedager, koder(v)) == ({}, [])


def test_fritatt_punkt_far_ingen_kontakt(prove: Prove) -> None:
    """Two talks, one point left: the second talk goes beyond the plan."""
    v = prove.skriv(TO_I_SEMESTERET, "id;dato\na1;2023-09-01\na2;2023-12-04", deltakere=PERMISJON).vent(
        "2024-01-01",
        """
        punkt                   status  kontakt
        samtale/D01/2023-host/1 i_tide  a1
        samtale/D01/2023-host/2 fritatt -
        """,
    )
    assert rester(v) == (["a2"], [], [])


def test_ogsa_i_ferien(prove: Prove) -> None:
    """With breaks counted the working days count: all of May-July. Windows run to the last day of the month.

    August 2024 has 22 working days, 1-16 Aug are 12: floor(12/22 + ½) = 1.
    """
    prove.skriv(
        """
        [[rutiner]]
        id = "samtale"
        frekvens = { antall = 1, per = "måned" }
        gjelder = { ferie = "også" }
        """,
        "id;dato\nj1;2024-07-31",
        fra="2024-05-01",
        til="2024-08-16",
    ).vent(
        "2024-08-01",
        """
        punkt                 fra        frist      delvis status  kontakt
        samtale/D01/2024-05/1 2024-05-01 2024-05-31 nei    mangler -
        samtale/D01/2024-06/1 2024-06-01 2024-06-30 nei    mangler -
        samtale/D01/2024-07/1 2024-07-01 2024-07-31 nei    i_tide  j1
        samtale/D01/2024-08/1 2024-08-01 2024-08-16 ja     apen    -
        """,
    )


def test_bare_i_sommerferien(prove: Prove) -> None:
    """School year 2023-2024: working days of the summer 1-18 Aug 2023 (14) and 24 June-31 July 2024 (28): 28 of 42 after
    the start, floor(28/42 + ½) = 1. mal at the 14th: 5 in June, 9th of July. 2024-2025: 12 of 41: none, so late
    has no end."""
    prove.skriv(
        """
        [[rutiner]]
        id = "sommer"
        frekvens = { antall = 1, per = "skoleår" }
        gjelder = { ferie = ["sommerferie"] }
        """,
        "id;dato\ns1;2024-08-02",
    ).vent(
        "2024-09-01",
        """
        punkt                  fra        mal        tempo      frist      sent_til delvis status   kontakt sen
        sommer/D01/2023-2024/1 2024-06-22 2024-07-11 2024-07-31 2024-07-31 -        ja     for_sent s1      2
        """,
    )


def test_bytter_gruppe(prove: Prove) -> None:
    """In the group from 1 Nov: as one who began then."""
    prove.skriv(
        FIRE_I_SEMESTERET + 'gjelder = { gruppe = ["uten-grunnskole"] }',
        deltakere="""
        [[deltakere]]
        id = "D01"
        gruppe = [{ fra = 2023-08-21, verdi = "med-grunnskole" }, { fra = 2023-11-01, verdi = "uten-grunnskole" }]
        """,
    ).vent(
        "2023-12-21",
        """
        punkt                   fra        frist      status  sen
        samtale/D01/2023-host/1 2023-11-01 2023-12-20 forfalt 1
        samtale/D01/2023-host/2 2023-11-01 2023-12-20 forfalt 1
        """,
    )


def test_bare_i_praksis(prove: Prove) -> None:
    """8 Jan-31 May: 18 + 16 + 16 + 21 + 19 = 90 of 109; floor(4·90/109 + ½) = floor(3.80) = 3. No next window."""
    prove.skriv(
        FIRE_I_SEMESTERET + "gjelder = { i_praksis = true }",
        "id;dato\nb1;2024-01-05\nb2;2024-01-08\nb3;2024-05-31",
        deltakere='[[deltakere]]\nid = "D01"\npraksis = [{ fra = 2024-01-08, til = 2024-05-31 }]',
    ).vent(
        "2024-12-01",
        """
        punkt                  delvis fra        frist      sent_til status  kontakt sen
        samtale/D01/2024-var/1 ja     2024-01-08 2024-05-31 -        i_tide  b2      0
        samtale/D01/2024-var/2 ja     2024-01-08 2024-05-31 -        i_tide  b3      0
        samtale/D01/2024-var/3 ja     2024-01-08 2024-05-31 -        forfalt -       184
        """,
    )  # June 30, July 31, Aug 31, Sep 30, Oct 31, Nov 30 = 183, and 1 Dec


def test_to_versjoner_i_samme_semester(prove: Prove) -> None:
    """Version 1 to 31 Oct: 47 of 83: floor(2·47/83 + ½) = 1. Version 2 after: 36 of 83: floor(4·36/83 + ½) = 2."""
    prove.skriv(
        """
        [[rutiner]]
        id = "samtale"
        frekvens = { antall = 2, per = "semester" }
        [[rutiner]]
        id = "samtale"
        gjelder_fra = 2023-11-01
        frekvens = { antall = 4, per = "semester" }
        """,
        "id;dato\na1;2023-10-31\na2;2023-11-01",
    ).vent(
        "2023-12-22",
        """
        punkt                      versjon periode   fra        frist      sent_til   status  kontakt sen
        samtale/D01/2023-host/1    1       2023-host 2023-08-21 2023-10-31 2023-10-31 i_tide  a1      0
        samtale/D01/2023-host.v2/1 2       2023-host 2023-11-01 2023-12-20 2024-01-01 i_tide  a2      0
        samtale/D01/2023-host.v2/2 2       2023-host 2023-11-01 2023-12-20 2024-01-01 forfalt -       2
        """,
    )


def test_den_som_slutter_for_fristen(prove: Prove) -> None:
    """Leaving changes neither count nor frist; what was not due by the last day is no longer about anyone."""
    prove.skriv(TO_I_SEMESTERET, "id;dato\na1;2023-09-14", deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-11-30')
    prove.vent(
        "2023-11-30",
        """
        punkt                   frist      delvis status
        samtale/D01/2023-host/1 2023-12-20 nei    i_tide
        samtale/D01/2023-host/2 2023-12-20 nei    apen
        """,
    )
    prove.vent(
        "2023-12-01",
        """
        punkt                   status
        samtale/D01/2023-host/1 i_tide
        samtale/D01/2023-host/2 ikke_aktuelt
        """,
    )


def test_den_som_slutter_pa_fristen(prove: Prove) -> None:
    """The frist is not after the last day: it is missing, and at once, since nobody is there to be late for."""
    prove.skriv(TO_I_SEMESTERET, deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-12-20').vent(
        "2023-12-21",
        """
        punkt                   status  sen
        samtale/D01/2023-host/1 mangler -
        samtale/D01/2023-host/2 mangler -
        """,
    )


SENT_TIL = """
    [[rutiner]]
    id = "samtale"
    frekvens = { antall = 1, per = "maned", sent_til = "5 dager" }
"""


def test_egen_sengrense_inn_i_neste_vindu(prove: Prove) -> None:
    """3 Sep may be late for August or on time for September: on time comes first."""
    prove.skriv(SENT_TIL, "id;dato\nc1;2023-09-03").vent(
        "2023-09-04",
        """
        punkt                 sent_til   status  kontakt sen
        samtale/D01/2023-08/1 2023-09-05 forfalt -       4
        samtale/D01/2023-09/1 2023-10-04 i_tide  c1      0
        """,
    )


def test_egen_sengrense_med_to_kontakter(prove: Prove) -> None:
    """Both points met; the fewest days late gives August the first."""
    prove.skriv(SENT_TIL, "id;dato\nc1;2023-09-03\nc2;2023-09-04").vent(
        "2023-09-06",
        """
        punkt                 status   kontakt sen
        samtale/D01/2023-08/1 for_sent c1      3
        samtale/D01/2023-09/1 i_tide   c2      0
        """,
    )


def test_uten_skolerute(prove: Prove) -> None:
    """Working days: 15-30 April are 12 of 21: floor(12/21 + ½) = 1; all 19 of May; 3-10 June 6 of 20: none.

    mal: the 6th (22 April), the 10th of May (16 May: not 1, 9, 17, 20 May).
    """
    prove.skriv(EN_I_MANEDEN, fra="2024-04-15", til="2024-06-10", rute="ingen").vent(
        "2024-06-01",
        """
        punkt                 delvis fra        mal        tempo      frist      sent_til   status
        samtale/D01/2024-04/1 ja     2024-04-15 2024-04-22 2024-04-30 2024-04-30 2024-04-30 mangler
        samtale/D01/2024-05/1 nei    2024-05-01 2024-05-16 2024-05-31 2024-05-31 -          forfalt
        """,
    )


def test_fase_utenfor_skoleruta(prove: Prove) -> None:
    """An apprenticeship runs through the summer; months end on the last day, 31 August being a Saturday."""
    prove.skriv(
        """
        [[faser]]
        id = "lare"
        navn = "Lære"
        fra = 2024-07-01
        til = 2024-08-31
        skolerute = false
        [[rutiner]]
        id = "samtale"
        frekvens = { antall = 1, per = "maned" }
        gjelder = { fase = ["lare"] }
        """,
        "id;dato\nj1;2024-08-31",
    ).vent(
        "2024-09-01",
        """
        punkt                 delvis fra        frist      sent_til   status  kontakt
        samtale/D01/2024-07/1 nei    2024-07-01 2024-07-31 2024-07-31 mangler -
        samtale/D01/2024-08/1 nei    2024-08-01 2024-08-31 -          i_tide  j1
        """,
    )


def test_bare_andre_skolear(prove: Prove) -> None:
    """The second school year of the class begins on 1 August 2024; school on the 19th. A talk before it is beyond the plan."""
    v = prove.skriv(
        """
        [[rutiner]]
        id = "samtale"
        frekvens = { antall = 1, per = "skolear" }
        gjelder = { skolear = [2] }
        """,
        "id;dato\ns1;2024-08-16\ns2;2024-08-19",
    ).vent(
        "2024-09-01",
        """
        punkt                   fra        frist      status kontakt
        samtale/D01/2024-2025/1 2024-08-19 2025-06-20 i_tide s2
        """,
    )
    assert rester(v) == (["s1"], [], [])
