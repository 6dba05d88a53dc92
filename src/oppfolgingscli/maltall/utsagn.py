"""The findings of a report, as figures: what a reader should be told first. Words for them are vis/'s. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from oppfolgingscli.maltall.rad import Endring, Kurve, Rad, Utsagn
from oppfolgingscli.modell.rutinesett import Behov, Etter
from oppfolgingscli.vurder.arbeid import in_force

if TYPE_CHECKING:
    from oppfolgingscli.maltall.underlag import Underlag


def findings(
    u: Underlag, rutiner: Sequence[str], alle: Mapping[str, Rad], totalt: Rad, endringer: Iterable[Endring],
    kurver: Iterable[Kurve],
) -> tuple[Utsagn, ...]:  # fmt: skip
    """Return the findings: everything together, each routine, what was given when needed, and changes that are sure.

    ``alle``: routine -> its row for all periods. A routine that follows another is told in the other's sentence.
    """
    curves = {kurve.rutine: kurve for kurve in kurver}
    told = {rutine: _about(u, alle[rutine], curves.get(rutine)) for rutine in rutiner}
    followers = _followers(u, rutiner)
    out = [Utsagn("i_alt", None, {"i_tide": totalt.andel_av[0], "bedomt": totalt.andel_av[1],
                                  "n_deltakere": totalt.n_deltakere})]  # fmt: skip
    for rutine in rutiner:
        if rutine in {late for row in followers.values() for late in row}:
            continue
        mine = told[rutine]
        after = tuple(x for late in followers.get(rutine, ()) for x in told[late])
        if mine:
            out.append(Utsagn(mine[0].kode, rutine, mine[0].tall, (*mine[1:], *after)))
        else:
            out += after
    out += [x for rutine in rutiner if (x := _when_needed(u, rutine)) is not None]
    # Not everything together: which routines there are differs from semester to semester, and would change the share.
    sure = [e for e in endringer if e.rutine is not None]
    out += [_changed(e) for e in sure if e.kl is not None and (e.kl[0] > 0 or e.kl[1] < 0)]
    return tuple(out) if totalt.bedomt or len(out) > 1 else ()


def _followers(u: Underlag, rutiner: Sequence[str]) -> dict[str, list[str]]:
    """Return, for each routine, those that follow it alone."""
    out: dict[str, list[str]] = {}
    for rutine in rutiner:
        f = u.versjoner[rutine][-1].rutine.frekvens
        if isinstance(f, Etter) and len(f.etter) == 1 and f.etter[0] in rutiner and f.etter[0] != rutine:
            out.setdefault(f.etter[0], []).append(rutine)
    # A chain of chains is told link by link, each with its own sentence.
    late = {x for row in out.values() for x in row}
    return {first: row for first, row in out.items() if first not in late}


def _about(u: Underlag, rad: Rad, kurve: Kurve | None) -> list[Utsagn]:
    rutine = rad.rutine or ""
    out: list[Utsagn] = []
    if rad.klokkedager is not None:
        out.append(Utsagn("dager_dekket", rutine, {
            "dekket": rad.klokkedager[0], "dager": rad.klokkedager[1], "n_deltakere": rad.n_deltakere,
            "lengste_gap": rad.lengste_gap, "apent": int(rad.gap_apent),
        }))  # fmt: skip
    elif rad.bedomt:
        f = u.versjoner[rutine][-1].rutine.frekvens
        out.append(Utsagn("i_tide", rutine, {
            "i_tide": rad.i_tide, "bedomt": rad.bedomt, "gjort": rad.i_tide + rad.for_sent, "n_deltakere": rad.n_deltakere,
            "niva": rad.niva, "innen": str(f.innen) if isinstance(f, Etter) and f.innen else None,
        }))  # fmt: skip
    elif kurve is not None:
        out.append(Utsagn("ventetid", rutine, {
            "gjort": kurve.gjort, "antall": kurve.antall, "median": rad.forsinkelse_median,
        }))  # fmt: skip
    if rad.dekning is not None and rad.niva == "deltaker":
        missed = rad.n_deltakere - round(rad.dekning * rad.n_deltakere)
        if missed and rad.bedomt > rad.n_deltakere:  # else the same was just said
            out.append(Utsagn("ikke_mott_forst", rutine, {"deltakere": missed, "n_deltakere": rad.n_deltakere}))
    return out


def _when_needed(u: Underlag, rutine: str) -> Utsagn | None:
    """Count what was given of a routine that has no number: contacts, and how many were given one."""
    versions = u.versjoner[rutine]
    if not isinstance(versions[-1].rutine.frekvens, Behov):
        return None
    subjects = (
        (u.vurdering.gyldighet.klassen,) if versions[-1].rutine.niva == "klasse" else u.vurdering.gyldighet.deltakerne
    )
    contacts, reached, there = set[str](), 0, 0
    for s in subjects:
        there += s.start <= u.per
        found = {
            k.id
            for v in versions
            if (rutine, v.nr, s.id) in u.vurdering.telt
            for k in u.vurdering.telt[rutine, v.nr, s.id].teller
            if in_force(v, k.dato)
        }
        contacts |= found
        reached += bool(found)
    return Utsagn("behov", rutine, {
        "kontakter": len(contacts), "deltakere": reached, "n_deltakere": there, "niva": versions[-1].rutine.niva,
    })  # fmt: skip


def _changed(e: Endring) -> Utsagn:
    return Utsagn("endring", e.rutine, {
        "mal": e.mal, "fra": e.fra, "til": e.til, "fra_del": e.av_fra[0], "fra_av": e.av_fra[1], "til_del": e.av_til[0],
        "til_av": e.av_til[1], "endring": e.endring, "lav": e.kl[0] if e.kl else None, "hoy": e.kl[1] if e.kl else None,
    })  # fmt: skip
