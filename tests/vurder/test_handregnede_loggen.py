"""Worked by hand from docs/semantikk.md: which contacts count, for whom, and what becomes of the rest."""

from __future__ import annotations

from vurder.hjelp import Prove, koder, rester

SAMTALE = """
    [[rutiner]]
    id = "samtale"
    frekvens = { antall = 2, per = "semester" }
"""
TO_DELTAKERE = '[[deltakere]]\nid = "D01"\n[[deltakere]]\nid = "D02"'


def test_samme_samtale_fort_to_ganger(prove: Prove) -> None:
    """Same type, routine and day for one subject: the lowest id counts, the other is a finding."""
    v = prove.skriv(SAMTALE, "id;dato\na2;2023-09-01\na1;2023-09-01").vent(
        "2023-09-02",
        """
        punkt                   status kontakt
        samtale/D01/2023-host/1 i_tide a1
        samtale/D01/2023-host/2 apen   -
        """,
    )
    assert rester(v) == ([], [], [("a2", "duplikat")])
    assert koder(v) == ["duplikat"]


def test_samme_dag_med_ulik_rutine_er_to_kontakter(prove: Prove) -> None:
    prove.skriv(SAMTALE, "id;dato;rutine\na1;2023-09-01;samtale\na2;2023-09-01;").vent(
        "2023-09-02",
        """
        punkt                   status kontakt
        samtale/D01/2023-host/1 i_tide a1
        samtale/D01/2023-host/2 i_tide a2
        """,
    )


def test_samme_id_to_ganger(prove: Prove) -> None:
    """The earliest row holds, wherever it stands in the file."""
    v = prove.skriv(SAMTALE, "id;dato\na1;2023-10-12\na1;2023-09-01").vent(
        "2023-11-01",
        """
        punkt                   status kontakt
        samtale/D01/2023-host/1 i_tide a1
        samtale/D01/2023-host/2 apen   -
        """,
    )
    assert v.punkter[0].kontakt is not None
    assert str(v.punkter[0].kontakt.dato) == "2023-09-01"
    assert rester(v) == ([], [], [("a1", "duplikat")])


def test_duplikat_for_den_ene_teller_for_den_andre(prove: Prove) -> None:
    """a2 repeats a1 for D01 and is D02's only talk: it counts somewhere, so it is not left out."""
    v = prove.skriv(
        SAMTALE, "id;dato;deltaker\na1;2023-09-01;D01\na2;2023-09-01;D01, D02", deltakere=TO_DELTAKERE
    ).vent(
        "2023-09-02",
        """
        punkt                   status kontakt
        samtale/D01/2023-host/1 i_tide a1
        samtale/D01/2023-host/2 apen   -
        samtale/D02/2023-host/1 i_tide a2
        samtale/D02/2023-host/2 apen   -
        """,
    )
    assert rester(v) == ([], [], [])


def test_raden_uten_id(prove: Prove) -> None:
    v = prove.skriv(SAMTALE, "id;dato\n;2023-09-01").vent(
        "2023-09-02",
        """
        punkt                   status kontakt
        samtale/D01/2023-host/1 i_tide rad-2
        samtale/D01/2023-host/2 apen   -
        """,
    )
    assert koder(v) == ["uten_id"]


def test_en_hendelse_og_en_kontakt_med_samme_id(prove: Prove) -> None:
    """The files have ids of their own: a repeated event is left out, also when a contact with its id counts."""
    v = prove.skriv(
        SAMTALE + '\n[[rutiner]]\nid = "varsel"\ntype = "varsel"\nfrekvens = { ved = "fravaer" }',
        "id;dato\n1;2023-08-28\n2;2023-09-04",
        hendelser="id;dato;type\n1;2023-09-01;fravaer\n2;2023-09-01;fravaer",
    ).vent(
        "2023-09-05",
        """
        punkt                   status kontakt
        samtale/D01/2023-host/1 i_tide 1
        samtale/D01/2023-host/2 i_tide 2
        varsel/D01/1/1          apen   -
        """,
    )
    assert rester(v) == ([], [], [("2", "duplikat")])


