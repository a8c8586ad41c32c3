"""What is selected on the canvas, and where the arrow keys lead from there. No Qt."""

from collections.abc import Iterable

import msgspec


class Selection(msgspec.Struct, frozen=True):
    """Some layers, the last of them leads, or one ``unit`` of one layer. Layers count from 0 to the output layer."""

    layers: tuple[int, ...] = ()
    unit: int | None = None

    @property
    def lead(self) -> int | None:
        """The layer that was selected last, None when there is none."""
        return self.layers[-1] if self.layers else None

    def toggled(self, layer: int) -> "Selection":
        """``layer`` taken in as the leading one, or taken away."""
        others = tuple(other for other in self.layers if other != layer)
        return Selection(others if layer in self.layers else (*others, layer))

    def extended(self, layer: int) -> "Selection":
        """Everything between the first selected layer and ``layer``, which leads."""
        first = self.layers[0] if self.layers else layer
        step = 1 if layer >= first else -1
        return Selection(tuple(range(first, layer + step, step)))

    def within(self, units: tuple[int, ...]) -> "Selection":
        """What of it exists in a network whose layers have so many ``units``."""
        layers = tuple(layer for layer in self.layers if 0 <= layer < len(units))
        alone = len(layers) == len(self.layers) == 1
        exists = alone and self.unit is not None and self.unit < units[layers[0]]
        return Selection(layers, self.unit if exists else None)

    def beside(self, by: int, units: tuple[int, ...]) -> "Selection":
        """The next layer to the left (−1) or right (+1); a selected unit leads to the unit at the same place."""
        start = (-1 if by > 0 else len(units)) if self.lead is None else self.lead
        layer = max(0, min(len(units) - 1, start + by))
        kept = None if self.unit is None or not units[layer] else min(self.unit, units[layer] - 1)
        return Selection((layer,), kept)

    def along(self, by: int, units: tuple[int, ...]) -> "Selection":
        """The next unit of the leading layer up (−1) or down (+1); above the first one stands the layer itself."""
        if self.lead is None:
            return self.beside(1, units)
        count = units[self.lead]
        unit = (-1 if self.unit is None else self.unit) + by
        if unit < -1 and self.unit is None:
            unit = count - 1  # up from the layer itself: its last unit
        return Selection((self.lead,), None if unit < 0 or not count else min(unit, count - 1))


def of(layers: Iterable[int], unit: int | None = None) -> Selection:
    """A selection of ``layers`` without doubles; a unit only with a single layer."""
    picked = tuple(dict.fromkeys(layers))
    return Selection(picked, unit if len(picked) == 1 else None)
