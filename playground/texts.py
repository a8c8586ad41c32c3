"""Texts of the core: English where they stand, and still to be told in the user's language. No Qt.

A sentence is written as ``Text("Set %1 to %2", title, value)``. It *is* the English text, for scripts, logs and the
command line; a view hands it to ``playground.session.language.translated``, which puts the values into the translated
sentence. The first argument must be written out, so that ``make translations`` finds it.
"""

import re
from collections.abc import Sequence
from typing import Any

LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español", "hi": "हिन्दी"}
"""The languages that there are, each by its own name."""

Value = str | int | float
_PLACE = re.compile("%([1-9])")


class Text(str):
    """A text with values in the places %1, %2 …; ``template`` and ``values`` are what it was made of.

    Values are texts themselves (a ``Text`` is translated, a plain str stays), whole numbers, or measured numbers, which
    are told with three significant digits.
    """

    __slots__ = ("template", "values")
    template: str
    values: tuple[Value, ...]

    def __new__(cls, template: str, *values: Value) -> "Text":
        """Fill in the values in English."""
        made = super().__new__(cls, filled(template, [_plain(value) for value in values]))
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> Any:
        return Text, (self.template, *self.values)


class _Name(Text):
    """A title within a sentence: English begins it with a small letter, other languages translate the title."""

    __slots__ = ()

    def __new__(cls, template: str, *values: Value) -> "_Name":
        small = template if template[1:2].isdigit() else template[:1].lower() + template[1:]
        made = str.__new__(cls, small)
        made.template, made.values = template, ()
        return made

    def __reduce__(self) -> Any:
        return _Name, (self.template,)


def named(title: str) -> Text:
    """A title as it stands within a sentence; "L2" keeps its capital."""
    return _Name(title)


def filled(template: str, values: Sequence[str]) -> str:
    """Put ``values`` in the places %1 to %9; a place without a value stays."""
    return _PLACE.sub(lambda found: values[at] if (at := int(found[1]) - 1) < len(values) else found[0], template)


def _plain(value: Value) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
