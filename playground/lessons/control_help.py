"""Which terms of the glossary belong to which control, from ``resources/glossary/controls.json``."""

from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from playground import resources
from playground.lessons.glossary import FOLDER, Glossary, GlossaryError, bundled, read_part
from playground.texts import Text

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class ControlHelp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Help for controls of these object names; "*" stands for anything, "type:QMenuBar" for widgets without a name.

    terms: ids, the most important first; none where no term of the field belongs. title, text: for what has no name or
    tool-tip of its own.
    """

    names: Annotated[tuple[_Name, ...], msgspec.Meta(min_length=1)]
    terms: Annotated[tuple[_Name, ...], msgspec.Meta(max_length=5)]
    title: str = ""
    text: str = ""


class Controls(msgspec.Struct, frozen=True):
    """All entries; the first one that fits a name is its help."""

    format: Literal["deep-learning-playground controls"]
    version: Literal[1]
    controls: tuple[ControlHelp, ...]

    def find(self, name: str) -> ControlHelp | None:
        """The entry for an object name: one that has it written out, else the first one with a pattern that fits."""
        exact = (each for each in self.controls if name in each.names)
        fitting = (each for each in self.controls if any(fnmatchcase(name, pattern) for pattern in each.names))
        return next(exact, None) or next(fitting, None)


def load(path: Path, book: Glossary) -> Controls:
    """Read the table.

    Raises:
        GlossaryError: when it cannot be read, or names a term that ``book`` does not have.
    """
    table = read_part(path, Controls)
    for entry in table.controls:
        for term in entry.terms:
            if term not in book.terms:
                raise GlossaryError(Text("The help for “%1” names the unknown term “%2”.", entry.names[0], term))
    return table


@cache
def controls() -> Controls:
    """The table of this program."""
    return load(resources.path(FOLDER, "controls.json"), bundled())


@cache
def help_for(name: str) -> ControlHelp | None:
    """The entry for an object name; None where there is none."""
    return controls().find(name) if name else None
