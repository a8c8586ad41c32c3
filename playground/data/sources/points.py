"""Points that the user put on the plane."""

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.block import Block
from playground.data.dataset import DOMAIN, Task
from playground.data.sources.base import OWN_SOURCES, Source
from playground.engine.settings import flag
from playground.texts import Text

MOST_CLASSES = 10


@OWN_SOURCES.register("own_points")
class Points(Source, frozen=True, tag="own_points"):
    """Points with a class or a number each.

    block: "x" float32 (n, 2) within the domain; "y" int64 (n,) labels, or float32 (n,) numbers when there are no class
    names; "lot" float32 (n,) in 0..1, which decides whether a point trains or tests: it stays with the point, so that
    painting more never moves others from one side to the other.
    """

    block: Annotated[Block, flag("Points", "The points and what belongs to each.")]
    class_names: Annotated[tuple[str, ...], flag("Classes", "The names of the classes; none for numbers.")] = (
        "class 0",
        "class 1",
    )
    name: Annotated[str, flag("Name", "What the data set is called.")] = "My points"

    @property
    def title(self) -> str:
        return self.name

    @property
    def description(self) -> str:
        count, classes = len(self.block["x"]), len(self.class_names)
        return Text("%1 points, %2 classes.", count, classes) if classes else Text("%1 points, a number each.", count)

    @property
    def task(self) -> Task:
        if not self.class_names:
            return Task.REGRESSION
        return Task.BINARY if len(self.class_names) == 2 else Task.MULTICLASS

    @property
    def outputs(self) -> int:
        return len(self.class_names) if self.task is Task.MULTICLASS else 1

    @property
    def most(self) -> int | None:
        return len(self.block["x"])

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        inputs, answers = self.block["x"][:count], self.block["y"][:count]
        if noise:  # as far as for other points of the plane, see ``shapes.shaken``
            moved = inputs + 5.0 * noise * (2.0 * shake.random(inputs.shape) - 1.0)
            inputs = np.clip(moved, -DOMAIN, DOMAIN).astype(np.float32)
        return inputs, answers if self.class_names else answers[:, np.newaxis]

    def sound(self) -> bool:
        x, y, lot = (self.block.arrays.get(name) for name in ("x", "y", "lot"))
        if x is None or y is None or lot is None or x.ndim != 2 or x.shape[1] != 2:
            return False
        if y.shape != lot.shape or y.shape != x.shape[:1] or x.dtype != np.float32 or lot.dtype != np.float32:
            return False
        if not (np.isfinite(x).all() and np.isfinite(lot).all() and (np.abs(x) <= DOMAIN).all()):
            return False
        if not self.class_names:
            return y.dtype == np.float32 and bool(np.isfinite(y).all())
        fits = y.dtype == np.int64 and bool(((y >= 0) & (y < len(self.class_names))).all())
        return fits and 2 <= len(self.class_names) <= MOST_CLASSES

    def lots(self, count: int, seed: int) -> NDArray[np.float64] | None:
        """For each point a number in 0..1; those below the training share train."""
        return np.asarray((self.block["lot"][:count].astype(np.float64) + 0.618033988749895 * seed) % 1.0)
