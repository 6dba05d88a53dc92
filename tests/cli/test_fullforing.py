"""Completion: what is suggested, what each shell makes of it (real shells on a terminal), and installing it."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from hjelp import ROT, Kjor
from oppfolgingscli.cli import fullforing_sted, rot
from oppfolgingscli.cli.fullforing_skall import SKALL, script
from oppfolgingscli.cli.fullforing_sted import BEGYNN, SLUTT, Sted, find_sted
from oppfolgingscli.les.rutinesett import load_rutinesett
from oppfolgingscli.skriv import write_atomic
from oppfolgingscli.sprak import navn as i_spraket
from oppfolgingscli.sprak import set_sprak

SKRIPTER = sysconfig.get_path("scripts")
MAPPE = ROT / "eksempler" / "oslo-helsfyr"


def foresla(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], *ord_: str) -> list[list[str]]:
    """Ask as PowerShell does; return [type, value, help] for each answer."""
    monkeypatch.setenv("_OPPFOLGING_COMPLETE", "powershell_complete")
    monkeypatch.setenv("COMP_WORDS", "\n".join(("oppfolging", *ord_)))
    with pytest.raises(SystemExit) as end:
        rot.main(args=[], prog_name="oppfolging")
    assert not end.value.code
    out, err = capfdbinary.readouterr()
    assert err == b""
    return [line.split("\t") for line in out.decode().splitlines() if line]


@pytest.fixture
def forslag(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]):  # type: ignore[no-untyped-def] # noqa: ANN201 - a function of the two
    monkeypatch.chdir(MAPPE)

    def ask(*ord_: str) -> list[str]:
        return [value for _kind, value, _help in foresla(monkeypatch, capfdbinary, *ord_)]

    return ask


@pytest.mark.parametrize(
    ("linje", "ventet"),
    [
        (("sj",), ["sjekk"]),
        (("rutiner", "va"), ["valider"]),
        (("rutiner", "vis", "ves"), ["vestby", "vestland"]),
        (("ny", "bua", "--rutiner", "o"), ["oslo", "ost-viken"]),
        (("ny", "bua", "--skolerute", "i"), ["ingen"]),
        (("sjekk", "--format", "j"), ["json"]),
        (("sjekk", "--rol"), ["--rolle"]),
        (("sjekk", "--rolle", "kont"), ["kontaktlaerer"]),
        (("sjekk", "--deltaker", "d2"), ["D20", "D21", "D22", "D23", "D24", "D25", "D26"]),
        (("logg", "ny", "--rutine", "egen"), ["egenrapport"]),
        (("logg", "ny", "--type", "egen"), ["egenrapport"]),
        (("logg", "hendelse", "--type", "ho"), ["hoyt_fravaer"]),
        (("logg", "ny", "--deltok", "delt"), ["deltaker"]),
        (("arshjul", "--rutiner", "oslo", "--rolle", "pro"), ["programfaglaerer"]),
        (("utvid", "--rutine", "egen"), ["egenrapport"]),
        (("sjekk", "--mappe", "../vestland", "--deltaker", "D1"), ["D10", "D11", "D12", "D13", "D14"]),
        (("sjekk", "--mappe", "..\\vestland\\ingen", "--deltaker", ""), []),
        (("fullforing", "po"), ["powershell"]),
        (("logg", "ny", "--rutine=egen"), ["--rutine=egenrapport"]),
    ],
    ids=" ".join,
)
def test_det_som_foreslas(forslag, linje: tuple[str, ...], ventet: list[str]) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - the fixture above
    assert forslag(*linje) == ventet


def test_raden_som_skal_rettes_foreslas_nyeste_forst(forslag) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - as above
    found = forslag("logg", "rett", "k")
    assert found == sorted(found, reverse=True)
    assert len(found) > 5
    assert forslag("logg", "avtale", "--utfort", "")[0].startswith("a")


@pytest.mark.parametrize("sprak", ["nb", "nn", "en"])
def test_hjelpen_ved_siden_av_er_pa_leserens_sprak(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], sprak: str
) -> None:
    monkeypatch.chdir(MAPPE)
    monkeypatch.setenv("OPPFOLGING_SPRAK", sprak)
    set_sprak(sprak)
    ((kind, value, text),) = foresla(monkeypatch, capfdbinary, "sjekk", "--rolle", "kont")
    assert (kind, value) == ("plain", "kontaktlaerer")
    assert text == i_spraket(load_rutinesett("oslo").roller["kontaktlaerer"].navn, sprak)
    options = {value: text for _kind, value, text in foresla(monkeypatch, capfdbinary, "sjekk", "--")}
    assert ("Arbeidsmappen" in options["--mappe"]) == (sprak == "nb")
    assert options["--mappe"]


def test_mapper_og_filer_overlates_til_skallet(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert foresla(monkeypatch, capfdbinary, "sjekk", "--mappe", "C:\\kl") == [["dir", "C:\\kl", ""]]
    assert foresla(monkeypatch, capfdbinary, "sjekk", "--ut", "a") == [["file", "a", ""]]


@pytest.mark.parametrize(
    "innhold",
    [
        b"",
        b"\xff\xfe\x00",
        b"[klasse\n",
        b"klasse = 3\ndeltakere = [1, 'x']\npersoner = 4\n",
        b'deltakere = "deltakere.csv"\n[klasse]\nrutinesett = "rutiner/../../x.toml"\n',
        b'deltakere = [{ id = "01019012345" }, { id = "$(rm -rf x)" }, { id = "a b" }, { id = 3 }]\n',
    ],
)
def test_en_mappe_med_feil_gir_ingen_forslag_og_ingen_melding(forslag, tmp_path: Path, innhold: bytes) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - as above
    (tmp_path / "oppfolging.toml").write_bytes(innhold)
    (tmp_path / "deltakere.csv").write_bytes(b'id;"\n"01019012345;x\n$(x);\n')
    for option in ("--deltaker", "--rolle", "--person"):
        found = forslag("sjekk", "--mappe", str(tmp_path), option, "")
        assert [word for word in found if not re.fullmatch(r"[A-Za-z0-9._-]+", word)] == []
        assert not any("19012345" in word for word in found)


def test_deltakere_fra_regneark(forslag, tmp_path: Path) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - as above
    from openpyxl import Workbook

    (tmp_path / "oppfolging.toml").write_text('deltakere = "deltakere.xlsx"\n', encoding="utf-8")
    book = Workbook()
    for row in (["", ""], ["Start", "Deltaker"], ["2024-01-01", "D1"], ["2024-01-01", "D2"]):
        book.active.append(row)  # type: ignore[union-attr] # a new book has a sheet
    book.save(tmp_path / "deltakere.xlsx")
    assert forslag("sjekk", "--mappe", str(tmp_path), "--deltaker", "") == ["D1", "D2"]


def test_forslag_kommer_fort() -> None:
    """A fifth of a second is not noticed; measured as processor time, so that a busy machine does not matter."""
    code = "import os, sys; from oppfolgingscli.__main__ import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
    code += "sys.stderr.write(str(sum(os.times()[:2])) + ' ' + ' '.join(sys.modules))"
    env = {
        **os.environ,
        "_OPPFOLGING_COMPLETE": "powershell_complete",
        "COMP_WORDS": "oppfolging\nsjekk\n--rolle\nkont",
    }
    result = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=MAPPE, capture_output=True, text=True, encoding="utf-8", check=True
    )
    seconds, *loaded = result.stderr.split()
    assert "kontaktlaerer" in result.stdout
    assert float(seconds) < 0.5
    assert not {"rich", "openpyxl", "babel", "jinja2", "oppfolgingscli.modell.klasse"} & set(loaded)


# --- The shells themselves ---------------------------------------------------------------------


def env_for(home: Path) -> dict[str, str]:
    return {
        "PATH": f"{SKRIPTER}{os.pathsep}{os.environ['PATH']}", "HOME": str(home), "TERM": "dumb", "LC_ALL": "C.UTF-8",
        "OPPFOLGING_SPRAK": "nb",
    }  # fmt: skip


def need(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"plattform: {program} finnes ikke på denne maskinen")
    return found


def type_and_tab(argv: list[str], env: dict[str, str], ready: str, line: str, wanted: str) -> str:
    """Start a shell on a terminal, wait until it is ready, type a line and Tab; return all until ``wanted`` is seen."""
    import pty

    pid, master = pty.fork()
    if pid == 0:  # pragma: no cover - the shell's process
        os.chdir(MAPPE)
        os.execve(argv[0], argv, env)  # noqa: S606 - a shell is what is tried
    seen = ""
    try:
        typed, end = False, time.monotonic() + 30
        while time.monotonic() < end and not (typed and wanted in seen):
            if not select.select([master], [], [], 0.2)[0]:
                continue
            try:
                seen += os.read(master, 4096).decode("utf-8", "replace")
            except OSError:
                break
            if not typed and ready in seen:
                typed, seen = True, ""
                os.write(master, f"{line}\t\t".encode())
    finally:
        os.close(master)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: Windows har ingen pty")
@pytest.mark.parametrize(
    ("linje", "ventet"),
    [("oppfolging sjekk --rolle kontakt", "kontaktlaerer"), ("oppfolging logg ny --rutine=egenra", "egenrapport")],
)
def test_i_bash_pa_en_terminal(tmp_path: Path, linje: str, ventet: str) -> None:
    bash = need("bash")
    (tmp_path / "skript").write_text(script("bash"), encoding="utf-8", newline="\n")
    (tmp_path / ".bashrc").write_text(f'. "{tmp_path}/skript"\nPS1="KL""AR> "\n', encoding="utf-8", newline="\n")
    seen = type_and_tab([bash, "--rcfile", f"{tmp_path}/.bashrc", "-i"], env_for(tmp_path), "KLAR>", linje, ventet)
    assert ventet in seen


@pytest.mark.skipif(sys.platform == "win32", reason="plattform: Windows har ingen pty")
@pytest.mark.parametrize(
    ("linje", "ventet"),
    [
        ("oppfolging sjekk --rolle kontakt", "--rolle kontaktlaerer"),
        ("oppfolging logg ny --rutine=egenra", "--rutine=egenrapport"),
    ],
)
def test_i_zsh_pa_en_terminal(tmp_path: Path, linje: str, ventet: str) -> None:
    zsh = need("zsh")
    (tmp_path / "skript").write_text(script("zsh"), encoding="utf-8", newline="\n")
    # No compinit of the user's own: the script turns completion on.
    (tmp_path / ".zshrc").write_text(f'. "{tmp_path}/skript"\nPS1="KL""AR> "\n', encoding="utf-8", newline="\n")
    seen = type_and_tab([zsh, "-i"], env_for(tmp_path), "KLAR>", linje, ventet)
    assert ventet in seen


def test_i_fish(tmp_path: Path) -> None:
    fish = need("fish")
    (tmp_path / "skript.fish").write_text(script("fish"), encoding="utf-8", newline="\n")
    result = subprocess.run(
        [fish, "--no-config", "-c", f"source {tmp_path}/skript.fish; complete -C 'oppfolging sjekk --rolle kont'"],
        env=env_for(tmp_path), cwd=MAPPE, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    assert result.stdout == "kontaktlaerer\tKontaktlærer\n"


def test_powershell_skriptet_er_ascii_og_helt() -> None:
    """There is no PowerShell here; what can be held is that 5.1 reads it in any code page, and that it balances."""
    text = script("powershell")
    assert text.isascii()
    code = re.sub(r"'[^']*'|\"[^\"]*\"|#.*", "", text)
    for opening, closing in ("{}", "()", "[]"):
        assert code.count(opening) == code.count(closing)
    assert "Register-ArgumentCompleter -Native -CommandName 'oppfolging', 'oppfolging.exe'" in text
    assert "$env:_OPPFOLGING_COMPLETE = 'powershell_complete'" in text
    assert "%(" not in text
    pwsh = shutil.which("pwsh") or shutil.which("powershell")
    if pwsh:  # pragma: no cover - where there is one
        check = f"[scriptblock]::Create([IO.File]::ReadAllText('{_saved(text)}')) | Out-Null"
        subprocess.run([pwsh, "-NoProfile", "-Command", check], check=True, timeout=60)


def _saved(text: str) -> Path:  # pragma: no cover - as above
    import tempfile

    path = Path(tempfile.mkdtemp(), "skript.ps1")
    path.write_text(text, encoding="utf-8")
    return path


# --- Installing --------------------------------------------------------------------------------


@pytest.fixture
def hjem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of nobody's, on a machine without bash-completion."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR", "BASH_COMPLETION_USER_DIR", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(fullforing_sted, "_BASH_COMPLETION", ())
    monkeypatch.setattr(shutil, "which", lambda *_a, **_k: None)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("skall", SKALL)
def test_installer_to_ganger_er_som_en_og_fjern_tar_det_bort(kjor: Kjor, hjem: Path, skall: str) -> None:
    result = kjor("fullforing", skall, "--installer")
    assert result.exit_code == 0, result.stderr
    first = tree(hjem)
    assert script(skall).encode() in first.values()
    again = kjor("fullforing", skall, "--installer")
    assert "Alt var på plass fra før" in again.stdout
    assert tree(hjem) == first
    assert kjor("fullforing", skall, "--fjern").exit_code == 0
    assert not any(tree(hjem).values())
    assert "ikke noe å ta bort" in kjor("fullforing", skall, "--fjern").stdout


@pytest.mark.parametrize("innhold", ["alias l=ls", "alias l=ls\r\nset x\r\n", "# æøå\n\n"])
@pytest.mark.parametrize("koding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_resten_av_oppstartsfilen_er_urort(hjem: Path, innhold: str, koding: str) -> None:
    rc = hjem / "profil"
    rc.write_bytes(innhold.encode(koding))
    place = Sted(hjem / "s.ps1", (rc,), ". s.ps1")
    assert fullforing_sted.install(place, "x") == [place.skript, rc]
    text = rc.read_bytes().decode(koding)
    assert text.startswith(innhold)
    assert text.splitlines()[-3:] == [BEGYNN, ". s.ps1", SLUTT]
    assert ("\r\n" in text) == ("\r\n" in innhold)
    fullforing_sted.remove(place)
    assert rc.read_bytes().decode(koding).rstrip() == innhold.rstrip()


def test_en_eldre_linje_byttes_ut(hjem: Path) -> None:
    rc = hjem / ".zshrc"
    write_atomic(rc, f"før\n{BEGYNN}\ngammel\n{SLUTT}\netter\n".encode())
    fullforing_sted.install(Sted(hjem / "s", (rc,), "ny"), "x")
    assert rc.read_text(encoding="utf-8") == f"før\n{BEGYNN}\nny\n{SLUTT}\netter\n"


def test_bash_completion_sin_mappe_brukes_nar_den_er_der(hjem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_sted("bash").oppstart == (hjem / ".bashrc",)
    (hjem / "bc").touch()
    monkeypatch.setattr(fullforing_sted, "_BASH_COMPLETION", (str(hjem / "bc"),))
    assert find_sted("bash") == Sted(hjem / ".local/share/bash-completion/completions/oppfolging")


def test_uten_skall_gjettes_det(kjor: Kjor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    result = kjor("fullforing")
    assert result.stdout == script("fish")
    assert "--installer" in result.stderr
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    monkeypatch.setattr(sys, "platform", "linux")
    assert kjor("fullforing").exit_code == 2
    assert kjor("fullforing", "bash", "--installer", "--fjern").exit_code == 2
