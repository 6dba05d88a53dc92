"""The tables of the export about rules and people; ``tabeller_logg`` has those about what happened."""

from __future__ import annotations

from typing import Final

from oppfolgingscli.eksport.variabel import Fremmed, Tabell, Variabel
from oppfolgingscli.sprak import N_

PROGRAM: Final = N_("Laget av programmet for denne eksporten.")
KLASSEFIL: Final = N_("Klassens filer (docs/format.md).")
DELTAKERFIL: Final = N_("Listen over deltakere (docs/format.md).")
RUTINEFIL: Final = N_("Rutinesettet (docs/format.md).")
SLUTTEN: Final = N_("docs/semantikk.md, «Hvem og når».")

NIVA: Final = (("deltaker", N_("hver deltaker")), ("klasse", N_("klassen under ett")))
GRUNNLAG: Final = (
    ("skriftlig", N_("skriftlig: vedtatt")),
    ("praksis", N_("praksis: slik gjøres det")),
    ("planlagt", N_("planlagt: ennå ikke i bruk")),
)
SLAG: Final = (
    ("antall", N_("et antall i hver periode")),
    ("hver", N_("faste mellomrom")),
    ("milepael", N_("ved en milepæl")),
    ("ved", N_("etter en hendelse")),
    ("etter", N_("etter en annen rutine")),
    ("behov", N_("ved behov")),
)
ANDRE: Final = "andre"
"""What a value that few have, or that tells too much, is called."""

KLASSE: Final = Variabel(
    "klasse", "id", N_("Klassen"), N_("Tilfeldig id for klassen. Den samme i alle tabellene."), PROGRAM, krevd=True
)
DELTAKER: Final = Variabel(
    "deltaker", "id", N_("Deltakeren"), N_("Tilfeldig id for deltakeren. Tom der raden gjelder klassen under ett."), PROGRAM
)  # fmt: skip
RUTINESETT: Final = Variabel("rutinesett", "ord", N_("Rutinesettet"), N_("Hvilke rutiner klassen følger."), RUTINEFIL, krevd=True, indirekte=True)  # fmt: skip
RUTINE: Final = Variabel(
    "rutine", "ord", N_("Rutinen"),
    N_("Rutinens id i rutinesettet. En skjermet rutine heter skjermet-1, skjermet-2 …"), RUTINEFIL, krevd=True,
)  # fmt: skip
VERSJON: Final = Variabel("versjon", "heltall", N_("Rutinens versjon"), N_("Nummeret på versjonen, fra 1."), RUTINEFIL, krevd=True)  # fmt: skip
TYPE: Final = Variabel(
    "type", "ord", N_("Slaget kontakt"),
    N_("Slik det heter i rutinesettet; «andre» der ordet kunne sagt hvem rutinen gjelder."), RUTINEFIL, krevd=True,
)  # fmt: skip
TIL_KLASSE: Final = Fremmed(("klasse",), "klasser", ("klasse",))
TIL_DELTAKER: Final = Fremmed(("deltaker",), "deltakere", ("deltaker",))

KLASSER: Final = Tabell(
    "klasser", N_("Klasser"), N_("En rad for hver klasse."),
    (
        KLASSE,
        Variabel("skole", "id", N_("Skolen"), N_("Tilfeldig id for skolen: klasser ved samme skole har samme. Tom når skolen ikke er oppgitt."), PROGRAM),
        Variabel("fylke", "ord", N_("Fylket"), N_("«andre» der færre deltakere enn terskelen har noe som er bedømt i fylket. Tom når det ikke er oppgitt."), KLASSEFIL, indirekte=True),
        RUTINESETT,
        Variabel("start", "dato", N_("Klassens første dag"), "", KLASSEFIL, flytting="tom", indirekte=True),
        Variabel("slutt", "dato", N_("Klassens siste dag"), N_("Planlagt."), KLASSEFIL, flytting="tom", indirekte=True),
        Variabel("start_semester", "ord", N_("Semesteret klassen begynte"), N_("2023-host, 2024-var …"), KLASSEFIL, krevd=True, indirekte=True),
        Variabel("slutt_semester", "ord", N_("Semesteret klassen slutter"), N_("Planlagt."), KLASSEFIL, krevd=True, indirekte=True),
        Variabel("n_deltakere", "heltall", N_("Deltakere i klassen"), N_("Alle som er eller har vært med."), DELTAKERFIL, enhet=N_("deltakere"), krevd=True, indirekte=True),
    ),
    ("klasse",), (), ("klasse",),
)  # fmt: skip

