"""``oppfolging kalender --abonnement``: a folder of calendars to be served, each under an address of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.arbeid import check_known
from oppfolgingscli.cli.kalendersvar import Utfort, count, sammendrag, say_unplaced, svar
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.les.fil import vis_sti
from oppfolgingscli.sprak import _, navn

if TYPE_CHECKING:
    from pathlib import Path

    from oppfolgingscli.abonnement import Abonnement
    from oppfolgingscli.cli.kalenderutgave import Utgitt
    from oppfolgingscli.cli.publiser import Oppdrag
    from oppfolgingscli.vis.kalenderfiler import Kalenderfil

ALLE: Final = "alle"


@dataclass(slots=True)
class _Mappe:
    """What was done in the folder beside the calendars."""

    fjernet: list[str]
    andres: list[str]


def publish(oppdrag: Oppdrag) -> None:
    """Write one calendar for each choice, take away those no longer chosen, and say which address goes to whom.

    The addresses are kept before any file is written, so that none is ever given out and forgotten.

    Raises:
        Bruksfeil: an unknown id, no web address, or a folder with the workspace in it.
        Inndatafeil: the addresses given out before cannot be read.
        Systemfeil: something could not be written.
    """
    from oppfolgingscli import abonnement, skriv
    from oppfolgingscli.cli.kalenderutgave import utgi
    from oppfolgingscli.tjener.adresse import parse_adresse
    from oppfolgingscli.vis import abonnement as tekst

    asked, arbeidsmappe = oppdrag.asked, oppdrag.arbeidsmappe
    folder = asked.abonnement
    assert folder is not None  # noqa: S101 - for the type: this is only called with it
    if arbeidsmappe.mappe.resolve().is_relative_to(folder.resolve()):
        raise Bruksfeil(
            _("--abonnement: mappa skal ut på nettet, og kan ikke være arbeidsmappa eller ha den i seg. Velg en egen.")
        )
    state_path = arbeidsmappe.mappe / abonnement.FILNAVN
    with skriv.lock(state_path):
        state = abonnement.load(state_path)
        if asked.abonnement_adresse is not None:
            state.adresse = str(parse_adresse(asked.abonnement_adresse, "--abonnement-adresse"))
        with utgi(
            arbeidsmappe, oppdrag.moter, oppdrag.valgt, oppdrag.per, span=oppdrag.span, avlys=oppdrag.avlys
        ) as utgitt:
            files = _named(_files(oppdrag, utgitt), state, oppdrag)
            skriv.write_atomic(state_path, abonnement.dump(state))
            skriv.make_folder(folder)
            written = [skriv.write_atomic(folder / file.navn, file.data) for file in files]
            beside = _beside(folder, state.egne_filer() - {file.navn for file in files})
            rows = [(_name(file, oppdrag), _choice(file, oppdrag), file.navn) for file in files]
            klasse = navn(arbeidsmappe.opplegg.klasse.navn)
            skriv.write_atomic(arbeidsmappe.mappe / tekst.ADRESSER, tekst.adresser(klasse, state.adresse, rows))
    done = Utfort(folder, files, written, utgitt.utgivelse, utgitt.ikke_plassert, [], oppdrag.valgt)
    _say(oppdrag, done, beside, state)


def _files(oppdrag: Oppdrag, utgitt: Utgitt) -> list[Kalenderfil]:
    """Return every chosen calendar whole, also an empty one; one too large for Google in parts as well."""
    from oppfolgingscli.vis.ical import kalender_bytes
    from oppfolgingscli.vis.kalenderfiler import Kalenderfil, lag_filer

    klasse = oppdrag.arbeidsmappe.opplegg.klasse.id
    files: list[Kalenderfil] = []
    for valg in oppdrag.valgt:
        own = tuple(u for u in utgitt.utgivelse.utgaver if valg.horer_til(u.innhold))
        made = lag_filer(klasse, [valg], own, None, utgitt.blokker)
        if len(made) == 1 and not made[0].del_:
            files += made
            continue
        data = kalender_bytes(valg.navn, f"{klasse}/{valg.slag}/{valg.id}", map(utgitt.blokker, own))
        files += [Kalenderfil(valg, "", "", own, data), *made]
    return files


def _named(files: list[Kalenderfil], state: Abonnement, oppdrag: Oppdrag) -> list[Kalenderfil]:
    """Give each calendar its secret name, or a new one where that was asked for.

    Raises:
        Bruksfeil: a new one for what is not chosen.
    """
    from oppfolgingscli.abonnement import filnavn, nokkel_for

    renew = oppdrag.asked.ny_adresse
    check_known("--ny-adresse", [i for i in renew if i != ALLE], [file.utvalg.id for file in files])
    out = []
    for file in files:
        # Of several in one: as they were asked for, so that a participant more keeps the address.
        ident = file.utvalg.id if file.utvalg.slag != ALLE else " ".join(oppdrag.ord_)
        key = nokkel_for(file.utvalg.slag, ident, file.del_)
        if file.utvalg.id in renew or ALLE in renew:
            state.retire(key)
        out.append(replace(file, navn=filnavn(state.navn_for(key))))
    return out


def _beside(folder: Path, gone: set[str]) -> _Mappe:
    """Delete calendars that are ours and no longer chosen; write the texts, but not over somebody else's."""
    from oppfolgingscli import skriv
    from oppfolgingscli.vis import abonnement as tekst

    removed = [name for name in sorted(gone) if skriv.remove(folder / name)]
    others = []
    for name, data in ((tekst.LES_MEG, tekst.les_meg()), (tekst.HTACCESS, tekst.htaccess())):
        path = folder / name
        if path.exists() and not (path.is_file() and tekst.er_egen(path.read_bytes())):
            others.append(name)
        else:
            skriv.write_atomic(path, data)
    return _Mappe(removed, others)


