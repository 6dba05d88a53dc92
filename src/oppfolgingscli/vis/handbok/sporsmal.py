"""Chapter «Spørsmål fylket bør avgjøre»: a concrete question for everything that is assumed, vague or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Antall, Behov, Etter, Hver, Milepael, Ved
from oppfolgingscli.sprak import _, ngettext, sprak
from oppfolgingscli.vis.dokument.modell import Avsnitt, Bit, Overskrift, Tabell
from oppfolgingscli.vis.handbok.avtaler import written_by
from oppfolgingscli.vis.handbok.ord import capital, event, linked, listed, quoted, role, span, triggers, when
from oppfolgingscli.vis.handbok.plan import duration_assumed, only_duration, sentences
from oppfolgingscli.vis.handbok.rutinene import GROUPS, group

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Versjon
    from oppfolgingscli.vis.dokument.modell import Blokk, Tekst
    from oppfolgingscli.vis.handbok.plan import Plan, Rutineplan

_TELLS: Final = re.compile(r"^(?:antatt|anteke)\b|\bbør\b", re.IGNORECASE)
_MUST_HAVE: Final = ("hoyt_fravaer", "frafallsrisiko", "avbrudd")
"""Events a plan for follow-up should say something about."""


@dataclass(frozen=True, slots=True)
class Sporsmaal:
    """A question about a version of a routine. ``sitat``: what the set's own note says of it."""

    nr: int
    rutine: Rutineplan
    versjon: Versjon
    tekst: str
    sitat: str


