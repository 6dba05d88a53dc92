"""The files of a new workspace: a commented oppfolging.toml and empty tables, ready to fill in.

Valid as it stands. What must be decided has a value that can be changed; what may be added stands as
a comment that works when the `#` is taken away.
"""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Milepael
from oppfolgingscli.modell.ord import fold
from oppfolgingscli.sprak import _, navn, sprak

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from oppfolgingscli.modell.rutinesett import Rutinesett

DELTAKERE: Final = "id;start;slutt;sluttarsak;gruppe;ytelse\n"
PERIODER: Final = "deltaker;slag;fra;til;verdi;sted;grunn;registrert\n"
_BREDDE: Final = 96


@dataclass(frozen=True, slots=True)
class NyKlasse:
    """What `ny` has decided. `skjema`: the schema's path from the file, None = not named."""

    id: str
    rutinesett: Rutinesett
    skolerute: str
    start: date
    slutt: date
    skjema: str | None = None


def render_oppsett(ny: NyKlasse) -> str:
    """Return oppfolging.toml with its comments in the language in use."""
    parts = [_head(ny), _class(ny), _calendar(), _people(ny.rutinesett)]
    return "\n".join(parts)


def groups(rutinesett: Rutinesett) -> tuple[list[str], list[str]]:
    """Return the groups and the benefits that the routines ask for, sorted."""
    conditions = [version.rutine.gjelder for version in rutinesett.versjoner]
    return (
        sorted({word for condition in conditions for word in condition.gruppe}),
        sorted({word for condition in conditions for word in condition.ytelse}),
    )


def exams(rutinesett: Rutinesett) -> list[str]:
    """Return the exams that routines are anchored to, sorted."""
    return sorted(
        {
            version.rutine.frekvens.milepael.navn or ""
            for version in rutinesett.versjoner
            if isinstance(version.rutine.frekvens, Milepael) and version.rutine.frekvens.milepael.slag == "eksamen"
        }
    )


def _comment(*paragraphs: str) -> str:
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += textwrap.wrap(paragraph, _BREDDE, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _table(rows: Iterable[tuple[str, str]], prefix: str = "") -> str:
    """Lay out `key = value` lines with their comments in one column."""
    listed = list(rows)
    width = max(len(row[0]) for row in listed) + 2
    return "".join(
        f"{prefix}{code.ljust(width)}# {remark}".rstrip() + "\n" if remark else f"{prefix}{code}\n"
        for code, remark in listed
    )


def _head(ny: NyKlasse) -> str:
    schema = f"#:schema {ny.skjema}\n" if ny.skjema else ""
    comment = _comment(
        _("Arbeidsmappe for en klasse: hvem som er med, og hvilke rutiner som gjelder. Alt etter # er forklaring."),
        _(
            "Skriv aldri fødselsnummer, helseopplysninger eller deltakernes navn her: bruk en id som D01, og ha "
            "nøkkelen et annet sted.",
        ),
        _("Kontroller filen med «oppfolging rutiner valider», og se resultatet med «oppfolging utvid»."),
    )
    rows = [
        ("format = 1", ""),
        (f"sprak = {_text(sprak())}", _("språket i kalenderne: nb, nn eller en")),
        ('deltakere = "deltakere.csv"', _("åpnes i Excel; perioder.csv ved siden av har praksis og pauser")),
    ]
    return f"{schema}{comment}{_table(rows)}{_participants(ny.rutinesett)}"


def _participants(rutinesett: Rutinesett) -> str:
    group_words, benefit_words = groups(rutinesett)
    paragraphs = []
    if group_words:
        paragraphs.append(
            _("Rutinesettet skiller mellom grupper. Kolonnen gruppe: {ord}.").format(ord=", ".join(group_words))
        )
    if benefit_words:
        paragraphs.append(
            _("Rutinesettet skiller mellom ytelser. Kolonnen ytelse: {ord}.").format(ord=", ".join(benefit_words))
        )
    return _comment(*paragraphs)


def _class(ny: NyKlasse) -> str:
    rows = [
        (f"id = {_text(ny.id)}", _("kort og fast: den er med i alle punkters id")),
        (f"navn = {_text(ny.id)}", _("det folk kaller klassen")),
        (f"rutinesett = {_text(ny.rutinesett.hode.id)}", navn(ny.rutinesett.hode.navn)),
        (f"skolerute = {_text(ny.skolerute)}", _('ferier og skoledager; "ingen" = ingen ferier')),
        (f"start = {ny.start}", _("første dag; endre den til klassens egen")),
        (f"slutt = {ny.slutt}", _("siste planlagte dag")),
    ]
    optional = [
        (
            f"faser.{phase.id} = {{ fra = {ny.start}, til = {ny.slutt} }}",
            _("{fase}: når datoene er andre enn i rutinesettet").format(fase=navn(phase.navn)),
        )
        for phase in ny.rutinesett.faser
    ]
    optional += [
        (f"eksamen.{exam} = {ny.slutt}", _("dagen for eksamen, når den er kjent")) for exam in exams(ny.rutinesett)
    ]
    commented = _table(optional, "# ") if optional else ""
    return f"[klasse]\n{_table(rows)}{commented}"


def _calendar() -> str:
    days = '["mandag", "tirsdag", "onsdag", "torsdag", "fredag"]'
    rows = [
        ('tidsrom = "08:30-15:00"', _("møter legges innenfor dette")),
        (f"dager = {days}", ""),
        ("maks_per_dag = 4", _("så mange møter på én dag, høyst, for hver person")),
        ('reisetid = "30 minutter"', _("hver vei til en praksisplass")),
        ('deltakernavn = "id"', _('hva kalenderne viser: "id" eller "ingen"')),
    ]
    return f"[kalender]\n{_table(rows)}"


def _people(rutinesett: Rutinesett) -> str:
    comment = _comment(
        _(
            "Personene bak rollene. Uten dem blir kalenderne per rolle. Ta bort # og fyll ut; flere kan ha samme "
            "rolle og deler da deltakerne mellom seg."
        ),
    )
    blocks = []
    for role_id, role in rutinesett.roller.items():
        if role.etat == "deltaker":
            continue
        rows = [
            ("navn = " + _text(_("Navn Navnesen")), navn(role.navn)),
            ('epost = "navn@skole.example"', ""),
            (f"rolle = {_text(role_id)}", ""),
            ('dager = ["tirsdag", "torsdag"]', _("dagene personen kan ha møter")),
        ]
        blocks.append(f"# [personer.{_person_id(role_id)}]\n{_table(rows, '# ')}")
    return comment + "\n".join(blocks)


def _person_id(role_id: str) -> str:
    """Make a short id for a role's person that is a bare TOML key: kontaktlaerer -> kontaktlaerer-1."""
    return f"{fold(role_id).replace('.', '-')}-1"
