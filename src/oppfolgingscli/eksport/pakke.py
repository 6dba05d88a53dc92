"""The data package (Frictionless Data, «Data Package» version 1) and the codebook as a table: what each variable is.

Source of the form: https://specs.frictionlessdata.io/data-package/ and tabular-data-resource, table-schema.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli import __version__
from oppfolgingscli.eksport.bunke import SKILLE
from oppfolgingscli.eksport.former import ENDELSER, numbers
from oppfolgingscli.eksport.tabeller_logg import TABELLER
from oppfolgingscli.les.logg_kolonner import defuse
from oppfolgingscli.sprak import _, sprak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from oppfolgingscli.eksport.bunke import Fil
    from oppfolgingscli.eksport.variabel import Tabell, Variabel

_TYPER: Final = {"heltall": "integer", "dato": "date", "sann": "boolean"}
_MEDIETYPER: Final = {
    "parquet": "application/vnd.apache.parquet",
    "dta": "application/x-stata-dta",
    "sav": "application/x-spss-sav",
}
KODEBOK: Final = ("tabell", "variabel", "type", "etikett", "forklaring", "enhet", "verdier", "kan_mangle", "kilde")


@dataclass(frozen=True, slots=True)
class Eksport:
    """What an export was made with, and what came of it.

    ``uker``: the most weeks dates are moved, 0 for not at all. ``med_nokkel``: whether a key is kept. ``filer``: by
    (table, form). ``utelatt``: rows of the log that count for nothing. ``uleste``: sources that could not be read.
    """

    per: date
    kjent: date | None
    lag: int
    terskel: int
    former: tuple[str, ...]
    uker: int
    med_nokkel: bool
    filer: Mapping[tuple[str, str], Fil]
    utelatt: int = 0
    uleste: int = 0

    def rader(self, tabell: Tabell) -> int:
        """Return how many rows a table has."""
        return next(f.rader for (name, _form), f in self.filer.items() if name == tabell.navn and f.rader is not None)


def used(tabell: Tabell, e: Eksport) -> tuple[Variabel, ...]:
    """Return the variables that may have a value in this export: with dates moved, some never have."""
    return tuple(v for v in tabell.variabler if not (e.uker and v.flytting == "tom"))


def datapackage(e: Eksport) -> dict[str, Any]:
    """Return the package's description; its texts in the language in use."""
    resources: list[dict[str, Any]] = []
    for tabell in TABELLER:
        for form in e.former:
            fil = e.filer[tabell.navn, form]
            resources.append(_resource(tabell, form, fil))
    return {
        "profile": "data-package",
        "name": "oppfolging-eksport",
        "title": _("Oppfølging av deltakere: pseudonymisert eksport"),
        "description": _(
            "Personopplysninger: pseudonymisert er ikke anonymt (personvernforordningen artikkel 4 nr. 5). Les {fil}."
        ).format(fil="LESMEG.md"),
        "version": e.per.isoformat(),
        "languages": [sprak()],
        "oppfolgingscli": {
            "versjon": __version__, "per": e.per.isoformat(), "kjent": e.kjent.isoformat() if e.kjent else None,
            "lag": e.lag, "terskel": e.terskel, "datoer_flyttet": bool(e.uker), "flyttet_hoyst_uker": e.uker or None,
            "nokkel_finnes": e.med_nokkel, "rader_utelatt": e.utelatt, "kilder_ikke_lest": e.uleste,
        },
        "resources": resources,
    }  # fmt: skip


def to_json(e: Eksport) -> str:
    """Write the package's description."""
    return json.dumps(datapackage(e), ensure_ascii=False, indent=2) + "\n"


def _resource(tabell: Tabell, form: str, fil: Fil) -> dict[str, Any]:
    suffix = ENDELSER[form]
    if form != "csv":
        return {
            "name": f"{tabell.navn}-{suffix}", "type": "file", "path": fil.navn, "title": _(tabell.tittel), "format": suffix,
            "mediatype": _MEDIETYPER[suffix], "bytes": fil.bytes, "hash": f"sha256:{fil.sha256}",
        }  # fmt: skip
    schema: dict[str, Any] = {"fields": [_field(v) for v in tabell.variabler], "missingValues": [""]}
    if tabell.nokkel:
        schema["primaryKey"] = list(tabell.nokkel)
    references = [
        {"fields": list(f.felt), "reference": {"resource": f.tabell, "fields": list(f.dens)}} for f in tabell.fremmed
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        "name": tabell.navn, "path": fil.navn, "profile": "tabular-data-resource", "title": _(tabell.tittel),
        "description": _(tabell.forklaring), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": fil.bytes, "hash": f"sha256:{fil.sha256}",
        "dialect": {"delimiter": SKILLE, "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }  # fmt: skip


def _field(v: Variabel) -> dict[str, Any]:
    out: dict[str, Any] = {"name": v.navn, "type": _TYPER.get(v.slag, "string"), "title": _(v.etikett)}
    if v.forklaring:
        out["description"] = _(v.forklaring)
    if v.slag == "dato":
        out["format"] = "%Y-%m-%d"
    if v.slag == "sann":
        out |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {"required": True} if v.krevd else {}
    if v.verdier:
        constraints["enum"] = [code for code, _what in v.verdier]
    if v.slag == "heltall" and v.krevd:
        constraints["minimum"] = 0
    if constraints:
        out["constraints"] = constraints
    return out


def values_text(v: Variabel) -> str:
    """Return the codes of a variable with their numbers in Stata and SPSS and what they mean: ``i_tide = 1 = i tide``."""
    if v.slag == "sann":
        return "; ".join(f"{code} = {n} = {word}" for code, (n, word) in zip(("false", "true"), numbers(v).items(), strict=True))  # fmt: skip
    return "; ".join(" = ".join((code, str(n), _(word))) for n, (code, word) in enumerate(v.verdier, 1))


def codebook_rows(e: Eksport) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the codebook, as ``KODEBOK``."""
    for tabell in TABELLER:
        for v in tabell.variabler:
            yield (
                tabell.navn, v.navn, v.slag, _(v.etikett), explained(v, e), _(v.enhet), values_text(v),
                "false" if v.krevd else "true", _(v.kilde),
            )  # fmt: skip


def explained(v: Variabel, e: Eksport) -> str:
    """Return what there is to say of a variable in this export."""
    parts = [_(v.forklaring)]
    if e.uker and v.flytting == "tom":
        parts.append(_("Tom i denne eksporten, for datoene er flyttet."))
    if e.uker and v.flytting == "flyttes":
        parts.append(_("Flyttet et helt antall uker, ulikt for hver deltaker."))
    if v.skjermes:
        parts.append(_("Tom for skjermede rutiner."))
    return " ".join(part for part in parts if part)


def codebook_csv(e: Eksport) -> str:
    """Write the codebook as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SKILLE, lineterminator="\n")
    writer.writerow(KODEBOK)
    for row in codebook_rows(e):
        writer.writerow([defuse(text) for text in row])
    return out.getvalue()