RUTINER: Final = Tabell(
    "rutiner", N_("Rutiner"), N_("En rad for hver versjon av hver rutine i rutinesettene som er i bruk."),
    (
        RUTINESETT, RUTINE, VERSJON,
        Variabel("navn", "tekst", N_("Rutinens navn"), N_("Nøytralt der rutinen er skjermet."), RUTINEFIL, krevd=True),
        TYPE,
        Variabel("niva", "kode", N_("Hvem den gjelder"), "", RUTINEFIL, verdier=NIVA, krevd=True),
        Variabel("grunnlag", "kode", N_("Hva den bygger på"), "", RUTINEFIL, verdier=GRUNNLAG, krevd=True),
        Variabel("slag", "kode", N_("Slaget frekvens"), N_("Hvordan det er sagt hvor ofte."), N_("docs/semantikk.md, «Utvidelse»."), verdier=SLAG, krevd=True),
        Variabel("regel", "tekst", N_("Hvor ofte, i ord"), "", RUTINEFIL, skjermes=True),
        Variabel("ansvarlig", "ord", N_("Rollen som har ansvaret"), "", RUTINEFIL, skjermes=True),
        Variabel("gjelder_fra", "dato", N_("Versjonen gjelder fra"), N_("Tom: fra først av."), RUTINEFIL, skjermes=True),
        Variabel("gjelder_til", "dato", N_("Versjonen gjelder til"), N_("Til og med. Tom: til noe annet er sagt."), RUTINEFIL, skjermes=True),
        Variabel("antatt", "sann", N_("Tallet er antatt"), N_("Kilden sier ikke hvor ofte; tallet er satt av dem som skrev rutinesettet."), RUTINEFIL, krevd=True),
        Variabel("kilde", "tekst", N_("Hvor rutinen er beskrevet"), N_("Planen, rapporten eller forskriften som rutinesettet viser til."), RUTINEFIL, skjermes=True),
        Variabel("kilde_id", "ord", N_("Nummeret i kilden"), N_("Flere er delt med komma."), RUTINEFIL, skjermes=True),
        Variabel("skjermet", "sann", N_("Rutinen er skjermet"), N_("Den er bare for noen ytelser eller grupper, eller følger av en hendelse som kan gjelde helse. Navnet er nøytralt, og punktene står uten deltaker."), PROGRAM, krevd=True),
    ),
    ("rutinesett", "rutine", "versjon"), (), ("rutinesett", "rutine", "versjon"),
)  # fmt: skip

DELTAKERE: Final = Tabell(
    "deltakere", N_("Deltakere"), N_("En rad for hver deltaker. Ytelse, og hvorfor noen sluttet, er ikke med."),
    (
        Variabel("deltaker", "id", N_("Deltakeren"), N_("Tilfeldig id. Den samme i alle tabellene."), PROGRAM, krevd=True),
        KLASSE,
        Variabel("start", "dato", N_("Første dag i klassen"), "", DELTAKERFIL, flytting="tom", indirekte=True),
        Variabel("slutt", "dato", N_("Siste dag i klassen"), N_("Den dagen deltakeren sluttet, ellers klassens planlagte."), DELTAKERFIL, flytting="tom", indirekte=True),
        Variabel("start_semester", "ord", N_("Semesteret deltakeren begynte"), "", DELTAKERFIL, krevd=True, indirekte=True),
        Variabel("slutt_semester", "ord", N_("Semesteret deltakeren slutter"), N_("Sluttet i, ellers klassens planlagte."), DELTAKERFIL, krevd=True, indirekte=True),
        Variabel("sluttet", "sann", N_("Sluttet før klassen"), N_("Og senest dagen det er regnet per. Grunnen er ikke med."), SLUTTEN, krevd=True, indirekte=True),
        Variabel("dager", "heltall", N_("Dager i klassen"), N_("Fra og med den første dagen til og med den siste, eller dagen det er regnet per."), SLUTTEN, enhet=N_("kalenderdager"), krevd=True, indirekte=True),
        Variabel("pausedager", "heltall", N_("Dager i pause"), N_("Av dagene i klassen. Når, og hvorfor, er ikke med."), N_("docs/semantikk.md, «Pauser og fritak»."), enhet=N_("kalenderdager"), krevd=True, indirekte=True),
    ),
    ("deltaker",), (TIL_KLASSE,), ("deltaker",),
)  # fmt: skip

PERIODER: Final = Tabell(
    "perioder", N_("Perioder"), N_("En rad for hver praksisperiode og hver gruppe en deltaker har vært i. Steder, ytelser, pauser og fritak er ikke med."),
    (
        KLASSE,
        Variabel("deltaker", "id", N_("Deltakeren"), N_("Tilfeldig id."), PROGRAM, krevd=True),
        Variabel("slag", "kode", N_("Hva det er en periode av"), "", DELTAKERFIL, verdier=(("praksis", N_("praksis")), ("gruppe", N_("gruppe"))), krevd=True),
        Variabel("verdi", "ord", N_("Gruppen"), N_("«andre» der færre deltakere enn terskelen har noe som er bedømt i gruppen, eller navnet kunne sagt noe om ytelse. Tom for praksis."), DELTAKERFIL, indirekte=True),
        Variabel("fra", "dato", N_("Første dag"), "", DELTAKERFIL, flytting="tom", indirekte=True),
        Variabel("til", "dato", N_("Siste dag"), N_("Siste dag i klassen der den er åpen."), DELTAKERFIL, flytting="tom", indirekte=True),
        Variabel("fra_semester", "ord", N_("Semesteret den begynte"), "", DELTAKERFIL, krevd=True, indirekte=True),
        Variabel("til_semester", "ord", N_("Semesteret den slutter"), "", DELTAKERFIL, krevd=True, indirekte=True),
        Variabel("dager", "heltall", N_("Lengden"), N_("Begge dagene med."), DELTAKERFIL, enhet=N_("kalenderdager"), krevd=True, indirekte=True),
    ),
    (), (TIL_KLASSE, TIL_DELTAKER), ("deltaker", "slag", "fra_semester", "fra", "verdi", "dager"),
)  # fmt: skip
