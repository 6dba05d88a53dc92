"""The methods appendix: every definition, setting and input an evaluator must be able to cite and defend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli import __version__
from oppfolgingscli.revisjon.forrige import NAER
from oppfolgingscli.sprak import _
from oppfolgingscli.vis.html.side import Tabell
from oppfolgingscli.vis.ord import dag_ord

if TYPE_CHECKING:
    from oppfolgingscli.vis.revisjon import Revisjonsvisning


def definitions(v: Revisjonsvisning) -> list[tuple[str, str]]:
    """Return the words of the audit and what they mean."""
    i = v.utgave.innstillinger
    return [
        (_("Dag"), _("Regnet per {dato}. Kontakter etter den dagen er ikke med.").format(dato=dag_ord(i.per))),
        (_("Etterslep"), _("{n} dager: et punkt bedømmes når fristen var for så mange dager siden eller mer, for loggen føres ikke samme dag.").format(n=i.lag)),
        (_("Punkt"), _("én ting som skal skje for én deltaker (eller for klassen), i et vindu som ender med fristen")),
        (_("Bedømt"), _("påkrevde punkter med frist som er ute, og som er i tide, for sent, forfalt eller mangler. Det deltakeren sluttet før fristen for, er verken med når det ble gjort eller når det ikke ble det.")),
        (_("Andel i tide"), _("gjort innen fristen, av det som er bedømt. Der flere rutiner er sammen, er de med faste mellomrom ikke med i andelen; de har dager dekket.")),
        (_("Usikkerhet"), _("95-prosentintervall (Wilson 1927) på den effektive n: Σn/deff, der deff = k/(k−1)·Σ(y−p·n)²/(Σn·p(1−p)), minst 1, med deltakerne som enhet (Kish 1965; Bennett mfl. 1991). Vises når det er minst ti deltakere.")),
        (_("Grenser"), _("lav: i tide / (bedømt + fritatt); høy: (i tide + de kontaktene til overs som kunne ha truffet) / bedømt (Manski 1990)")),
        (_("Dose"), _("kontakter innen fristen, av så mange som er bedømt, deltaker for deltaker og periode for periode; bare for rutiner med et antall per periode og milepæler")),
        (_("Dekning"), _("av deltaker og rutine med noe bedømt: hvor mange som ble møtt den første gangen de skulle. Skjult når de som ble møtt, eller de som ikke ble det, er for få.")),
        (_("Dager dekket"), _("for rutiner med faste mellomrom: dagene som ikke lå lenger fra forrige kontakt enn rutinen tillater, av alle dagene den gjaldt, uten ferier og pauser")),
        (_("Halvparten, ni av ti"), _("dagene fra vinduet åpnet til det var gjort, anslått med Kaplan–Meier (1958)")),
        (_("Endring"), _("forskjellen mellom to andeler, med linearisert varians og deltakerne som enhet (Särndal mfl. 1992). Deltakere som er med begge ganger, regnes som to: intervallet er heller for bredt enn for smalt.")),
        (_("Trakt"), _("andelen mot hvor mange uavhengige punkter den er verdt (n/deff), mellom grensene (Wilson, 95 prosent) for det alle sammen har. Ikke en rangering (Goldstein og Spiegelhalter 1996; Spiegelhalter 2005).")),
        (_("Frafall"), _("deltakere som sluttet før klassen, og innen dagen det regnes på. Kontakter som ble holdt og navngir deltakeren, de siste 90 dagene, mot snittet for dem som ble i samme klasse i de samme dagene. Beskrivende.")),
        (_("Skjuling"), _("Rader om 1–{n} deltakere er skjult. Andre rader er skjult med dem, valgt på samme måte hver gang, slik at ingen skjult rad om få kan regnes ut av det som vises, og slik at antallet deltakere i den ikke kan snevres inn til færre muligheter enn 1–{n} gir. En rad som ikke finnes, gjelder ingen: null er ingen hemmelighet. Det lengste oppholdet gjelder alltid én deltaker, og vises ikke. Skjulingen verner ikke mot den som alt kjenner tallene for de fleste, eller som resonnerer seg bakover fra hvilke rader som ble valgt.").format(n=i.terskel - 1)),
        (_("To utgaver"), _("To utgaver der bare noen få deltakere er ulike, forteller om de få når de trekkes fra hverandre. Lag derfor den nye med --forrige og den gamle som json: da holdes det som ville fortalt det, tilbake. Alle rader sammenlignes når det er høyst {n} dager mellom dem; ellers bare semestrene.").format(n=NAER)),
        (_("Program"), _("oppfolging {versjon}").format(versjon=__version__)),
    ]  # fmt: skip


def input_table(v: Revisjonsvisning) -> Tabell:
    """Return what was read, with its fingerprint: who has the same files, can see that they are the same."""
    rows = [[one.hva, one.sha256] for one in v.inndata]
    under = _("SHA-256 av alt som er lest: klassens filer, rutinesettet og skoleruta.")
    if any(one.fil is not None for one in v.inndata):
        under = _("SHA-256 av alt som er lest: filene i datasettet, og det rutinesettene og skolerutene sier.")
        return Tabell(_("Inndata"), (_("Fil eller klasse"), "SHA-256"), rows, undertekst=under)
    return Tabell(_("Inndata"), (_("Klasse"), "SHA-256"), rows, undertekst=under)
