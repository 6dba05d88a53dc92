"""Sets side by side in words: the tables and sentences that the terminal, Markdown and the page all show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _, navn, ngettext
from oppfolgingscli.typisk import takes_effect
from oppfolgingscli.vis.html.side import Celle as Rute
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.rutiner import vilkar_ord
from oppfolgingscli.vis.typeord import grunnlag_ord, regel_ord, roller_ord, type_ord
from oppfolgingscli.vis.typiskord import assumptions, span

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutine
    from oppfolgingscli.sammenlign.dose import Ar, Linje, Spenn
    from oppfolgingscli.sammenlign.side import Blokk, Celle, Sammenligning, Sett

TOM: Final = "–"
ANTATT: Final = "*"
DELVIS: Final = "°"


@dataclass(frozen=True, slots=True)
class Rad:
    """One routine (one version of it) in one set, or the sum of several (``rutine`` empty)."""

    sett: str
    ar: tuple[Rute, ...]
    id: str = ""
    rutine: str = ""
    ofte: str = ""
    ansvarlig: str = ""
    deltar: str = ""
    grunnlag: str = ""
    kilde: str = ""


@dataclass(frozen=True, slots=True)
class Slag:
    """One kind of contact: its heading, the rows of the sets that have it, and the sets that have not."""

    tittel: str
    rader: tuple[Rad, ...]
    har_ikke: str
    id: str


@dataclass(frozen=True, slots=True)
class Oversikt:
    """The first table of a level: kinds of contact down, sets across, planned over the whole course."""

    tittel: str
    undertekst: str
    kolonner: tuple[str, ...]
    rader: tuple[tuple[str | Rute, ...], ...]


@dataclass(frozen=True, slots=True)
class Visning:
    """Everything a comparison says."""

    tittel: str
    ingress: tuple[str, ...]
    sett: tuple[tuple[str, str], ...]
    oversikter: tuple[Oversikt, ...]
    bare_en: tuple[tuple[str, str], ...]
    slag: tuple[Slag, ...]
    arstall: tuple[str, ...]
    tegn: tuple[tuple[str, str], ...]
    noter: tuple[str, ...] = field(default=())


def describe(s: Sammenligning) -> Visning:
    """Say everything a comparison holds, in the language in use."""
    return Visning(
        _("Rutinesettene side om side"),
        (
            _("Hva hvert sett planlegger, slag for slag, regnet ut fra reglene for en tenkt klasse som følger settet."),
            _("Rekkefølgen er ikke en rangering: flere kontakter er ikke i seg selv bedre oppfølging."),
        ),
        tuple((s_.nokkel, _about(s_)) for s_ in s.sett),
        tuple(_overview(s, total) for total in s.i_alt),
        tuple(_only_one(s)),
        (*(_sum(s, total) for total in s.i_alt), *(_kind(s, b) for b in s.blokker)),
        (*(_("År {nr}").format(nr=year + 1) for year in range(s.ar)), _("I alt")),
        _signs(),
        tuple(_notes(s)),
    )


def _about(s: Sett) -> str:
    hode = s.grunnlag.rutinesett.hode
    place = ", ".join(part for part in (hode.skole, hode.fylke) if part)
    return f"{navn(hode.navn)} ({place})" if place else navn(hode.navn)


def level_heading(niva: str) -> str:
    """Name a level: what happens for each participant, or for the class as a whole."""
    return _("Per deltaker") if niva == "deltaker" else _("Klassemøter og annet for klassen under ett")


def _overview(s: Sammenligning, total: Blokk) -> Oversikt:
    rows: list[tuple[str | Rute, ...]] = [
        (type_ord(b.type), *(_cell(s, b, i) for i in range(len(s.sett)))) for b in s.blokker if b.niva == total.niva
    ]
    rows.append((_("I alt"), *(_cell(s, total, i, bare_tall=True) for i in range(len(s.sett)))))
    years = ngettext("i løpet av {n} skoleår", "i løpet av {n} skoleår", s.ar).format(n=s.ar)
    return Oversikt(
        level_heading(total.niva),
        _("Planlagte kontakter {tid}. I parentes: ønsket i tillegg.").format(tid=years)
        if total.niva == "deltaker"
        else _("Planlagt for klassen {tid}. I parentes: ønsket i tillegg.").format(tid=years),
        (_("Slag"), *(x.nokkel for x in s.sett)),
        tuple(rows),
    )


def _cell(s: Sammenligning, b: Blokk, i: int, *, bare_tall: bool = False) -> Rute:
    cell = b.celler[i]
    where = f"{b.type or 'i_alt'}/{b.niva}/{s.sett[i].nokkel}"
    if cell is None:
        return Rute(_("har ikke"), "i_alt", where, "dempet")
    return Rute(year_text(cell.i_alt, bare_tall=bare_tall), "i_alt", where)


def year_text(a: Ar, *, bare_tall: bool = False) -> str:
    """Write one school year of a cell: «3 (+1)», «1–4*», «behov», «16 + behov», «–» when nothing holds then.

    ``bare_tall``: where there is a number, it alone (in a sum of all kinds the rest goes without saying).
    """
    marks = (ANTATT if a.antatt else "") + (DELVIS if a.delvis else "")
    parts = []
    if a.krav is not None:
        parts.append(_count(a.krav, a.onske or (0, 0)) + marks)
    if bare_tall and parts:
        return parts[0]
    if a.behov:
        parts.append(_("behov"))
    if a.hendelse:
        parts.append(_("hendelse"))
    return " + ".join(parts) or TOM


def _count(required: Spenn, wished: Spenn) -> str:
    text = _span(required)
    return text if wished == (0, 0) else f"{text} (+{_span(wished)})"


def _span(value: Spenn) -> str:
    return str(value[0]) if value[0] == value[1] else f"{value[0]}–{value[1]}"


def _kind(s: Sammenligning, b: Blokk) -> Slag:
    rows: list[Rad] = []
    for x, cell in zip(s.sett, b.celler, strict=True):
        if cell is not None:
            rows += _rows(x, cell, f"{b.type}/{b.niva}/{x.nokkel}", s.ar)
    lacking = [x.nokkel for x, cell in zip(s.sett, b.celler, strict=True) if cell is None]
    where = _("per deltaker") if b.niva == "deltaker" else _("for klassen")
    return Slag(f"{type_ord(b.type)} ({where})", tuple(rows), ", ".join(lacking), f"{b.niva}-{b.type}")


def _sum(s: Sammenligning, total: Blokk) -> Slag:
    """Return the sum of all kinds of a level, year by year, in the same form."""
    rows = tuple(
        Rad(
            x.nokkel,
            tuple(Rute(t, f, f"i_alt/{total.niva}/{x.nokkel}") for f, t in _year_cells(cell.ar, s.ar, bare_tall=True)),
        )
        for x, cell in zip(s.sett, total.celler, strict=True)
        if cell is not None
    )
    lacking = [x.nokkel for x, cell in zip(s.sett, total.celler, strict=True) if cell is None]
    title = _("Alt, per deltaker") if total.niva == "deltaker" else _("Alt, for klassen")
    return Slag(title, rows, ", ".join(lacking), f"{total.niva}-i_alt")


def _rows(x: Sett, cell: Celle, where: str, years: int) -> list[Rad]:
    rows = []
    if len(cell.linjer) > 1:
        rows.append(Rad(x.nokkel, tuple(Rute(t, f, where) for f, t in _year_cells(cell.ar, years))))
    alone = len(cell.linjer) == 1
    return [*rows, *(_row(x, line, where, years, alone=alone) for line in cell.linjer)]


def _year_cells(found: tuple[Ar, ...], years: int, *, bare_tall: bool = False) -> list[tuple[str, str]]:
    """Return (field, text) of each school year and of the whole course; years a set has not are empty."""
    by_number = {a.nr: a for a in found}
    out = [
        (f"ar_{nr}", year_text(by_number[nr], bare_tall=bare_tall) if nr in by_number else TOM)
        for nr in range(1, years + 1)
    ]
    return [*out, ("i_alt", year_text(by_number[0], bare_tall=bare_tall))]


def _row(x: Sett, line: Linje, where: str, years: int, *, alone: bool) -> Rad:
    from oppfolgingscli.sammenlign.dose import per_year

    r, sett = line.versjon.rutine, x.grunnlag.rutinesett
    place = where if alone else f"{where}/{r.id}.v{line.versjon.nr}"
    cells = _year_cells(per_year([line], x.grunnlag.ar), years)
    return Rad(
        x.nokkel,
        tuple(Rute(text, name, place) for name, text in cells),
        r.id,
        navn(r.navn),
        ", ".join([regel_ord(r, sett), *conditions(line, x)]),
        roller_ord([r.ansvarlig], sett),
        roller_ord(r.deltar, sett)
        + (_("; må være med: {roller}").format(roller=roller_ord(r.krever, sett)) if r.krever else ""),
        grunnlag_ord(r.grunnlag) + (", " + _("antatt tall") if r.antatt else ""),
        source(line),
    )


def conditions(line: Linje, x: Sett) -> list[str]:
    """Say on what the version depends: persons, phases, breaks, and the time it is in force when not all along."""
    v = line.versjon
    words = [text for text in vilkar_ord(_with_phase_names(v.rutine, x)) if text != _("for hele klassen")]
    if v.fra is not None and v.fra not in takes_effect(x.grunnlag.rutinesett):
        words.append(_("fra {dato}").format(dato=dag_ord(v.fra)))
    if v.til is not None:
        words.append(_("til {dato}").format(dato=dag_ord(v.til)))
    return words


def _with_phase_names(r: Rutine, x: Sett) -> Rutine:
    """Return the routine with phases named as people do, for words only."""
    phases = ((id_, x.grunnlag.rutinesett.fase(id_)) for id_ in r.gjelder.fase)
    names = tuple(f"«{navn(fase.navn)}»" if fase else id_ for id_, fase in phases)
    return r.model_copy(update={"gjelder": r.gjelder.model_copy(update={"fase": names})})


def source(line: Linje) -> str:
    """Cite what the line rests on: the ids of the source's statements, else where it is written."""
    r = line.versjon.rutine
    return ", ".join(r.kilde_id) or r.kilde or TOM


