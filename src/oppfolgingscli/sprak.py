"""Which language the program speaks: message lookup, names in several languages, and dates in words.

Bokmål is the source language: our own texts need no catalogue for it. Click's own words (Usage,
Options, Error: …) are English at the source and have catalogues of their own, domain "click".
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from datetime import date

SPRAK: Final = ("nb", "nn", "en")
"""The languages the program has, the source language first."""

DOMENE: Final = "oppfolgingscli"
_DOMENE_CLICK: Final = "click"
# os.path and not pathlib: this module is on the way to --help, where milliseconds count.
_LOCALE: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "locale")  # noqa: PTH100, PTH118, PTH120 - as above
_BABEL: Final = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}

_MND_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# What the environment said before set_sprak wrote to it.
_OPPRINNELIG_LANGUAGE: Final = os.environ.get("LANGUAGE")


class _Tilstand:
    """The language in use; one for the process, as gettext itself has it."""

    kode: str = "nb"
    katalog: gettext.NullTranslations = gettext.NullTranslations()


def N_(melding: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for translation without translating it: for constants, translated at use."""
    return melding


def _(melding: str) -> str:
    """Translate a text of ours (bokmål) to the language in use."""
    return _Tilstand.katalog.gettext(melding) if melding else ""


def ngettext(entall: str, flertall: str, n: int) -> str:
    """Translate a text that has a singular and a plural, for the number n."""
    return _Tilstand.katalog.ngettext(entall, flertall, n)


def sprak() -> str:
    """Return the code of the language in use: nb, nn or en."""
    return _Tilstand.kode


def set_sprak(kode: str) -> None:
    """Speak this language from now on, in our own texts and in click's.

    Raises:
        ValueError: kode is not one of SPRAK.
    """
    if kode not in SPRAK:
        message = f"unknown language: {kode}"
        raise ValueError(message)
    _Tilstand.kode = kode
    _Tilstand.katalog = gettext.translation(DOMENE, _LOCALE, [kode], fallback=True)
    # Click asks the process-wide domain (`from gettext import gettext as _`), and gettext asks
    # LANGUAGE before any other variable, on every system.
    gettext.bindtextdomain(_DOMENE_CLICK, _LOCALE)
    gettext.textdomain(_DOMENE_CLICK)
    os.environ["LANGUAGE"] = kode


def choose(flagg: str | None = None, miljo: Mapping[str, str] | None = None) -> str:
    """Choose the language: the flag, else OPPFOLGING_SPRAK, else the locale, else bokmål.

    Unknown codes are passed over: a flag is judged by the command line itself.
    """
    if flagg in SPRAK:
        return flagg
    env: Mapping[str, str] = os.environ if miljo is None else miljo
    own = env.get("OPPFOLGING_SPRAK", "").strip().lower()
    if own in SPRAK:
        return own
    language = _OPPRINNELIG_LANGUAGE if miljo is None else env.get("LANGUAGE")
    for value in (language, env.get("LC_ALL"), env.get("LC_MESSAGES"), env.get("LANG")):
        for name in (value or "").split(":"):
            if code := _kode_for(name):
                return code
    return _systemets() or "nb"


def _kode_for(navn: str) -> str | None:
    """Return our code for a locale's name ("nn_NO.UTF-8" -> "nn"), None when we lack it."""
    language = navn.replace("-", "_").split(".")[0].split("_")[0].lower()
    if language in {"no", "norwegian"}:
        return "nb"
    return language if language in SPRAK else None


def _systemets() -> str | None:
    """Ask Windows, which has no LANG, for the language of its user interface."""
    if sys.platform == "win32":
        import ctypes
        import locale

        identifier = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return _kode_for(locale.windows_locale.get(identifier, ""))
    return None


class FlerspraakligNavn(Protocol):
    """A name with one attribute for each language; empty or None where it is not given."""

    @property
    def nb(self) -> str | None: ...  # noqa: D102 - the class says it
    @property
    def nn(self) -> str | None: ...  # noqa: D102 - the class says it
    @property
    def en(self) -> str | None: ...  # noqa: D102 - the class says it


def navn(verdi: str | Mapping[str, str] | FlerspraakligNavn, kode: str | None = None) -> str:
    """Return a name in a language (default: the one in use), else in the nearest one it has.

    Args:
        verdi: a string (the same in every language), or a name by language.
        kode: nb, nn or en.
    """
    if isinstance(verdi, str):
        return verdi
    wanted = kode or _Tilstand.kode
    # A reader of either Norwegian is better served by the other one than by English.
    for code in dict.fromkeys((wanted, "nb", "nn", "en")):
        found = verdi.get(code) if isinstance(verdi, Mapping) else getattr(verdi, code, None)
        if found:
            return str(found)
    return ""


def dato_kort(dag: date) -> str:
    """Write a date for tables, all of one width: 01.03.2025; English 01 Mar 2025."""
    if _Tilstand.kode == "en":
        return f"{dag.day:02d} {_MND_EN[dag.month - 1]} {dag.year}"
    return f"{dag:%d.%m.%Y}"  # no Babel here: a table may hold thousands of dates


def dato_lang(dag: date) -> str:
    """Write a date for running text: 1. mars 2025; English 1 March 2025."""
    return _dato(dag, {"en": "d MMMM y"}, "d. MMMM y")


def dato_ukedag(dag: date) -> str:
    """Write a date with its weekday: lørdag 1. mars 2025; English Saturday 1 March 2025."""
    return _dato(dag, {"en": "EEEE d MMMM y"}, "EEEE d. MMMM y")


def dato_dag(dag: date) -> str:
    """Write a day of a known year, short: lør. 1. mars; English Sat 1 Mar."""
    return _dato(dag, {"en": "EEE d MMM"}, "EEE d. MMM")


def _dato(dag: date, etter_sprak: Mapping[str, str], ellers: str) -> str:
    from babel.dates import format_date

    pattern = etter_sprak.get(_Tilstand.kode, ellers)
    return format_date(dag, pattern, locale=_BABEL[_Tilstand.kode])
