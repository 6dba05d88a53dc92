"""How the fields of a record are read: plain values, tables, lists of tables, values by id."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene, feil_type
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.modell.tabell import Tabell

Skjema = dict[str, Any]
#: JSON Schemas of the tables met so far, by class name.
Definisjoner = dict[str, Skjema]


class Felt:
    """How one value is read, and the JSON Schema of what may be written there."""

    __slots__ = ("_skjema", "parse")

    def __init__(self, parse: Callable[[Any], Any], skjema: Callable[[], Skjema]) -> None:
        """``parse`` raises Feltfeil or Feltfeilene; ``skjema`` is called only when a schema is made."""
        self.parse = parse
        self._skjema = skjema

    def skjema(self, defs: Definisjoner) -> Skjema:
        """Return the JSON Schema of the value; the tables it uses are added to ``defs``."""
        return self._skjema()


class Valgfelt(Felt):
    """A value that is one of several tables (a list of them with ``liste``), or something plain."""

    __slots__ = ("ellers", "liste", "modeller")

    def __init__(
        self,
        parse: Callable[[Any], Any],
        modeller: tuple[type[Tabell], ...],
        ellers: Callable[[], list[Skjema]] = list,
        *,
        liste: bool = False,
    ) -> None:
        """``ellers``: schemas for what is not a table."""
        super().__init__(parse, dict)
        self.modeller = modeller
        self.ellers = ellers
        self.liste = liste

    def skjema(self, defs: Definisjoner) -> Skjema:
        """Return the choice."""
        tables = [model.skjema_ref(defs) for model in self.modeller]
        if self.liste:
            tables = [{"type": "array", "items": table} for table in tables]
        return {"anyOf": [*self.ellers(), *tables]}


class Tabellfelt(Felt):
    """A table inside a table."""

    __slots__ = ("modell", "navn")

    def __init__(self, modell: type[Tabell], navn: str) -> None:
        """``navn``: the field's name, for the remedy."""
        super().__init__(self._read, dict)
        self.modell = modell
        self.navn = navn

    def _read(self, value: object) -> Tabell:
        if isinstance(value, list):
            rad = _("Skriv [{navn}] med enkle hakeparenteser.").format(navn=self.navn)
            raise feil_type(_("en tabell"), value, rad)
        return self.modell.model_validate(value)

    def skjema(self, defs: Definisjoner) -> Skjema:
        """Return the JSON Schema; tables are added to ``defs``."""
        return self.modell.skjema_ref(defs)


class Listefelt(Felt):
    """A list of tables, ``[[navn]]``."""

    __slots__ = ("inni", "navn")

    def __init__(self, inni: Felt, navn: str) -> None:
        """``inni``: one item. ``navn``: the field's name, for the remedy."""
        super().__init__(self._read, dict)
        self.inni = inni
        self.navn = navn

    def _read(self, value: object) -> tuple[Any, ...]:
        if isinstance(value, dict):
            raise feil_type(
                _("en liste"), value, _("Skriv [[{navn}]] med doble hakeparenteser.").format(navn=self.navn)
            )
        return read_liste(value, self.inni.parse)

    def skjema(self, defs: Definisjoner) -> Skjema:
        """Return the JSON Schema; tables are added to ``defs``."""
        return {"type": "array", "items": self.inni.skjema(defs)}


class Oppslagfelt(Felt):
    """Values by id, ``[navn.id]``."""

    __slots__ = ("inni", "nokkel")

    def __init__(self, nokkel: Felt, inni: Felt) -> None:
        """``nokkel``: each key. ``inni``: each value."""
        super().__init__(self._read, dict)
        self.nokkel = nokkel
        self.inni = inni

    def _read(self, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise feil_type(_("en tabell"), value, _("Skriv den som { nøkkel = verdi }, eller under en egen [linje]."))
        out: dict[str, Any] = {}
        faults: list[Feltfeil] = []
        for key, item in value.items():
            try:
                name = self.nokkel.parse(key)
            except Feltfeil as fault:
                faults.append(fault.inne_i(key, om_nokkel=True))
                continue
            collect(faults, key, out, name, self.inni.parse, item)
        if faults:
            raise Feltfeilene(faults)
        return out

    def skjema(self, defs: Definisjoner) -> Skjema:
        """Return the JSON Schema; tables are added to ``defs``."""
        return {
            "type": "object",
            "propertyNames": self.nokkel.skjema(defs),
            "additionalProperties": self.inni.skjema(defs),
        }


def collect(
    faults: list[Feltfeil],
    at: str | int,
    out: dict[Any, Any],
    name: str | int,
    parse: Callable[[Any], Any],
    value: object,
) -> None:
    """Put ``parse(value)`` in ``out[name]``, or its faults, placed at ``at``, in ``faults``."""
    try:
        out[name] = parse(value)
    except Feltfeil as fault:
        faults.append(fault.inne_i(at))
    except Feltfeilene as several:
        faults.extend(fault.inne_i(at) for fault in several.feil)


def read_liste(value: object, item: Callable[[Any], Any]) -> tuple[Any, ...]:
    """Read a list, every fault of every item at once."""
    if not isinstance(value, list | tuple):
        raise feil_type(_("en liste"), value, _("Sett hakeparenteser rundt: [ … ]."))
    out: dict[int, Any] = {}
    faults: list[Feltfeil] = []
    for i, part in enumerate(value):
        collect(faults, i, out, i, item, part)
    if faults:
        raise Feltfeilene(faults)
    return tuple(out.values())
