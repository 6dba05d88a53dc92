"""TOML files: read, validated against a model, with every fault at its line and column."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from oppfolgingscli.feil import Feil, Sted
from oppfolgingscli.les.fil import check_lines, fil_feil, read_bytes, vis_sti
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene
from oppfolgingscli.personvern import find_fodselsnummer, has_fodselsnummer, skjul
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from oppfolgingscli.les.posisjon import Plasser
    from oppfolgingscli.modell.tabell import Tabell

Nokkel = tuple[str | int, ...]
M = TypeVar("M", bound="Tabell")

_AT: Final = re.compile(
    r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<col>\d+)|end of document)\)$", re.DOTALL
)
#: Of these files, with everything else they may hold; the largest that come with the program are 16 kB.
MAX_BYTES: Final = 1024 * 1024
#: Signs that begin a value, list or table: some 400 participants with all their periods.
MAX_VERDIER: Final = 30_000
#: Faults told of one file; there is no need to see more of them at once.
MAX_FEIL: Final = 500
_MANY_PARTS: Final = re.compile(r"""(?:\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+){40}""")
_MANY_HEX: Final = re.compile(r"\b0[xob][0-9a-fA-F_]{256}")
_MANY_DIGITS: Final = re.compile(r"[\d_]{4300,}")
#: Values whose digits are not the digits in the text.
_ESCAPED: Final = re.compile(r"\\|\d_\d|0[xob]|\d[eE][+-]?\d")


@dataclass(slots=True)
class Dokument:
    """One TOML file as read: where it is, its text, and its keys and values."""

    sti: Path
    vis: str
    tekst: str
    data: dict[str, Any]
    _plasser: Plasser | None = field(default=None, repr=False)

    def sted(self, nokkel: Nokkel, *, verdi: bool = True) -> Sted:
        """Return where a value (or its key) stands; for what is missing, where its table begins."""
        from oppfolgingscli.les.posisjon import find_plasser  # only when something is wrong

        if self._plasser is None:
            self._plasser = find_plasser(self.tekst)
        for n in range(len(nokkel), 0, -1):
            if place := self._plasser.get(nokkel[:n]):
                at = place.verdi if verdi and n == len(nokkel) else place.nokkel
                return Sted(self.vis, at[0], at[1])
        return Sted(self.vis, 1, 1)

    def feil(self, kode: str, melding: str, nokkel: Nokkel, rad: str | None = None, *, verdi: bool = True) -> Feil:
        """Make a fault about the value at ``nokkel``, which is named first."""
        from oppfolgingscli.les.hvor import hvor

        place = hvor(self.data, nokkel)
        text = f"{place}: {melding}" if place else melding[:1].upper() + melding[1:]
        return Feil(kode, skjul(text), self.sted(nokkel, verdi=verdi), skjul(rad) if rad else None)


def read_dokument(path: Path, feil: list[Feil]) -> Dokument | None:  # noqa: PLR0911 - one for each way to be no TOML
    """Read one TOML file (UTF-8, BOM allowed); None when it is no TOML, with the faults added to ``feil``.

    Identity numbers are looked for in the whole text, comments too, before anything else is said.
    """
    raw = read_bytes(path, feil, MAX_BYTES)
    if raw is None:
        return None
    if (fault := check_lines(path, raw, MAX_BYTES)) is not None:
        feil.append(fault)
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        feil.append(_not_utf8(path, raw, error.start))
        return None
    text = text.replace("\r\n", "\n")
    shown = vis_sti(path)
    numbers = [fodselsnummer(Sted(shown, *_line_column(text, start))) for start, _end in find_fodselsnummer(text)]
    feil.extend(numbers)
    if (fault := _too_much(path, shown, text)) is not None:
        feil.append(fault)
        return None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        feil.append(_syntax(shown, text, error))
        return None
    except ValueError:  # int() itself: Python reads no number of more than 4300 digits
        at = _MANY_DIGITS.search(text)
        place = Sted(shown, *_line_column(text, at.start())) if at else Sted(shown)
        feil.append(Feil("toml", _("Tallet har for mange sifre."), place, _("Sett anførselstegn rundt tekst.")))
        return None
    except RecursionError:
        feil.append(fil_feil(path, "toml", _("verdier ligger for dypt inne i hverandre.")))
        return None
    dok = Dokument(path, shown, text, data)
    if not numbers and _ESCAPED.search(text):
        feil.extend(fodselsnummer(dok.sted(key)) for key, value in _walk(data) if has_fodselsnummer(value))
    return dok


def _too_much(path: Path, shown: str, text: str) -> Feil | None:
    """Return what is wrong with a text that would be read, but at a cost no file of ours has; None when nothing is."""
    if sum(map(text.count, "=,[{")) > MAX_VERDIER:
        melding = _("filen har for mange verdier til å leses.")
        return fil_feil(path, "for_stor", melding, _("Bruk en tabell (deltakere.csv) når deltakerne er mange."))
    for pattern, kode_melding in (
        (_MANY_PARTS, N_("Nøkkelen har for mange ledd.")),
        (_MANY_HEX, N_("Tallet har for mange sifre.")),
    ):
        if at := pattern.search(text):
            return Feil("toml", _(kode_melding), Sted(shown, *_line_column(text, at.start())))
    return None


def fodselsnummer(sted: Sted) -> Feil:
    """Make the fault for eleven digits. The digits are never said."""
    return Feil(
        "fodselsnummer",
        _("Her står elleve siffer på rad. Det kan være et fødselsnummer, og slikt skal ikke stå i filene."),
        sted,
        _("Bruk en oppdiktet id, for eksempel D01."),
    )


def flere_feil(fil: str, n: int) -> Feil:
    """Make the fault that stands for ``n`` others in the file."""
    return Feil("flere_feil", _("Filen har {n} feil til. Rett disse først.").format(n=n), Sted(fil))


def _walk(value: Any, key: Nokkel = ()) -> Iterator[tuple[Nokkel, str]]:  # noqa: ANN401 - TOML's values
    """Yield every key, text and number with where it is."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield (*key, name), name
            yield from _walk(item, (*key, name))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _walk(item, (*key, i))
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield key, str(value)


