"""Whatever the plan, people and power cuts do in between: the calendar ends as the plan says, and people's own stand."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppfolgingscli.tjener import dav, samling
from oppfolgingscli.tjener.adresse import parse_adresse
from oppfolgingscli.tjener.ajour import Ajour, Gjort, Onsket, Utfall
from oppfolgingscli.tjener.samling import Samling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADRESSE = parse_adresse("https://sky.example.no/kal/", "x")
UID = ("a", "b", "c")


class StromBruddError(Exception):
    pass


def ics(uid: str, tekst: str, sekvens: int) -> bytes:
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nSEQUENCE:{sekvens}\r\n"
        f"DTSTAMP:20240101T000000Z\r\nDTSTART:20240110T080000Z\r\nSUMMARY:{tekst}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@dataclass
class Server:
    """A calendar that keeps what it is given, numbers its versions, and may lose power before or after a request."""

    filer: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    versjon: int = 0
    strom: int = 10**9
    skrevet: int = 0
    kommer_fram: bool = False
    med_etag: bool = True

    def sett(self, name: str, data: bytes) -> str:
        self.versjon += 1
        self.filer[name] = data, f'"{self.versjon}"'
        return self.filer[name][1]

    def _strom(self) -> bool:
        """Return whether the power goes after this one; raise when it goes before."""
        self.skrevet += 1
        self.strom -= 1
        if self.strom < 0 and not self.kommer_fram:
            raise StromBruddError
        return self.strom < 0

    def liste(self) -> dav.Innhold:
        return dav.Innhold(ADRESSE, {name: etag for name, (_, etag) in self.filer.items()})

    def hent(self, _linje: object, _samling: object, name: str) -> tuple[bytes, str | None] | None:
        return self.filer.get(name)

    def legg(self, _linje: object, _s: object, name: str, data: bytes, etag: str | None) -> tuple[bool, str | None]:
        if (self.filer[name][1] if name in self.filer else None) != etag:
            return False, None
        last = self._strom()
        new = self.sett(name, data)
        if last:
            raise StromBruddError
        return True, new if self.med_etag else None

    def slett(self, _linje: object, _s: object, name: str, etag: str) -> bool:
        if self.filer[name][1] != etag:
            return False
        last = self._strom()
        del self.filer[name]
        if last:
            raise StromBruddError
        return True


@dataclass
class Klasse:
    """A plan that changes, and the state as it lies on the disk: at worst what was saved when the run began."""

    server: Server
    plan: dict[str, tuple[str, int]] = field(default_factory=dict)
    disk: bytes = b""
    numre: dict[str, int] = field(default_factory=dict)

    def kjor(self, tmp_path: Path, *, drept: bool = False) -> Utfall:
        path = tmp_path / samling.FILNAVN
        path.write_bytes(self.disk or samling.dump({}))
        known = samling.load(path)
        here = known.setdefault(str(ADRESSE), Samling("alt"))
        saved: list[bytes] = []
        run = Ajour(cast("Any", None), self.server.liste(), here, lambda: saved.append(samling.dump(known)))
        wanted = {u: Onsket(f"{text}/{n}", ics(u, text, n)) for u, (text, n) in self.plan.items()}
        gone = [uid for uid in here.ressurser if uid not in wanted]
        try:
            return run.run(wanted, gone)
        finally:
            if saved:
                self.disk = saved[0] if drept else saved[-1]

    def endre(self, uid: str, tekst: str | None) -> None:
        """Let the plan say something else, or nothing; the number never goes down."""
        number = self.numre.get(uid, -1) + 1
        if tekst is None:
            self.plan.pop(uid, None)
        elif uid not in self.plan or self.plan[uid][0] != tekst:
            self.plan[uid] = tekst, number
            self.numre[uid] = number


TEKST = st.sampled_from(["en", "to", "tre"])
HENDELSE = st.one_of(
    st.tuples(st.just("plan"), st.sampled_from(UID), TEKST | st.none()),
    st.tuples(st.just("kjor"), st.none(), st.none()),
    st.tuples(st.just("strombrudd"), st.integers(0, 3), st.booleans()),
)
FOLK = st.tuples(st.just("folk"), st.sampled_from([*UID, "egen"]), TEKST.map(str.upper) | st.none())


def spill(klasse: Klasse, hendelser: list[tuple[str, Any, Any]], tmp_path: Path) -> None:
    server = klasse.server
    for kind, what, value in hendelser:
        if kind == "plan":
            klasse.endre(what, value)
        elif kind == "folk" and value is None:
            server.filer.pop(f"{what}.ics", None)
        elif kind == "folk":
            server.sett(f"{what}.ics", ics(what, value, 0))
        elif kind == "kjor":
            klasse.kjor(tmp_path)
        else:
            server.strom, server.kommer_fram = what, value
            with suppress(StromBruddError):
                klasse.kjor(tmp_path, drept=True)
            server.strom = 10**9


@pytest.fixture(scope="module")
def mappe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ajour")


@contextmanager
def tilkoblet(server: Server) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("hent", "legg", "slett"):
            patch.setattr(dav, name, getattr(server, name))
        yield


def innhold(server: Server) -> dict[str, bytes]:
    return {name: data for name, (data, _) in server.filer.items()}


@pytest.mark.treg
@given(hendelser=st.lists(HENDELSE, max_size=14), med_etag=st.booleans())
def test_power_cuts_at_any_request_are_made_good_by_the_next_run(
    mappe: Path, hendelser: list[tuple[str, Any, Any]], *, med_etag: bool
) -> None:
    server = Server(med_etag=med_etag)
    klasse = Klasse(server)
    with tilkoblet(server):
        spill(klasse, hendelser, mappe)
        outcome = klasse.kjor(mappe)
        assert innhold(server) == {f"{uid}.ics": ics(uid, *said) for uid, said in klasse.plan.items()}
        # Nobody else was there, and nobody is blamed.
        told = {kind for kind, uids in outcome.uid.items() if uids}
        assert told <= {Gjort.UENDRET, Gjort.LAGT, Gjort.ENDRET, Gjort.SLETTET}

        written = server.skrevet
        again = klasse.kjor(mappe)
        assert server.skrevet == written
        assert again.antall(*Gjort) == again.antall(Gjort.UENDRET) == len(klasse.plan)


@pytest.mark.treg
@given(hendelser=st.lists(HENDELSE | FOLK, max_size=14))
def test_what_people_made_stands_and_what_they_changed_until_the_plan_changes(
    mappe: Path, hendelser: list[tuple[str, Any, Any]]
) -> None:
    server = Server()
    klasse = Klasse(server)
    with tilkoblet(server):
        spill(klasse, hendelser, mappe)
        own = [value for kind, what, value in hendelser if (kind, what) == ("folk", "egen")]
        klasse.kjor(mappe)
        left = innhold(server)
        assert left.get("egen.ics") == (ics("egen", own[-1], 0) if own and own[-1] else None)

        written = server.skrevet
        klasse.kjor(mappe)
        assert (server.skrevet, innhold(server)) == (written, left)

        # People change everything now; the plan does not.
        for uid in UID:
            server.sett(f"{uid}.ics", ics(uid, "FOLKETS", 9))
        left = innhold(server)
        outcome = klasse.kjor(mappe)
        assert innhold(server) == left
        assert outcome.antall(Gjort.ENDRET_DER, Gjort.FREMMED) == len(klasse.plan)

        # Then the plan does: only what is ours follows it.
        ours = [uid for uid in klasse.plan if uid in outcome.uid[Gjort.ENDRET_DER]]
        for uid in ours:
            klasse.endre(uid, "nytt")
        outcome = klasse.kjor(mappe)
        assert sorted(outcome.uid[Gjort.OVERSKREVET]) == sorted(ours)
        for uid in UID:
            assert (b"SUMMARY:nytt" in innhold(server)[f"{uid}.ics"]) == (uid in ours)
