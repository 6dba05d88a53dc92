"""Writes the log: new rows, corrections and imports, always by adding at the end.

What stood in the file stays as it was, byte for byte: a log is evidence, and a spreadsheet's own way of writing
it (delimiter, encoding, dates) is not ours to change. A row is acknowledged when it is on the disk.
"""

from oppfolgingscli.logg.klokke import Klokke
from oppfolgingscli.logg.rad import Nyrad, clean_rad
from oppfolgingscli.logg.rett import find_rad, rett
from oppfolgingscli.logg.tilfoy import Naa, append

__all__ = ["Klokke", "Naa", "Nyrad", "append", "clean_rad", "find_rad", "rett"]
