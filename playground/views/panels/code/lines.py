"""Which lines of a script differ from another version, and which ones hang on a setting."""

from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

from playground.project import edits, paths
from playground.project.edits import EditError
from playground.project.model import Project

Write = Callable[[Project], str]


def changed(before: str, after: str) -> frozenset[int]:
    """The lines of ``after``, from 0, that are not so in ``before``; where lines only went, the one that follows."""
    old, new = before.splitlines(), after.splitlines()
    found: set[int] = set()
    for kind, _, _, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found.update(range(start, max(stop, start + 1)))
    return frozenset(line for line in found if line < len(new))


def depending(project: Project, path: str, write: Write) -> frozenset[int]:
    """The lines of the script that change with the setting at ``path``; empty for what is no setting."""
    try:
        neighbours = _neighbours(paths.plain(project, path), paths.info(project, path).choices)
    except (LookupError, AttributeError):
        return frozenset()
    here = write(project)
    for value in neighbours:
        try:
            there = write(edits.set_value(project, path, value).project)
        except (EditError, ValueError):
            continue
        if there != here:
            return changed(there, here)
    return frozenset()


def _neighbours(value: Any, choices: tuple[str, ...]) -> list[Any]:
    """Other values to try, the nearest first."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, float):
        return [value * 1.5 if value else 0.01, value / 2]
    if value is None:
        return [1, 0.5]
    return [choice for choice in choices if choice != value]