def test_den_som_ikke_motte_star_ved_det_som_mangler(prove: Prove) -> None:
    """No-shows, cancellations and postponements count for nothing, and are shown beside the points they were for."""
    v = prove.skriv(
        SAMTALE,
        "id;dato;status\na1;2023-09-01;ikke møtt\na2;2023-09-08;avlyst\na3;2023-09-15;Utsatt\na4;2023-09-22;gjennomført",
    ).vent(
        "2023-10-01",
        """
        punkt                   status kontakt forsok
        samtale/D01/2023-host/1 i_tide a4      a1,a2,a3
        samtale/D01/2023-host/2 apen   -       a1,a2,a3
        """,
    )
    assert rester(v) == ([], [], [("a1", "ikke_mott"), ("a2", "avlyst"), ("a3", "utsatt")])


def test_hver_grunn_til_ikke_a_telle(prove: Prove) -> None:
    v = prove.skriv(
        SAMTALE,
        """
        id;dato;type;rutine;deltaker;registrert
        a1;2023-09-02;samtale;;D01;2023-10-02
        a2;2023-10-02;samtale;;D01;2023-09-01
        a3;2023-09-03;prat;;D01;
        a4;2023-09-04;samtale;smaprat;D01;
        a5;2023-09-05;samtale;;D99;
        a6;2023-09-06;samtale;;D01,D99;
        """,
    ).vent(
        "2023-10-01",
        """
        punkt                   status kontakt
        samtale/D01/2023-host/1 i_tide a6
        samtale/D01/2023-host/2 apen   -
        """,
        kjent="2023-10-01",
    )
    assert rester(v) == (
        [],
        [],
        [
            ("a1", "etter_kjent"), ("a2", "etter_per"), ("a3", "ukjent_type"), ("a4", "ukjent_rutine"),
            ("a5", "ukjent_deltaker"),
        ],
    )  # fmt: skip
    assert koder(v) == ["ukjent_deltaker", "ukjent_deltaker", "ukjent_rutine", "ukjent_type"]


def test_sen_registrering(prove: Prove) -> None:
    """Held in time, written down in March. In January nobody knew; then the year before is put right."""
    prove.skriv(SAMTALE, "id;dato;registrert\na1;2023-09-01;2023-09-01\na2;2023-12-19;2024-03-01")
    prove.vent(
        "2023-12-31",
        """
        punkt                   status  kontakt sen
        samtale/D01/2023-host/1 i_tide  a1      0
        samtale/D01/2023-host/2 forfalt -       11
        """,
        kjent="2024-02-29",
    )
    prove.vent(
        "2023-12-31",
        """
        punkt                   status kontakt sen
        samtale/D01/2023-host/1 i_tide a1      0
        samtale/D01/2023-host/2 i_tide a2      0
        """,
        kjent="2024-03-01",
    )


TO_RUTINER = """
    [[rutiner]]
    id = "elevsamtale"
    frekvens = { antall = 1, per = "semester" }
    [[rutiner]]
    id = "fagsamtale"
    frekvens = { antall = 1, per = "semester" }
"""


def test_rutinen_er_fylt_ut(prove: Prove) -> None:
    """Both routines take a `samtale`; the row says which. The unnamed one goes to the other."""
    prove.skriv(TO_RUTINER, "id;dato;rutine\na1;2023-09-01;\na2;2023-09-08;elevsamtale").vent(
        "2023-09-10",
        """
        punkt                       status kontakt
        elevsamtale/D01/2023-host/1 i_tide a2
        fagsamtale/D01/2023-host/1  i_tide a1
        """,
    )


def test_uten_rutine_gar_den_forste_til_den_forste(prove: Prove) -> None:
    """One talk, two points alike: the one first in order (by routine) gets it."""
    prove.skriv(TO_RUTINER, "id;dato\na1;2023-09-01").vent(
        "2023-09-10",
        """
        punkt                       status kontakt
        elevsamtale/D01/2023-host/1 i_tide a1
        fagsamtale/D01/2023-host/1  apen   -
        """,
    )


