"""What the conditions of a lesson's step may look at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.project.model import Project
from playground.training.records import Counters

EXAMPLE = "example"
"""Done when an example was chosen."""

GUESS = "guess"
"""Done when the question of the step was answered by a guess."""

WEIGHTS = "weights"
"""Done when weights were changed by hand."""

DIVERGED = "diverged"
"""Done when a run stopped itself because it was getting nowhere."""


@dataclass(frozen=True)
class Moment:
    """The present, and what has happened since the step began.

    project, before: the project now and when the step began. counters: the newest numbers of the run, None while there
    are none. parameters: the flat parameter vector (size,), None likewise. purity: of the input and of each layer, 0 to
    1; empty while it is not known. epochs, updates: how many were trained since the step began, those before a Reset
    included. done: what was done since, by name: ids of actions ("run.reset"), "panel." and the name of a panel that
    was opened, ``EXAMPLE``, ``GUESS``, ``WEIGHTS``, ``DIVERGED``.
    """

    project: Project
    before: Project
    counters: Counters | None = None
    parameters: NDArray[np.floating] | None = None
    epochs: int = 0
    updates: int = 0
    done: frozenset[str] = frozenset()
    purity: tuple[float, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether anything has happened since the step began."""
        return bool(self.updates or self.done) or self.project != self.before
