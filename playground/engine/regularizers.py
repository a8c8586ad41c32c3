"""Regularizers: penalties that keep weights, or the outputs of a layer, small; simplest first, as in Keras 3."""

from typing import Annotated, Any, ClassVar

import msgspec
import numpy as np

from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry
from playground.engine.settings import number

_L1 = number("L1", "How strongly every number is pulled towards 0, by a steady force.", ge=0, le=10, step=0.001)
_L2 = number("L2", "How strongly every number is pulled towards 0, large ones harder.", ge=0, le=10, step=0.001)


class Regularizer(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all regularizers."""

    title: ClassVar[str]
    help: ClassVar[str]

    def penalty(self, w: Array) -> float:
        """The penalty for the numbers ``w``, of any shape."""
        raise NotImplementedError

    def record(self, ops: Recorder, w: Array, g: Array, share: Array | float = 1.0) -> None:
        """Record g ← g + share · ∂penalty/∂w; ``share``: how much all, or each of the numbers, count."""
        raise NotImplementedError


REGULARIZERS: Registry[type[Regularizer]] = Registry("regularizer")


@REGULARIZERS.register("l1")
class L1(Regularizer, frozen=True, tag="l1"):
    """l1 Σ |w|, slope l1 sign w. Source: Tibshirani, 1996 (the lasso)."""

    title, help = "L1", "Pulls every number towards 0 by a steady force; many become very small."

    l1: Annotated[float, _L1] = 0.01

    def penalty(self, w: Array) -> float:
        return self.l1 * float(np.abs(w, dtype=np.float64).sum())

    def record(self, ops: Recorder, w: Array, g: Array, share: Array | float = 1.0) -> None:
        pull = ops.empty(*w.shape)
        ops.call(np.sign, w, pull)
        ops.call(np.multiply, pull, np.asarray(ops.constant(self.l1) * share, ops.dtype), pull)
        ops.call(np.add, g, pull, g)


@REGULARIZERS.register("l2")
class L2(Regularizer, frozen=True, tag="l2"):
    """l2 Σ w², slope 2 l2 w. Source: Hoerl & Kennard, 1970 (ridge regression).

    PyTorch knows it as the optimizers' weight_decay = 2 l2, added to the gradient.
    """

    title, help = "L2", "Pulls every number towards 0, large ones harder, so that none dominates."

    l2: Annotated[float, _L2] = 0.01

    def penalty(self, w: Array) -> float:
        return self.l2 * float(np.square(w, dtype=np.float64).sum())

    def record(self, ops: Recorder, w: Array, g: Array, share: Array | float = 1.0) -> None:
        pull = ops.empty(*w.shape)
        ops.call(np.multiply, w, np.asarray(ops.constant(2 * self.l2) * share, ops.dtype), pull)
        ops.call(np.add, g, pull, g)


@REGULARIZERS.register("l1_l2")
class L1L2(Regularizer, frozen=True, tag="l1_l2"):
    """l1 Σ |w| + l2 Σ w². Source: Zou & Hastie, 2005 (the elastic net)."""

    title, help = "L1 and L2", "Both pulls at once."

    l1: Annotated[float, _L1] = 0.0
    l2: Annotated[float, _L2] = 0.0

    def penalty(self, w: Array) -> float:
        return L1(self.l1).penalty(w) + L2(self.l2).penalty(w)

    def record(self, ops: Recorder, w: Array, g: Array, share: Array | float = 1.0) -> None:
        if self.l2:
            L2(self.l2).record(ops, w, g, share)
        if self.l1:
            L1(self.l1).record(ops, w, g, share)


AnyRegularizer = REGULARIZERS.union()


def get(name: str, **settings: Any) -> Any:
    """The regularizer called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return REGULARIZERS[name](**settings)
