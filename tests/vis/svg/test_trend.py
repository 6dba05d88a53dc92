"""From semester to semester: places, missing semesters, and the change."""

from __future__ import annotations

from oppfolgingscli.maltall.rad import Endring
from oppfolgingscli.vis.svg.trend import trends
from vis.svg.rapportdata import Navn, desc, rad, tall

HOST, VAR, HOST2 = (rad(n, 4, periode=p) for n, p in ((4, "2023-host"), (2, "2024-var"), (0, "2024-host")))
ENDRING = Endring("samtale", "i_tide_andel", "2023-host", "2024-host", (4, 4), (0, 4), 1.0, 0.0, -1.0, (-1.0, -0.5), 12)


def test_semesters_stand_in_order_of_time_and_shares_at_their_height() -> None:
    figur = trends([HOST, VAR, HOST2], [ENDRING], Navn(), "t")
    assert figur is not None
    (svg,) = figur.bilder
    assert tall(svg, "pr hul", "cx") == [88, 180, 272]
    assert tall(svg, "pr hul", "cy") == [52, 105, 158]
    assert desc(svg) == (
        "I tide, høst 2023: 4 av 4 (100 %); vår 2024: 2 av 4 (50 %); høst 2024: 0 av 4 (0 %). "
        "Endring: −100 prosentpoeng (−100 til −50)"
    )


def test_a_semester_without_figures_is_a_dotted_line() -> None:
    figur = trends([HOST, HOST2, rad(1, 2, rutine="b", periode="2023-host"), rad(1, 2, rutine="b", periode="2024-var")],
                   [], Navn(), "t")  # fmt: skip
    assert figur is not None
    assert ['class="li st"' in svg for svg in figur.bilder] == [True, False]
    assert figur.tabell is not None
    assert figur.tabell.kolonner == ("Rutine", "Hva", "høst 2023", "vår 2024", "høst 2024")
    assert figur.tabell.rader[0][3] == "–"


def test_days_covered_are_the_figure_of_an_interval_routine() -> None:
    rows = [rad(1, 9, periode=p, dager_dekket=0.5, klokkedager=(30, 60)) for p in ("2023-host", "2024-var")]
    figur = trends(rows, [], Navn(), "t")
    assert figur is not None
    assert "30/60" in figur.bilder[0]
    assert "<rect" in figur.bilder[0]


def test_one_semester_is_no_trend() -> None:
    assert trends([HOST, rad(3, 3)], [], Navn(), "t") is None
