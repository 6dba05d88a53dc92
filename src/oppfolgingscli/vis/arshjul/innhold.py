"""What the wheel says, in the language in use: numbered routines, their rule and dates, breaks, notes.

The picture, the text version and the text alternative all say it with these words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from oppfolgingscli.modell.frekvens import Etter, Ved
from oppfolgingscli.sprak import _, navn, sprak
from oppfolgingscli.vis.ord import dag_ord
from oppfolgingscli.vis.regelord import frekvens_ord, varighet_ord
from oppfolgingscli.vis.skjerming import title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppfolgingscli.arshjul import Hjul, Post, Skoleferie, Uten
    from oppfolgingscli.modell.rutinesett import Versjon

_KORT: Final = {
    "nb": "jan. feb. mars april mai juni juli aug. sep. okt. nov. des.",
    "nn": "jan. feb. mars april mai juni juli aug. sep. okt. nov. des.",
    "en": "Jan Feb Mar Apr May June July Aug Sep Oct Nov Dec",
}
_MANGE: Final = 3
"""A routine with more windows than this has its planned days listed instead."""


@dataclass(frozen=True, slots=True)
class Rad:
    """A routine on the wheel as it is shown. ``rolle`` counts from 0 in ``Hjul.roller``."""

    nr: int
    post: Post
    rolle: int
    tittel: str
    regel: str
    datoer: str


@dataclass(frozen=True, slots=True)
class Bokslinje:
    """A routine beside the wheel."""

    rolle: int
    tittel: str
    tillegg: str


@dataclass(frozen=True, slots=True)
class Innhold:
    """All of it. ``bokser``: (heading, lines); ``skoleret``: (what, when); ``merknader``: sentences."""

    hjul: Hjul
    tittel: str
    navn: str
    undertittel: str
    rader: tuple[Rad, ...]
    bokser: tuple[tuple[str, tuple[Bokslinje, ...]], ...]
    skolearet: tuple[tuple[str, str], ...]
    merknader: tuple[str, ...]
    roller: tuple[str, ...]


def content(hjul: Hjul) -> Innhold:
    """Put a wheel into words."""
    order = {id_: number for number, (id_, _role) in enumerate(hjul.roller)}
    name, sett = navn(hjul.navn), navn(hjul.sett.hode.navn)
    under = "" if hjul.klasse is None else sett
    if hjul.trinn is not None:
        under = " · ".join((_("{nr}. skoleår").format(nr=hjul.trinn), under))
    return Innhold(
        hjul=hjul,
        tittel=_("Årshjul {ar}/{neste}").format(ar=hjul.skolear, neste=f"{(hjul.skolear + 1) % 100:02d}"),
        navn=name,
        undertittel=under,
        rader=tuple(
            Rad(
                number,
                post,
                order.get(post.versjon.rutine.ansvarlig, 0),
                title(post.versjon),
                _rule(post, hjul),
                _dates(post, hjul.skolear),
            )
            for number, post in enumerate(hjul.poster, 1)
        ),
        bokser=tuple(_boxes(hjul, order)),
        skolearet=tuple(_school_year(hjul)),
        merknader=tuple(_notes(hjul)),
        roller=tuple(navn(role.navn) for _id, role in hjul.roller),
    )


def kort_dag(dag: date, skolear: int | None = None) -> str:
    """Write a day short: 18. aug.; English 18 Aug. The year is told when it is outside the school year."""
    month = _KORT[sprak()].split()[dag.month - 1]
    text = f"{dag.day}\u00a0{month}" if sprak() == "en" else f"{dag.day}.\u00a0{month}"
    outside = skolear is not None and not date(skolear, 8, 1) <= dag <= date(skolear + 1, 7, 31)
    return f"{text}\u00a0{dag.year}" if outside else text


def span(fra: date, til: date, skolear: int | None = None) -> str:
    """Write closed days: 18. aug.–19. des., 5.–9. okt."""
    if fra == til:
        return kort_dag(fra, skolear)
    if (fra.year, fra.month) == (til.year, til.month):
        first = str(fra.day) if sprak() == "en" else f"{fra.day}."
        return f"{first}–{kort_dag(til, skolear)}"
    return f"{kort_dag(fra, skolear)}–{kort_dag(til, skolear)}"


def ferie_ord(navn_: str) -> str:
    """Write the name of a break."""
    return {
        "hostferie": _("Høstferie"),
        "juleferie": _("Juleferie"),
        "vinterferie": _("Vinterferie"),
        "paskeferie": _("Påskeferie"),
        "sommerferie": _("Sommerferie"),
    }.get(navn_, navn_)


def semester_ord(kode: str) -> str:
    """Write the name of a semester."""
    return _("Høstsemester") if kode == "host" else _("Vårsemester")


def trinn_ord(trinn: Sequence[int]) -> str:
    """Write the school years of the course: «skoleår 1», «skoleår 2–3», «skoleår 1, 3»; "" for all."""
    if not trinn:
        return ""
    if len(trinn) > 1 and trinn[-1] - trinn[0] == len(trinn) - 1:
        numbers = f"{trinn[0]}–{trinn[-1]}"
    else:
        numbers = ", ".join(map(str, trinn))
    return _("skoleår {nr}").format(nr=numbers)


def conditions(v: Versjon, trinn: Sequence[int]) -> list[str]:
    """Return what limits a routine, without what would tell of benefits and groups."""
    out = [trinn_ord(trinn)] if trinn else []
    if v.rutine.gjelder.i_praksis:
        out.append(_("i praksis"))
    if v.rutine.grunnlag == "planlagt":
        out.append(_("planlagt, ikke i bruk ennå"))
    return out


def _rule(post: Post, hjul: Hjul) -> str:
    parts = []
    if not post.skjermet:
        parts.append(frekvens_ord(post.versjon.rutine.frekvens, hjul.sett))
    return ", ".join([*parts, *conditions(post.versjon, post.trinn)])


def _dates(post: Post, skolear: int) -> str:
    windows = post.vinduer
    if len(windows) == 1 and (windows[0].til - windows[0].fra).days >= 364:
        return _("hele skoleåret")
    whole = span(windows[0].fra, windows[-1].til, skolear)
    marks = [m for w in windows for m in w.merker]
    if len(windows) <= _MANGE:
        return ", ".join(span(w.fra, w.til, skolear) for w in windows)
    if post.versjon.rutine.niva == "klasse" and marks and len(marks) <= 2 * 12:
        days = ", ".join(kort_dag(m.dag, skolear) for m in marks)
        return _("rundt {dager}").format(dager=days)
    return _("{spenn}, med opphold").format(spenn=whole)


def _boxes(hjul: Hjul, order: dict[str, int]) -> list[tuple[str, tuple[Bokslinje, ...]]]:
    groups: dict[str, list[Bokslinje]] = {"handling": [], "behov": [], "egne": []}
    for item in hjul.uten:
        group = "handling" if item.slag in {"ved", "etter"} else item.slag
        groups[group].append(Bokslinje(order.get(item.versjon.rutine.ansvarlig, 0), title(item.versjon), _extra(item)))
    headings = {
        "handling": _("Når noe skjer"),
        "behov": _("Ved behov"),
        "egne": _("Datoer for den enkelte – se kalenderen"),
    }
    return [(headings[key], tuple(lines)) for key, lines in groups.items() if lines]


def _extra(item: Uten) -> str:
    f = item.versjon.rutine.frekvens
    parts = conditions(item.versjon, item.trinn)
    if isinstance(f, Ved | Etter) and f.innen is not None and not item.skjermet:
        parts.insert(0, _("innen {tid}").format(tid=varighet_ord(f.innen)))
    return ", ".join(parts)


def _school_year(hjul: Hjul) -> list[tuple[str, str]]:
    out: list[tuple[date, str, str]] = []
    if hjul.semestre:
        first, last = hjul.semestre[0][1], hjul.semestre[-1][2]
        out += [(first, _("Første skoledag"), kort_dag(first)), (last, _("Siste skoledag"), kort_dag(last))]
    out += [(f.fra, ferie_ord(f.navn), _break_when(f)) for f in hjul.ferier if f.navn != "sommerferie"]
    out += [(day, exam_words(name), kort_dag(day)) for name, day in hjul.eksamener]
    return [(what, when) for _day, what, when in sorted(out)]


def exam_words(name: str) -> str:
    """Write the name of an exam."""
    return _("Eksamen: {navn}").format(navn=name)


def _break_when(f: Skoleferie) -> str:
    first, last = f.fra.isocalendar().week, f.til.isocalendar().week
    text = span(f.fra, f.til)
    if first != last or (f.til - f.fra).days > 7:
        return text
    return _("{spenn} (uke {uke})").format(spenn=text, uke=first)


def _notes(hjul: Hjul) -> list[str]:
    out = [] if hjul.poster else [_("Ingen av rutinene har faste tider.")]
    if hjul.skolerute == "monster":
        out.append(_("Skoleruta for dette skoleåret er ikke lagt inn; ferier og skoledager er det vanlige mønsteret."))
    elif hjul.skolerute == "ubekreftet":
        out.append(_("Noen datoer i skoleruta er ikke bekreftet og kan bli endret."))
    elif hjul.skolerute == "ingen":
        out.append(_("Uten skolerute: ingen ferier er regnet med."))
    if hjul.klasse is None:
        out.append(_("Hjulet viser en vanlig klasse i hvert av skoleårene."))
        if any(p.versjon.rutine.gjelder.i_praksis for p in hjul.poster):
            out.append(_("Det som gjelder i praksis, vises som om det er praksis hele skoleåret."))
    elif any(p.versjon.rutine.niva == "deltaker" for p in hjul.poster):
        out.append(_("Hver deltakers egne dager står i kalenderen."))
    return out


def description(hjul: Hjul) -> str:
    """Return the text alternative of the picture: all it lists, in one paragraph."""
    found = content(hjul)
    parts = [f"{found.tittel}, {found.navn}."]
    if found.skolearet:
        parts.append(", ".join(f"{what} {when}" for what, when in found.skolearet) + ".")
    for row in found.rader:
        details = "; ".join(part for part in (found.roller[row.rolle], row.regel, row.datoer) if part)
        parts.append(f"{row.nr} {row.tittel} ({details}).")
    for heading, lines in found.bokser:
        parts.append(f"{heading}: " + "; ".join(line_words(line, found) for line in lines) + ".")
    parts += found.merknader
    return " ".join(parts)


def line_words(line: Bokslinje, innhold: Innhold) -> str:
    """Write a routine beside the wheel with its role: «Varsel til Nav (Skolen, innen 3 virkedager)»."""
    return f"{line.tittel} ({', '.join(part for part in (innhold.roller[line.rolle], line.tillegg) if part)})"


def maned_ord(dag: date) -> str:
    """Write a month with its year: august 2025."""
    return dag_ord(dag.replace(day=1)).split(" ", 1)[1]
