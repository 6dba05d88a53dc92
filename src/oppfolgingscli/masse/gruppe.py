"""A group of classes of one kind, as frames, and the way from it to its sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from oppfolgingscli.masse.kolonner import SKJEMA, deltakernavn, hendelsesrader, kontaktrader, read_bok
from oppfolgingscli.masse.logg_frafall import frafall
from oppfolgingscli.masse.logg_kvalitet import kvalitet
from oppfolgingscli.masse.motor import Arbeid
from oppfolgingscli.masse.personer import Personer
from oppfolgingscli.masse.slag import Slag
from oppfolgingscli.masse.summer import Summer
from oppfolgingscli.revisjon.klassevei import LAG

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.hendelse import Hendelse, Kontakt, Logg
    from oppfolgingscli.masse.slag import Heltall
    from oppfolgingscli.modell.klasse import Deltaker, Opplegg
    from oppfolgingscli.revisjon.resultat import Klasse, Samlet


@dataclass(slots=True)
class Gruppe:
    """Classes of one kind. Participants are sorted by class; days are ordinals.

    ``pregene[preg[i]]``: what participant i is like in all but first and last day. Frames as in ``kolonner``.
    ``roller``: per class, person -> role.
    """

    klasser: list[Klasse]
    ider: Sequence[str]
    klasse: Heltall
    start: Heltall
    slutt: Heltall
    preg: Heltall
    pregene: list[Deltaker]
    kontakter: pl.DataFrame
    hendelser: pl.DataFrame
    roller: Sequence[Mapping[str, str]]


def samlet(slag: Slag, g: Gruppe, lag: int = LAG) -> Samlet:
    """Return the sums of a group of classes of one kind, as ``revisjon.klassevei`` would, added together."""
    slag = slag.fra_og_med(int(g.start.min(initial=slag.fra)))
    p = Personer(slag, len(g.klasser), g.klasse, g.start, g.slutt, g.preg, g.pregene)
    names = deltakernavn(g.klasse, g.ider)
    contacts = read_bok(p, names, g.kontakter, slag.typer)
    types = sorted(g.hendelser["type"].unique().cast(pl.String).to_list())
    events = read_bok(p, names, g.hendelser, types)
    rader, hendelser = kontaktrader(p, contacts, g.roller), hendelsesrader(p, events)
    arbeid = Arbeid(p, rader, hendelser, types, lag)
    out = Summer(arbeid, g.klasser).samlet()
    out.kvalitet = kvalitet(arbeid, contacts, events, types)
    out.frafall = frafall(p, rader)
    return out


def fra_klasser(
    klasser: Iterable[tuple[Opplegg, Logg, Mapping[str, str], Klasse]], per: date, kjent: date | None = None
) -> tuple[Slag, Gruppe]:
    """Return classes of one kind, each read class by class, as columns."""
    klasser = list(klasser)
    slag = Slag(klasser[0][0], per, kjent)
    pregene: dict[tuple[object, ...], int] = {}
    models: list[Deltaker] = []
    people: list[tuple[str, int, int, int, int]] = []
    for nr, (opplegg, _logg, _roller, _klasse) in enumerate(klasser):
        for d in opplegg.deltakere:
            key = (d.pauser, d.praksis, d.gruppe, d.ytelse, d.fritak)
            if key not in pregene:
                pregene[key] = len(models)
                models.append(d)
            start = d.start.toordinal() if d.start else slag.g.start
            slutt = d.slutt.toordinal() if d.slutt else slag.g.slutt
            people.append((d.id, nr, start, slutt, pregene[key]))
    klasse_, fra, til, slik = (np.array([row[i] for row in people], dtype=np.int64) for i in range(1, 5))
    contacts = [_kontakt(nr, k) for nr, (_o, logg, _r, _k) in enumerate(klasser) for k in logg.kontakter]
    events = [_hendelse(nr, h) for nr, (_o, logg, _r, _k) in enumerate(klasser) for h in logg.hendelser]
    return slag, Gruppe(
        [klasse for _o, _l, _r, klasse in klasser], [row[0] for row in people], klasse_, fra, til, slik, models,
        pl.DataFrame(contacts, schema=SKJEMA, orient="row"), pl.DataFrame(events, schema=SKJEMA, orient="row"),
        [roller for _o, _l, roller, _k in klasser],
    )  # fmt: skip


def _navn(row: Kontakt | Hendelse) -> str:
    return ",".join([*row.deltakere, *(["*"] if row.alle else [])])


def _kontakt(nr: int, k: Kontakt) -> tuple[object, ...]:
    return (
        nr, k.id, k.dato.toordinal(), k.type, k.rutine or "", _navn(k), ",".join(k.utfort_av), ",".join(k.deltok),
        k.status, k.registrert.toordinal(), "", "", "", k.tekst,
    )  # fmt: skip


def _hendelse(nr: int, h: Hendelse) -> tuple[object, ...]:
    return nr, h.id, h.dato.toordinal(), h.type, "", _navn(h), "", "", "", h.registrert.toordinal(), "", "", "", h.tekst
