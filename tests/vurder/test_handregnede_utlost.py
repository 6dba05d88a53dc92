"""Worked by hand from docs/semantikk.md: duties set off by an event or another routine, and need-based ones."""

from __future__ import annotations

import pytest

from vurder.hjelp import Prove, koder, rester


def ved(frekvens: str, mer: str = "") -> str:
    return f'[[rutiner]]\nid = "varsel"\nfrekvens = {{ {frekvens} }}\n{mer}\n'


@pytest.mark.parametrize(
    ("hendelse", "innen", "frist"),
    [
        ("2024-03-26", "3 virkedager", "2024-04-03"),  # 27 March, then Easter; 2, 3 April
        ("2024-03-22", "2 skoledager", "2024-04-03"),  # the break takes 25-27 March as well
        ("2024-05-16", "1 virkedag", "2024-05-21"),  # 17 May, weekend, Whit Monday
        ("2023-12-29", "5 virkedager", "2024-01-08"),  # 2-5 Jan, 8 Jan
        ("2024-01-31", "1 måned", "2024-02-29"),  # a leap day
        ("2025-01-31", "1 måned", "2025-02-28"),
        ("2024-02-29", "1 år", "2025-02-28"),
        ("2023-10-02", "1 uke", "2023-10-09"),  # in the autumn break: only breaks and pauses are waived
    ],
)
def test_fristen_regnes_fra_hendelsen(prove: Prove, hendelse: str, innen: str, frist: str) -> None:
    prove.skriv(
        ved(f'ved = "hoyt_fravaer", innen = "{innen}"'), hendelser=f"id;dato;type\nh1;{hendelse};høyt_fravær"
    ).vent(
        hendelse,
        f"""
        punkt           periode fra        mal        tempo frist   sent_til status flagg
        varsel/D01/h1/1 h1      {hendelse} {hendelse} -     {frist} -        apen   -
        """,
    )


def test_i_tide_for_sent_og_forfalt(prove: Prove) -> None:
    """Three events, a week each. One talk on time, one late, none. Days overdue are counted from the frist."""
    prove.skriv(
        ved('ved = "hoyt_fravaer", innen = "1 uke"'),
        "id;dato\na1;2023-09-08\na2;2023-10-12",
        hendelser="""
        id;dato;type
        h1;2023-09-01;hoyt_fravaer
        h2;2023-10-02;hoyt_fravaer
        h3;2023-11-01;hoyt_fravaer
        """,
    ).vent(
        "2023-11-18",
        """
        punkt           frist      status   kontakt sen
        varsel/D01/h1/1 2023-09-08 i_tide   a1      0
        varsel/D01/h2/1 2023-10-09 for_sent a2      3
        varsel/D01/h3/1 2023-11-08 forfalt  -       10
        """,
    )


def test_uten_frist_er_den_aldri_for_sen(prove: Prove) -> None:
    """Vague duties stay vague: open for a year, then done."""
    hendelser = "id;dato;type;oppdaget\nh1;2023-09-01;hoyt_fravaer;2023-09-20"
    prove.skriv(ved('ved = "hoyt_fravaer"'), "id;dato\na1;2024-09-02", hendelser=hendelser)
    prove.vent("2024-09-01", "punkt frist status sen oppdaget\nvarsel/D01/h1/1 - apen - 19")
    prove.vent("2024-09-02", "punkt frist status sen oppdaget\nvarsel/D01/h1/1 - i_tide 0 19")


def test_samle_i_fjorten_dager(prove: Prove) -> None:
    """1 Sep gathers to 15 Sep, that day too; the deadline is counted from the first. 16 Sep begins anew."""
    prove.skriv(
        ved('ved = "fravaer", innen = "1 uke", samle = "14 dager"'),
        hendelser="id;dato;type\ne1;2023-09-01;fravaer\ne2;2023-09-10;fravaer\ne3;2023-09-15;fravaer\ne4;2023-09-16;fravaer",
    ).vent(
        "2023-09-20",
        """
        punkt           fra        frist      status  sen
        varsel/D01/e1/1 2023-09-01 2023-09-08 forfalt 12
        varsel/D01/e4/1 2023-09-16 2023-09-23 apen    -
        """,
    )


def test_en_samle_over_flere_ord(prove: Prove) -> None:
    prove.skriv(
        ved('ved = ["hoyt_fravaer", "frafallsrisiko"], innen = "1 uke", samle = "14 dager"'),
        hendelser="id;dato;type\ne1;2023-09-05;frafallsrisiko\ne2;2023-09-01;hoyt_fravaer\ne3;2023-09-03;fravaer",
    ).vent("2023-09-06", "punkt frist status\nvarsel/D01/e2/1 2023-09-08 apen")


