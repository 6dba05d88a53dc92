"""Every way a command can end has its own exit code, and tells on stderr what went wrong."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import click
import pytest

from oppfolgingscli.cli import kant
from oppfolgingscli.feil import Bruksfeil, Feil, Inndatafeil, Sted, Systemfeil

if TYPE_CHECKING:
    from pathlib import Path

    from hjelp import Kjor


def _raises(error: BaseException) -> NoReturn:
    raise error


@pytest.mark.parametrize(
    ("feil", "kode", "tekst"),
    [
        (Bruksfeil("Deltakeren D99 finnes ikke."), 2, "Feil: Deltakeren D99 finnes ikke.\n"),
        (Systemfeil("Filen er låst."), 4, "Feil: Filen er låst.\n"),
        (click.BadParameter("nei"), 2, "Feil: Ugyldig verdi: nei\n"),
        (click.Abort(), 130, "Avbrutt.\n"),
        (KeyboardInterrupt(), 130, "Avbrutt.\n"),
        (MemoryError(), 4, "Feil: Maskinen har ikke nok minne til dette.\n"),
        (OSError(errno.ENOSPC, "x"), 4, "Feil: Det er ikke plass på disken.\n"),
        (
            PermissionError(errno.EACCES, "x", "plan.csv"),
            4,
            "Feil: plan.csv: Du har ikke tilgang.\n",
        ),
    ],
)
def test_hver_feil_har_sin_kode(feil: BaseException, kode: int, tekst: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert kant.run(lambda: _raises(feil)) == kode
    out, err = capsys.readouterr()
    assert err == tekst
    assert out == ""


def test_alle_feil_i_inndata_vises_i_rekkefolge(capsys: pytest.CaptureFixture[str]) -> None:
    faults = [
        Feil("b", "ukjent rolle «lærer».", Sted("oppfolging.toml", 12, 3), "Mente du «larer»?"),
        Feil("a", "filen er tom.", Sted("a.toml")),
    ]
    assert kant.run(lambda: _raises(Inndatafeil(faults))) == 3
    assert capsys.readouterr().err == (
        "a.toml: filen er tom.\noppfolging.toml:12:3: ukjent rolle «lærer». Mente du «larer»?\n"
    )


def test_det_uventede_er_en_linje_uten_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def call() -> NoReturn:
        _raises(ZeroDivisionError("division by zero"))

    assert kant.run(call) == 4
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "ZeroDivisionError" in err
    assert "OPPFOLGING_FEILSOK=1" in err

    monkeypatch.setenv("OPPFOLGING_FEILSOK", "1")
    assert kant.run(call) == 4
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize("tall", ["01019012345", "010190 12345", "010190-12345"])
def test_fodselsnummer_gjentas_aldri(tall: str, capsys: pytest.CaptureFixture[str]) -> None:
    for error in (
        click.UsageError(f"hva er {tall}?"),
        OSError(errno.ENOENT, "x", tall),
        RuntimeError(tall),
    ):
        kant.run(partial(_raises, error))
    err = capsys.readouterr().err
    assert err.count("•••••••••••") == 3
    assert tall not in err


@pytest.mark.parametrize(("verdi", "kode"), [(None, 0), (1, 1), ("tekst", 0), (True, 0)])
def test_en_kommando_kan_svare_med_sin_kode(verdi: object, kode: int) -> None:
    assert kant.run(lambda: verdi) == kode


@pytest.mark.skipif(os.name == "nt", reason="plattform: rør er annerledes i Windows")
def test_leseren_kan_gaa_uten_at_det_er_en_feil(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed, (tmp_path / "err").open("wb") as err:
        result = subprocess.run(
            [sys.executable, "-m", "oppfolgingscli", "--help"],
            stdout=closed,
            stderr=err,
            check=False,
        )
    assert (tmp_path / "err").read_bytes() == b""
    assert result.returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="plattform: /dev/full finnes i Linux")  # noqa: PTH110
def test_full_disk_er_en_systemfeil() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        result = subprocess.run(
            [sys.executable, "-m", "oppfolgingscli", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "OPPFOLGING_SPRAK": "nb"},
            check=False,
        )
    assert result.returncode == 4
    assert result.stderr.decode() == "Feil: Det er ikke plass på disken.\n"


@pytest.mark.parametrize("feilsok", ["", "1"])
def test_verken_tall_eller_styretegn_nar_skjermen(
    feilsok: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPPFOLGING_FEILSOK", feilsok)
    told = "01019012345\x1b[2J\u202e"
    for error in (
        Bruksfeil(told),
        Systemfeil(told),
        click.UsageError(told),
        Inndatafeil([Feil("x", told, Sted(told), told)]),
        OSError(errno.EIO, "x", told),
        RuntimeError(told),
    ):
        kant.run(partial(_raises, error))
    out, err = capsys.readouterr()
    assert out == ""
    assert "01019012345" not in err
    assert not set(err) & {"\x1b", "\u202e"}


@pytest.mark.parametrize(
    "ord_", [("sjekk", "--per", "{t}"), ("{t}",), ("logg", "ny", "--notat={t}", "--help"), ("sjekk", "{t}")]
)
@pytest.mark.parametrize("tall", ["01019012345", "010190 12345", "010190_12345", "٠١٠١٩٠ ١٢٣٤٥"])
def test_et_fodselsnummer_hvor_som_helst_i_kommandoen_nektes(kjor: Kjor, ord_: tuple[str, ...], tall: str) -> None:
    result = kjor(*(word.replace("{t}", tall) for word in ord_))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "elleve siffer" in result.stderr
    assert tall[:6] not in result.stderr


def test_et_fodselsnummer_i_vaare_miljovariabler_nektes(kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPPFOLGING_CALDAV_PASSORD", "01019012345")
    assert kjor("--help").exit_code == 0  # a password may be anything
    monkeypatch.setenv("OPPFOLGING_CALDAV_BRUKER", "01019012345")
    result = kjor("--help")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "01019012345" not in result.stderr
