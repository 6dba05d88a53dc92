"""How much of the plan was done in each example class: the patterns the report tells, put into invented numbers.

Shares and steps are given by semester: autumn 2023, spring 2024, autumn 2024, spring 2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Plan:
    """Points: ``holdt`` is the share held by semester, less ``avtar`` for each number after the first in a period.

    ``spredning``: days from ``mal`` either way. ``sent``: share of those held that came after the deadline.
    ``uteble``: share with a no-show or cancellation first. ``uten_rolle``: share where a required role was not there.
    """

    holdt: tuple[float, float, float, float]
    avtar: float = 0.0
    spredning: int = 7
    sent: float = 0.0
    uteble: float = 0.0
    uten_rolle: float = 0.0
    versjon: int = 0

    def andel(self, semester: int, nr: int) -> float:
        """Return the share held of the points with number ``nr`` in a semester."""
        return self.holdt[min(semester, 3)] - self.avtar * (nr - 1)


@dataclass(frozen=True, slots=True)
class Intervall:
    """Clock days from one contact to the next, (low, high) by semester; ``ulikt``: more for some, all the way."""

    steg: tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]
    ulikt: int = 0
    uteble: float = 0.0
    versjon: int = 0


@dataclass(frozen=True, slots=True)
class Behov:
    """The mean number of need-based contacts a semester, for each subject."""

    antall: tuple[float, float, float, float]
    versjon: int = 0


@dataclass(frozen=True, slots=True)
class Svar:
    """Answers to contacts of type ``paa``: the share answered by semester, after (low, high) days."""

    paa: str
    andel: tuple[float, float, float, float]
    dager: tuple[int, int]
    versjon: int = 0


@dataclass(frozen=True, slots=True)
class Sak:
    """An event, days until it was discovered, and the contacts that followed: (routine, days after the last, role lacking)."""

    dato: date
    hva: str
    deltaker: str
    oppdaget: int = 0
    steg: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Avtalt:
    """An agreed measure; ``frist`` and ``utfort`` in days after it was agreed (0: no deadline; None: not done)."""

    dato: date
    deltaker: str
    tiltak: str
    ansvarlig: str
    frist: int
    utfort: int | None
    grunnlag: str = ""


@dataclass(frozen=True, slots=True)
class Klassemonster:
    """Everything about one class. ``dobbelt``: the type of contact whose first row is entered twice."""

    rutiner: dict[str, Plan | Intervall | Behov | Svar]
    saker: tuple[Sak, ...] = ()
    avtaler: tuple[Avtalt, ...] = ()
    dobbelt: str = ""


def _oslo(dato: date, hva: str, deltaker: str, oppdaget: int, *steg: int | None, uten: str = "") -> Sak:
    """Notice, meeting of all parties, written plan: as far as it went. ``uten``: the role lacking at the meeting."""
    varsel = "varsel-hoyt-fravaer" if hva == "hoyt_fravaer" else "varsel-frafallsrisiko"
    names = ((varsel, ""), ("avklaringsmote", uten), ("tiltaksplan", ""))
    done = [(name, days, role) for (name, role), days in zip(names, steg, strict=False) if days is not None]
    return Sak(dato, hva, deltaker, oppdaget, tuple(done))


def _slutt(dato: date, deltaker: str, rapport: int | None) -> Sak:
    """Somebody left; the final report came so many days later, or never."""
    return Sak(dato, "avbrudd", deltaker, 0, (("sluttrapport", rapport, ""),) if rapport is not None else ())


# Oslo: the written plan. The school keeps its talks; visits thin out; the self-reports come in, the answers less so.
OSLO: Final = Klassemonster(
    {
        "arshjul": Plan((1, 1, 1, 1), spredning=4, sent=0.0),
        "trekantsamtale-oppstart": Plan((0.92, 1, 1, 1), sent=0.12, uten_rolle=0.12, uteble=0.08),
        "elevsamtale": Plan((0.96, 0.95, 0.93, 0.9), spredning=12, sent=0.03, uteble=0.07),
        "egenrapport": Plan((0.88, 0.84, 0.8, 0.72), spredning=15, sent=0.06),
        "tilbakemelding-egenrapport": Svar("egenrapport", (0.55, 0.5, 0.35, 0.25), (4, 60)),
        "statusrapport-var": Plan((1, 0.95, 1, 0.85), spredning=10, sent=0.1),
        "statusmote": Plan((1, 0.85, 0.9, 0.7), spredning=5),
        "evalueringsmote": Plan((1, 1, 1, 0), spredning=10, sent=0.3),
        "praksisbesok": Plan((1, 0.97, 0.88, 0.68), avtar=0.06, spredning=6, sent=0.02, uteble=0.05),
        "leksehjelp": Plan((0.97, 0.95, 0.93, 0.88), spredning=0, uteble=0.03),
        "nav-oppfolging": Behov((0.6, 0.5, 0.4, 0.3)),
        "kontakt-skole-nav": Behov((0.5, 0.6, 0.6, 0.7)),
        "trekantsamtale-ekstra": Behov((0.0, 0.1, 0.1, 0.1)),
        "samtale-praksisveileder": Behov((0.0, 1.2, 1.0, 0.7)),
        "bistand-koordinator": Behov((0.1, 0.1, 0.1, 0.1)),
    },
    (
        _oslo(date(2023, 10, 16), "hoyt_fravaer", "D19", 3, 2, 9, 5),
        _oslo(date(2023, 11, 13), "frafallsrisiko", "D19", 0, 1),
        _oslo(date(2023, 11, 20), "hoyt_fravaer", "D17", 6, 12, 14),
        _oslo(date(2024, 1, 22), "frafallsrisiko", "D17", 2, 3, 8),
        _oslo(date(2024, 2, 5), "hoyt_fravaer", "D08", 4, 3, 12, 4),
        _oslo(date(2024, 3, 11), "hoyt_fravaer", "D18", 9),
        _oslo(date(2024, 4, 15), "frafallsrisiko", "D18", 1, 6, 15, uten="nav_veileder"),
        _oslo(date(2024, 5, 6), "hoyt_fravaer", "D11", 5, 21),
        _oslo(date(2024, 9, 9), "frafallsrisiko", "D20", 0, 1, 6),
        _oslo(date(2024, 9, 30), "hoyt_fravaer", "D23", 8, 2, 11, 6),
        _oslo(date(2024, 10, 21), "frafallsrisiko", "D09", 3, 4, 10),
        _oslo(date(2024, 11, 11), "hoyt_fravaer", "D24", 7),
        _oslo(date(2025, 1, 13), "hoyt_fravaer", "D22", 2, 5, 12),
        _oslo(date(2025, 2, 10), "hoyt_fravaer", "D14", 11, 9, 16, 7),
        _oslo(date(2025, 3, 31), "frafallsrisiko", "D25", 4, 18),
        _oslo(date(2025, 5, 12), "hoyt_fravaer", "D16", 6, 4, 13),
        _oslo(date(2025, 6, 2), "hoyt_fravaer", "D24", 5),
        _slutt(date(2023, 12, 15), "D19", 11),
        _slutt(date(2024, 2, 16), "D17", 10),
        _slutt(date(2024, 5, 31), "D04", 6),
        _slutt(date(2024, 6, 14), "D18", None),
        _slutt(date(2024, 9, 27), "D20", 34),
        _slutt(date(2024, 11, 29), "D09", None),
        _slutt(date(2025, 2, 14), "D22", None),
    ),
    (
        Avtalt(
            date(2023, 11, 1), "D19", "Fast samtale med kontaktlærer hver uke", "kontaktlaerer", 14, 9, "avklaringsmøte"
        ),
        Avtalt(date(2023, 11, 1), "D19", "Avklare reisevei og oppmøtetid", "nav_veileder", 21, None, "avklaringsmøte"),
        Avtalt(date(2024, 2, 28), "D08", "Ekstra norsktimer på torsdager", "skole", 14, 12, "avklaringsmøte"),
        Avtalt(date(2024, 2, 28), "D08", "Ny vurdering av praksisdag", "programfaglaerer", 28, 37, "avklaringsmøte"),
        Avtalt(date(2024, 5, 7), "D18", "Møte om videre løp", "nav_veileder", 21, 20, "avklaringsmøte"),
        Avtalt(date(2024, 10, 22), "D23", "Leksehjelp to ganger i uka", "skole", 7, 6, "tiltaksplan"),
        Avtalt(date(2024, 10, 22), "D23", "Tilpasset framdrift i matematikk", "kontaktlaerer", 30, 45, "tiltaksplan"),
        Avtalt(date(2025, 3, 24), "D14", "Oppstart i mattegruppa", "kontaktlaerer", 10, 8, "tiltaksplan"),
        Avtalt(
            date(2025, 3, 24),
            "D14",
            "Samtale med praksisplassen om arbeidstid",
            "programfaglaerer",
            21,
            None,
            "tiltaksplan",
        ),
        Avtalt(date(2025, 6, 4), "D16", "Plan for høsten", "koordinator", 30, None, "avklaringsmøte"),
        Avtalt(date(2025, 6, 4), "D16", "Finne ny praksisplass", "programfaglaerer", 0, None, "avklaringsmøte"),
    ),
    dobbelt="elevsamtale",
)


def _fravaer(*saker: tuple[str, date, int, int | None]) -> tuple[Sak, ...]:
    """Absence in Øst-Viken: all of it is to be reported to Nav; (who, when, days to discovery, days to notice or None)."""
    return tuple(
        Sak(dato, "fravaer", hvem, oppdaget, (("fravaersmelding", melding, ""),) if melding is not None else ())
        for hvem, dato, oppdaget, melding in saker
    )


def _hoyt(dato: date, deltaker: str, oppdaget: int, *steg: tuple[str, int]) -> Sak:
    return Sak(dato, "hoyt_fravaer", deltaker, oppdaget, tuple((rutine, days, "") for rutine, days in steg))


# Sørumsand: two talks a year, a monthly meeting, and from year two the coordinator at the school every month. Visits were
# frequent at first, and need-based after. Four three-party talks.
SORUMSAND: Final = Klassemonster(
    {
        "elevsamtale": Plan((0.98, 0.95, 0.95, 0.92), spredning=15, sent=0.0, uteble=0.06),
        "statusmote": Intervall(((24, 38), (26, 45), (27, 44), (30, 66))),
        "koordinator-pa-skolen": Plan((1, 1, 1, 1), spredning=3),
        "praksisbesok": Intervall(((9, 14), (9, 15), (9, 15), (9, 15)), ulikt=4, uteble=0.06, versjon=1),
        "oppfolging-i-bedrift": Behov((0.0, 0.0, 1.6, 0.8)),
        "nav-oppfolging": Behov((0.6, 0.5, 0.5, 0.4)),
        "lopende-oppfolging": Behov((2.0, 2.0, 2.0, 1.5)),
        "dialog-forsoksleder": Behov((2.0, 2.0, 2.0, 2.0)),
    },
    (
        *_fravaer(
            ("D05", date(2023, 9, 18), 0, 1), ("D05", date(2023, 10, 23), 0, 0), ("D11", date(2023, 11, 6), 1, 2),
            ("D04", date(2023, 11, 27), 0, None), ("D05", date(2024, 1, 15), 0, 1), ("D07", date(2024, 1, 29), 0, 0),
            ("D09", date(2024, 2, 12), 1, 3), ("D05", date(2024, 3, 4), 0, 1), ("D11", date(2024, 4, 8), 2, 8),
            ("D02", date(2024, 4, 22), 0, None), ("D12", date(2024, 5, 13), 0, 1), ("D11", date(2024, 8, 26), 0, 2),
            ("D11", date(2024, 9, 23), 1, 1), ("D08", date(2024, 10, 14), 0, None), ("D04", date(2024, 11, 4), 0, 5),
            ("D10", date(2024, 12, 2), 0, 1), ("D01", date(2025, 1, 13), 0, 1), ("D07", date(2025, 1, 27), 0, None),
            ("D13", date(2025, 3, 10), 3, 4), ("D04", date(2025, 4, 7), 0, None), ("D12", date(2025, 5, 19), 0, 2),
            ("D09", date(2025, 6, 2), 0, None),
        ),
        _hoyt(date(2024, 2, 5), "D05", 4, ("fravaersoppfolging", 3), ("trekantsamtale", 10)),
        _hoyt(date(2024, 4, 15), "D11", 6, ("fravaersoppfolging", 9), ("trekantsamtale", 12)),
        _hoyt(date(2024, 10, 7), "D11", 3, ("fravaersoppfolging", 2), ("trekantsamtale", 7)),
        _hoyt(date(2024, 11, 18), "D04", 8),
        _hoyt(date(2025, 3, 24), "D13", 5, ("fravaersoppfolging", 14), ("trekantsamtale", 21)),
        _hoyt(date(2025, 5, 26), "D09", 7),
        Sak(date(2024, 4, 26), "avbrudd", "D05"),
        Sak(date(2024, 11, 15), "avbrudd", "D11"),
    ),
    (
        Avtalt(date(2024, 2, 22), "D05", "Norsktrening i liten gruppe", "kontaktlaerer", 14, 11, "trekantsamtale"),
        Avtalt(date(2024, 5, 14), "D11", "Ny avtale om oppmøtetid", "koordinator", 14, 26, "trekantsamtale"),
        Avtalt(date(2024, 10, 18), "D11", "Møte om permisjon eller avslutning", "nav_veileder", 21, 19, "trekantsamtale"),
        Avtalt(date(2025, 5, 6), "D13", "Tettere oppfølging på praksisplassen", "programfaglaerer", 14, None, "trekantsamtale"),
        Avtalt(date(2025, 6, 10), "D03", "Avtale om praksis i sommerferien", "koordinator", 10, 7, "statusmøte"),
        Avtalt(date(2025, 6, 10), "D08", "Avtale om praksis i sommerferien", "koordinator", 10, None, "statusmøte"),
    ),
)  # fmt: skip

# Vestby: the contact teacher visits about every third week, less in the last spring; three talks, often a fourth; the
# coordinator joins everybody once or more.
VESTBY: Final = Klassemonster(
    {
        "praksisbesok": Intervall(((16, 23), (16, 23), (17, 25), (19, 38)), ulikt=4, uteble=0.05),
        "elevsamtale": Plan((1, 0.98, 0.97, 0.93), avtar=0.08, spredning=14, uteble=0.05),
        "kontakt-koordinator": Behov((8, 8, 7, 6)),
        "trekantsamtale": Behov((0.3, 0.9, 0.7, 0.6)),
        "kontakt-veileder": Behov((0.3, 0.3, 0.3, 0.3)),
        "nav-oppfolging": Behov((0.6, 0.6, 0.5, 0.5)),
        "oppfolging-i-bedrift": Behov((0.0, 0.2, 0.2, 0.1)),
    },
    (
        *_fravaer(
            ("D03", date(2023, 9, 25), 0, 0), ("D08", date(2023, 10, 30), 0, 1), ("D12", date(2023, 11, 20), 0, 0),
            ("D03", date(2024, 1, 22), 0, 1), ("D06", date(2024, 2, 26), 1, 1), ("D08", date(2024, 3, 11), 0, 0),
            ("D10", date(2024, 4, 29), 0, 2), ("D02", date(2024, 6, 3), 0, None), ("D08", date(2024, 9, 2), 0, 0),
            ("D01", date(2024, 9, 16), 0, 1), ("D12", date(2024, 10, 21), 0, 0), ("D05", date(2024, 11, 25), 2, 3),
            ("D08", date(2025, 1, 20), 0, 1), ("D11", date(2025, 2, 10), 0, None), ("D03", date(2025, 3, 17), 0, 0),
            ("D07", date(2025, 4, 28), 0, 6), ("D08", date(2025, 5, 26), 0, None),
        ),
        _hoyt(date(2024, 3, 18), "D08", 2, ("fravaersoppfolging", 2), ("trekantsamtale-fravaer", 9)),
        _hoyt(date(2024, 10, 28), "D12", 4, ("fravaersoppfolging", 6)),
        _hoyt(date(2025, 2, 3), "D08", 3, ("fravaersoppfolging", 1), ("trekantsamtale-fravaer", 12)),
        _hoyt(date(2025, 6, 2), "D08", 5),
    ),
    (
        Avtalt(date(2024, 4, 4), "D08", "Ringe ved fravær før klokka ni", "deltaker", 7, 6, "trekantsamtale"),
        Avtalt(date(2024, 4, 4), "D08", "Kortere praksisdag i fire uker", "kontaktlaerer", 14, 20, "trekantsamtale"),
        Avtalt(date(2025, 2, 19), "D08", "Ny praksisplass nærmere skolen", "kontaktlaerer", 28, 50, "trekantsamtale"),
        Avtalt(date(2025, 5, 20), "D11", "Plan for norskprøven", "kontaktlaerer", 21, None, "elevsamtale"),
    ),
)  # fmt: skip


def _risiko(dato: date, deltaker: str, varsel: int | None) -> Sak:
    return Sak(
        dato, "frafallsrisiko", deltaker, 0, (("varsel-frafallsrisiko", varsel, ""),) if varsel is not None else ()
    )


# Vestland: a first year with fixed routines and the coordinator much at the school; from year two the contact with Nav drops.
VESTLAND: Final = Klassemonster(
    {
        "ansvarsgruppe": Plan((1, 0.95, 0.75, 0.55), avtar=0.1, spredning=6),
        "norsklaerer-i-helsefag": Plan((0.97, 0.93, 1, 1), spredning=0),
        "praksisbesok-forkurs": Intervall(((11, 14), (11, 16), (14, 18), (14, 18)), ulikt=3, uteble=0.04),
        "praksisbesok": Intervall(((14, 18), (14, 18), (12, 18), (15, 24)), ulikt=4, uteble=0.06),
        "nav-samtale-kvp": Intervall(((70, 86), (72, 88), (110, 170), (130, 190)), uteble=0.05),
        "nav-samtale-statlig": Intervall(((230, 340), (260, 350), (330, 470), (330, 470)), uteble=0.05),
        "nav-samtale-andre": Behov((1.2, 1.0, 0.4, 0.2)),
        "koordinator-pa-skolen": Behov((9, 5, 0, 0)),
        "koordinator-besoker-klassen": Behov((0, 0, 2, 1)),
        "helsefaglaerer-i-norsk": Behov((2, 2, 0, 0)),
        "kontakt-koordinator": Behov((0.8, 0.6, 0.2, 0.1)),
    },
    (
        _risiko(date(2023, 10, 30), "D03", 1),
        _risiko(date(2024, 2, 12), "D08", 2),
        _risiko(date(2024, 4, 22), "D12", 3),
        _risiko(date(2024, 5, 6), "D06", 1),
        _risiko(date(2024, 11, 11), "D04", 12),
        _risiko(date(2025, 2, 10), "D09", None),
        _risiko(date(2025, 4, 28), "D11", 19),
        Sak(date(2023, 11, 24), "avbrudd", "D03"),
        Sak(date(2024, 3, 15), "avbrudd", "D08", 0, (("sluttsamtale", 5, ""),)),
        Sak(date(2024, 6, 7), "avbrudd", "D12", 0, (("sluttsamtale", 11, ""),)),
    ),
    (
        Avtalt(date(2023, 11, 6), "D03", "Undersøkje tilbod i ny kommune", "koordinator", 14, 10, "ansvarsgruppe"),
        Avtalt(date(2024, 2, 22), "D08", "Møte om vegen vidare", "nav_veileder", 21, 18, "ansvarsgruppe"),
        Avtalt(date(2024, 5, 14), "D06", "Avtale om oppmøtetid", "koordinator", 14, 22, "ansvarsgruppe"),
        Avtalt(date(2024, 12, 2), "D04", "Fast telefontid med rettleiar", "nav_veileder", 21, None, "varsel"),
        Avtalt(date(2025, 5, 27), "D11", "Møte om praksisplass til hausten", "kontaktlaerer", 28, None, "varsel"),
    ),
)

KLASSER: Final = {"oslo-helsfyr": OSLO, "sorumsand": SORUMSAND, "vestby": VESTBY, "vestland": VESTLAND}
