"""Findings in words: one sentence each, with the denominator in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.tid.varighet import parse_varighet
from oppfolgingscli.vis.ord import periode_ord
from oppfolgingscli.vis.rapportkolonner import percent, points
from oppfolgingscli.vis.regelord import varighet_ord

if TYPE_CHECKING:
    from oppfolgingscli.maltall.rad import Rapport, Utsagn
    from oppfolgingscli.vis.rapportnavn import Rapportnavn


def statements(rapport: Rapport, navn: Rapportnavn) -> list[str]:
    """Return the findings of a report as sentences, the most general first."""
    return [statement(u, navn) for u in rapport.utsagn]


def statement(u: Utsagn, navn: Rapportnavn) -> str:
    """Write one finding and those that belong in its sentence."""
    text = f"{navn.rutine(u.rutine)}: {_about(u)}"
    for follower in u.folger:
        name = "" if follower.rutine == u.rutine else f"{_within(follower, navn)} "
        text += f"; {name}{_about(follower)}"
    return text + "."


def _within(u: Utsagn, navn: Rapportnavn) -> str:
    """Name a routine inside another's sentence: in lower case, with its deadline."""
    name = navn.rutine(u.rutine)
    name = name[:1].lower() + name[1:]
    limit = u.tall.get("innen")
    if not isinstance(limit, str):
        return name
    return _("{navn} innen {tid}").format(navn=name, tid=varighet_ord(parse_varighet(limit)))


def _number(u: Utsagn, key: str) -> int:
    return int(u.tall[key] or 0)


def _of(part: int, whole: int) -> str:
    return _("{antall} av {alle}").format(antall=part, alle=whole)


def _about(u: Utsagn) -> str:
    match u.kode:
        case "i_alt" | "i_tide":
            return _on_time(u)
        case "dager_dekket":
            return _covered(u)
        case "ventetid":
            return _waited(u)
        case "ikke_mott_forst":
            whole = _number(u, "n_deltakere")
            return ngettext(
                "den første kom ikke i tide for {del_av} deltaker",
                "den første kom ikke i tide for {del_av} deltakere",
                whole,
            ).format(del_av=_of(_number(u, "deltakere"), whole))
        case "behov":
            return _when_needed(u)
        case _:
            return _changed(u)


def _on_time(u: Utsagn) -> str:
    text = _("{del_av} i tide").format(del_av=_of(_number(u, "i_tide"), _number(u, "bedomt")))
    late = _number(u, "gjort") - _number(u, "i_tide") if "gjort" in u.tall else 0
    return text + (_(", {antall} for sent").format(antall=late) if late else "")


def _covered(u: Utsagn) -> str:
    covered, whole = _number(u, "dekket"), _number(u, "dager")
    text = _("dekket {prosent} av {dager} dager").format(
        prosent=percent(covered / whole if whole else None), dager=whole
    )
    if u.tall.get("lengste_gap") is None:
        return text
    longest = _number(u, "lengste_gap")
    words = (
        ngettext("lengst uten kontakt var {n} dag, og det varer ennå", "lengst uten kontakt var {n} dager, og det varer ennå", longest)
        if _number(u, "apent")
        else ngettext("lengst uten kontakt var {n} dag", "lengst uten kontakt var {n} dager", longest)
    )  # fmt: skip
    return f"{text}; {words.format(n=longest)}"


def _waited(u: Utsagn) -> str:
    text = _("{del_av} gjort").format(del_av=_of(_number(u, "gjort"), _number(u, "antall")))
    if u.tall.get("median") is None:
        return text + _(", og halvparten er ikke nådd ennå")
    days = _number(u, "median")
    return text + ngettext(", halvparten innen {n} dag", ", halvparten innen {n} dager", days).format(n=days)


def _when_needed(u: Utsagn) -> str:
    times = _number(u, "kontakter")
    text = ngettext("{n} kontakt", "{n} kontakter", times).format(n=times)
    if u.tall["niva"] == "deltaker":
        whole = _number(u, "n_deltakere")
        text += _(", med {del_av} deltakere").format(del_av=_of(_number(u, "deltakere"), whole))
    return _("ved behov, ikke bedømt: {hva}").format(hva=text)


def _changed(u: Utsagn) -> str:
    """Write a change that is more than chance: both shares, the difference, and how sure it is."""
    up = float(u.tall["endring"] or 0) > 0
    pattern = (
        _("opp fra {fra} ({fra_del}) {fra_periode} til {til} ({til_del}) {til_periode}; forskjellen er {endring} prosentpoeng (95 %: {lav} til {hoy})")
        if up
        else _("ned fra {fra} ({fra_del}) {fra_periode} til {til} ({til_del}) {til_periode}; forskjellen er {endring} prosentpoeng (95 %: {lav} til {hoy})")
    )  # fmt: skip
    shares = {when: (_number(u, f"{when}_del"), _number(u, f"{when}_av")) for when in ("fra", "til")}
    return pattern.format(
        fra=percent(shares["fra"][0] / shares["fra"][1]), til=percent(shares["til"][0] / shares["til"][1]),
        fra_del=_of(*shares["fra"]), til_del=_of(*shares["til"]),
        fra_periode=periode_ord(str(u.tall["fra"])), til_periode=periode_ord(str(u.tall["til"])),
        endring=points(float(u.tall["endring"] or 0)), lav=points(float(u.tall["lav"] or 0)),
        hoy=points(float(u.tall["hoy"] or 0)),
    )  # fmt: skip
