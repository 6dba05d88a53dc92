"""Why a meeting moved, why it has no place, and what would help: sentences for the coordinator.

People are named by role (and id where the role has several), participants by id.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from oppfolgingscli.sprak import N_, _, dato_kort, navn, ngettext, sprak
from oppfolgingscli.vis.skjerming import title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppfolgingscli.les.plan import Planrad
    from oppfolgingscli.modell.klasse import Opplegg, Person
    from oppfolgingscli.planlegg.folk import Ressurs
    from oppfolgingscli.planlegg.planresultat import Brudd, Planlagt
    from oppfolgingscli.planlegg.problem import Arsak, Lettelse

_DAGER: Final = (
    N_("mandag"), N_("tirsdag"), N_("onsdag"), N_("torsdag"), N_("fredag"), N_("lørdag"), N_("søndag"),
)  # fmt: skip
_EKSEMPLER: Final = 4
_TIME: Final = 60

FLYTTET: Final = {
    "dagen_er_gatt": N_("dagen er gått, og ingenting er ført i loggen"),
    "holdt": N_("holdt før den planlagte dagen"),
    "utenfor_vinduet": N_("utenfor vinduet {fra}–{frist}"),
    "dag": N_("ikke en dag den kan holdes på (ferie, fri, fravær eller ikke praksisdag)"),
    "ukedag": N_("{hvem} har ikke møter den ukedagen"),
    "tid": N_("utenfor tidsrommet for møter"),
    "opptatt": N_("{hvem} er opptatt da"),
    "maks_per_dag": N_("{hvem} har nok møter den dagen"),
    "to_steder": N_("{hvem} er i et annet møte da ({annet})"),
    "reise": N_("{hvem} rekker ikke reisen til eller fra {annet}"),
    "delt_tur": N_("{hvem} måtte reise dit to ganger samme dag"),
    "minst_mellom": N_("for tett på {annet}"),
    "senest": N_("for lenge etter det forrige, eller for tett på det neste"),
    "lengde": N_("varer så lenge rutinen sier, {min} min"),
    "vek": N_("ga plass for andre møter"),
}
"""Why a place could not stand, by code (``planresultat.Flyttegrunn``)."""
BORTE: Final = {
    "finnes_ikke": N_("finnes ikke i planen lenger"),
    "fritatt": N_("fritatt"),
    "ikke_aktuelt": N_("deltakeren har sluttet"),
}
"""Why a row is gone, by code (``planrader.Bortegrunn``)."""


class Navner:
    """Names routines, people and points of one class."""

    def __init__(self, opplegg: Opplegg, personer: Mapping[str, Person]) -> None:
        """Look up what the words need."""
        self._opplegg = opplegg
        self._personer = personer
        self._titler = {v.rutine.id: title(v) for v in opplegg.rutinesett.versjoner}
        self._plass = {rutine: i for i, rutine in enumerate(self._titler)}
        self._i_rolle = Counter(p.rolle for p in personer.values())
        self._prefix = f"{opplegg.klasse.id}/"

    def rutine(self, rutine: str) -> str:
        """Return a routine's title."""
        return self._titler.get(rutine, rutine)

    def orden(self, rutine: str) -> int:
        """Return where the routine stands in its set."""
        return self._plass.get(rutine, len(self._plass))

    def rolle(self, rolle: str) -> str:
        """Return a role's name."""
        found = self._opplegg.rutinesett.roller.get(rolle)
        return navn(found.navn) if found else rolle

    def ressurs(self, r: Ressurs | None) -> str:
        """Return who it is: the role, with the person's id where several have it; a participant's id."""
        if r is None:
            return _("noen")
        ident = r.id.removeprefix(self._prefix)
        if r.slag == "deltaker":
            return ident
        if r.slag == "rolle":
            return self.rolle(ident)
        person = self._personer.get(ident)
        if person is None:
            return ident
        alone = self._i_rolle[person.rolle] == 1
        return self.rolle(person.rolle) if alone else f"{self.rolle(person.rolle)} ({ident})"

    def hvem(self, ids: Sequence[str], subjekt: str) -> str:
        """Return who is in a meeting, without the subject: people by id, roles by name."""
        return ", ".join(i if i in self._personer else self.rolle(i) for i in ids if i != subjekt)

    def punkt(self, punkt_id: str) -> str:
        """Return another point in a few words: «Elevsamtale D01», or that another class has it."""
        parts = punkt_id.split("/")
        if len(parts) < 3 or parts[0] != self._opplegg.klasse.id:
            return _("et møte i en annen klasse")
        what = self.rutine(parts[1])
        return what if parts[2] == parts[0] else f"{what} {parts[2]}"


