"""What a reader must know to trust a report and cite it: how it was made, from what, and what each word means."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from oppfolgingscli import __version__
from oppfolgingscli.modell.rutinesett import Etter
from oppfolgingscli.sprak import _, navn, ngettext
from oppfolgingscli.vis.html.side import Tabell
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.rapportkolonner import TOM
from oppfolgingscli.vis.skjerming import is_veiled
from oppfolgingscli.vis.typeord import grunnlag_ord, regel_ord

if TYPE_CHECKING:
    from oppfolgingscli.modell.rutinesett import Rutinesett, Versjon
    from oppfolgingscli.vis.rapportvisning import Rapportvisning
    from oppfolgingscli.vurder import Vurdering


def made_with(vurdering: Vurdering) -> str:
    """Say in a line what the report was made from."""
    head = vurdering.gyldighet.opplegg.rutinesett.hode
    text = _("Rutinesett: {navn} ({id}). Laget med oppfolging {versjon}.").format(
        navn=navn(head.navn), id=head.id, versjon=__version__
    )
    return f"{text} {_known(vurdering)}".strip()


def _known(vurdering: Vurdering) -> str:
    if vurdering.kjent is None:
        return ""
    return _("Bare det som var registrert {dato} eller før, er med.").format(dato=dag_ord(vurdering.kjent))


def not_anonymous(v: Rapportvisning) -> str:
    """Say how the page may be shared."""
    if v.uten_id:
        return _(
            "Uten id-er: det som gjelder én deltaker eller én ansatt, er utelatt. Det gjør ikke rapporten anonym; i en liten klasse kan noen kjennes igjen. Hold den innenfor skolen, Nav og fylket."
        )
    return _(
        "Ikke anonymisert: deltakerne står med id, måned for måned. Hold rapporten innenfor skolen og Nav. Skal den deles med andre, lag den med --uten-id."
    )


def definitions(v: Rapportvisning) -> list[tuple[str, str]]:
    """Return the words of the report and what they mean."""
    last = dag_ord(v.per - timedelta(v.lag))
    lag = ngettext("{n} dag", "{n} dager", v.lag).format(n=v.lag)
    return [
        (_("Per"), _("{dato}. Kontakter etter den dagen er ikke med.").format(dato=dag_ord(v.per))),
        (
            _("Etterslep"),
            _("{lag}: det som hadde frist etter {dato}, er ikke bedømt, for det kan være gjort uten å være ført ennå.").format(lag=lag, dato=last)
            if v.lag
            else _("0 dager: alt med frist til og med {dato} er bedømt.").format(dato=last),
        ),
        (_("Punkt"), _("én ting som skal skje for én deltaker (eller for klassen), i et vindu som ender med fristen")),
        (
            _("Bedømt"),
            _("påkrevde punkter med frist som er ute, og som er i tide, for sent, forfalt eller mangler. Det deltakeren sluttet før fristen for, er verken med når det ble gjort eller når det ikke ble det."),
        ),
        (_("I tide"), _("en kontakt som teller, ble holdt i vinduet. Hver kontakt kan telle for ett punkt.")),
        (_("For sent"), _("gjort etter fristen, før det neste vinduet tok over")),
        (_("Forfalt"), _("fristen er ute, men det kan ennå gjøres")),
        (_("Mangler"), _("fristen er ute, og det kan ikke tas igjen")),
        (_("Fritatt"), _("tatt bort av en pause eller et skrevet fritak. Grunnen står ikke i rapporten.")),
        (
            _("Usikkerhet"),
            _("95-prosentintervall (Wilson) der deltakerne er enheten: flere punkter fra den samme deltakeren teller ikke som uavhengige. Vises når det er minst ti deltakere."),
        ),
        (
            _("Grenser"),
            _("andelen om ingen fritak var rett (lav), og om hver kontakt som er til overs, hadde gjort et punkt i tide (høy)"),
        ),
        (
            _("Dager dekket"),
            _("for rutiner med faste mellomrom: dagene som ikke lå lenger fra forrige kontakt enn rutinen tillater, av alle dagene den gjaldt, uten ferier og pauser"),
        ),
        (
            _("Halvparten, ni av ti"),
            _("dagene det gikk fra vinduet åpnet, anslått med Kaplan–Meier: det som ikke er gjort ennå, er med så lenge det er fulgt. «ikke nådd» er også et svar."),
        ),
        (
            _("Endring"),
            _("forskjellen i prosentpoeng mellom første og siste semester, med et intervall der deltakerne er enheten. Regnes som mer enn tilfeldig bare når intervallet ikke går over null."),
        ),
    ]  # fmt: skip


def versions_table(v: Rapportvisning, sett: Rutinesett) -> Tabell:
    """Return what was judged against: every version of the routines in the report, with its rule and time."""
    wanted = {rad.rutine for rad in v.rapport.rader}
    rows = [
        (
            v.navn.rutine(x.rutine.id), str(x.nr), _rule(x, sett),
            v.navn.rolle(x.rutine.ansvarlig), _ground(x), _in_force(x), ", ".join(x.rutine.kilde_id) or TOM,
        )
        for x in sett.versjoner if x.rutine.id in wanted
    ]  # fmt: skip
    heading = (_("Rutine"), _("Versjon"), _("Hvor ofte"), _("Ansvarlig"), _("Grunnlag"), _("I kraft"), _("Kilde"))
    words = _("Antatt: tallet er valgt og står ikke i kilden.")
    return Tabell(_("Rutinene det er bedømt etter"), heading, rows, undertekst=words)


def _rule(x: Versjon, sett: Rutinesett) -> str:
    """Say how often; not where the rule would tell for whom the routine is, or name one that does."""
    f = x.rutine.frekvens
    veiled = {other.rutine.id for other in sett.versjoner if is_veiled(other)}
    if is_veiled(x) or (isinstance(f, Etter) and veiled & set(f.etter)):
        return TOM
    return regel_ord(x.rutine, sett)


def _ground(x: Versjon) -> str:
    text = grunnlag_ord(x.rutine.grunnlag)
    return _("{grunnlag}, antatt").format(grunnlag=text) if x.rutine.antatt else text


def _in_force(x: Versjon) -> str:
    if x.fra is None and x.til is None:
        return _("hele tiden")
    if x.til is None:
        return _("fra {dato}").format(dato=dag_ord(x.fra)) if x.fra else ""
    if x.fra is None:
        return _("til og med {dato}").format(dato=dag_ord(x.til))
    return f"{dag_ord(x.fra)}–{dag_ord(x.til)}"
