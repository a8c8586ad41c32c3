"""Numbers as people write them: 0.03, 1e-05, 12.5; and the style of the fields that hold them."""

import math

from PySide6.QtCore import QLocale

from playground.views.scales import number

PLAIN_SPIN = (
    "QAbstractSpinBox { padding: 0px 5px 0px 2px; }"
    "QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0px; height: 0px; border: none; }"
    "QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { image: none; width: 0px; height: 0px; }"
    "QAbstractSpinBox QLineEdit { padding: 0px; }"
)
"""Style of a spin box without arrows (with the NoButtons symbol, a style sheet leaves no room for the text)."""


def short(value: float, digits: int = 3) -> str:
    """``value`` with ``digits`` significant digits in the user's way of writing; very small ones as 1e-05."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "–"
    if value != 0 and not 1e-4 <= abs(value) < 1e6:
        return QLocale().toString(value, "e", digits - 1).replace("-", "−", int(value < 0))
    text = QLocale().toString(value, "g", digits + (3 if abs(value) >= 1000 else 0))
    return "−" + text[1:] if text.startswith("-") else text


def steady(value: float) -> str:
    """``value`` with its sign and three decimals, so that it keeps its place while it changes: "+0.531", "−1.000"."""
    if not math.isfinite(value) or not (value == 0 or 0.0005 <= abs(value) < 1000):
        return short(value)
    text: str = QLocale().toString(abs(value), "f", 3)
    return ("−" if value < 0 else "+") + text


def signed(change: float) -> str:
    """ "+0.04", "−0.2", "±0"."""
    if math.isnan(change):
        return "–"
    text = number(abs(change), 2)
    return "±0" if text == "0" else ("+" if change > 0 else "−") + text
