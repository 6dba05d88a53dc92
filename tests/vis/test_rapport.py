"""Figures in words: never rounded to all or nothing when it is not, and names that can be told apart."""

from __future__ import annotations

import pytest

from oppfolgingscli.sprak import set_sprak
from oppfolgingscli.vis.rapport import shorten
from oppfolgingscli.vis.rapportkolonner import bar, percent


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (0.0, "0 %"), (0.001, "1 %"), (0.5, "50 %"), (0.816, "82 %"), (0.999, "99 %"), (1.0, "100 %"), (1.2, "120 %")],
)  # fmt: skip
def test_a_share_in_per_cent(value: float | None, said: str) -> None:
    assert percent(value) == said.replace(" ", "\u00a0")


def test_english_has_no_space_before_the_sign() -> None:
    set_sprak("en")
    assert percent(0.5) == "50%"


@pytest.mark.parametrize(("value", "drawn"), [(0.0, "░" * 10), (0.7, "███████░░░"), (1.0, "█" * 10), (None, "")])
def test_a_bar_of_ten(value: float | None, drawn: str) -> None:
    assert bar(value) == drawn


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Samtale", "Samtale"),
        ("Samtale med Nav-veileder (andre ytelser)", "Samtale med … (andre ytelser)"),
        ("Samtale med Nav-veileder (statlige ytelser)", "Samtale med … (statlige ytelser)"),
        ("Oppfølgingssamtalesamtalesamtalesamtale", "Oppfølgingssamtalesamtalesamtalesam…"),
    ],
)
def test_a_long_name_keeps_both_ends(name: str, said: str) -> None:
    assert shorten(name, 36) == said
    assert len(said) <= 36
