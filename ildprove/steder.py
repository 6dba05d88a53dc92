"""Everywhere a number may be written: each place puts a text there and gives the words of the command that meets it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from ildprove import klasse

SVAR: Final = "inn/svar.txt"
"""What somebody types when asked."""
Sted = Callable[[Path, str], Sequence[str]]


def _args(*ord_: str) -> Sted:
    return lambda folder, text: [word.replace("{t}", text).replace("{m}", str(folder)) for word in ord_]


def _cell(slag: str, column: str) -> Sted:
    def put(folder: Path, text: str) -> Sequence[str]:
        names = klasse.HODER[slag].split(";")
        cells = klasse.RADER[slag][0].split(";")
        cells[names.index(column)] = '"{}"'.format(text.replace('"', '""'))
        with (folder / f"{slag}.csv").open("ab") as file:
            file.write((";".join(cells) + "\r\n").encode())
        return ["sjekk", "--per", "2024-12-20", "--funn", "--mappe", str(folder)]

    return put


def _toml(name: str, old: str, new: str, *, escaped: bool = False) -> Sted:
    def put(folder: Path, text: str) -> Sequence[str]:
        path = folder / name
        value = json.dumps(text, ensure_ascii=escaped)[1:-1]
        if escaped:
            value = "".join(f"\\u{ord(c):04x}" for c in text)
        before = path.read_text(encoding="utf-8")
        if old not in before:
            raise ValueError(old)
        path.write_text(before.replace(old, new.replace("{t}", value), 1), encoding="utf-8")
        return ["sjekk", "--per", "2024-12-20", "--mappe", str(folder)]

    return put


def _file(name: str, content: str, *ord_: str) -> Sted:
    def put(folder: Path, text: str) -> Sequence[str]:
        (folder / name).write_text(content.replace("{t}", text), encoding="utf-8", newline="")
        return [word.replace("{m}", str(folder)) for word in ord_]

    return put


def _book(folder: Path, text: str) -> Sequence[str]:
    """Put a number in a workbook as Excel keeps it: a number, when it is one."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError
    sheet.append(klasse.HODER["kontakter"].split(";"))
    sheet.append(
        [
            "k9",
            date(2024, 9, 2),
            "elevsamtale",
            "samtale",
            "D01",
            None,
            None,
            None,
            None,
            None,
            float(text) if text.isascii() and text.isdecimal() else text,
        ]
    )
    book.save(folder / "inn" / "bok.xlsx")
    return ["logg", "importer", str(folder / "inn" / "bok.xlsx"), "--logg", "kontakter", "--mappe", str(folder)]


def _answers(answers: str, *ord_: str) -> Sted:
    def put(folder: Path, text: str) -> Sequence[str]:
        (folder / SVAR).write_text(answers.replace("{t}", text.replace("\n", " ")), encoding="utf-8", newline="")
        return [word.replace("{m}", str(folder)) for word in ord_]

    return put


_DELTAKERE: Final = 'deltakere = [{ id = "D01" }, { id = "D02" }, { id = "D03" }]'
_ICS: Final = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{t}\r\nBEGIN:VEVENT\r\nUID:{t}\r\nDTSTAMP:20240901T080000Z\r\n"
    "DTSTART:20240905T080000Z\r\nDTEND:20240905T090000Z\r\nSUMMARY:{t}\r\nDESCRIPTION:{t}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