def test_avbrudd_er_om_selve_slutten(prove: Prove) -> None:
    """The report is due two weeks after she left; nobody enrolled can be overdue, so it goes from open to missing."""
    prove.skriv(
        ved('ved = "avbrudd", innen = "2 uker"'),
        hendelser="id;dato;type\nh1;2023-11-30;avbrudd",
        deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-11-30',
    )
    prove.vent("2023-12-14", "punkt frist status\nvarsel/D01/h1/1 2023-12-14 apen")
    prove.vent("2023-12-15", "punkt status sen\nvarsel/D01/h1/1 mangler -")


def test_sluttrapport_fra_en_som_har_sluttet(prove: Prove) -> None:
    prove.skriv(
        ved('ved = "avbrudd", innen = "2 uker"'),
        "id;dato\ns1;2023-12-20",
        hendelser="id;dato;type\nh1;2023-11-30;avbrudd",
        deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-11-30',
    ).vent("2024-02-01", "punkt status kontakt sen\nvarsel/D01/h1/1 for_sent s1 6")


def test_annet_er_ikke_aktuelt_nar_hun_har_sluttet(prove: Prove) -> None:
    """Without a frist, or with one after the last day; what was due before it is missing."""
    prove.skriv(
        ved('ved = "frafallsrisiko"') + ved('ved = "hoyt_fravaer", innen = "2 uker"').replace("varsel", "samtale"),
        hendelser="id;dato;type\nh1;2023-11-01;frafallsrisiko\nh2;2023-11-01;hoyt_fravaer\nh3;2023-11-20;hoyt_fravaer",
        deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-11-30',
    ).vent(
        "2023-12-01",
        """
        punkt            frist      status
        varsel/D01/h1/1  -          ikke_aktuelt
        samtale/D01/h2/1 2023-11-15 mangler
        samtale/D01/h3/1 2023-12-04 ikke_aktuelt
        """,
    )


def test_hendelse_etter_slutt_er_et_funn(prove: Prove) -> None:
    v = prove.skriv(
        ved('ved = "avbrudd", innen = "2 uker"'),
        hendelser="id;dato;type\nh1;2023-12-01;avbrudd",
        deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-11-30',
    ).vent("2023-12-05", "punkt status")
    assert koder(v) == ["hendelse_etter_slutt"]


def test_gjelder_ma_stemme_pa_dagen(prove: Prove) -> None:
    """Only in practice: the event before it gives nothing; the one in a break and a pause of it does."""
    prove.skriv(
        ved('ved = "fravaer", innen = "1 uke"', "gjelder = { i_praksis = true }"),
        hendelser="id;dato;type\nh1;2024-01-05;fravaer\nh2;2024-02-20;fravaer",
        deltakere="""
        [[deltakere]]
        id = "D01"
        praksis = [{ fra = 2024-01-08, til = 2024-06-14 }]
        pauser = [{ fra = 2024-02-15, til = 2024-02-25, grunn = "permisjon" }]
        """,
    ).vent("2024-02-25", "punkt frist status\nvarsel/D01/h2/1 2024-02-27 apen")


def test_klassens_hendelse(prove: Prove) -> None:
    """Empty `deltaker` is the class only; `*` those enrolled that day, and the class; D02 began later."""
    prove.skriv(
        ved('ved = "brannalarm", innen = "1 uke"', 'niva = "klasse"')
        + ved('ved = "brannalarm", innen = "2 uker"').replace("varsel", "prat"),
        hendelser="id;dato;type;deltaker\nh1;2023-09-01;brannalarm;\nh2;2023-10-10;brannalarm;*\nh3;2023-11-01;brannalarm;D02",
        deltakere='[[deltakere]]\nid = "D01"\n[[deltakere]]\nid = "D02"\nstart = 2023-10-11',
    ).vent(
        "2023-11-02",
        """
        punkt         frist      status
        varsel/k/h1/1 2023-09-08 forfalt
        varsel/k/h2/1 2023-10-17 forfalt
        prat/D01/h2/1 2023-10-24 forfalt
        prat/D02/h3/1 2023-11-15 apen
        """,
    )


def test_samme_hendelse_fort_to_ganger(prove: Prove) -> None:
    """Same type and day: the lowest id. Same id: the earliest row. Both others are findings and not counted."""
    v = prove.skriv(
        ved('ved = "fravaer", innen = "1 uke"'),
        hendelser="id;dato;type\nh2;2023-09-01;fravaer\nh1;2023-09-01;fravaer\nh3;2023-10-10;fravaer\nh3;2023-10-09;fravaer",
    ).vent(
        "2023-10-12",
        """
        punkt           frist      status
        varsel/D01/h1/1 2023-09-08 forfalt
        varsel/D01/h3/1 2023-10-16 apen
        """,
    )
    assert v.ikke_talt == [("h2", "duplikat"), ("h3", "duplikat")]
    assert koder(v) == ["duplikat", "duplikat"]


