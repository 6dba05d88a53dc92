"""National identity numbers: found wherever people can write, refused, and never repeated.

Norwegian identity numbers have eleven digits. Rather than trusting check digits (a mistyped number is still
somebody's, and the rules for the digits change in 2032), any run of exactly eleven digits is taken for one, however
it is spaced. Only where ten digits stand alone, which is what a spreadsheet makes of one that begins with 0, do the
check digits decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final

_ELEVEN: Final = 11
_TEN: Final = 10

# The forms are looked for in plain text (see _plain), where every digit is 0-9 and every dash "-".
_BETWEEN: Final = r"[ \t.\x00-\x08\x0b\x0c\x0e-\x1f\x7f-]"
#: Any sign, but not what stands between the cells of a table or the values of a list.
_SIGN: Final = r"(?:[^\w,;\r\n]|_)"
_TEN_DIGITS: Final = re.compile(r"(?:[^0-9]*[0-9]){10}")
_JOINED: Final = re.compile(rf"[0-9](?:{_BETWEEN}*[0-9])*")
_INSIDE: Final = (
    re.compile(r"(?<![0-9])[0-9]{11}(?![0-9])"),
    re.compile(rf"(?<![0-9])[0-9]{{6}}{_BETWEEN}+[0-9]{{5}}(?![0-9])"),
)
"""Eleven digits together, and six and five: taken for one also in a longer run."""
_SIX_FIVE: Final = re.compile(r"(?<![0-9])[0-9]{6}(?:[^\w]|_){1,3}[0-9]{5}(?![0-9])")
_GROUPED: Final = re.compile(
    rf"(?<![0-9])[0-9]{{2}}{_SIGN}{{1,2}}[0-9]{{2}}{_SIGN}{{1,2}}[0-9]{{2}}{_SIGN}{{1,2}}[0-9]{{3}}{_SIGN}{{0,2}}[0-9]{{2}}(?![0-9])"
)
_SINGLES: Final = re.compile(rf"(?<![0-9])[0-9](?:{_SIGN}[0-9]){{10}}(?![0-9])")
_SCIENTIFIC: Final = re.compile(r"(?<![0-9])[0-9]+[.,][0-9]+[eE]\+?[0-9]{1,2}(?![0-9])")
_ALONE: Final = re.compile(r"\s*([1-9][0-9]{9})(?:[.,]0+)?\s*")
_FORMS: Final = (_SIX_FIVE, _GROUPED, _SINGLES)
# Laws and regulations are cited by date and number, which may be eleven digits.
_CITATION: Final = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])-\d{3}", re.ASCII)

_ASCII: Final = bytes(range(128))
_DIGITS_AS_ZERO: Final = bytes.maketrans(b"123456789", b"000000000")
_SIGNS: Final = bytes(i for i in range(128) if not chr(i).isalnum() and chr(i) not in ",;\r\n")
#: What is shown instead of a number that must not be shown.
SKJULT: Final = "•" * 11


class _Plain(dict[int, str]):
    """What each character beyond ASCII is read as.

    A digit of any script as 0-9, what does not show and every kind of space, dash and point as what stands between
    digits, a wide character as the narrow one.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = char
        if code >= 128:
            digit = unicodedata.digit(char, None)
            kind = unicodedata.category(char)
            compatible = unicodedata.normalize("NFKC", char)
            if digit is not None:
                found = str(digit)
            elif kind in {"Zl", "Zp"}:
                found = "\n"
            elif kind in {"Zs", "Cf", "Mn", "Me", "Cc"}:
                found = " "
            elif kind == "Pd" or code == 0x2212:  # the minus sign
                found = "-"
            elif char in "·‧∙⋅・｡。․":
                found = "."
            elif len(compatible) == 1 and compatible.isascii():
                found = compatible
        self[code] = found
        return found


_PLAIN: Final = _Plain()


def _plain(text: str) -> str:
    """Return a text of the same length in which the forms are looked for."""
    return text if text.isascii() else text.translate(_PLAIN)


