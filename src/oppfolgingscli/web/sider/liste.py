"""«Hvem skylder jeg noe?»: the same as ``oppfolging sjekk``, with a way to the log form from each line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.personvern import rens
from oppfolgingscli.sprak import N_, _
from oppfolgingscli.vis.sjekkord import (
    attempts,
    deadline,
    explanation,
    finding_words,
    findings_summary,
    heading,
    what,
    when,
)
from oppfolgingscli.vis.sjekkoversikt import SEKSJONER, arrange, role_names
from oppfolgingscli.web.ordvalg import codes
from oppfolgingscli.web.skyld import read_list
from oppfolgingscli.web.svar import Side, Svar

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.hendelse import Punkt, Varsel
    from oppfolgingscli.vis.sjekkoversikt import Oversikt, Rad
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.skyld import Liste, Post

#: Part of a type -> what the way to the form is called. The first that is found in the type decides.
_KNAPP: Final = (
    ("besok", N_("Før besøk")),
    ("samtale", N_("Før samtale")),
    ("dialog", N_("Før samtale")),
    ("mote", N_("Før møte")),
    ("ansvarsgruppe", N_("Før møte")),
    ("rapport", N_("Før rapport")),
)


@dataclass(frozen=True, slots=True)
class Linje:
    """One line: who (and where to read more), what, how long, the small print, and the way to the form."""

    hvem: str
    hvem_url: str
    hva: str
    nar: str
    haster: bool
    detaljer: str
    merknader: tuple[str, ...]
    knapp: str
    url: str


@dataclass(frozen=True, slots=True)
class Del:
    """One section. ``linjer`` for what has a deadline; ``ting`` (what, whose, those it is about) for the others."""

    id: str
    tittel: str
    antall: int
    forklaring: str
    linjer: Sequence[Linje] = ()
    ting: Sequence[tuple[str, str, Sequence[Linje]]] = ()


def liste(k: Kontekst) -> Svar:
    """Show what is owed, for everybody or for some."""
    found = k.grunnlag
    roller, personer = k.sporring.alle("rolle"), k.sporring.alle("person")
    owed = read_list(found, k.dager, roller, personer)
    o = owed.oversikt
    maker = _Linjer(k, found, owed)
    deler = [maker.section(name) for name in SEKSJONER if o.seksjoner[name]]
    empty = not (found.logg.kontakter or found.logg.hendelser or found.logg.avtaler or found.logg.funn)
    verdier: dict[str, Any] = {
        "emne": o.emne,
        "deler": deler,
        "hvem": _choices(k, found, roller, personer),
        "alt_vel": _("Ingenting er forfalt, og ingenting har frist i de nærmeste {dager} dagene.").format(dager=o.dager)
        if o.alt_vel
        else "",
        "tom_logg": _("Loggen er tom. Det dere har gjort, må føres før listen stemmer.") if empty else "",
        "ingen": ""
        if found.vurdering.gyldighet.deltakerne
        else _("Klassen har ingen deltakere ennå: bare rutinene for klassen under ett er sjekket."),
        "fotnote": _("regnet uten ferier og pauser")
        if any(rad.pa_klokka for rows in o.seksjoner.values() for rad in rows)
        else "",
        "smatt": _small_print(o),
        "ufullstendige": [(rens(id_), k.url("rett", logg="kontakter", id=id_, tilbake=k.her())) for id_ in o.ufullstendige],
        "funn": _findings(o.funn),
        "logg_url": k.url("logg", tilbake=k.her()),
        "o": {
            "vis_for": _("Vis for"),
            "alle": _("Alle"),
            "for_alt": _("Før noe annet"),
            "ufullstendige": _("Teller ikke, for ikke alle som må være med, var med:"),
            "funn": _("Funn i filene"),
        },
    }  # fmt: skip
    return Side("liste.html.j2", _("Hvem skylder jeg noe?"), verdier)


class _Linjer:
    """Makes the lines of one list."""

    def __init__(self, k: Kontekst, found: Grunnlag, owed: Liste) -> None:
        self._k = k
        self._o = owed.oversikt
        self._posts: dict[int, Post] = {id(post.rad): post for post in owed.poster}
        self._punkter: dict[str, Punkt] = {x.punkt.id: x.punkt for x in found.vurdering.punkter}
        self._deltakere = {s.id for s in found.vurdering.gyldighet.deltakerne}
        self._koder = codes(found.arbeidsmappe.opplegg.rutinesett)
        self._her = k.her()

    def section(self, name: str) -> Del:
        rows = self._o.seksjoner[name]
        arranged = [rad for group in arrange(rows) for rad in group]
        lines = [self._line(rad, name) for rad in arranged]
        linjer: Sequence[Linje] = lines
        ting: list[tuple[str, str, Sequence[Linje]]] = []
        if name in ("uten_frist", "mistet"):
            linjer, ting = (), list(_by_thing(arranged, lines, name))
        return Del(name, heading(name, self._o.dager), self._o.antall(name), explanation(name), linjer, ting)

    def _line(self, rad: Rad, section: str) -> Linje:
        post = self._posts[id(rad)]
        knapp, url = self._way(post)
        facts = " · ".join(filter(None, (deadline(rad, self._o.per), rad.ansvarlig)))
        step = "" if section in ("mistet", "avtaler") else f" → {rad.neste}"
        who = rad.subjekt if rad.subjekt in self._deltakere else ""
        return Linje(
            rad.subjekt,
            self._k.url("deltaker", id=who) if who else "",
            what(rad),
            when(rad, section, self._o.per),
            rad.status == "forfalt" and section in ("forfalt", "avtaler"),
            f"{facts}{step}",
            tuple(filter(None, (*rad.merker, attempts(rad)))),
            knapp,
            url,
        )

    def _way(self, post: Post) -> tuple[str, str]:
        """Return what the way to the form is called, and its address with everything filled in."""
        if post.avtale:
            return _("Utført"), self._k.url("avtale_utfort", id=post.avtale, tilbake=self._her)
        p = self._punkter[post.rad.punkter[0]]
        text = button_words(p.type)
        who = p.subjekt if p.niva == "deltaker" else None
        return text, self._k.url("logg", deltaker=who, rutine=self._koder[p.rutine], tilbake=self._her)


def button_words(slag: str) -> str:
    """Say what the way to the log form is called, for a kind of contact: «Før besøk»."""
    return next((_(words) for part, words in _KNAPP if part in slag), _("Før i loggen"))


def _by_thing(rows: Sequence[Rad], lines: Sequence[Linje], section: str) -> Iterable[tuple[str, str, Sequence[Linje]]]:
    """Group what has no deadline, and what is lost: each thing once, with those it is about."""
    by: dict[tuple[str, str], list[Linje]] = {}
    for rad, line in zip(rows, lines, strict=True):
        step = "" if section == "mistet" else f"{rad.ansvarlig} → {rad.neste}"
        by.setdefault((rad.hva, step), []).append(line)
    return [(thing, step, found) for (thing, step), found in by.items()]


def _choices(
    k: Kontekst, found: Grunnlag, roller: Sequence[str], personer: Sequence[str]
) -> list[tuple[str, str, bool]]:
    """Return whom the list may be for: words, address, whether it is the one shown. People, and roles without one."""
    people = found.arbeidsmappe.oppsett.personer
    names = role_names(found.vurdering)
    used = {v.rutine.ansvarlig for v in found.vurdering.gyldighet.opplegg.rutinesett.versjoner}
    out = [(_("Alle"), k.url("liste"), not roller and not personer)]
    for role in names:
        if role not in used and role not in roller:
            continue
        mine = [id_ for id_, person in people.items() if person.rolle == role]
        if len(mine) != 1:
            out.append((names[role], k.url("liste", rolle=role), tuple(roller) == (role,) and not personer))
        out += [
            (people[id_].navn, k.url("liste", person=id_), tuple(personer) == (id_,) and not roller) for id_ in mine
        ]
    return out


def _small_print(o: Oversikt) -> list[str]:
    if not o.pausedager:
        return []
    days = ", ".join(f"{who} {n}" for who, n in o.pausedager.items())
    return [_("Pausedager (teller ikke): {dager}").format(dager=days)]


def _findings(funn: Sequence[Varsel]) -> dict[str, Any] | None:
    """Return the findings by kind: how many, and each with its place."""
    if not funn:
        return None
    by: dict[str, list[str]] = {}
    for v in funn:
        by.setdefault(v.kode, []).append(rens(f"{v.sted}: {v.melding}"))
    kinds = [(finding_words(kode, len(found)), found) for kode, found in by.items()]
    return {"sammendrag": findings_summary(funn), "slag": kinds}
