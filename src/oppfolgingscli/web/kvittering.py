"""What is said after a row was written: which row, in which file, and what it changed in what is owed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from oppfolgingscli.feil import Oppfolgingsfeil
from oppfolgingscli.les.fil import vis_sti
from oppfolgingscli.logg.tilfoy import logg_path
from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import _, dato_kort
from oppfolgingscli.vis.ord import status_ord
from oppfolgingscli.web.okt import remember
from oppfolgingscli.web.ordvalg import Ordvalg
from oppfolgingscli.web.skjema import fingerprint, with_receipt
from oppfolgingscli.web.skyld import Liste, come, gone, read_list

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.les.logg_kolonner import Slag
    from oppfolgingscli.web.kontekst import Kontekst


@dataclass(frozen=True, slots=True)
class Kvittering:
    """``rad``: what was written and where. ``borte``, ``nytt``: what is owed no longer, and what is owed now.

    ``merknader``: why a contact changed nothing, and the like. ``rett``: where the row can be put right.
    """

    rad: str
    borte: Sequence[str] = ()
    nytt: Sequence[str] = ()
    merknader: Sequence[str] = ()
    rett: str = ""
    rett_ord: str = ""
    borte_ord: str = ""
    nytt_ord: str = ""
    tittel: str = ""


def write_and_tell(k: Kontekst, slag: Slag, write: Callable[[], dict[str, str]]) -> str:
    """Write a row with ``write``, and keep a receipt of what it changed. Returns the receipt's id.

    Once the row is on the disk nothing can make the form write it again, not even a fault in what follows.

    Raises:
        Oppfolgingsfeil: nothing was written.
    """
    assert k.skjema is not None  # noqa: S101 - asked for by forms only
    words = Ordvalg(k.grunnlag)
    before = read_list(k.grunnlag, k.dager)
    row = write()
    k.forget()
    receipt = token_urlsafe(9)
    remember(k.okt.gjort, fingerprint(k), with_receipt(k, receipt))
    plain = _plain(k, slag, row, words.name_of(row))
    remember(k.okt.kvitteringer, receipt, plain)
    try:
        found = k.grunnlag
        remember(k.okt.kvitteringer, receipt, _told(plain, slag, row, found, before, read_list(found, k.dager)))
    except Oppfolgingsfeil:
        pass  # the page one comes to says what is wrong with the files
    return receipt


def _plain(k: Kontekst, slag: Slag, row: dict[str, str], what: str) -> Kvittering:
    state = row.get("status", "")
    about = [_day(row["dato"]), what, row["deltaker"], status_ord(state) if state else ""]
    file = (
        vis_sti(logg_path(k.mappe, slag).relative_to(k.mappe))
        if _inside(k, slag)
        else vis_sti(logg_path(k.mappe, slag))
    )
    text = _("Rad {id} i {fil}: {hva}.").format(
        id=row["id"], fil=file, hva=rens(", ".join(part for part in about if part))
    )
    return Kvittering(
        text,
        rett=k.url("rett", logg=slag, id=row["id"], tilbake=k.back(k.skjema.en("tilbake") if k.skjema else "")),
        rett_ord=_("Rett den, eller ta den ut"),
        borte_ord=_("Skyldes ikke lenger"),
        nytt_ord=_("Nytt på listen"),
        tittel=_("Ført i loggen"),
    )


def _inside(k: Kontekst, slag: Slag) -> bool:
    return logg_path(k.mappe, slag).is_relative_to(k.mappe)


def _day(text: str) -> str:
    try:
        return dato_kort(date.fromisoformat(text))
    except ValueError:
        return text


def _told(
    plain: Kvittering, slag: Slag, row: dict[str, str], found: Grunnlag, before: Liste, after: Liste
) -> Kvittering:
    away, new = gone(before, after), come(before, after)
    notes = [] if slag != "kontakter" or away else _why_not(row, found)
    return replace(plain, borte=away, nytt=new, merknader=notes)


def _why_not(row: dict[str, str], found: Grunnlag) -> list[str]:
    """Say why a contact took nothing off the list."""
    v = found.vurdering
    id_ = row["id"]
    if id_ in v.ufullstendige:
        return [_("Den teller ikke ennå, for ikke alle som må være med, er ført som til stede.")]
    reason = dict(v.ikke_talt).get(id_)
    if reason:
        return [
            {
                "avlyst": _("Avlyst: det den gjaldt, står på listen ennå."),
                "ikke_mott": _("Ikke møtt: forsøket er ført, og det den gjaldt, står på listen ennå."),
                "utsatt": _("Utsatt: det den gjaldt, står på listen ennå."),
                "etter_per": _("Dagen er ikke kommet ennå. Kontakten teller fra den dagen."),
                "for_naer": _("Den er for nær den forrige til å telle som en ny."),
                "duplikat": _("Den står i loggen fra før, og teller én gang."),
            }.get(reason, _("Den teller ikke."))
        ]
    if id_ in v.utover_plan:
        return [_("Den er ført, men kommer i tillegg til det planen krever.")]
    if any(x.kontakt is not None and x.kontakt.id == id_ for x in v.punkter):
        return [_("Den teller i planen. Det den gjaldt, sto ikke på listen.")]
    return []


def find_kvittering(k: Kontekst) -> Kvittering | None:
    """Return the receipt this page is asked to show, None when there is none or it is another reader's."""
    found = k.okt.kvitteringer.get(k.sporring.en("kvittering"))
    return found if isinstance(found, Kvittering) else None
