"""What ties it together: whatever is done to a log, what stood in it is the beginning of what stands in it."""

from __future__ import annotations

import errno
import shutil
import tempfile
import threading
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar, Final

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ildprove import bruddlag, klasse, prosess
from ildprove.ramme import Avsnitt, Valg, tall

TITTEL: Final = "Loggen blir bare lengre"
TEKST: Final = """\
Påstand: Hva som enn gjøres – rader føres, rettes, strykes og hentes inn, kommandoer er gale, disken er full, programmet drepes,
flere skriver samtidig, regnearket har filen åpen, klokka hopper, noen skriver tull i filen selv – er loggen slik den var på
disken, begynnelsen av loggen slik den er, byte for byte. I en arbeidsbok er hver tidligere rad som den var. Det programmet har sagt
at er ført, står der, og loggen kan alltid leses.

Slik er det prøvd: Tilfeldige rekker av slike hendelser (Hypothesis, `RuleBasedStateMachine`), med påstanden prøvd etter hver.
"""
Uhell = tuple[int, int | None] | None
UHELL: Final = st.none() | st.tuples(
    st.integers(1, 12), st.sampled_from([None, None, errno.ENOSPC, errno.EACCES, errno.EIO])
)
"""Which call to the disk goes wrong, and how: killed at it (None), or refused."""
IDER: Final = st.sampled_from(
    ["k1", "k2", "k3", "k4", "k5", "h1", "a1", "a2", "k1.rett1", "finnes-ikke", "k4.utgar1", "=1+1"]
)
DELTAKERE: Final = st.sampled_from(
    ["D01", "D02", "D03", "D01", "D02", "D03", "D01,D02", "*", "D99", "01019012345", "../x", ""]
)
DAGER: Final = st.dates(date(2024, 8, 1), date(2025, 6, 30)).map(str) | st.sampled_from(
    ["i går", "01.02.2025", "2024-02-30"]
)
TEKSTER: Final = st.text(max_size=12) | st.sampled_from(
    ["=1+1", 'a"b', "a;b", "to\nlinjer", "\u202ex", "\x1b[2J", "010190 12345", "'", '"', ";;;", "k9;2024-01-01", "Łódź"]
)
RADER: Final = st.sampled_from(
    [
        b"x9;2024-10-02;elevsamtale;samtale;D02;kl;;;;;;\r\n", b"\r\n", b";;;;\r\n", b"tull\n", b"k1;i morgen;;;;;;;;;;\n",
        b'x8;2024-10-03;elevsamtale;;D03;;;;;;"to\r\nlinjer";2024-10-03\r\n', "y;2024-10-02;ø;;D01;;;;;;æ;".encode(), b"\x00\r\n",
        b"k77.rett1;2024-10-02;elevsamtale;;D01;;;;;;;\r\n",
    ]
)  # fmt: skip
"""What people put at the end of the file themselves."""