def _only_one(s: Sammenligning) -> list[tuple[str, str]]:
    """List, for each set, the kinds of contact that no other one has."""
    if len(s.sett) < 2:
        return []
    out = []
    for i, x in enumerate(s.sett):
        alone = [b for b in s.blokker if [n for n, cell in enumerate(b.celler) if cell is not None] == [i]]
        words = ", ".join(type_ord(b.type) for b in alone)
        out.append((x.nokkel, words or _("ingen")))
    return out


def _signs() -> tuple[tuple[str, str], ...]:
    return (
        (_("behov"), _("rutinen finnes, men uten tall: når det trengs. Det er ikke det samme som null.")),
        (_("hendelse"), _("utløses av noe som skjer (fravær, en rapport …), så antallet kan ikke planlegges.")),
        (_("har ikke"), _("settet har ingen rutine av dette slaget.")),
        (TOM, _("rutinen gjelder ikke, eller kommer ikke, dette året.")),
        ("1–4", _("fra den som skal ha færrest, til den som skal ha flest; gruppe eller ytelse avgjør.")),
        (ANTATT, _("tallet bygger på noe som er antatt og ikke står i kilden.")),
        (DELVIS, _("færre enn ellers, for rutinen gjelder bare en del av perioden.")),
    )


def _notes(s: Sammenligning) -> list[str]:
    """Say what every figure rests on: the class counted for, the school calendar, and what is assumed."""
    out = []
    by_sentence: dict[str, list[str]] = {}
    for x in s.sett:
        for text in (span(x.grunnlag.typisk), *assumptions(x.grunnlag.typisk)):
            by_sentence.setdefault(text, []).append(x.nokkel)
    for text, sets in by_sentence.items():
        out.append(f"{', '.join(sets)}: {text}" if len(sets) < len(s.sett) else text)
    out.append(_("Et punkt hører til skoleåret det bør planlegges i. Kilden står ved hver rutine."))
    return out
