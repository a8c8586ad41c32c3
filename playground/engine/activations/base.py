"""What an activation is: the bend after the weighted sum, applied in place, on a whole layer at once."""

from typing import ClassVar

import numpy as np

from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry


class Activation:
    """One activation function.

    ``range`` tells pictures which scale fits: "signed" (around 0), "unit" (0..1) or "positive" (0 and up).
    ``early_slope``: the slope must be written from the weighted sum z, before the output takes its place.
    ``elementwise``: each output depends on one weighted sum only.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    range: ClassVar[str] = "signed"
    linear: ClassVar[bool] = False
    early_slope: ClassVar[bool] = False
    elementwise: ClassVar[bool] = True

    @property
    def slope_from_output(self) -> bool:
        """Whether ``backward`` multiplies by a slope that any of the outputs alone tells, at any time."""
        return self.elementwise and not self.early_slope and not self.linear

    def forward(self, ops: Recorder, y: Array) -> None:
        """Record y ← f(y); y: (units, batch)."""
        raise NotImplementedError

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        """Record s ← f′ written in terms of the output y (of z with ``early_slope``); both (units, batch)."""
        raise NotImplementedError

    def train_forward(self, ops: Recorder, y: Array, s: Array) -> None:
        """Record y ← f(y) as ``forward`` does, and s ← f′ where it cannot wait until ``backward``."""
        if self.early_slope:
            self.slope(ops, y, s)
        self.forward(ops, y)

    def backward(self, ops: Recorder, y: Array, g: Array, s: Array) -> None:
        """Record g ← ∂loss/∂z, given g = ∂loss/∂y; s is the array that ``train_forward`` had."""
        if not self.early_slope:
            self.slope(ops, y, s)
        ops.call(np.multiply, g, s, g)


ACTIVATIONS: Registry[Activation] = Registry("activation")


def register(cls: type[Activation]) -> type[Activation]:
    """Enter an activation under its ``name``; one object of a class serves all layers."""
    ACTIVATIONS.register(cls.name)(cls())
    return cls
