"""What every page is made with: the templates, tables and figures, and a policy that lets nothing in from outside.

A page extends ``side.html.j2`` and fills its blocks ``tittel``, ``innhold`` and (for css of its own) ``stil``. All
words come in ready translated. All values are escaped, but pictures made in ``vis/svg``, which escape their own.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from oppfolgingscli.sprak import _, sprak

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_STOR: Final = 900_000
"""Letters from which a page is made smaller, so that it can be sent by e-mail."""
_OPTIONAL: Final = re.compile(r"</t[dr]>\s*")
"""End tags HTML lets one leave out (WHATWG HTML, 13.1.2.4): a tenth of a page with long tables."""
_POLICY_HERE: Final = "@@POLICY@@"


@dataclass(frozen=True, slots=True)
class Celle:
    """A cell that can be found again: ``rad`` and ``felt`` say which figure of the data it shows.

    They become ``data-rad`` and ``data-felt``. ``stil`` is a css class. ``lenke``: a place on the same page («#…»).
    """

    tekst: str
    felt: str = ""
    rad: str = ""
    stil: str = ""
    lenke: str = ""


@dataclass(frozen=True, slots=True)
class Tabell:
    """A table: its caption, headings and rows.

    ``tall``: numbers of the columns that are set right. ``hode``: whether the first cell of a row is its heading.
    ``forklaringer``: (heading, what it means), listed below in a fold. ``undertekst``: a sentence under the caption.
    """

    tittel: str
    kolonner: Sequence[str]
    rader: Sequence[Sequence[str | Celle]]
    tall: Collection[int] = ()
    hode: bool = True
    forklaringer: Sequence[tuple[str, str]] = ()
    undertekst: str = ""
    id: str = ""


def render(mal: str, **verdier: Any) -> str:  # noqa: ANN401 - what a template takes is the template's own business
    """Fill the template ``mal`` (a name in ``maler``) and return the page, with LF line ends.

    Every ``<style>`` is named by its hash in the page's policy, and nothing else may run, load or send.

    Raises:
        jinja2.UndefinedError: the template uses a value that was not given.
    """
    page = environment().get_template(mal).render(sprak=sprak(), ord=words(), **verdier)
    if len(page) > _STOR:
        page = _OPTIONAL.sub("", page)
    hashes = [b64encode(sha256(css.encode()).digest()).decode() for css in _STYLE.findall(page)]
    style = " ".join(f"'sha256-{value}'" for value in dict.fromkeys(hashes))
    policy = f"default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"
    return page.replace(_POLICY_HERE, policy, 1)


def words() -> dict[str, str]:
    """Return the words that stand on every page."""
    return {
        "hopp": _("Hopp til innholdet"),
        "innhold": _("Innhold"),
        "tallene": _("Tallene bak figuren"),
        "kolonnene": _("Hva kolonnene betyr"),
    }


@cache
def environment(*mapper: str) -> Environment:
    """Return the templates: those of folders in the package first, then the reports'."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    # Escape whatever the template's name ends in: it is always HTML.
    return Environment(
        loader=ChoiceLoader([PackageLoader("oppfolgingscli", mappe) for mappe in (*mapper, "vis/html/maler")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
