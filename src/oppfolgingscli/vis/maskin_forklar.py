"""Explanations of points as JSON (see vis/maskin.py for what all machine output shares)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oppfolgingscli.modell.rutinesett import as_json
from oppfolgingscli.vis.maskin import dump, iso
from oppfolgingscli.vis.maskin_sjekk import vurdert_row
from oppfolgingscli.vis.regelord import frekvens_ord

if TYPE_CHECKING:
    from oppfolgingscli.forklar import Forklaring, Svar
    from oppfolgingscli.modell.rutinesett import Rutinesett


def to_json(svar: Svar) -> str:
    """Render explanations as JSON: ``{"klasse","per","kjent","forklaringer":[punkt + {…}]}``."""
    vurdering = svar.vurdering
    sett = vurdering.gyldighet.opplegg.rutinesett
    return dump({
        "klasse": vurdering.gyldighet.opplegg.klasse.id,
        "per": iso(vurdering.per),
        "kjent": iso(vurdering.kjent),
        "forklaringer": [_json_row(f, sett) for f in svar.forklaringer],
    }) + "\n"  # fmt: skip


def _json_row(f: Forklaring, sett: Rutinesett) -> dict[str, Any]:
    d, r, clock = f.dager, f.versjon.rutine, f.klokke
    return {
        **vurdert_row(f.vurdert),
        "navn": as_json(r.navn), "regel": frekvens_ord(r.frekvens, sett), "merknad": r.merknad,
        "versjon_fra": iso(f.versjon.fra), "versjon_til": iso(f.versjon.til),
        "dager": {
            "forste": iso(d.forste), "siste": iso(d.siste), "antall": d.antall, "av": d.av,
            "ferier": [{"navn": name, "fra": iso(a), "til": iso(b)} for name, a, b in d.ferier],
            "pauser": [{"fra": iso(a), "til": iso(b)} for a, b in d.pauser],
        },
        "sent_til_fra": f.sent_til_fra,
        "klokke": {
            "gatt": clock.gatt, "frist": clock.frist, "apnet_av": clock.apnet_av.id if clock.apnet_av else None,
        } if clock else None,
        "utlost_av": f.utlost_av.id if f.utlost_av else None,
        "kontakter": [
            {
                "id": c.kontakt.id, "dato": iso(c.kontakt.dato), "type": c.kontakt.type, "rutine": c.kontakt.rutine,
                "grunn": c.grunn, "punkt": c.punkt, "mangler": c.mangler,
            }
            for c in f.kontakter
        ],
    }  # fmt: skip