def test_et_onske_koster_aldri_et_krav(prove: Prove) -> None:
    """The wish is due first, in September, and could have had the talk; the requirement gets it."""
    prove.skriv(
        """
        [[rutiner]]
        id = "prat"
        frekvens = { minst = 0, inntil = 1, per = "maned" }
        [[rutiner]]
        id = "samtale"
        frekvens = { antall = 1, per = "semester" }
        """,
        "id;dato\na1;2023-09-01",
        fra="2023-09-01",
    ).vent(
        "2023-10-01",
        """
        punkt                   krav status     kontakt
        prat/D01/2023-09/1      nei  ikke_brukt -
        samtale/D01/2023-host/1 ja   i_tide     a1
        """,
    )


def test_teller_ogsa(prove: Prove) -> None:
    """A visit may be done as a three-party talk; a phone call may not."""
    v = prove.skriv(
        """
        [[rutiner]]
        id = "besok"
        type = "besok"
        teller_ogsa = ["trekantsamtale"]
        frekvens = { antall = 2, per = "semester" }
        """,
        "id;dato;type\na1;2023-09-01;trekantsamtale\na2;2023-09-08;telefon\na3;2023-09-15;besok",
    ).vent(
        "2023-09-20",
        """
        punkt                 status kontakt
        besok/D01/2023-host/1 i_tide a1
        besok/D01/2023-host/2 i_tide a3
        """,
    )
    assert rester(v) == ([], [], [("a2", "ukjent_type")])


KLASSEN_OG_DELTAKEREN = """
    [[rutiner]]
    id = "klassemote"
    niva = "klasse"
    frekvens = { antall = 1, per = "semester" }
    [[rutiner]]
    id = "samtale"
    frekvens = { antall = 1, per = "semester" }
"""


def test_stjerne_tom_og_navngitt(prove: Prove) -> None:
    """`*` is the class and those enrolled that day; empty is the class only; a name is that participant only."""
    for deltaker, klassen, d01, d02 in [
        ("*", "i_tide", "i_tide", "apen"),  # D02 began in October
        ("", "i_tide", "apen", "apen"),
        ("D02", "apen", "apen", "i_tide"),  # named, though not enrolled … but see below
    ]:
        dato = "2023-09-01" if deltaker != "D02" else "2023-10-12"
        prove.skriv(
            KLASSEN_OG_DELTAKEREN,
            f"id;dato;deltaker\na1;{dato};{deltaker}",
            deltakere='[[deltakere]]\nid = "D01"\n[[deltakere]]\nid = "D02"\nstart = 2023-10-10',
        ).vent(
            "2023-10-15",
            f"""
            punkt                    status
            klassemote/k/2023-host/1 {klassen}
            samtale/D01/2023-host/1  {d01}
            samtale/D02/2023-host/1  {d02}
            """,
        )


def test_navngitt_for_hun_begynte(prove: Prove) -> None:
    """A named participant need not be enrolled: the talk counts, but no window is open yet."""
    v = prove.skriv(SAMTALE, "id;dato\na1;2023-09-01", deltakere='[[deltakere]]\nid = "D01"\nstart = 2023-10-10').vent(
        "2023-10-12",
        """
        punkt                   fra        status
        samtale/D01/2023-host/1 2023-10-10 apen
        """,  # 16 + 22 + 14 = 52 of 83 days: floor(2·52/83 + ½) = floor(1.75) = 1
    )
    assert rester(v) == (["a1"], [], [])


def test_manedlig_mote_for_klassen_pa_klokka(prove: Prove) -> None:
    """The class-level interval: `*` and empty rows end its gaps, a talk with one participant does not. Day 40 is 29 Sep."""
    prove.skriv(
        '[[rutiner]]\nid = "mote"\nniva = "klasse"\nfrekvens = { hver = "1 måned" }',
        "id;dato;deltaker\na1;2023-09-10;D01\na2;2023-09-19;\na3;2023-10-28;*",
    ).vent(
        "2023-11-01",
        """
        punkt      fra        frist      status   kontakt sen
        mote/k/1/1 2023-08-21 2023-09-19 i_tide   a2      0
        mote/k/2/1 2023-09-20 2023-10-28 i_tide   a3      0
        mote/k/3/1 2023-10-29 2023-11-27 kommende -       -
        """,
    )


TREKANT = """
    [[rutiner]]
    id = "trekant"
    krever = ["laerer", "veileder"]
    frekvens = { antall = 1, per = "maned" }
"""