def _line_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _not_utf8(path: Path, raw: bytes, at: int) -> Feil:
    before = raw[:at]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return fil_feil(path, "ikke_utf8", _("filen er lagret som UTF-16."), _("Lagre den som UTF-8."))
    return Feil("ikke_utf8", _("Filen er ikke UTF-8: her står et tegn fra et annet tegnsett."), Sted(vis_sti(path), line, column),
                _("Lagre den på nytt som UTF-8 (i Notisblokk: Lagre som, Koding)."))  # fmt: skip


#: tomllib's messages (CPython 3.11–3.14), by how they begin: what is wrong, and the remedy.
_SYNTAX: Final = (
    ("Invalid statement", N_("linjen kan ikke leses."), N_("En linje er «nøkkel = verdi», «[tabell]» eller en «# merknad».")),
    ("Expected '=' after a key", N_("det mangler «=» etter nøkkelen."), N_("Skriv nøkkel = verdi. Nøkler skrives uten æøå og mellomrom.")),
    ("Invalid initial character for a key part", N_("nøkkelen kan ikke begynne slik."), N_("Nøkler skrives med a–z, tall, «-» og «_».")),
    ("Invalid value", N_("verdien kan ikke leses."), N_("Sett anførselstegn rundt tekst; datoer skrives 2023-08-21.")),
    ("Invalid date or datetime", N_("datoen finnes ikke i kalenderen."), N_("Rett dagen eller måneden.")),
    ("Expected newline or end of document", N_("det står noe mer etter verdien."), N_("Bruk én linje for hver nøkkel, og anførselstegn rundt tekst.")),
    ("Cannot overwrite a value", N_("nøkkelen står to ganger."), N_("Behold bare den ene.")),
    ("Cannot declare", N_("tabellen står to ganger, eller står også som noe annet."), N_("Slå dem sammen, eller skriv [[…]] for lister.")),
    ("Duplicate inline table key", N_("nøkkelen står to ganger."), N_("Behold bare den ene.")),
    ("Cannot mutate immutable", N_("nøkkelen er alt skrevet på én linje og kan ikke utvides."), N_("Skriv alt på ett sted.")),
    ("Cannot redefine namespace", N_("nøkkelen er alt brukt som noe annet."), N_("Behold bare den ene.")),
    ("Unclosed array", N_("listen er ikke avsluttet."), N_("Skriv «]» til slutt, og komma mellom verdiene.")),
    ("Unclosed inline table", N_("tabellen er ikke avsluttet."), N_("Skriv «}» til slutt, og komma mellom nøklene.")),
    ("Unterminated string", N_("teksten er ikke avsluttet."), N_("Sett anførselstegn på slutten av teksten.")),
    ("Expected '\"", N_("teksten er ikke avsluttet."), N_("Sett anførselstegn på slutten av teksten.")),
    ("Expected \"'", N_("teksten er ikke avsluttet."), N_("Sett anførselstegn på slutten av teksten.")),
    ("Expected ']'", N_("det mangler «]» etter navnet på tabellen."), N_("Skriv [navn].")),
    ("Expected ']]'", N_("det mangler «]]» etter navnet på listen."), N_("Skriv [[navn]].")),
    ("Unescaped '\\'", N_("en omvendt skråstrek kan ikke stå slik i en tekst."), N_("Skriv «/» i filstier, eller to omvendte skråstreker.")),
    ("Invalid hex value", N_("\\u i teksten har ikke fire heksadesimale tegn."), N_("Skriv tegnet selv.")),
    ("Escaped character is not", N_("\\u i teksten er ikke et tegn."), N_("Skriv tegnet selv.")),
    ("Illegal character", N_("teksten har et tegn som ikke kan stå her."), N_("Er anførselstegnet på slutten av teksten glemt? Fjern ellers usynlige tegn.")),
    ("Found invalid character", N_("teksten har et tegn som ikke kan stå her."), N_("Er anførselstegnet på slutten av teksten glemt? Fjern ellers usynlige tegn.")),
)  # fmt: skip


