"""The bombs themselves: how each file is made, which command is run on it, and what it may answer."""

from __future__ import annotations

import io
import os
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ildprove.mal import KORPUS

MB: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Bombe:
    """One file. ``lag`` makes it in a folder, and returns the words of the command. ``nevner``: what faults name."""

    navn: str
    lag: Callable[[Path], list[str]]
    nevner: str
    koder: tuple[int, ...] = (3,)
    kort: bool = False
    bare_posix: bool = False


def _class(mappe: Path) -> None:
    shutil.copytree(KORPUS / "arbeidsmappe", mappe, dirs_exist_ok=True)


def _sjekk(mappe: Path) -> list[str]:
    return ["sjekk", "--mappe", str(mappe), "--per", "2025-03-01"]


def _kalender(mappe: Path) -> list[str]:
    return ["kalender", "--mappe", str(mappe), "--per", "2025-03-01", "--ut", str(mappe / "ut")]


# --- Workbooks ----------------------------------------------------------------------------------

_NS: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = (
    _HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS: Final = (
    _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK: Final = (
    _HEAD + f'<workbook {_NS} xmlns:r="{_REL}"><sheets><sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_BOOK_RELS: Final = (
    _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
_STRINGS: Final = f"{_HEAD}<sst {_NS}><si><t>dato</t></si><si><t>type</t></si><si><t>deltaker</t></si></sst>"
_HEADER_ROW: Final = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
)


def _book(
    path: Path,
    rows: str | Iterator[bytes] = "",
    strings: str | Iterator[bytes] = _STRINGS,
    doctype: str = "",
    **parts: str,
) -> None:
    """Write a workbook whose sheet has some rows after the header; the parts may be large, and are packed as they come."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        plain = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS,
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _BOOK_RELS,
            **parts,
        }
        for name, text in plain.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"{_HEAD}{doctype}<worksheet {_NS}><sheetData>{_HEADER_ROW}".encode())
            for piece in (rows.encode(),) if isinstance(rows, str) else rows:
                sheet.write(piece)
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for piece in (strings.encode(),) if isinstance(strings, str) else strings:
                part.write(piece)


def _ark(make: Callable[[Path], None]) -> Callable[[Path], list[str]]:
    """Return a maker of a class whose log of contacts is a workbook."""

    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        make(mappe / "kontakter.xlsx")
        return _sjekk(mappe)

    return lag


def _zip_bomb(path: Path) -> None:
    """300 MB of spaces in a sheet, packed to some MB."""
    piece = b" " * (10 * MB)
    _book(path, (piece for _ in range(30)))


def _zip_bomb_lies(path: Path) -> None:
    """300 MB of spaces that the archive says are 1 kB."""
    piece = b" " * (10 * MB)
    _book(path, (piece for _ in range(30)))
    raw = path.read_bytes()
    true, lie = (300 * MB).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    size = len(f"{_HEAD}<worksheet {_NS}><sheetData>{_HEADER_ROW}</sheetData></worksheet>".encode()) + 300 * MB
    path.write_bytes(raw.replace(size.to_bytes(4, "little"), lie).replace(true, lie))


def _many_parts(path: Path) -> None:
    """A workbook with 60 000 small files in it."""
    _book(path, **{f"xl/media/{i}.xml": "" for i in range(60_000)})


def _laughs(path: Path) -> None:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    _book(
        path,
        '<row r="2"><c t="inlineStr"><is><t>&l11;</t></is></c></row>',
        doctype=f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>',
    )


def _quadratic(path: Path) -> None:
    doctype = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'
    _book(path, f'<row r="2"><c t="inlineStr"><is><t>{"&a;" * 50_000}</t></is></c></row>', doctype=doctype)


def _external(path: Path) -> None:
    doctype = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    _book(path, '<row r="2"><c t="inlineStr"><is><t>&a;</t></is></c></row>', doctype=doctype)


def _strings(path: Path) -> None:
    """Three million shared strings."""
    piece = b"<si><t>a</t></si>" * 100_000

    def pieces() -> Iterator[bytes]:
        yield f"{_HEAD}<sst {_NS}>".encode()
        for _ in range(30):
            yield piece
        yield b"</sst>"

    _book(path, strings=pieces())


def _one_long_string(path: Path) -> None:
    piece = b"a" * MB

    def pieces() -> Iterator[bytes]:
        yield f"{_HEAD}<sst {_NS}><si><t>dato</t></si><si><t>type</t></si><si><t>".encode()
        for _ in range(150):
            yield piece
        yield b"</t></si></sst>"

    _book(path, strings=pieces())


def _string_many_times(path: Path) -> None:
    """One string of 30 000 letters in 100 000 cells."""
    rows = "".join(f'<row r="{i}"><c t="s"><v>3</v></c></row>' for i in range(2, 100_002))
    _book(path, rows, _STRINGS.replace("</sst>", f"<si><t>{'a' * 30_000}</t></si></sst>"))


def _far_corner(path: Path) -> None:
    """A sheet that says it has 1 048 576 x 16 384 cells, and has one in the farthest corner."""
    _book(path, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def _wide_rows(path: Path) -> None:
    """20 000 rows with one cell each, in the last column."""
    _book(path, "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(2, 20_002)))


def _sparse_rows(path: Path) -> None:
    """A row far beyond the last a sheet can have."""
    _book(path, '<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>')


def _many_rows(path: Path) -> None:
    """A million rows, every one of them empty."""
    _book(path, (b"<row/>" * 100_000 for _ in range(10)))


def _many_cells(path: Path) -> None:
    """Five million cells."""
    piece = b"<row>" + b"<c><v>1</v></c>" * 50 + b"</row>"
    _book(path, (piece * 10_000 for _ in range(10)))


def _many_cells_allowed(path: Path) -> None:
    """Close to the most cells that are read."""
    _book(path, iter([(b"<row>" + b"<c><v>1</v></c>" * 12 + b"</row>") * 5_900]))


def _many_strings_allowed(path: Path) -> None:
    _book(path, strings=iter([f"{_HEAD}<sst {_NS}>".encode() + b"<si><t>a</t></si>" * 74_000 + b"</sst>"]))


def _deep_xml(path: Path) -> None:
    _book(path, "<row r='2'>" + "<c>" * 200_000 + "</c>" * 200_000 + "</row>")


def _attributes(path: Path) -> None:
    """One cell with 300 000 attributes."""
    _book(path, "<row r='2'><c " + " ".join(f'a{i}="1"' for i in range(300_000)) + "/></row>")


def _styles(path: Path, n: int = 1_000_000) -> None:
    """A million cell styles."""
    styles = f"{_HEAD}<styleSheet {_NS}><cellXfs>{'<xf/>' * n}</cellXfs></styleSheet>"
    types = _TYPES.replace(
        "</Types>",
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    )
    rels = _BOOK_RELS.replace(
        "</Relationships>", f'<Relationship Id="rId3" Type="{_REL}/styles" Target="styles.xml"/></Relationships>'
    )
    _book(path, **{"xl/styles.xml": styles, "[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": rels})


def _sheets(path: Path) -> None:
    """A workbook that says it has 100 000 sheets."""
    sheets = "".join(f'<sheet name="a{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, 100_001))
    _book(path, **{"xl/workbook.xml": _BOOK.replace('<sheet name="Ark1" sheetId="1" r:id="rId1"/>', sheets)})


def _nested_zip(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * MB)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", inner.getvalue())


# --- TOML ---------------------------------------------------------------------------------------


def _toml(text: str | Callable[[], str]) -> Callable[[Path], list[str]]:
    """Return a maker of a class whose set-up begins with a text."""

    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        path = mappe / "oppfolging.toml"
        made = text if isinstance(text, str) else text()
        path.write_text(made + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        return _sjekk(mappe)

    return lag


def _set(text: Callable[[], str]) -> Callable[[Path], list[str]]:
    """Return a maker of a class whose routine set ends with a text."""

    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        with (mappe / "sett.toml").open("a", encoding="utf-8") as file:
            file.write("\n" + text())
        return _sjekk(mappe)

    return lag


def _without_people(text: str) -> Callable[[Path], list[str]]:
    """Return a maker of a class whose participants stand in the set-up."""

    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        path = mappe / "oppfolging.toml"
        before = path.read_text(encoding="utf-8").replace('deltakere = "deltakere.csv"\n', "")
        path.write_text(f"{before}\n{text}", encoding="utf-8")
        return _sjekk(mappe)

    return lag


_ROUTINE: Final = '[[rutiner]]\nid = "r{i}"\nnavn = "R"\ntype = "t"\nniva = "deltaker"\nansvarlig = "kontaktlaerer"\ngrunnlag = "praksis"\nfrekvens = {{ {frekvens} }}\n'


def _builds_on_itself(mappe: Path) -> list[str]:
    _class(mappe)
    path = mappe / "sett.toml"
    text = path.read_text(encoding="utf-8").replace("fylke = ", 'bygger_pa = "./sett.toml"\nfylke = ')
    path.write_text(text, encoding="utf-8")
    return _sjekk(mappe)


def _utf16(mappe: Path) -> list[str]:
    _class(mappe)
    path = mappe / "oppfolging.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    return _sjekk(mappe)


def _broken_text(mappe: Path) -> list[str]:
    _class(mappe)
    path = mappe / "oppfolging.toml"
    path.write_bytes(b'navn = "\x00\x1b[2J\xed\xa0\x80"\n' + path.read_bytes())
    return _sjekk(mappe)


# --- CSV ----------------------------------------------------------------------------------------


def _csv(
    navn: str, content: bytes | Callable[[], Iterator[bytes]], kommando: Callable[[Path], list[str]] | None = None
) -> Callable[[Path], list[str]]:
    """Return a maker of a class with a table of this name."""

    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        with (mappe / navn).open("wb") as file:
            for piece in (content,) if isinstance(content, bytes) else content():
                file.write(piece)
        return (kommando or _sjekk)(mappe)

    return lag


_LOGG: Final = b"id;dato;type;deltaker;notat\r\n"
_FOLK: Final = b"id;start\r\n"


def _line(head: bytes, piece: bytes, n: int) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield head
        for _ in range(n):
            yield piece

    return pieces


# --- Calendars ----------------------------------------------------------------------------------


def _ics(*inside: str | Callable[[], Iterator[str]]) -> Callable[[Path], list[str]]:
    """Return a maker of a class where a teacher's busy times are a calendar with these lines in it."""

    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        path = mappe / "oppfolging.toml"
        text = path.read_text(encoding="utf-8").replace(
            'rolle = "kontaktlaerer"', 'rolle = "kontaktlaerer"\nopptatt = "opptatt.ics"'
        )
        path.write_text(text, encoding="utf-8")
        with (mappe / "opptatt.ics").open("w", encoding="utf-8", newline="\r\n") as file:
            file.write("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x\n")
            for one in inside:
                for piece in (one,) if isinstance(one, str) else one():
                    file.write(piece)
            file.write("END:VCALENDAR\n")
        return _kalender(mappe)

    return lag


_EVENT: Final = "BEGIN:VEVENT\nUID:a{i}\nDTSTART:20240902T080000Z\nDTEND:20240902T090000Z\n{mer}END:VEVENT\n"


def _event(mer: str, i: int = 1) -> str:
    return _EVENT.format(i=i, mer=mer)


# --- What is no file ----------------------------------------------------------------------------


def _validate(mappe: Path, navn: str) -> list[str]:
    return ["rutiner", "valider", str(mappe / navn)]


def _pipe(navn: str, kommando: Callable[[Path], list[str]] = _sjekk) -> Callable[[Path], list[str]]:
    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        (mappe / navn).unlink(missing_ok=True)
        os.mkfifo(mappe / navn)
        return kommando(mappe)

    return lag


def _device(mappe: Path) -> list[str]:
    _class(mappe)
    (mappe / "kontakter.csv").symlink_to("/dev/zero")
    return _sjekk(mappe)


def _folder(navn: str) -> Callable[[Path], list[str]]:
    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        (mappe / navn).unlink(missing_ok=True)
        (mappe / navn).mkdir()
        return _sjekk(mappe)

    return lag


def _ring(navn: str) -> Callable[[Path], list[str]]:
    def lag(mappe: Path) -> list[str]:
        _class(mappe)
        (mappe / navn).unlink(missing_ok=True)
        (mappe / navn).symlink_to(mappe / "b")
        (mappe / "b").symlink_to(mappe / navn)
        return _sjekk(mappe)

    return lag


def _ring_of_folders(mappe: Path) -> list[str]:
    _class(mappe / "a")
    (mappe / "a" / "igjen").symlink_to(mappe)
    (mappe / "b").mkdir()
    (mappe / "b" / "opp").symlink_to(mappe / "b")
    return ["revisjon", str(mappe), "--per", "2025-03-01"]


def _odd_name(navn: str) -> Callable[[Path], list[str]]:
    def lag(mappe: Path) -> list[str]:
        raw = os.fsencode(str(mappe)) + b"/" + navn.encode("utf-8", "surrogateescape")
        with suppress(OSError):
            Path(os.fsdecode(raw)).write_bytes(b"format = 1\nx = ]\n")
        return ["rutiner", "valider", os.fsdecode(raw)]

    return lag


def _deep_folder(mappe: Path) -> list[str]:
    return ["sjekk", "--mappe", str(mappe) + "/a" * 3000, "--per", "2025-03-01"]


def _grows(mappe: Path) -> list[str]:
    """A log that another process writes to all the while."""
    _class(mappe)
    path = mappe / "kontakter.csv"
    path.write_bytes(_LOGG)

    def write() -> None:
        end = time.monotonic() + 3
        with suppress(OSError), path.open("ab") as file:
            while time.monotonic() < end:
                file.write(b"k1;2024-09-04;elevsamtale;D01;\r\n" * 50)
                file.flush()
                time.sleep(0.001)

    threading.Thread(target=write, daemon=True).start()
    return _sjekk(mappe)


def _vanishes(mappe: Path) -> list[str]:
    """A log that comes and goes all the while."""
    _class(mappe)
    path = mappe / "kontakter.csv"

    def blink() -> None:
        end = time.monotonic() + 3
        while time.monotonic() < end:
            with suppress(OSError):
                path.write_bytes(_LOGG)
                time.sleep(0.002)
                path.unlink()
                time.sleep(0.001)

    threading.Thread(target=blink, daemon=True).start()
    return _sjekk(mappe)


K: Final = "kontakter"
BOMBER: Final = (
    Bombe("Regneark: 300 MB mellomrom i en pakke på 2 MB (zip-bombe)", _ark(_zip_bomb), f"{K}.xlsx"),
    Bombe("Regneark: 300 MB som pakken sier er 1 kB", _ark(_zip_bomb_lies), f"{K}.xlsx"),
    Bombe("Regneark: 60 000 filer i pakken", _ark(_many_parts), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: pakke i pakken", _ark(_nested_zip), f"{K}.xlsx", kort=True),
    Bombe("Regneark: «billion laughs» (10¹¹ × «lol»)", _ark(_laughs), f"{K}.xlsx", kort=True),
    Bombe("Regneark: kvadratisk utvidelse (5 GB av 250 kB)", _ark(_quadratic), f"{K}.xlsx"),
    Bombe("Regneark: entitet som peker på en fil på maskinen", _ark(_external), f"{K}.xlsx"),
    Bombe("Regneark: 3 millioner delte tekster", _ark(_strings), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: én tekst på 150 MB", _ark(_one_long_string), f"{K}.xlsx"),
    Bombe("Regneark: 30 000 bokstaver i hver av 100 000 celler", _ark(_string_many_times), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: sier 1 048 576 × 16 384 celler", _ark(_far_corner), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: 20 000 rader med bare siste kolonne", _ark(_wide_rows), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: rad nr. 2 milliarder", _ark(_sparse_rows), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: en million tomme rader", _ark(_many_rows), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: fem millioner celler", _ark(_many_cells), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: XML i 200 000 nivåer", _ark(_deep_xml), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: en celle med 300 000 attributter", _ark(_attributes), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: en million stiler", _ark(_styles), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Regneark: 100 000 faner", _ark(_sheets), f"{K}.xlsx", (0, 1, 3)),
    Bombe("TOML: én linje på 100 MB", _toml(lambda: 'x = "' + "a" * (100 * MB) + '"'), "oppfolging.toml"),
    Bombe("TOML: én linje på 19 MB", _toml(lambda: 'x = "' + "a" * (19 * MB) + '"'), "oppfolging.toml"),
    Bombe("TOML: 5 000 lister inne i hverandre", _toml("x = " + "[" * 5000 + "]" * 5000), "oppfolging.toml", kort=True),
    Bombe("TOML: 400 lister inne i hverandre", _toml("x = " + "[" * 400 + "]" * 400), "oppfolging.toml"),
    Bombe("TOML: 5 000 tabeller inne i hverandre", _toml("x = " + "{a=" * 5000 + "1" + "}" * 5000), "oppfolging.toml"),
    Bombe("TOML: nøkkel i 100 000 ledd", _toml("a" + ".a" * 100_000 + " = 1"), "oppfolging.toml"),
    Bombe(
        "TOML: 3 000 nøkler i 100 ledd",
        _toml("\n".join(f"a{i}" + ".a" * 100 + " = 1" for i in range(3000))),
        "oppfolging.toml",
    ),
    Bombe("TOML: tabell i 50 000 ledd", _set(lambda: "[a" + ".a" * 50_000 + "]\nb = 1"), "sett.toml"),
    Bombe("TOML: tall med en million sifre", _toml("x = " + "9" * MB), "oppfolging.toml", kort=True),
    Bombe("TOML: heksadesimalt tall med en million sifre", _toml("x = 0x" + "f" * MB), "oppfolging.toml"),
    Bombe("TOML: datoer utenfor kalenderen", _toml("x = 0000-00-00\ny = 9999-99-99"), "oppfolging.toml"),
    Bombe(
        "TOML: 60 000 ukjente nøkler", _toml(lambda: "\n".join(f"n{i} = 1" for i in range(60_000))), "oppfolging.toml"
    ),
    Bombe("TOML: 60 000 tomme rutiner", _set(lambda: "[[rutiner]]\n" * 60_000), "sett.toml"),
    Bombe("TOML: en liste med en million tall", _toml(lambda: "x = [" + "1," * MB + "]"), "oppfolging.toml"),
    Bombe("TOML: tre millioner linjer med merknader", _toml("#\n" * 3_000_000), "oppfolging.toml", (0, 1, 3)),
    Bombe("TOML: anførselstegn som aldri slutter (2 MB)", _toml(lambda: 'x = """' + "\\\\" * MB), "oppfolging.toml"),
    Bombe(
        "TOML: 2 000 rutiner på én deltaker, hver uke",
        _set(lambda: "".join(_ROUTINE.format(i=i, frekvens='antall = 366, per = "uke"') for i in range(2000))),
        "sett.toml",
        (0, 1, 3),
    ),
    Bombe(
        "TOML: rutiner som utløser hverandre i ring",
        _set(
            lambda: "".join(
                _ROUTINE.format(i=i, frekvens=f'etter = "r{(i + 1) % 300}", innen = "1 dag"') for i in range(300)
            )
        ),
        "sett.toml",
        (0, 1, 3),
    ),
    Bombe("TOML: et rutinesett som bygger på seg selv", _builds_on_itself, "sett.toml"),
    Bombe("TOML: UTF-16", _utf16, "oppfolging.toml", kort=True),
    Bombe("TOML: nul, ANSI og løse surrogater", _broken_text, "oppfolging.toml"),
    Bombe(
        "CSV: logg på én linje på 100 MB", _csv("kontakter.csv", _line(b"", b"a" * MB, 100)), "kontakter.csv", (0, 1, 3)
    ),
    Bombe(
        "CSV: rad på 100 MB under hodet",
        _csv("kontakter.csv", _line(_LOGG + b"k1;2024-09-04;x;D01;", b"a" * MB, 100)),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe(
        "CSV: 100 MB skilletegn på én linje",
        _csv("kontakter.csv", _line(b"", b";" * MB, 100)),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe("CSV: 100 MB anførselstegn", _csv("kontakter.csv", _line(_LOGG, b'"' * MB, 100)), "kontakter.csv", (0, 1, 3)),
    Bombe("CSV: 100 MB nuller (nul)", _csv("kontakter.csv", _line(b"", b"\x00" * MB, 100)), "kontakter.csv", (0, 1, 3)),
    Bombe("CSV: 100 MB tomme linjer", _csv("kontakter.csv", _line(_LOGG, b"\n" * MB, 100)), "kontakter.csv", (0, 1, 3)),
    Bombe(
        "CSV: 100 MB korte rader",
        _csv("kontakter.csv", _line(_LOGG, b"a\n" * (MB // 2), 100)),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe("CSV: 300 MB", _csv("kontakter.csv", _line(_LOGG, b"k1;2024-09-04;x;D01;\n" * 50_000, 300)), "kontakter.csv"),
    Bombe(
        "CSV: et anførselstegn som aldri slutter, 30 MB",
        _csv("kontakter.csv", _line(_LOGG + b'k1;2024-09-04;x;D01;"', b"aaaaaaaaa\n" * 100_000, 30)),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe("CSV: deltakere på én linje på 19 MB", _csv("deltakere.csv", _line(b"", b"a" * MB, 19)), "deltakere.csv"),
    Bombe(
        "CSV: 300 000 deltakere med feil",
        _csv("deltakere.csv", _line(_FOLK, b"D 1;i morgen\r\n" * 1000, 300)),
        "deltakere.csv",
    ),
    Bombe("CSV: 100 000 like deltakere", _csv("deltakere.csv", _line(_FOLK, b"D1;\r\n" * 1000, 100)), "deltakere.csv"),
    Bombe(
        "CSV: 300 000 rader med elleve siffer",
        _csv("deltakere.csv", _line(_FOLK, b"01010112345;\r\n" * 1000, 300)),
        "deltakere.csv",
    ),
    Bombe("CSV: 200 000 kolonner", _csv("deltakere.csv", b"id;" + b"a;" * 200_000 + b"\r\nD1\r\n"), "deltakere.csv"),
    Bombe(
        "CSV: plan på én linje på 19 MB",
        _csv("plan.csv", _line(b"punkt;dato;start;x", b"a" * MB, 19), _kalender),
        "plan.csv",
        (0, 1, 3),
    ),
    Bombe(
        "CSV: plan med 5 millioner tomme rader",
        _csv("plan.csv", _line(b"punkt;dato;start\n", b"\n" * MB, 5), _kalender),
        "plan.csv",
        (0, 1, 3),
    ),
    Bombe(
        "CSV: logg i UTF-16 uten BOM",
        _csv("kontakter.csv", _LOGG.decode().encode("utf-16-le")),
        "kontakter.csv",
        (0, 1),
        kort=True,
    ),
    Bombe("CSV: logg i UTF-32", _csv("kontakter.csv", _LOGG.decode().encode("utf-32")), "kontakter.csv", (0, 1, 3)),
    Bombe(
        "CSV: ødelagt UTF-16 (løse surrogater)",
        _csv("kontakter.csv", b"\xff\xfe" + b"\x00\xd8" * 1000),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe(
        "CSV: tre BOM-er, tre slags linjeskift, nul",
        _csv("kontakter.csv", b"\xef\xbb\xbf" * 3 + _LOGG + b"a\x00;b\rc;d\n\re;f\r\r\n"),
        "kontakter.csv",
        (0, 1, 3),
        kort=True,
    ),
    Bombe(
        "Så vidt lov: logg med 990 000 tomme linjer",
        _csv("kontakter.csv", _line(_LOGG, b"\n" * 10_000, 99)),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe(
        "Så vidt lov: logg med 990 000 korte rader",
        _csv("kontakter.csv", _line(_LOGG, b"a\n" * 10_000, 99)),
        "kontakter.csv",
    ),
    Bombe(
        "Så vidt lov: 160 linjer med 249 000 skilletegn",
        _csv("kontakter.csv", _line(_LOGG, b";" * 249_000 + b"\n", 160)),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe(
        "Så vidt lov: 160 linjer med 249 000 bokstaver",
        _csv("kontakter.csv", _line(_LOGG, b"a" * 249_000 + b"\n", 160)),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe(
        "Så vidt lov: 900 000 åpne anførselstegn",
        _csv("kontakter.csv", _line(_LOGG, b'k1;2024-09-04;x;"D01;\n' * 10_000, 90)),
        "kontakter.csv",
        (0, 1, 3),
    ),
    Bombe(
        "Så vidt lov: 39 000 deltakere med feil",
        _csv("deltakere.csv", _line(_FOLK, b"D 1;i morgen\r\n" * 1000, 39)),
        "deltakere.csv",
    ),
    Bombe(
        "Så vidt lov: 39 000 like deltakere",
        _csv("deltakere.csv", _line(_FOLK, b"D1;\r\n" * 1000, 39)),
        "deltakere.csv",
    ),
    Bombe(
        "Så vidt lov: 39 000 rader med elleve siffer",
        _csv("deltakere.csv", _line(_FOLK, b"01010112345;\r\n" * 1000, 39)),
        "deltakere.csv",
    ),
    Bombe(
        "Så vidt lov: 900 ukjente kolonner",
        _csv("deltakere.csv", b"id;" + b";".join(b"a%d" % i for i in range(900)) + b"\r\nD1\r\n"),
        "deltakere.csv",
    ),
    Bombe(
        "Så vidt lov: plan med 290 000 tomme rader",
        _csv("plan.csv", _line(b"punkt;dato;start\n", b"\n" * 10_000, 29), _kalender),
        "plan.csv",
        (0, 1, 3),
    ),
    Bombe(
        "Så vidt lov: plan med 200 000 rader som ikke kan leses",
        _csv("plan.csv", _line(b"punkt;dato;start\n", b"x;y;z\n" * 10_000, 20), _kalender),
        "plan.csv",
    ),
    Bombe(
        "Så vidt lov: 29 000 ukjente nøkler i TOML",
        _toml(lambda: "\n".join(f"n{i} = 1" for i in range(29_000))),
        "oppfolging.toml",
    ),
    Bombe("Så vidt lov: 14 000 tomme rutiner", _set(lambda: "[[rutiner]]\n" * 14_000), "sett.toml"),
    Bombe("Så vidt lov: 29 000 tall i en liste", _toml("x = [\n" + "1,\n" * 29_000 + "]"), "oppfolging.toml"),
    Bombe("Så vidt lov: 1 MB merknader i TOML", _toml("#\n" * 520_000), "oppfolging.toml", (0, 1, 3)),
    Bombe("Så vidt lov: 14 000 tomme deltakere i TOML", _without_people("[[deltakere]]\n" * 14_000), "oppfolging.toml"),
    Bombe("Så vidt lov: 70 000 celler i et regneark", _ark(_many_cells_allowed), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Så vidt lov: 74 000 delte tekster", _ark(_many_strings_allowed), f"{K}.xlsx", (0, 1, 3)),
    Bombe("Så vidt lov: 49 000 stiler", _ark(lambda path: _styles(path, 49_000)), f"{K}.xlsx", (0, 1, 3)),
    Bombe(
        "Kalender: møte hver dag fra år 1, for alltid",
        _ics(_event("RRULE:FREQ=DAILY\n").replace("20240902", "00010101")),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe("Kalender: møte hvert sekund", _ics(_event("RRULE:FREQ=SECONDLY\n")), "opptatt.ics", (0, 3), kort=True),
    Bombe(
        "Kalender: 30. februar, for alltid",
        _ics(_event("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n")),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: 3 000 møter hver dag for alltid",
        _ics(lambda: (_event("RRULE:FREQ=DAILY\n", i) for i in range(3000))),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: hvert kvarter i døgnet, med alle BY-regler",
        _ics(
            _event(
                "RRULE:FREQ=DAILY;BYHOUR="
                + ",".join(map(str, range(24)))
                + ";BYMINUTE="
                + ",".join(map(str, range(60)))
                + "\n"
            )
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: tidssone som skifter hvert sekund",
        _ics(
            "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n",
            _event("").replace("DTSTART:", "DTSTART;TZID=X:"),
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: en million egenskaper",
        _ics(
            "BEGIN:VEVENT\nUID:a\nDTSTART:20240902T080000Z\n",
            lambda: ("X-A:1\n" * 10_000 for _ in range(100)),
            "END:VEVENT\n",
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: 200 000 varsler i ett møte",
        _ics(
            "BEGIN:VEVENT\nUID:a\nDTSTART:20240902T080000Z\n",
            lambda: ("BEGIN:VALARM\nTRIGGER:-PT5M\nACTION:DISPLAY\nEND:VALARM\n" * 1000 for _ in range(200)),
            "END:VEVENT\n",
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: møter i 50 000 nivåer",
        _ics("BEGIN:VEVENT\n" * 50_000, "END:VEVENT\n" * 50_000),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe("Kalender: 100 000 møter", _ics(lambda: (_event("", i) for i in range(100_000))), "opptatt.ics", (0, 3)),
    Bombe("Så vidt lov: 4 000 møter", _ics(lambda: (_event("", i) for i in range(4_000))), "opptatt.ics", (0, 3)),
    Bombe(
        "Så vidt lov: 3 400 møter hver uke",
        _ics(lambda: (_event("RRULE:FREQ=WEEKLY\n", i) for i in range(3_400))),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Så vidt lov: 30 møter med 900 unntaksdager",
        _ics(
            lambda: (
                _event("RRULE:FREQ=WEEKLY\nEXDATE:20240902T080000Z" + ",20240902T080000Z" * 900 + "\n", i)
                for i in range(30)
            )
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: én linje på 100 MB",
        _ics("BEGIN:VEVENT\nSUMMARY:", lambda: ("a" * MB for _ in range(100)), "\nEND:VEVENT\n"),
        "opptatt.ics",
    ),
    Bombe(
        "Kalender: én linje på 19 MB",
        _ics(
            "BEGIN:VEVENT\nUID:a\nDTSTART:20240902T080000Z\nSUMMARY:",
            lambda: ("a" * MB for _ in range(19)),
            "\nEND:VEVENT\n",
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: én linje brettet 5 millioner ganger",
        _ics(
            "BEGIN:VEVENT\nUID:a\nDTSTART:20240902T080000Z\nSUMMARY:a",
            lambda: ("\n a" * 100_000 for _ in range(50)),
            "\nEND:VEVENT\n",
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: 500 000 unntaksdager",
        _ics(
            "BEGIN:VEVENT\nUID:a\nDTSTART:20240902T080000Z\nRRULE:FREQ=WEEKLY\nEXDATE:20240902T080000Z",
            ",20240902T080000Z" * 500_000,
            "\nEND:VEVENT\n",
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: 1 000 endringer av 1 000 serier med samme UID",
        _ics(
            lambda: (
                _event("RRULE:FREQ=DAILY\n", 1)
                + _event(f"RECURRENCE-ID;RANGE=THISANDFUTURE:2024{9 + i % 4:02d}{1 + i % 28:02d}T080000Z\n", 1)
                for i in range(1000)
            )
        ),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: et møte på 9 000 år",
        _ics("BEGIN:VEVENT\nUID:a\nDTSTART:10000101T080000Z\nDTEND:99991231T080000Z\nEND:VEVENT\n"),
        "opptatt.ics",
        (0, 3),
    ),
    Bombe(
        "Kalender: nul, ANSI og løse surrogater",
        _ics(_event("SUMMARY:\x00\x1b[2J\nDESCRIPTION:\udcff\n".encode("utf-8", "surrogatepass").decode("latin-1"))),
        "opptatt.ics",
        (0, 3),
        kort=True,
    ),
    Bombe("Rør (FIFO) i stedet for oppsettet", _pipe("oppfolging.toml"), "oppfolging.toml", kort=True, bare_posix=True),
    Bombe("Rør (FIFO) i stedet for loggen", _pipe("kontakter.csv"), "kontakter.csv", bare_posix=True),
    Bombe("Rør (FIFO) i stedet for planen", _pipe("plan.csv", _kalender), "plan.csv", (0, 1, 3), bare_posix=True),
    Bombe("/dev/zero i stedet for loggen", _device, "kontakter.csv", bare_posix=True),
    Bombe("Mappe i stedet for oppsettet", _folder("oppfolging.toml"), "oppfolging.toml"),
    Bombe("Mappe i stedet for deltakerne", _folder("deltakere.csv"), "deltakere.csv"),
    Bombe("Mappe i stedet for loggen", _folder("kontakter.csv"), "kontakter.csv"),
    Bombe("Lenker i ring i stedet for oppsettet", _ring("oppfolging.toml"), "oppfolging.toml", bare_posix=True),
    Bombe("Lenker i ring i stedet for loggen", _ring("kontakter.csv"), "kontakter.csv", bare_posix=True),
    Bombe("Lenker i ring i stedet for rutinesettet", _ring("sett.toml"), "sett.toml", bare_posix=True),
    Bombe("Mapper som lenker til seg selv (revisjon)", _ring_of_folders, "igjen", (0, 1, 3), bare_posix=True),
    Bombe("Filnavn med ANSI-koder og linjeskift", _odd_name("a\x1b[31mb\nc.toml"), "toml", bare_posix=True),
    Bombe("Filnavn som ikke er UTF-8", _odd_name("a\udcff\udcfe.toml"), "toml", bare_posix=True),
    Bombe("Filnavn på 5 000 tegn", _odd_name("a" * 5000 + ".toml"), "toml"),
    Bombe("Filnavn med elleve siffer", _odd_name("01010112345.toml"), "elleve siffer", (2, 3)),
    Bombe("Mappe i 3 000 nivåer", _deep_folder, "a", (2, 3)),
    Bombe("En logg som vokser mens den leses", _grows, "kontakter.csv", (0, 1)),
    Bombe("En logg som kommer og går", _vanishes, "kontakter.csv", (0, 1, 3)),
)
