"""The tables of the export about what happened: contacts, events, and every point with what became of it."""

from __future__ import annotations

from typing import Final

from oppfolgingscli.eksport.tabeller import (
    DELTAKER,
    DELTAKERE,
    GRUNNLAG,
    KLASSE,
    KLASSER,
    NIVA,
    PERIODER,
    PROGRAM,
    RUTINE,
    RUTINEFIL,
    RUTINER,
    RUTINESETT,
    SLAG,
    TIL_DELTAKER,
    TIL_KLASSE,
    TYPE,
    VERSJON,
)
from oppfolgingscli.eksport.variabel import Fremmed, Tabell, Variabel
from oppfolgingscli.sprak import N_

LOGGEN: Final = N_("Loggen (docs/semantikk.md, «Loggen»).")
KOBLING: Final = N_("docs/semantikk.md, «Kobling».")
STATUSEN: Final = N_("docs/semantikk.md, «Status».")
UTVIDELSEN: Final = N_("docs/semantikk.md, «Utvidelse».")
MALTALL: Final = N_("docs/semantikk.md, «Måltall».")

KONTAKTSTATUS: Final = (
    ("gjennomfort", N_("gjennomført")),
    ("avlyst", N_("avlyst")),
    ("ikke_mott", N_("ikke møtt")),
    ("utsatt", N_("utsatt")),
)
HENDELSER: Final = (
    ("fravaer", N_("fravær")),
    ("hoyt_fravaer", N_("høyt fravær")),
    ("frafallsrisiko", N_("risiko for frafall")),
    ("avbrudd", N_("avbrudd")),
    ("andre", N_("andre hendelser")),
)
"""The events that are told apart: the four the regulations and plans use. All other words may be of health or reasons."""
STATUS: Final = (
    ("i_tide", N_("i tide")),
    ("for_sent", N_("for sent")),
    ("forfalt", N_("forfalt: ikke gjort, men kan ennå bli gjort")),
    ("mangler", N_("mangler: ikke gjort, og kan ikke lenger bli gjort")),
    ("fritatt", N_("fritatt")),
    ("ikke_aktuelt", N_("ikke aktuelt: deltakeren sluttet før fristen")),
    ("apen", N_("åpen: fristen er ikke ute")),
    ("kommende", N_("kommende: et mellomrom har begynt, men det haster ikke")),
    ("ikke_brukt", N_("ikke brukt: et ønske som ikke ble noe av")),
)
SEN: Final = (
    ("i_tide", N_("i tide")),
    ("uke", N_("1–7 dager")),
    ("maned", N_("8–30 dager")),
    ("kvartal", N_("31–90 dager")),
    ("lenger", N_("over 90 dager")),
)

KONTAKTER: Final = Tabell(
    "kontakter", N_("Kontakter"),
    N_("En rad for hver kontakt og hver den gjelder. En kontakt for alle står med en rad for hver som var med i klassen den dagen, og en for klassen."),
    (
        Variabel("kontakt", "id", N_("Kontakten"), N_("Tilfeldig id, ny i hver eksport. Raden, ikke møtet."), PROGRAM, krevd=True),
        KLASSE,
        Variabel("deltaker", "id", N_("Deltakeren"), N_("Tilfeldig id. Tom der raden gjelder klassen under ett, og for skjermede kontakter."), PROGRAM, skjermes=True),
        Variabel("mote", "id", N_("Møtet"), N_("Tilfeldig id, lik for rader om samme møte. Tom når bare én er nevnt."), PROGRAM, flytting="tom", skjermes=True),
        Variabel("dato", "dato", N_("Dagen"), "", LOGGEN, flytting="flyttes", skjermes=True, indirekte=True),
        Variabel("semester", "ord", N_("Semesteret"), N_("Av dagen: 2023-host, 2024-var …"), LOGGEN, flytting="tom"),
        TYPE,
        Variabel("rutine", "ord", N_("Rutinen den er ført på"), N_("Tom når ingen er oppgitt, eller rutinen er skjermet."), LOGGEN, skjermes=True),
        Variabel("status", "kode", N_("Hva det ble av den"), "", LOGGEN, verdier=KONTAKTSTATUS, krevd=True),
        Variabel("brukt", "sann", N_("Kreditert et punkt"), N_("Kontakten gjorde et punkt for en rutine som ikke er skjermet."), KOBLING, krevd=True),
        Variabel("fort_etter", "heltall", N_("Dager til den ble ført"), N_("Fra dagen til den ble registrert. 0 også når det ikke er oppgitt, som i revisjonen."), LOGGEN, enhet=N_("kalenderdager"), skjermes=True),
        Variabel("rolle", "ord", N_("Rollen til den som gjorde det"), N_("Den første som er nevnt. Tom for en som ikke har noen rolle i rutinesettet, eller en rolle som sier noe om ytelse."), LOGGEN, skjermes=True),
        Variabel("ansatt", "id", N_("Den som gjorde det"), N_("Tilfeldig id for den første personen som er nevnt. Tom der bare en rolle er nevnt, og der rollen er tom."), PROGRAM, skjermes=True, indirekte=True),
        Variabel("n_nevnt", "heltall", N_("Deltakere den nevner"), N_("Med id. 0 for klassen under ett, og for alle."), LOGGEN, enhet=N_("deltakere"), skjermes=True),
        Variabel("skjermet", "sann", N_("Kontakten er skjermet"), N_("Bare skjermede rutiner bruker slike kontakter. Raden står uten deltaker og dag."), PROGRAM, krevd=True),
    ),
    ("kontakt",), (TIL_KLASSE, TIL_DELTAKER), ("deltaker", "dato", "kontakt"),
)  # fmt: skip