def test_krever_at_rollene_var_med(prove: Prove) -> None:
    """A role, a person who stands for it, or whoever held it. Nothing filled in: it is not asked."""
    v = prove.skriv(
        TREKANT,
        """
        id;dato;utfort_av;deltok
        a1;2023-08-28;;laerer,veileder
        a2;2023-09-04;;l1, v1
        a3;2023-10-16;laerer;veileder
        a4;2023-11-06;v1;
        a5;2023-12-04;l1;deltaker
        """,
    ).vent(
        "2023-12-31",
        """
        punkt                 status  kontakt
        trekant/D01/2023-08/1 i_tide  a1
        trekant/D01/2023-09/1 i_tide  a2
        trekant/D01/2023-10/1 i_tide  a3
        trekant/D01/2023-11/1 i_tide  a4
        trekant/D01/2023-12/1 forfalt -
        """,
    )
    assert rester(v) == ([], ["a5"], [])


def test_ufullstendig_for_den_ene_men_teller_for_den_andre(prove: Prove) -> None:
    v = prove.skriv(
        TREKANT + '\n[[rutiner]]\nid = "prat"\nfrekvens = { antall = 1, per = "semester" }',
        "id;dato;utfort_av;deltok\na1;2023-08-28;laerer;deltaker",
    ).vent(
        "2023-08-30",
        """
        punkt                 status kontakt
        trekant/D01/2023-08/1 apen   -
        prat/D01/2023-host/1  i_tide a1
        """,
    )
    assert rester(v) == ([], [], [])


def test_en_ufullstendig_rad_skygger_ikke_for_en_hel(prove: Prove) -> None:
    """Only rows that would count are compared: the whole one counts, though its id is higher."""
    v = prove.skriv(TREKANT, "id;dato;deltok\na1;2023-08-28;laerer\na2;2023-08-28;laerer,veileder").vent(
        "2023-08-30", "punkt status kontakt\ntrekant/D01/2023-08/1 i_tide a2"
    )
    assert rester(v) == ([], ["a1"], [])


def test_kravet_om_roller_gjelder_fra_versjonen(prove: Prove) -> None:
    prove.skriv(
        TREKANT.replace('krever = ["laerer", "veileder"]', "")
        + TREKANT.replace("krever", "gjelder_fra = 2023-11-01\n    krever"),
        "id;dato;deltok\na1;2023-10-16;laerer\na2;2023-11-06;laerer",
    ).vent(
        "2023-11-10",
        """
        punkt                    status  kontakt
        trekant/D01/2023-08/1    mangler -
        trekant/D01/2023-09/1    mangler -
        trekant/D01/2023-10/1    i_tide  a1
        trekant/D01/2023-11.v2/1 apen    -
        """,
    )


def test_en_rad_som_bare_den_gamle_versjonen_ville_tatt(prove: Prove) -> None:
    v = prove.skriv(
        TREKANT.replace('krever = ["laerer", "veileder"]', "")
        + TREKANT.replace("krever", "gjelder_fra = 2023-11-01\n    krever"),
        "id;dato;deltok\na2;2023-11-06;laerer",
    ).vurder("2023-11-10")
    assert rester(v) == ([], ["a2"], [])


def test_fritaket(prove: Prove) -> None:
    """All points excused, the talk beyond the plan. Registered after the deadline: a finding; before that: unknown."""
    prove.skriv(
        SAMTALE,
        "id;dato\na1;2023-09-01",
        deltakere='[[deltakere]]\nid = "D01"\nfritak = [{ rutine = "samtale", grunn = "avtalt", registrert = 2024-01-10 }]',
    )
    v = prove.vent(
        "2024-01-10",
        """
        punkt                   status  grunn  kontakt
        samtale/D01/2023-host/1 fritatt avtalt -
        samtale/D01/2023-host/2 fritatt avtalt -
        samtale/D01/2024-var/1  fritatt avtalt -
        samtale/D01/2024-var/2  fritatt avtalt -
        """,
    )
    assert rester(v) == (["a1"], [], [])
    assert koder(v) == ["fritak_registrert_sent"]
    v = prove.vent(
        "2023-12-31",
        """
        punkt                   status  grunn kontakt
        samtale/D01/2023-host/1 i_tide  -     a1
        samtale/D01/2023-host/2 forfalt -     -
        """,
        kjent="2024-01-09",
    )
    assert koder(v) == []


