"""`oppfolging kalender --abonnement`: addresses that stay, a folder that holds what was chosen, and nothing that tells."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from cli.test_kalender import deltakere, mappe, skriv_oppsett, titler
from oppfolgingscli import abonnement, skriv
from oppfolgingscli.feil import Systemfeil
from oppfolgingscli.vis import abonnement as tekst
from oppfolgingscli.vis import kalenderfiler

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hjelp import Kjor

__all__ = ["mappe"]  # a fixture
ALLE = ("--rolle", "alle", "--person", "alle", "--deltaker", "alle")


@pytest.fixture
def ut(tmp_path: Path) -> Path:
    return tmp_path / "nett" / "kalender"


def skriv_abonnement(kjor: Kjor, mappe: Path, ut: Path, *ord_: str, per: str = "2023-09-01") -> dict[str, Any]:
    result = kjor("kalender", "--mappe", mappe, "--abonnement", ut, "--per", per, "--format", "json", *ord_)
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def adresser(svar: dict[str, Any]) -> dict[str, str]:
    """Return the file name of each calendar, by its choice."""
    return {f"{f['slag']}:{f['id']}": f["fil"].rpartition("/")[2] for f in svar["filer"] if f["del"] is None}


def ics(ut: Path) -> set[str]:
    return {p.name for p in ut.glob("*.ics")}


def test_one_calendar_for_each_choice_and_who_shall_have_it(mappe: Path, ut: Path, kjor: Kjor) -> None:
    result = kjor(
        "kalender", "--mappe", mappe, "--abonnement", ut, *ALLE, "--abonnement-adresse", "https://kal.example.no/hs",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert re.search(r"^Kontaktlærer +[a-z]{28}\.ics +23 +0 +0 +skrevet$", result.stdout, re.MULTILINE)
    assert "I alt 25 møter og 6 frister" in result.stdout
    assert "kalender-abonnement.txt" in result.stderr
    assert "LES-MEG.txt" in result.stderr
    names = abonnement.load(mappe / abonnement.FILNAVN).navn
    assert sorted(names) == [
        "deltaker:D01", "deltaker:D02", "deltaker:D03", "person:kl", "rolle:kontaktlaerer", "rolle:nav_veileder",
    ]  # fmt: skip
    assert ics(ut) == {f"{name}.ics" for name in names.values()}
    assert {p.name for p in ut.iterdir()} - ics(ut) == {"LES-MEG.txt", ".htaccess"}
    assert titler(ut / f"{names['deltaker:D01']}.ics") == {"Elevsamtale – D01", "Egenrapport – D01", "Leksehjelp"}

    whom = (mappe / tekst.ADRESSER).read_bytes().decode("utf-8-sig")
    block = (
        "Lærer A (--person kl)\r\n"
        f"    https://kal.example.no/hs/{names['person:kl']}.ics\r\n"
        f"    webcal://kal.example.no/hs/{names['person:kl']}.ics\r\n"
    )
    assert block in whom
    assert whom.count("webcal://") == 6


def test_what_is_served_tells_nothing_of_whose_it_is(mappe: Path, ut: Path, kjor: Kjor) -> None:
    answer = skriv_abonnement(kjor, mappe, ut, *ALLE)
    for path in ut.iterdir():
        assert not re.search(r"D0\d|kl|kontakt|nav_|\d", path.stem)
        if path.suffix != ".ics":
            text = path.read_text(encoding="utf-8-sig")
            assert not any(name.removesuffix(".ics") in text for name in ics(ut))
            assert "Lærer A" not in text
    own = (ut / adresser(answer)["deltaker:D02"]).read_text(encoding="utf-8")
    assert "D02" in own
    assert not re.search(r"Lærer A|D01|D03", own)


def test_addresses_stay_and_files_change_only_when_the_plan_does(mappe: Path, ut: Path, kjor: Kjor) -> None:
    first = skriv_abonnement(kjor, mappe, ut, *ALLE)
    before = {p.name: p.read_bytes() for p in ut.iterdir()}
    again = skriv_abonnement(kjor, mappe, ut, *ALLE, per="2023-10-01")
    assert {p.name: p.read_bytes() for p in ut.iterdir()} == before
    assert adresser(again) == adresser(first)
    assert not any(f["skrevet"] for f in again["filer"])

    skriv_oppsett(mappe, deltakere(2) + '[[deltakere]]\nid = "D04"\n')
    moved = skriv_abonnement(kjor, mappe, ut, *ALLE, "--avlys", per="2023-10-02")
    assert adresser(first).items() - {("deltaker:D03", adresser(first)["deltaker:D03"])} <= adresser(moved).items()
    assert moved["abonnement"]["fjernet"] == [adresser(first)["deltaker:D03"]]
    assert ics(ut) == set(adresser(moved).values())
    assert "AVLYST: Elevsamtale – D03" in titler(ut / adresser(moved)["rolle:kontaktlaerer"])


def test_the_folder_holds_what_was_chosen_and_leaves_what_is_others(mappe: Path, ut: Path, kjor: Kjor) -> None:
    first = skriv_abonnement(kjor, mappe, ut, *ALLE)
    (ut / "min.ics").write_text("egen", encoding="utf-8")
    (ut / ("a" * 28 + ".ics")).write_text("ser ut som vår", encoding="utf-8")
    (ut / ".htaccess").write_text("# skolens egen\n", encoding="utf-8")
    result = kjor("kalender", "--mappe", mappe, "--abonnement", ut, "--rolle", "kontaktlaerer", "--per", "2023-09-02")
    assert result.exit_code == 0
    assert len(re.findall("slettet$", result.stdout, re.MULTILINE)) == 5
    assert ics(ut) == {adresser(first)["rolle:kontaktlaerer"], "min.ics", "a" * 28 + ".ics"}
    assert (ut / ".htaccess").read_text(encoding="utf-8") == "# skolens egen\n"
    assert ".htaccess er ikke skrevet av programmet, og er latt være." in result.stderr
    # Chosen again: the same addresses as before.
    assert adresser(skriv_abonnement(kjor, mappe, ut, *ALLE)) == adresser(first)


def test_an_address_gone_astray_is_replaced_and_its_file_deleted(mappe: Path, ut: Path, kjor: Kjor) -> None:
    first = adresser(skriv_abonnement(kjor, mappe, ut, *ALLE))
    second = adresser(skriv_abonnement(kjor, mappe, ut, *ALLE, "--ny-adresse", "D01"))
    assert {k for k in first if first[k] != second[k]} == {"deltaker:D01"}
    assert first["deltaker:D01"] not in ics(ut)
    # Also in a folder that missed the change.
    (ut / first["deltaker:D01"]).write_text("gammel", encoding="utf-8")
    skriv_abonnement(kjor, mappe, ut, *ALLE)
    assert first["deltaker:D01"] not in ics(ut)
    result = kjor("kalender", "--mappe", mappe, "--abonnement", ut, *ALLE, "--ny-adresse", "D09")
    assert (result.exit_code, "D09" in result.stderr) == (2, True)


def test_all_in_one_keeps_its_address_when_there_is_one_more(mappe: Path, ut: Path, kjor: Kjor) -> None:
    first = skriv_abonnement(kjor, mappe, ut, "--samlet", "--deltaker", "alle", "--rolle", "kontaktlaerer")
    skriv_oppsett(mappe, deltakere(4))
    second = skriv_abonnement(kjor, mappe, ut, "--samlet", "--rolle", "kontaktlaerer", "--deltaker", "alle")
    assert set(adresser(first).values()) == set(adresser(second).values()) == ics(ut)
    assert "Alt i én (--samlet --deltaker alle --rolle kontaktlaerer)" in (mappe / tekst.ADRESSER).read_text(
        encoding="utf-8-sig"
    )


def test_a_calendar_without_events_has_its_address_too(mappe: Path, ut: Path, kjor: Kjor) -> None:
    skriv_abonnement(kjor, mappe, ut, "--rolle", "deltaker", "--fra", "2030-01-01")
    (name,) = ics(ut)
    calendar = icalendar.Calendar.from_ical((ut / name).read_bytes())
    assert calendar.walk("VEVENT") == []
    assert calendar["X-PUBLISHED-TTL"] == "PT12H"
    assert calendar["METHOD"] == "PUBLISH"


def test_too_large_for_google_is_whole_at_its_address_and_in_parts(
    mappe: Path, ut: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = adresser(skriv_abonnement(kjor, mappe, ut, "--rolle", "kontaktlaerer"))
    split = kalenderfiler.del_opp
    monkeypatch.setattr(kalenderfiler, "del_opp", lambda own, blocks: split(own, blocks, 12_000))
    large = skriv_abonnement(kjor, mappe, ut, "--rolle", "kontaktlaerer")
    assert adresser(large) == whole
    assert [f["del"] for f in large["filer"]] == [None, "2023-host", "2024-var"]
    assert sum(f["moter"] for f in large["filer"]) == 2 * 23
    assert len(ics(ut)) == 3


@pytest.mark.parametrize(
    ("ord_", "kode", "sier"),
    [
        (("--abonnement", "{mappe}"), 2, "kan ikke være arbeidsmappa"),
        (("--abonnement", "{mappe}/.."), 2, "kan ikke være arbeidsmappa"),
        (("--abonnement", "{ut}", "--ut", "x"), 2, "Velg én av --abonnement, --ut"),
        (("--abonnement", "{ut}", "--caldav", "https://a.example"), 2, "Velg én av --caldav, --abonnement"),
        (("--ny-adresse", "kl"), 2, "--ny-adresse trenger --abonnement"),
        (("--caldav-fjern",), 2, "--caldav-fjern trenger --caldav"),
        (("--abonnement", "{ut}", "--abonnement-adresse", "http://kal.example.no/"), 2, "må begynne med https"),
        (
            ("--abonnement", "{ut}", "--abonnement-adresse", "https://a:b@kal.example.no/"),
            2,
            "brukernavn eller passord",
        ),
    ],
)
def test_wrong_usage(mappe: Path, ut: Path, kjor: Kjor, ord_: tuple[str, ...], kode: int, sier: str) -> None:
    result = kjor("kalender", "--mappe", mappe, *(word.format(mappe=mappe, ut=ut) for word in ord_))
    assert (result.exit_code, result.stdout) == (kode, "")
    assert sier in result.stderr
    assert not ut.exists()
    assert not list(mappe.glob("kalender-*"))


def test_a_stop_underway_gives_out_the_same_addresses_next_time(
    mappe: Path, ut: Path, kjor: Kjor, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = skriv.write_atomic
    done: list[Path] = []

    def full(path: Path, data: bytes, check: Callable[[], None] | None = None) -> bool:
        if path.suffix == ".ics" and len(done) == 2:
            raise Systemfeil("ikke plass")
        if path.suffix == ".ics":
            done.append(path)
        return write(path, data, check)

    with monkeypatch.context() as broken:
        broken.setattr(skriv, "write_atomic", full)
        assert kjor("kalender", "--mappe", mappe, "--abonnement", ut, *ALLE, "--per", "2023-09-01").exit_code == 4
    there = {p.name: p.read_bytes() for p in ut.glob("*.ics")}
    assert len(there) == 2
    skriv_abonnement(kjor, mappe, ut, *ALLE)
    assert there.items() <= {p.name: p.read_bytes() for p in ut.glob("*.ics")}.items()
    assert len(ics(ut)) == 6


@pytest.mark.parametrize("navn", ["../../oppfolging", "A" * 28, "a" * 27, "", "min"])
def test_names_nobody_made_are_refused(mappe: Path, ut: Path, kjor: Kjor, navn: str) -> None:
    state: dict[str, Any] = {"format": 1, "adresse": None, "navn": {}, "gamle": [navn]}
    (mappe / abonnement.FILNAVN).write_text(json.dumps(state), encoding="utf-8")
    result = kjor("kalender", "--mappe", mappe, "--abonnement", ut)
    assert result.exit_code == 3
    assert "oversikten over adressene til abonnementene kan ikke leses" in result.stderr
    assert not ut.exists()