def test_egen_sengrense(prove: Prove) -> None:
    """Due 8 Sep, late to 15 Sep. Overdue to that day, then missing; a talk on the 16th is beyond the plan."""
    prove.skriv(
        ved('ved = "fravaer", innen = "1 uke", sent_til = "1 uke"'),
        "id;dato\na1;2023-09-16",
        hendelser="id;dato;type\nh1;2023-09-01;fravaer",
    )
    prove.vent("2023-09-15", "punkt sent_til status sen\nvarsel/D01/h1/1 2023-09-15 forfalt 7")
    v = prove.vent("2023-09-16", "punkt status sen\nvarsel/D01/h1/1 mangler -")
    assert rester(v) == (["a1"], [], [])


KJEDE = """
    [[rutiner]]
    id = "varsel"
    type = "varsel"
    frekvens = { ved = "hoyt_fravaer" }
    [[rutiner]]
    id = "mote"
    type = "mote"
    frekvens = { etter = "varsel", innen = "2 uker" }
    [[rutiner]]
    id = "plan"
    type = "plan"
    frekvens = { etter = "mote", innen = "1 uke" }
"""


def test_en_kjede_av_plikter(prove: Prove) -> None:
    """Event, notice, meeting within two weeks of the notice, plan within a week of the meeting."""
    prove.skriv(
        KJEDE,
        "id;dato;type\nv1;2023-09-04;varsel\nm1;2023-09-20;mote\np1;2023-09-27;plan",
        hendelser="id;dato;type\nh1;2023-09-01;hoyt_fravaer",
    )
    prove.vent("2023-09-03", "punkt frist status\nvarsel/D01/h1/1 - apen")
    prove.vent("2023-09-19", "punkt frist status sen\nvarsel/D01/h1/1 - i_tide 0\nmote/D01/v1/1 2023-09-18 forfalt 1")
    prove.vent(
        "2023-09-30",
        """
        punkt           periode fra        frist      status   kontakt sen
        varsel/D01/h1/1 h1      2023-09-01 -          i_tide   v1      0
        mote/D01/v1/1   v1      2023-09-04 2023-09-18 for_sent m1      2
        plan/D01/m1/1   m1      2023-09-20 2023-09-27 i_tide   p1      0
        """,
    )


def test_en_kontakt_ut_over_planen_utloser_ogsa(prove: Prove) -> None:
    """No event: the notice is beyond the plan, but it counts, so a meeting is due."""
    v = prove.skriv(KJEDE, "id;dato;type\nv1;2023-09-04;varsel").vent(
        "2023-09-10", "punkt frist status\nmote/D01/v1/1 2023-09-18 apen"
    )
    assert rester(v) == (["v1"], [], [])


def test_den_som_ikke_motte_utloser_ingenting(prove: Prove) -> None:
    v = prove.skriv(KJEDE, "id;dato;type;status\nv1;2023-09-04;varsel;ikke møtt").vent("2023-09-10", "punkt status")
    assert rester(v) == ([], [], [("v1", "ikke_mott")])


def test_etter_en_rutine_i_to_versjoner(prove: Prove) -> None:
    """To 31 Oct anyone may hold the talk; after, the counsellor must be there, or it sets nothing off."""
    v = prove.skriv(
        """
        [[rutiner]]
        id = "trekant"
        type = "trekant"
        frekvens = { behov = true }
        [[rutiner]]
        id = "trekant"
        type = "trekant"
        gjelder_fra = 2023-11-01
        krever = ["veileder"]
        frekvens = { behov = true }
        [[rutiner]]
        id = "referat"
        frekvens = { etter = "trekant", innen = "1 uke" }
        """,
        """
        id;dato;type;deltok
        t1;2023-10-10;trekant;laerer
        t2;2023-11-10;trekant;laerer
        t3;2023-11-20;trekant;laerer,veileder
        """,
    ).vent(
        "2023-11-21",
        """
        punkt            frist      status
        referat/D01/t1/1 2023-10-17 forfalt
        referat/D01/t3/1 2023-11-27 apen
        """,
    )
    assert v.utover_plan == []


