"""How a file is broken: bytes, fields, lines and structure, by chance from a seed."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any, Final

MAX: Final = 60_000
"""Bytes of one input; the large ones are tried on purpose (bomber)."""

_BYTES: Final = (
    b"\x00", b"\xff", b"\xfe", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\r", b"\n",
    b"\r\n", b"\x1b[31m", b"\x07", b"\x7f", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xe2\x81\xa0", b"\xf0\x9f\x92\xa9",
    b"\xcc\x81", b"\x1a", b"\x0c", b"\t", b'"', b"'", b"\\", b";", b",", b"=", b"[", b"]", b"{", b"}", b"#", b":",
)  # fmt: skip
_TEKST: Final = (
    "", " ", "0", "-1", "1", "1e400", "nan", "-inf", "9" * 10, "9" * 25, "9" * 5000, "0x" + "f" * 40, "1_000", "true", "ja",
    "01010112345", "410101 12345", "01.01.01 123.45", "２０２４", "2024-02-30", "0000-00-00", "0001-01-01", "9999-12-31",
    "2024-01-01T00:00:00Z", "10000-01-01", "31.12.2099", "1.1.1900", "29.2.2023", "24:00", "08:60", "45600", "0,999999",
    "=1+1", "@SUM(A1)", "+cmd", "'=x", "<b>", "&amp;", "../../etc/passwd", "C:\\con", "CON", "\x1b[2J", "\u202e", "\u0000",
    "\ud7ff", "\U0010ffff", "é" * 40, "a" * 300, "*", "D01", "D01,D01,*", "k1.rett1", "k1.utgar999999", ".rett1", "ÆØÅ",
    "0 dager", "-99999 år", "999999999 uker", "3 uker", "per", "hver", "«»", "{navn}", "%s", "{0.__class__}", "\u2028",
)  # fmt: skip
_TOML: Final = (
    "[", "]", "[[", "]]", "{", "}", '"', '"""', "'''", "=", ".", ",", "#", "[[rutiner]]", "[klasse]", "[[deltakere]]", "[1, 2]", "[[[]]]",
    "{ a = 1 }", "[]", "{}", '"x"', '""', "true", "3.5", "inf", "nan", "1979-05-27T07:32:00Z", "07:32:00", "2024-01-01", "9999-12-31",
    "0001-01-01", "1" * 5000, "a.b.c = 1", 'frekvens = { antall = 366, per = "uke" }', 'frekvens = { hver = "1 dag" }',
    'frekvens = { milepael = "fase-start:x", fra = "-9999 år", innen = "9999 år" }', "gjelder_fra = 1900-01-01", "slutt = 2100-12-31",
    '"\\u0000" = 1', '"\\ud800" = 1', 'navn = { nb = "\\u001b[31m" }', 'id = "01010112345"', "\\", "\\u202e", 'bygger_pa = "sett.toml"',
    'bygger_pa = "./sett.toml"', 'rutinesett = "oppfolging.toml"', 'skolerute = "sett.toml"', 'deltakere = "sett.toml"', 'deltakere = ".."',
    'opptatt = "oppfolging.toml"', 'sprak = "en"', "skolear = [1, 2, 3, 4, 5]", 'per = "skolear"',
)  # fmt: skip
_ICS: Final = (
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE", "END:VTIMEZONE",
    "BEGIN:VFREEBUSY", "END:VFREEBUSY", "BEGIN:X-UKJENT", "DTSTART:20240901T080000", "DTSTART:00010101T000000", "DTSTART:99991231T235959Z",
    "DTSTART;VALUE=DATE:20240901", "DTSTART;TZID=Mars/Base:20240901T080000", "DTSTART;TZID=../../etc/passwd:20240901T080000", "DTEND:19000101",
    "DURATION:P9999999999W", "DURATION:-PT1H", "DURATION:P1Y", "RRULE:FREQ=DAILY", "RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "RRULE:FREQ=WEEKLY;INTERVAL=0", "RRULE:FREQ=WEEKLY;INTERVAL=-1", "RRULE:FREQ=MONTHLY;BYDAY=99MO", "RRULE:FREQ=DAILY;COUNT=999999999",
    "RRULE:FREQ=YEARLY;BYYEARDAY=366;BYSETPOS=-1;BYHOUR=1,2,3", "RRULE:FREQ=DAILY;UNTIL=1", "RRULE:", "RRULE:FREQ=", "RRULE:INTERVAL=2", "RDATE:20240901T080000,20240902",
    "RDATE;VALUE=PERIOD:20240901T080000Z/PT1H", "EXDATE:20240901", "EXDATE;TZID=Europe/Oslo:20240901T080000", "RECURRENCE-ID:20240901T080000",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20240901", "FREEBUSY:20240901T080000Z/20240901T070000Z", "FREEBUSY;FBTYPE=FREE:x", "STATUS:CANCELLED", "TRANSP:TRANSPARENT",
    "UID:", 'X;Y="Z:1', "SUMMARY;LANGUAGE=nb:\x1b[31m", "DESCRIPTION:Id: a/b/c/d/e", " ", "\t", ":", ";", "DTSTART", "TZOFFSETFROM:+9999", "TZOFFSETTO:-0000", "TZID:",
)  # fmt: skip
_XML: Final = (
    '<c t="s"><v>99999999</v></c>', '<c t="b"><v>2</v></c>', '<c t="e"><v>#REF!</v></c>', '<c t="d"><v>2024-13-45</v></c>', '<c r="ZZZZ1"><v>1</v></c>',
    '<c r="A0"><v>1</v></c>', '<c r="XFD1048576"><v>1</v></c>', '<row r="1048576"/>', '<row r="99999999999">', "<v>1e309</v>", "<v>-1</v>", "<v>2958466</v>", "<v>nan</v>",
    "<f>SUM(A:A)</f>", "</sheetData>", "<sheetData>", "&lt;", "&#0;", "&#x1b;", "&x;", "<!-- -->", "<![CDATA[x]]>", "<?x?>", '<!DOCTYPE a [<!ENTITY x "y">]>', 's="99"', 't="inlineStr"',
    '<dimension ref="A1:XFD1048576"/>', '<is><t xml:space="preserve"> </t></is>', 'r="', "<cols/>", "<mergeCell/>", 'state="veryHidden"', 'name="deltakere"', 'date1904="1"',
)  # fmt: skip


