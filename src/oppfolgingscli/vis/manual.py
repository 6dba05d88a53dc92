"""The manual page (roff, the macros of man): every command from its own help, and the topics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import N_, _
from oppfolgingscli.vis.emner import Emne, is_block, topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SVARKODER: Final = (
    (0, N_("Ferdig, og ingenting er forfalt.")),
    (1, N_("Noe er forfalt, eller et krav er ikke oppfylt.")),
    (2, N_("Feil bruk.")),
    (3, N_("Feil i filene; alle står på stderr, og ingenting er skrevet.")),
    (4, N_("Maskinen sa nei: full disk, ingen tilgang.")),
    (130, N_("Avbrutt.")),
)
MILJO: Final = (
    ("OPPFOLGING_SPRAK", N_("Språket: nb, nn eller en.")),
    ("NO_COLOR", N_("Ikke tom: ingen farger.")),
    ("FORCE_COLOR", N_("Ikke tom: farger også når svaret ikke går til en skjerm.")),
    ("COLUMNS", N_("Bredden på tabeller, i tegn.")),
    ("OPPFOLGING_CALDAV_BRUKER, OPPFOLGING_CALDAV_PASSORD", N_("Brukernavn og passord på kalendertjeneren.")),
    ("OPPFOLGING_WEB_PASSORD", N_("Passordet til «web» når andre maskiner slipper til.")),
    ("OPPFOLGING_FEILSOK", N_("Ikke tom: uventede feil vises med alt de kan fortelle.")),
)
FILER: Final = (
    ("oppfolging.toml", N_("Klassen, kalenderen og personene. Mappen den ligger i, er arbeidsmappen.")),
    ("deltakere.csv, perioder.csv", N_("Deltakerne, og det de har som har datoer.")),
    ("kontakter.csv, hendelser.csv, avtaler.csv", N_("Loggen.")),
    ("plan.csv", N_("Dagene og klokkeslettene som er valgt.")),
    ("rutiner/*.toml", N_("Klassens egne rutinesett.")),
    ("skjema/*.json", N_("Beskrivelser av filene, til redigeringsprogrammer.")),
)

Valg = tuple[str, str]


class Kommandohjelp:
    """One command's help as the page needs it. ``valg``: (names, help); ``slutt``: what stands after the options."""

    def __init__(self, sti: str, bruk: str, hjelp: str, valg: Iterable[Valg], slutt: str = "") -> None:
        self.sti = sti
        self.bruk = bruk
        self.hjelp = hjelp
        self.valg = list(valg)
        self.slutt = slutt


def manual(versjon: str, kort: str, kommandoer: Iterable[Kommandohjelp], felles: Iterable[Valg]) -> str:
    """Return the page. ``kort``: what the program is, in a line; ``felles``: the options every command has."""
    title = _("Brukerhåndbok")
    lines = [
        f'.TH OPPFOLGING 1 "" "oppfolging {_esc(versjon)}" "{_esc(title)}"',
        # No hyphenation, and lines that end where the words do: commands shall be copied as they stand.
        ".nh", ".ad l",
        _section(_("Navn")), rf"oppfolging \- {_esc(kort)}",
        _section(_("Bruk")), ".B oppfolging", _esc(_("KOMMANDO [VALG] …")),
        _section(_("Kommandoer")),
    ]  # fmt: skip
    for command in kommandoer:
        lines += _command(command)
    lines += [_section(_("Valg alle kommandoer har")), *_pairs(felles)]
    for emne in topics().values():
        lines += [_section(emne.tittel), *_topic(emne)]
    lines += [_section(_("Svarkoder")), *_pairs((str(n), _(text)) for n, text in SVARKODER)]
    lines += [_section(_("Miljøvariabler")), *_pairs((name, _(text)) for name, text in MILJO)]
    lines += [_section(_("Filer")), *_pairs((name, _(text)) for name, text in FILER)]
    return "\n".join(lines) + "\n"


def _command(command: Kommandohjelp) -> Iterator[str]:
    yield f'.SS "{_esc(command.sti)}"'
    yield f".B {_esc(command.bruk)}"
    yield ".PP"
    yield _esc(command.hjelp)
    yield from _pairs(command.valg)
    if command.slutt:
        yield from (".PP", _esc(command.slutt))


def _topic(emne: Emne) -> Iterator[str]:
    for i, part in enumerate(emne.avsnitt):
        if is_block(part):
            yield from (".PP", ".RS 4", ".nf", *(_esc(line.strip()) for line in part.splitlines()), ".fi", ".RE")
        else:
            yield from (() if i == 0 else (".PP",))
            yield _esc(part)


def _pairs(pairs: Iterable[Valg]) -> Iterator[str]:
    for name, text in pairs:
        yield from (".TP", f".B {_esc(name)}", _esc(text) or r"\&")


def _section(text: str) -> str:
    return f'.SH "{_esc(text)}"'


def _esc(text: str) -> str:
    r"""Write text that roff takes as it is: backslashes and hyphens escaped, no line that begins with a request."""
    text = re.sub(r"\s+", " ", text).strip()
    # «"» inside an argument would end it; \(dq stands for it everywhere.
    text = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    return rf"\&{text}" if text.startswith((".", "'")) else text
