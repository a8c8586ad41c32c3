"""Texts of the core in the user's language."""

from PySide6.QtCore import QCoreApplication, QLocale

from playground.texts import Text, Value, filled

LARGEST = 2**63
"""Whole numbers from here on, which only a hostile file holds, are told by their size alone."""


def translated(text: str) -> str:
    """A text as the user reads it now: of a ``Text`` the sentence is translated and its values are put in.

    A plain text (a title, a help) is looked up as it is, and stays as it is where there is no translation.
    """
    if not isinstance(text, Text):
        return QCoreApplication.translate("", text) if text else ""
    found = QCoreApplication.translate("", text.template)
    if not text.values:
        return str(text) if found == text.template else found
    return filled(found, [_told(value) for value in text.values])


def _told(value: Value) -> str:
    if isinstance(value, Text):
        return translated(value)
    if isinstance(value, str):
        return value
    locale = QLocale()
    if not isinstance(value, int):
        return locale.toString(float(value), "g", 3)
    return (
        locale.toString(value) if abs(value) < LARGEST else f"{'−' if value < 0 else ''}10^{len(str(abs(value))) - 1}"
    )
