"""Machine output of ``rapport``, JSON and CSV: a contract (see vis/maskin.py for what all such output shares)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.vis.maskin import csv_text, dump, dump_rows, iso

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.maltall import Rad, Rapport

#: Keys of a row, in order.
RAD_KEYS: Final = (
    "rutine", "type", "niva", "periode", "n_deltakere", "bedomt", "i_tide", "for_sent", "forfalt", "mangler", "fritatt",
    "i_tide_andel", "i_tide_kl", "gjort_andel", "dose", "dose_ukuttet", "dekning", "dager_dekket",
    "forsinkelse_median", "forsinkelse_p90", "lengste_gap", "grenser", "ansvarlig", "i_tide_andel_snitt",
)  # fmt: skip


def rad_row(rad: Rad) -> dict[str, Any]:
    """Return a row as the contract's keys and values."""
    return {key: getattr(rad, key) for key in RAD_KEYS}


def rapport_json(rapport: Rapport, klasse: str, per: date, lag: int) -> str:
    """Render a report: ``{"klasse","per","lag","rader":[…],"totalt":{…},"pausedager":n}``."""
    head = dump({"klasse": klasse, "per": iso(per), "lag": lag})
    rows = dump_rows(rad_row(rad) for rad in rapport.rader)
    total = dump(rad_row(rapport.totalt))
    return f'{head[:-1]},\n"rader":{rows},\n"totalt":{total},\n"pausedager":{rapport.pausedager}}}\n'


def rapport_csv(rapport: Rapport) -> str:
    """Render the rows as CSV, with the contract's keys as header. The total is not a row: it would be summed again."""
    return csv_text(RAD_KEYS, map(rad_row, rapport.rader))