class Mutator:
    """Breaks the files of a corpus. The same seed breaks them the same way, on every system."""

    def __init__(self, fro: str, korpus: Sequence[bytes], format_: str) -> None:
        """``fro``: the seed. ``format_``: TOML, CSV, XLSX, ICS or JSON."""
        self.rnd = random.Random(fro)
        self.korpus = korpus
        self.format = format_

    def make(self) -> bytes:
        """Return one broken file."""
        raw = self.rnd.choice(self.korpus)
        if self.rnd.random() < 0.01:
            return bytes(self.rnd.randrange(256) for _ in range(self.rnd.randrange(200)))
        steps: Sequence[Callable[[bytes], bytes]]
        steps = {
            "TOML": [self._words, self._toml_value, self._lines, self._letters],
            "CSV": [self._cells, self._lines, self._words, self._letters],
            "XLSX": [self._book],
            "ICS": [self._words, self._ics_value, self._lines, self._letters],
            "JSON": [self._json, self._json, self._lines, self._words],
        }[self.format]
        for _ in range(self.rnd.choice((1, 1, 2, 2, 3, 5, 9))):
            raw = self.rnd.choice(steps)(raw) if self.rnd.random() < 0.8 else self._raw(raw)
        if self.format != "XLSX" and self.rnd.random() < 0.08:
            raw = self._encoded(raw)
        return raw[:MAX]

    def _at(self, raw: bytes) -> int:
        return self.rnd.randrange(len(raw) + 1)

    def _raw(self, raw: bytes) -> bytes:  # noqa: PLR0911 - one return for each way
        """Break bytes without a look at what they mean."""
        a, b = sorted((self._at(raw), self._at(raw)))
        few = min(b, a + self.rnd.choice((1, 2, 4, 16, 200)))
        match self.rnd.randrange(8):
            case 0:
                return raw[:a] + raw[few:]
            case 1:
                return raw[:a] + self.rnd.choice(_BYTES) + raw[a:]
            case 2:
                return raw[:a] + self.rnd.choice(_BYTES) * self.rnd.choice((2, 9, 500)) + raw[a:]
            case 3:
                return raw[:a]
            case 4:
                return raw[:a] + raw[a:few] * self.rnd.choice((2, 3, 20, 300)) + raw[few:]
            case 5:
                other = self.rnd.choice(self.korpus)
                return raw[:a] + other[self._at(other) :]
            case 6 if a < len(raw):
                return raw[:a] + bytes((raw[a] ^ (1 << self.rnd.randrange(8)),)) + raw[a + 1 :]
            case _:
                return raw[:a] + bytes(self.rnd.randrange(256) for _ in range(few - a)) + raw[few:]

    def _encoded(self, raw: bytes) -> bytes:
        """Write the same text as another program would."""
        text = raw.decode("utf-8", "replace")
        match self.rnd.randrange(6):
            case 0:
                return text.encode(
                    self.rnd.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7")), "surrogatepass"
                )
            case 1:
                return b"\xef\xbb\xbf" * self.rnd.choice((1, 2)) + raw
            case 2:
                return text.encode("cp1252", "replace")
            case 3:
                return raw.replace(b"\r\n", b"\n").replace(b"\n", self.rnd.choice((b"\r", b"\r\n", b"\n\r", b"\r\r\n")))
            case 4:
                return re.sub(rb"\r?\n", lambda _m: self.rnd.choice((b"\r", b"\n", b"\r\n")), raw)
            case _:
                return raw + self.rnd.choice((b"\x1a", b"\x00" * 100, b"\n" * 200, b"\xff\xfe"))

    def _dictionary(self) -> str:
        own: Sequence[str] = {"TOML": _TOML, "ICS": _ICS, "XLSX": _XML}.get(self.format, _TEKST)
        return self.rnd.choice(own if self.rnd.random() < 0.6 else _TEKST)

    def _words(self, raw: bytes) -> bytes:
        """Put a word of the format where another word was, or between two."""
        found = list(re.finditer(rb"[^\s,;=\[\]{}:<>]+", raw))
        new = self._dictionary().encode("utf-8", "surrogatepass")
        if not found:
            return raw + new
        at = self.rnd.choice(found)
        if self.rnd.random() < 0.3:
            return raw[: at.end()] + new + raw[at.end() :]
        return raw[: at.start()] + new + raw[at.end() :]

    def _letters(self, raw: bytes) -> bytes:
        """Give a word other letters of the same kind, as people do."""
        found = list(re.finditer(rb"[A-Za-z0-9]{2,}", raw))
        if not found:
            return raw
        at = self.rnd.choice(found)
        letters = bytearray(at.group())
        i, j = self.rnd.randrange(len(letters)), self.rnd.randrange(len(letters))
        letters[i], letters[j] = letters[j], letters[i]
        if self.rnd.random() < 0.5:
            letters[i] = self.rnd.choice(
                b"0123456789" if letters[i : i + 1].isdigit() else b"abcdefghijklmnopqrstuvwxyz"
            )
        return raw[: at.start()] + bytes(letters) + raw[at.end() :]

    def _lines(self, raw: bytes) -> bytes:
        """Take a line out, twice, elsewhere, or from another file."""
        lines = raw.splitlines(keepends=True)
        if not lines:
            return raw
        i, j = self.rnd.randrange(len(lines)), self.rnd.randrange(len(lines))
        match self.rnd.randrange(5):
            case 0:
                del lines[i]
            case 1:
                lines[i : i + 1] = [lines[i]] * self.rnd.choice((2, 3, 60))
            case 2:
                lines[i], lines[j] = lines[j], lines[i]
            case 3:
                lines.insert(i, self._dictionary().encode("utf-8", "surrogatepass") + b"\n")
            case _:
                other = self.rnd.choice(self.korpus).splitlines(keepends=True)
                lines.insert(i, self.rnd.choice(other) if other else b"\n")
        return b"".join(lines)

    def _toml_value(self, raw: bytes) -> bytes:
        found = list(re.finditer(rb"= *([^\n#]+)", raw))
        if not found:
            return raw
        at = self.rnd.choice(found)
        text = self._dictionary()
        if self.rnd.random() < 0.5:
            text = json.dumps(text, ensure_ascii=self.rnd.random() < 0.3)
        if self.rnd.random() < 0.1:
            other = self.rnd.choice(found)
            text = other.group(1).decode("utf-8", "replace")
        return raw[: at.start(1)] + text.encode("utf-8", "surrogatepass") + raw[at.end(1) :]

    def _ics_value(self, raw: bytes) -> bytes:
        found = list(re.finditer(rb"(?m)^([A-Z-]+)([;:])([^\r\n]*)", raw))
        if not found:
            return raw
        at = self.rnd.choice(found)
        pick = self.rnd.randrange(3)
        if pick == 0:
            new = (
                at[1]
                + self.rnd.choice(
                    (b":", b";VALUE=DATE:", b";VALUE=PERIOD:", b";TZID=Europe/Oslo:", b";TZID=UTC:", b';X="')
                )
                + self.rnd.choice(found)[3]
            )
        elif pick == 1:
            new = at[1] + at[2] + self._dictionary().encode("utf-8", "surrogatepass")
        else:
            new = self._dictionary().encode("utf-8", "surrogatepass")
        return raw[: at.start()] + new + raw[at.end() :]

    def _cells(self, raw: bytes) -> bytes:
        """Take the table apart, change cells, columns or rows, and write it in another way."""
        text = raw.decode("utf-8", "replace")
        first = text.split("\n", 1)[0]
        skille = max((";", ",", "\t"), key=first.count)
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=skille))
        except csv.Error:
            return self._words(raw)
        if not rows:
            return raw
        for _ in range(self.rnd.choice((1, 1, 3, 10))):
            row = self.rnd.choice(rows)
            match self.rnd.randrange(7):
                case 0 if row:
                    del row[self.rnd.randrange(len(row))]
                case 1:
                    row.insert(self.rnd.randrange(len(row) + 1), self.rnd.choice(_TEKST))
                case 2:
                    rows.append([self.rnd.choice(_TEKST) for _c in range(self.rnd.randrange(14))])
                case 3 if len(rows) > 1 and row:
                    row[self.rnd.randrange(len(row))] = self.rnd.choice(self.rnd.choice(rows) or [""])
                case _ if row:
                    row[self.rnd.randrange(len(row))] = self.rnd.choice(_TEKST)
        out = io.StringIO(newline="")
        new = self.rnd.choice((skille, skille, skille, ";", ",", "\t", "|"))
        everywhere = self.rnd.random() < 0.3
        csv.writer(
            out,
            delimiter=new,
            quoting=csv.QUOTE_ALL if everywhere else csv.QUOTE_MINIMAL,
            lineterminator=self.rnd.choice(("\r\n", "\n")),
        ).writerows(rows)
        return out.getvalue().encode("utf-8", "surrogatepass")

    def _json(self, raw: bytes) -> bytes:
        try:
            data = json.loads(raw)
        except (ValueError, RecursionError):
            return self._words(raw)
        places: list[tuple[Any, Any]] = []
        _walk(data, places)
        if not places:
            return self._words(raw)
        holder, key = self.rnd.choice(places)
        match self.rnd.randrange(4):
            case 0:
                del holder[key]
            case 1:
                other, at = self.rnd.choice(places)
                with_value = other[at]
                holder[key] = json.loads(json.dumps(with_value))
            case _:
                holder[key] = self.rnd.choice(
                    (
                        None,
                        True,
                        [],
                        {},
                        0,
                        -1,
                        10**30,
                        1.5,
                        1e300,
                        float("nan"),
                        "",
                        [[]],
                        {"": {}},
                        self.rnd.choice(_TEKST),
                    )
                )
        try:
            return json.dumps(data, ensure_ascii=self.rnd.random() < 0.5).encode("utf-8", "surrogatepass")
        except ValueError:
            return raw

    def _book(self, raw: bytes) -> bytes:
        """Open the workbook, break one of the files in it, and pack it again, well or badly."""
        if self.rnd.random() < 0.15:
            return self._raw(raw)
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                parts = {info.filename: archive.read(info) for info in archive.infolist()[:50] if info.file_size < MAX}
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            KeyError,
            zlib.error,
        ):
            return self._raw(raw)
        if not parts:
            return raw
        likely = [n for n in parts if "sheet" in n or "workbook" in n or "haredStr" in n or "styles" in n] or list(
            parts
        )
        name = self.rnd.choice(likely if self.rnd.random() < 0.85 else list(parts))
        match self.rnd.randrange(10):
            case 0:
                del parts[name]
            case 1:
                parts[name + self.rnd.choice(("", "x", "/../x", "\x00"))] = parts[name]
            case 2:
                other = self.rnd.choice(list(parts))
                parts[name], parts[other] = parts[other], parts[name]
            case 3:
                parts[name] = self._raw(parts[name])
            case 4:
                parts[name] = self._encoded(parts[name])
            case 5:
                parts[name] = re.sub(
                    rb"<v>[^<]*</v>",
                    lambda _m: f"<v>{self._dictionary()}</v>".encode("utf-8", "replace"),
                    parts[name],
                    count=3,
                )
            case _:
                parts[name] = self._between_tags(parts[name])
        out = io.BytesIO()
        kind = self.rnd.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
        with warnings.catch_warnings(), zipfile.ZipFile(out, "w", kind) as archive:
            warnings.simplefilter("ignore")  # the same name twice is meant
            for part, content in parts.items():
                archive.writestr(zipfile.ZipInfo(part, (2024, 1, 1, 0, 0, 0)), content, kind)
        return out.getvalue()

    def _between_tags(self, raw: bytes) -> bytes:
        found = list(re.finditer(rb"<[^<>]*>", raw))
        if not found:
            return raw
        at, other = self.rnd.choice(found), self.rnd.choice(found)
        new = self._dictionary().encode("utf-8", "surrogatepass")
        match self.rnd.randrange(5):
            case 0:
                return raw[: at.start()] + raw[at.end() :]
            case 1:
                return raw[: at.start()] + other.group() + raw[at.end() :]
            case 2:
                return raw[: at.end()] + new + raw[at.end() :]
            case 3:
                attribute = re.sub(rb'"[^"]*"', lambda _m: b'"' + new.replace(b'"', b"") + b'"', at.group(), count=1)
                return raw[: at.start()] + attribute + raw[at.end() :]
            case _:
                return raw[: at.end()] + at.group() * self.rnd.choice((1, 5, 200)) + raw[at.end() :]


def _walk(value: Any, places: list[tuple[Any, Any]]) -> None:  # noqa: ANN401 - what json holds
    """Collect every place in a value, as what holds it and its key."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        places.append((value, key))
        _walk(inner, places)