HENDELSESTABELL: Final = Tabell(
    "hendelser", N_("Hendelser"), N_("En rad for hver hendelse og hver den gjelder. Bare fire slag er nevnt ved navn; alle andre ord kunne sagt noe om helse eller årsaker, og heter «andre»."),
    (
        Variabel("hendelse", "id", N_("Hendelsen"), N_("Tilfeldig id, ny i hver eksport."), PROGRAM, krevd=True),
        KLASSE, DELTAKER,
        Variabel("dato", "dato", N_("Dagen"), "", LOGGEN, krevd=True, flytting="flyttes", indirekte=True),
        Variabel("semester", "ord", N_("Semesteret"), N_("Av dagen."), LOGGEN, flytting="tom"),
        Variabel("type", "kode", N_("Hva som skjedde"), "", LOGGEN, verdier=HENDELSER, krevd=True, indirekte=True),
        Variabel("oppdaget_etter", "heltall", N_("Dager til den ble oppdaget"), N_("Tom når det ikke er oppgitt."), LOGGEN, enhet=N_("kalenderdager")),
        Variabel("fort_etter", "heltall", N_("Dager til den ble ført"), N_("Fra dagen til den ble registrert. 0 også når det ikke er oppgitt, som i revisjonen."), LOGGEN, enhet=N_("kalenderdager")),
    ),
    ("hendelse",), (TIL_KLASSE, TIL_DELTAKER), ("deltaker", "dato", "hendelse"),
)  # fmt: skip

