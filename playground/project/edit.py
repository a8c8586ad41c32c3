"""What an edit is: the project that results, and how to speak of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.project.model import Project

Origin = tuple[int | None, ...]
"""For each new layer the index of the old layer that it stems from, None for a layer without a past."""


class EditError(ValueError):
    """An edit that cannot be done; the message says why and what to do instead."""

    def __str__(self) -> str:
        """The message itself, which a view can translate where it is a ``Text``."""
        message: str = self.args[0]
        return message


@dataclass(frozen=True)
class Edit:
    """One step of the user.

    label: its name in the history ("Add Dense layer"). merge_key: edits in a row with the same key become one step,
    ``held`` ones however long they are apart (the button of the mouse is still down).
    origin: where the layers come from; None means that they stand where they stood. units: by new layer, where its
    units come from (old numbers, None for a new one); layers that are left out keep the first ones. identity: new
    layers that shall begin as ones that change nothing, as far as they can. note: a sentence for the user, "" for none.
    """

    label: str
    project: Project
    merge_key: str | None = None
    held: bool = False
    origin: Origin | None = None
    units: Mapping[int, Origin] = field(default_factory=dict)
    identity: frozenset[int] = frozenset()
    note: str = ""
