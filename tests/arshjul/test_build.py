"""What goes on the annual wheel, by hand: windows merged over the participants, and what is only somebody's own."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from arshjul.klasse import OPPSETT, les, rutine
from hjelp import ROT
from oppfolgingscli.arshjul import Hjul, Post, Vindu, build, is_veiled, years
from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.les.rutinesett import bundled_ids, load_rutinesett
from oppfolgingscli.utvid import expand
from oppfolgingscli.vis import skjerming

if TYPE_CHECKING:
    from pathlib import Path


def hjul(mappe: Path, *rutiner: str, oppsett: str = OPPSETT, roller: tuple[str, ...] = ()) -> Hjul:
    return build([expand(les(mappe, *rutiner, oppsett=oppsett))], 2023, roller=roller)


def post(wheel: Hjul, id_: str) -> Post:
    return next(p for p in wheel.poster if id_ in p.rutiner)


def spans(vinduer: tuple[Vindu, ...]) -> list[tuple[str, str]]:
    return [(w.fra.isoformat(), w.til.isoformat()) for w in vinduer]


def marks(vinduer: tuple[Vindu, ...]) -> list[str]:
    return [m.dag.isoformat() for w in vinduer for m in w.merker]


TERM = [
    ("2023-08-21", "2023-09-29"),
    ("2023-10-09", "2023-12-20"),
    ("2024-01-02", "2024-02-16"),
    ("2024-02-26", "2024-03-22"),
    ("2024-04-02", "2024-06-21"),
]
"""The school's days between the breaks, weekends that touch them being of the break."""


def test_a_count_has_one_window_a_semester_and_the_middle_participants_days(tmp_path: Path) -> None:
    found = post(hjul(tmp_path, rutine("samtale")), "samtale")
    assert spans(found.vinduer) == [("2023-08-21", "2023-12-20"), ("2024-01-02", "2024-06-21")]
    # D01-D03 have theirs on 18 Sep and 22 Nov; D04, who begins in October, has one, on 21 Nov: three of four say 18 Sep.
    assert marks(found.vinduer) == ["2023-09-18", "2023-11-22", "2024-02-08", "2024-05-13"]
    assert [w.ganger for w in found.vinduer] == [2, 2]
    assert not found.lopende


def test_a_start_that_is_one_participants_own_is_on_no_wall(tmp_path: Path) -> None:
    found = post(hjul(tmp_path, rutine("oppstart")), "oppstart")
    assert spans(found.vinduer) == [("2023-08-21", "2023-09-18")]


def test_a_monthly_class_meeting_has_a_window_and_a_day_a_month(tmp_path: Path) -> None:
    found = post(hjul(tmp_path, rutine("mote")), "mote")
    assert spans(found.vinduer) == [
        ("2023-08-21", "2023-08-31"), ("2023-09-01", "2023-09-29"), ("2023-10-09", "2023-10-31"),
        ("2023-11-01", "2023-11-30"), ("2023-12-01", "2023-12-20"), ("2024-01-02", "2024-01-31"),
        ("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-03-22"), ("2024-04-02", "2024-04-30"),
        ("2024-05-01", "2024-05-31"), ("2024-06-01", "2024-06-21"),
    ]  # fmt: skip
    assert marks(found.vinduer)[0] == "2023-08-25"  # the 5th of the 9 school days from 21 to 31 August


def test_what_is_weekly_goes_on_from_break_to_break(tmp_path: Path) -> None:
    found = post(hjul(tmp_path, rutine("hjelp")), "hjelp")
    assert spans(found.vinduer) == TERM
    assert found.lopende
    assert marks(found.vinduer) == []


def test_an_interval_is_a_band_over_the_days_it_applies(tmp_path: Path) -> None:
    found = post(hjul(tmp_path, rutine("besok")), "besok")
    assert spans(found.vinduer) == [
        ("2024-01-08", "2024-02-16"), ("2024-02-26", "2024-03-22"), ("2024-04-02", "2024-06-14"),
    ]  # fmt: skip
    assert found.lopende


def test_practice_that_only_two_have_is_in_the_calendar_and_not_on_the_wheel(tmp_path: Path) -> None:
    setup = OPPSETT.replace("praksis = [{ fra = 2024-01-08, til = 2024-06-14 }]\n", "", 1)
    found = hjul(tmp_path, rutine("besok"), oppsett=setup)
    assert found.poster == ()
    assert [(item.rutiner, item.slag) for item in found.uten] == [(("besok",), "egne")]


def test_a_small_class_needs_all_its_participants(tmp_path: Path) -> None:
    start, *people = OPPSETT.split("[[deltakere]]")
    setup = "[[deltakere]]".join([start, *people[:2]])
    found = post(hjul(tmp_path, rutine("besok"), oppsett=setup), "besok")
    assert spans(found.vinduer)[0] == ("2024-01-08", "2024-02-16")


def test_that_somebody_leaves_is_not_told(tmp_path: Path) -> None:
    setup = OPPSETT.replace('id = "D01"\n', 'id = "D01"\nslutt = 2023-11-24\nsluttarsak = "helse"\n')
    leaving = rutine("oppstart").replace('"oppstart", innen', '"slutt", fra = "-8 uker", innen')
    found = hjul(tmp_path, leaving, oppsett=setup)
    assert spans(found.poster[0].vinduer) == [("2024-04-26", "2024-07-19")]  # D02-D04's; not D01's in the autumn
    alone = hjul(tmp_path / "alene", leaving, oppsett=setup.replace("slutt = 2024-06-21", "slutt = 2025-06-20"))
    assert (alone.poster, alone.uten) == ((), ())


