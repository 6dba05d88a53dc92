"""A requirement file as written: how much of what must be done, at the least, for ``revisjon --krav``."""

from collections.abc import Collection
from typing import Annotated, Literal

from oppfolgingscli.modell import skjema as js
from oppfolgingscli.modell.felt import Etikett, Format, Kontakttype, Linje, Ref
from oppfolgingscli.modell.tabell import Felt, Tabell, felt
from oppfolgingscli.modell.verdier import Feltfeil, feil_type, parse_ord
from oppfolgingscli.sprak import N_, _

Mal = Literal["i_tide_andel", "gjort_andel", "dekning", "dager_dekket", "dose"]
MAL = ("i_tide_andel", "gjort_andel", "dekning", "dager_dekket", "dose")
GRUNNLAG = ("skriftlig", "praksis", "planlagt")
#: What a requirement may be narrowed to; the combinations that are tables of the audit.
DELER = ("type", "grunnlag", "semester", "gruppe", "fylke", "skole", "rutinesett", "rutine")


def parse_andel(value: object) -> float:
    """Read a share, 0–1."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise feil_type(_("et tall fra 0 til 1"), value, _("Skriv for eksempel 0.8 for 80 prosent."))
    if not 0 <= value <= 1:
        raise Feltfeil(
            "utenfor", _("{tall} er ikke fra 0 til 1.").format(tall=value), _("Skriv for eksempel 0.8 for 80 prosent.")
        )
    return float(value)


def _parse_mal(value: object) -> str:
    return parse_ord(value, MAL, N_("et kjent måltall"))


def _parse_grunnlag(value: object) -> str:
    return parse_ord(value, GRUNNLAG, N_("et kjent grunnlag"))


class Krav(Tabell):
    """[[krav]]: one figure of one row, and the least it may be. Without any part: everything together."""

    mal: Annotated[Mal, Felt(_parse_mal, lambda: js.ord_fra(MAL))] = felt(hjelp="Måltallet kravet gjelder.")
    minst: Annotated[float, Felt(parse_andel, lambda: {"type": "number", "minimum": 0, "maximum": 1})] = felt(
        hjelp="Det minste det kan være: 0.8 er 80 prosent."
    )
    navn: Linje | None = felt(default=None, hjelp="Hva kravet heter i svaret.")
    type: Kontakttype | None = felt(default=None, hjelp="Bare dette slaget kontakt.")
    grunnlag: Annotated[str, Felt(_parse_grunnlag, lambda: js.ord_fra(GRUNNLAG))] | None = felt(
        default=None, hjelp="Bare rutiner med dette grunnlaget."
    )
    semester: Linje | None = felt(default=None, hjelp="Bare dette semesteret, for eksempel 2024-host.")
    gruppe: Etikett | None = felt(default=None, hjelp="Bare deltakere i denne gruppen.")
    fylke: Linje | None = felt(default=None, hjelp="Bare dette fylket.")
    skole: Linje | None = felt(default=None, hjelp="Bare denne skolen; skriv fylket også.")
    rutinesett: Ref | None = felt(default=None, hjelp="Bare dette rutinesettet; skriv rutinen også.")
    rutine: Ref | None = felt(default=None, hjelp="Bare denne rutinen; skriv rutinesettet også.")

    def _sjekk(self, skrevet: Collection[str]) -> None:
        parts = frozenset(name for name in DELER if getattr(self, name) is not None)
        if parts not in TABELLER:
            known = "; ".join(", ".join(sorted(t)) for t in sorted(TABELLER, key=sorted) if t)
            raise Feltfeil(
                "ukjent_tabell", _("revisjonen har ingen tabell etter {deler}.").format(deler=", ".join(sorted(parts))),
                _("Bruk en av disse: {kjente}.").format(kjente=known), (min(parts),),
            )  # fmt: skip


class Kravfil(Tabell):
    """A file of requirements."""

    format: Format = felt(hjelp="Filformatet: alltid 1.")
    krav: tuple[Krav, ...] = felt(hjelp="Kravene; hvert av dem må være oppfylt.")


#: The combinations of parts that are a table of the audit (revisjon.relasjoner.UTGITT).
TABELLER = frozenset(
    frozenset(t)
    for t in (
        (), ("type",), ("semester",), ("type", "semester"), ("grunnlag",), ("grunnlag", "type"), ("gruppe",),
        ("gruppe", "type"), ("fylke",), ("fylke", "type"), ("fylke", "skole"), ("fylke", "skole", "type"),
        ("rutinesett", "rutine"),
    )
)  # fmt: skip