def test_etter_to_rutiner_samlet(prove: Prove) -> None:
    """One `samle` over both: the report of 1 Sep and the notice of 10 Sep ask for one answer, counted from the first."""
    prove.skriv(
        """
        [[rutiner]]
        id = "egenrapport"
        type = "egenrapport"
        frekvens = { behov = true }
        [[rutiner]]
        id = "varsel"
        type = "varsel"
        frekvens = { behov = true }
        [[rutiner]]
        id = "svar"
        frekvens = { etter = ["egenrapport", "varsel"], innen = "3 uker", samle = "14 dager" }
        """,
        "id;dato;type\ne1;2023-09-01;egenrapport\nv1;2023-09-10;varsel\ne2;2023-09-16;egenrapport\ns1;2023-09-22;samtale",
    ).vent(
        "2023-09-25",
        """
        punkt         fra        frist      status kontakt
        svar/D01/e1/1 2023-09-01 2023-09-22 i_tide s1
        svar/D01/e2/1 2023-09-16 2023-10-07 apen   -
        """,
    )


def test_det_ene_svaret_gis_der_det_er_i_tide(prove: Prove) -> None:
    """12 Sep is late for the first event (due 8 Sep) and on time for the second (due 15 Sep)."""
    prove.skriv(
        ved('ved = "fravaer", innen = "1 uke"'),
        "id;dato\na1;2023-09-12",
        hendelser="id;dato;type\nh1;2023-09-01;fravaer\nh2;2023-09-08;fravaer",
    ).vent(
        "2023-09-13",
        """
        punkt           status  kontakt sen
        varsel/D01/h1/1 forfalt -       5
        varsel/D01/h2/1 i_tide  a1      0
        """,
    )


def test_behov_gir_ingen_punkter(prove: Prove) -> None:
    """Contacts of need-based routines are neither points nor beyond any plan."""
    v = prove.skriv(
        '[[rutiner]]\nid = "prat"\nfrekvens = { behov = true }', "id;dato\na1;2023-09-12\na2;2023-09-13"
    ).vent("2023-10-01", "punkt status")
    assert rester(v) == ([], [], [])
    assert [k.id for k in v.telt["prat", 1, "D01"].teller] == ["a1", "a2"]


def test_hendelse_etter_per_eller_ikke_kjent(prove: Prove) -> None:
    prove.skriv(
        ved('ved = "fravaer", innen = "1 uke"'),
        hendelser="id;dato;type;registrert\nh1;2023-09-01;fravaer;2023-09-20\nh2;2023-09-15;fravaer;",
    )
    prove.vent("2023-09-14", "punkt status\nvarsel/D01/h1/1 forfalt")
    prove.vent("2023-09-16", "punkt status\nvarsel/D01/h2/1 apen", kjent="2023-09-19")


def test_fritatt_fra_en_plikt(prove: Prove) -> None:
    prove.skriv(
        ved('ved = "fravaer", innen = "1 uke"'),
        hendelser="id;dato;type\nh1;2023-09-01;fravaer",
        deltakere='[[deltakere]]\nid = "D01"\nfritak = [{ rutine = "varsel", grunn = "avtalt" }]',
    ).vent("2023-10-01", "punkt status grunn\nvarsel/D01/h1/1 fritatt avtalt")


def test_om_slutten_gjelder_versjonen_som_laget_punktet(prove: Prove) -> None:
    """Version 1 is about the ending, version 2 is not: a point of version 1 is never cut off by leaving."""
    prove.skriv(
        ved('ved = "avbrudd", innen = "2 uker"') + ved('ved = "fravaer", innen = "2 uker"', "gjelder_fra = 2024-01-01"),
        hendelser="id;dato;type\nh1;2023-11-30;avbrudd",
        deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-11-30',
    ).vent("2023-12-10", "punkt status\nvarsel/D01/h1/1 apen")


def test_bare_det_som_utloses_av_selve_avbruddet_er_om_slutten(prove: Prove) -> None:
    """One routine for two words. D01 left on 30 Nov: what the risk set off on the 27th (frist 11 Dec) is cut off; the
    report after the ending (frist 14 Dec) is not, and is open until then and overdue for nobody: missing after."""
    prove.skriv(
        ved('ved = ["avbrudd", "frafallsrisiko"], innen = "2 uker"'),
        hendelser="id;dato;type\nh1;2023-11-27;frafallsrisiko\nh2;2023-11-30;avbrudd",
        deltakere='[[deltakere]]\nid = "D01"\nslutt = 2023-11-30',
    ).vent("2023-12-12", "punkt status\nvarsel/D01/h1/1 ikke_aktuelt\nvarsel/D01/h2/1 apen")
    prove.vent("2023-12-15", "punkt status\nvarsel/D01/h1/1 ikke_aktuelt\nvarsel/D01/h2/1 mangler")
