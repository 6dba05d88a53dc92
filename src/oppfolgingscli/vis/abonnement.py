"""The texts beside subscription files: how to serve the folder, and which address goes to whom."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from collections.abc import Iterable

LES_MEG: Final = "LES-MEG.txt"
HTACCESS: Final = ".htaccess"
ADRESSER: Final = "kalender-abonnement.txt"
"""In the workspace, never in the folder that is served: it has all the addresses."""
MERKE: Final = "oppfolging kalender --abonnement"
"""In the first line of what we write ourselves; a file without it is somebody else's."""

_HTACCESS: Final = f"""\
# {MERKE}
Options -Indexes
DirectoryIndex disabled
AddType text/calendar .ics
AddCharset utf-8 .ics
<FilesMatch "(?<!\\.ics)$">
  Require all denied
</FilesMatch>
<IfModule mod_headers.c>
  Header set Cache-Control "private, max-age=3600"
  Header set X-Robots-Tag "noindex"
</IfModule>
"""

_NGINX: Final = """\
    location /kalender/ {
        autoindex off;
        location ~ \\.ics$ {
            types { text/calendar ics; }
            charset utf-8;
            charset_types text/calendar;
            add_header Cache-Control "private, max-age=3600";
            add_header X-Robots-Tag noindex;
        }
        location ~ . { return 404; }
    }
"""


def htaccess() -> bytes:
    """Return what tells Apache how to serve the folder: the calendars with their type, and nothing else."""
    return _HTACCESS.encode()


def les_meg() -> bytes:
    """Return how to serve the folder, in plain words. No address and no name is in it."""
    parts = [
        f"{MERKE}\n",
        _("Denne mappa har kalendere å abonnere på. Programmet skriver den; ikke endre noe i den for hånd."),
        _(
            "1. Legg mappa på en nettside med https. Alle .ics-filene, og bare de, skal kunne hentes. "
            "Kopier den dit på nytt etter hver kjøring, eller la programmet skrive rett i den.",
        ),
        _(
            "2. Ikke la noen få se en liste over filene. Navnene er hemmelige: den som har et navn, kan lese kalenderen.",
        ),
        _("3. Filene skal sendes som text/calendar med tegnsettet utf-8."),
        _("Apache: fila .htaccess her gjør dette (AllowOverride må slippe den til)."),
        _("nginx: legg dette i server-delen, når mappa er «kalender» under det som er root:"),
        _NGINX,
        _(
            "4. Gi hver mottaker sin adresse. Hvem som skal ha hvilken, står i {fil} i arbeidsmappa, som ikke skal ut "
            "på nettet.",
        ).format(fil=ADRESSER),
        _(
            "Kommer en adresse på avveie, lager programmet en ny med --ny-adresse. "
            "Kalendere henter endringer av seg selv, noen etter timer, Google etter inntil et døgn.",
        ),
    ]
    return _file("\n\n".join(part.rstrip("\n") if part == _NGINX else _wrapped(part) for part in parts) + "\n")


def adresser(klasse: str, base: str | None, kalendere: Iterable[tuple[str, str, str]]) -> bytes:
    """Return which address goes to whom, from (name, choice, file name) of each calendar."""
    head = [
        _("Adressene til kalenderne – {klasse}").format(klasse=klasse),
        _(
            "Den som har en adresse, kan lese kalenderen. Gi hver mottaker bare sin egen, og ikke legg denne fila på "
            "nettet. Med webcal åpnes kalenderprogrammet rett; ellers lim inn den andre der du legger til en kalender "
            "fra nettet.",
        ),
    ]
    if base is None:
        head.append(_("Bytt ut ADRESSEN med adressen mappa har på nettet (eller gi den med --abonnement-adresse)."))
    rows = []
    for name, choice, file in kalendere:
        address = (base or "https://ADRESSEN/") + file
        webcal = "webcal://" + address.split("://", 1)[1]
        rows.append(f"{name} ({choice})\n    {address}\n    {webcal}")
    return _file("\n\n".join((*map(_wrapped, head), *rows)) + "\n")


def er_egen(data: bytes) -> bool:
    """Return whether a text beside the calendars is one we wrote."""
    return MERKE.encode() in data.split(b"\n", 1)[0]


def _wrapped(text: str) -> str:
    """Return a paragraph in lines of a width any window has; a numbered one hangs."""
    indent = "   " if text[:1].isdigit() else ""
    return textwrap.fill(text, 88, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _file(text: str) -> bytes:
    """Return a text as Notepad and everything else reads it."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")