def _name(file: Kalenderfil, oppdrag: Oppdrag) -> str:
    """Return whose a calendar is, without the name of the class they all have."""
    from oppfolgingscli.vis.ord import periode_ord

    klasse = navn(oppdrag.arbeidsmappe.opplegg.klasse.navn)
    name = _("Alt i én") if file.utvalg.slag == ALLE else file.utvalg.navn.removeprefix(f"{klasse} – ")
    return f"{name} · {periode_ord(file.del_)}" if file.del_ else name


def _choice(file: Kalenderfil, oppdrag: Oppdrag) -> str:
    """Return whose a calendar is, as it is written on the command line."""
    if file.utvalg.slag == ALLE:
        return " ".join(("--samlet", *(f"--{word.replace(':', ' ')}" for word in oppdrag.ord_)))
    return f"--{file.utvalg.slag} {file.utvalg.id}"


def _say(oppdrag: Oppdrag, done: Utfort, beside: _Mappe, state: Abonnement) -> None:
    from oppfolgingscli.vis import abonnement as tekst

    arbeidsmappe = oppdrag.arbeidsmappe
    addresses = arbeidsmappe.mappe / tekst.ADRESSER
    if oppdrag.utformat == "json":
        answer: dict[str, Any] = svar(arbeidsmappe, done, oppdrag.per, oppdrag.varsler)
        answer["abonnement"] = {
            "adresse": state.adresse,
            "fjernet": beside.fjernet,
            "adresser": addresses.as_posix(),
        }
        felles.skriv_ut(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", None)
    else:
        felles.skriv_ut(_table(oppdrag, done, beside), None)
    for name in beside.andres:
        felles.si(_("{fil} er ikke skrevet av programmet, og er latt være.").format(fil=vis_sti(done.mappe / name)))
    say_unplaced(arbeidsmappe, replace(done, filer=[], skrevet=[]), oppdrag.varsler)
    if any(file.del_ for file in done.filer):
        felles.si(
            _(
                "Noen kalendere er over 1 MB, og Google tar ikke imot så store. "
                "De ligger hele, og i deler til dem som bruker Google.",
            ),
        )
    felles.si(
        _("Hvem som skal ha hvilken adresse: {adresser}. Slik legges mappa ut: {les_meg}.").format(
            adresser=vis_sti(addresses), les_meg=vis_sti(done.mappe / tekst.LES_MEG)
        ),
    )


def _table(oppdrag: Oppdrag, done: Utfort, beside: _Mappe) -> str:
    from oppfolgingscli.vis.tabell import columns

    rows = []
    for file, changed in zip(done.filer, done.skrevet, strict=True):
        counts = count(file.utgaver)
        rows.append((
            _name(file, oppdrag), file.navn, str(counts["moter"]), str(counts["frister"]), str(counts["avlyst"]),
            _("skrevet") if changed else _("uendret"),
        ))  # fmt: skip
    rows += [("–", name, "", "", "", _("slettet")) for name in beside.fjernet]
    header = (
        _("Kalender"), _("Fil i {mappe}").format(mappe=vis_sti(done.mappe)),
        _("Møter"), _("Frister"), _("Avlyst"), "",
    )  # fmt: skip
    return columns(header, rows, right=(2, 3, 4)) + "\n" + sammendrag(done.utgivelse) + "\n"
