"""What the forms have to choose among in one workspace: participants, routines, people, by the words people use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from oppfolgingscli.cli.loggord import ALLE, Loggord, split
from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.planlegg.folk import DELTAKER, Folk
from oppfolgingscli.sprak import N_, _, navn
from oppfolgingscli.vis.sjekkoversikt import role_names
from oppfolgingscli.vis.skjerming import category, is_veiled, title
from oppfolgingscli.vis.typeord import hendelse_ord, type_ord
from oppfolgingscli.web.skjema import Valg

if TYPE_CHECKING:
    from oppfolgingscli.cli.vurdert import Grunnlag
    from oppfolgingscli.modell.rutinesett import Rutine, Rutinesett
    from oppfolgingscli.web.skyld import Liste

TYPE: Final = "type:"
"""Begins the value of a choice that is a kind of contact, and no routine."""
FORMER: Final = {"fysisk": N_("Oppmøte"), "telefon": N_("Telefon"), "video": N_("Video"), "skriftlig": N_("Skriftlig")}
"""How a contact was held: the word in the log -> in words."""


class Ordvalg:
    """The words of one workspace."""

    def __init__(self, found: Grunnlag) -> None:
        self.ord = Loggord(found.arbeidsmappe)
        self._personer = found.arbeidsmappe.oppsett.personer
        self._roller = role_names(found.vurdering)
        opplegg = found.arbeidsmappe.opplegg
        self.folk = Folk(opplegg, self._personer, found.arbeidsmappe.oppsett.kalender.dager)
        self._rutine_av = {x.punkt.id: x.punkt.rutine for x in found.vurdering.punkter}
        last = {v.rutine.id: v for v in opplegg.rutinesett.versjoner}
        self._koder = codes(opplegg.rutinesett)
        self._av_kode = {code: id_ for id_, code in self._koder.items()}
        shown = {id_: title(v) for id_, v in last.items()}
        many = Counter(shown.values())
        #: Routine -> its name. One that would tell for whom it is, is told only where two could not be told apart.
        self.rutiner = {id_: text if many[text] == 1 else navn(last[id_].rutine.navn) for id_, text in shown.items()}

        #: Type -> in words, without those that would tell for whom they are.
        told = {v.rutine.type for v in opplegg.rutinesett.versjoner if category(v) != v.rutine.type}
        self.typer = {t: type_ord(t) for t in self.ord.typer if t not in told}

    def rutine(self, kode: str) -> Rutine | None:
        """Return the routine a choice stands for (its code, or its id), None for another choice."""
        return self.ord.rutiner.get(self._av_kode.get(kode, kode))

    def kode(self, rutine: str) -> str:
        """Return how a routine is named in addresses and choices."""
        return self._koder[rutine]

    def name_of(self, rad: Mapping[str, str]) -> str:
        """Say what a row is about, in the words the lists have."""
        if rad.get("rutine") in self.rutiner:
            return self.rutiner[rad["rutine"]]
        if rad.get("tiltak"):
            return rad["tiltak"]
        type_ = rad.get("type", "")
        return self.typer.get(type_) or (_("Oppfølging") if type_ in self.ord.typer else hendelse_ord(type_))

    def deltakere(self, text: str, *, en: bool = False, rutine: str = "", type_: str = "") -> str:
        """Read participants as people write them («d02 d05», «D02, D05», «*»). Returns them as they are stored.

        ``en``: only one. Raises Bruksfeil.
        """
        known = {id_.casefold(): id_ for id_ in self.ord.deltakere}
        words = split(*(text.replace(";", ",").split(",")))
        if any(word != ALLE and word.casefold() not in known for word in words):
            words = split(*text.replace(";", " ").replace(",", " ").split())
        who = tuple(dict.fromkeys(known.get(word.casefold(), word) for word in words))
        self.ord.check(deltakere=who)
        if en and (len(who) != 1 or ALLE in who):
            raise Bruksfeil(_("Skriv én deltaker."))
        return ",".join(who)

    def hva(self, liste: Liste | None, deltakere: Sequence[str]) -> list[Valg]:
        """Return what a contact may be: what is owed for these participants first, then all, then kinds alone."""
        owed: dict[str, None] = {}
        if liste is not None and deltakere:
            wanted = [p for p in liste.poster if p.rad.subjekt in deltakere and p.rad.punkter]
            owed = dict.fromkeys(self._rutine_av[id_] for p in wanted for id_ in p.rad.punkter)
        out = [Valg(self._koder[id_], self.rutiner[id_], _("Skyldes nå")) for id_ in owed if id_ in self.rutiner]
        by_role: dict[str, list[str]] = {}
        for id_, rutine in self.ord.rutiner.items():
            if id_ not in owed:
                by_role.setdefault(rutine.ansvarlig, []).append(id_)
        out += [
            Valg(self._koder[id_], self.rutiner[id_], self._role(role)) for role, ids in by_role.items() for id_ in ids
        ]
        out += [Valg(f"{TYPE}{t}", words, _("Bare slaget kontakt")) for t, words in self.typer.items()]
        return out

    def personer(self, rutine: Rutine | None, deltaker: str | None) -> list[Valg]:
        """Return who may have been there: the participant, then people, and roles that nobody is named for.

        Those the routine asks for come first.
        """
        first = self.of_routine(rutine, deltaker) if rutine else ()
        everyone = [DELTAKER, *self._personer]
        filled = {p.rolle for p in self._personer.values()}
        everyone += [role for role in self._roller if role not in filled and not self.folk.er_deltaker(role)]
        return [Valg(id_, self.person(id_)) for id_ in dict.fromkeys((*first, *everyone))]

    def person(self, id_: str) -> str:
        """Return what somebody is called: a person with the role, the participant, or a role."""
        if id_ == DELTAKER:
            return _("Deltakeren")
        who = self._personer.get(id_)
        if who is None:
            return self._role(id_)
        role = self._role(who.rolle)
        return who.navn if role.casefold() in who.navn.casefold() else f"{who.navn} ({role})"

    def of_routine(self, rutine: Rutine, deltaker: str | None) -> tuple[str, ...]:
        """Return who a routine says shall be there, by the ids the log uses, whoever is responsible first."""
        found = (self._one(role, deltaker) for role in (rutine.ansvarlig, *rutine.deltar, *rutine.krever))
        also = (DELTAKER,) if deltaker else ()
        return tuple(dict.fromkeys((*found, *also)))

    def responsible(self, rutine: Rutine, deltaker: str | None) -> str:
        """Return who stands for a contact by the routine."""
        return self._one(rutine.ansvarlig, deltaker)

    def _one(self, role: str, deltaker: str | None) -> str:
        """Return the one who fills a role, the role itself where several do."""
        if self.folk.er_deltaker(role):
            return DELTAKER
        found = self.folk.i_rolle(role, deltaker)
        return found[0].id if len(found) == 1 else role

    def _role(self, id_: str) -> str:
        return self._roller.get(id_, id_)


def known_values(values: Iterable[str], choices: Iterable[Valg]) -> tuple[str, ...]:
    """Return those of the values that can be chosen."""
    there = {c.verdi for c in choices}
    return tuple(v for v in values if v in there)


def codes(sett: Rutinesett) -> dict[str, str]:
    """Return how each routine is named in addresses: by its id, or by a number where the id could tell for whom it is."""
    last = {v.rutine.id: v for v in sett.versjoner}
    numbered = ((id_, f"nr-{n}", v) for n, (id_, v) in enumerate(last.items(), start=1))
    return {id_: code if is_veiled(v) and code not in last else id_ for id_, code, v in numbered}
