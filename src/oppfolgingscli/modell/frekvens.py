"""How often a routine shall happen: one model for each of the six kinds, told apart by their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Final

from pydantic import BaseModel, Field, model_validator

from oppfolgingscli.modell.felt import (
    AnkerFelt,
    Bool,
    Etiketter,
    Felt,
    Helst,
    IkkeNegativLengde,
    Lengde,
    Per,
    PositivLengde,
    Refs,
    Skjema,
    Tabell,
    heltall,
)
from oppfolgingscli.modell.skjema import lengde as skjema_lengde
from oppfolgingscli.modell.verdier import MAX_ANTALL, Feltfeil, feil_type, parse_heltall, parse_positiv_lengde
from oppfolgingscli.sprak import _
from oppfolgingscli.tid.varighet import Varighet


def _parse_klokkelengde(value: object) -> Varighet:
    """Read a duration an interval clock can count: days, weeks, months, years."""
    length = parse_positiv_lengde(value)
    if length.enhet in {"virkedag", "skoledag"}:
        melding = _("«{verdi}» kan ikke telles her: et intervall går i dager, uker, måneder eller år.")
        raise Feltfeil("feil_enhet", melding.format(verdi=length), _("Skriv for eksempel «3 uker»."))
    return length


Antallsfelt = Annotated[int, heltall(0, MAX_ANTALL)]
Klokkelengde = Annotated[Varighet, Felt(_parse_klokkelengde, skjema_lengde)]


class Antall(Tabell):
    """A count in each period: ``minst`` required, up to ``inntil`` wished. ``antall = n`` is both."""

    slag: ClassVar[str] = "antall"
    ogsa_nokler: ClassVar[tuple[str, ...]] = ("antall",)

    minst: Antallsfelt = Field(description="Så mange skal det være i hver periode.")
    inntil: Antallsfelt = Field(description="Så mange kan det være; de utover «minst» er ønsket.")
    per: Per = Field(description="Perioden det telles i: uke, maned, kvartal, semester (halvar) eller skolear.")
    minst_mellom: PositivLengde | None = Field(None, description="Minste avstand mellom to kontakter.")
    helst: Helst | None = Field(None, description="Legg møtene først (start) eller sist (slutt) i perioden.")
    sent_til: IkkeNegativLengde | None = Field(None, description="Hvor lenge etter fristen en sen kontakt ennå teller.")

    @model_validator(mode="before")
    @classmethod
    def _counts(cls, data: Any) -> Any:  # noqa: ANN401 - what a file holds
        if not isinstance(data, dict):
            return data
        data = dict(data)
        if "antall" in data:
            if "minst" in data or "inntil" in data:
                raise Feltfeil("to_slag", _("«antall» kan ikke stå sammen med «minst» og «inntil»."),
                               _("Skriv enten antall = 2, eller minst = 2, inntil = 3."), ("antall",))  # fmt: skip
            try:
                data["minst"] = data["inntil"] = parse_heltall(data.pop("antall"), 1)
            except Feltfeil as fault:
                raise Feltfeil(fault.kode, fault.melding, fault.rad, ("antall",)) from None
        elif "minst" in data:
            data.setdefault("inntil", data["minst"])
        elif "inntil" in data:
            data["minst"] = 0
        return data

    @model_validator(mode="after")
    def _order(self) -> Antall:
        if self.inntil < self.minst:
            melding = _("«inntil» ({inntil}) er mindre enn «minst» ({minst}).")
            raise Feltfeil("inntil_for_liten", melding.format(inntil=self.inntil, minst=self.minst),
                           _("Bytt om tallene, eller ta bort «inntil»."), ("inntil",))  # fmt: skip
        if self.inntil == 0:
            raise Feltfeil("utenfor", _("null ganger er ingen rutine."), _("Skriv minst 1."), ("inntil",))
        return self


class Hver(Tabell):
    """An interval, chained from contact to contact: aim ``hver``, at the latest ``senest``; calendar days, weeks …"""

    slag: ClassVar[str] = "hver"

    hver: Klokkelengde = Field(description="Målet: så lenge mellom to kontakter.")
    senest: Klokkelengde = Field(default=None, description="Grensen: så lenge kan det høyst gå. Ellers som «hver».")
    forste_innen: Klokkelengde = Field(default=None, description="Grensen for den første. Ellers som «senest».")

    @model_validator(mode="before")
    @classmethod
    def _defaults(cls, data: Any) -> Any:  # noqa: ANN401 - what a file holds
        if not isinstance(data, dict) or "hver" not in data:
            return data
        senest = data.get("senest", data["hver"])
        return {"senest": senest, "forste_innen": senest, **data}

    @model_validator(mode="after")
    def _order(self) -> Hver:
        if self.senest.on_clock < self.hver.on_clock:
            melding = _("«senest» ({senest}) er kortere enn «hver» ({hver}).")
            raise Feltfeil("senest_for_kort", melding.format(senest=self.senest, hver=self.hver),
                           _("La «senest» være minst like lang."), ("senest",))  # fmt: skip
        return self


class Milepael(Tabell):
    """A point near an anchor, in the closed window [anchor + ``fra``, anchor + ``innen``]."""

    slag: ClassVar[str] = "milepael"

    milepael: AnkerFelt = Field(description="Det det regnes fra: oppstart, slutt, fase-start:X, semester-slutt:host … eller en dato.")
    fra: Lengde = Field(Varighet(0, "dag"), description="Vinduet begynner så lenge etter (eller før, med minus).")
    innen: Lengde = Field(Varighet(4, "uke"), description="Fristen: så lenge etter (eller før, med minus).")
    helst: Helst | None = Field(None, description="Legg det først (start) eller sist (slutt) i vinduet.")
    sent_til: IkkeNegativLengde | None = Field(None, description="Hvor lenge etter fristen en sen kontakt ennå teller.")

    @model_validator(mode="after")
    def _order(self) -> Milepael:
        if _bounds(self.fra)[0] > _bounds(self.innen)[1]:
            melding = _("vinduet slutter («innen» {innen}) før det begynner («fra» {fra}).")
            sti = ("innen",) if "innen" in self.model_fields_set else ("fra",)
            raise Feltfeil("fra_etter_innen", melding.format(innen=self.innen, fra=self.fra),
                           _("La «innen» være lik eller senere enn «fra»."), sti)  # fmt: skip
        return self


def _bounds(length: Varighet) -> tuple[float, float]:
    """Return the fewest and most calendar days a duration can be, so that only sure faults are faults."""
    n = length.antall
    low, high = {
        "dag": (1.0, 1.0), "uke": (7.0, 7.0), "maned": (28.0, 31.0), "ar": (365.0, 366.0),
        "virkedag": (1.0, 5.0), "skoledag": (1.0, 100.0),
    }[length.enhet]  # fmt: skip
    return (n * low, n * high) if n >= 0 else (n * high, n * low)


class _Etterpa(Tabell):
    """What ``ved`` and ``etter`` share. Without ``innen`` there is no deadline."""

    innen: IkkeNegativLengde | None = Field(None, description="Fristen. Uten den er det ingen frist, bare en ventetid.")
    samle: IkkeNegativLengde | None = Field(None, description="Hendelser så tett på den første blir én oppfølging.")
    sent_til: IkkeNegativLengde | None = Field(None, description="Hvor lenge etter fristen en sen kontakt ennå teller.")


class Ved(_Etterpa):
    """After an event in the log."""

    slag: ClassVar[str] = "ved"

    ved: Etiketter = Field(description="Hendelsen som utløser oppfølgingen: fravaer, hoyt_fravaer, frafallsrisiko, avbrudd …", min_length=1)


class Etter(_Etterpa):
    """After each counted contact of another routine."""

    slag: ClassVar[str] = "etter"

    etter: Refs = Field(description="Rutinen (eller rutinene) som utløser denne.", min_length=1)


class Behov(Tabell):
    """When needed: no points, contacts are counted as dose."""

    slag: ClassVar[str] = "behov"

    behov: Bool = Field(description="Alltid true: etter behov, uten tall og frister.")

    @model_validator(mode="after")
    def _true(self) -> Behov:
        if not self.behov:
            raise Feltfeil("utenfor", _("«behov» kan bare være true."), _("Ta bort «behov», og skriv hvor ofte."), ("behov",))
        return self


Frekvens = Antall | Hver | Milepael | Ved | Etter | Behov
_SLAG: Final[tuple[type[Antall | Hver | Milepael | Ved | Etter | Behov], ...]] = (Antall, Hver, Milepael, Ved, Etter, Behov)
#: The keys that say which kind a frequency is.
_KEYS: Final[dict[str, type[Frekvens]]] = {
    "antall": Antall, "minst": Antall, "inntil": Antall,
    "hver": Hver, "milepael": Milepael, "ved": Ved, "etter": Etter, "behov": Behov,
}  # fmt: skip


def parse_frekvens(value: object) -> Frekvens:
    """Read a frequency. Raises Feltfeil, or the kind's own ValidationError."""
    if isinstance(value, _SLAG):
        return value
    eksempel = _("Skriv for eksempel {eksempel}.").format(eksempel='{ antall = 2, per = "semester" }')
    if not isinstance(value, dict):
        raise feil_type(_("en tabell"), value, eksempel)
    found = [key for key in _KEYS if key in value]
    kinds = {_KEYS[key] for key in found}
    if len(kinds) == 1:
        return kinds.pop().model_validate(value)
    if kinds:
        melding = _("frekvensen er av flere slag på en gang: {ord}.").format(ord=", ".join(f"«{k}»" for k in found))
        raise Feltfeil("to_slag", melding, _("Behold ett av dem, eller del den i to rutiner."), (found[-1],))
    if "per" in value:
        raise Feltfeil("mangler", _("frekvensen sier ikke hvor mange."), _("Legg til «antall», for eksempel antall = 2."))
    if {"senest", "forste_innen"} & value.keys():
        raise Feltfeil("mangler", _("frekvensen mangler «hver»."), _("Legg til for eksempel hver = \"3 uker\"."))
    melding = _("frekvensen sier ikke hvor ofte.")
    slag = _("Den må ha en av nøklene {ord}.").format(ord=", ".join(_KEYS))
    raise Feltfeil("ingen_frekvens", melding, f"{slag} {eksempel}")


class Valgfelt(Felt):
    """Annotation for a value that is one of several tables (or something plain): ``anyOf`` in the schema."""

    __slots__ = ("liste", "modeller")

    def __init__(
        self,
        parse: Callable[[Any], Any],
        modeller: tuple[type[BaseModel], ...],
        ellers: Callable[[], list[Skjema]] = list,
        *,
        liste: bool = False,
    ) -> None:
        """``ellers``: schemas for what is not a table. ``liste``: it is a list of the tables."""
        super().__init__(parse, lambda: {"anyOf": ellers()})
        self.modeller = modeller
        self.liste = liste

    def __get_pydantic_json_schema__(self, _core: object, handler: Callable[[object], Skjema]) -> Skjema:
        """Answer a reference to each table."""
        refs: list[Skjema] = []
        for model in self.modeller:
            model.model_rebuild()
            refs.append(handler(model.__pydantic_core_schema__))
        if self.liste:
            refs = [{"type": "array", "items": ref} for ref in refs]
        return {"anyOf": [*self.skjema()["anyOf"], *refs]}


Frekvensfelt = Annotated[Frekvens, Valgfelt(parse_frekvens, _SLAG)]
