"""A handbook holds the whole routine set: every routine, source and doubt, and is whole in each language.

The whole of one set in bokmål and one in nynorsk lie beside the test; `OPPFOLGING_NY_FASIT=1` writes them anew.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
from oppfolgingscli.sprak import navn, set_sprak
from oppfolgingscli.vis.dokument.html import to_html
from oppfolgingscli.vis.dokument.md import to_markdown
from oppfolgingscli.vis.dokument.modell import Boks, Fakta, Flyt, Liste, Overskrift, Sitat, Tabell, bits, plain
from oppfolgingscli.vis.handbok import make_handbok
from oppfolgingscli.vis.handbok.plan import Plan
from oppfolgingscli.vis.handbok.sporsmal import Sporsmal
from test_nynorsk import BOKMAAL, NORSK, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.modell.rutinesett import Fase, Rolle, Rutine, Rutinesett, Versjon
    from oppfolgingscli.vis.dokument.modell import Blokk, Dokument, Tekst

PER = date(2025, 6, 10)
SETT = bundled_ids()

HODE = """
format = 1

[rutinesett]
id = "prove"
navn = "Prøve"
kilde = "kap. 1"
gjelder_fra = 2023-08-01

[roller.deltaker]
navn = "Deltaker"
etat = "deltaker"

[roller.laerer]
navn = "Lærer"
etat = "skole"

