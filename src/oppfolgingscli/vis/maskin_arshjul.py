"""The annual wheel for machines: what it shows, in codes, never translated."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from oppfolgingscli.vis.skjerming import category

if TYPE_CHECKING:
    from oppfolgingscli.arshjul import Hjul, Post, Uten


def arshjul_json(hjul: Hjul) -> str:
    """Render a wheel. Routines that may not be told apart have ``rutine`` null (and ``skjermet`` true)."""
    year = hjul.periode
    data = {
        "skolear": year.nokkel,
        "klasse": hjul.klasse,
        "rutinesett": hjul.sett.hode.id,
        "trinn": hjul.trinn,
        "skolerute": hjul.skolerute,
        "maneder": [_month(hjul.skolear, number) for number in range(12)],
        "semestre": [{"semester": f"{a.year}-{code}", **_span(a, b)} for code, a, b in hjul.semestre],
        "ferier": [{"navn": f.navn, **_span(f.fra, f.til)} for f in hjul.ferier],
        "eksamener": [{"navn": name, "dato": day.isoformat()} for name, day in hjul.eksamener],
        "roller": [id_ for id_, _role in hjul.roller],
        "poster": [_post(number, post) for number, post in enumerate(hjul.poster, 1)],
        "uten_dato": [_beside(item) for item in hjul.uten],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _span(fra: date, til: date) -> dict[str, str]:
    return {"fra": fra.isoformat(), "til": til.isoformat()}


def _month(skolear: int, number: int) -> str:
    return f"{skolear + (7 + number) // 12:04d}-{(7 + number) % 12 + 1:02d}"


def _who(item: Post | Uten) -> dict[str, Any]:
    r = item.versjon.rutine
    return {
        "rutine": None if item.skjermet else r.id,
        "skjermet": item.skjermet,
        "type": category(item.versjon),
        "niva": r.niva,
        "rolle": r.ansvarlig,
        "deltar": list(r.deltar),
        "trinn": list(item.trinn),
    }


def _post(number: int, post: Post) -> dict[str, Any]:
    return {
        "nr": number,
        **_who(post),
        "antatt": post.versjon.rutine.antatt and not post.skjermet,
        "lopende": post.lopende,
        "vinduer": [
            {
                **_span(w.fra, w.til),
                "ganger": None if post.lopende or post.skjermet else w.ganger,
                "planlagt": [{"dato": m.dag.isoformat(), "krav": m.krav} for m in w.merker],
            }
            for w in post.vinduer
        ],
    }


def _beside(item: Uten) -> dict[str, Any]:
    return {**_who(item), "slag": item.slag}
