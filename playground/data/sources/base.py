"""What a source of examples is, and the lists of those that there are."""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Task
from playground.engine.registry import Registry

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


class Source(msgspec.Struct, frozen=True, tag_field="kind"):
    """A way to obtain examples. Fields are its settings; the properties describe the data that it gives.

    A source whose data always look the same overrides a property by a plain class attribute.
    """

    @property
    def title(self) -> str:
        """The name on screen."""
        raise NotImplementedError

    @property
    def description(self) -> str:
        """One sentence about what the data teach."""
        raise NotImplementedError

    @property
    def task(self) -> Task:
        """What the network is asked for."""
        raise NotImplementedError

    @property
    def input_kind(self) -> str:
        """One of "plane" (points, of which features are made), "image", "table" (rows of numbers)."""
        return "plane"

    @property
    def outputs(self) -> int:
        """How many numbers the network must predict."""
        return 1

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of one example as ``draw`` gives it."""
        return (2,)

    @property
    def input_names(self) -> tuple[str, ...]:
        """The names of the inputs; empty for images."""
        return ("x1", "x2")

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names of the classes; empty for numbers."""
        return ("class 0", "class 1")

    @property
    def drawn(self) -> bool:
        """Whether images are ink (1) on nothing (0), as scans of writing are, and not brightnesses."""
        return True

    @property
    def scaling(self) -> str:
        """How the columns of a table are brought to one size, one of ``scaling.SCALINGS``."""
        return "none"

    @property
    def most(self) -> int | None:
        """How many examples exist; None where they are made to order."""
        return None

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        """Return inputs (count, *input_shape) and labels (count,) — for regression, targets (count, 1).

        ``rng`` draws the base points, ``shake`` the disturbance that is scaled by ``noise`` (0..0.5).
        """
        raise NotImplementedError

    def complete(self, inputs: NDArray[np.float32], train: NDArray[np.int64]) -> NDArray[np.float32]:
        """Fill gaps (NaN) in drawn inputs (n, *input_shape) with what the training rows tell of them."""
        return inputs

    def sound(self) -> bool:
        """Whether arrays that came from a file are what ``draw`` expects of them."""
        return True

    def lots(self, count: int, seed: int) -> NDArray[np.float64] | None:
        """For each of all the examples a number in 0..1, of which those below the training share train.

        None: the split is drawn anew for every number of examples.
        """
        return None

    def varied(self, examples: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32] | None:
        """Copies of the training examples (n, *input_shape) with what does not matter varied; None: there are none.

        Returns (k · n, *input_shape): first one copy of each in their order, then a second one …
        """
        return None


SOURCES: Registry[type[Source]] = Registry("data set")
"""Ready-made sets, simplest first; each can be made without settings."""

OWN_SOURCES: Registry[type[Source]] = Registry("data set of one's own")
"""Kinds that hold what the user brought or made."""
