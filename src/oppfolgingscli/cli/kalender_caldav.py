"""``oppfolging kalender --caldav``: the calendar on a server is brought up to date, and what was done is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from oppfolgingscli.cli import felles
from oppfolgingscli.cli.kalendersvar import Utfort, sammendrag, say_unplaced, svar
from oppfolgingscli.cli.passord import find_innlogging
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import _, dato_kort, ngettext
from oppfolgingscli.tjener.ajour import Gjort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from oppfolgingscli.cli.kalenderutgave import Utgitt
    from oppfolgingscli.cli.publiser import Oppdrag
    from oppfolgingscli.publisert import Innhold
    from oppfolgingscli.tjener import dav
    from oppfolgingscli.tjener.adresse import Adresse
    from oppfolgingscli.tjener.ajour import Onsket, Utfall
    from oppfolgingscli.tjener.forbindelse import Forbindelse
    from oppfolgingscli.tjener.samling import Samling

_MANGE: Final = 10
"""So many events take more than a moment over a network."""
_EKSEMPLER: Final = 3


def publish(oppdrag: Oppdrag) -> None:
    """Put what is new and changed, take away what is ours and gone, and say so.

    Raises:
        Bruksfeil: no address to use, no password, or the calendar holds another choice.
        Inndatafeil: what was put there before cannot be read.
        Systemfeil: the server refused or went away; the next run goes on from there.
    """
    from oppfolgingscli import skriv
    from oppfolgingscli.tjener import dav, samling
    from oppfolgingscli.tjener.adresse import parse_adresse
    from oppfolgingscli.tjener.forbindelse import Forbindelse

    asked = oppdrag.asked
    adresse = parse_adresse(asked.caldav or "", "--caldav")
    path = oppdrag.arbeidsmappe.mappe / samling.FILNAVN
    with skriv.lock(path):
        known = samling.load(path)
        with Forbindelse(adresse, find_innlogging(asked.caldav_bruker, adresse)) as linje:
            # Looked at before anything is numbered: a wrong password changes nothing here either.
            there = dav.liste(linje, adresse)
            here = _find_samling(known, there.adresse, oppdrag)

            def save() -> None:
                skriv.write_atomic(path, samling.dump({k: s for k, s in known.items() if s.ressurser}))

            if asked.caldav_fjern:
                _say_removed(oppdrag, there.adresse, _ajour(linje, there, here, {}, list(here.ressurser), save))
            else:
                _publish(oppdrag, linje, there, here, save)


def _publish(oppdrag: Oppdrag, linje: Forbindelse, there: dav.Innhold, here: Samling, save: Callable[[], None]) -> None:
    from oppfolgingscli.cli.kalenderutgave import utgi
    from oppfolgingscli.tjener.ajour import Onsket
    from oppfolgingscli.vis.ical import ressurs_bytes

    arbeidsmappe = oppdrag.arbeidsmappe
    with utgi(
        arbeidsmappe, oppdrag.moter, oppdrag.valgt, oppdrag.per, span=oppdrag.span, avlys=oppdrag.avlys
    ) as utgitt:  # numbered and remembered first: a number the server may have seen is never used again
        wanted = {
            u.uid: Onsket(f"{u.sum}/{u.sekvens}", ressurs_bytes(utgitt.blokker(u))) for u in utgitt.utgivelse.utgaver
        }
    gone = [uid for uid in here.ressurser if uid not in wanted and not utgitt.utenfor(uid)]
    outcome = _ajour(linje, there, here, wanted, gone, save)
    done = Utfort(arbeidsmappe.mappe, [], [], utgitt.utgivelse, utgitt.ikke_plassert, [], oppdrag.valgt)
    if oppdrag.utformat == "json":
        answer = svar(arbeidsmappe, done, oppdrag.per, oppdrag.varsler)
        answer = {k: v for k, v in answer.items() if k not in {"filer", "gamle_filer"}}
        answer |= {"valg": here.valg, "tjener": _tjener(there.adresse, outcome)}
        felles.skriv_ut(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", None)
    else:
        felles.skriv_ut(sammendrag(utgitt.utgivelse) + "\n" + _summary(there.adresse, outcome) + "\n", None)
    _say_left(outcome, utgitt)
    say_unplaced(arbeidsmappe, done, oppdrag.varsler)


def _ajour(
    linje: Forbindelse,
    there: dav.Innhold,
    here: Samling,
    wanted: Mapping[str, Onsket],
    gone: list[str],
    save: Callable[[], None],
) -> Utfall:
    from oppfolgingscli.tjener.ajour import Ajour

    def bar(uids: Sequence[str]) -> Iterable[str]:
        return felles.framdrift(uids, _("Oppdaterer kalenderen"), fra=_MANGE)

    return Ajour(linje, there, here, save).run(wanted, gone, bar)


def _find_samling(known: dict[str, Samling], adresse: Adresse, oppdrag: Oppdrag) -> Samling:
    """Return what we have at an address.

    Raises:
        Bruksfeil: it is another choice: one calendar holds one, or each run would undo the one before.
    """
    from oppfolgingscli.tjener.samling import Samling

    valg = " ".join(oppdrag.ord_)
    here = known.get(str(adresse))
    if here is None or not here.ressurser:
        here = known[str(adresse)] = Samling(valg)
    elif here.valg != valg and not oppdrag.asked.caldav_fjern:
        raise Bruksfeil(
            _(
                "Kalenderen på tjeneren har «{har}», og nå er det bedt om «{vil}». Bruk en egen kalender for hvert "
                "valg, eller ta bort det som er der, med --caldav-fjern.",
            ).format(har=_valg_ord(here.valg), vil=_valg_ord(valg)),
        )
    return here


def _valg_ord(valg: str) -> str:
    """Return a choice as it is written on the command line."""
    return " ".join(f"--{word.replace(':', ' ')}" for word in valg.split()) or _("alt")


def _tjener(adresse: Adresse, outcome: Utfall) -> dict[str, Any]:
    told = (
        Gjort.OVERSKREVET, Gjort.LAGT_TILBAKE, Gjort.ENDRET_DER, Gjort.SLETTET_DER, Gjort.FREMMED, Gjort.LATT_LIGGE,
    )  # fmt: skip
    return {
        "adresse": str(adresse),
        **_counts(outcome),
        **{kind.name.lower(): outcome.uid[kind] for kind in told},
    }


def _counts(outcome: Utfall) -> dict[str, int]:
    return {
        "lagt_inn": outcome.antall(Gjort.LAGT, Gjort.LAGT_TILBAKE),
        "endret": outcome.antall(Gjort.ENDRET, Gjort.OVERSKREVET),
        "slettet": outcome.antall(Gjort.SLETTET),
        "uendret": outcome.antall(Gjort.UENDRET, Gjort.ENDRET_DER, Gjort.SLETTET_DER, Gjort.FREMMED, Gjort.LATT_LIGGE),
    }


def _summary(adresse: Adresse, outcome: Utfall) -> str:
    return _("{adresse}: {lagt_inn} lagt inn, {endret} endret, {slettet} slettet, {uendret} uendret.").format(
        adresse=adresse, **_counts(outcome)
    )


def _say_removed(oppdrag: Oppdrag, adresse: Adresse, outcome: Utfall) -> None:
    if oppdrag.utformat == "json":
        answer = {
            "klasse": oppdrag.arbeidsmappe.opplegg.klasse.id,
            "per": oppdrag.per.isoformat(),
            "tjener": _tjener(adresse, outcome),
        }
        felles.skriv_ut(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", None)
    else:
        felles.skriv_ut(_summary(adresse, outcome) + "\n", None)
    n = outcome.antall(Gjort.LATT_LIGGE)
    if n:
        text = ngettext(
            "{n} avtale er endret av noen på tjeneren, og får stå. Slett den der hvis den skal bort.",
            "{n} avtaler er endret av noen på tjeneren, og får stå. Slett dem der hvis de skal bort.",
            n,
        )
        click.echo(text.format(n=n), err=True)


def _say_left(outcome: Utfall, utgitt: Utgitt) -> None:
    """Tell what people have done on the server, and what became of it."""
    for kind in (
        Gjort.ENDRET_DER, Gjort.SLETTET_DER, Gjort.FREMMED, Gjort.LATT_LIGGE, Gjort.OVERSKREVET, Gjort.LAGT_TILBAKE,
    ):  # fmt: skip
        uids = outcome.uid[kind]
        if uids:
            click.echo(_left_text(kind, len(uids)).format(n=len(uids), eksempler=_examples(uids, utgitt)), err=True)


def _left_text(kind: Gjort, n: int) -> str:
    match kind:
        case Gjort.ENDRET_DER:
            return ngettext(
                "{n} avtale er endret av noen på tjeneren, og står slik til planen for den endres: {eksempler}.",
                "{n} avtaler er endret av noen på tjeneren, og står slik til planen for dem endres: {eksempler}.",
                n,
            )
        case Gjort.SLETTET_DER:
            return ngettext(
                "{n} avtale er slettet av noen på tjeneren, og legges ikke inn igjen før planen for den endres: "
                "{eksempler}.",
                "{n} avtaler er slettet av noen på tjeneren, og legges ikke inn igjen før planen for dem endres: "
                "{eksempler}.",
                n,
            )
        case Gjort.FREMMED:
            return ngettext(
                "{n} avtale ligger der fra før, og det er ikke kjent at vi la den der slik. Den får stå. "
                "Slett den på tjeneren og kjør igjen hvis planen skal gjelde: {eksempler}.",
                "{n} avtaler ligger der fra før, og det er ikke kjent at vi la dem der slik. De får stå. "
                "Slett dem på tjeneren og kjør igjen hvis planen skal gjelde: {eksempler}.",
                n,
            )
        case Gjort.LATT_LIGGE:
            return ngettext(
                "{n} avtale skulle vært slettet, men er endret av noen på tjeneren og får stå: {eksempler}.",
                "{n} avtaler skulle vært slettet, men er endret av noen på tjeneren og får stå: {eksempler}.",
                n,
            )
        case Gjort.OVERSKREVET:
            return ngettext(
                "{n} avtale var endret av noen på tjeneren, men planen for den er ny. Nå står planen: {eksempler}.",
                "{n} avtaler var endret av noen på tjeneren, men planen for dem er ny. Nå står planen: {eksempler}.",
                n,
            )
    return ngettext(
        "{n} avtale var slettet av noen på tjeneren, men planen for den er ny. Den er lagt inn igjen: {eksempler}.",
        "{n} avtaler var slettet av noen på tjeneren, men planen for dem er ny. De er lagt inn igjen: {eksempler}.",
        n,
    )


def _examples(uids: list[str], utgitt: Utgitt) -> str:
    found = [utgitt.utgivelse.tilstand[uid].innhold for uid in uids if uid in utgitt.utgivelse.tilstand]
    found.sort(key=lambda i: (i.dato, i.start or ""))
    some = ", ".join(_title(i) for i in found[:_EKSEMPLER])
    return some + (" …" if len(found) > _EKSEMPLER else "")


def _title(i: Innhold) -> str:
    return " ".join((dato_kort(i.dag), f"{i.tittel} – {i.vist}" if i.vist else i.tittel))
