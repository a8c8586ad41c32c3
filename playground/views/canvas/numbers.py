"""Numbers as people write them: 0.03, 1e-05, 12.5; and the style of the fields that hold them."""

import math

from PySide6.QtCore import QLocale

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
