"""What training does to the weights beside following the loss: penalties and constraints.

Penalties are the regularizers of the layers, and L1 and L2 for all kernels. They add to the gradient, but the reported
loss is that of the data alone; the penalty is told separately. Layers that do not learn cost nothing (as in Keras).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from playground.engine import activations
from playground.engine.frozen import learns
from playground.engine.recorder import Recorder
from playground.engine.regularizers import L1L2, Regularizer

if TYPE_CHECKING:
    from playground.engine.layers.base import Layer
    from playground.engine.network import Network
    from playground.engine.program import Program
    from playground.engine.tensors import Tensor


def record_weight_penalties(ops: Recorder, network: "Network", l1: float, l2: float) -> None:
    """Record what all penalties on weights add to the gradient; l1 and l2 are for every kernel, biases are free."""
    if l1 or l2:
        kernels = np.zeros(network.size, network.dtype)
        for name, view in network.unpack(kernels).items():
            view[...] = name.endswith("kernel")
        L1L2(l1, l2).record(ops, network.flat, network.gradient, kernels)
    weights, gradients = network.unpack(), network.unpack(network.gradient)
    for name, regularizer in _regularizers(network).items():
        regularizer.record(ops, weights[name], gradients[name])


def record_constraints(ops: Recorder, network: "Network") -> None:
    """Record how the parameters are brought back into bounds after an update."""
    weights = network.unpack()
    for index, layer in _learning(network):
        for name, constraint in layer.constraints().items():
            constraint.record(ops, weights[f"{index}.{name}"])


def weight_penalty(network: "Network", l1: float = 0.0, l2: float = 0.0) -> float:
    """The sum of all penalties on the present weights."""
    weights = network.unpack()
    heads = tuple(f"{index}." for index, _ in _learning(network))
    kernels = [view for name, view in weights.items() if name.endswith("kernel") and name.startswith(heads)]
    for_all = sum(L1L2(l1, l2).penalty(view) for view in kernels)
    return for_all + sum(regularizer.penalty(weights[name]) for name, regularizer in _regularizers(network).items())


def record_activity_penalty(ops: Recorder, layer: "Layer", y: "Tensor", *, seeded: bool) -> None:
    """Record what the penalty on the outputs of ``layer`` adds to their gradient.

    seeded: y.gradient is already that of the weighted sum, so the addition goes through the activation first.
    """
    regularizer: Regularizer | None = getattr(layer, "activity_regularizer", None)
    if regularizer is None:
        return
    assert y.gradient is not None
    assert y.slope is not None
    share = 1 / y.value.shape[1]
    if not seeded:
        regularizer.record(ops, y.value, y.gradient, share)
        return
    own, value, slope = ops.empty(*y.value.shape), y.by_channel(y.value), y.by_channel(y.slope)
    ops.call(own.fill, 0.0)
    regularizer.record(ops, y.value, own, share)
    activations.get(getattr(layer, "activation", "linear")).backward(ops, value, y.by_channel(own), slope)
    ops.call(np.add, y.gradient, own, y.gradient)


def activity_penalty(program: "Program") -> float:
    """The sum of the penalties on the outputs of all layers, for the batch that ran last.

    It is divided by the number of examples, so that it pulls alike in mini-batches of every size (as in Keras 3.15;
    earlier versions of Keras 3 took the sum).
    """
    found = ((getattr(layer, "activity_regularizer", None), tensor.value) for layer, tensor in program.outcomes())
    return sum(
        (regularizer.penalty(value) / value.shape[1] for regularizer, value in found if regularizer is not None), 0.0
    )


def _regularizers(network: "Network") -> dict[str, Regularizer]:
    return {
        f"{index}.{name}": regularizer
        for index, layer in _learning(network)
        for name, regularizer in layer.regularizers().items()
    }


def _learning(network: "Network") -> Iterator[tuple[int, "Layer"]]:
    """The layers that learn, with their indices."""
    return ((index, layer) for index, layer in enumerate(network.layers) if learns(network, index))
