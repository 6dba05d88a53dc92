"""Small reports by hand, to draw from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from oppfolgingscli.hendelse import Punkt
from oppfolgingscli.maltall.rad import Bedomt, Rad
from oppfolgingscli.modell.rutinesett import Rutinesett
from oppfolgingscli.vis.rapportnavn import Rapportnavn

_TOM = Rad(
    rutine="samtale", type="samtale", niva="deltaker", periode=None, n_deltakere=12, bedomt=0, i_tide=0, for_sent=0,
    forfalt=0, mangler=0, fritatt=0, i_tide_andel=None, i_tide_kl=None, gjort_andel=None, dose=None, dose_ukuttet=None,
    dekning=None, dager_dekket=None, forsinkelse_median=None, forsinkelse_p90=None, lengste_gap=None, grenser=None,
    ansvarlig="laerer", i_tide_andel_snitt=None, andel_av=(0, 0),
)  # fmt: skip


def rad(i_tide: int = 0, bedomt: int = 0, **mer: object) -> Rad:
    """Return a row with so much on time."""
    share = round(i_tide / bedomt, 6) if bedomt else None
    made = replace(_TOM, i_tide=i_tide, bedomt=bedomt, i_tide_andel=share, andel_av=(i_tide, bedomt))
    return replace(made, **mer)  # type: ignore[arg-type] # fields by name


def bedomt(
    fra: date,
    frist: date | None,
    status: str,
    kontakt: date | None = None,
    *,
    rutine: str = "samtale",
    skjermet: bool = False,
) -> Bedomt:
    """Return a point of D01 with what became of it."""
    punkt = Punkt(
        f"k/{rutine}/D01/1/{fra}", rutine, rutine, 1, "deltaker", "D01", "2024-host", 1, krav=True, delvis=False, fra=fra,
        mal=None, tempo=None, frist=frist, sent_til=None, ansvarlig="laerer", deltar=(), kilde=None, kilde_id=(),
        antatt=False, grunn="hemmelig grunn" if status == "fritatt" else None,
    )  # fmt: skip
    judged = status in ("i_tide", "for_sent", "forfalt", "mangler")
    return Bedomt(punkt, status, "k1" if kontakt else None, kontakt, None, judged, skjermet)


class Navn(Rapportnavn):
    """Names that are the ids with a capital letter."""

    def __init__(self) -> None:
        super().__init__(Rutinesett(None, {}, (), ()))  # type: ignore[arg-type] # a set without routines

    def rutine(self, id_: str | None) -> str:
        return super().rutine(id_).capitalize() if id_ else "I alt"


def desc(svg: str) -> str:
    """Return the text alternative of a picture."""
    found: list[str] = re.findall(r"<desc[^>]*>(.*?)</desc>", svg)
    assert len(found) == 1
    return found[0].replace("\u00a0", " ")


def tall(svg: str, css: str, egenskap: str) -> list[float]:
    """Return a property of every element with exactly this class, in order."""
    tags = re.findall(r"<\w+ [^>]*>", svg)
    return [
        float(m[1]) for tag in tags if f'class="{css}"' in tag and (m := re.search(rf'\b{egenskap}="([-\d.]+)"', tag))
    ]