def test_a_routine_a_participant_is_exempt_from_is_not_theirs(tmp_path: Path) -> None:
    setup = OPPSETT.replace('id = "D01"\n', 'id = "D01"\nfritak = [{ rutine = "besok", grunn = "x" }]\n')
    assert hjul(tmp_path, rutine("besok"), oppsett=setup).poster == ()


def test_what_has_no_dates_is_beside_the_wheel(tmp_path: Path) -> None:
    found = hjul(tmp_path, rutine("samtale"), rutine("varsel"), rutine("svar"), rutine("prat"))
    assert [(item.rutiner[0], item.slag) for item in found.uten] == [
        ("varsel", "ved"), ("svar", "etter"), ("prat", "behov"),
    ]  # fmt: skip


def test_veiled_routines_of_one_kind_are_one(tmp_path: Path) -> None:
    found = hjul(tmp_path, rutine("kvp", type_="nav"), rutine("egen", type_="nav"))
    assert [p.rutiner for p in found.poster] == [("kvp", "egen")]
    assert found.poster[0].skjermet
    assert spans(found.poster[0].vinduer) == [("2023-08-21", "2024-06-21")]  # the group of one adds nothing


def test_veiled_here_is_veiled_there() -> None:
    versions = [v for name in bundled_ids() for v in load_rutinesett(name).versjoner]
    assert [is_veiled(v) for v in versions] == [skjerming.is_veiled(v) for v in versions]
    assert any(map(is_veiled, versions))


def test_the_year_itself(tmp_path: Path) -> None:
    found = hjul(tmp_path)
    assert found.semestre == (
        ("host", date(2023, 8, 21), date(2023, 12, 20)),
        ("var", date(2024, 1, 2), date(2024, 6, 21)),
    )
    assert [(f.navn, f.fra.isoformat(), f.til.isoformat()) for f in found.ferier] == [
        ("sommerferie", "2023-08-01", "2023-08-20"),
        ("hostferie", "2023-10-02", "2023-10-06"),
        ("juleferie", "2023-12-21", "2024-01-01"),
        ("vinterferie", "2024-02-19", "2024-02-23"),
        ("paskeferie", "2024-03-25", "2024-04-01"),
        ("sommerferie", "2024-06-22", "2024-07-31"),
    ]
    assert found.ferier[1].bredt == (date(2023, 9, 30), date(2023, 10, 8))
    assert found.eksamener == (("norsk", date(2024, 5, 23)),)
    assert (found.skolerute, found.trinn, found.klasse) == ("lagt_inn", 1, "k1")
    assert [id_ for id_, _role in found.roller] == ["laerer", "koordinator", "veileder"]


def test_a_role_has_what_it_answers_for_and_what_it_takes_part_in(tmp_path: Path) -> None:
    with_teacher = rutine("mote") + 'deltar = ["laerer"]\n'
    found = hjul(tmp_path, with_teacher, rutine("samtale"), rutine("prat"), roller=("laerer",))
    assert {p.rutiner[0] for p in found.poster} == {"mote", "samtale"}
    assert found.uten == ()


def test_typical_classes_side_by_side_tell_which_school_years_a_routine_is_in(tmp_path: Path) -> None:
    first_year = rutine("oppstart") + rutine("hjelp").replace("\n\n", "\ngjelder = { skolear = [1, 2] }\n")
    setup = OPPSETT.split("[[deltakere]]")[0] + '[[deltakere]]\nid = "M1"\n'
    classes = []
    for before in range(3):
        dates = setup.replace("start = 2023-08-21", f"start = {2023 - before}-08-21")
        classes.append(expand(les(tmp_path / str(before), first_year, rutine("samtale"), oppsett=dates)))
    found = build(classes, 2023, modell=True)
    assert {p.rutiner[0]: p.trinn for p in found.poster} == {"oppstart": (1,), "hjelp": (1, 2), "samtale": ()}
    assert spans(post(found, "samtale").vinduer) == [("2023-08-21", "2023-12-20"), ("2024-01-02", "2024-06-21")]
    assert found.klasse is None


@pytest.mark.parametrize("eksempel", ["oslo-helsfyr", "sorumsand", "vestby", "vestland"])
def test_every_window_comes_from_points_and_every_routine_of_the_year_has_a_place(eksempel: str) -> None:
    expansion = expand(open_arbeidsmappe(ROT / "eksempler" / eksempel).opplegg)
    for year in years(expansion):
        wheel = build([expansion], year)
        shown = {id_ for p in wheel.poster for id_ in p.rutiner} | {id_ for u in wheel.uten for id_ in u.rutiner}
        points = [p for p in expansion.punkter if p.grunn is None and p.frist is not None]
        here = {p.rutine for p in points if p.fra <= wheel.periode.til and (p.frist or p.fra) >= wheel.periode.fra}
        assert here - shown <= {"sluttsamtale", "trekantsamtale-oppstart"}  # single participants' own starts and ends
        for item in wheel.poster:
            windows = item.vinduer
            assert all(a.til < b.fra for a, b in pairwise(windows))
            for w in windows:
                mine = [
                    p for p in points if p.rutine in item.rutiner and p.fra <= w.til and (p.frist or p.fra) >= w.fra
                ]
                assert mine
                assert all(w.fra <= m.dag <= w.til for m in w.merker)
                if not item.lopende:
                    assert w.fra == min(p.fra for p in mine)
                    assert w.til == max(p.frist for p in mine if p.frist)
