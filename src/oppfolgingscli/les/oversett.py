"""Validation faults in plain words: what pydantic found, said as a colleague would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel

from oppfolgingscli.feil import Feil
from oppfolgingscli.modell.felt import Tabell
from oppfolgingscli.modell.frekvens import Valgfelt
from oppfolgingscli.modell.ord import nearest
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene, feil_type, vis_verdi
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.sprak import N_, _

if TYPE_CHECKING:
    from pydantic import ValidationError

    from oppfolgingscli.les.toml import Dokument, Nokkel

#: What one thing in a list or table of the files is called.
_THINGS: Final = {
    "rutiner": N_("rutinen {id}"),
    "roller": N_("rollen {id}"),
    "faser": N_("fasen {id}"),
    "deltakere": N_("deltakeren {id}"),
    "personer": N_("personen {id}"),
    "skolear": N_("skoleåret {id}"),
}
_EXAMPLES: Final = {
    "format": "format = 1",
    "id": 'id = "…"',
    "navn": 'navn = "…"',
    "kilde": 'kilde = "…"',
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
    "grunn": 'grunn = "…"',
    "milepael": 'milepael = "oppstart"',
    "rutine": 'rutine = "…"',
    "verdi": 'verdi = "…"',
}


def hvor(data: Any, nokkel: Nokkel) -> str:  # noqa: ANN401 - what a file holds
    """Say where in a file ``nokkel`` is: «rutinen «elevsamtale», frekvens.per»."""
    parts: list[str] = []
    rest = list(nokkel)
    if len(rest) >= 2 and rest[0] in _THINGS:
        thing = _(_THINGS[str(rest[0])])
        if isinstance(rest[1], str):
            if rest[0] != "faser" or len(rest) > 2:
                parts.append(thing.format(id=vis_verdi(rest[1])))
                rest = rest[2:]
        else:
            parts.append(thing.format(id=_name_of(data, str(rest[0]), rest[1])))
            rest = rest[2:]
    tail = ""
    for part in rest:
        tail += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if tail else str(part)
    if tail:
        parts.append(tail if not has_fodselsnummer(tail) else "…")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:] if len(parts) > 1 or (parts and not tail) else text


def _name_of(data: Any, name: str, i: int) -> str:  # noqa: ANN401 - what a file holds
    """Return the id of the i-th thing, or its number when it has no id fit to show."""
    try:
        found = data[name][i]["id"]
    except (KeyError, IndexError, TypeError):
        found = None
    if isinstance(found, str) and found.strip() and not has_fodselsnummer(found):
        return vis_verdi(found)
    return _("nr. {n}").format(n=i + 1)


def oversett(dok: Dokument, modell: type[Tabell], error: ValidationError) -> Iterator[Feil]:
    """Translate every fault of a validation, at its place in the document."""
    derived: list[Feil] = []
    found = False
    for item in error.errors(include_url=False):
        path = _in_file(dok.data, item["loc"])
        for fault, is_key in _faults(dok, modell, item, path):
            key = (*path, *fault.sti)
            key, there = _existing(dok.data, key)
            where = key
            made = dok.feil(fault.kode, fault.melding, where, fault.rad, verdi=not is_key)
            if there or is_key or fault.kode == "mangler":
                found = True
                yield made
            else:
                derived.append(made)  # a default made from another value; that one has its own fault
    if not found:
        yield from derived


def _in_file(data: Any, loc: Sequence[str | int]) -> Nokkel:  # noqa: ANN401 - what a file holds
    """Return pydantic's path as the file has it: without the names of our wrappings around lists."""
    out: list[str | int] = []
    here = data
    for part in loc:
        if part == "[key]" or (isinstance(here, list) and isinstance(part, str)):
            continue
        out.append(part)
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            here = None
    return tuple(out)


