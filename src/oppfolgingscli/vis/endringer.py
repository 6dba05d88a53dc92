"""What changed between routine sets, in words: sections of routines, each with what it was and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sammenlign.dose import per_year
from oppfolgingscli.sprak import N_, _, navn
from oppfolgingscli.vis.endringsord import field_label, field_words
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.rutiner import phase_when
from oppfolgingscli.vis.sammenlign import TOM, year_text
from oppfolgingscli.vis.typeord import grunnlag_ord, regel_ord, roller_ord, type_ord
from oppfolgingscli.vis.typiskord import assumptions, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppfolgingscli.modell.rutinesett import Rolle, Rutinesett
    from oppfolgingscli.sammenlign.dose import Linje
    from oppfolgingscli.sammenlign.endringer import Forskjell, Hendt, Rutineendring

_HYPPIGHET: Final = {
    "hyppigere": N_("Kommer oftere"),
    "sjeldnere": N_("Kommer sjeldnere"),
    "omfordelt": N_("Oftere i noen skoleår og sjeldnere i andre"),
    "delvis_tall": N_("Har tall i noen skoleår og ikke i andre"),
    "fatt_tall": N_("Har fått et tall (var etter behov eller ved hendelse)"),
    "mistet_tall": N_("Har ikke lenger et tall (er etter behov eller ved hendelse)"),
    "annet_niva": N_("Gjelder nå noen andre (deltaker eller klasse)"),
    "likt": N_("Like ofte, men endret"),
    "uten_tall": N_("Uten tall før og nå, men endret"),
}
"""The sections for routines that are in both, in order."""


@dataclass(frozen=True, slots=True)
class Post:
    """One routine: its name, its kind and id, and its lines (what, before, now); ``fra`` empty: there is only now."""

    navn: str
    om: str
    linjer: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Seksjon:
    """Routines that changed alike; ``tekst`` explains the heading."""

    tittel: str
    poster: tuple[Post, ...]
    tekst: str = ""


@dataclass(frozen=True, slots=True)
class Del:
    """A part of the answer: one set over time, or two sets. ``noter``: what its numbers rest on."""

    tittel: str
    ingress: str
    seksjoner: tuple[Seksjon, ...]
    noter: tuple[str, ...] = ()


def describe_time(sett: Rutinesett, hendt: Sequence[Hendt]) -> Del:
    """Say what happened in a set over time, date by date."""
    title = _("{sett}: over tid").format(sett=navn(sett.hode.navn))
    if not hendt:
        return Del(
            title, _("Ingen rutine har kommet til, falt bort eller endret seg siden settet begynte å gjelde."), ()
        )
    dates = list(dict.fromkeys(h.dato for h in hendt))
    sections = tuple(
        Seksjon(dag_ord(day), tuple(_happened(h.endring, sett) for h in hendt if h.dato == day)) for day in dates
    )
    note = _("Hver versjon er regnet som om den hadde vært i kraft hele tiden, så et år med den ene kan holdes mot et år med den neste.")  # fmt: skip
    return Del(title, _("Rutiner som har kommet til, falt bort eller endret seg siden settet begynte å gjelde."), sections, (note,))  # fmt: skip


def _happened(r: Rutineendring, sett: Rutinesett) -> Post:
    if r.slag == "endret":
        post = _changed(r, sett, sett)
        often = _(_HYPPIGHET[r.hyppighet])
        return Post(post.navn, f"{often} · {post.om}", post.linjer)
    post = _one_sided(r, sett)
    word = _("Kom til") if r.slag == "ny" else _("Falt bort")
    return Post(post.navn, f"{word} · {post.om}", post.linjer)


def describe_difference(f: Forskjell) -> Del:
    """Say what differs from one set to another."""
    a, b = f.fra.rutinesett, f.til.rutinesett
    name_a, name_b = navn(a.hode.navn), navn(b.hode.navn)
    sections = [
        Seksjon(_("Lagt til"), tuple(_one_sided(r, b) for r in f.of_kind("ny")), _("Finnes bare i {sett}.").format(sett=name_b)),
        Seksjon(_("Tatt bort"), tuple(_one_sided(r, a) for r in f.of_kind("borte")), _("Finnes bare i {sett}.").format(sett=name_a)),
        Seksjon(
            _("Kan være samme rutine"),
            tuple(_maybe(k.endring, a, b) for k in f.kanskje),
            _("En som er tatt bort, og en som er lagt til, av samme slag og på samme nivå, med navn som ligner. Du avgjør."),
        ),
    ]  # fmt: skip
    changed = f.of_kind("endret")
    sections += [
        Seksjon(_(heading), tuple(_changed(r, a, b) for r in changed if r.hyppighet == code))
        for code, heading in _HYPPIGHET.items()
    ]
    phases = tuple(_phase(f, phase.id) for phase in f.faser)
    sections += [Seksjon(_("Faser"), phases), Seksjon(_("Roller"), tuple(_role(a, b, role.id) for role in f.roller))]
    same = [_label(r.for_[-1]) for r in f.of_kind("uendret")]
    if same:
        sections.append(Seksjon(_("Uendret"), (), ", ".join(same) + "."))
    return Del(
        _("Fra {fra} til {til}").format(fra=name_a, til=name_b),
        _("Hva som er lagt til, tatt bort, blitt hyppigere eller sjeldnere, og hva annet som er endret.")
        if f.faser or f.roller or len(same) < len(f.rutiner)
        else _("Ingen forskjell."),
        tuple(s for s in sections if s.poster or (s.tekst and not s.poster and s.tittel == _("Uendret"))),
        tuple(_notes(f)),
    )


def _label(line: Linje) -> str:
    return navn(line.versjon.rutine.navn)


def _about(line: Linje) -> str:
    r = line.versjon.rutine
    where = _("per deltaker") if r.niva == "deltaker" else _("for klassen")
    return f"{r.id} · {type_ord(r.type)}, {where}"


def _one_sided(r: Rutineendring, sett: Rutinesett) -> Post:
    lines = r.etter or r.for_
    v = lines[-1].versjon.rutine
    rows = [
        (_("hvor ofte"), "", "; ".join(regel_ord(line.versjon.rutine, sett) for line in lines)),
        *([(_("planlagt"), "", planned(lines))] if any(line.slag == "planlagt" for line in lines) else []),
        (field_label("ansvarlig"), "", roller_ord([v.ansvarlig], sett)),
        (field_label("deltar"), "", roller_ord(v.deltar, sett)),
        (field_label("grunnlag"), "", grunnlag_ord(v.grunnlag) + (", " + _("antatt tall") if v.antatt else "")),
        (field_label("kilde"), "", ", ".join(part for part in (", ".join(v.kilde_id), v.kilde) if part) or TOM),
    ]
    return Post(_label(lines[-1]), _about(lines[-1]), tuple(rows))


def _changed(r: Rutineendring, a: Rutinesett, b: Rutinesett) -> Post:
    old, new = r.for_[-1], r.etter[-1]
    rows = []
    before, after = planned(r.for_), planned(r.etter)
    if before != after:
        rows.append((_("planlagt"), before, after))
    rows += [
        (field_label(f.felt), field_words(f.felt, f.fra, old.versjon.rutine, a), field_words(f.felt, f.til, new.versjon.rutine, b))
        for f in r.felt if f.felt != "merknad"
    ]  # fmt: skip
    if any(f.felt == "merknad" for f in r.felt):  # a note may be a paragraph; whoever wants it has both files
        rows.append((field_label("merknad"), "", _("skrevet om")))
    return Post(_label(new), _about(new), tuple(rows))


def _maybe(r: Rutineendring, a: Rutinesett, b: Rutinesett) -> Post:
    post = _changed(r, a, b)
    return Post(
        f"{_label(r.for_[-1])} → {_label(r.etter[-1])}", f"{r.for_[-1].versjon.rutine.id} → {post.om}", post.linjer
    )


def planned(lines: Sequence[Linje]) -> str:
    """Write what lines plan: each school year, and in all; one number where every year is alike."""
    found = per_year(lines, len(lines[0].gjelder))
    years = [year_text(a) for a in found[:-1]]
    if len(set(years)) == 1:
        return _("{antall} hvert skoleår").format(antall=years[0])
    return _("{liste} (i alt {sum})").format(liste=" · ".join(years), sum=year_text(found[-1]))


def _phase(f: Forskjell, id_: str) -> Post:
    old, new = f.fra.rutinesett.fase(id_), f.til.rutinesett.fase(id_)
    shown = new or old
    before, after = (phase_when(fase) if fase else TOM for fase in (old, new))
    return Post(navn(shown.navn) if shown else id_, id_, ((_("når"), before, after),))


def _role(a: Rutinesett, b: Rutinesett, id_: str) -> Post:
    old, new = a.roller.get(id_), b.roller.get(id_)
    shown = new or old
    before, after = (_role_words(role) if role else TOM for role in (old, new))
    return Post(navn(shown.navn) if shown else id_, id_, ((_("rolle"), before, after),))


def _role_words(role: Rolle) -> str:
    parts = [navn(role.navn)]
    if role.portefolje:
        parts.append(_("følger opp {antall}").format(antall=role.portefolje))
    if role.avsatt:
        parts.append(_("avsatt {tid}").format(tid=role.avsatt))
    return ", ".join(parts)


def _notes(f: Forskjell) -> Iterable[str]:
    yield _("Planlagte kontakter er regnet for samme tenkte klasse i begge.") + " " + span(f.til.typisk)
    yield from dict.fromkeys([*assumptions(f.fra.typisk), *assumptions(f.til.typisk)])