class Loggen(RuleBasedStateMachine):
    """A workspace, its logs as they last were, and what befalls them."""

    regneark = False
    talt: ClassVar[Counter[str]] = Counter()
    """What was done, over all runs."""

    def __init__(self) -> None:
        super().__init__()
        self._rot = Path(tempfile.mkdtemp(prefix="prefiks-"))
        self.mappe = klasse.lag_mappe(self._rot / "k", regneark=self.regneark)
        self.for_ = self.logger()
        self.i_dag = date(2024, 10, 1)

    def teardown(self) -> None:
        """Remove the workspace."""
        shutil.rmtree(self._rot, ignore_errors=True)

    def logger(self) -> dict[str, bytes]:
        """Return the logs on disk."""
        return {
            p.name: p.read_bytes()
            for p in self.mappe.iterdir()
            if p.stem in klasse.HODER and p.suffix in {".csv", ".xlsx"}
        }

    def run(self, *ord_: str, uhell: Uhell = None) -> prosess.Utfall:
        """Run a command, with what is to befall it."""
        from oppfolgingscli.cli import felles

        real, felles.i_dag = felles.i_dag, lambda: self.i_dag
        ved, kode = uhell or (0, None)
        try:
            answer, layer = bruddlag.kjor([*ord_, "--mappe", str(self.mappe)], self.mappe, ved, kode)
        finally:
            felles.i_dag = real
        hit = uhell is not None and layer.antall >= ved
        assert answer.kode in {None, 0, 1, 2, 3, 4, 130}, answer  # noqa: S101 - the property
        assert "ikke var laget for" not in answer.stderr, answer.stderr  # noqa: S101
        assert hit or not klasse.unfinished(self.mappe) or Loggen.talt["drept"], answer  # noqa: S101
        Loggen.talt["drept" if answer.kode is None else "nektet av disken" if hit else f"svarkode {answer.kode}"] += 1
        return answer

    def told(self, answer: prosess.Utfall, slag: str, word: str) -> None:
        """See that what was said to be written is there."""
        if answer.kode == 0 and " som " in answer.stdout:
            row = answer.stdout.split(" som ")[1].split(":")[0]
            now = self.logger()
            text = b"".join(now.get(f"{slag}.{ending}", b"") for ending in ("csv", "xlsx"))
            found = row.encode() in text or any(row in cells for cells in klasse.rows_of(text)) if self.regneark and slag == "kontakter" else row.encode() in text  # fmt: skip
            assert found, (row, word)  # noqa: S101 - the property

    @rule(dager=st.integers(-40, 40))
    def klokka_hopper(self, dager: int) -> None:
        """Let the clock jump."""
        self.i_dag = max(date(2024, 8, 1), min(date(2026, 1, 1), self.i_dag + timedelta(days=dager)))

    @rule(uhell=UHELL, hvem=DELTAKERE, dag=DAGER, notat=TEKSTER)
    def ny(self, hvem: str, dag: str, notat: str, uhell: Uhell) -> None:
        """Log a contact."""
        answer = self.run(
            "logg", "ny", f"--deltaker={hvem}", "--rutine=samtale", f"--dato={dag}", f"--notat={notat}", uhell=uhell
        )
        self.told(answer, "kontakter", notat)

    @rule(uhell=UHELL, hvem=DELTAKERE, dag=DAGER)
    def hendelse(self, hvem: str, dag: str, uhell: Uhell) -> None:
        """Log an event."""
        answer = self.run("logg", "hendelse", f"--deltaker={hvem}", "--type=fravaer", f"--dato={dag}", uhell=uhell)
        self.told(answer, "hendelser", dag)

    @rule(uhell=UHELL, hvem=DELTAKERE, tiltak=TEKSTER)
    def avtale(self, hvem: str, tiltak: str, uhell: Uhell) -> None:
        """Log an agreement."""
        answer = self.run("logg", "avtale", f"--deltaker={hvem}", f"--tiltak={tiltak}", uhell=uhell)
        self.told(answer, "avtaler", tiltak)

    @rule(
        uhell=UHELL,
        rad=IDER,
        felt=st.sampled_from(["--form", "--notat", "--deltaker", "--tiltak", "--stryk", "--dato"]),
        verdi=TEKSTER,
    )
    def rett(self, rad: str, felt: str, verdi: str, uhell: Uhell) -> None:
        """Correct a row, or take it out."""
        self.run("logg", "rett", rad, felt if felt == "--stryk" else f"{felt}={verdi}", uhell=uhell)

    @rule(uhell=UHELL, rader=st.lists(RADER, max_size=4), prov=st.booleans())
    def importer(self, rader: list[bytes], *, prov: bool, uhell: Uhell) -> None:
        """Take rows from another table."""
        path = self.mappe / "inn" / "kontakter.csv"
        path.write_bytes(klasse.HODER["kontakter"].encode() + b"\r\n" + b"".join(rader))
        self.run("logg", "importer", str(path), *(["--prov"] if prov else []), uhell=uhell)

    @rule(rad=RADER)
    def noen_skriver_selv(self, rad: bytes) -> None:
        """Let somebody write at the end of the file, and save it."""
        log = self.mappe / "kontakter.csv"
        if log.exists():
            log.write_bytes(log.read_bytes() + rad)

    @rule(antall=st.integers(2, 4))
    def samtidig(self, antall: int) -> None:
        """Let several write at once."""
        from oppfolgingscli.feil import Oppfolgingsfeil
        from oppfolgingscli.logg import append

        def write(name: str) -> None:
            row = {
                "dato": "2024-10-01",
                "type": "elevsamtale",
                "deltaker": "D01",
                "notat": name,
                "registrert": "2024-10-01",
            }
            try:
                append(self.mappe, "kontakter", lambda _now: [row])
            except Oppfolgingsfeil:
                return
            done.append(name)

        done: list[str] = []
        writers = [threading.Thread(target=write, args=(f"tråd {chr(97 + n)}",)) for n in range(antall)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        Loggen.talt["rader skrevet samtidig"] += len(done)

    @rule(
        merke=st.sampled_from(["~$kontakter.csv", ".~lock.kontakter.csv#"]), apen=st.sampled_from([False, False, True])
    )
    def regnearket(self, merke: str, *, apen: bool) -> None:
        """Let a spreadsheet open or close the file."""
        (self.mappe / merke).touch() if apen else (self.mappe / merke).unlink(missing_ok=True)

    @rule(hva=st.sampled_from(["sjekk", "rapport", "utvid", "kalender", "plan"]))
    def annet(self, hva: str) -> None:
        """Run a command that only reads the log."""
        more = {"kalender": ["--ut", str(self.mappe / "ut")], "plan": ["--metode", "grisk"]}.get(hva, [])
        self.run(hva, "--per=2024-12-01", *more)

    @invariant()
    def bare_lengre(self) -> None:
        """See that every log is what it was, and perhaps more, and that it can be read."""
        from oppfolgingscli.les.logg import read_logg

        now = self.logger()
        for name, before in self.for_.items():
            assert klasse.goes_on(before, now.get(name, b"")), f"{name} er ikke lenger seg selv"  # noqa: S101
        read_logg(self.mappe)
        self.for_ = now
        Loggen.talt["prøvd"] += 1


class Arbeidsboka(Loggen):
    """The same with the contacts in a workbook."""

    regneark = True


def prove(maskin: type[Loggen], antall: int, skritt: int, *, krymp: bool = True) -> None:
    """Run a machine so many times, so many steps each. What is chance is the same each time.

    ``krymp``: when it fails, look for the shortest way to it.
    """
    run_state_machine_as_test(
        maskin,
        settings=settings(
            max_examples=antall,
            stateful_step_count=skritt,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate, Phase.shrink] if krymp else [Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def run(valg: Valg) -> Avsnitt:
    """Try the property on many rows of events."""
    out = Avsnitt(TITTEL, TEKST)
    for machine, what, many, few in ((Loggen, "Logger i .csv", 160, 3), (Arbeidsboka, "Kontakter i .xlsx", 40, 1)):
        Loggen.talt.clear()
        rows, steps = (few, 8) if valg.kort else (many, 40)
        try:
            prove(machine, rows, steps)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            out.feil.append(f"{what}: {type(error).__name__} {error}")
        counted = Loggen.talt
        out.add(
            f"{what}: {rows} rekker på opptil {steps}",
            counted["prøvd"],
            "det som sto der, er begynnelsen av det som står der",
        )
        told = {
            "kommandoer": sum(n for name, n in counted.items() if name.startswith(("svarkode", "drept", "nektet"))),
            "drept underveis": counted["drept"],
            "nektet av disken": counted["nektet av disken"],
            "nektet fordi ordene var gale": counted["svarkode 2"] + counted["svarkode 3"],
            "rader skrevet av flere på en gang": counted["rader skrevet samtidig"],
        }
        out.etter += f"{what}: " + ", ".join(f"{tall(n)} {name}" for name, n in told.items()) + ".\n\n"
    return out
