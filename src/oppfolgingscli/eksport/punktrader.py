"""The points of one class as rows, with all that the measures are made from: each measure is a sum over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppfolgingscli.eksport.rader import semester
from oppfolgingscli.maltall.mal import waiting_times
from oppfolgingscli.maltall.underlag import Underlag
from oppfolgingscli.maltall.visninger import group_of
from oppfolgingscli.modell.rutinesett import Antall, Milepael

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.eksport.rader import Rad, Settord
    from oppfolgingscli.revisjon.resultat import Klasse
    from oppfolgingscli.vurder import Vurdering, Vurdert

#: Days late -> code, upper ends included (``tabeller_logg.SEN``).
_SEN: Final = ((0, "i_tide"), (7, "uke"), (30, "maned"), (90, "kvartal"))


def punktrader(vurdering: Vurdering, klasse: Klasse, lag: int, words: Settord) -> Iterator[Rad]:
    """Yield a row for each point whose window has opened, in the contract's order; ``lag`` as the audit's."""
    u = Underlag(vurdering, lag)
    doses = _doses(u)
    for x in vurdering.punkter:
        if x.punkt.fra <= vurdering.per:  # an interval's may still be «kommende», and is in the delays
            yield _row(u, klasse, x, words, doses.get(x.punkt.id, (None, None)))


def _row(u: Underlag, klasse: Klasse, x: Vurdert, words: Settord, dose: tuple[int | None, int | None]) -> Rad:
    p, r = x.punkt, u.versjon(x).rutine
    judged = u.is_judged(x)
    waited = waiting_times(u, [x]) if p.krav else []
    person = p.niva == "deltaker"
    return {
        "_deltaker": p.subjekt if person else None, "_kontakt": (x.kontakt.id, p.subjekt) if x.kontakt else None,
        "niva": p.niva, "rutinesett": klasse.rutinesett, "rutine": words.rutine[p.rutine], "versjon": p.versjon,
        "type": words.type(p.type), "grunnlag": r.grunnlag, "slag": r.frekvens.slag, "krav": p.krav,
        "delvis": p.delvis, "periode": p.periode if isinstance(r.frekvens, Antall) else None, "nr": p.nr,
        "fra": p.fra, "frist": p.frist, "semester": semester(p.frist),
        "_gruppe": (group_of(u.subjekter[p.subjekt], p.frist or p.fra) or None) if person else None,
        "status": x.status, "bedomt": judged, "unntatt": u.is_excused(x), "dager_sen": x.dager_sen,
        "sen_gruppe": _late(x), "ventedager": waited[0].dager if waited else None, "gjort": x.kontakt is not None,
        "i_vinduet": u.has_contact(x) if judged else None, "levert_kuttet": dose[0], "levert": dose[1],
        "forsok": len(x.forsok), "skjermet": p.rutine in words.skjermet,
    }  # fmt: skip


def _late(x: Vurdert) -> str | None:
    if x.kontakt is None or x.dager_sen is None:
        return None
    return next((code for most, code in _SEN if x.dager_sen <= most), "lenger")


def _doses(u: Underlag) -> dict[str, tuple[int, int]]:
    """Return, by point, its part of the dose: 1 for as many points of a period as were delivered, and all on the first."""
    groups: dict[tuple[str, str, str], list[Vurdert]] = {}
    for points in u.pakrevde.values():
        for x in points:
            if u.is_judged(x) and isinstance(u.versjon(x).rutine.frekvens, Antall | Milepael):
                groups.setdefault((x.punkt.rutine, x.punkt.subjekt, x.punkt.periode), []).append(x)
    out: dict[str, tuple[int, int]] = {}
    for rows in groups.values():
        delivered = u.delivered(rows)
        for i, x in enumerate(rows):
            out[x.punkt.id] = (int(i < delivered), 0 if i else delivered)
    return out
