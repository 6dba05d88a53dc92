"""What a person should know about an expansion: missing anchors, windows that hold no day, unconfirmed dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from oppfolgingscli.hendelse import Punkt, Varsel
from oppfolgingscli.modell.rutinesett import Milepael
from oppfolgingscli.sprak import _, ngettext
from oppfolgingscli.utvid.ankere import forekomster
from oppfolgingscli.utvid.milepael import window

if TYPE_CHECKING:
    from oppfolgingscli.gyldighet import Gyldighet, Subjekt
    from oppfolgingscli.modell.rutinesett import Versjon

_RECURRING = ("praksis-start", "semester-start", "semester-slutt")


def warn(g: Gyldighet, points: Iterable[Punkt], unsure: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[Varsel]:
    """Yield the warnings of an expansion. ``unsure``: unconfirmed calendar dates -> ids of points resting on them."""
    with_points = {(p.rutine, p.versjon) for p in points}
    for v in g.opplegg.rutinesett.versjoner:
        f = v.rutine.frekvens
        if isinstance(f, Milepael):
            yield from _milepael(g, v, f, has_points=(v.rutine.id, v.nr) in with_points)
    for (year, part), ids in sorted(unsure.items()):
        message = ngettext(
            "{antall} frist bygger på en dato i skoleruta som ikke er bekreftet: {del_}, skoleåret {ar}",
            "{antall} frister bygger på en dato i skoleruta som ikke er bekreftet: {del_}, skoleåret {ar}",
            len(ids),
        ).format(antall=len(ids), del_=_part(part), ar=year)
        yield Varsel("ubekreftet_skolerute", f"{g.opplegg.skolerute_navn}/{year}/{part}", message, tuple(sorted(ids)))


def _part(part: str) -> str:
    """Name a part of a school year in words."""
    words = {
        "forste": _("første skoledag"),
        "siste": _("siste skoledag"),
        "hostferie": _("høstferien"),
        "juleferie": _("juleferien"),
        "vinterferie": _("vinterferien"),
        "paskeferie": _("påskeferien"),
    }
    return words.get(part, part)


def _milepael(g: Gyldighet, v: Versjon, f: Milepael, *, has_points: bool) -> Iterator[Varsel]:
    subjects = [s for s in _subjects(g, v) if g.dager(s, v, pauser=False)]
    anchored = [(s, forekomster(g, s, f.milepael)) for s in subjects]
    if subjects and not any(found for _s, found in anchored):
        yield Varsel(
            "anker_mangler",
            v.rutine.id,
            _("«{rutine}» får ingen punkter: ankeret {anker} finnes ikke for denne klassen").format(
                rutine=v.rutine.id, anker=str(f.milepael)
            ),
        )
        return
    if f.milepael.slag in _RECURRING:
        return
    in_break = [s.id for s, found in anchored if any(_only_break(g, s, v, window(g, f, day)) for _key, day in found)]
    if in_break:
        message = ngettext(
            "«{rutine}» får ikke noe punkt for {hvem}: hele vinduet ligger i en skoleferie",
            "«{rutine}» får ikke noe punkt for {hvem}: hele vinduet ligger i en skoleferie",
            len(in_break),
        ).format(rutine=v.rutine.id, hvem=", ".join(in_break))
        yield Varsel("vindu_uten_dager", v.rutine.id, message)
    elif subjects and not has_points:
        yield Varsel(
            "vindu_uten_dager",
            v.rutine.id,
            _("«{rutine}» får ingen punkter: vinduet har ingen dag da rutinen gjelder").format(rutine=v.rutine.id),
        )


def _subjects(g: Gyldighet, v: Versjon) -> Sequence[Subjekt]:
    return (g.klassen,) if v.rutine.niva == "klasse" else g.deltakerne


def _only_break(g: Gyldighet, s: Subjekt, v: Versjon, span: tuple[int, int]) -> bool:
    """Whether the days of the window on which the subject is enrolled all lie in breaks the routine skips."""
    first, last = max(span[0], s.start), min(span[1], s.slutt)
    return first <= last and not g.tillatt_av_ferie(v).klipp(first, last)