def ukedag(day: int) -> str:
    """Return a weekday's name; Monday 0."""
    return _(_DAGER[day])


def move_reason(x: Planlagt, navner: Navner) -> str:
    """Say why a point is not where the plan had it."""
    p = x.punkt
    span = 0
    if x.start is not None and x.slutt is not None:
        span = (x.slutt.hour - x.start.hour) * 60 + x.slutt.minute - x.start.minute
    reason = x.grunn or "vek"
    return _(FLYTTET[reason]).format(
        hvem=navner.ressurs(x.ressurs),
        annet=", ".join(navner.punkt(i) for i in x.med[:2]) or _("et annet møte"),
        fra=dato_kort(p.fra),
        frist=dato_kort(p.frist) if p.frist else "",
        min=span,
    )  # fmt: skip


def breach_text(brudd: Sequence[Brudd], x: Planlagt, navner: Navner) -> str:
    """Say what a locked row breaks; ``brudd``: all about that row."""
    p = x.punkt
    reasons = [
        _(FLYTTET[b.kode]).format(
            hvem=navner.ressurs(b.ressurs),
            annet=", ".join(navner.punkt(i) for i in b.med[:2]) or _("et annet møte"),
            fra=dato_kort(p.fra),
            frist=dato_kort(p.frist) if p.frist else "",
            min=0,
        )
        for b in brudd
    ]
    return _("{hva}, {nar}: {grunn}. Raden er låst og blir stående.").format(
        hva=navner.punkt(p.id), nar=when_text(x), grunn="; ".join(reasons)
    )


def when_text(x: Planlagt | Planrad | None) -> str:
    """Write a day and a time: ti 25.11.2025 08:30."""
    if x is None or x.dato is None:
        return "–"
    day = f"{ukedag(x.dato.weekday())[:2]} {dato_kort(x.dato)}"
    return f"{day} {x.start.isoformat('minutes')}" if x.start else day


def weeks(uker: tuple[tuple[int, int], tuple[int, int]]) -> str:
    """Write a span of ISO weeks: uke 47–49, uke 51/2025–2/2026."""
    (y1, w1), (y2, w2) = uker
    if (y1, w1) == (y2, w2):
        return _("uke {uke}").format(uke=w1)
    if y1 == y2:
        return _("uke {fra}–{til}").format(fra=w1, til=w2)
    return _("uke {fra}–{til}").format(fra=f"{w1}/{y1}", til=f"{w2}/{y2}")


def length(minutes: int) -> str:
    """Write minutes as people do: 45 min, 4 timer, 1,5 timer, 12 timer 45 min."""
    hours, rest = divmod(minutes, _TIME)
    short = _tied(_("{n} min").format(n=rest))
    if not hours:
        return short
    if rest == _TIME // 2:
        half = f"{hours}.5" if sprak() == "en" else f"{hours},5"
        return _tied(ngettext("{n} time", "{n} timer", 2).format(n=half))
    whole = _tied(ngettext("{n} time", "{n} timer", hours).format(n=hours))
    return f"{whole} {short}" if rest else whole


def _tied(text: str) -> str:
    """Keep a number and its unit on one line."""
    return text.replace(" ", "\u00a0")


