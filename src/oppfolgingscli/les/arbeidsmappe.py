"""One way to open a workspace: the set-up, its routine set, school calendar and participants, checked together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oppfolgingscli.feil import Bruksfeil, Feil, Inndatafeil
from oppfolgingscli.les.fil import er_mappe, finnes, vis_sti
from oppfolgingscli.les.kryss_klasse import Deler, LagFeil, Plassert, check_klasse, varsler_for
from oppfolgingscli.les.rutinesett import find_bundled, read_rutinesett, unknown_bundled
from oppfolgingscli.les.skolerute import read_skolerute
from oppfolgingscli.les.toml import Dokument, Nokkel, read_dokument, try_part, validate
from oppfolgingscli.modell.klasse import Deltaker, Klasse, Opplegg, Oppsett, Person
from oppfolgingscli.modell.ord import fold_ord
from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.hendelse import Varsel
    from oppfolgingscli.modell.rutinesett import Rutinesett
    from oppfolgingscli.tid.skolekalender import SkolearData

OPPSETT: Final = "oppfolging.toml"
INGEN: Final = "ingen"


@dataclass(frozen=True, slots=True)
class Arbeidsmappe:
    """An open workspace. ``oppsett`` is ``oppfolging.toml`` as written, ``opplegg`` what the core takes."""

    mappe: Path
    oppsett: Oppsett
    opplegg: Opplegg
    varsler: tuple[Varsel, ...]


def find_arbeidsmappe(mappe: Path | None) -> Path:
    """Return the folder that holds ``oppfolging.toml``: ``mappe`` itself, or the nearest from here upwards.

    Raises Inndatafeil when a named folder is none, Bruksfeil when there is none from here upwards.
    """
    if mappe is not None:
        if mappe.name == OPPSETT and mappe.is_file():
            return mappe.parent
        return mappe
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / OPPSETT).is_file():
            return folder
    raise Bruksfeil(
        _("Fant ingen {fil} her eller i mappene over. Gå til klassens mappe, eller skriv --mappe MAPPE.").format(
            fil=OPPSETT
        )
    )


def open_arbeidsmappe(mappe: Path | None = None) -> Arbeidsmappe:
    """Open the workspace in ``mappe`` (None: here, then upwards).

    Raises Inndatafeil with every fault of every file it needs.
    """
    feil: list[Feil] = []
    opened = read_arbeidsmappe(find_arbeidsmappe(mappe), feil)
    if opened is None or feil:
        raise Inndatafeil(feil)
    return opened


def read_arbeidsmappe(mappe: Path, feil: list[Feil], navn: str = OPPSETT) -> Arbeidsmappe | None:
    """Open a workspace, its set-up in the file ``navn``; None when there are faults, which are added to ``feil``."""
    before = len(feil)
    if not er_mappe(mappe):
        melding = _("Mappen {mappe} finnes ikke.") if not finnes(mappe) else _("{mappe} er ikke en mappe.")
        feil.append(Feil("ingen_mappe", melding.format(mappe=vis_sti(mappe)), rad=_("Skriv stien til klassens mappe.")))
        return None
    dok = read_dokument(mappe / navn, feil)
    if dok is None:
        return None
    oppsett = validate(dok, Oppsett, feil)
    sett = _rutinesett(dok, mappe, feil)
    skolerute_navn, skolear = _skolerute(dok, mappe, feil)
    deler = _deler(dok, oppsett, mappe, feil)
    check_klasse(deler, sett, mappe, feil)
    if oppsett is None or sett is None or len(feil) > before:
        return None
    deltakere = tuple(entry.deltaker for entry in deler.deltakere)
    opplegg = Opplegg(oppsett.klasse, deltakere, sett, skolear, skolerute_navn)
    return Arbeidsmappe(mappe, oppsett, opplegg, tuple(varsler_for(opplegg)))


def _named(dok: Dokument, key: str) -> str | None:
    """Return a text in [klasse], also when the rest of the file is wrong."""
    klasse = dok.data.get("klasse")
    value = klasse.get(key) if isinstance(klasse, dict) else None
    return value.strip() or None if isinstance(value, str) else None


def _find(dok: Dokument, key: str, kind: str, mappe: Path, feil: list[Feil]) -> Path | None:
    """Return the file [klasse] names; None when it names none that is there."""
    name = _named(dok, key)
    if name is None:
        return None
    path = find_bundled(name, kind, mappe)
    if path is None:
        melding, rad = unknown_bundled(name, kind)
        feil.append(dok.feil(f"ukjent_{key}", melding, ("klasse", key), rad))
    elif not finnes(path):
        melding = _("filen {sti} finnes ikke.").format(sti=vis_verdi(name))
        rad = _("Skriv stien fra mappen der {fil} ligger.").format(fil=OPPSETT)
        if not name.isprintable():  # "rutiner\\test.toml" in TOML is rutiner, a tab, est.toml
            rad = _("Skriv «/» i filstier, ikke omvendt skråstrek.")
        feil.append(dok.feil(f"ukjent_{key}", melding, ("klasse", key), rad))
        return None
    return path


def _rutinesett(dok: Dokument, mappe: Path, feil: list[Feil]) -> Rutinesett | None:
    path = _find(dok, "rutinesett", "rutiner", mappe, feil)
    return None if path is None else read_rutinesett(path, feil)


def _skolerute(dok: Dokument, mappe: Path, feil: list[Feil]) -> tuple[str, tuple[SkolearData, ...] | None]:
    """Return the calendar's name and its school years (None for "ingen")."""
    if fold_ord(_named(dok, "skolerute") or "") == INGEN:
        return INGEN, None
    path = _find(dok, "skolerute", "skoleruter", mappe, feil)
    rute = None if path is None else read_skolerute(path, feil)
    return ("", ()) if rute is None else (rute.skolerute.id, rute.skolear_data())


def _deler(dok: Dokument, oppsett: Oppsett | None, mappe: Path, feil: list[Feil]) -> Deler:
    """Return the parts that could be read, each participant with where its faults are placed."""
    data = dok.data
    klasse = oppsett.klasse if oppsett else try_part(Klasse, data.get("klasse"))
    raw = data.get("deltakere")
    if isinstance(raw, str) and raw.strip():
        from oppfolgingscli.les.deltakere import read_deltakere

        deltakere = read_deltakere(dok, mappe / raw.strip().replace("\\", "/"), feil)
    elif oppsett is not None and not isinstance(oppsett.deltakere, str):
        deltakere = [Plassert(d, _in_toml(dok, i)) for i, d in enumerate(oppsett.deltakere)]
    else:
        parts = enumerate(raw if isinstance(raw, list) else ())
        deltakere = [Plassert(d, _in_toml(dok, i)) for i, part in parts if (d := try_part(Deltaker, part))]
    people = data.get("personer")
    people = people if isinstance(people, dict) else {}
    personer = oppsett.personer if oppsett else {k: p for k, v in people.items() if (p := try_part(Person, v))}
    return Deler(dok, klasse, personer, set(people), deltakere)


def _in_toml(dok: Dokument, i: int) -> LagFeil:
    def make(kode: str, melding: str, key: Nokkel, rad: str | None) -> Feil:
        return dok.feil(kode, melding, ("deltakere", i, *key), rad)

    return make
