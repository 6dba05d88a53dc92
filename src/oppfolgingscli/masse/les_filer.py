"""The tables of a data set: which files there are, what is wrong with them as files, and their rows as text."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from oppfolgingscli.feil import Feil, Inndatafeil, Sted
from oppfolgingscli.les.fil import fil_feil, vis_sti
from oppfolgingscli.les.tabell import column_name, find_delimiter, known_names
from oppfolgingscli.masse.les_anforsel import check, rewrite
from oppfolgingscli.masse.les_bytes import BIT, PARQUET, Bytes, look_through
from oppfolgingscli.modell.verdier import vis_verdi
from oppfolgingscli.personvern import has_fodselsnummer
from oppfolgingscli.sprak import _

if TYPE_CHECKING:
    from oppfolgingscli.les.tabell import Kolonner
    from oppfolgingscli.masse.les_funn import Utvalg

#: Bytes in which the header is looked for.
HODE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Tabellfil:
    """A table of a data set. ``deler``: its files, several only of a folder of Parquet.

    ``kolonner``: the project's names, each with its name in the file. ``ukjente``: names the program does not know.
    ``hopp``: lines before the header. ``rettes``: rows with quotation marks in wrong places; ``uleste`` their lines,
    where nothing can be made of them.
    """

    path: Path
    deler: tuple[Path, ...]
    kolonner: dict[str, str]
    ukjente: tuple[str, ...] = ()
    tegnsett: str = "utf-8"
    skille: str = ";"
    hopp: int = 0
    sha256: str = ""
    rettes: bool = False
    uleste: tuple[int, ...] = ()

    @property
    def vis(self) -> str:
        """The file as it is shown."""
        return vis_sti(self.path)

    @property
    def er_parquet(self) -> bool:
        """Whether it is columns, not text."""
        return self.deler[0].suffix.lower() == PARQUET

    @contextmanager
    def som_utf8(self) -> Iterator[Path]:
        """Give the file as UTF-8: itself, or a copy that is gone afterwards."""
        if self.tegnsett == "utf-8" and not self.rettes:
            yield self.deler[0]
            return
        with tempfile.TemporaryDirectory(prefix="oppfolging-") as folder:
            copy = Path(folder, "tabell.csv")
            with copy.open("w", encoding="utf-8", newline="") as out:
                if self.rettes:
                    rewrite(self.path, self.tegnsett, self.skille, out)
                else:
                    with self.path.open(encoding=self.tegnsett, newline="") as file:
                        while text := file.read(BIT):
                            out.write(text.replace("\ufeff", ""))
            yield copy

    @contextmanager
    def scan(self, typer: Mapping[str, type[pl.DataType]] | None = None) -> Iterator[pl.LazyFrame]:
        """Open the rows: of text every column as text but those in ``typer``, of Parquet as it says."""
        if self.er_parquet:
            yield scan_parquet(self.deler)
            return
        with self.som_utf8() as path:
            yield pl.scan_csv(
                path, separator=self.skille, skip_lines=self.hopp, infer_schema=False, schema_overrides=typer,
                truncate_ragged_lines=True, encoding="utf8-lossy", empty_string_is_null=False, glob=False,
            )  # fmt: skip

    def schema(self, ramme: pl.LazyFrame) -> Mapping[str, pl.DataType]:
        """Return the columns as the reader finds them.

        Raises:
            Inndatafeil: it finds others than those of the first row.
        """
        found = ramme.collect_schema()
        if any(raw not in found for raw in self.kolonner.values()):
            melding = _("Filen kan ikke leses som en tabell.")
            raise Inndatafeil([fil_feil(self.path, "ulest_fil", melding)])
        return found

    def ramme(self, kolonner: Iterable[str], utvalg: Utvalg | None = None) -> pl.DataFrame:
        """Return a small table as text, trimmed, by the project's column names; ``_rad``: its row, the header being 1.

        ``utvalg``: leave out what it passes over, as early as can be; then ``_rad`` counts the rows that are left.

        Raises:
            Inndatafeil: it is no table.
        """
        try:
            with self.scan() as frame:
                schema = self.schema(frame)
                if utvalg is not None and not utvalg.er_alle:
                    frame = frame.filter(utvalg.holder(as_text(self.kolonner["klasse"], schema)))  # noqa: PLW2901 - fewer
                cells = [
                    as_text(self.kolonner[name], schema).fill_null("").str.strip_chars().alias(name)
                    if name in self.kolonner
                    else pl.lit("").alias(name)
                    for name in kolonner
                ]
                found = frame.select(cells).collect().with_row_index("_rad", offset=self.hopp + 2)
        except pl.exceptions.PolarsError as fault:
            melding = _("Filen kan ikke leses som en tabell.")
            raise Inndatafeil([fil_feil(self.path, "ulest_fil", melding)]) from fault
        blank = pl.all_horizontal(pl.col(name) == "" for name in kolonner)
        return found.filter(~blank)


def scan_parquet(deler: Sequence[Path]) -> pl.LazyFrame:
    """Open the files of a table; what folders are named (``klasse=K1``) is a column of text."""
    hive = (
        {part.partition("=")[0] for path in deler for part in path.parent.parts if "=" in part}
        if len(deler) > 1
        else set()
    )
    if not hive:
        return pl.scan_parquet(list(deler), missing_columns="insert", extra_columns="ignore")
    schema = dict.fromkeys(sorted(hive), pl.String)
    return pl.scan_parquet(
        list(deler), hive_partitioning=True, hive_schema=schema, missing_columns="insert", extra_columns="ignore"
    )


def as_text(navn: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    """Return a column as people would write it: dates as ``YYYY-MM-DD``, lists with commas.

    Raises ColumnNotFoundError when polars reads the header as something else (a lone carriage return in it).
    """
    if navn not in schema:
        raise pl.exceptions.ColumnNotFoundError(navn)
    column, kind = pl.col(navn), schema[navn]
    if isinstance(kind, pl.Datetime):
        local = column.dt.convert_time_zone("Europe/Oslo") if kind.time_zone else column
        return local.dt.date().cast(pl.String)
    if isinstance(kind, pl.List):
        return column.cast(pl.List(pl.String)).list.join(",")
    return column if kind == pl.String else column.cast(pl.String)


def find_tabell(mappe: Path, navn: str, feil: list[Feil]) -> Path | None:
    """Return the file of a table, or the folder of its Parquet files; None when there is none. Two are a fault."""
    wanted = {f"{navn}.csv", f"{navn}{PARQUET}"}
    found = []
    for path in sorted(mappe.iterdir(), key=lambda p: p.name):
        is_file = path.name.lower() in wanted and path.is_file()
        if is_file or (path.name.lower() in {navn, f"{navn}{PARQUET}"} and path.is_dir() and _parts(path)):
            found.append(path)
    if len(found) > 1:
        melding = _("både {a} og {b} ligger i mappen.").format(a=found[0].name, b=found[1].name)
        feil.append(fil_feil(found[1], "to_filer", melding, _("Behold bare den ene.")))
    return found[0] if found else None


def _parts(path: Path) -> tuple[Path, ...]:
    return tuple(sorted(p for p in path.rglob("*") if p.suffix.lower() == PARQUET and p.is_file()))


def open_tabell(
    mappe: Path, navn: str, kolonner: Kolonner, krevd: Sequence[str], feil: list[Feil], *, rad: str | None = None,
    del_: bool = False,
) -> Tabellfil | None:  # fmt: skip
    """Look a table through; None when there is none, or it cannot be read, with every fault added to ``feil``.

    ``rad``: what to do when it is not there; None: it need not be. ``del_``: only a part is wanted, so Parquet is not
    read from end to end for its SHA-256.
    """
    path = find_tabell(mappe, navn, feil)
    if path is None:
        if rad is not None:
            melding = _("{fil} finnes ikke.").format(fil=f"{navn}.csv")
            feil.append(Feil("mangler_fil", melding, Sted(vis_sti(mappe / f"{navn}.csv")), rad))
        return None
    try:
        return _opened(path, kolonner, krevd, feil, del_=del_)
    except OSError as error:
        grunn = os.strerror(error.errno) if error.errno else str(error)
        feil.append(fil_feil(path, "ulest_fil", _("filen kan ikke leses ({grunn}).").format(grunn=grunn)))
    except Inndatafeil as error:
        feil.extend(error.feil)
    return None


def _opened(path: Path, kolonner: Kolonner, krevd: Sequence[str], feil: list[Feil], *, del_: bool) -> Tabellfil | None:
    parts = (path,) if path.is_file() else _parts(path)
    is_text = parts[0].suffix.lower() != PARQUET
    seen = look_through(path, parts) if is_text or not del_ else Bytes("utf-8", "", anforsel=False)
    delimiter, skip, names = (
        _header(path, seen.tegnsett, kolonner) if is_text else ("", 0, _parquet_columns(path, parts))
    )
    columns, unknown = _columns(names, kolonner)
    place = Sted(vis_sti(path), skip + 1)
    if any(has_fodselsnummer(name) for name in names):
        from oppfolgingscli.les.toml import fodselsnummer

        feil.append(fodselsnummer(place))
        return None
    lacking = [name for name in krevd if name not in columns]
    for name in lacking:
        known = _("Første rad skal ha kolonnenavnene: {ord}.").format(ord=", ".join(kolonner))
        feil.append(Feil("mangler_kolonne", _("Kolonnen «{navn}» mangler.").format(navn=name), place, known))
    if lacking:
        return None
    quotes = check(path, seen.tegnsett, delimiter) if is_text and seen.anforsel else None
    return Tabellfil(
        path, parts, columns, unknown, seen.tegnsett, delimiter, skip, seen.sha256,
        quotes is not None and not quotes.er_hel, tuple(quotes.uleste) if quotes else (),
    )  # fmt: skip


def _columns(names: Sequence[str], kolonner: Kolonner) -> tuple[dict[str, str], tuple[str, ...]]:
    known = known_names(kolonner)
    out: dict[str, str] = {}
    unknown = []
    for raw in names:
        name = known.get(column_name(raw))
        if name is not None:
            out.setdefault(name, raw)
        elif raw.strip():
            unknown.append(raw.strip())
    return out, tuple(unknown)


def _parquet_columns(path: Path, parts: Sequence[Path]) -> list[str]:
    try:
        found = scan_parquet(parts).collect_schema().names()
    except pl.exceptions.PolarsError as fault:
        raise Inndatafeil([fil_feil(path, "ulest_fil", _("filen kan ikke leses som Parquet."))]) from fault
    return found


def _header(path: Path, encoding: str, kolonner: Kolonner) -> tuple[str, int, list[str]]:
    import csv

    with path.open(encoding=encoding, newline="", errors="replace") as file:
        text = file.read(HODE).lstrip("\ufeff")
    if "\r" in text and "\n" not in text:
        melding = _("filen har linjeskift fra et gammelt program.")
        raise Inndatafeil([fil_feil(path, "ulest_fil", melding, _("Lagre den som «CSV UTF-8»."))])
    lines = io.StringIO(text, newline="\n").readlines()
    if not any(line.strip() for line in lines):
        raise Inndatafeil([fil_feil(path, "tom_fil", _("filen er tom."), _("Er dette rett fil? Ble den lagret?"))])
    try:
        delimiter, skip = find_delimiter(lines, kolonner)
        while skip < len(lines) and not lines[skip].strip():
            skip += 1
        names = next(csv.reader([line.rstrip("\r\n") for line in lines[skip:]], delimiter=delimiter), [])
    except csv.Error as fault:
        place = Sted(vis_sti(path), 1)
        melding = _("Raden kan ikke leses.")
        rad = _("Se etter anførselstegn som ikke er avsluttet.")
        raise Inndatafeil([Feil("ulest_rad", melding, place, rad)]) from fault
    return delimiter, skip, names


def unknown_columns(fil: Tabellfil) -> str:
    """Say which columns are not read."""
    return _("{fil}: leser ikke {kolonner}.").format(
        fil=vis_sti(fil.path), kolonner=", ".join(vis_verdi(name) for name in fil.ukjente)
    )
