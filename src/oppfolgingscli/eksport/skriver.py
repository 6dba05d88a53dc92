"""Writes an export class by class into a folder that is not yet anybody's: tables, other forms, and what describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.eksport.bunke import Bunke, Fil, fingerprint
from oppfolgingscli.eksport.former import ENDELSER, write_form
from oppfolgingscli.eksport.pseudonym import rader_ut, without_veiled
from oppfolgingscli.eksport.rader import rutinerader
from oppfolgingscli.eksport.tabeller import RUTINER
from oppfolgingscli.eksport.tabeller_logg import TABELLER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from oppfolgingscli.eksport.nokkel import Navngiver
    from oppfolgingscli.eksport.pseudonym import Grovhet
    from oppfolgingscli.eksport.rader import Klasserader, Settord
    from oppfolgingscli.modell.rutinesett import Rutinesett


class Skriver:
    """An export in the making. ``utelatt``: rows of the log that are left out because they count for nothing."""

    def __init__(self, mappe: Path, navngiver: Navngiver, grovhet: Grovhet) -> None:
        """Write into ``mappe``, which is empty."""
        self.mappe, self.navngiver, self.grovhet = mappe, navngiver, grovhet
        self.utelatt = 0
        self.n_klasser = 0
        self._bunker = {tabell.navn: Bunke(tabell, mappe) for tabell in TABELLER}
        self._sett: dict[str, tuple[Rutinesett, Settord]] = {}

    def add(self, klasse: Klasserader) -> None:
        """Take in one class.

        Raises:
            Inndatafeil: eleven digits on end.
        """
        self._sett[klasse.klasse.rutinesett] = klasse.sett, klasse.ord
        name = self.navngiver.klasse(klasse.klasse.id)
        for table, rows in rader_ut(klasse, self.navngiver, self.grovhet).items():
            self._bunker[table].add(name, rows)
        self.utelatt += klasse.utelatt
        self.n_klasser += 1

    def write(
        self, former: Iterable[str], framdrift: Callable[[list[tuple[str, str]]], Iterable[tuple[str, str]]]
    ) -> dict[tuple[str, str], Fil]:
        """Write the tables in some forms; return the files by (table, form).

        ``framdrift``: goes through what there is to write, and shows how far it has come.
        """
        former = list(former)
        for id_, (sett, words) in sorted(self._sett.items()):
            self._bunker["rutiner"].add(id_, [without_veiled(RUTINER, row) for row in rutinerader(id_, sett, words)])
        out: dict[tuple[str, str], Fil] = {}
        by_name = {tabell.navn: tabell for tabell in TABELLER}
        others = [form for form in former if form != "csv"]
        last = others[-1] if others else "csv"
        for name, form in framdrift([(name, form) for name in by_name for form in ("csv", *others)]):
            source = self.mappe / f"{name}.csv"
            if form == "csv":
                out[name, form] = self._bunker[name].write(source)
            else:
                path = self.mappe / f"{name}.{ENDELSER[form]}"
                write_form(form, by_name[name], source, path)
                out[name, form] = fingerprint(path)
            if form == last and "csv" not in former:
                source.unlink()
        return out
