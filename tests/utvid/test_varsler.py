"""What an expansion warns of: missing anchors, windows without a day, unconfirmed school dates."""

from pathlib import Path

import pytest

from oppfolgingscli.les.arbeidsmappe import open_arbeidsmappe
from oppfolgingscli.utvid import Utvidelse, expand

SETT = """
format = 1
[rutinesett]
id = "t"
navn = "T"
kilde = "test"
[roller.kl]
navn = "Kontaktlærer"
etat = "skole"
[[faser]]
id = "larling"
navn = "Læretid"
fra = { milepael = "skolear-slutt:1", fra = "1 uke" }
skolerute = false
"""
RUTINE = """
[[rutiner]]
id = "{id}"
navn = "{id}"
type = "samtale"
niva = "deltaker"
ansvarlig = "kl"
frekvens = {frekvens}
{mer}
"""
OPPSETT = """
format = 1
[klasse]
id = "k"
navn = "K"
rutinesett = "sett.toml"
skolerute = "rute.toml"
start = 2023-08-21
slutt = 2025-06-20
[[deltakere]]
id = "D01"
[[deltakere]]
id = "D02"
slutt = 2024-02-09
"""
RUTE = """
format = 1
[skolerute]
id = "r"
navn = "R"
[[skolear]]
id = "2023-2024"
forste = 2023-08-21
siste = 2024-06-21
ferier = { hostferie = [2023-10-02, 2023-10-06], juleferie = [2023-12-21, 2024-01-01], vinterferie = [2024-02-19, 2024-02-23], paskeferie = [2024-03-25, 2024-04-01] }
kilde = "test"
bekreftet = { forste = true, siste = true, hostferie = true, juleferie = false, vinterferie = true, paskeferie = true, fridager = true }
[[skolear]]
id = "2024-2025"
forste = 2024-08-19
siste = 2025-06-20
ferier = { juleferie = [2024-12-23, 2025-01-03] }
kilde = "test"
bekreftet = true
"""


def made(tmp_path: Path, **frequencies: str) -> Utvidelse:
    routines = "".join(
        RUTINE.format(id=name, frekvens=f.split("|")[0], mer="".join(f.split("|")[1:]))
        for name, f in frequencies.items()
    )
    (tmp_path / "sett.toml").write_text(SETT + routines, encoding="utf-8")
    (tmp_path / "rute.toml").write_text(RUTE, encoding="utf-8")
    (tmp_path / "oppfolging.toml").write_text(OPPSETT, encoding="utf-8")
    return expand(open_arbeidsmappe(tmp_path).opplegg)


def codes(u: Utvidelse) -> list[tuple[str, str]]:
    return [(v.kode, v.sted) for v in u.varsler]


def test_an_exam_that_is_not_set(tmp_path: Path) -> None:
    u = made(tmp_path, eksamen='{ milepael = "eksamen:norsk" }')
    assert u.punkter == ()
    assert codes(u) == [("anker_mangler", "eksamen")]


def test_a_practice_nobody_has(tmp_path: Path) -> None:
    assert codes(made(tmp_path, praksis='{ milepael = "praksis-start" }')) == [("anker_mangler", "praksis")]


def test_a_window_wholly_in_the_christmas_break(tmp_path: Path) -> None:
    u = made(tmp_path, romjul='{ milepael = "2023-12-22", innen = "1 uke" }')
    assert codes(u) == [("vindu_uten_dager", "romjul")]
    assert "D01, D02" in u.varsler[0].melding


def test_an_end_in_the_summer_break_is_told_for_the_one_it_concerns(tmp_path: Path) -> None:
    """D02 left on a Friday in February: a window that opens the week after holds no day of E. D01 ends on 20 June."""
    u = made(tmp_path, slutt='{ milepael = "slutt", innen = "1 uke" }')
    assert [(p.subjekt, p.fra.isoformat()) for p in u.punkter] == [("D01", "2025-06-20"), ("D02", "2024-02-09")][::-1]
    assert codes(u) == []


def test_no_warning_for_those_who_left_before(tmp_path: Path) -> None:
    u = made(tmp_path, ar2='{ milepael = "skolear-slutt:2", fra = "-4 uker", innen = "0 dager" }')
    assert [p.subjekt for p in u.punkter] == ["D01"]
    assert codes(u) == []


def test_deadlines_that_rest_on_an_unconfirmed_date(tmp_path: Path) -> None:
    """The Christmas break of 2023 is unconfirmed: the autumn deadline (20 Dec) rests on it, the spring one does not."""
    u = made(tmp_path, samtale='{ antall = 1, per = "semester" }|gjelder = { skolear = [1] }')
    assert codes(u) == [("ubekreftet_skolerute", "r/2023-2024/juleferie")]
    assert u.varsler[0].punkter == ("k/samtale/D01/2023-host/1", "k/samtale/D02/2023-host/1")


@pytest.mark.parametrize(
    ("frekvens", "resting"),
    [
        ('{ milepael = "semester-slutt:host", fra = "-2 uker", innen = "0 dager" }', True),
        ('{ milepael = "semester-start:var" }', True),
        ('{ milepael = "skolear-start:1" }', False),
        ('{ milepael = "2023-12-15", innen = "8 skoledager" }', True),  # counts over the break
        ('{ milepael = "2023-12-01", innen = "8 skoledager" }', False),
    ],
)
def test_milestones_that_rest_on_it(tmp_path: Path, frekvens: str, resting: bool) -> None:  # noqa: FBT001
    u = made(tmp_path, m=frekvens + "|gjelder = { skolear = [1] }")
    assert (("ubekreftet_skolerute", "r/2023-2024/juleferie") in codes(u)) is resting


def test_a_clock_that_stops_in_an_unconfirmed_break(tmp_path: Path) -> None:
    u = made(tmp_path, besok='{ hver = "6 uker" }|gjelder = { skolear = [1] }')
    (found,) = [v for v in u.varsler if v.sted.endswith("juleferie")]
    assert [i.split("/")[2:4] for i in found.punkter if "/D01/" in i] == [["D01", "3"]]


def test_a_phase_from_an_anchor_runs_through_the_breaks(tmp_path: Path) -> None:
    """The apprenticeship begins a week after the first school year's last day, Friday 28 June 2024, without breaks.

    June has 15 school days and that Friday: floor(1/16 + 1/2) = 0, nothing. July is whole.
    """
    u = made(tmp_path, besok='{ antall = 1, per = "maned" }|gjelder = { fase = ["larling"] }')
    windows = [(p.fra.isoformat(), p.frist and p.frist.isoformat(), p.delvis) for p in u.punkter][:2]
    assert windows == [("2024-07-01", "2024-07-31", False), ("2024-08-01", "2024-08-31", False)]