def _existing(data: Any, key: Nokkel) -> tuple[Nokkel, bool]:  # noqa: ANN401 - what a file holds
    """Return ``key`` and whether the file has it; a word where a list may be, stands for its first item."""
    here = data
    for i, part in enumerate(key):
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            if isinstance(part, int) and not isinstance(here, list | dict):
                return key[:i], True
            return key, False
    return key, True


def _faults(dok: Dokument, modell: type[Tabell], item: Any, path: Nokkel) -> Iterable[tuple[Feltfeil, bool]]:  # noqa: ANN401 - pydantic's ErrorDetails
    """Return our faults for one of pydantic's, and whether each is about the key, not the value."""
    cause = (item.get("ctx") or {}).get("error")
    is_key = "[key]" in item["loc"]
    if isinstance(cause, Feltfeilene):
        return [(fault, fault.kode == "ukjent_nokkel") for fault in cause.feil]
    if isinstance(cause, Feltfeil):
        return [(cause, is_key)]
    value = item["input"]
    match item["type"]:
        case "missing":
            return [(_missing(str(path[-1])), False)]
        case "extra_forbidden":
            return [(_unknown_key(str(path[-1]), known_keys(modell, dok.data, path[:-1])), True)]
        case "tuple_type" | "list_type":
            rad = _("Sett hakeparenteser rundt: [ … ].")
            if path and path[-1] in _THINGS and isinstance(value, dict):
                rad = _("Skriv [[{navn}]] med doble hakeparenteser.").format(navn=path[-1])
            return [(feil_type(_("en liste"), value, rad), False)]
        case "model_type" | "model_attributes_type" | "dict_type":
            rad = _("Skriv den som { nøkkel = verdi }.")
            if path and len(path) == 1:
                rad = _("Skriv [{navn}] på en egen linje.").format(navn=path[-1])
            return [(feil_type(_("en tabell"), value, rad), False)]
        case _:
            return [(Feltfeil("ugyldig", _("verdien {verdi} går ikke an her.").format(verdi=vis_verdi(value))), False)]


def _missing(name: str) -> Feltfeil:
    rad = _EXAMPLES.get(name, f"{name} = …")
    return Feltfeil("mangler", _("dette mangler."), _("Legg til {eksempel}.").format(eksempel=rad))


def _unknown_key(name: str, known: Iterable[str]) -> Feltfeil:
    known = sorted(known)
    near = nearest(name, known)
    if near:
        rad = _("Mente du «{ord}»?").format(ord=near)
    else:
        rad = _("Lovlige nøkler: {ord}.").format(ord=", ".join(known)) if known else None
    return Feltfeil("ukjent_nokkel", _("ukjent nøkkel."), rad)


def known_keys(modell: type[BaseModel], data: Any, path: Nokkel) -> set[str]:  # noqa: ANN401 - what a file holds
    """Return the keys that may stand in the table at ``path``."""
    models: list[type[BaseModel]] = [modell]
    here = data
    for part in path:
        here = here[part] if isinstance(here, dict | list) else None
        inner = [m for model in models for m in _inside(model, part, here)]
        models = inner or models
    return {key for model in models for key in (*model.model_fields, *getattr(model, "ogsa_nokler", ()))}


def _inside(model: type[BaseModel], part: str | int, value: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - what a file holds
    field = model.model_fields.get(str(part))
    if field is None:
        return []
    choices = [m for meta in field.metadata if isinstance(meta, Valgfelt) for m in meta.modeller]
    choices = choices or list(_models_in(field.annotation))
    if isinstance(value, dict) and len(choices) > 1:
        return [m for m in choices if _kind_keys(m) & value.keys()] or choices
    return choices


def _kind_keys(model: type[BaseModel]) -> set[str]:
    """The keys that tell this kind of frequency from the others."""
    if getattr(model, "slag", None) == "antall":
        return {"antall", "minst", "inntil"}
    return {str(getattr(model, "slag", ""))}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for arg in get_args(annotation):
        if isinstance(arg, Valgfelt):
            yield from arg.modeller
        else:
            yield from _models_in(arg)
