"""The form that puts a row of the log right: the old row stays in the file, and the new one holds instead of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.loggord import ALLE, write_varighet
from oppfolgingscli.hendelse import KONTAKTSTATUS
from oppfolgingscli.les.logg_kolonner import DATOER, KOLONNER, Slag
from oppfolgingscli.les.logg_ord import normal_rad, parts
from oppfolgingscli.logg import Klokke, find_rad
from oppfolgingscli.logg import rett as correct
from oppfolgingscli.modell.verdier import Feltfeil
from oppfolgingscli.sprak import N_, _
from oppfolgingscli.vis.ord import status_ord
from oppfolgingscli.vis.typeord import hendelse_ord
from oppfolgingscli.web.kvittering import write_and_tell
from oppfolgingscli.web.ordvalg import FORMER, Ordvalg
from oppfolgingscli.web.skjema import Felt, Leser, Skjema, Valg, already, capital, read_dato, send, show
from oppfolgingscli.web.svar import Ikke

if TYPE_CHECKING:
    from oppfolgingscli.logg.rett import Funnet
    from oppfolgingscli.web.kontekst import Felter, Kontekst
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
    "form": N_("Oppmøte eller telefon"),
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
_ANDRE: Final = {"deltok", "utfort_av", "notat", "grunnlag"}
"""Fields in the second column."""


def rett(k: Kontekst) -> Svar:
    """Show a row as it stands now, or write its correction."""
    slag = next((name for name in KOLONNER if name == k.sti["logg"]), None)
    if slag is None:
        raise Ikke(404, _("Det er ingen logg som heter det."))
    if k.skjema is not None and (done := already(k)):
        return done
    found = find_rad(k.mappe, k.sti["id"], slag)
    ord_ = Ordvalg(k.grunnlag)
    now = _as_written(found, ord_)
    skjema = _form(k, found, now, ord_)
    if k.skjema is None:
        return show(skjema, k)
    if STRYK in k.skjema:
        return send(k, skjema, Leser(k.skjema), lambda: write_and_tell(k, slag, lambda: _write(k, found, None)))
    leser = Leser(k.skjema)
    changes = _changes(leser, found, now, ord_)
    return send(k, skjema, leser, lambda: write_and_tell(k, slag, lambda: _write(k, found, changes)))


def _write(k: Kontekst, found: Funnet, changes: Mapping[str, str] | None) -> dict[str, str]:
    make = None if changes is None else (lambda _old: changes)
    return correct(k.mappe, found, make, Klokke(felles.i_dag()))


def _as_written(found: Funnet, ord_: Ordvalg) -> dict[str, str]:
    """Return the row's cells as the form has them; as they are where one of them cannot be read."""
    try:
        now = normal_rad(found.slag, found.rad.verdier)
    except Feltfeil:
        now = {name: found.rad[name].strip() for name in KOLONNER[found.slag]}
    if now.get("rutine") in ord_.rutiner:
        now["rutine"] = ord_.kode(now["rutine"])
    return now


def _form(k: Kontekst, found: Funnet, now: Mapping[str, str], ord_: Ordvalg) -> Skjema:
    felt = [_field(k.skjema, found.slag, now, ord_, name) for name in KOLONNER[found.slag] if name not in _UTENFOR]
    f = k.skjema if k.skjema is not None else k.sporring
    return Skjema(
        _("Rett rad {id}").format(id=found.id),
        _("Skriv rettelsen"),
        felt,
        f.en("tilbake"),
        ingress=[_("Den gamle raden blir stående i filen. Den nye gjelder i stedet.")],
        farlig=(_("Ta raden ut"), _("Den skulle ikke vært ført. Raden blir stående i filen, og teller ikke mer.")),
    )


def _field(f: Felter | None, slag: Slag, now: Mapping[str, str], ord_: Ordvalg, name: str) -> Felt:
    """Return the field of one cell, with what was sent (``f``), else with what stands in it."""
    text = f.en(name) if f is not None else now[name]
    felt = Felt(
        name, _(_ETIKETTER[name]), verdi=(text,), valgfri=name not in _KREVES, spalte=2 if name in _ANDRE else 1
    )
    choices = _choices(slag, name, ord_)
    if name == "notat":  # notes are never shown: what is written here takes the old one's place
        felt.slag = "avsnitt"
        felt.verdi = (f.en(name) if f is not None else "",)
        felt.hjelp = _("Det som står i notatet, vises aldri. Tomt her: det blir som det er.")
    elif name in DATOER:
        felt.slag = "dato"
    elif name == "deltok":
        felt.slag = "kryss"
        felt.verdi = f.alle(name) if f is not None else parts(text)
        people = ord_.personer(None, None)
        felt.valg = [*people, *(Valg(id_, id_) for id_ in felt.verdi if id_ not in {p.verdi for p in people})]
    elif choices is not None:
        felt.slag = "radio" if name == "status" else "velg"
        felt.valg = [*choices, *([] if text in {c.verdi for c in choices} else [Valg(text, text)])]
        felt.valgfri = felt.valgfri and name != "status"
    elif name == "deltaker":
        felt.forslag = [*ord_.ord.deltakere, ALLE]
    return felt


def _choices(slag: Slag, name: str, ord_: Ordvalg) -> list[Valg] | None:
    """Return what a cell may hold, None for free text."""
    if name in ("utfort_av", "ansvarlig"):
        return [Valg("", _("Ingen")), *ord_.personer(None, None)]
    contact = slag == "kontakter"
    listed = {
        "type": ord_.typer if contact else {t: capital(hendelse_ord(t)) for t in ord_.ord.hendelser},
        "rutine": {"": _("Ingen"), **{ord_.kode(id_): words for id_, words in ord_.rutiner.items()}},
        "form": {"": _("Ikke oppgitt"), **{code: _(words) for code, words in FORMER.items()}},
        "status": {code: capital(status_ord(code)) for code in KONTAKTSTATUS},
    }.get(name)
    return None if listed is None else [Valg(code, words) for code, words in listed.items()]


def _changes(leser: Leser, found: Funnet, now: Mapping[str, str], ord_: Ordvalg) -> dict[str, str]:
    """Return the cells that are to be other than they are; what is wrong is in ``leser.feil``.

    What stands as it stood is left alone, also where it is nothing this workspace knows.
    """
    f = leser.felter
    parse: dict[str, Callable[[str], str]] = {"deltaker": ord_.deltakere, "varighet": write_varighet}
    out: dict[str, str] = {}
    for name in KOLONNER[found.slag]:
        if name == "deltok":
            if set(f.alle(name)) != set(parts(now[name])):
                out[name] = ",".join(f.alle(name))
            continue
        if name in _UTENFOR or name not in f or f.en(name) == now[name]:
            continue
        missing = _("Fyll ut dette.") if name in _KREVES else ""
        value = leser.read(name, read_dato if name in DATOER else parse.get(name, str), mangler=missing)
        rutine = ord_.rutine(value) if name == "rutine" else None
        value = rutine.id if rutine else value
        if value != now[name] and (value or name != "notat"):
            out[name] = value
    for name, value in out.items():
        leser.check(name, partial(ord_.ord.check_rad, found.slag, {name: value}))
    routine = out.get("rutine", "")
    if routine in ord_.ord.rutiner and "type" not in out and now["type"] not in ord_.ord.types_of(routine):
        out["type"] = ord_.ord.rutiner[routine].type
    leser.clean(found.slag, out)
    return out
