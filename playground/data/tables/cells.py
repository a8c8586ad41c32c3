"""What the text of one cell means."""

import math
import re

MISSING = frozenset({"", "?", "na", "n/a", "#n/a", "nan", "null"})
"""Texts, in small letters, that say that there is no value."""
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_THOUSANDS_COMMA = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d*)?")


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value."""
    return text.strip().lower() in MISSING


def is_number(text: str, decimal_comma: bool = False) -> bool:
    """Whether a cell is a finite number."""
    return math.isfinite(number(text, decimal_comma))


def number(text: str, decimal_comma: bool = False) -> float:
    """The number in a cell, NaN when it is none; thousands may be parted by the sign that is not the decimal one."""
    text = text.strip()
    if "_" in text:  # Python reads 1_000, nobody else does
        return math.nan
    if decimal_comma:
        if "." in text:
            if not _THOUSANDS_COMMA.fullmatch(text):
                return math.nan
            text = text.replace(".", "")
        text = text.replace(",", ".")
    elif "," in text and _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        return math.nan