def find_fodselsnummer(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ``[start, end)`` of everything in ``text`` that may be an identity number, in order, apart.

    Found are: a run of digits with only spaces, dots, hyphens and what does not show between them, that has exactly
    eleven; eleven together, and six and five, also in a longer run; the groups of an identity number (6+5, 2+2+2+5,
    2+2+2+3+2, eleven single digits) with any sign between; such a number in a spreadsheet's scientific notation; and a
    text that is nothing but ten digits that with a 0 in front are a valid number. Digits of any script count. Line
    breaks end a run, but six digits at the end of a line and five on the next are one number.
    """
    plain = _plain(text)
    if _TEN_DIGITS.match(plain) is None:
        return
    seen: list[tuple[int, int]] = []
    for run in _JOINED.finditer(plain):
        if run.end() - run.start() < _ELEVEN:
            continue
        found = run.group()
        if sum(c.isdecimal() for c in found) == _ELEVEN:
            if not _is_citation(plain, run):
                seen.append(run.span())
            continue
        for pattern in _INSIDE:
            # The run's ends are not digits' neighbours, so searching inside it changes nothing.
            seen += [(run.start() + m.start(), run.start() + m.end()) for m in pattern.finditer(found)]
    seen += [m.span() for pattern in _FORMS for m in pattern.finditer(plain)]
    seen += [m.span() for m in _SCIENTIFIC.finditer(plain) if _is_eleven_digits(m.group())]
    if (alone := _ALONE.fullmatch(plain)) and _is_valid(f"0{alone[1]}"):
        seen.append(alone.span(1))
    end = -1
    begin = 0
    for first, last in sorted(seen):
        if first >= end:
            if end >= 0:
                yield begin, end
            begin, end = first, last
        else:
            end = max(end, last)
    if end >= 0:
        yield begin, end


def _is_citation(text: str, run: re.Match[str]) -> bool:
    """Whether the run is the number of a Norwegian act or regulation: FOR-2024-06-03-900, LOV-2023-06-09-123."""
    return _CITATION.fullmatch(run.group()) is not None and text[: run.start()].endswith(("FOR-", "LOV-"))


def _is_eleven_digits(number: str) -> bool:
    """Whether ``1,9019012345E+10`` is a number of eleven digits, or of the last ten of one that begins with 0."""
    mantissa, exponent = number.upper().split("E")
    before, after = mantissa.replace(",", ".").split(".")
    digits = before + after
    whole = (digits + "0" * 20)[: max(0, len(before) + int(exponent))].lstrip("0")
    if len(digits.strip("0")) < 8:  # rounded by the spreadsheet: nobody's number any more
        return False
    return len(whole) == _ELEVEN or (len(whole) == _TEN and _is_valid(f"0{whole}"))


def _is_valid(number: str) -> bool:
    """Whether eleven digits are a valid identity number of some series, by the rules until and from 2032.

    Skatteetaten: D-numbers have 40 added to the day, others 40, 65 or 80 to the month; the second check digit is modulo 11,
    the first too, but from 2032 its remainder may be 0 to 3.
    """
    digits = [int(c) for c in number]
    first = sum(w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), digits, strict=False)) % 11
    second = sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), digits, strict=True)) % 11
    if first > 3 or second:
        return False
    day, month, year = int(number[:2]) % 40, int(number[2:4]), int(number[4:6])
    for added in (0, 40, 65, 80):
        try:
            date(2000 + year, month - added, day)
        except ValueError:
            continue
        return True
    return False


def has_fodselsnummer(text: str) -> bool:
    """Whether ``text`` holds something that may be an identity number (see ``find_fodselsnummer``)."""
    if len(text) < _TEN:
        return False
    return next(find_fodselsnummer(text), None) is not None


def may_have_fodselsnummer(text: str) -> bool:
    """Whether a look at each cell of a large file is called for: never False where ``has_fodselsnummer`` is True.

    Twenty times as fast as looking: in the bytes without what may stand between digits, eleven digits together
    are searched for.
    """
    if not text.isascii():
        others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
        for c in set(others):
            if (plain := _PLAIN[ord(c)]) != c:
                text = text.replace(c, plain)
    zeros = text.encode("utf-8", "surrogatepass").translate(_DIGITS_AS_ZERO)
    if b"0" * _TEN in zeros or b"0" * _ELEVEN in zeros.translate(None, _SIGNS):
        return True
    if b"000000" in zeros and _SIX_FIVE.search(text):
        return True
    numbers = zeros.translate(None, b".,")
    return (b"00000000E" in numbers or b"00000000e" in numbers) and _SCIENTIFIC.search(text) is not None


def skjul(text: str) -> str:
    """Return ``text`` with every possible identity number replaced by dots, for messages about faults."""
    for start, end in reversed(list(find_fodselsnummer(text))):
        text = f"{text[:start]}{SKJULT}{text[end:]}"
    return text


#: What moves the cursor, changes colours, rings or hangs up, and what turns the text around (Trojan Source).
_STYRING: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINJESKIFT: Final = re.compile("\r\n|[\r\u2028\u2029]")
_USYNLIG: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_VANLIGE: Final = bytes(i for i in range(256) if i in b"\t\n\r" or (i >= 32 and i != 127))


def har_styring(text: str) -> bool:
    """Whether a text has characters that a terminal obeys instead of showing. Tabs and line breaks are none.

    Fast for whole files.
    """
    if text.isprintable():
        return False
    raw = text.encode("utf-8", "surrogatepass")
    if raw.translate(None, _VANLIGE):
        return True
    others = raw.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return any(map(_STYRING.match, set(others)))


def har_rare_linjeskift(text: str) -> bool:
    """Whether a text has line breaks that are neither line feeds nor CR and LF together. Fast for whole files."""
    return text.count("\r") != text.count("\r\n") or "\u2028" in text or "\u2029" in text


def uten_styring(text: str) -> str:
    """Return a text as it may be shown on a terminal: ``�`` for what it would obey, line feeds for line breaks."""
    return text if text.isprintable() else _STYRING.sub("�", _LINJESKIFT.sub("\n", text))


def rens(text: str) -> str:
    """Return ``text`` safe to show on a terminal: no control characters, no identity numbers."""
    return skjul("".join(c if unicodedata.category(c) not in _USYNLIG else "�" for c in text))
