"""Writing that is killed or refused at any call to the disk leaves all or nothing, here in this process."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ildprove import bruddlag, klasse
from ildprove.klasse import OPPGAVER, Oppgave
from oppfolgingscli import skriv

if TYPE_CHECKING:
    from collections.abc import Callable

RASKE = {"logg ny"}
HVER = [pytest.param(o, id=o.navn, marks=() if o.navn in RASKE else pytest.mark.treg) for o in OPPGAVER]


@pytest.mark.treg
@pytest.mark.parametrize("oppgave", HVER)
def test_alt_eller_ingenting_ved_hvert_kall(tmp_path: Path, oppgave: Oppgave) -> None:
    found = bruddlag.try_all(
        tmp_path / "k", oppgave, (errno.ENOSPC, errno.EACCES) if oppgave.navn in RASKE else bruddlag.FEIL
    )
    assert found.feil == []
    assert found.drept >= 8
    assert found.nektet >= 2 * found.drept


def _not_atomic(path: Path, data: bytes, check: Callable[[], None] | None = None, *, privat: bool = False) -> bool:
    """Write as a program does that has not thought about it."""
    if check:
        check()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file:
        file.write(data)
    return True


def test_laget_ser_en_skriver_som_ikke_er_hel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skriv, "write_atomic", _not_atomic)
    found = bruddlag.try_all(tmp_path / "k", OPPGAVER[0], (errno.ENOSPC,))
    assert any("verken den gamle eller den nye" in line for line in found.feil)


def test_laget_ser_en_fil_som_blir_liggende(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda self, **more: None if self.suffix == ".tmp" else real(self, **more))
    found = bruddlag.try_all(tmp_path / "k", OPPGAVER[0], (errno.ENOSPC,))
    assert any("etterlot" in line for line in found.feil)


def test_en_drept_skriver_rydder_ikke(tmp_path: Path) -> None:
    folder = klasse.lag_mappe(tmp_path / "k")
    sizes = set()
    for ved in range(1, 12):
        bruddlag.kjor(OPPGAVER[0].words(folder), folder, ved)
        sizes |= {(folder / name).stat().st_size for name in klasse.unfinished(folder)}
    assert len(sizes) > 1  # stopped with nothing, with half and with all of it written
