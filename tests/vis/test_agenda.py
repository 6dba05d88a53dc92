"""The agenda: which weeks are shown, seen from a day, and how a day reads."""

from __future__ import annotations

from datetime import date, time, timedelta
from io import StringIO

import pytest
from rich.console import Console

from oppfolgingscli.hendelse import Punkt
from oppfolgingscli.les.rutinesett import load_rutinesett
from oppfolgingscli.planlegg import Mote
from oppfolgingscli.vis.agenda import LINJER, choose_weeks, print_agenda


def _mote(dag: date, klokka: str | None = None, subjekt: str = "D01", *, nr: int = 1) -> Mote:
    point = Punkt(
        id=f"bua/elevsamtale/{subjekt}/2024-var/{nr}",
        rutine="elevsamtale",
        type="elevsamtale",
        versjon=1,
        niva="deltaker",
        subjekt=subjekt,
        periode="2024-var",
        nr=nr,
        krav=True,
        delvis=False,
        fra=dag,
        mal=dag,
        tempo=dag,
        frist=dag,
        sent_til=None,
        ansvarlig="kontaktlaerer",
        deltar=("deltaker",),
        kilde="",
        kilde_id=(),
        antatt=False,
        grunn=None,
    )
    start = time.fromisoformat(klokka) if klokka else None
    end = time(start.hour, start.minute + 45) if start else None
    return Mote(point, dag, start, end, heldag=start is None, personer=("kontaktlaerer", subjekt))


MOTER = [_mote(date(2024, 3, 4), "09:00"), _mote(date(2024, 3, 5)), _mote(date(2024, 6, 3), "10:00")]


@pytest.mark.parametrize(
    ("per", "fra", "til", "antall", "hvorfor"),
    [
        (date(2024, 3, 1), date(2024, 3, 1), date(2024, 3, 14), 2, "na"),
        (date(2024, 3, 5), date(2024, 3, 5), date(2024, 3, 18), 1, "na"),
        (date(2024, 2, 19), date(2024, 3, 4), date(2024, 3, 17), 2, "senere"),
        (date(2020, 1, 1), date(2024, 3, 4), date(2024, 3, 17), 2, "senere"),
        (date(2024, 6, 4), date(2024, 5, 21), date(2024, 6, 3), 1, "slutt"),
        (date(2030, 1, 1), date(2024, 5, 21), date(2024, 6, 3), 1, "slutt"),
    ],
)
def test_ukene_som_vises(per: date, fra: date, til: date, antall: int, hvorfor: str) -> None:
    part = choose_weeks(MOTER, per)
    assert part is not None
    assert (part.fra, part.til, len(part.moter), part.hvorfor) == (fra, til, antall, hvorfor)


def _printed(moter: list[Mote], per: date) -> list[str]:
    out = StringIO()
    console = Console(file=out, width=100, markup=False, highlight=False, color_system=None)
    print_agenda(console, moter, load_rutinesett("oslo"), {}, per)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_en_dag_leses_fra_venstre_mot_hoyre() -> None:
    moter = [*MOTER, _mote(date(2024, 3, 4), "10:00", "D02")]
    assert _printed(moter, date(2024, 3, 1)) == [
        "De neste ukene, fra 1. mars 2024 til 14. mars 2024",
        "",
        "Uke 10",
        "man. 4. mars  09.00–09.45  Skolens samtale med deltakeren  D01  Kontaktlærer",
        "              10.00–10.45  Skolens samtale med deltakeren  D02  Kontaktlærer",
        "tir. 5. mars  frist        Skolens samtale med deltakeren  D01  Kontaktlærer",
    ]


def test_ingen_moter() -> None:
    assert _printed([], date(2024, 3, 1)) == ["Ingen møter er planlagt."]


def test_en_lang_liste_kortes_ved_en_hel_dag() -> None:
    days = [date(2024, 3, 4) + timedelta(days=n) for n in range(10)]
    moter = [_mote(day, "09:00", f"D{n:02}") for day in days for n in range(7)]
    lines = _printed(moter, date(2024, 3, 4))
    assert sum("Skolens samtale" in line for line in lines) == 35 >= LINJER
    assert lines[-1] == "… og 35 til i disse ukene."