PUNKTER: Final = Tabell(
    "punkter", N_("Punkter"), N_("En rad for hver ting som skulle skje, og hva det ble av den: det målene i rapporten og revisjonen er regnet av. Det som ikke har åpnet, er ikke med."),
    (
        Variabel("punkt", "id", N_("Punktet"), N_("Tilfeldig id, ny i hver eksport."), PROGRAM, krevd=True),
        KLASSE,
        Variabel("deltaker", "id", N_("Deltakeren"), N_("Tilfeldig id. Tom for klassen under ett, og for skjermede rutiner."), PROGRAM, skjermes=True),
        Variabel("niva", "kode", N_("Hvem det gjelder"), "", RUTINEFIL, verdier=NIVA, krevd=True),
        RUTINESETT, RUTINE, VERSJON, TYPE,
        Variabel("grunnlag", "kode", N_("Hva rutinen bygger på"), "", RUTINEFIL, verdier=GRUNNLAG, krevd=True),
        Variabel("slag", "kode", N_("Slaget frekvens"), N_("Punkter med faste mellomrom («hver») er ikke med i andeler der flere rutiner er sammen."), UTVIDELSEN, verdier=SLAG, krevd=True),
        Variabel("krav", "sann", N_("Påkrevd"), N_("Nei: et ønske, som aldri mangler."), UTVIDELSEN, krevd=True),
        Variabel("delvis", "sann", N_("Færre enn ellers"), N_("Rutinen gjelder bare en del av perioden."), UTVIDELSEN, skjermes=True),
        Variabel("periode", "ord", N_("Perioden"), N_("2024-host, 2023-2024, 2024-k1, 2024-03 eller 2024-u07. Tom for det som ikke telles i perioder."), UTVIDELSEN, flytting="tom", skjermes=True),
        Variabel("nr", "heltall", N_("Nummeret i perioden"), N_("Fra 1."), UTVIDELSEN, skjermes=True, krevd=False),
        Variabel("fra", "dato", N_("Vinduet åpner"), "", UTVIDELSEN, flytting="tom", skjermes=True),
        Variabel("frist", "dato", N_("Fristen"), N_("Siste dag i vinduet. Tom: ingen frist."), UTVIDELSEN, flytting="tom", skjermes=True),
        Variabel("semester", "ord", N_("Semesteret fristen er i"), N_("Tom uten frist."), MALTALL),
        Variabel("gruppe", "ord", N_("Deltakerens gruppe da"), N_("Da fristen gikk ut. Som i tabellen over perioder. Tom: ingen."), MALTALL, skjermes=True, indirekte=True),
        Variabel("status", "kode", N_("Hva det ble av det"), "", STATUSEN, verdier=STATUS, krevd=True),
        Variabel("bedomt", "sann", N_("Bedømt"), N_("Med i nevneren: påkrevd, fristen er ute med etterslepet, og deltakeren sluttet ikke før den."), MALTALL, krevd=True),
        Variabel("unntatt", "sann", N_("Fritatt i stedet for bedømt"), N_("Påkrevd og fritatt, og fristen er ute med etterslepet. Med i den laveste grensen."), MALTALL, krevd=True),
        Variabel("kontakt", "id", N_("Kontakten som gjorde det"), N_("Tom når ingen gjorde det, og når kontakten er skjermet."), KOBLING, flytting="tom", skjermes=True),
        Variabel("dager_sen", "heltall", N_("Dager for sent"), N_("0: i tide. For det som ikke er gjort: til dagen det er regnet per. For faste mellomrom telles dagene på klokka."), STATUSEN, enhet=N_("dager"), flytting="tom", skjermes=True),
        Variabel("sen_gruppe", "kode", N_("Hvor sent det ble gjort"), N_("Av det som er gjort."), STATUSEN, verdier=SEN),
        Variabel("ventedager", "heltall", N_("Dager fra vinduet åpnet"), N_("Til kontakten; for det som ikke er gjort, til dagen det er regnet per eller deltakeren sluttet. Forsinkelse (Kaplan–Meier) regnes av denne, med «gjort» som utfall."), MALTALL, enhet=N_("kalenderdager"), flytting="tom", skjermes=True),
        Variabel("gjort", "sann", N_("Gjort"), N_("I tide eller for sent."), MALTALL, krevd=True),
        Variabel("i_vinduet", "sann", N_("En kontakt i vinduet"), N_("En kontakt som teller for rutinen, fra vinduet åpnet til fristen, kreditert eller ikke. Bare for det som er bedømt."), MALTALL),
        Variabel("levert_kuttet", "heltall", N_("Levert, kuttet"), N_("Summen, delt på antall bedømte, er dosen. Bare bedømte punkter med et antall eller en milepæl."), MALTALL, enhet=N_("kontakter")),
        Variabel("levert", "heltall", N_("Levert"), N_("Summen, delt på antall bedømte, er dosen uten tak. Står på det første punktet i perioden."), MALTALL, enhet=N_("kontakter")),
        Variabel("forsok", "heltall", N_("Forsøk"), N_("Kontakter i vinduet som var avtalt, men ikke ble noe av."), STATUSEN, enhet=N_("kontakter"), skjermes=True),
        Variabel("skjermet", "sann", N_("Rutinen er skjermet"), N_("Punktet kunne sagt noe om ytelse, gruppe eller helse, og står uten deltaker og datoer."), PROGRAM, krevd=True),
    ),
    ("punkt",),
    (
        TIL_KLASSE, TIL_DELTAKER, Fremmed(("rutinesett", "rutine", "versjon"), "rutiner", ("rutinesett", "rutine", "versjon")),
        Fremmed(("kontakt",), "kontakter", ("kontakt",)),
    ),
    ("deltaker", "semester", "frist", "punkt"),
)  # fmt: skip

TABELLER: Final = (KLASSER, RUTINER, DELTAKERE, PERIODER, KONTAKTER, HENDELSESTABELL, PUNKTER)
"""Every table, those others refer to first."""
