"""The command line: the root command and the table of the others.

A command of ours is one file here: a thin callback that reads, calls the core and renders. It is
added to KOMMANDOER, so that `--help` can list it without importing it.
"""

from __future__ import annotations

import click

from oppfolgingscli import __version__
from oppfolgingscli.cli.kommando import LazyGroup, Oppslag
from oppfolgingscli.sprak import N_, SPRAK

KOMMANDOER = {
    "demo": Oppslag(
        "oppfolgingscli.cli.demo",
        "demo",
        N_("Prøv programmet på et eksempel som følger med."),
    ),
    "ny": Oppslag(
        "oppfolgingscli.cli.ny",
        "ny",
        N_("Lag en ny arbeidsmappe, klar til å fylle ut."),
    ),
    "deltakere": Oppslag(
        "oppfolgingscli.cli.deltakere",
        "deltakere",
        N_("Hent deltakere fra en klasseliste, under id-er som ikke sier hvem de er."),
    ),
    "rutiner": Oppslag(
        "oppfolgingscli.cli.rutiner",
        "rutiner",
        N_("List, vis og valider rutinesett."),
    ),
    "utvid": Oppslag(
        "oppfolgingscli.cli.utvid",
        "utvid",
        N_("Vis alt rutinene sier skal skje, med frister."),
    ),
    "sjekk": Oppslag(
        "oppfolgingscli.cli.sjekk",
        "sjekk",
        N_("Hvem er glemt? Det som er forfalt, det som haster, og hvorfor."),
    ),
    "rapport": Oppslag(
        "oppfolgingscli.cli.rapport",
        "rapport",
        N_("Følges planen? Måltall for hver rutine og hvert semester."),
    ),
    "revisjon": Oppslag(
        "oppfolgingscli.cli.revisjon",
        "revisjon",
        N_("Følges planene i mange klasser? Med små tall skjult."),
    ),
    "handbok": Oppslag(
        "oppfolgingscli.cli.handbok",
        "handbok",
        N_("Lag en skriftlig plan av rutinene (md, html, docx)."),
    ),
    "arshjul": Oppslag(
        "oppfolgingscli.cli.arshjul",
        "arshjul",
        N_("Tegn årshjulet: hva som skjer når i skoleåret, til å henge opp."),
    ),
    "kalender": Oppslag(
        "oppfolgingscli.cli.kalender",
        "kalender",
        N_("Skriv kalenderfiler (.ics) per rolle, person eller deltaker."),
    ),
    "plan": Oppslag(
        "oppfolgingscli.cli.plan",
        "plan",
        N_("Legg møtene i tid så de kan holdes; planen står i plan.csv."),
    ),
    "belastning": Oppslag(
        "oppfolgingscli.cli.belastning",
        "belastning",
        N_("Hvor mye tid tar planen, og hvor ofte er det tid til?"),
    ),
    "logg": Oppslag(
        "oppfolgingscli.cli.logg",
        "logg",
        N_("Før loggen: kontakter, hendelser og avtaler."),
    ),
    "web": Oppslag(
        "oppfolgingscli.web.kommando",
        "web",
        N_("Se listene og før loggen i nettleseren."),
    ),
    "hjelp": Oppslag(
        "oppfolgingscli.cli.hjelp",
        "hjelp",
        N_("Forklar et emne, med eksempler som virker, eller en kommando."),
    ),
    "fullforing": Oppslag(
        "oppfolgingscli.cli.fullforing",
        "fullforing",
        N_("La Tab fullføre kommandoer og id-er i bash, zsh, fish og PowerShell."),
    ),
}


@click.group(
    cls=LazyGroup,
    tabell=KOMMANDOER,
    help=N_("Oppfølging etter skriftlige rutiner: fra rutine til kalender."),
    epilog=N_("«oppfolging KOMMANDO --help» forteller mer om en kommando, «oppfolging hjelp» om et emne."),
)
@click.option(
    "--sprak",
    type=click.Choice(SPRAK),
    expose_value=False,
    help=N_("Språk: bokmål, nynorsk eller engelsk."),
)
@click.version_option(
    __version__,
    prog_name="oppfolging",
    message="%(prog)s %(version)s",
    help=N_("Vis versjonen og avslutt."),
)
def rot() -> None:
    """Hold the commands together; the words for people are in `help`."""
