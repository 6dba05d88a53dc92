"""The classes of a flat data set, one at a time and whole, for the class-by-class path: the engine over columns has sums only.

Each class is judged on its own (about 15 ms a participant and four years), so an export of a large data set takes minutes
where the audit takes seconds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg
from oppfolgingscli.les.logg_kolonner import undo_defuse
from oppfolgingscli.les.logg_ord import parse_deltakere, parse_folk, parse_valgfri_dato
from oppfolgingscli.masse.kolonner import som_tekst
from oppfolgingscli.modell.klasse import Deltaker
from oppfolgingscli.modell.verdier import Feltfeil

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oppfolgingscli.masse.gruppe import Gruppe
    from oppfolgingscli.masse.les import Datasett
    from oppfolgingscli.masse.slag import Slag
    from oppfolgingscli.modell.klasse import Opplegg
    from oppfolgingscli.revisjon.resultat import Klasse

#: (class, id, day) -> the day the event was discovered.
Oppdaget = dict[tuple[str, str, date], date]


def klasser(
    data: Datasett, per: date, kjent: date | None
) -> Iterator[tuple[Opplegg, Logg, Mapping[str, str], Klasse]]:  # fmt: skip
    """Yield each class with its participants, its log as it was known, and roles by person; no order."""
    discovered = _discovered(data)
    for slag, gruppe in data.grupper(per, kjent, spredt=True):
        yield from _of_group(slag, gruppe, discovered)


def _of_group(
    slag: Slag, g: Gruppe, oppdaget: Oppdaget
) -> Iterator[tuple[Opplegg, Logg, Mapping[str, str], Klasse]]:  # fmt: skip
    contacts, events = _by_class(g.kontakter), _by_class(g.hendelser)
    people: dict[int, list[Deltaker]] = {}
    for i, id_ in enumerate(g.ider):
        people.setdefault(int(g.klasse[i]), []).append(
            _deltaker(g.pregene[int(g.preg[i])], id_, int(g.start[i]), int(g.slutt[i]))
        )
    for nr, klasse in enumerate(g.klasser):
        mine = people.get(nr, [])
        opplegg = replace(slag.g.opplegg, deltakere=tuple(mine))
        log = Logg(
            tuple(_kontakt(row) for row in contacts.get(nr, ())),
            tuple(_hendelse(row, klasse.id, oppdaget) for row in events.get(nr, ())),
        )
        yield opplegg, log, g.roller[nr], klasse


def _by_class(frame: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    out: dict[int, list[dict[str, Any]]] = {}
    for row in frame.with_columns(som_tekst()).iter_rows(named=True):
        out.setdefault(row["klasse"], []).append(row)
    return out


def _deltaker(model: Deltaker, id_: str, start: int, slutt: int) -> Deltaker:
    return Deltaker.model_validate({
        "id": id_, "start": date.fromordinal(start), "slutt": date.fromordinal(slutt), "gruppe": model.gruppe,
        "ytelse": model.ytelse, "praksis": model.praksis, "pauser": model.pauser, "fritak": model.fritak,
    })  # fmt: skip


def _kontakt(row: Mapping[str, Any]) -> Kontakt:
    named, everyone = parse_deltakere(row["deltaker"])
    return Kontakt(
        row["id"], date.fromordinal(row["dato"]), row["type"], row["rutine"] or None, named, everyone,
        parse_folk(row["utfort_av"]), parse_folk(row["deltok"]), row["status"], date.fromordinal(row["registrert"]),
        "", row["tekst"],
    )  # fmt: skip


def _hendelse(row: Mapping[str, Any], klasse: str, oppdaget: Oppdaget) -> Hendelse:
    named, everyone = parse_deltakere(row["deltaker"])
    day = date.fromordinal(row["dato"])
    return Hendelse(
        row["id"], day, row["type"], named, everyone, oppdaget.get((klasse, row["id"], day)),
        date.fromordinal(row["registrert"]), "", row["tekst"],
    )  # fmt: skip


def _discovered(data: Datasett) -> Oppdaget:
    """Return when events were discovered, which the columns of the engine have no room for."""
    fil = data.filer.get("hendelser")
    if fil is None or "oppdaget" not in fil.kolonner:
        return {}
    out: Oppdaget = {}
    rows = fil.ramme(("klasse", "id", "dato", "oppdaget")).filter(pl.col("oppdaget") != "")
    for klasse, id_, *days in rows.select("klasse", "id", "dato", "oppdaget").iter_rows():
        try:
            day, found = (parse_valgfri_dato(undo_defuse(text)) for text in days)
        except Feltfeil:
            continue  # the row is a finding where it is read
        if day and found:
            out[klasse, id_, day] = found
    return out
