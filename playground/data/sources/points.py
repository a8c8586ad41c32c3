"""Points that the user put on the plane."""

from typing import Annotated, Any

import numpy as np

from playground.data.block import Block
from playground.data.dataset import Task
from playground.data.sources.base import OWN_SOURCES, Source
from playground.engine.settings import flag


@OWN_SOURCES.register("own_points")
class Points(Source, frozen=True, tag="own_points"):
    """Points with a class or a number each.

    block: "x" float32 (n, 2) within the domain; "y" int64 (n,) labels, or float32 (n,) numbers when there are no class
    names.
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

    description = "Points of your own."

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
        return inputs, answers if self.class_names else answers[:, np.newaxis]