STEDER: Final[dict[str, tuple[bool, Sted]]] = {
    # What is written in words of a command line, all of it.
    **{
        f"{' '.join(ord_[:2])} {ord_[at - 1]}": (free, _args(*ord_, "--mappe", "{m}"))
        for free, at, ord_ in (
            (True, 7, ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--notat", "{t}")),
            (False, 4, ("logg", "ny", "--deltaker", "{t}", "--rutine", "samtale")),
            (False, 6, ("logg", "ny", "--deltaker", "D01", "--rutine", "{t}")),
            (False, 8, ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--type", "{t}")),
            (False, 8, ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--dato", "{t}")),
            (False, 8, ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--utfort-av", "{t}")),
            (False, 8, ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--deltok", "{t}")),
            (False, 8, ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--form", "{t}")),
            (False, 8, ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--varighet", "{t}")),
            (False, 8, ("logg", "ny", "--deltaker", "D01", "--rutine", "samtale", "--status", "{t}")),
            (False, 8, ("logg", "hendelse", "--deltaker", "D01", "--type", "fravaer", "--notat", "{t}")),
            (False, 6, ("logg", "avtale", "--deltaker", "D01", "--tiltak", "{t}")),
            (False, 8, ("logg", "avtale", "--deltaker", "D01", "--tiltak", "x", "--grunnlag", "{t}")),
            (False, 8, ("logg", "avtale", "--deltaker", "D01", "--tiltak", "x", "--ansvarlig", "{t}")),
            (False, 4, ("logg", "avtale", "--utfort", "{t}")),
            (False, 3, ("logg", "rett", "{t}", "--stryk")),
            (False, 5, ("logg", "rett", "k1", "--notat", "{t}")),
            (False, 3, ("logg", "importer", "{t}")),
            (False, 3, ("logg", "importer", "{m}/inn/{t}.csv")),
            (False, 4, ("logg", "vis", "--deltaker", "{t}")),
            (False, 3, ("sjekk", "--forklar", "{t}")),
            (False, 3, ("sjekk", "--per", "{t}")),
            (False, 3, ("sjekk", "--ut", "{m}/ut/{t}.csv")),
            (False, 3, ("rapport", "--ut", "{m}/ut/{t}.html")),
            (False, 3, ("kalender", "--deltaker", "{t}")),
            (False, 3, ("kalender", "--ut", "{m}/ut/{t}")),
            (False, 3, ("kalender", "--caldav", "https://sky.example/{t}/")),
            (False, 3, ("plan", "--med", "{m}/{t}")),
            (False, 3, ("utvid", "--deltaker", "{t}")),
            (False, 2, ("sjekk", "{t}")),
            (False, 1, ("{t}",)),
            (False, 2, ("sjekk", "--{t}")),
        )
    },
    "sjekk --mappe": (False, _args("sjekk", "--mappe", "{m}/{t}")),
    "ny MAPPE": (False, _args("ny", "{m}/{t}", "--rutiner", "oslo")),
    "ny --klasse": (False, _args("ny", "{m}/ny", "--rutiner", "oslo", "--klasse", "{t}")),
    "rutiner vis": (False, _args("rutiner", "vis", "{t}")),
    "hjelpen": (False, _args("logg", "ny", "{t}", "--help")),
    # What stands in files.
    **{
        f"{slag}.csv: {column}": (column == "notat", _cell(slag, column))
        for slag, header in klasse.HODER.items()
        for column in header.split(";")
    },
    "kontakter.csv: kolonnenavn": (
        False,
        _file("hendelser.csv", "id;dato;type;deltaker;{t}\r\nh1;2024-09-10;fravaer;D01;x\r\n", "sjekk", "--funn", "--mappe", "{m}"),
    ),
    "oppfolging.toml: et navn": (True, _toml("oppfolging.toml", 'navn = "Klassen"', 'navn = "{t}"')),
    "oppfolging.toml: en merknad": (False, _toml("oppfolging.toml", "[personer.kl]", "# {t}\n[personer.kl]")),
    "oppfolging.toml: skrevet med \\u": (False, _toml("oppfolging.toml", 'navn = "Klassen"', 'navn = "{t}"', escaped=True)),
    "oppfolging.toml: en nøkkel": (False, _toml("oppfolging.toml", "[personer.kl]", '[personer."{t}"]')),
    "oppfolging.toml: en id": (False, _toml("oppfolging.toml", 'id = "D03"', 'id = "{t}"')),
    "oppfolging.toml: grunn til en pause": (
        False,
        _toml("oppfolging.toml", 'id = "D03"', 'id = "D03", pauser = [{ fra = 2024-09-02, grunn = "{t}" }]'),
    ),
    "rutiner: navn": (False, _toml("rutiner/egne.toml", 'navn = "Samtalen"', 'navn = "{t}"')),
    "rutiner: kilde": (False, _toml("rutiner/egne.toml", 'kilde = "vedtatt plan"', 'kilde = "{t}"')),
    "deltakere.csv: id": (False, lambda folder, text: _participants(folder, f'"{text}";2024-08-19;;;;')),
    "deltakere.csv: gruppe": (False, lambda folder, text: _participants(folder, f'D01;2024-08-19;;;"{text}";')),
    "perioder.csv: grunn": (
        False,
        lambda folder, text: _participants(folder, "D01;2024-08-19;;;;", f'D01;pause;2024-09-02;;;;"{text}";'),
    ),
    "plan.csv: merknad": (
        False,
        _file("plan.csv", 'punkt;dato;start;merknad\r\nx;2024-09-02;08:30;"{t}"\r\n', "plan", "--metode", "grisk", "--mappe", "{m}"),
    ),
    "en tabell å importere": (
        True,
        _file("inn/t.csv", 'dato;type;deltaker;notat\r\n2024-09-02;elevsamtale;D01;"{t}"\r\n', "logg", "importer", "{m}/inn/t.csv", "--mappe", "{m}"),
    ),
    "et regneark å importere": (False, _book),
    **{
        f"spørsmål i logg {kind}: {what}": (False, _answers(answers, "logg", kind, *given, "--mappe", "{m}"))
        for kind, what, answers, given in (
            ("ny", "rutine", "{t}\n", ()),
            ("ny", "hvem", "1\n{t}\n", ()),
            ("ny", "dato", "{t}\n", ("--deltaker", "D01", "--rutine", "")),
            ("ny", "notat", "1\nD01\n2024-09-02\n-\n{t}\n", ()),
            ("avtale", "tiltak", "{t}\n-\n2030-01-01\n", ("--deltaker", "D01")),
            ("rett", "form", "\n" * 6 + "{t}\n" + "\n" * 6, ("k1",)),
        )
    },
    "en kalender å importere": (False, _file("inn/k.ics", _ICS, "logg", "importer", "{m}/inn/k.ics", "--mappe", "{m}")),
}  # fmt: skip
"""Where a number may be put: whether text is free there (every way to write it is then tried), and how."""


def _participants(folder: Path, row: str, period: str = "") -> Sequence[str]:
    setup = folder / "oppfolging.toml"
    text = setup.read_text(encoding="utf-8").replace(_DELTAKERE, 'deltakere = "deltakere.csv"')
    setup.write_text(text, encoding="utf-8")
    (folder / "deltakere.csv").write_text(
        f"id;start;slutt;sluttarsak;gruppe;ytelse\r\n{row}\r\n", encoding="utf-8", newline=""
    )
    header = "deltaker;slag;fra;til;verdi;sted;grunn;registrert"
    (folder / "perioder.csv").write_text(f"{header}\r\n{period}\r\n", encoding="utf-8", newline="")
    return ["sjekk", "--per", "2024-12-20", "--funn", "--mappe", str(folder)]