def _syntax(shown: str, text: str, error: tomllib.TOMLDecodeError) -> Feil:
    match = _AT.match(str(error))
    what = match["what"] if match else str(error)
    if match and match["line"]:
        place = Sted(shown, int(match["line"]), int(match["col"]))
    else:
        place = Sted(shown, *_line_column(text, len(text.rstrip())))
    for begins, melding, rad in _SYNTAX:
        if what.startswith(begins):
            return Feil("toml", _capital(_(melding)), place, _(rad))
    return Feil("toml", _("Filen er ikke gyldig TOML her."), place, _("Se på denne linjen og den før."))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def validate(dok: Dokument, modell: type[M], feil: list[Feil]) -> M | None:
    """Read a document as ``modell``; None when it does not fit, with every fault added to ``feil``."""
    try:
        return modell.model_validate(dok.data)
    except Feltfeilene as several:
        told = several.feil[:MAX_FEIL]
        feil.extend(dok.feil(f.kode, f.melding, f.sti, f.rad, verdi=not f.om_nokkel) for f in told)
        if len(several.feil) > len(told):
            feil.append(flere_feil(dok.vis, len(several.feil) - len(told)))
    except Feltfeil as fault:
        feil.append(dok.feil(fault.kode, fault.melding, fault.sti, fault.rad))
    return None


def try_part(modell: type[M], raw: object) -> M | None:
    """Read one part of a file by itself; None when it is wrong (its faults are told with the whole file's)."""
    try:
        return modell.model_validate(raw)
    except (Feltfeil, Feltfeilene):
        return None
