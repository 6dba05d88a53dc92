"""`oppfolging hjelp`: every topic in every language, every example run, and a manual page that man accepts."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from datetime import date
from pathlib import Path

import click
import pytest
from openpyxl import Workbook

from dokumenter import DOKUMENTER
from hjelp import ROT, Kjor
from oppfolgingscli.cli import felles, rot
from oppfolgingscli.sprak import SPRAK, set_sprak
from oppfolgingscli.vis.emner import ANDRE_NAVN, as_text, find_topic, is_block, topics
from test_nynorsk import BOKMAAL, NORSK

EMNER = topics("nb")
LEVER_TIL_DE_STOPPES = "oppfolging web"
"""Serves until it is stopped: here only its words are tried, the rest by its own tests."""


def _subkommandoer() -> set[tuple[str, ...]]:
    def below(command: click.Command, path: tuple[str, ...], ctx: click.Context) -> set[tuple[str, ...]]:
        found = {path} if path else set()
        if isinstance(command, click.Group):
            for name in command.list_commands(ctx):
                child = command.get_command(ctx, name)
                assert child is not None
                found |= below(child, (*path, name), click.Context(child, info_name=name, parent=ctx))
        return found

    return below(rot, (), click.Context(rot, info_name="oppfolging"))


@pytest.fixture
def klasser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two classes, with the files that the topics speak of; one stands in the class of Oslo, cut down to three people."""
    for name in ("oslo-helsfyr", "vestby"):
        shutil.copytree(ROT / "eksempler" / name, tmp_path / "eksempler" / name)
    for name in ("deltakere.csv", "perioder.csv"):
        file = tmp_path / "eksempler" / "oslo-helsfyr" / name
        header, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if row.split(";")[0] in {"D01", "D02", "D03"}]
        file.write_text("".join((header, *kept)), encoding="utf-8")
    other = tmp_path / "eksempler" / "vestby" / "oppfolging.toml"  # with somebody they share
    text = other.read_text(encoding="utf-8").replace(
        "kontaktlaerer.c@skole.example", "kontaktlaerer.a@skole.example", 1
    )
    other.write_text(text, encoding="utf-8")
    monkeypatch.setattr(felles, "i_dag", lambda: date(2024, 5, 6))
    home = tmp_path / "hjem"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR", "BASH_COMPLETION_USER_DIR", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHELL", "/bin/bash")
    here = tmp_path / "eksempler" / "oslo-helsfyr"
    monkeypatch.chdir(here)
    lists: dict[str, list[list[str]]] = {
        "klasseliste.xlsx": [["Navn", "Startdato", "Gruppe"], ["Kari Nordmann", "2024-01-08", "Med grunnskole"]],
        "kontakter-fra-skolen.xlsx": [["dato", "type", "deltaker"], ["2024-04-30", "elevsamtale", "D01"]],
    }
    for name, lines in lists.items():
        book = Workbook()
        for line in lines:
            book.active.append(line)  # type: ignore[union-attr] # a new book has a sheet
        book.save(here / name)
    krav = re.search(
        r"^```toml fil=krav.toml\n(.*?)^```", (DOKUMENTER / "revisjon.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert krav
    (here / "krav.toml").write_text(krav[1], encoding="utf-8")
    return here


@pytest.mark.treg
@pytest.mark.parametrize("emne", EMNER)
def test_hvert_eksempel_virker(kjor: Kjor, klasser: Path, emne: str) -> None:
    examples = EMNER[emne].kommandoer
    for line in examples:
        words = shlex.split(line, comments=True)[1:]
        if line.startswith(LEVER_TIL_DE_STOPPES):
            rot.make_context("oppfolging", [*words, "--help"], resilient_parsing=True)
            continue
        result = kjor(*words)
        assert result.exit_code in {0, 1}, f"{line}\n{result.output}"
        assert "Traceback" not in result.output


def test_hvert_emne_har_eksempler() -> None:
    assert {emne.id for emne in EMNER.values() if not any(is_block(part) for part in emne.avsnitt)} == set()
    assert sum(len(emne.kommandoer) for emne in EMNER.values()) > 60


@pytest.mark.parametrize("kode", SPRAK)
def test_sprakene_har_de_samme_emnene_og_de_samme_eksemplene(kode: str) -> None:
    other = topics(kode)
    assert list(other) == list(EMNER)
    for name, emne in EMNER.items():
        assert [is_block(part) for part in other[name].avsnitt] == [is_block(part) for part in emne.avsnitt], name
        assert [p for p in other[name].avsnitt if is_block(p)] == [p for p in emne.avsnitt if is_block(p)], name


def _words(kode: str) -> str:
    """Return the running text of a language, without what is typed."""
    parts = [emne.tittel for emne in topics(kode).values()]
    parts += [part for emne in topics(kode).values() for part in emne.avsnitt if not is_block(part)]
    typed = r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|--[\w-]+|[\w./*-]+\.\w+|\w+ = |\([^()]*\b(?:sjekk|revisjon)\b[^()]*\)|OPPFOLGING_SPRAK"
    return re.sub(typed, " ", "\n".join(parts)).lower()


def _hits(patterns: str, text: str) -> set[str]:
    found = set()
    for pattern in patterns.split():
        body = re.escape(pattern).replace(r"\*", r"\w*")
        found |= {match[0] for match in re.finditer(rf"(?<![\w-]){body}(?![\w-])", text)}
    return found


def test_nynorsken_er_nynorsk() -> None:
    same = {"deltakere", "de", "gang"}  # a file's name; «de» is nynorsk for several of you; «kom i gang» is both
    assert _hits(BOKMAAL, _words("nn")) - same == set()


def test_engelsken_er_engelsk() -> None:
    # Words of the files are explained in parentheses; the rest are the names of commands and options.
    kept = {
        "skolear",
        "til",
        "etter",
        "mappe",
        "med",
        "plan",
        "report",
        "kontakter",
        "hendelser",
        "avtaler",
        "rutiner",
        "uke",
        "maned",
    }
    assert _hits(NORSK, _words("en")) - kept == set()


@pytest.mark.parametrize("kode", SPRAK)
def test_en_leser_ser_bare_sitt_sprak(kjor: Kjor, kode: str) -> None:
    seen = kjor("--sprak", kode, "hjelp").stdout + kjor("--sprak", kode, "hjelp", "kom-i-gang").stdout
    for other in set(SPRAK) - {kode}:
        assert topics(other)["sjekk"].tittel not in seen
        assert topics(other)["kom-i-gang"].avsnitt[0][:60] not in seen.replace("\n", " ")
    assert topics(kode)["sjekk"].tittel in seen


@pytest.mark.parametrize(
    ("ord_", "emne"),
    [
        ("språk", "sprak"),
        ("SPRAK", "sprak"),
        ("Kom i gang", "kom-i-gang"),
        ("regneark", "excel"),
        ("GDPR", "personvern"),
    ],
)
def test_emnet_kan_skrives_pa_flere_mater(ord_: str, emne: str) -> None:
    found = find_topic(ord_)
    assert found is not None
    assert found.id == emne


def test_andre_navn_forer_til_emner() -> None:
    assert set(ANDRE_NAVN.values()) <= set(EMNER)
    assert not set(ANDRE_NAVN) & set(EMNER)


@pytest.mark.parametrize(
    ("ord_", "ventet"),
    [
        (("frekens",), "Mente du «frekvens»?"),
        (("personven",), "Mente du «personvern»?"),
        (("kalendar",), "Mente du «kalender»?"),
        (("belasting",), "Mente du «belastning»?"),
        (("zzz",), "«oppfolging hjelp» viser emnene."),
        (("logg", "finnes-ikke"), "Det er ikke noe emne"),
    ],
)
def test_et_ukjent_emne(kjor: Kjor, ord_: tuple[str, ...], ventet: str) -> None:
    result = kjor("hjelp", *ord_)
    assert result.exit_code == 2
    assert ventet in result.stderr


def test_elleve_siffer_gjentas_ikke(kjor: Kjor) -> None:
    result = kjor("hjelp", "01019012345")
    assert result.exit_code in {2, 3}
    assert "01019012345" not in result.output


def test_hjelp_om_en_kommando_er_hjelpen_til_kommandoen(kjor: Kjor) -> None:
    assert kjor("hjelp", "logg", "ny").stdout == kjor("logg", "ny", "--help").stdout
    assert kjor("hjelp", "belastning").stdout == kjor("belastning", "--help").stdout
    both = kjor("hjelp", "sjekk").stdout
    assert both.startswith("Hvem er glemt?\n")
    assert kjor("sjekk", "--help").stdout in both


def test_listen_har_alle_emnene(kjor: Kjor) -> None:
    lines = kjor("hjelp").stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(EMNER)


def test_maskinsvar_og_markdown(kjor: Kjor) -> None:
    assert [row["id"] for row in json.loads(kjor("hjelp", "--format", "json").stdout)["emner"]] == list(EMNER)
    one = json.loads(kjor("hjelp", "sjekk", "--format", "json").stdout)
    assert one["eksempler"] == EMNER["sjekk"].kommandoer
    assert one["kommando"].startswith("Bruk: oppfolging sjekk")
    assert kjor("hjelp", "personvern", "--format", "md").stdout.startswith("# Personvern\n\nEn deltaker er en id.")


@pytest.mark.parametrize("kode", SPRAK)
@pytest.mark.parametrize("bredde", [40, 80, 200])
def test_avsnitt_brytes_og_eksempler_brytes_aldri(kode: str, bredde: int) -> None:
    for emne in topics(kode).values():
        lines = as_text(emne, bredde, farger=False).splitlines()
        for line in lines[1:]:
            assert line.startswith("    ") or len(line) <= min(bredde, 100)
        assert [line.strip() for line in lines if line.startswith("    oppfolging ")] == emne.kommandoer
    assert "\x1b[1m" in as_text(EMNER["logg"], 80, farger=True)


@pytest.mark.parametrize("kode", SPRAK)
def test_manualsiden_har_alt_og_man_godtar_den(kjor: Kjor, tmp_path: Path, kode: str) -> None:
    page = tmp_path / "oppfolging.1"
    assert kjor("--sprak", kode, "hjelp", "--man", "--ut", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    for path in _subkommandoer():
        assert f'.SS "oppfolging {" ".join(path)}"'.replace("-", r"\-") in text
    set_sprak(kode)
    for emne in topics(kode).values():
        assert f'.SH "{emne.tittel}"'.replace("-", r"\-") in text
    assert len(re.findall(r"^\.B \\-\\-stille$", text, re.MULTILINE)) == 1  # what all commands have, is told once
    if shutil.which("man") is None or shutil.which("groff") is None:
        pytest.skip("plattform: man og groff finnes ikke på denne maskinen")
    shown = subprocess.run(
        ["man", "--warnings=w", "-E", "UTF-8", "-l", page],
        capture_output=True, encoding="utf-8", check=True, timeout=60,
        env={"LC_ALL": "C.UTF-8", "MANWIDTH": "80", "PATH": "/usr/bin:/bin", "MANPAGER": "cat"},
    )  # fmt: skip
    assert shown.stderr == ""
    flat = re.sub(".\x08", "", shown.stdout)
    assert 'oppfolging logg avtale --deltaker D02 --tiltak "Ny time fredag"' in flat


def test_man_er_uten_emne(kjor: Kjor) -> None:
    assert kjor("hjelp", "--man", "logg").exit_code == 2
