"""Routine sets on the screen and as JSON: a list of them, and one with its roles, phases and routines."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.modell.rutinesett import FaseAnker, as_json
from oppfolgingscli.sprak import _, dato_kort, navn, ngettext
from oppfolgingscli.vis.regelord import frekvens_ord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.table import Table

    from oppfolgingscli.feil import Feil
    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.les.valider import Slag
    from oppfolgingscli.modell.rutinesett import Fase, Rutine, Rutinesett, Versjon

GRUNNLAG: Final = ("skriftlig", "praksis", "planlagt")


def counts(sett: Rutinesett) -> dict[str, int]:
    """Return how many routines a set has, and how many on each ground (the last version of each decides)."""
    last = {v.rutine.id: v.rutine for v in sorted(sett.versjoner, key=lambda v: v.nr)}
    by_ground = Counter(rutine.grunnlag for rutine in last.values())
    return {"rutiner": len(last), **{ground: by_ground[ground] for ground in GRUNNLAG}}


def list_json(sets: Sequence[tuple[str, Rutinesett]]) -> str:
    """Render the list as JSON."""
    rows = [
        {
            "id": name,
            "navn": as_json(sett.hode.navn),
            "fylke": sett.hode.fylke,
            "skole": sett.hode.skole,
            **counts(sett),
        }
        for name, sett in sets
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def valider_json(antall: Mapping[Slag, int], feil: Iterable[Feil], varsler: Iterable[Varsel]) -> str:
    """Render what a validation found: how many files of each kind, the faults in order of place, and the warnings."""
    from oppfolgingscli.vis.maskin import dump, dump_rows

    rows = (
        {
            "kode": fault.kode,
            "fil": fault.sted.fil if fault.sted else None,
            "linje": fault.sted.linje if fault.sted else None,
            "kolonne": fault.sted.kolonne if fault.sted else None,
            "melding": fault.melding,
            "rad": fault.rad,
        }
        for fault in feil
    )
    warnings = ({"kode": w.kode, "sted": w.sted, "melding": w.melding} for w in varsler)
    head = dump({"kontrollert": antall})
    return f'{head[:-1]},\n"feil":{dump_rows(rows)},\n"varsler":{dump_rows(warnings)}}}\n'


def _table(*header: tuple[str, str], leading: int = 0) -> Table:
    """Make a table; each column is (heading, "left", "right" or "id"). ``leading``: blank lines between rows."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, leading=leading)
    for heading, justify in header:
        table.add_column(
            heading, justify="right" if justify == "right" else "left", no_wrap=justify == "id", overflow="fold"
        )
    return table


def list_table(sets: Sequence[tuple[str, Rutinesett]]) -> Table:
    """Render the list as a table."""
    table = _table(
        (_("Id"), "id"), (_("Navn"), "left"), (_("Fylke"), "left"), (_("Rutiner"), "right"),
        (_("Skriftlig"), "right"), (_("Praksis"), "right"), (_("Planlagt"), "right"),
    )  # fmt: skip
    for name, sett in sets:
        n = counts(sett)
        table.add_row(name, navn(sett.hode.navn), sett.hode.fylke or "–", *(str(n[k]) for k in ("rutiner", *GRUNNLAG)))
    return table


def head_lines(sett: Rutinesett) -> list[str]:
    """Return what a set is, one line for each thing."""
    hode = sett.hode
    lines = [navn(hode.navn)]
    lines += [" · ".join(part for part in (hode.id, hode.fylke, hode.skole) if part)]
    lines += [_("Kilde: {kilde}").format(kilde=hode.kilde)]
    if hode.bygger_pa:
        lines += [_("Bygger på: {sett}").format(sett=hode.bygger_pa)]
    if hode.gjelder_fra:
        lines += [_("Gjelder fra: {dato}").format(dato=dato_kort(hode.gjelder_fra))]
    return lines


def roles_table(sett: Rutinesett) -> Table:
    """Render the roles."""
    table = _table(
        (_("Rolle"), "id"), (_("Navn"), "left"), (_("Etat"), "left"), (_("Følger opp"), "right"), (_("Avsatt"), "left")
    )
    for name, role in sett.roller.items():
        table.add_row(name, navn(role.navn), role.etat, str(role.portefolje or "–"), role.avsatt or "–")
    return table