def clock(minutes: int) -> str:
    """Write minutes from midnight as a time of day."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def cause_text(a: Arsak, punkter: Mapping[str, Planlagt], navner: Navner) -> str:
    """Say why some points have no place."""
    mine = [punkter[i] for i in a.oppgaver if i in punkter]
    routines = list(dict.fromkeys(x.punkt.rutine for x in mine))
    what = navner.rutine(routines[0]) if len(routines) == 1 else ", ".join(map(navner.rutine, routines[:3]))
    who = navner.ressurs(a.ressurs)
    has = _has(a, who)
    n = a.antall if a.kode == "fullt" else len(mine)
    count = ngettext("{n} møte à {min}", "{n} møter à {min}", n).format(n=n, min=length(a.minutter))
    if len(routines) > 1:
        count = ngettext("{n} møte", "{n} møter", n).format(n=n)
    examples = _examples(mine)
    texts = {
        "fullt": _("{hva}: {antall} trenger {mer} mer i {uker}; {har}.")
        if a.mangler
        else _("{hva}: {antall} får ikke plass i {uker}; {har}."),
        "ingen_dager": _("{hva} ({hvem}): vinduet har ingen dag den kan holdes på ({uker})."),
        "ingen_felles_dag": _("{hva} ({hvem}): de som skal være med, har ingen felles ukedag; {har}."),
        "for_lang": _("{hva}: møtet varer {min}, lenger enn tidsrommet {tid}."),
        "for_tett": _("{hva} ({hvem}): vinduet er for kort til å holde avstanden til det forrige og det neste."),
        "opptatt": _("{hva} ({hvem}): de som skal være med, er opptatt hver gang i {uker}; {har}."),
    }
    return texts[a.kode].format(
        hva=what, antall=count, mer=length(a.mangler), uker=weeks(a.uker), har=has, hvem=examples,
        min=length(a.minutter), tid=f"{clock(a.tidsrom[0])}–{clock(a.tidsrom[1])}",
    )  # fmt: skip


def _has(a: Arsak, who: str) -> str:
    days = ", ".join(ukedag(d) for d in a.dager) or _("ingen dager")
    hours = f"{clock(a.tidsrom[0])}–{clock(a.tidsrom[1])}"
    text = _("{hvem} har {dager} {tid}").format(hvem=who, dager=days, tid=hours)
    if a.kode == "fullt" and a.maks_per_dag * a.minutter < a.tidsrom[1] - a.tidsrom[0]:
        text += ngettext(", høyst {n} møte om dagen", ", høyst {n} møter om dagen", a.maks_per_dag).format(
            n=a.maks_per_dag
        )
    return text


def _examples(mine: Sequence[Planlagt]) -> str:
    ids = list(dict.fromkeys(x.punkt.subjekt for x in mine))
    return ", ".join(ids[:_EKSEMPLER]) + (" …" if len(ids) > _EKSEMPLER else "")


def relief_text(a: Arsak, navner: Navner) -> str:
    """Say what is the least that would help, "" when nothing tried does."""
    if not a.lettelser:
        return _("Ingen enkelt endring hjelper; se på dagene, tidsrommet og fristen.")
    one = a.lettelser[0]
    n, m = one.plasserer, len(a.oppgaver)
    helps = _("da får alle plass") if n >= m else _("da får {n} av {m} plass").format(n=n, m=m)
    return _("Det minste som hjelper: {endring} ({virkning}).").format(endring=_change(one, a, navner), virkning=helps)


def _change(one: Lettelse, a: Arsak, navner: Navner) -> str:
    who = navner.ressurs(one.ressurs or a.ressurs)
    match one.slag:
        case "ukedag":
            return _("{hvem} har møter også på {dag}").format(hvem=who, dag=ukedag(one.verdi))
        case "maks_per_dag":
            return ngettext("høyst {n} møte om dagen", "høyst {n} møter om dagen", one.verdi).format(n=one.verdi)
        case "tidsrom":
            return _("tidsrommet er {mer} lengre").format(mer=length(one.verdi))
        case "frist":
            return ngettext("fristen er {n} dag senere", "fristen er {n} dager senere", one.verdi).format(n=one.verdi)
        case "minst_mellom":
            return ngettext(
                "det holder med {n} dag mellom møtene", "det holder med {n} dager mellom møtene", one.verdi
            ).format(n=one.verdi)
