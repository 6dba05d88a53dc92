"""The tables of the audit: which there are, what each is about, and in which order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import Celle, Tabell
from oppfolgingscli.vis.ord import periode_ord
from oppfolgingscli.vis.rapportkolonner import percent, points, share_of
from oppfolgingscli.vis.revisjon.kolonner import SKJULT, used
from oppfolgingscli.vis.revisjon.navn import headings

if TYPE_CHECKING:
    from oppfolgingscli.revisjon.endring import Endring
    from oppfolgingscli.revisjon.utgave import Linje
    from oppfolgingscli.vis.revisjon import Revisjonsvisning


class Visning(NamedTuple):
    """One table: its id, parts (as in ``Nokkel.visning``), title, and the rows it has."""

    id: str
    deler: tuple[str, ...]
    tittel: str
    linjer: list[Linje]


def tables(v: Revisjonsvisning) -> list[Visning]:
    """Return the tables that have two rows or more, or tell more than the whole does; the whole itself first."""
    titles = (
        ("totalt", (), _("I alt")),
        ("type", ("type",), _("Etter type")),
        ("semester", ("semester",), _("Etter semester")),
        ("type-semester", ("type", "semester"), _("Etter type og semester")),
        ("grunnlag", ("grunnlag",), _("Skriftlig eller praksis")),
        ("grunnlag-type", ("grunnlag", "type"), _("Skriftlig eller praksis, etter type")),
        ("gruppe", ("gruppe",), _("Etter gruppe")),
        ("gruppe-type", ("gruppe", "type"), _("Etter gruppe og type")),
        ("fylke", ("fylke",), _("Etter fylke")),
        ("fylke-type", ("fylke", "type"), _("Etter fylke og type")),
        ("skole", ("fylke", "skole"), _("Etter skole")),
        ("skole-type", ("fylke", "skole", "type"), _("Etter skole og type")),
        ("rutine", ("rutinesett", "rutine"), _("Rutine for rutine")),
        ("versjon", ("rutinesett", "rutine", "versjon"), _("Versjon for versjon")),
    )
    out = []
    for id_, parts, title in titles:
        rows = sorted(v.utgave.visning(*parts), key=partial(_order, v))
        values = {
            linje.nokkel.verdier[:1] if parts[-1:] == ("type",) and len(parts) > 1 else linje.nokkel.verdier
            for linje in rows
        }
        if rows and (len(values) > 1 or not parts or parts[0] in ("type", "rutinesett")):
            out.append(Visning(id_, parts, title, rows))
    return out


def _order(v: Revisjonsvisning, linje: Linje) -> tuple[list[str], tuple[str, bool]]:
    """Sort by the words, and semesters by time: spring before autumn."""
    words = v.navn.rad(linje.nokkel)
    if "semester" not in linje.nokkel.visning:
        return words, ("", False)
    year, half = linje.nokkel.verdier[-1].split("-")
    return words[:-1], (year, half == "host")


def table(v: Revisjonsvisning, t: Visning, felt: tuple[str, ...] | None = None) -> Tabell:
    """Make a table for a page. ``felt``: these columns only."""
    cols = used(t.linjer, felt)
    lead = len(headings(t.deler))
    rows: list[list[str | Celle]] = []
    for linje in t.linjer:
        key = "/".join(linje.nokkel.verdier) or "totalt"
        rows.append([*v.navn.rad(linje.nokkel), *(Celle(c.tekst(linje), c.felt, f"{t.id}/{key}") for c in cols)])
    hidden = sum(linje.tall is None for linje in t.linjer)
    under = (
        _("{n} av {alle} rader er skjult ({tegn}).").format(n=hidden, alle=len(t.linjer), tegn=SKJULT) if hidden else ""
    )
    heads = (*headings(t.deler), *(c.navn for c in cols))
    return Tabell(t.tittel, heads, rows, tall=range(lead, len(heads)), undertekst=under)


def change_table(v: Revisjonsvisning, tittel: str, endringer: tuple[Endring, ...], hva: str) -> Tabell:
    """Make the table of some changes. ``hva``: what the two ends are: semester, versjon or gruppe."""
    rows: list[list[str | Celle]] = []
    for i, e in enumerate(endringer):
        where = f"{hva}/{i}"
        row: list[str | Celle] = [_about(v, e, hva)]
        for key, of, share in ((e.fra, e.av_fra, e.andel_fra), (e.til, e.av_til, e.andel_til)):
            row += [_end(key.visning, key.verdier, hva), Celle(f"{percent(share)} ({share_of(*of)})", "andel", where)]
        row.append(Celle(points(e.endring), "endring", where))
        row.append(Celle(f"{points(e.kl[0])} – {points(e.kl[1])}" if e.kl else "–", "kl", where))
        rows.append(row)
    heads = (
        "" if hva != "versjon" else _("Rutine"),
        _("Fra"),
        _("Andel i tide"),
        _("Til"),
        _("Andel i tide"),
        _("Prosentpoeng"),
        _("Usikkerhet"),
    )
    return Tabell(tittel, (heads[0] or _("Type"), *heads[1:]), rows, tall=(2, 4, 5, 6))


def _about(v: Revisjonsvisning, e: Endring, hva: str) -> str:
    values = dict(zip(e.fra.visning, e.fra.verdier, strict=True))
    return v.navn.rutine(values["rutinesett"], values["rutine"]) if hva == "versjon" else v.navn.type(values["type"])


def _end(visning: tuple[str, ...], verdier: tuple[str, ...], hva: str) -> str:
    value = dict(zip(visning, verdier, strict=True))[hva]
    if hva == "semester":
        return periode_ord(value)
    return _("versjon {nr}").format(nr=value) if hva == "versjon" else value or _("uten gruppe")
