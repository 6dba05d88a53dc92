"""Chapter «Formål og bruk»: what the handbook is for, how it is read, and who has adopted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, navn, ngettext, sprak
from oppfolgingscli.vis.dokument.modell import Avsnitt, Bit, Liste, Overskrift, Sitat, Tabell
from oppfolgingscli.vis.handbok.ord import agency, capital, listed, mark
from oppfolgingscli.vis.ord import dag_ord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppfolgingscli.vis.dokument.modell import Blokk
    from oppfolgingscli.vis.handbok.plan import Plan
    from oppfolgingscli.vis.handbok.sporsmal import Sporsmal


def chapter(plan: Plan, asked: Sporsmal) -> Iterator[Blokk]:
    """Yield the chapter."""
    head = plan.sett.hode
    yield Overskrift(1, _("Formål og bruk"), "formal")
    yield Overskrift(2, _("Hva håndboken er til"), "hva-handboken-er")
    yield Avsnitt(
        _(
            "Denne håndboken sier hvordan deltakerne skal følges opp: hvem som gjør hva, når det skal skje, og hva som "
            "skjer når noe går galt. Den gjelder {sett}."
        ).format(sett=_("«{navn}»").format(navn=navn(head.navn)))
    )
    yield Liste(
        (
            _("Hver deltaker skal få den oppfølgingen som er avtalt."),
            _("Skolen og Nav skal vite hva de kan vente av hverandre."),
            _("Ingen skal bli glemt når noen slutter, blir syke eller får nye oppgaver."),
        )
    )
    yield Avsnitt(_status(plan))
    if plan.unclear:
        yield Avsnitt(_unclear(plan, asked))
    yield Avsnitt(
        (
            Bit(_("Håndboken er laget av rutinesettet «{id}», slik det er {dato}. Rutinene er hentet fra: ").format(
                id=head.id, dato=dag_ord(plan.per))),
            Bit(head.kilde, sprak="nb"),
            Bit(_(". Når rutinene endres, skal håndboken lages på nytt, så den og rutinene alltid sier det samme.")),
        )
    )  # fmt: skip
    if head.merknad and plan.notes_language == sprak():
        yield Sitat(head.merknad, _("merknad i rutinefilen"))
    yield Overskrift(2, _("Slik leser du håndboken"), "slik-leser-du")
    yield Liste(
        (
            (Bit(_("Ansvarlig"), sterk=True), Bit(_(" er den som sørger for at det skjer."))),
            (Bit(_("Deltar"), sterk=True), Bit(_(" er de som ellers er med."))),
            (Bit(_("Må være med"), sterk=True), Bit(_(" er de som samtalen eller møtet ikke teller uten."))),
            (Bit(_("Kilde"), sterk=True), Bit(_(" sier hvor rutinen er beskrevet. Kapittelet «Kilder» samler dem."))),
        )
    )
    yield Avsnitt(
        _("Når ikke noe annet står, gjelder rutinene bare mens skolen er i gang: ferier og pauser regnes ikke med.")
    )
    yield _marks_table()
    yield from _adoption(plan)


def _status(plan: Plan) -> str:
    n = len(plan.rutiner)
    counts = dict.fromkeys(("skriftlig", "praksis", "planlagt"), 0)
    for r in plan.rutiner:
        counts[r.rutine.grunnlag] += 1
    parts = [
        text.format(n=counts[ground])
        for ground, text in (
            ("skriftlig", ngettext("{n} står i en skriftlig plan", "{n} står i en skriftlig plan", counts["skriftlig"])),
            ("praksis", ngettext(
                "{n} er praksis som ikke er skrevet ned", "{n} er praksis som ikke er skrevet ned", counts["praksis"])),
            ("planlagt", ngettext("{n} er planlagt", "{n} er planlagt", counts["planlagt"])),
        )
        if counts[ground]
    ]  # fmt: skip
    first = ngettext("Håndboken har {n} rutine", "Håndboken har {n} rutiner", n).format(n=n)
    return f"{first}: {listed(parts)}." if parts else f"{first}."


def _unclear(plan: Plan, asked: Sporsmal) -> tuple[Bit, ...]:
    n = len({r.id for r, _v in plan.unclear})
    text = ngettext(
        "{n} rutine er ikke avklart: noe er antatt, eller det mangler et tall, en frist eller en navngitt ansvarlig. Den "
        "er merket der den står, og det er laget spørsmål om den. Se ",
        "{n} rutiner er ikke avklart: noe er antatt, eller det mangler et tall, en frist eller en navngitt ansvarlig. De "
        "er merket der de står, og det er laget spørsmål om hver av dem. Se ",
        n,
    )
    return (Bit(text.format(n=n)), Bit(_("«{navn}»").format(navn=asked.title), anker="sporsmal"), Bit("."))


def _marks_table() -> Tabell:
    meanings = {
        "antatt": _(
            "Et tall, en frist eller en dato står ikke i kilden. Noe er satt inn for at rutinen skal kunne følges."
        ),
        "uten_tall": _("Rutinen følges ved behov. Den sier ikke hvor ofte."),
        "uten_frist": _("Rutinen sier hva som skal gjøres, men ikke hvor fort."),
        "uten_navn": _("Ansvaret ligger på skolen, Nav eller en annen etat som helhet, og ingen person er pekt ut."),
        "planlagt": _("Rutinen er ikke tatt i bruk."),
    }
    return Tabell(
        _("Merkene i håndboken"),
        (_("Merke"), _("Betyr")),
        tuple(((Bit(mark(code), merke=True),), text) for code, text in meanings.items()),
        bredder=(1, 3),
    )


def _adoption(plan: Plan) -> Iterator[Blokk]:
    yield Overskrift(2, _("Vedtak og gjennomgang"), "vedtak")
    yield Avsnitt(
        _(
            "Håndboken er et utkast til partene har vedtatt den. Før inn hvem som har vedtatt den, og når den skal gås gjennom igjen."
        )
    )
    parties = dict.fromkeys(
        role.etat for id_, role in plan.sett.roller.items() if role.etat != "deltaker" and plan.responsible(id_)
    )
    yield Tabell(
        _("Vedtak"),
        (_("Part"), _("Vedtatt av (navn og stilling)"), _("Dato"), _("Neste gjennomgang")),
        tuple((capital(agency(etat)), "", "", "") for etat in parties or ("skole", "nav")),
        bredder=(3, 6, 3, 4),
    )
