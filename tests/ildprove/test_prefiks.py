"""The log only grows, whatever befalls it; and the property sees a log that does not."""

from __future__ import annotations

import pytest

from ildprove import klasse, prefiks
from oppfolgingscli.logg import tilfoy


def test_loggen_blir_bare_lengre() -> None:
    prefiks.prove(prefiks.Loggen, 2, 10)


@pytest.mark.treg
def test_loggen_blir_bare_lengre_i_lange_rekker() -> None:
    prefiks.prove(prefiks.Loggen, 20, 30)


@pytest.mark.treg
def test_arbeidsboka_blir_bare_lengre() -> None:
    prefiks.prove(prefiks.Arbeidsboka, 5, 15)


def test_egenskapen_ser_en_skriver_som_rydder_i_det_som_sto(monkeypatch: pytest.MonkeyPatch) -> None:
    real = tilfoy._append_csv

    def tidy(*what: object) -> bytes:
        return real(*what).replace(b"\r\n", b"\n")  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(tilfoy, "_append_csv", tidy)
    with pytest.raises(AssertionError, match="er ikke lenger seg selv"):
        prefiks.prove(prefiks.Loggen, 5, 10, krymp=False)


@pytest.mark.parametrize(
    ("before", "after", "grows"),
    [
        (b"a\n", b"a\nb\n", True),
        (b"a\n", b"a\n", True),
        (b"a\n", b"a\r\nb\n", False),
        (b"a\n", b"", False),
        (b"", b"a", True),
    ],
)
def test_hva_det_er_aa_bli_lengre(before: bytes, after: bytes, *, grows: bool) -> None:
    assert klasse.goes_on(before, after) is grows
