"""Fusions: passes that write down fewer calls for the same numbers. Each has a name and can be switched off."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from playground.engine import activations
from playground.engine.layers.base import Layer, activation_of
from playground.engine.recorder import Recorder
from playground.engine.tensors import joint_rows

if TYPE_CHECKING:
    from playground.engine.program import Program


@dataclass(frozen=True)
class Fusions:
    """Which passes are on. With and without them training is the same bit for bit; a test demands it.

    shared_slopes: the slopes of neighbouring layers with the same activation are written in one pass.
    outputs_in_place: the output layer writes straight to where the outputs of an epoch are kept for the loss.
    """

    shared_slopes: bool = True
    outputs_in_place: bool = True


ALL = Fusions()


def record_shared_slopes(program: "Program", ops: Recorder, indices: range) -> frozenset[int]:
    """Record the slopes of each run of neighbouring layers with the same activation; returns these layers.

    Their outputs lie one below the other, so that a run is one array. The rows of ones between them get slopes, too;
    nobody reads these.
    """
    found = set[int]()
    for name, run in _runs(program.network.layers, indices):
        tensors = [program.tensors[index + 1] for index in run]
        values, slopes = joint_rows(tensors[0], tensors[-1])
        activations.get(name).slope(ops, values, slopes)
        found.update(run)
    return frozenset(found)


def can_write_in_place(layer: Layer, input_shape: tuple[int, ...]) -> bool:
    """Whether the output layer's values may stand anywhere: nobody but the loss reads them."""
    return not layer.shares(input_shape) and getattr(layer, "activity_regularizer", None) is None


def _runs(layers: tuple[Layer, ...], indices: range) -> Iterator[tuple[str, list[int]]]:
    """Two or more neighbours among the layers ``indices`` whose slopes may be written together, by activation."""
    for name, run in groupby(indices, key=lambda index: activation_of(layers[index])):
        members = list(run)
        if activations.get(name).slope_from_output and len(members) > 1:
            yield name, members
