"""The annual wheel of the class: the picture, the same in words, and files to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppfolgingscli.arshjul import years
from oppfolgingscli.cli.arbeid import check_known
from oppfolgingscli.cli.arshjul import hjul_for_klasse
from oppfolgingscli.sprak import _
from oppfolgingscli.utvid import expand
from oppfolgingscli.vis.arshjul import draw
from oppfolgingscli.vis.arshjul.innhold import content, line_words
from oppfolgingscli.vis.arshjul.tekst import months
from oppfolgingscli.vis.sjekkoversikt import role_names
from oppfolgingscli.web.svar import Fil, Ikke, Side

if TYPE_CHECKING:
    from oppfolgingscli.arshjul import Hjul
    from oppfolgingscli.vis.arshjul.ark import Papir
    from oppfolgingscli.web.kontekst import Kontekst
    from oppfolgingscli.web.svar import Svar

_PAPIR: Final[dict[str, Papir]] = {"a4": "a4", "a3": "a3"}


def arshjul(k: Kontekst) -> Svar:
    """Return the wheel: ``?skolear=2024``, ``?rolle=``; ``?format=svg`` or ``png`` with ``?papir=`` is a file.

    Raises:
        Ikke: there is no such school year or format.
        Bruksfeil: there is no such role.
    """
    found = k.grunnlag
    opplegg = found.arbeidsmappe.opplegg
    known = years(expand(opplegg))
    asked = k.sporring.en("skolear")
    if asked and asked not in map(str, known):
        raise Ikke(404, _("Klassen har ikke noe slikt skoleår."))
    roles = role_names(found.vurdering)
    role = k.sporring.en("rolle")
    if role:
        check_known(_("rolle"), [role], roles)
    wheel = hjul_for_klasse(opplegg, int(asked) if asked else None, k.per, (role,) if role else ())
    if kind := k.sporring.en("format"):
        return _file(wheel, kind, k.sporring.en("papir", "a4"))
    words = content(wheel)
    chosen = {"skolear": wheel.skolear, "rolle": role}
    values = {
        "tittel": words.tittel,
        "under": " · ".join(filter(None, (words.navn, words.undertittel))),
        "tomt": not wheel.poster and not wheel.uten,
        "bilde": draw(wheel, i_side=True, retning="staende"),
        "maneder": months(words),
        "bokser": [(title, [line_words(line, words) for line in lines]) for title, lines in words.bokser],
        "merknader": words.merknader,
        "skolear": [(str(year), f"{year}/{(year + 1) % 100:02d}") for year in known],
        "valgt": str(wheel.skolear),
        "roller": [("", _("Alle")), *sorted(roles.items(), key=lambda pair: pair[1])],
        "rolle": role,
        "filer": [
            (f"{kind.upper()}, {paper.upper()}", k.url("arshjul", **chosen, format=kind, papir=paper))
            for kind in ("png", "svg")
            for paper in _PAPIR
        ],
        "t": _words(),
    }
    return Side("arshjul.html.j2", words.tittel, values, ("arshjul",))


def _file(wheel: Hjul, kind: str, paper: str) -> Fil:
    """Return the wheel as a file to print, the same bytes as the command writes."""
    if kind not in ("svg", "png") or paper not in _PAPIR:
        raise Ikke(404, _("Årshjulet finnes som svg og png, på a4 og a3."))
    picture = draw(wheel, _PAPIR[paper])
    name = f"arshjul-{wheel.skolear}-{paper}.{kind}"
    if kind == "svg":
        return Fil(picture.encode(), "image/svg+xml", name)
    from oppfolgingscli.vis.arshjul.png import to_png

    return Fil(to_png(picture), "image/png", name)


def _words() -> dict[str, str]:
    return {
        "skolear": _("Skoleår"),
        "rolle": _("Rolle"),
        "vis": _("Vis"),
        "last_ned": _("Last ned"),
        "i_ord": _("Måned for måned"),
        "ingenting": _("Ingenting med fast tid."),
        "tomt": _("Ingen rutiner gjelder i dette skoleåret for den rollen."),
        "bilde": _("Årshjulet som bilde"),
    }
