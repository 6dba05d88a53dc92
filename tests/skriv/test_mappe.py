"""A folder that is whole or not there, and files that are their owner's alone."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from oppfolgingscli.feil import Systemfeil
from oppfolgingscli.skriv import whole_folder, write_atomic

WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="plattform: Windows har ikke slike rettigheter")


def test_the_folder_has_its_name_when_all_is_in_it(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "over" / "ut") as folder:
        (folder / "a.csv").write_bytes(b"a")
        assert not (tmp_path / "over" / "ut").exists()
    assert [p.name for p in tmp_path.rglob("*")] == ["over", "ut", "a.csv"]


def test_an_empty_folder_gives_way(tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    with whole_folder(tmp_path / "ut") as folder:
        (folder / "a.csv").write_bytes(b"a")
    assert (tmp_path / "ut" / "a.csv").read_bytes() == b"a"


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError, Systemfeil])
def test_what_stops_it_leaves_nothing(fault: type[BaseException], tmp_path: Path) -> None:
    def stopped() -> None:
        with whole_folder(tmp_path / "ut") as folder:
            (folder / "a.csv").write_bytes(b"a")
            raise fault

    with pytest.raises(fault):
        stopped()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_of_our_errors(tmp_path: Path) -> None:
    with pytest.raises(Systemfeil, match="ikke plass"), whole_folder(tmp_path / "ut"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    """Also when the file came while the folder was made."""

    def both() -> None:
        with whole_folder(tmp_path / "ut") as folder:
            (folder / "a.csv").write_bytes(b"a")
            (tmp_path / "ut").mkdir()
            (tmp_path / "ut" / "andres").write_bytes(b"b")

    with pytest.raises(Systemfeil):
        both()
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["andres", "ut"]


@WINDOWS
@pytest.mark.parametrize("before", [None, 0o644, 0o400, 0o600])
def test_a_private_file_is_its_owners_alone(before: int | None, tmp_path: Path) -> None:
    path = tmp_path / "nokkel.json"
    if before is not None:
        path.write_bytes(b"hemmelig")
        path.chmod(before)
    write_atomic(path, b"hemmelig", privat=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == b"hemmelig"
