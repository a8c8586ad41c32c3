"""What runs between the columns: bundles of weight lines, and lines that only say which unit leads to which."""

from collections.abc import Sequence

import msgspec
import numpy as np

from playground.views.canvas.edges import EdgeBundle
from playground.views.canvas.geometry import Layout
from playground.views.canvas.marks import Pair
from playground.views.canvas.stages import Kind, Stage


class Wires(msgspec.Struct, frozen=True):
    """Finds the ends of all lines. ``inputs``: for each input of the network the box of its feature in column 0."""

    stages: tuple[Stage, ...]
    layout: Layout
    inputs: Sequence[int]

    def bundles(self) -> list[EdgeBundle | None]:
        """The weight lines into each layer."""
        return [self._bundle(layer) for layer in range(len(self.stages) - 1)]

    def pairs(self) -> list[Pair]:
        """Lines without a weight: into layers each of whose units stands for one of the layer before."""
        found: list[Pair] = []
        for layer, stage in enumerate(self.stages[1:]):
            if stage.paired:
                ends = self.layout.columns[layer + 1].ports(stage.units, right=False)
                found += zip(self._starts(layer), ends, strict=False)
        return found

    def _bundle(self, layer: int) -> EdgeBundle | None:
        """The lines into ``layer``, past bypassed ones; None where it has no weights of its own to show."""
        stage = self.stages[layer + 1]
        if stage.kind is Kind.PLAIN or stage.paired or stage.channels or stage.shape is None:
            return None
        ends = self.layout.columns[layer + 1].ports(stage.units, right=False)
        return EdgeBundle(np.array(self._starts(layer), dtype=np.float64), np.array(ends, dtype=np.float64))

    def _starts(self, layer: int) -> list[tuple[float, float]]:
        """Where the lines into ``layer`` begin: at the units of the nearest layer before it that is not bypassed."""
        place = layer
        while self.stages[place].bypassed:
            place -= 1
        left = self.layout.columns[place]
        if self.stages[place].kind is Kind.FEATURES:
            boxes = [box for feature in self.inputs if (box := left.place_of(feature)) is not None]
            return [(box.right, box.center_y) for box in boxes]
        return list(left.ports(self.stages[place].units, right=True))
