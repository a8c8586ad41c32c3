"""Names of classes as they are shown: "class 0", which nobody chose, is told in the user's language."""

import re
from collections.abc import Iterable

from playground.session.language import translated
from playground.texts import Text

_UNNAMED = re.compile(r"class (\d+)")


def shown_name(name: str) -> str:
    """The name of one class; a name that somebody gave stays as it is."""
    unnamed = _UNNAMED.fullmatch(name)
    return translated(Text("class %1", unnamed[1])) if unnamed else name


def shown_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names of all classes."""
    return tuple(map(shown_name, names))
