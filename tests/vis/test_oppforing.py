"""What a calendar event says, and what it must never say."""

from __future__ import annotations

import pytest

from oppfolgingscli.modell.frekvens import parse_frekvens
from oppfolgingscli.publisert import Innhold
from oppfolgingscli.sprak import set_sprak
from oppfolgingscli.vis.oppforing import Oppforinger
from oppfolgingscli.vis.regelord import frekvens_ord
from planlegg.bygg import bygg

KLASSE = """
[roller.nav_veileder]
navn = { nb = "Nav-veileder", nn = "Nav-rettleiar", en = "Nav counsellor" }
etat = "nav"
[roller.kontaktlaerer]
navn = "Kontaktlærer"
etat = "skole"
[[rutiner]]
id = "samtale-kvp"
navn = { nb = "Oppfølgingssamtale (KVP)", en = "Follow-up talk (KVP)" }
type = "nav-samtale"
niva = "deltaker"
ansvarlig = "nav_veileder"
deltar = ["deltaker"]
frekvens = { hver = "3 måneder" }
gjelder = { ytelse = ["kvp"] }
kilde = "Håndbok for kvalifiseringsprogrammet"
kilde_id = "VLD-02"
[[rutiner]]
id = "kvp-plan"
type = "kvp-mote"
niva = "deltaker"
ansvarlig = "nav_veileder"
frekvens = { antall = 1, per = "semester" }
gjelder = { gruppe = ["uten-grunnskole"] }
[[rutiner]]
id = "praksisbesok"
navn = "Besøk på praksisplassen"
type = "bedriftsbesok"
niva = "deltaker"
ansvarlig = "kontaktlaerer"
frekvens = { minst = 3, inntil = 4, per = "semester", minst_mellom = "2 uker" }
gjelder = { i_praksis = true }
kilde = "kap. 3.1"
kilde_id = "OSL-13"
antatt = true
merknad = "HEMMELIG merknad"
[[rutiner]]
id = "statusmote"
navn = "Statusmøte"
type = "statusmote"
niva = "klasse"
ansvarlig = "kontaktlaerer"
frekvens = { antall = 1, per = "måned" }
[[deltakere]]
id = "D01"
ytelse = "kvp"
gruppe = "uten-grunnskole"
slutt = 2025-06-01
sluttarsak = "helse"
praksis = [{ fra = 2023-09-04, til = 2024-06-07, ukedager = ["onsdag"], sted = "Barnehage 3" }]
pauser = [{ fra = 2024-02-01, til = 2024-02-20, grunn = "sykdom" }]
fritak = [{ rutine = "statusmote", grunn = "depresjon" }]
"""


def innhold(*, vis: bool = True) -> dict[str, Innhold]:
    """Return the first event of each routine."""
    verden = bygg(KLASSE)
    oppforinger = Oppforinger(verden.opplegg, vis_deltaker=vis)
    out: dict[str, Innhold] = {}
    for mote in verden.plan():
        out.setdefault(mote.punkt.rutine, oppforinger.innhold(mote))
    return out


def test_a_visit_says_who_how_often_when_where_and_why() -> None:
    i = innhold()["praksisbesok"]
    assert (i.tittel, i.vist, i.sted, i.kategori) == (
        "Besøk på praksisplassen", "D01", "Barnehage 3", "bedriftsbesok",
    )  # fmt: skip
    assert i.beskrivelse.splitlines() == [
        "Ansvarlig: Kontaktlærer.",
        "Hvor ofte: 3 til 4 ganger i semesteret, minst 2 uker mellom.",
        "Når: fra 04.09.2023, frist 20.12.2023.",
        "Periode: høst 2023, nr. 1.",
        "Kilde: kap. 3.1 (OSL-13)",
        "Antatt: tallet står ikke i kilden, men er valgt i rutinefila.",
    ]
    assert i.referanse == "k/praksisbesok/D01/2023-host/1"


