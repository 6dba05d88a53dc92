"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from oppfolgingscli import skriv
from oppfolgingscli.feil import Systemfeil

posix = pytest.mark.skipif(sys.platform == "win32", reason="plattform: Windows har ikke disse rettighetene")


def test_writes_a_new_file_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "møte.ics"
    assert skriv.write_atomic(path, "æøå\r\n".encode()) is True
    assert path.read_bytes() == "æøå\r\n".encode()
    assert [p.name for p in tmp_path.iterdir()] == ["møte.ics"]


def test_identical_content_leaves_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(b"same")
    os.utime(path, ns=(1, 1))
    before = path.stat()
    assert skriv.write_atomic(path, b"same") is False
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert skriv.write_atomic(path, b"diff") is True
    assert path.read_bytes() == b"diff"


@posix
def test_keeps_the_mode_of_an_existing_file_and_obeys_umask_for_a_new_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"1")
    old.chmod(0o640)
    skriv.write_atomic(old, b"2")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        skriv.write_atomic(new, b"2")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


@posix
def test_a_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"1")
    link.symlink_to(real)
    skriv.write_atomic(link, b"2")
    assert link.is_symlink()
    assert real.read_bytes() == b"2"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (errno.ENOSPC, "ikke plass på disken"),
        (errno.EROFS, "kan bare leses"),
        (errno.EIO, "disken svarer ikke som den skal"),
        (errno.EPERM, "tilgang|kunne ikke skrive"),
    ],
)
def test_a_failing_write_leaves_the_old_file_whole_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, says: str
) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Systemfeil, match=says) as caught:
        skriv.write_atomic(path, b"new")
    assert str(path) in str(caught.value)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.ics"]


def test_an_interrupt_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        skriv.write_atomic(tmp_path / "a.ics", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_file_open_in_another_program_on_windows_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_use(_self: Path, _target: Path) -> None:
        error = PermissionError(errno.EACCES, "in use")
        error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
        raise error

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(Systemfeil, match="åpen i et annet program"):
        skriv.write_atomic(tmp_path / "a.ics", b"new")
    assert list(tmp_path.iterdir()) == []


def test_windows_tries_again_while_the_file_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, attempts = Path.replace, []

    def held_twice(self: Path, target: Path) -> Path:
        attempts.append(target)
        if len(attempts) <= 2:
            raise PermissionError(errno.EACCES, "held")
        return replace(self, target)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(skriv, "_WAITS", (0.0, 0.0, 0.0))
    monkeypatch.setattr(Path, "replace", held_twice)
    assert skriv.write_atomic(tmp_path / "a.ics", b"new") is True
    assert len(attempts) == 3
    assert (tmp_path / "a.ics").read_bytes() == b"new"


def test_a_folder_in_the_way_and_a_missing_folder(tmp_path: Path) -> None:
    (tmp_path / "a.ics").mkdir()
    with pytest.raises(Systemfeil, match="dette er en mappe"):
        skriv.write_atomic(tmp_path / "a.ics", b"new")
    with pytest.raises(Systemfeil, match="mappen finnes ikke"):
        skriv.write_atomic(tmp_path / "none" / "a.ics", b"new")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Systemfeil, match="mappen finnes ikke"):
        skriv.make_folder(tmp_path / "file" / "under")
    with pytest.raises(Systemfeil, match="mappen finnes ikke"):
        skriv.make_folder(tmp_path / "file")


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="plattform: root har lov til alt")
def test_no_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Systemfeil, match="ikke lov til å skrive"):
            skriv.write_atomic(tmp_path / "a.ics", b"new")
    finally:
        tmp_path.chmod(0o700)


def test_a_second_writer_waits_and_then_gives_up(tmp_path: Path) -> None:
    path = tmp_path / "tilstand.json"
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with skriv.lock(path):
            entered.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    try:
        with pytest.raises(Systemfeil, match="skriver her nå"), skriv.lock(path, timeout=0.05):
            pass
    finally:
        leave.set()
        holder.join()
    with skriv.lock(path, timeout=0.05):
        assert not path.exists()


def test_what_a_killed_writer_left_is_removed_and_what_another_is_writing_is_not(tmp_path: Path) -> None:
    path = tmp_path / "kontakter.csv"
    old, future, fresh = (tmp_path / f".kontakter.csv.{word}.tmp" for word in ("0" * 12, "f" * 12, "a" * 12))
    others = [
        tmp_path / name for name in (".kontakter.csv.min.tmp", ".plan.csv.000000000000.tmp", ".kontakter.csv.lock")
    ]
    for each in (old, future, fresh, *others):
        each.write_bytes(b"half")
    for each, age in ((old, -3600), (future, 3600), *((other, -3600) for other in others)):
        moment = fresh.stat().st_mtime + age
        os.utime(each, (moment, moment))
    skriv.write_atomic(path, b"new")
    assert {p.name for p in tmp_path.iterdir()} == {path.name, fresh.name, *(other.name for other in others)}


@posix
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_disk_without_locks_has_a_file_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    import fcntl

    def none(_handle: int, _what: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", none)
    path = tmp_path / "kontakter.csv"
    with skriv.lock(path):
        assert (tmp_path / ".kontakter.csv.laas").exists()
        with pytest.raises(Systemfeil, match=r"skriver her nå.*slett .*\.laas"), skriv.lock(path, timeout=0.05):
            pass
    with skriv.lock(path, timeout=0.05):
        pass
    assert not (tmp_path / ".kontakter.csv.laas").exists()


def test_a_path_in_a_message_neither_tells_a_number_nor_turns_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(Systemfeil) as caught:
        skriv.write_atomic(tmp_path / "01019012345\x1b[2J" / "a.ics", b"new")
    assert "01019012345" not in str(caught.value)
    assert "\x1b" not in str(caught.value)