class Sporsmal:
    """All questions a set leaves open, numbered: first about each routine, then about the whole."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.title = _("Spørsmål fylket bør avgjøre") if plan.sett.hode.fylke else _("Spørsmål partene bør avgjøre")
        self.rutiner = tuple(self._about_routines())
        self.felles = tuple(_general(plan))

    def _about_routines(self) -> Iterator[Sporsmaal]:
        order = [code for code, _title, _text in GROUPS]
        for nr, (r, v) in enumerate(sorted(self._plan.unclear, key=lambda pair: order.index(group(pair[0]))), 1):
            text = " ".join(_questions(self._plan, r, v))
            yield Sporsmaal(nr, r, v, text, _said(v) if self._plan.notes_language == sprak() else "")

    def numbers(self, r: Rutineplan) -> list[int]:
        """Return the numbers of the questions about a routine."""
        return [one.nr for one in self.rutiner if one.rutine is r]

    def chapter(self) -> Iterator[Blokk]:
        """Yield the chapter."""
        yield Overskrift(1, self.title, "sporsmal")
        yield Avsnitt(
            _(
                "Et svar på hvert av spørsmålene gjør håndboken til en plan som kan følges, og som det går an å se om blir "
                "fulgt. Ta dem opp i et møte der skolen og Nav er med, skriv inn svaret, og før det inn i rutinefilen."
            )
        )
        if self.rutiner:
            yield Overskrift(2, _("Om rutinene"), "sporsmal-rutiner")
            yield Tabell(
                _("Spørsmål om rutinene"),
                (_("Nr."), _("Rutine"), _("Spørsmål"), _("Svar")),
                tuple((str(one.nr), self._subject(one), self._text(one), "") for one in self.rutiner),
                bredder=(2, 8, 13, 8),
            )
        yield Overskrift(2, _("Om samarbeidet"), "sporsmal-felles")
        first = len(self.rutiner) + 1
        yield Tabell(
            _("Spørsmål om samarbeidet"),
            (_("Nr."), _("Spørsmål"), _("Svar")),
            tuple((str(nr), text, "") for nr, text in enumerate(self.felles, first)),
            bredder=(2, 20, 9),
        )

    def _subject(self, one: Sporsmaal) -> tuple[Bit, ...]:
        many = len(one.rutine.versjoner) > 1
        name = linked(self._plan, one.rutine)[:1]
        return (*name, Bit(f"\n{capital(span(one.versjon))}")) if many else name

    def _text(self, one: Sporsmaal) -> Tekst:
        if not one.sitat:
            return one.tekst
        return (Bit(one.tekst), Bit("\n"), Bit(_("I rutinefilen: {sitat}").format(sitat=one.sitat)))


def _questions(plan: Plan, r: Rutineplan, v: Versjon) -> Iterator[str]:
    """Yield a question for each mark of a version."""
    rutine, frequency = v.rutine, v.rutine.frekvens
    marks = plan.marks(v)
    if "antatt" in marks:
        clause = when(plan, frequency)
        match frequency:
            case Antall() | Hver():
                yield _("Skal dette skje {naar}, eller oftere eller sjeldnere?").format(naar=clause)
            case Milepael():
                yield _("Er «{naar}» rett tid, eller skal det være en annen?").format(naar=clause)
            case Ved() | Etter() if frequency.innen is not None:
                yield _("Er «{naar}» rett frist, eller skal det være en annen?").format(naar=clause)
            case _:
                pass
        own_date = rutine.gjelder_fra is not None and rutine.gjelder_fra != plan.sett.hode.gjelder_fra
        if own_date or isinstance(frequency, Behov) or len(r.versjoner) > 1:
            yield _("Stemmer det at dette gjelder {tid}?").format(tid=span(v))
    if "uten_tall" in marks:
        yield _("Hvem avgjør at det trengs, og hvor ofte skal det minst skje?")
    if "uten_frist" in marks and isinstance(frequency, Ved | Etter):
        yield _("Hvor lenge etter {hva} kan det høyst gå før dette er gjort?").format(hva=triggers(plan, frequency))
    if "uten_navn" in marks:
        yield _("Hvem skal ha ansvaret? Rutinen sier bare «{rolle}».").format(rolle=role(plan, rutine.ansvarlig))
    if "planlagt" in marks:
        yield _("Når skal rutinen tas i bruk, og hvem bestemmer det?")


def _said(v: Versjon) -> str:
    """Return the sentences of the note that say what is assumed and what should be settled."""
    return " ".join(s for s in sentences(v.rutine.merknad or "") if _TELLS.search(s) and not only_duration(s))


def _general(plan: Plan) -> Iterator[str]:
    """Yield questions about what no single routine can answer."""
    if practice := sum(1 for r in plan.rutiner if r.rutine.grunnlag == "praksis"):
        yield ngettext(
            "{n} rutine er praksis som ikke er skrevet ned. Skal den vedtas slik den står her?",
            "{n} rutiner er praksis som ikke er skrevet ned. Hvilke av dem skal vedtas slik de står her?",
            practice,
        ).format(n=practice)
    if assumed := [r for r in plan.rutiner if duration_assumed(r.rutine)]:
        lengths = listed(_minutes(r) for r in assumed)
        yield _("Hvor lenge skal møtene og samtalene vare? Varigheten er antatt for {hvilke}.").format(hvilke=lengths)
    if "hoyt_fravaer" in plan.events:
        yield _("Hvor mye fravær er høyt fravær, og hvem avgjør det?")
    if "frafallsrisiko" in plan.events:
        yield _("Hva er tegn på at en deltaker står i fare for å slutte, og hvem avgjør at det skal varsles?")
    for code in _MUST_HAVE:
        if code not in plan.events:
            yield _("Hva skal skje ved {hendelse}? Ingen rutine begynner da.").format(hendelse=event(code))
    if not written_by(plan):
        yield _("Hvem skriver ned det partene avtaler om en deltaker, og hvem ser etter at det blir gjort?")
    for id_, one in plan.sett.roller.items():
        if one.etat != "deltaker" and not plan.responsible(id_) and not plan.taking_part(id_):
            yield _("Hva skal «{rolle}» gjøre? Rollen er nevnt, men har ingen oppgaver i rutinene.").format(
                rolle=role(plan, id_)
            )
    yield _("Hvem sørger for at alle som har en rolle, kjenner håndboken, også de som kommer nye til?")
    yield _("Hvem holder håndboken ved like, og når skal den gås gjennom neste gang?")


def _minutes(r: Rutineplan) -> str:
    n = r.rutine.varighet or 0
    return ngettext("{rutine} ({n} minutt)", "{rutine} ({n} minutter)", n).format(rutine=quoted(r), n=n)
