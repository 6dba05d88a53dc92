"""Forms: their fields with what stands in them and what is wrong, and how one becomes a row of the log.

A form is checked whole: every fault is shown at its field and at the top, and what was written stands there still,
but eleven digits, which are taken out before anything can repeat them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final, Literal

from oppfolgingscli.feil import Bruksfeil, Inndatafeil, Oppfolgingsfeil
from oppfolgingscli.logg import clean_rad
from oppfolgingscli.modell.verdier import Feltfeil
from oppfolgingscli.sprak import _
from oppfolgingscli.web.svar import Ikke, Side, Svar, Videre

if TYPE_CHECKING:
    from datetime import date

    from oppfolgingscli.les.logg_kolonner import Slag
    from oppfolgingscli.web.kontekst import Felter, Kontekst

NOKKEL: Final = "_nokkel"
"""The hidden field that makes a form sent twice write once."""
TILBAKE: Final = "tilbake"
_LENGST_NOKKEL: Final = 64

Feltslag = Literal["tekst", "dato", "velg", "radio", "kryss", "avsnitt"]


@dataclass(frozen=True, slots=True)
class Valg:
    """One thing to choose among others. ``gruppe``: the heading it stands under, "" for none."""

    verdi: str
    tekst: str
    gruppe: str = ""


@dataclass(slots=True)
class Felt:
    """One field. ``verdi``: what stands in it, several only for ``kryss``. ``mer``: folded away under the rest.

    ``spalte``: 1 or 2, side by side where there is room. ``forslag``: words the browser offers while one writes. ``valgfri`` is said in words.
    """

    navn: str
    etikett: str
    slag: Feltslag = "tekst"
    verdi: tuple[str, ...] = ()
    hjelp: str = ""
    valg: Sequence[Valg] = ()
    forslag: Sequence[str] = ()
    valgfri: bool = False
    mer: bool = False
    spalte: int = 1
    feil: str = ""

    @property
    def tekst(self) -> str:
        """The one value."""
        return self.verdi[0] if self.verdi else ""

    @property
    def grupper(self) -> list[tuple[str, list[Valg]]]:
        """The choices by group, in order."""
        out: dict[str, list[Valg]] = {}
        for valg in self.valg:
            out.setdefault(valg.gruppe, []).append(valg)
        return list(out.items())


class Leser:
    """Reads the fields of a form that was sent, and collects what is wrong by field."""

    def __init__(self, felter: Felter) -> None:
        self.felter = felter
        self.feil: dict[str, str] = {}
        for name in felter.nektet:
            self.feil[name] = _("Elleve siffer på rad kan være et fødselsnummer. De er tatt bort. Bruk id-en.")

    def read(self, navn: str, parse: Callable[[str], str], *, mangler: str = "") -> str:
        """Return what ``parse`` makes of a field; "" when it is empty or wrong. ``mangler``: said when it is empty."""
        text = self.felter.en(navn)
        if navn in self.feil:
            return ""
        if not text:
            if mangler:
                self.feil[navn] = mangler
            return ""
        return self.attempt(navn, lambda: parse(text))

    def attempt(self, navn: str, make: Callable[[], str]) -> str:
        """Return a value, "" when it is refused; the refusal's words become the field's."""
        out: list[str] = []
        self.check(navn, lambda: out.append(make()))
        return out[0] if out else ""

    def check(self, navn: str, look: Callable[[], object]) -> None:
        """Have something looked at that raises for what is wrong; its words become the field's."""
        try:
            look()
        except Bruksfeil as error:
            self.feil.setdefault(navn, sentence(str(error)))
        except Feltfeil as fault:
            self.feil.setdefault(navn, sentence(f"{fault.melding} {fault.rad or ''}".strip()))
        except ValueError as error:
            self.feil.setdefault(navn, sentence(str(error)))

    def clean(self, slag: Slag, rad: dict[str, str]) -> None:
        """Check the row's cells as the log's writer does; what it refuses is said at the cell's field."""
        try:
            clean_rad(slag, rad)
        except Inndatafeil as error:
            for fault in error.feil:
                name = fault.sted.fil if fault.sted else ""
                self.feil.setdefault(name, sentence(f"{fault.melding} {fault.rad or ''}".strip()))


@dataclass(slots=True)
class Skjema:
    """A form as it is shown. ``etter``: words under the heading. ``faner``: the other forms of its kind."""

    tittel: str
    knapp: str
    felt: list[Felt]
    tilbake: str
    ingress: Sequence[str] = ()
    faner: Sequence[tuple[str, str, bool]] = ()
    farlig: tuple[str, str] | None = None
    """A second button that takes the row out: (its words, what it is confirmed with)."""


