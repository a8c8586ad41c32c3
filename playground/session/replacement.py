"""What the document tells when one Project takes the place of another."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.project.changes import Change
from playground.project.edit import Origin
from playground.project.model import Project
from playground.training.records import State

STRUCTURE = Change.NETWORK | Change.FEATURES | Change.WEIGHTS
"""Changes after which the weights have other places."""

UNTRAINED = Change.VIEW | Change.SLICE | Change.STOP | Change.DRAWINGS
"""Changes that have nothing to do with what is trained."""


@dataclass(frozen=True)
class Replacement:
    """One Project took the place of another.

    ``origin`` names for each layer of the new network the old layer it stems from (None: the same place); ``units``,
    ``identity`` and ``note`` are those of the Edit. ``state`` is the training state to go back to (undo, redo, opened
    files), None where the run goes on. With ``fresh`` the run begins anew and does not play on (opened files).
    ``present``: the training state just before, where it was taken down. ``label``: the name of the step;
    ``continued``: it goes on with the last one (a slider drag); ``back``: it is undone; ``by_hand``: what is undone or
    redone is a change of weights by hand.
    """

    old: Project
    new: Project
    change: Change
    origin: Origin | None = None
    state: State | None = None
    fresh: bool = False
    by_hand: bool = False
    label: str = ""
    continued: bool = False
    back: bool = False
    units: Mapping[int, Origin] = field(default_factory=dict)
    identity: frozenset[int] = frozenset()
    note: str = ""
    present: State | None = None