def test_a_routine_for_some_benefits_or_groups_does_not_tell_which() -> None:
    i = innhold()["samtale-kvp"]
    assert (i.tittel, i.kategori, i.referanse) == (
        "Oppfølgingssamtale", "nav-samtale", "k/nav-samtale/D01/1/1",
    )  # fmt: skip
    assert "Hvor ofte" not in i.beskrivelse
    assert i.beskrivelse.splitlines()[-1] == "Kilde: VLD-02"
    plan = innhold()["kvp-plan"]
    assert (plan.tittel, plan.kategori) == ("Oppfølging", "oppfolging")
    assert plan.referanse == "k/oppfolging/D01/2023-host/1"


@pytest.mark.parametrize("vis", [True, False])
def test_nothing_about_benefits_health_absence_or_notes(vis: bool) -> None:  # noqa: FBT001
    verden = bygg(KLASSE)
    oppforinger = Oppforinger(verden.opplegg, vis_deltaker=vis)
    for mote in verden.plan():
        text = str(oppforinger.innhold(mote)).lower()
        for word in ("kvp", "kvalifisering", "grunnskole", "helse", "sykdom", "depresjon", "hemmelig"):
            assert word not in text


def test_without_names_the_participant_is_nowhere_to_be_seen() -> None:
    for i in innhold(vis=False).values():
        seen = (i.tittel, i.vist, i.beskrivelse, i.referanse, i.sted, i.kategori)
        assert "D01" not in str(seen)
        assert i.sted is None
    assert innhold(vis=False)["praksisbesok"].referanse == "k/praksisbesok/2023-host/1"


def test_a_meeting_without_a_time_says_so_but_not_why() -> None:
    verden = bygg(KLASSE + '[kalender]\ntidsrom = "08:30-08:45"\n')
    oppforinger = Oppforinger(verden.opplegg, vis_deltaker=True)
    (i, *_) = (oppforinger.innhold(m) for m in verden.plan() if m.punkt.rutine == "statusmote")
    assert i.tittel == "IKKE PLASSERT: Statusmøte"
    assert (i.start, i.slutt, i.dato) == (None, None, "2023-08-31")
    assert "Avtal et før fristen" in i.beskrivelse


def test_names_are_in_the_language_in_use() -> None:
    set_sprak("en")
    i = innhold()["samtale-kvp"]
    assert i.tittel == "Follow-up talk"
    assert "Nav counsellor" in i.beskrivelse


@pytest.mark.parametrize(
    ("frekvens", "words"),
    [
        ({"antall": 1, "per": "måned"}, "1 gang i måneden"),
        ({"inntil": 2, "per": "uke"}, "inntil 2 ganger i uken"),
        ({"minst": 3, "inntil": 4, "per": "skoleår"}, "3 til 4 ganger i skoleåret"),
        ({"hver": "1 uke"}, "hver uke"),
        ({"hver": "3 uker", "senest": "4 uker"}, "hver 3. uke, senest etter 4 uker"),
        ({"hver": "1 år"}, "hvert år"),
        ({"hver": "2 måneder"}, "hver 2. måned"),
        ({"milepael": "oppstart"}, "innen 4 uker etter oppstart"),
        ({"milepael": "slutt", "fra": "-8 uker", "innen": "4 uker"}, "fra 8 uker før slutten til 4 uker etter"),
        ({"milepael": "skolear-slutt:3", "fra": "-4 uker", "innen": "0 dager"}, "fra 4 uker før slutten av skoleåret 3 til og med den dagen"),
        ({"milepael": "semester-slutt:var", "fra": "-6 uker", "innen": "-2 uker"}, "fra 6 uker før slutten av våren til 2 uker før"),
        ({"milepael": "eksamen:tverrfaglig"}, "innen 4 uker etter eksamen «tverrfaglig»"),
        ({"milepael": "2025-01-10"}, "innen 4 uker etter 10.01.2025"),
        ({"ved": "hoyt_fravaer", "innen": "3 virkedager"}, "innen 3 virkedager etter hoyt_fravaer"),
        ({"etter": "egenrapport"}, "etter egenrapport"),
        ({"behov": True}, "ved behov"),
    ],
)  # fmt: skip
def test_frequencies_in_words(frekvens: dict[str, object], words: str) -> None:
    rutinesett = bygg("").opplegg.rutinesett
    assert frekvens_ord(parse_frekvens(frekvens), rutinesett) == words
