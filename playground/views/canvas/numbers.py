"""Numbers as people write them: 0.03, 1e-05, 12.5; and a field to type them."""

import math

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

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


class NumberField(QDoubleSpinBox):
    """A number over many powers of ten: shown short, typed as 0.0003 or 3e-4, kept exactly as typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(10)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(PLAIN_SPIN)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.setKeyboardTracking(False)

    def textFromValue(self, value: float) -> str:
        """The short form."""
        return _plain(value)

    def valueFromText(self, text: str) -> float:
        """The number typed; 0 while it is none (the validator keeps that from being taken over)."""
        return _parse(text) or 0.0

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Accept numbers in the range; anything else may still become one."""
        value = _parse(text)
        good = value is not None and self.minimum() <= value <= self.maximum()
        return (QValidator.State.Acceptable if good else QValidator.State.Intermediate), text, position


def _plain(value: float) -> str:
    if value != 0 and abs(value) < 1e-4:
        return QLocale().toString(value, "g", 4)
    return QLocale().toString(value, "g", 6)


def _parse(text: str) -> float | None:
    for locale in (QLocale(), QLocale.c()):
        value, good = locale.toDouble(text.strip())
        if good:
            return float(value)
    return None