[roller.nav]
navn = "Nav"
etat = "nav"
"""


def routine_set(tmp_path: Path, text: str) -> Rutinesett:
    path = tmp_path / "prove.toml"
    path.write_text(HODE + text, encoding="utf-8")
    return load_rutinesett(str(path))


def rutine(id_: str, frekvens: str, rest: str = "", ansvarlig: str = "laerer") -> str:
    return (
        f'[[rutiner]]\nid = "{id_}"\nnavn = "{id_.capitalize()}"\ntype = "samtale"\nniva = "deltaker"\n'
        f'ansvarlig = "{ansvarlig}"\ngrunnlag = "skriftlig"\nfrekvens = {frekvens}\n{rest}\n'
    )


def texts(dok: Dokument) -> Iterator[Tekst]:
    """Yield all the document says."""
    yield from (dok.tittel, dok.undertittel, *(part for line in dok.forside for part in line))
    for block in dok.blokker:
        yield from block_texts(block)


def block_texts(block: Blokk) -> Iterator[Tekst]:
    match block:
        case Liste():
            yield from block.punkter
        case Fakta():
            yield from (part for line in block.linjer for part in line)
        case Tabell():
            yield from (block.tittel, *block.kolonner, *(cell for row in block.rader for cell in row))
        case Sitat():
            yield from (block.tekst, block.opphav)
        case Boks():
            yield from (block.tittel, block.tekst)
        case Flyt():
            yield from (block.tittel, block.beskrivelse)
            yield from (part for node in block.noder for part in (node.tekst, *node.linjer))
        case _:
            yield block.tekst


def own_words(dok: Dokument) -> str:
    """Return what the document says in its own language: without what is marked as another."""
    return "\n".join("".join(b.tekst for b in bits(text) if b.sprak is None) for text in texts(dok))


def headings(dok: Dokument) -> list[str]:
    return [block.tekst for block in dok.blokker if isinstance(block, Overskrift)]


def under(dok: Dokument, heading: str) -> str:
    """Return what stands under a heading, down to the next one."""
    out: list[str] = []
    inside = False
    for block in dok.blokker:
        if isinstance(block, Overskrift):
            inside = block.tekst == heading
        elif inside:
            out += map(plain, block_texts(block))
    return "\n".join(out)


def unclear(v: Versjon) -> bool:
    """Whether a version is assumed or vague, by what the file says."""
    f: Any = v.rutine.frekvens
    return (
        v.rutine.antatt
        or v.rutine.grunnlag == "planlagt"
        or f.slag == "behov"
        or (f.slag in {"ved", "etter"} and f.innen is None)
        or v.rutine.ansvarlig in {"skole", "nav"}
    )


@pytest.mark.parametrize("id_", SETT)
def test_hver_rutine_rolle_og_kilde_er_med(id_: str) -> None:
    sett = load_rutinesett(id_)
    dok = make_handbok(sett, PER)
    told = headings(dok)
    for v in sett.versjoner:
        assert navn(v.rutine.navn) in told
    for role in sett.roller.values():
        assert navn(role.navn) in told
    words = "\n".join(plain(text) for text in texts(dok))
    things: list[Rutine | Rolle | Fase] = [v.rutine for v in sett.versjoner]
    things += [*sett.roller.values(), *sett.faser]
    ids = [kilde_id for thing in things for kilde_id in thing.kilde_id]
    assert ids
    assert [kilde_id for kilde_id in ids if kilde_id not in words] == []
    assert [thing.kilde for thing in things if thing.kilde and thing.kilde not in words] == []


@pytest.mark.parametrize("id_", SETT)
def test_det_uklare_gir_spoersmaal_og_bare_det(id_: str) -> None:
    sett = load_rutinesett(id_)
    asked = Sporsmal(Plan(sett, PER))
    assert {(one.rutine.id, one.versjon.nr) for one in asked.rutiner} == {
        (v.rutine.id, v.nr) for v in sett.versjoner if unclear(v)
    }
    assert [one for one in asked.rutiner if "?" not in one.tekst] == []
    assert [one.nr for one in asked.rutiner] == list(range(1, len(asked.rutiner) + 1))


@pytest.mark.parametrize("id_", SETT)
def test_det_uklare_er_merket_overalt(id_: str) -> None:
    plan = Plan(load_rutinesett(id_), PER)
    dok = make_handbok(plan.sett, PER)
    anchors = {f"rutine-{r.id}": r for r in plan.rutiner}
    seen = set()
    for text in texts(dok):
        found = bits(text)
        for bit, after in zip(found, (*found[1:], None), strict=True):
            r = anchors.get(bit.anker or "")
            if r is None or not plan.all_marks(r):
                continue
            if after is not None and after.tekst == " ":
                seen.add(r.id)
    assert seen == {r.id for r in plan.rutiner if plan.all_marks(r)}
    for r in plan.rutiner:
        assert ("Ikke avklart:" in under(dok, navn(r.rutine.navn))) == any(map(unclear, r.versjoner))


def test_hvert_slag_uklart_gir_sitt_spoersmaal(tmp_path: Path) -> None:
    sett = routine_set(
        tmp_path,
        rutine("fast", '{ antall = 2, per = "semester" }')
        + rutine(
            "gjettet", '{ antall = 2, per = "semester" }', 'antatt = true\nmerknad = "Antatt: to. Fylket bør velge."'
        )
        + rutine("behov", "{ behov = true }")
        + rutine("varsel", '{ ved = "hoyt_fravaer" }')
        + rutine("svar", '{ etter = "varsel", innen = "3 virkedager" }', ansvarlig="nav"),
    )
    asked = Sporsmal(Plan(sett, PER))
    assert {one.rutine.id: (one.tekst, one.sitat) for one in asked.rutiner} == {
        "gjettet": (
            "Skal dette skje 2 ganger i semesteret, eller oftere eller sjeldnere?",
            "Antatt: to. Fylket bør velge.",
        ),
        "behov": ("Hvem avgjør at det trengs, og hvor ofte skal det minst skje?", ""),
        "varsel": ("Hvor lenge etter høyt fravær kan det høyst gå før dette er gjort?", ""),
        "svar": ("Hvem skal ha ansvaret? Rutinen sier bare «Nav».", ""),
    }
    assert "Hva skal skje ved avbrudd i opplæringen? Ingen rutine begynner da." in asked.felles
    assert "Hvor mye fravær er høyt fravær, og hvem avgjør det?" in asked.felles


def test_stegene_ved_fravaer_folger_kjeden(tmp_path: Path) -> None:
    sett = routine_set(
        tmp_path,
        rutine("plan", '{ etter = "mote", innen = "1 uke" }')
        + rutine("mote", '{ etter = ["varsel", "samtale"], innen = "2 uker" }', 'deltar = ["nav", "deltaker"]')
        + rutine("varsel", '{ ved = "hoyt_fravaer", innen = "3 virkedager" }')
        + rutine("samtale", '{ ved = ["frafallsrisiko", "hoyt_fravaer"] }')
        + rutine("svar", '{ etter = "rapport" }')
        + rutine("rapport", '{ antall = 1, per = "semester" }'),
    )
    dok = make_handbok(sett, PER)
    assert under(dok, "Steg for steg: høyt fravær").splitlines() == [
        "Varsel. Ansvarlig: Lærer. Frist: innen 3 virkedager.",
        "Samtale (uten frist). Ansvarlig: Lærer. Frist: ikke satt.",
        "Mote. Ansvarlig: Lærer. Med: Nav og Deltaker. Frist: innen 2 uker.",
        "Plan. Ansvarlig: Lærer. Frist: innen 1 uke.",
    ]
    flow = next(block for block in dok.blokker if isinstance(block, Flyt))
    assert {node.id for node in flow.noder} == {
        *("event:hoyt_fravaer", "event:frafallsrisiko"), *("varsel", "samtale", "mote", "plan"),
    }  # fmt: skip
    assert "Høyt fravær: Varsel og Samtale, deretter Mote, deretter Plan." in flow.beskrivelse


def test_en_ring_av_rutiner_stanser_ikke(tmp_path: Path) -> None:
    sett = routine_set(
        tmp_path,
        rutine("a", '{ ved = "avbrudd" }') + rutine("b", '{ etter = ["a", "c"] }') + rutine("c", '{ etter = "b" }'),
    )
    assert Plan(sett, PER).chain("event:avbrudd") == [["a"], ["b"], ["c"]]


def test_en_rutine_som_har_endret_seg_viser_den_som_gjelder(tmp_path: Path) -> None:
    first = rutine("besok", '{ hver = "2 uker" }', "gjelder_til = 2024-07-31")
    then = rutine("besok", "{ behov = true }", "gjelder_fra = 2024-08-01")
    sett = routine_set(tmp_path, first + then)
    now = under(make_handbok(sett, PER), "Besok")
    assert "Ved behov (uten tall)" in now.splitlines()
    assert "Fra 1. august 2023 til 31. juli 2024\nHver 2. uke" in now
    before = under(make_handbok(sett, date(2023, 9, 1)), "Besok")
    assert before.splitlines()[:2] == ["Når", "Hver 2. uke"]
    assert "Noe var ikke avklart i en tidligere utgave av rutinen." in before


@pytest.mark.parametrize(
    ("frekvens", "maneder"),
    [
        ('{ antall = 2, per = "semester" }', ["September", "November", "Februar", "Mai"]),
        ('{ antall = 1, per = "semester", helst = "start" }', ["August", "Januar"]),
        ('{ antall = 1, per = "skolear", helst = "slutt" }', ["Juni"]),
        ('{ milepael = "semester-slutt:var", fra = "-4 uker", innen = "0 dager" }', ["Juni"]),
        ('{ milepael = "oppstart", innen = "4 uker" }', ["September"]),
        ('{ milepael = "slutt", innen = "4 uker" }', []),
        ("{ behov = true }", []),
    ],
)
def test_maanedene_i_aarshjulet(tmp_path: Path, frekvens: str, maneder: list[str]) -> None:
    dok = make_handbok(routine_set(tmp_path, rutine("samtale", frekvens)), PER)
    rows = [row for b in dok.blokker if isinstance(b, Tabell) and b.kolonner[0] == "Måned" for row in b.rader]
    assert [plain(row[0]) for row in rows if plain(row[1]) != "–"] == maneder
    assert len(rows) == (12 if maneder else 0)


def test_merknader_siteres_bare_paa_sitt_eget_spraak(tmp_path: Path) -> None:
    note = 'merknad = "Læreren ringer ikke uten å spørre først."'
    sett = routine_set(tmp_path, rutine("samtale", "{ behov = true }", note))
    nb = make_handbok(sett, PER)
    assert [b.tekst for b in nb.blokker if isinstance(b, Sitat)] == ["Læreren ringer ikke uten å spørre først."]
    set_sprak("en")
    en = make_handbok(sett, PER)
    assert [b for b in en.blokker if isinstance(b, Sitat)] == []
    assert '<td><span lang="nb">Læreren ringer ikke uten å spørre først.</span></td>' in to_html(en)
    assert "ringer" not in own_words(en)


def test_merknader_paa_nynorsk_siteres_paa_nynorsk(tmp_path: Path) -> None:
    note = 'merknad = "Læraren ringjer ikkje utan å spørje fyrst, frå ei veke før."'
    sett = routine_set(tmp_path, rutine("samtale", "{ behov = true }", note))
    assert [b for b in make_handbok(sett, PER).blokker if isinstance(b, Sitat)] == []
    set_sprak("nn")
    assert len([b for b in make_handbok(sett, PER).blokker if isinstance(b, Sitat)]) == 1


def test_en_antatt_varighet_er_merket(tmp_path: Path) -> None:
    tail = 'varighet = "45 minutter"\nmerknad = "Varigheten er antatt."'
    dok = make_handbok(routine_set(tmp_path, rutine("samtale", '{ antall = 1, per = "semester" }', tail)), PER)
    assert "45 minutter (antatt)" in under(dok, "Samtale").splitlines()
    assert "Varigheten er antatt." not in under(dok, "Samtale")
    assert any("«Samtale» (45 minutter)" in plain(text) for text in texts(dok))


@pytest.mark.parametrize("id_", SETT)
def test_nynorsken_har_ingen_ord_paa_bokmaal(id_: str) -> None:
    set_sprak("nn")
    assert pattern(BOKMAAL).findall(own_words(make_handbok(load_rutinesett(id_), PER))) == []


@pytest.mark.parametrize("id_", SETT)
def test_engelsken_har_ingen_norske_ord(id_: str) -> None:
    set_sprak("en")
    assert pattern(NORSK).findall(own_words(make_handbok(load_rutinesett(id_), PER))) == []


@pytest.mark.parametrize(("id_", "sprak"), [("oslo", "nb"), ("vestland", "nn")])
def test_hele_handboken(id_: str, sprak: str) -> None:
    set_sprak(sprak)
    made = to_markdown(make_handbok(load_rutinesett(id_), PER))
    path = Path(__file__).parent / f"{id_}-{sprak}.md"
    if os.environ.get("OPPFOLGING_NY_FASIT"):
        path.write_text(made, encoding="utf-8", newline="\n")
    assert made == path.read_text(encoding="utf-8")
    assert re.search(r"[ \t]$|\n{3}", made, re.MULTILINE) is None
