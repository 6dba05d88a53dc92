"""The form that puts a row of the log right: the old row stays in the file, and the new one holds instead of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.loggord import ALLE, write_varighet
from oppfolgingscli.hendelse import KONTAKTSTATUS
from oppfolgingscli.les.logg_kolonner import DATOER, KOLONNER, Slag
from oppfolgingscli.les.logg_ord import parts
from oppfolgingscli.logg import find_rad
from oppfolgingscli.logg import rett as correct
from oppfolgingscli.sprak import N_, _
from oppfolgingscli.vis.ord import status_ord
from oppfolgingscli.vis.typeord import hendelse_ord, type_ord
from oppfolgingscli.web.kvittering import write_and_tell
from oppfolgingscli.web.ordvalg import FORMER, Ordvalg
from oppfolgingscli.web.skjema import Felt, Leser, Skjema, Valg, already, read_dato, send, show
from oppfolgingscli.web.svar import Ikke

if TYPE_CHECKING:
    from oppfolgingscli.logg.rett import Funnet
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.svar import Svar

STRYK: Final = "stryk"
_UTENFOR: Final = ("id", "registrert")
_ETIKETTER: Final = {
    "dato": N_("Når"),
    "type": N_("Slag"),
    "rutine": N_("Rutine"),
    "deltaker": N_("Hvem"),
    "utfort_av": N_("Hvem sto for den"),
    "deltok": N_("Hvem var med"),
    "form": N_("Hvordan"),
    "varighet": N_("Hvor lenge"),
    "status": N_("Hvordan gikk det"),
    "notat": N_("Notat"),
    "oppdaget": N_("Når ble det oppdaget"),
    "tiltak": N_("Hva er avtalt"),
    "ansvarlig": N_("Hvem skal gjøre det"),
    "frist": N_("Frist"),
    "utfort": N_("Når ble den gjort"),
    "grunnlag": N_("Hva bygger den på"),
}
_KREVES: Final = {"dato", "type", "tiltak"}


def rett(k: Kontekst) -> Svar:
    """Show a row as it stands now, or write its correction."""
    slag = next((name for name in KOLONNER if name == k.sti["logg"]), None)
    if slag is None:
        raise Ikke(404, _("Det er ingen logg som heter det."))
    if k.skjema is not None and (done := already(k)):
        return done
    found = find_rad(k.mappe, k.sti["id"], slag)
    ord_ = Ordvalg(k.grunnlag)
    skjema = _form(k, found, ord_)
    if k.skjema is None:
        return show(skjema, k)
    if STRYK in k.skjema:
        return send(k, skjema, Leser(k.skjema), lambda: write_and_tell(k, slag, lambda: _write(k, found, None)))
    leser = Leser(k.skjema)
    changes = _changes(leser, found, ord_)
    return send(k, skjema, leser, lambda: write_and_tell(k, slag, lambda: _write(k, found, changes)))


def _write(k: Kontekst, found: Funnet, changes: Mapping[str, str] | None) -> dict[str, str]:
    make = None if changes is None else (lambda _old: changes)
    return correct(k.mappe, found, make, felles.i_dag().isoformat())


def _form(k: Kontekst, found: Funnet, ord_: Ordvalg) -> Skjema:
    felt = [_field(k, found, ord_, name) for name in KOLONNER[found.slag] if name not in _UTENFOR]
    f = k.skjema if k.skjema is not None else k.sporring
    return Skjema(
        _("Rett rad {id}").format(id=found.id),
        _("Skriv rettelsen"),
        felt,
        f.en("tilbake"),
        ingress=[_("Den gamle raden blir stående i filen. Den nye gjelder i stedet.")],
        farlig=(_("Ta raden ut"), _("Den skulle ikke vært ført. Raden blir stående i filen, og teller ikke mer.")),
    )


def _field(k: Kontekst, found: Funnet, ord_: Ordvalg, name: str) -> Felt:
    f, label = k.skjema, _(_ETIKETTER[name])
    text = f.en(name) if f is not None else found.rad[name]
    optional = name not in _KREVES
    if name == "notat":  # notes are never shown: what is written here takes the old one's place
        help_ = _("Det som står i notatet, vises aldri. Tomt her: det blir som det er.")
        return Felt(name, label, "avsnitt", (f.en(name) if f else "",), hjelp=help_, valgfri=True)
    if name in DATOER:
        return Felt(name, label, "dato", (text,), valgfri=optional)
    if name == "deltok":
        chosen = f.alle(name) if f is not None else parts(text)
        people = ord_.personer(None, None)
        extra = [Valg(id_, id_) for id_ in chosen if id_ not in {p.verdi for p in people}]
        return Felt(name, label, "kryss", chosen, valg=[*people, *extra], valgfri=True)
    choices = _choices(found.slag, name, ord_)
    if choices is not None:
        if name == "status":
            return Felt(name, label, "radio", (text or KONTAKTSTATUS[0],), valg=choices)
        known = {c.verdi for c in choices}
        return Felt(
            name,
            label,
            "velg",
            (text,),
            valg=[*choices, *([] if text in known else [Valg(text, text)])],
            valgfri=optional,
        )
    suggestions = [*ord_.ord.deltakere, ALLE] if name == "deltaker" else ()
    return Felt(name, label, verdi=(text,), forslag=suggestions, valgfri=optional)


def _choices(slag: Slag, name: str, ord_: Ordvalg) -> list[Valg] | None:
    """Return what a cell may hold, None for free text."""
    if name in ("utfort_av", "ansvarlig"):
        return [Valg("", _("Ingen")), *ord_.personer(None, None)]
    contact = slag == "kontakter"
    listed = {
        "type": {t: type_ord(t) for t in ord_.ord.typer}
        if contact
        else {t: hendelse_ord(t) for t in ord_.ord.hendelser},
        "rutine": {"": _("Ingen"), **ord_.rutiner},
        "form": {"": _("Ikke oppgitt"), **{code: _(words) for code, words in FORMER.items()}},
        "status": {code: status_ord(code) for code in KONTAKTSTATUS},
    }.get(name)
    return None if listed is None else [Valg(code, words) for code, words in listed.items()]


def _changes(leser: Leser, found: Funnet, ord_: Ordvalg) -> dict[str, str]:
    """Return the cells that are to be other than they are; what is wrong is in ``leser.feil``."""
    f = leser.felter
    out: dict[str, str] = {}
    for name in KOLONNER[found.slag]:
        if name in _UTENFOR:
            continue
        if name in DATOER:
            value = leser.read(name, read_dato, mangler=_("Skriv en dag.") if name in _KREVES else "")
        elif name == "deltaker":
            value = leser.read(name, ord_.deltakere)
        elif name == "deltok":
            value = ",".join(f.alle(name))
        elif name == "varighet":
            value = leser.read(name, lambda text: text if text == found.rad["varighet"] else write_varighet(text))
        else:
            value = leser.read(name, str, mangler=_("Fyll ut dette.") if name in _KREVES else "")
        if name == "status" and value == KONTAKTSTATUS[0] and not found.rad[name]:
            value = ""
        if name == "notat" and not value:
            continue
        if value != found.rad[name]:
            out[name] = value
    for name, value in out.items():
        leser.check(name, partial(ord_.ord.check_rad, found.slag, {name: value}))
    if out.get("rutine") and "type" not in out and found.rad["type"] not in ord_.ord.types_of(out["rutine"]):
        out["type"] = ord_.ord.rutiner[out["rutine"]].type
    leser.clean(found.slag, out)
    return out
