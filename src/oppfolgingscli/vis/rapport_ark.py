"""A report as a workbook: a sheet for each view with filters, the points behind the figures, and one that explains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from oppfolgingscli.sprak import _
from oppfolgingscli.vis.funnord import statements
from oppfolgingscli.vis.ord import periode_ord, status_ord
from oppfolgingscli.vis.rapportvisning import VIEWS, changed, closing, headline, not_yet, view
from oppfolgingscli.vis.regneark import Ark, Verdi, write_workbook

if TYPE_CHECKING:
    from oppfolgingscli.maltall import Rad
    from oppfolgingscli.maltall.rad import Bedomt
    from oppfolgingscli.vis.rapportvisning import Rapportvisning


class Tallkolonne(NamedTuple):
    """A column of a view: its key in machine output, heading, what it is, its value, and whether it is a share."""

    felt: str
    navn: str
    forklaring: str
    verdi: Callable[[Rad], Verdi]
    andel: bool = False


def number_columns() -> tuple[Tallkolonne, ...]:
    """Return every figure of a row, one a column, so that it can be sorted, filtered and reckoned with."""
    return (
        Tallkolonne("n_deltakere", _("Deltakere"), _("Deltakere med noe som er bedømt (for en klasserutine: klassen, 1)."), lambda r: r.n_deltakere),
        Tallkolonne("bedomt", _("Bedømt"), _("Påkrevde punkter som er bedømt: fristen er ute."), lambda r: r.bedomt),
        Tallkolonne("i_tide", _("I tide"), _("Gjort innen fristen."), lambda r: r.i_tide),
        Tallkolonne("for_sent", _("For sent"), _("Gjort etter fristen."), lambda r: r.for_sent),
        Tallkolonne("forfalt", _("Forfalt"), _("Over fristen, men kan ennå gjøres."), lambda r: r.forfalt),
        Tallkolonne("mangler", _("Mangler"), _("Over fristen, og for sent å gjøre."), lambda r: r.mangler),
        Tallkolonne("fritatt", _("Fritatt"), _("Fritatt, og derfor ikke bedømt."), lambda r: r.fritatt),
        Tallkolonne("i_tide_andel", _("Andel i tide"), _("I tide av bedømt. Der flere rutiner er sammen, er de med faste mellomrom ikke med."), lambda r: r.i_tide_andel, andel=True),
        Tallkolonne("i_tide_kl", _("Andel, nedre"), _("Nedre ende av 95-prosentintervallet; bare når det er minst ti deltakere."), lambda r: r.i_tide_kl[0] if r.i_tide_kl else None, andel=True),
        Tallkolonne("i_tide_kl", _("Andel, øvre"), _("Øvre ende av 95-prosentintervallet."), lambda r: r.i_tide_kl[1] if r.i_tide_kl else None, andel=True),
        Tallkolonne("i_tide_andel_snitt", _("Snitt av andeler"), _("Snittet av deltakernes egne andeler: hver deltaker teller likt."), lambda r: r.i_tide_andel_snitt, andel=True),
        Tallkolonne("grenser", _("Grense, lav"), _("Andelen om ingen fritak var rett."), lambda r: r.grenser[0] if r.grenser else None, andel=True),
        Tallkolonne("grenser", _("Grense, høy"), _("Andelen om hver kontakt som er til overs, hadde gjort et punkt i tide."), lambda r: r.grenser[1] if r.grenser else None, andel=True),
        Tallkolonne("gjort_andel", _("Andel gjort"), _("Gjort i tide eller for sent, av bedømt."), lambda r: r.gjort_andel, andel=True),
        Tallkolonne("dose", _("Dose"), _("Kontakter innen fristen av så mange som er bedømt; ekstra kontakter til én deltaker veier ikke opp for en annen."), lambda r: r.dose, andel=True),
        Tallkolonne("dose_ukuttet", _("Dose med ekstra"), _("Som dose, men de ekstra kontaktene telles også."), lambda r: r.dose_ukuttet, andel=True),
        Tallkolonne("dekning", _("Dekning"), _("Deltakere som ble møtt den første gangen de skulle, av dem med noe som er bedømt."), lambda r: r.dekning, andel=True),
        Tallkolonne("dager_dekket", _("Dager dekket"), _("Dager med kontakt ofte nok, av alle dagene rutinen gjaldt."), lambda r: r.dager_dekket, andel=True),
        Tallkolonne("klokker", _("Dekkede dager"), _("Telleren i «Dager dekket»."), lambda r: r.klokkedager[0] if r.klokkedager else None),
        Tallkolonne("klokker", _("Alle dager"), _("Nevneren i «Dager dekket»: dager uten ferier og pauser."), lambda r: r.klokkedager[1] if r.klokkedager else None),
        Tallkolonne("forsinkelse_median", _("Halvparten gjort etter"), _("Dager fra det åpnet til halvparten var gjort (Kaplan–Meier); tomt: ikke nådd, eller ingenting å regne av."), lambda r: r.forsinkelse_median),
        Tallkolonne("forsinkelse_p90", _("Ni av ti gjort etter"), _("Dager fra det åpnet til ni av ti var gjort; tomt: ikke nådd, eller ingenting å regne av."), lambda r: r.forsinkelse_p90),
        Tallkolonne("lengste_gap", _("Lengst uten kontakt"), _("Lengste tid uten kontakt, i dager uten ferier og pauser."), lambda r: r.lengste_gap),
        Tallkolonne("klokker", _("Varer ennå"), _("«ja»: den lengste tiden uten kontakt varer ennå."), lambda r: _("ja") if r.gap_apent else None),
    )  # fmt: skip


class _Bok:
    """The workbook being made: sheets, and what their columns mean."""

    def __init__(self) -> None:
        self.ark: list[Ark] = []
        self.ord: list[list[Verdi]] = []

    def add(
        self, navn: str, forklaring: str, kolonner: Sequence[tuple[str, str, str]], rader: Sequence[Sequence[Verdi]],
        andeler: frozenset[int] = frozenset(),
    ) -> None:  # fmt: skip
        """Put in a sheet. ``kolonner``: (heading, key in machine output, what it is)."""
        self.ark.append(Ark(navn, tuple(name for name, _key, _words in kolonner), rader, andeler))
        self.ord.append([navn, "", "", forklaring])
        self.ord += [[navn, name, key, words] for name, key, words in kolonner]


def to_xlsx(v: Rapportvisning) -> bytes:
    """Write a report as a workbook."""
    book = _Bok()
    summary = [headline(v), *statements(v.rapport, v.navn), *closing(v), *not_yet(v)]
    book.add(
        _("Funn"), _("Hva tallene sier, med nevner i hver setning."),
        ((_("Funn"), "utsagn", _("En setning om hver rutine, og om det som har endret seg mer enn tilfeldig.")),),
        [[line] for line in summary],
    )  # fmt: skip
    for id_ in VIEWS:
        _add_view(book, v, id_)
    _add_changes(book, v)
    _add_points(book, v)
    if not v.uten_id:
        _add_months(book, v)
    heads = (_("Ark"), _("Kolonne"), _("Nøkkel i JSON"), _("Hva det er"))
    return write_workbook([*book.ark, Ark(_("Forklaring"), heads, book.ord)])


def _add_view(book: _Bok, v: Rapportvisning, id_: str) -> None:
    visning = view(v, id_)
    if not visning.linjer:
        return
    cols = [c for c in number_columns() if any(c.verdi(line.rad) is not None for line in visning.linjer)]
    lead = len(visning.forst)
    described = [(name, "", _("Hva raden gjelder.")) for name in visning.forst]
    described += [(c.navn, c.felt, c.forklaring) for c in cols]
    rows = [[*line.forst, *(c.verdi(line.rad) for c in cols)] for line in visning.linjer]
    shares = frozenset(i for i, c in enumerate(cols, start=lead) if c.andel)
    book.add(visning.tittel, visning.forklaring, described, rows, shares)


def _add_changes(book: _Bok, v: Rapportvisning) -> None:
    rows = changed(v)
    if not rows:
        return
    described = (
        (_("Rutine"), "rutine", _("Rutinen.")),
        (_("Hva"), "mal", _("Andelen det gjelder: i tide, eller dager dekket.")),
        (_("Fra"), "fra", _("Det første semesteret med noe som er bedømt.")),
        (_("Del, fra"), "av_fra", _("Telleren da.")),
        (_("Av, fra"), "av_fra", _("Nevneren da.")),
        (_("Andel, fra"), "andel_fra", _("Andelen da.")),
        (_("Til"), "til", _("Det siste semesteret med noe som er bedømt.")),
        (_("Del, til"), "av_til", _("Telleren da.")),
        (_("Av, til"), "av_til", _("Nevneren da.")),
        (_("Andel, til"), "andel_til", _("Andelen da.")),
        (_("Endring"), "endring", _("Forskjellen mellom andelene, i prosentpoeng.")),
        (_("Endring, nedre"), "kl", _("Nedre ende av 95-prosentintervallet; bare når det er minst ti deltakere begge ganger.")),
        (_("Endring, øvre"), "kl", _("Øvre ende av 95-prosentintervallet.")),
    )  # fmt: skip
    values: list[list[Verdi]] = []
    for r in rows:
        e = r.tall
        before: list[Verdi] = [periode_ord(e.fra), *e.av_fra, e.andel_fra]
        after: list[Verdi] = [periode_ord(e.til), *e.av_til, e.andel_til]
        values.append([r.rutine, r.hva, *before, *after, e.endring, *(e.kl or (None, None))])
    book.add(
        _("Endring"),
        _("Fra første til siste semester, for hver rutine."),
        described,
        values,
        frozenset({5, 9, 10, 11, 12}),
    )


def _add_points(book: _Bok, v: Rapportvisning) -> None:
    """The points behind the figures. One that would tell of a benefit stands without its subject."""
    described = (
        (_("Punkt"), "id", _("Punktets id; den samme i alle svar.")),
        (_("Rutine"), "rutine", _("Rutinen.")),
        (_("Hvem"), "subjekt", _("Deltakerens id, eller klassen; tomt der det ville fortalt om en ytelse eller en gruppe.")),
        (_("Periode"), "periode", _("Perioden, milepælen, eller hva som utløste det.")),
        (_("Fra"), "fra", _("Første dag det kan gjøres.")),
        (_("Frist"), "frist", _("Siste dag i tide.")),
        (_("Status"), "status", _("Hva det ble til.")),
        (_("Kontakt"), "kontakt", _("Raden i loggen som gjorde det.")),
        (_("Kontaktdato"), "kontakt_dato", _("Dagen kontakten var.")),
        (_("Dager sen"), "dager_sen", _("Dager etter fristen.")),
        (_("Bedømt"), "bedomt", _("«ja»: det er med i nevneren.")),
    )  # fmt: skip
    book.add(
        _("Punktene bak tallene"), _("Hvert påkrevd punkt som har åpnet: tell dem, og få tallene i de andre arkene."),
        described, [_point(v, b) for b in v.rapport.underlag],
    )  # fmt: skip


def _point(v: Rapportvisning, b: Bedomt) -> list[Verdi]:
    p = b.punkt
    named = p.niva == "klasse" or not (v.uten_id or b.skjermet)
    return [
        p.id if named else None, v.navn.rutine(p.rutine), p.subjekt if named else None, periode_ord(p.periode), p.fra,
        p.frist, status_ord(b.status), b.kontakt if named else None, b.kontakt_dato, b.dager_sen, _("ja") if b.bedomt else _("nei"),
    ]  # fmt: skip


def _add_months(book: _Bok, v: Rapportvisning) -> None:
    described = (
        (_("Deltaker"), "deltaker", _("Deltakerens id.")),
        (_("Måned"), "maned", _("Måneden.")),
        (_("I tide"), "i_tide", _("Bedømte punkter med frist i måneden som var i tide.")),
        (_("Bedømt"), "bedomt", _("Bedømte punkter med frist i måneden.")),
        (_("Kontakter"), "kontakter", _("Kontakter i måneden som teller for en rutine.")),
        (_("Pausedager"), "pausedager", _("Dager i pause.")),
        (_("Dager"), "dager", _("Dager deltakeren var i klassen.")),
    )
    rows: list[list[Verdi]] = [
        [d.deltaker, m.maned, m.i_tide, m.bedomt, m.kontakter, m.pausedager, m.dager]
        for d in v.rapport.deltakere
        for m in d.maneder
    ]
    book.add(_("Deltaker og måned"), _("Hver deltaker, måned for måned."), described, rows)