def phases_table(sett: Rutinesett) -> Table:
    """Render the phases."""
    table = _table((_("Fase"), "id"), (_("Navn"), "left"), (_("Når"), "left"), (_("Skolerute"), "left"))
    for fase in sett.faser:
        table.add_row(fase.id, navn(fase.navn), phase_when(fase), _("ja") if fase.skolerute else _("nei"))
    return table


def phase_when(fase: Fase) -> str:
    """Write when a phase is: its school years, or its first and last day."""
    if fase.skolear:
        years = ", ".join(map(str, fase.skolear))
        return ngettext("skoleår {ar}", "skoleår {ar}", len(fase.skolear)).format(ar=years)
    edges = []
    for edge in (fase.fra, fase.til):
        if isinstance(edge, FaseAnker):
            edges.append(f"{edge.milepael}" + (f" + {edge.fra}" if edge.fra.antall else ""))
        else:
            edges.append(dato_kort(edge) if edge else "…")
    return " – ".join(edges) if edges != ["…", "…"] else _("klassens egne datoer")


def routines_table(sett: Rutinesett) -> Table:
    """Render the routines, one version a row."""
    from rich.text import Text

    table = _table(
        (_("Rutine"), "left"), (_("Hvor ofte"), "left"), (_("Ansvarlig"), "left"), (_("Grunnlag"), "left"), leading=1
    )
    many = Counter(v.rutine.id for v in sett.versjoner)
    for version in sett.versjoner:
        rutine = version.rutine
        role = sett.roller.get(rutine.ansvarlig)
        name = Text(f"{navn(rutine.navn)}\n").append(rutine.id, style="dim")
        if many[rutine.id] > 1:
            name.append(f"\n{_span(version)}")
        often = "\n".join([frekvens_ord(rutine.frekvens, sett), *vilkar_ord(rutine)])
        ground = rutine.grunnlag + ("\n" + _("antatt tall") if rutine.antatt else "")
        table.add_row(name, often, navn(role.navn) if role else rutine.ansvarlig, ground)
    return table


def _span(version: Versjon) -> str:
    first = dato_kort(version.fra) if version.fra else "…"
    last = dato_kort(version.til) if version.til else "…"
    return f"{version.nr}: {first} – {last}"


def vilkar_ord(rutine: Rutine) -> list[str]:
    """Return the conditions of a routine, one a line."""
    g = rutine.gjelder
    out = []
    if rutine.niva == "klasse":
        out.append(_("for hele klassen"))
    if g.skolear:
        out.append(_("skoleår: {verdi}").format(verdi=", ".join(map(str, g.skolear))))
    for label, values in ((_("fase"), g.fase), (_("gruppe"), g.gruppe), (_("ytelse"), g.ytelse)):
        if values:
            out.append(f"{label}: {', '.join(values)}")
    if g.i_praksis:
        out.append(_("i praksis"))
    if g.ferie == "ogsa":
        out.append(_("også i ferier"))
    elif g.ferie == "bare":
        out.append(_("bare i ferier"))
    elif g.ferie != "aldri":
        out.append(_("bare i {ferier}").format(ferier=", ".join(g.ferie)))
    return out


def set_json(sett: Rutinesett) -> str:
    """Render a set as loaded, versions resolved."""
    rutiner: list[dict[str, Any]] = []
    for version in sett.versjoner:
        rutine = as_json(version.rutine)
        rutine["frekvens"] = {"slag": version.rutine.frekvens.slag, **rutine["frekvens"]}
        rutiner.append({
            **rutine,
            "versjon": version.nr,
            "fra": as_json(version.fra),
            "til": as_json(version.til),
            "fil": Path(version.fil).name,
        })  # fmt: skip
    data = {
        "rutinesett": as_json(sett.hode),
        "roller": as_json(sett.roller),
        "faser": as_json(sett.faser),
        "rutiner": rutiner,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
