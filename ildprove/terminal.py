"""What a terminal would obey, names that lead elsewhere, and text that would be a row or a table of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from ildprove import klasse, prosess
from ildprove.ramme import Avsnitt, Valg

TITTEL: Final = "Terminalen, filnavn og rader"
TEKST: Final = """\
Påstand: Ingenting som står i en fil, et filnavn eller et ord i en kommando, når terminalen som noe den adlyder: ikke ESC-sekvenser,
ikke C1-tegn, ikke tegn som snur leseretningen, ikke linjeskift som skriver over. Filer havner i mappa det er sagt at de skal i, under
navn som går an i Windows, macOS og Linux, hva enn klassen, rollene og folkene heter. Et notat er én celle, og et navn er ikke mer
av en TOML-fil enn navnet.

Slik er det prøvd: Hvert av tegnene settes inn på hvert sted, alt programmet kan vise, vises, og det som kom på stdout og stderr,
letes gjennom tegn for tegn. Farger er av, så alt som er igjen, måtte ha kommet fra data.
"""
STYRING: Final = (
    "\x1b[2J\x1b[H", "\x1b]0;eid\x07", "\x1b]8;;http://ond.example\x1b\\", "\x1b[31m", "\x9b31m", "\x9d0;eid\x9c", "\x07", "\x08\x08\x08",
    "\x7f", "\r", "\x0b\x0c", "\u202e", "\u202d", "\u2066", "\u2067\u2069", "\u2028", "\x90q\x9c", "\x00",
)  # fmt: skip
"""What a terminal obeys: clears, renames, links, colours, rings, overwrites, turns around."""
_ADLYDES: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_VISER: Final = (
    ("sjekk", "--per", "2024-12-20", "--funn"), ("sjekk", "--per", "2024-12-20", "--format", "csv"), ("sjekk", "--per", "2024-12-20", "--forklar", "D01"),
    ("sjekk", "--per", "2024-12-20", "--format", "md"), ("sjekk", "--per", "2024-12-20", "--format", "json"),
    ("logg", "vis"), ("logg", "vis", "--format", "csv"), ("logg", "vis", "--format", "json"), ("rapport", "--per", "2024-12-20"),
    ("plan", "--metode", "grisk", "--per", "2024-10-01", "--prov"), ("kalender", "--per", "2024-10-01", "--ut", "{m}/ut"),
)  # fmt: skip
"""What shows something of the log, the plan and the class."""
NAVN: Final = (
    "CON", "aux.txt", "nul", "COM1", "lpt9.x", "a..b", "a.", "a-", "b" * 64, "Kl", "kL", "prn.ics", "clock", "a_b", "0",
)  # fmt: skip
"""Ids that may stand, and that some system has its own meaning of; two are alike but for their case."""
IKKE_NAVN: Final = (
    "../../x", "..", "/etc/x", "C:\\x", "a:b", "a/b", "a\\b", "a b", ".skjult", "-rf", "a\x00b", "x\n[klasse]", 'x"\nid = "y', "æ?*", "c" * 65,
    "~", "$HOME", "%TEMP%", "\u202excod", "a|b", "<x>",
)  # fmt: skip
"""Ids that may not."""
_GAR_AN: Final = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[^<>:\"/\\|?*\x00-\x1f]*[^<>:\"/\\|?*\x00-\x1f. ]", re.IGNORECASE
)


def run(valg: Valg) -> Avsnitt:
    """Try every sign in every place, every name, and every text that would be more."""
    out = Avsnitt(TITTEL, TEKST)
    _signs(valg, out)
    _paths(valg, out)
    _names(valg, out)
    _rows(valg, out)
    return out


def obeyed(answer: prosess.Utfall) -> list[str]:
    """Return what there is in an answer that a terminal obeys."""
    return [
        f"{where} har {sorted(set(found))!r}"
        for where, text in (("stdout", answer.stdout), ("stderr", answer.stderr))
        if (found := _ADLYDES.findall(text))
    ]


def _signs(valg: Valg, out: Avsnitt) -> None:
    """Put signs in files, and show everything."""
    shown = 0
    for number, sign in enumerate(STYRING[:2] if valg.kort else STYRING):
        for where, folder in _places(valg.mappe / f"s{number}", sign, kort=valg.kort):
            for words in _VISER[:6] if valg.kort else _VISER:
                answer = prosess.kjor(*(w.replace("{m}", str(folder)) for w in words), "--mappe", folder)
                shown += 1
                out.feil += [f"{sign!r} i {where}, {' '.join(words)}: {line}" for line in obeyed(answer)]
                if "ikke var laget for" in answer.stderr:
                    out.feil.append(f"{sign!r} i {where}: {answer.stderr}")
    out.add(
        f"{len(STYRING)} slag styretegn i loggen, planen, oppsettet, en kalender og rutinene",
        shown,
        "intet av det nådde skjermen",
    )


def _places(mappe: Path, sign: str, *, kort: bool) -> Iterator[tuple[str, Path]]:
    """Yield workspaces with a sign in one of their files."""
    text = f"før{sign}etter"
    for slag, header in klasse.HODER.items():
        columns = header.split(";")
        for at, column in enumerate(columns):
            if kort and column not in {"notat", "tiltak", "deltaker"}:
                continue
            folder = klasse.lag_mappe(mappe / f"{slag}-{column}")
            cells = klasse.RADER[slag][0].split(";")
            cells[at] = f'"{text}"'
            with (folder / f"{slag}.csv").open("ab") as file:
                file.write((";".join(cells) + "\r\n").encode())
            yield f"{slag}.csv, {column}", folder
    folder = klasse.lag_mappe(mappe / "hode")
    (folder / "hendelser.csv").write_bytes(
        f'id;dato;type;deltaker;"{text}"\r\nh1;2024-09-10;fravaer;D01;x\r\n'.encode()
    )
    yield "et kolonnenavn", folder
    folder = klasse.lag_mappe(mappe / "plan")
    header = "punkt;rutine;deltaker;dato;start;slutt;sted;personer;last;merknad"
    (folder / "plan.csv").write_bytes("\r\n".join((header, ";".join([f'"{text}"'] * 10), "")).encode())
    yield "plan.csv", folder
    for name, old in (("oppfolging.toml", "Klassen"), ("rutiner/egne.toml", "Samtalen"), ("oppfolging.toml", "D03")):
        for escaped in (True, False):
            folder = klasse.lag_mappe(mappe / f"toml-{old}-{escaped}")
            written = "".join(f"\\u{ord(c):04x}" for c in text) if escaped else text
            path = folder / name
            path.write_bytes(path.read_bytes().replace(old.encode(), written.encode()))
            yield f"{name}, {old}", folder
    folder = klasse.lag_mappe(mappe / "ics")
    path = folder / "oppfolging.toml"
    path.write_text(path.read_text(encoding="utf-8") + 'opptatt = "kl.ics"\n', encoding="utf-8")
    (folder / "kl.ics").write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{text}\r\nBEGIN:VEVENT\r\nUID:{text}\r\nDTSTART:{text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode())  # fmt: skip
    yield "en kalender", folder


def _paths(valg: Valg, out: Avsnitt) -> None:
    """Name files and words with signs."""
    folder = klasse.lag_mappe(valg.mappe / "ord")
    tried = 0
    for sign in STYRING[:3] if valg.kort else STYRING[:-1]:  # no word and no file's name can have the last
        text = f"før{sign}etter"
        name = text.replace("/", "_")
        odd = valg.mappe / f"mappe{name}"
        klasse.lag_mappe(odd)
        (odd / "oppfolging.toml").write_text("format = 1\n[klasse]\nid = 1\n", encoding="utf-8")
        (folder / "inn" / f"{name}.csv").write_bytes(b"dato;type;deltaker\r\nx;y;z\r\n")
        for words in (
            ("sjekk", "--mappe", odd), ("logg", "importer", folder / "inn" / f"{name}.csv", "--mappe", folder),
            ("logg", "importer", folder / text, "--mappe", folder), ("logg", "ny", "--deltaker", text, "--mappe", folder),
            ("logg", "ny", "--deltaker", "D01", "--rutine", text, "--mappe", folder), ("logg", "rett", text, "--stryk", "--mappe", folder),
            ("logg", "avtale", "--deltaker", "D01", "--tiltak", text, "--mappe", folder), ("sjekk", "--per", text), ("sjekk", "--forklar", text, "--mappe", folder),
            (text,), ("sjekk", f"--{text}"), ("sjekk", "--mappe", folder, "--per", "2024-12-20", "--ut", folder / "finnes-ikke" / f"{name}.csv"),
            ("rutiner", "vis", text), ("ny", valg.mappe / f"ny{name}", "--rutiner", "oslo"),
            ("ny", valg.mappe / f"ny2{name}", "--rutiner", "oslo", "--klasse", "k"), ("utvid", "--mappe", folder / text),
            ("plan", "--mappe", odd, "--prov"), ("kalender", "--mappe", folder, "--per", "2024-10-01", "--ut", folder / "ut" / name),
        ):  # fmt: skip
            answer = prosess.kjor(*words)
            tried += 1
            out.feil += [
                f"{sign!r}, {words[0]} {words[1] if len(words) > 1 else ''}: {line}" for line in obeyed(answer)
            ]
            if "ikke var laget for" in answer.stderr:
                out.feil.append(f"{sign!r}, {words!r}: {answer.stderr}")
    out.add("Styretegn i filnavn og i ord i kommandoer", tried, "intet av det nådde skjermen")


def _class_with(folder: Path, roles: Sequence[str], people: Sequence[str]) -> None:
    routines = klasse.RUTINER
    for role in roles:
        routines += f'\n[roller."{role}"]\nnavn = "R"\netat = "skole"\n\n[[rutiner]]\nid = "m-{role[:60]}"\nnavn = "M"\ntype = "mote"\nniva = "klasse"\nansvarlig = "{role}"\nfrekvens = {{ antall = 1, per = "semester" }}\n'
    (folder / "rutiner" / "egne.toml").write_text(routines, encoding="utf-8")
    setup = klasse.OPPSETT + "".join(
        f'\n[personer."{p}"]\nnavn = "P"\nrolle = "{r}"\n' for p, r in zip(people, roles, strict=True)
    )
    (folder / "oppfolging.toml").write_text(setup, encoding="utf-8")


def _names(valg: Valg, out: Avsnitt) -> None:
    """Call roles, people and classes what they may and may not be called."""
    outside = valg.mappe / "navn"
    folder = klasse.lag_mappe(outside / "k")
    _class_with(folder, NAVN, [f"p-{name[:60]}" for name in NAVN])
    chosen = [word for name in NAVN for word in ("--rolle", name)]
    answer = prosess.kjor("kalender", "--mappe", folder, "--per", "2024-09-01", "--ut", folder / "ut", *chosen)
    made = [path.name for path in (folder / "ut").iterdir()]
    if answer.kode or len(made) < len(NAVN):
        out.feil.append(f"kalender: {answer.kode} {len(made)} filer {answer.stderr[:300]}")
    out.feil += [
        f"filen {name!r} går ikke an overalt" for name in made if not _GAR_AN.fullmatch(name) or len(name) > 200
    ]
    if len({name.casefold() for name in made}) != len(made):
        out.feil.append("to filer har navn som er like i Windows")
    out.add("Id-er som et system har sin egen mening om", len(NAVN), "én fil hver, med navn som går an overalt")
    refused = 0
    for number, name in enumerate(IKKE_NAVN):
        for what in ("rolle", "klasse", "deltaker", "rutine"):
            place = klasse.lag_mappe(valg.mappe / f"ikke{number}{what}" / "k")
            there = _tree(place.parent)
            quoted = "".join(f"\\u{ord(c):04x}" for c in name)
            path, old = {
                "rolle": ("rutiner/egne.toml", "kontaktlaerer"), "klasse": ("oppfolging.toml", "klassen"),
                "deltaker": ("oppfolging.toml", "D01"), "rutine": ("rutiner/egne.toml", 'id = "samtale'),
            }[what]  # fmt: skip
            text = (place / path).read_text(encoding="utf-8")
            new = old.replace(old.split('"')[-1], quoted)
            (place / path).write_text(text.replace(f'"{old}"' if '"' not in old else old, f'"{new}"' if '"' not in old else new).replace("roller.kontaktlaerer", f'roller."{quoted}"' if what == "rolle" else "roller.kontaktlaerer"), encoding="utf-8")  # fmt: skip
            answer = prosess.kjor("kalender", "--mappe", place, "--per", "2024-09-01", "--ut", place / "ut" / "her")
            refused += 1
            if answer.kode != 3 or _tree(place.parent) != there:
                out.feil.append(
                    f"{what} {name!r}: svarkode {answer.kode}, nye filer {sorted(_tree(place.parent) - there)}"
                )
            out.feil += [f"{what} {name!r}: {line}" for line in obeyed(answer)]
        target = valg.mappe / f"ny{number}"
        answer = prosess.kjor("ny", target, "--rutiner", "oslo", "--klasse", name)
        refused += 1
        if answer.kode not in {2, 3} or target.exists():
            out.feil.append(f"ny --klasse {name!r}: svarkode {answer.kode}")
    out.add("Id-er som ville ført et annet sted, eller skrevet noe annet", refused, "nektet, og ingen fil laget")
    made_by_name = 0
    for name in (n for n in IKKE_NAVN if not set(n) & set('/\\\x00:*?"<>|') and n not in {"..", "~"} and len(n) < 60):
        target = valg.mappe / "nye" / name
        answer = prosess.kjor("ny", "--rutiner", "oslo", "--", target)
        made_by_name += 1
        if answer.kode == 0:
            data = tomllib.loads((target / "oppfolging.toml").read_text(encoding="utf-8"))
            if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", data["klasse"]["id"]):
                out.feil.append(f"ny {name!r} ga klassen {data['klasse']['id']!r}")
        out.feil += [f"ny {name!r}: {line}" for line in obeyed(answer)]
    out.add("`ny` i mapper med slike navn", made_by_name, "nektet, eller en id som går an")


def _tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def _rows(valg: Valg, out: Avsnitt) -> None:
    """Write notes that would be rows."""
    from oppfolgingscli.les.logg_fil import read_rader

    tried = 0
    for book in (False, True):
        folder = klasse.lag_mappe(valg.mappe / f"rader{book}", regneark=book)
        log = folder / ("kontakter.xlsx" if book else "kontakter.csv")
        for text in (
            "x\nk99;2024-01-01;elevsamtale;;D02", 'x"\r\nk99;2024-01-01;x;;D02;;;;;;"', '"', '""', "';'", "x\r\nk99;x", ";;;;;;;;;;;;", "=1+1",
            "\t=1", "'", "''=1", "+47 22 33 44 55", "@x", "-", "x;\n", "\ufeffid;dato", "sep=,",
        ):  # fmt: skip
            before = read_rader(log, "kontakter")[0]
            answer = prosess.kjor(
                "logg",
                "ny",
                "--deltaker=D01",
                "--rutine=samtale",
                "--dato=2024-10-01",
                f"--notat={text}",
                "--mappe",
                folder,
            )
            now, found = read_rader(log, "kontakter")
            tried += 1
            wanted = re.sub(r"\r\n?", "\n", text).strip()
            if answer.kode or len(now) != len(before) + 1 or now[-1]["notat"] != wanted or found:
                out.feil.append(
                    f"notatet {text!r} ble {now[-1]['notat']!r}, {len(now) - len(before)} rader, svarkode {answer.kode}"
                )
    out.add("Notater som ser ut som rader, hoder og formler", tried, "én rad hver, og samme tekst tilbake")