def test_avtaler(prove: Prove) -> None:
    """By their own deadline: on the day, after it, overdue, open, without one. Done after R is not yet done."""
    prove.skriv(
        SAMTALE,
        avtaler="""
        id;dato;frist;utfort;registrert
        t1;2023-09-01;2023-09-15;2023-09-15;
        t2;2023-09-01;2023-09-15;2023-09-18;
        t3;2023-09-01;2023-09-15;;
        t4;2023-09-01;2023-10-15;;
        t5;2023-09-01;;;
        t6;2023-09-01;;2023-09-20;
        t7;2023-09-01;2023-09-30;2023-10-02;
        t8;2023-10-02;2023-10-09;;
        t9;2023-09-01;2023-09-15;;2023-10-05
        """,
    )
    v = prove.vurder("2023-10-01", "2023-10-04")
    assert {x.avtale.id: (x.status, x.dager_sen) for x in v.avtaler} == {
        "t1": ("i_tide", 0),
        "t2": ("for_sent", 3),
        "t3": ("forfalt", 16),
        "t4": ("apen", None),
        "t5": ("apen", None),
        "t6": ("i_tide", 0),
        "t7": ("forfalt", 1),
    }


def test_faerrest_dager_for_sent_i_alt(prove: Prove) -> None:
    """One talk, late for both: 30 days for August, 1 for September. September is met; August is not."""
    prove.skriv(
        '[[rutiner]]\nid = "samtale"\nfrekvens = { antall = 1, per = "maned", sent_til = "60 dager" }',
        "id;dato\na1;2023-09-30",
    ).vent(
        "2023-10-01",
        """
        punkt                 frist      status   kontakt sen
        samtale/D01/2023-08/1 2023-08-31 forfalt  -       31
        samtale/D01/2023-09/1 2023-09-29 for_sent a1      1
        """,
    )


def test_i_tide_gar_foran_at_alle_far_sin(prove: Prove) -> None:
    """Two routines of one type: the first due 4 Sep, the second 11 Sep and never late. Talks on 1 Sep and 12 Sep.

    Both ways one is on time; the way that meets both is taken: 1 Sep to the second, 12 Sep late to the first.
    """
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
    prove.vent("2023-09-05", "punkt status kontakt\na/D01/oppstart/1 i_tide a1\nb/D01/oppstart/1 apen -")
    prove.vent(
        "2023-09-12",
        """
        punkt            frist      status   kontakt sen
        a/D01/oppstart/1 2023-09-04 for_sent a2      8
        b/D01/oppstart/1 2023-09-11 i_tide   a1      0
        """,
    )


def test_for_klassen_har_begynt(prove: Prove) -> None:
    """Before anything: the points to come, none begun."""
    v = prove.skriv(SAMTALE, "id;dato\na1;2023-08-15").vent(
        "2023-08-16",
        """
        punkt                   fra        status
        samtale/D01/2023-host/1 2023-08-21 kommende
        samtale/D01/2023-host/2 2023-08-21 kommende
        """,
    )
    assert rester(v) == (["a1"], [], [])


def test_tom_logg(prove: Prove) -> None:
    v = prove.skriv(SAMTALE).vent(
        "2023-12-31",
        """
        punkt                   status  sen
        samtale/D01/2023-host/1 forfalt 11
        samtale/D01/2023-host/2 forfalt 11
        """,
    )
    assert rester(v) == ([], [], [])


def test_en_hendelse_som_er_skrevet_litt_feil_er_et_funn(prove: Prove) -> None:
    """«høyt fravær» with a space is the word; a letter too few is a finding; «fravær» is another word, and no finding."""
    v = prove.skriv(
        '[[rutiner]]\nid = "varsel"\nfrekvens = { ved = "høyt_fravær" }\n',
        hendelser="id;dato;type\nh1;2024-03-01;høyt fravær\nh2;2024-03-04;hoyt_fravar\nh3;2024-03-05;fravær",
    ).vurder("2024-03-06")
    assert [x.punkt.periode for x in v.punkter] == ["h1"]
    assert [(f.kode, f.sted) for f in v.funn] == [("ukjent_hendelse", "hendelser.csv:3")]
