"""Frozen records read from a file's tables: unknown keys refused, every fault found at once.

A record is a class with annotated fields::

    class Pause(Tabell):
        fra: Dato
        til: Dato | None = None
        grunn: Linje = felt(default="pause", hjelp="Hvorfor.")

Each annotation carries a ``Felt``: how the value is read, and the JSON Schema of what may be written. The same
definition gives the reader, the constructor and the schema. Annotations are read when the class is made, so
modules of records do without ``from __future__ import annotations``. Made for start-up time: importing a general
validation library alone costs twice what a whole small command may.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Final,
    Self,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
)

from oppfolgingscli.modell.feltlesere import (
    Definisjoner,
    Felt,
    Listefelt,
    Oppslagfelt,
    Skjema,
    Tabellfelt,
    Valgfelt,
    collect,
    read_liste,
)
from oppfolgingscli.modell.ord import nearest
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene, feil_type, parse_tekst
from oppfolgingscli.sprak import _

__all__ = ["Definisjoner", "Felt", "Skjema", "Tabell", "Valgfelt", "felt", "read_liste"]

_REQUIRED: Final = object()

#: What a missing key may look like, for the remedy.
_EXAMPLES: Final = {
    "format": "format = 1",
    "etat": 'etat = "skole"',
    "type": 'type = "elevsamtale"',
    "niva": 'niva = "deltaker"',
    "ansvarlig": 'ansvarlig = "kontaktlaerer"',
    "frekvens": 'frekvens = { antall = 2, per = "semester" }',
    "per": 'per = "semester"',
    "rutinesett": 'rutinesett = "oslo"',
    "skolerute": 'skolerute = "oslo"',
    "start": "start = 2023-08-21",
    "slutt": "slutt = 2027-06-18",
    "fra": "fra = 2024-01-08",
    "forste": "forste = 2023-08-21",
    "siste": "siste = 2024-06-21",
    "rolle": 'rolle = "kontaktlaerer"',
    "milepael": 'milepael = "oppstart"',
}


class _Spesifikasjon:
    """What ``felt()`` says of a field."""

    __slots__ = ("default", "default_factory", "hjelp")

    def __init__(self, default: Any, default_factory: Callable[[], Any] | None, hjelp: str) -> None:  # noqa: ANN401
        self.default = default
        self.default_factory = default_factory
        self.hjelp = hjelp


def felt(*, default: Any = _REQUIRED, default_factory: Callable[[], Any] | None = None, hjelp: str = "") -> Any:  # noqa: ANN401
    """Say more of a field: its default, and the words an editor shows about it (bokmål, in the JSON Schema)."""
    return _Spesifikasjon(default, default_factory, hjelp)


def _felt_for(annotation: Any, navn: str) -> Felt:  # noqa: ANN401 - a type
    """Return how a value of this annotation, of the field ``navn``, is read."""
    origin = get_origin(annotation)
    if origin is Annotated:
        found = annotation.__metadata__[0]
        assert isinstance(found, Felt)  # noqa: S101 - a mistake of ours, seen when the module is imported
        return found
    if origin in {Union, UnionType}:
        return _felt_for(next(arg for arg in get_args(annotation) if arg is not type(None)), navn)
    if origin is tuple:
        return Listefelt(_felt_for(get_args(annotation)[0], navn), navn)
    if origin is dict:
        key, value = get_args(annotation)
        return Oppslagfelt(_felt_for(key, navn), _felt_for(value, navn))
    if not (isinstance(annotation, type) and issubclass(annotation, Tabell)):
        message = (
            f"{navn}: {annotation!r} is no field (a module of records has no `from __future__ import annotations`)"
        )
        raise TypeError(message)
    return Tabellfelt(annotation, navn)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(felt,))
class Tabell:
    """Base of every record. ``merknad`` is allowed in every table."""

    if TYPE_CHECKING:
        merknad: str | None = felt(default=None)

    #: Keys that stand for others in the file (``antall`` for ``minst`` and ``inntil``), with their schemas.
    ogsa_nokler: ClassVar[dict[str, Felt]] = {}
    #: Whether the values are checked against each other also when some are wrong.
    _sjekk_delvis: ClassVar[bool] = False
    #: By name: how it is read, what else is said of it, and whether None is a value of it.
    _felter: ClassVar[dict[str, tuple[Felt, _Spesifikasjon, bool]]] = {
        "merknad": (
            Felt(parse_tekst, lambda: {"type": "string", "pattern": r"\S"}),
            _Spesifikasjon(None, None, "En merknad til den som leser filen."),
            True,
        ),
    }

    def __init_subclass__(cls) -> None:
        """Gather the fields, the parent's first."""
        fields = dict(cls._felter)
        for name, annotation in cls.__annotations__.items():
            origin: object = get_origin(annotation)
            if origin is ClassVar:
                continue
            spec = cls.__dict__.get(name, _REQUIRED)
            if not isinstance(spec, _Spesifikasjon):
                spec = _Spesifikasjon(spec, None, "")
            optional = type(None) in get_args(annotation)
            fields[name] = (_felt_for(annotation, name), spec, optional)
            if name in cls.__dict__:
                delattr(cls, name)
        cls._felter = fields

    if not TYPE_CHECKING:

        def __init__(self, **values: object) -> None:
            """Read the values as if they stood in a file. Raises Feltfeilene, a ValueError."""
            self._read(values)

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """Read a table of a file. Raises Feltfeil or Feltfeilene with every fault, each with its path from here."""
        if isinstance(data, cls):
            return data
        if not isinstance(data, dict):
            raise feil_type(_("en tabell"), data, _("Skriv den som { nøkkel = verdi }, eller under en egen [linje]."))
        self = object.__new__(cls)
        self._read(data)
        return self

    def _read(self, data: Mapping[str, Any]) -> None:
        fields = self._felter
        values: dict[str, Any] = {}
        written = data.keys()
        data = self._forst(data)
        faults: list[Feltfeil] = [_unknown(key, fields, self.ogsa_nokler) for key in data if key not in fields]
        for name, (how, spec, optional) in fields.items():
            if name not in data:
                if spec.default_factory is not None:
                    values[name] = spec.default_factory()
                elif spec.default is _REQUIRED:
                    rad = _EXAMPLES.get(name, f'{name} = "…"')
                    faults.append(
                        Feltfeil(
                            "mangler", _("nøkkelen mangler."), _("Legg til {eksempel}.").format(eksempel=rad), (name,)
                        )
                    )
                else:
                    values[name] = spec.default
            elif (value := data[name]) is None and optional:
                values[name] = None
            else:
                collect(faults, name, values, name, how.parse, value)
        if faults and not self._sjekk_delvis:
            raise Feltfeilene(faults)
        self.__dict__.update(values)
        if faults:
            faults += self._sjekk_resten()
            raise Feltfeilene(faults)
        self._sjekk(written)

    def _sjekk_resten(self) -> list[Feltfeil]:
        """Check what could be read, with defaults for the rest; nothing when a required value is missing."""
        for name, (_how, spec, _optional) in self._felter.items():
            if name not in self.__dict__:
                if spec.default_factory is None and spec.default is _REQUIRED:
                    return []
                self.__dict__[name] = spec.default_factory() if spec.default_factory else spec.default
        try:
            self._sjekk(self.__dict__.keys())
        except Feltfeil as fault:
            return [fault]
        except Feltfeilene as several:
            return list(several.feil)
        return []

    @staticmethod
    def _forst(data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Change what is written before it is read, where a key stands for others."""
        return data

    def _sjekk(self, skrevet: Collection[str]) -> None:
        """Check the values against each other; ``skrevet`` are the keys in the file. Raises Feltfeil(ene)."""

    def _sett(self, **verdier: Any) -> None:  # noqa: ANN401 - values of any field
        """Fill in defaults that follow from other values; only while the record is being made."""
        self.__dict__.update(verdier)

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return a copy with some values replaced; they are taken as they are."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy.__dict__.update(update)
        return copy

    @classmethod
    def feltnavn(cls) -> tuple[str, ...]:
        """Return the names of the fields."""
        return tuple(cls._felter)

    @classmethod
    def skjema_ref(cls, defs: Definisjoner) -> Skjema:
        """Return a reference to this table's JSON Schema, which is added to ``defs``."""
        if cls.__name__ not in defs:
            defs[cls.__name__] = {}  # taken, should a table hold itself
            defs[cls.__name__] = cls.skjema(defs)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    @classmethod
    def skjema(cls, defs: Definisjoner) -> Skjema:
        """Return the JSON Schema of this table."""
        properties: dict[str, Skjema] = {}
        required: list[str] = []
        for name, (how, spec, _optional) in cls._felter.items():
            properties[name] = {"description": spec.hjelp, **how.skjema(defs)} if spec.hjelp else how.skjema(defs)
            if spec.default is _REQUIRED and spec.default_factory is None and not cls.ogsa_nokler:
                required.append(name)
        properties |= {name: how.skjema(defs) for name, how in cls.ogsa_nokler.items()}
        out: Skjema = {"type": "object", "properties": properties, "additionalProperties": False}
        if required:
            out["required"] = required
        return out

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: records do not change."""
        raise AttributeError(f"{type(self).__name__}.{name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *(v if not isinstance(v, dict) else tuple(v.items()) for v in self.__dict__.values())))

    def __repr__(self) -> str:
        given = ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items() if v not in (None, (), {}))
        return f"{type(self).__name__}({given})"


def _unknown(name: str, fields: Collection[str], also: Collection[str]) -> Feltfeil:
    known = sorted({*fields, *also})
    near = nearest(str(name), known)
    rad = _("Mente du «{ord}»?").format(ord=near) if near else _("Lovlige nøkler: {ord}.").format(ord=", ".join(known))
    return Feltfeil("ukjent_nokkel", _("ukjent nøkkel."), rad, (name,), om_nokkel=True)
