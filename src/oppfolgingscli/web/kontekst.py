"""What a page is given: the judgement, the day, the reader's language, and how to make addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from oppfolgingscli.cli import felles
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.sprak import navn
from oppfolgingscli.web.ruter import RUTER, Rute, address

if TYPE_CHECKING:
    from pathlib import Path

    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.web.lager import Lager
    from oppfolgingscli.web.okt import Okt
    from oppfolgingscli.web.oppsett import Oppsett


_FOR_EN_GANG: Final = ("kvittering", "sprak")


@dataclass(slots=True)
class Felter:
    """What came in a query or a form: texts by name. Nothing with eleven digits in it is ever in here."""

    verdier: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Names of the fields that held eleven digits, and were emptied for it.
    nektet: frozenset[str] = frozenset()

    @classmethod
    def clean(cls, verdier: Mapping[str, Sequence[str]]) -> Felter:
        """Take out what may be an identity number, before anything can repeat it."""
        kept = {
            name: [value for value in values if not has_fodselsnummer(value)]
            for name, values in verdier.items()
            if not has_fodselsnummer(name)
        }
        bad = frozenset(name for name, values in kept.items() if len(values) < len(verdier[name]))
        return cls(kept, bad)

    def en(self, navn: str, ellers: str = "") -> str:
        """Return the first value, trimmed; ``ellers`` when there is none."""
        values = self.verdier.get(navn) or (ellers,)
        return values[0].strip()

    def alle(self, navn: str) -> tuple[str, ...]:
        """Return every value, trimmed, without the empty ones and each once."""
        return tuple(dict.fromkeys(v for value in self.verdier.get(navn, ()) if (v := value.strip())))

    def __contains__(self, navn: str) -> bool:
        return navn in self.verdier


class Kontekst:
    """One request. Everything a page reads is here; a page keeps nothing between two of them."""

    def __init__(
        self,
        oppsett: Oppsett,
        lager: Lager,
        okt: Okt,
        rute: Rute,
        sti: Mapping[str, str],
        sporring: Felter,
        skjema: Felter | None = None,
    ) -> None:
        self.oppsett = oppsett
        self.okt = okt
        self.rute = rute
        #: Values from the path: ``/deltaker/{id}`` gives ``sti["id"]``. Look them up; never open them as files.
        self.sti = sti
        #: What stands after «?» in the address.
        self.sporring = sporring
        #: What was sent with a form (POST); None when the page is only looked at. Its mark is already checked.
        self.skjema = skjema
        self._lager = lager

    @cached_property
    def per(self) -> date:
        """The day that is judged on: ``--per``, else today."""
        return self.oppsett.per or felles.i_dag()

    @property
    def dager(self) -> int:
        """How far «soon» reaches, in calendar days."""
        return self.oppsett.dager

    @property
    def mappe(self) -> Path:
        """The workspace."""
        return self._lager.mappe

    @property
    def grunnlag(self) -> Grunnlag:
        """The workspace, its log and the judgement, as the files are now.

        Raises:
            Oppfolgingsfeil: the files have faults; let it pass, it becomes a page that lists them.
        """
        return self._lager.get(self.per)

    @property
    def klassenavn(self) -> str:
        """What the class is called, "" as long as the workspace could not be opened."""
        return navn(self._lager.klasse) if self._lager.klasse is not None else ""

    def forget(self) -> None:
        """Say that the log was written: the next ``grunnlag`` is made anew."""
        self._lager.forget()

    def url(self, side: str, /, **verdier: object) -> str:
        """Return the address of a page by its name in ``ruter.RUTER``; see ``ruter.address``."""
        return address(side, **verdier)

    def her(self, **endring: object) -> str:
        """Return this page's own address, with some of its query changed (None: taken away).

        A receipt and a choice of language were for once, and are left out.
        """
        kept: dict[str, object] = {
            name: self.sporring.alle(name) for name in self.sporring.verdier if name not in _FOR_EN_GANG
        }
        return address(self.rute.navn, **{**kept, **self.sti, **endring})

    def back(self, sti: str) -> str:
        """Return ``sti`` when it is the address of one of our own pages, else the list's: never another place."""
        parts = urlsplit(sti)
        plain = sti.startswith("/") and not sti.startswith("//") and "\\" not in sti and sti.isprintable()
        if not plain or parts.scheme or parts.netloc or parts.fragment:
            return address("liste")
        first = parts.path.split("/")[1]
        return sti if any(rute.sti.split("/")[1] == first for rute in RUTER) else address("liste")
