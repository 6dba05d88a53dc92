"""Machine output, JSON and CSV: a contract. Never translated: ISO dates, codes, ``.`` decimals.

Keys and their order are documented in docs/maskinsvar.md; tests hold them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Punkt, Varsel
    from oppfolgingscli.utvid import Utvidelse

#: Keys of a point, in order. ``grunn`` follows only on points that are exempt.
PUNKT_KEYS: Final = (
    "id", "rutine", "type", "versjon", "niva", "subjekt", "periode", "nr", "krav", "delvis",
    "fra", "mal", "tempo", "frist", "sent_til", "ansvarlig", "deltar", "kilde", "kilde_id", "antatt",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def iso(day: date | None) -> str | None:
    """Return the date as ISO 8601, None as None."""
    return None if day is None else day.isoformat()


def punkt_row(p: Punkt) -> dict[str, Any]:
    """Return a point as the contract's keys and values."""
    row: dict[str, Any] = {
        "id": p.id, "rutine": p.rutine, "type": p.type, "versjon": p.versjon, "niva": p.niva,
        "subjekt": p.subjekt, "periode": p.periode, "nr": p.nr, "krav": p.krav, "delvis": p.delvis,
        "fra": iso(p.fra), "mal": iso(p.mal), "tempo": iso(p.tempo), "frist": iso(p.frist),
        "sent_til": iso(p.sent_til), "ansvarlig": p.ansvarlig, "deltar": p.deltar, "kilde": p.kilde,
        "kilde_id": p.kilde_id, "antatt": p.antatt,
    }  # fmt: skip
    if p.grunn is not None:
        row["grunn"] = p.grunn
    return row


def varsel_row(v: Varsel) -> dict[str, Any]:
    """Return a warning as the contract's keys and values."""
    row: dict[str, Any] = {"kode": v.kode, "sted": v.sted, "melding": v.melding}
    if v.punkter:
        row["punkter"] = v.punkter
    return row


def dump(value: object) -> str:
    """Write a value as JSON on one line, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_rows(rows: Iterable[object]) -> str:
    """Write a list with one item a line: easy to read, to compare, and quick to write."""
    body = ",\n".join(dump(row) for row in rows)
    return f"[\n{body}\n]" if body else "[]"


def utvid_json(u: Utvidelse, varsler: Iterable[Varsel], per: date, punkter: Iterable[Punkt]) -> str:
    """Render an expansion: ``{"klasse","rutinesett","per","punkter":[…],"varsler":[…]}``."""
    opplegg = u.gyldighet.opplegg
    head = dump({"klasse": opplegg.klasse.id, "rutinesett": opplegg.rutinesett.hode.id, "per": iso(per)})
    points = dump_rows(punkt_row(p) for p in punkter)
    warnings = dump_rows(varsel_row(v) for v in varsler)
    return f'{head[:-1]},\n"punkter":{points},\n"varsler":{warnings}}}\n'


def csv_cell(value: object) -> str:
    """Write one value: ``true``/``false``, lists joined by ``,``, empty for None; no spreadsheet formulas.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list)):
        value = ",".join(str(part) for part in value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def csv_text(header: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """Render rows as semicolon-separated CSV: one header line, line feeds between the rows."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([csv_cell(row.get(key)) for key in header])
    return out.getvalue()


def utvid_csv(punkter: Iterable[Punkt]) -> str:
    """Render points as CSV with the contract's keys as header, ``grunn`` last."""
    return csv_text((*PUNKT_KEYS, "grunn"), (punkt_row(p) for p in punkter))