def show(skjema: Skjema, k: Kontekst, feil: dict[str, str] | None = None, topp: str = "", kode: int = 200) -> Side:
    """Return the page with a form. ``feil``: by field; ``topp``: what is wrong with all of it."""
    feil = feil or {}
    known = {f.navn for f in skjema.felt}
    for f in skjema.felt:
        f.feil = feil.get(f.navn, "")
    loose = [text for name, text in feil.items() if name not in known]
    summary = [(f.navn, f.etikett, f.feil) for f in skjema.felt if f.feil]
    wrong = bool(summary or loose or topp)
    return Side(
        "skjema.html.j2",
        skjema.tittel,
        {
            "s": skjema,
            "feil": summary,
            "topp": [*([topp] if topp else []), *loose],
            "galt": wrong,
            "forste": "" if wrong else _first(skjema.felt),
            "spalter": [part for n in (1, 2) if (part := [f for f in skjema.felt if f.spalte == n and not f.mer])],
            "avbryt": k.back(skjema.tilbake),
            "merke": k.okt.merke,
            "nokkel": (k.skjema.en(NOKKEL) if k.skjema else "") or token_urlsafe(16),
            "o": {
                "feil": _("Feil"),
                "feil_tittel": _("Dette må rettes før raden kan føres"),
                "feil_topp": _("Ingenting er skrevet"),
                "valgfri": _("valgfritt"),
                "mer": _("Mer"),
                "spalter": [part for n in (1, 2) if (part := [f for f in skjema.felt if f.spalte == n and not f.mer])],
                "avbryt": _("Avbryt"),
                "faner": _("Hva vil du føre?"),
            },
        },
        css=(),
        kode=kode if kode != 200 or not wrong else 422,
    )


def _first(felt: Sequence[Felt]) -> str:
    """Return the field to begin in: the first that is empty and must not be, else the day, where Enter sends the form."""
    empty = next((f.navn for f in felt if not f.verdi and not f.valgfri and not f.mer), "")
    return empty or next((f.navn for f in felt if f.slag == "dato"), "")


def send(k: Kontekst, skjema: Skjema, leser: Leser, write: Callable[[], str]) -> Svar:
    """Write what a form holds, once, and go where one came from; or show it again with what is wrong.

    ``write`` writes and returns the id of the receipt.
    """
    assert k.skjema is not None  # noqa: S101 - asked for by forms only
    if leser.feil:
        return show(skjema, k, leser.feil)
    try:
        receipt = write()
    except Oppfolgingsfeil as error:
        return show(skjema, k, topp=str(error), kode=503 if error.exit_code == 4 else 422)
    return Videre(with_receipt(k, receipt))


def already(k: Kontekst) -> Videre | None:
    """Return where the answer is to a form that was sent before, as it is; None for a new one.

    Raises:
        Ikke: the form lacks its key, so that one cannot know.
    """
    assert k.skjema is not None  # noqa: S101 - asked for by forms only
    key = k.skjema.en(NOKKEL)
    if not key or len(key) > _LENGST_NOKKEL:
        raise Ikke(400, _("Skjemaet er for gammelt. Åpne siden på nytt."))
    done = k.okt.gjort.get(fingerprint(k))
    return Videre(done) if done else None


def fingerprint(k: Kontekst) -> str:
    """Return what makes two sendings one: the form, its key, and everything in it.

    A page one has gone back to, out of the browser's memory, has the old key: changed, it is another row.
    """
    assert k.skjema is not None  # noqa: S101 - asked for by forms only
    held = (k.rute.navn, sorted(k.sti.items()), sorted((name, *values) for name, values in k.skjema.verdier.items()))
    return sha256(repr(held).encode()).hexdigest()


def with_receipt(k: Kontekst, receipt: str) -> str:
    """Return the address one goes back to, with the receipt to show there."""
    assert k.skjema is not None  # noqa: S101 - asked for by forms only
    back = k.back(k.skjema.en(TILBAKE))
    return f"{back}{'&' if '?' in back else '?'}kvittering={receipt}"


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    text = text.strip()
    return f"{capital(text)}{'' if text.endswith(('.', '!', '?')) else '.'}"


def capital(text: str) -> str:
    """Begin with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def read_dato(text: str) -> str:
    """Read a day as people, or the browser, write it. Returns it as it is stored. Raises ValueError or Bruksfeil."""
    from oppfolgingscli.cli.felles import parse_dato
    from oppfolgingscli.cli.loggord import write_dato

    return write_dato(parse_dato(text))


def iso(day: date | None) -> str:
    """Write a day for a date field."""
    return day.isoformat() if day else ""
