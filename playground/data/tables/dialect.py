"""Find out how a text file holds its table: encoding, delimiter, decimal comma, names in the first row."""

import codecs
import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from playground.data.tables.cells import is_missing, is_number
from playground.data.tables.table import TableError
from playground.texts import Text

ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1")
DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 65_536
"""Bytes at the beginning of the file that are looked at."""
_PREFERENCE = "\t;|,"
"""Of delimiters that fit equally well, the one that stands in numbers and texts most seldom."""
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SIGNATURES = {
    b"PK\x03\x04": Text("an Excel workbook or another zipped file"),
    b"\xd0\xcf\x11\xe0": Text("an old Excel workbook"),
    b"\x1f\x8b": Text("a compressed file"),
    b"%PDF": Text("a PDF document"),
    b"\x89PNG": Text("a picture"),
    b"\xff\xd8\xff": Text("a picture"),
    b"SQLite format 3": Text("a database"),
}


@dataclass(frozen=True)
class Dialect:
    """How a table is written. delimiter: one character; header: whether the first row holds the names."""

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal_comma: bool = False
    header: bool = True


def sniff(path: Path) -> Dialect:
    """Find out how a file is written.

    Raises:
        TableError: when it is empty, no text, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            sample = file.read(SAMPLE)
    except OSError as error:
        raise TableError(Text("“%1” cannot be read: %2.", path.name, error.strerror or str(error))) from error
    return sniff_bytes(sample, path.name)


def sniff_bytes(sample: bytes, name: str) -> Dialect:
    """The same for the first bytes of a file."""
    encoding = _encoding(sample, name)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample).removeprefix("\ufeff")
    if not text.strip():
        raise TableError(Text("“%1” is empty; a table needs a row of names and rows of values.", name))
    lines = text.splitlines(keepends=True)
    if len(lines) > 2 and len(sample) >= SAMPLE:
        lines.pop()  # it may be cut
    delimiter, rows = _delimiter(lines[:200])
    comma = _decimal_comma(rows, delimiter)
    return Dialect(encoding, delimiter, comma, _has_header(rows, comma))


def refuse_binary(sample: bytes, name: str) -> None:
    """Raise TableError when the first bytes of a file are no text."""
    for signature, kind in _SIGNATURES.items():
        if sample.startswith(signature):
            raise TableError(
                Text("“%1” is not a text file but %2; export the table as CSV and import that.", name, kind)
            )
    if len(_CONTROL.findall(sample)) > len(sample) // 200:
        raise TableError(
            Text("“%1” is not a text file: it holds bytes that no text has. Export the table as CSV.", name)
        )


def _encoding(sample: bytes, name: str) -> str:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    zeros = [sample[start::2].count(0) for start in (0, 1)]
    half = len(sample) // 2
    if half and max(zeros) > 0.6 * half and min(zeros) < 0.1 * half:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    refuse_binary(sample, name)
    for encoding in ("utf-8", "cp1252"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(sample, final=len(sample) < SAMPLE)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _delimiter(lines: list[str]) -> tuple[str, list[list[str]]]:
    """The delimiter that gives rows of one length, and the rows."""
    best: tuple[tuple[float, int, int], str, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        if not rows:
            continue
        length, count = Counter(map(len, rows)).most_common(1)[0]
        if length < 2:
            continue
        score = (round(count / len(rows), 1), _PREFERENCE.index(delimiter) * -1, length)
        if best is None or score > best[0]:
            best = score, delimiter, rows
    if best is None:
        return ",", [[line.strip()] for line in lines]
    return best[1], best[2]


def _decimal_comma(rows: list[list[str]], delimiter: str) -> bool:
    if delimiter == ",":
        return False
    cells = [cell.strip() for row in rows for cell in row]
    commas = sum(_COMMA_NUMBER.fullmatch(cell) is not None for cell in cells)
    points = sum("." in cell and is_number(cell) for cell in cells)
    return commas > points


def _has_header(rows: list[list[str]], comma: bool) -> bool:
    """Names stand in the first row when no number does, and below there are numbers, or texts that come again."""
    first, rest = rows[0], rows[1:]
    if any(is_number(cell, comma) for cell in first):
        return False
    if not rest:
        return True
    columns = [[row[place] for row in rest if place < len(row)] for place in range(len(first))]
    if any(is_number(cell, comma) for column in columns for cell in column):
        return True
    return not any(cell in column for cell, column in zip(first, columns, strict=True) if not is_missing(cell))
