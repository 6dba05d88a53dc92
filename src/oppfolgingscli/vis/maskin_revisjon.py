"""Machine output of ``revisjon``, JSON and CSV: a contract (see vis/maskin.py for what all such output shares)."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli import __version__
from oppfolgingscli.revisjon.celle import Maal
from oppfolgingscli.revisjon.frafall import DAGER
from oppfolgingscli.vis.maskin import csv_text, dump, dump_rows, iso

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.celle import Nokkel
    from oppfolgingscli.revisjon.endring import Endring
    from oppfolgingscli.revisjon.krav import Kravsvar
    from oppfolgingscli.revisjon.utgave import Linje
    from oppfolgingscli.vis.revisjon import Revisjonsvisning

#: What a row may be about, null where its table does not tell rows apart by it.
DELER: Final = ("type", "semester", "grunnlag", "gruppe", "fylke", "skole", "rutinesett", "rutine", "versjon")
#: Figures that are never published, and so no keys: the longest gap is one participant's.
_ALDRI: Final = ("lengste_gap", "gap_apent")
TALL: Final = tuple(f.name for f in fields(Maal) if f.name not in _ALDRI)
#: Keys of a row, in order.
RAD_KEYS: Final = ("tabell", *DELER, "skjult", "skjulte_tall", *TALL, "n_effektiv")


def _key(key: Nokkel) -> dict[str, Any]:
    values = dict(zip(key.visning, key.verdier, strict=True))
    return {"tabell": "+".join(key.visning) or "totalt", **{name: values.get(name) for name in DELER}}


def row(linje: Linje) -> dict[str, Any]:
    """Return a row as the contract's keys and values; a hidden one has null for every figure."""
    figures = {name: None if linje.tall is None else getattr(linje.tall, name) for name in TALL}
    return {
        **_key(linje.nokkel), "skjult": linje.tall is None, "skjulte_tall": linje.skjulte, **figures,
        "n_effektiv": linje.n_effektiv,
    }  # fmt: skip


def revisjon_json(v: Revisjonsvisning) -> str:
    """Render an audit: its settings, then all that tables, pictures and findings are made from."""
    u, i = v.utgave, v.utgave.innstillinger
    head = {
        "program": __version__, "per": iso(i.per), "kjent": iso(i.kjent), "lag": i.lag, "terskel": i.terskel,
        "etter_forrige": u.forrige, "klasser": u.klasser, "uleste": v.uleste, "skjulte_rader": u.skjulte,
    }  # fmt: skip
    parts = {
        "rader": dump_rows(row(linje) for linje in u.linjer),
        "endringer": dump_rows(_change(e) for e in u.endringer),
        "versjoner": dump_rows(_change(e) for e in u.versjoner),
        "grupper": dump_rows(_change(e) for e in u.grupper),
        "logg": dump_rows(
            {"kode": f.kode, "antall": f.rader, "deltakere": f.deltakere, "skjult": f.rader is None} for f in u.logg
        ),
        "frafall": dump(_dropouts(v)),
        "krav": dump_rows(_requirement(s) for s in v.krav),
        "inndata": dump_rows(one._asdict() for one in v.inndata),
    }
    return dump(head)[:-1] + "".join(f",\n{dump(key)}:{text}" for key, text in parts.items()) + "}\n"


def _change(e: Endring) -> dict[str, Any]:
    return {
        "fra": _key(e.fra), "til": _key(e.til), "av_fra": e.av_fra, "av_til": e.av_til, "andel_fra": e.andel_fra,
        "andel_til": e.andel_til, "endring": e.endring, "kl": e.kl,
    }  # fmt: skip


def _dropouts(v: Revisjonsvisning) -> dict[str, Any] | None:
    f = v.utgave.frafall
    if f is None:
        return None
    return {
        "dager": DAGER, "sluttet": f.sluttet, "ble": f.ble, "sammenlignet": f.sammenlignet, "kontakter": f.kontakter,
        "andre_kontakter": f.andre_kontakter, "uten": f.uten, "andre_uten": f.andre_uten,
    }  # fmt: skip


def _requirement(s: Kravsvar) -> dict[str, Any]:
    return {
        "navn": s.krav.navn, "mal": s.krav.mal, "minst": s.krav.minst, **_key(s.nokkel), "utfall": s.utfall,
        "oppfylt": s.er_oppfylt, "verdi": s.verdi, "av": s.av,
    }  # fmt: skip


def revisjon_csv(v: Revisjonsvisning) -> str:
    """Render the rows of every table as CSV, with the contract's keys as header; a hidden figure is «:»."""
    out = []
    for linje in v.utgave.linjer:
        one = row(linje)
        hidden = TALL if linje.tall is None else linje.skjulte
        out.append({**one, "skjulte_tall": " ".join(linje.skjulte), **dict.fromkeys(hidden, ":")})
    return csv_text(RAD_KEYS, out)
