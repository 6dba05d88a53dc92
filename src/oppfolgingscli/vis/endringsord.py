"""The fields of a routine and their values in words, for those who read what changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.sprak import N_, _, navn, ngettext
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.regelord import varighet_ord
from oppfolgingscli.vis.typeord import grunnlag_ord, regel_ord, roller_ord, type_ord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oppfolgingscli.modell.rutinesett import Rutine, Rutinesett
    from oppfolgingscli.tid.varighet import Varighet

_TOM: Final = "–"
_FELT: Final = {
    "frekvens": N_("hvor ofte"),
    "frist": N_("frist"),
    "minst_mellom": N_("minst mellom to"),
    "helst": N_("helst"),
    "samle": N_("samles i"),
    "gjelder.skolear": N_("gjelder skoleår"),
    "gjelder.fase": N_("gjelder fase"),
    "gjelder.gruppe": N_("gjelder gruppe"),
    "gjelder.ytelse": N_("gjelder ytelse"),
    "gjelder.i_praksis": N_("gjelder bare i praksis"),
    "gjelder.ferie": N_("ferier"),
    "versjoner": N_("versjoner"),
    "navn": N_("navn"),
    "type": N_("slag"),
    "niva": N_("gjelder"),
    "ansvarlig": N_("ansvarlig"),
    "deltar": N_("med"),
    "krever": N_("må være med"),
    "varighet": N_("varighet"),
    "grunnlag": N_("grunnlag"),
    "antatt": N_("antatt tall"),
    "kilde": N_("kilde"),
    "kilde_id": N_("punkt i kilden"),
    "teller_ogsa": N_("teller også"),
    "merknad": N_("merknad"),
}
_FERIER: Final = {
    "aldri": N_("ikke i ferier"),
    "ogsa": N_("også i ferier"),
    "bare": N_("bare i ferier"),
    "hostferie": N_("høstferien"),
    "juleferie": N_("juleferien"),
    "vinterferie": N_("vinterferien"),
    "paskeferie": N_("påskeferien"),
    "sommerferie": N_("sommerferien"),
}


def field_label(felt: str) -> str:
    """Name a field of sammenlign.forskjell in words."""
    return _(_FELT[felt]) if felt in _FELT else felt


def field_words(felt: str, verdi: Any, rutine: Rutine, sett: Rutinesett) -> str:  # noqa: ANN401 - a value of any field
    """Write the value of a field of ``rutine`` in words; «–» for nothing."""
    if felt in _ORD:
        return _ORD[felt](verdi, rutine, sett)
    return ", ".join(map(str, verdi)) or _TOM if isinstance(verdi, list | tuple) else str(verdi or _TOM)


def _rule(_value: Any, r: Rutine, sett: Rutinesett) -> str:  # noqa: ANN401 - as above
    return ", ".join(part for part in (regel_ord(r, sett), deadline_words(r, bare_nytt=True)) if part)


def _roles(value: Any, _r: Rutine, sett: Rutinesett) -> str:  # noqa: ANN401 - as above
    return roller_ord([value] if isinstance(value, str) else value, sett)


def _phases(value: Any, _r: Rutine, sett: Rutinesett) -> str:  # noqa: ANN401 - as above
    phases = ((id_, sett.fase(id_)) for id_ in value)
    return ", ".join(navn(fase.navn) if fase else id_ for id_, fase in phases) or _("alle")


def _breaks(value: Any, _r: Rutine, _sett: Rutinesett) -> str:  # noqa: ANN401 - as above
    return ", ".join(_(_FERIER[word]) for word in ([value] if isinstance(value, str) else value))


def _yes(value: Any, _r: Rutine, _sett: Rutinesett) -> str:  # noqa: ANN401 - as above
    return _("ja") if value else _("nei")


def _those(value: Any, _r: Rutine, _sett: Rutinesett) -> str:  # noqa: ANN401 - as above
    return ", ".join(map(str, value)) or _("alle")


def _minutes(value: Any, _r: Rutine, _sett: Rutinesett) -> str:  # noqa: ANN401 - as above
    return _TOM if value is None else ngettext("{n} minutt", "{n} minutter", value).format(n=value)


def _length_of(name: str) -> Callable[[Any, Rutine, Rutinesett], str]:
    def words(_value: Any, r: Rutine, _sett: Rutinesett) -> str:  # noqa: ANN401 - as above
        found: Varighet | None = getattr(r.frekvens, name, None)
        return varighet_ord(found) if found else _TOM

    return words


_ORD: Final[dict[str, Callable[[Any, Rutine, Rutinesett], str]]] = {
    "frekvens": _rule,
    "frist": lambda _v, r, _s: deadline_words(r) or _("ingen frist"),
    "ansvarlig": _roles,
    "deltar": _roles,
    "krever": _roles,
    "gjelder.fase": _phases,
    "gjelder.ferie": _breaks,
    "gjelder.i_praksis": _yes,
    "gjelder.skolear": _those,
    "gjelder.gruppe": _those,
    "gjelder.ytelse": _those,
    "antatt": _yes,
    "grunnlag": lambda v, _r, _s: grunnlag_ord(v),
    "type": lambda v, _r, _s: type_ord(v),
    "niva": lambda v, _r, _s: _("hver deltaker") if v == "deltaker" else _("klassen"),
    "navn": lambda _v, r, _s: navn(r.navn),
    "varighet": _minutes,
    "helst": lambda v, _r, _s: {"start": _("tidlig"), "slutt": _("sent")}.get(v or "", _TOM),
    "minst_mellom": _length_of("minst_mellom"),
    "samle": _length_of("samle"),
    "versjoner": lambda v, _r, _s: versions_words(v),
}
"""How the values of a field are written; others are written as they are."""


def deadline_words(rutine: Rutine, *, bare_nytt: bool = False) -> str:
    """Write the deadlines of a rule; ``bare_nytt``: only those its own words leave out."""
    f = rutine.frekvens
    told = {"innen": _("innen {tid}"), "senest": _("senest etter {tid}")}
    rest = {"forste_innen": _("den første innen {tid}"), "sent_til": _("kan gjøres til {tid} etter fristen")}
    parts = []
    for key, words in (rest if bare_nytt else told | rest).items():
        found: Varighet | None = getattr(f, key, None)
        if found is None or (key == "forste_innen" and found == getattr(f, "senest", None)):
            continue
        parts.append(words.format(tid=varighet_ord(found)))
    return ", ".join(parts)


def versions_words(versjoner: list[Mapping[str, Any]]) -> str:
    """Write when the versions of a routine are in force."""
    spans = []
    for v in versjoner:
        fra, til = (dag_ord(date.fromisoformat(v[key])) if v[key] else "…" for key in ("fra", "til"))
        spans.append(f"{fra} – {til}")
    return "; ".join(spans)
