"""Several layers with names, whose parameters lie in one flat vector: those of a network, or those within a layer."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from playground.engine.errors import BuildError
from playground.engine.layers.base import Layer, Memory, Shape, size
from playground.engine.recorder import Array


class Part(msgspec.Struct, frozen=True):
    """One layer: the beginning of its parameters' names, and the shape that it gets."""

    name: str
    layer: Layer
    input_shape: Shape


class Parts:
    """The layers in order; how their weights and moving statistics lie in flat vectors, one after the other.

    ``sizes``: the parameters of each. ``size`` and ``moving_size``: the lengths of the two vectors.
    """

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = tuple(parts)
        self._shapes = [part.layer.parameter_shape(part.input_shape) for part in self._parts]
        self._moving_shapes = [part.layer.moving_shape(part.input_shape) for part in self._parts]
        self.sizes = tuple(map(_count, self._shapes))
        self.size, self.moving_size = sum(self.sizes), sum(map(_count, self._moving_shapes))

    def initialize(self, flat: Array, rng: np.random.Generator) -> None:
        """Draw the initial weights."""
        for part, weights in zip(self._parts, _views(flat, self._shapes), strict=True):
            part.layer.initialize(weights, part.input_shape, rng)

    def frozen(self) -> Iterator[slice]:
        """Where in the flat vector the weights stand that training leaves alone."""
        start = 0
        for part, count in zip(self._parts, self.sizes, strict=True):
            for found in part.layer.frozen(part.input_shape):
                yield slice(start + found.start, start + found.stop)
            start += count

    def initialize_moving(self, moving: Array) -> None:
        """Set the moving statistics to what they are before training."""
        for part, statistics in zip(self._parts, _views(moving, self._moving_shapes), strict=True):
            part.layer.initialize_moving(statistics, part.input_shape)

    def named(self, flat: Array) -> dict[str, Array]:
        """Views of the weights by names such as "0.kernel", in Keras' shapes."""
        return {
            f"{part.name}.{name}": view
            for part, weights in zip(self._parts, _views(flat, self._shapes), strict=True)
            for name, view in part.layer.named_parameters(weights, part.input_shape).items()
        }

    def named_moving(self, moving: Array) -> dict[str, Array]:
        """Views of the moving statistics by names such as "1.moving_mean"."""
        return {
            f"{part.name}.{name}": view
            for part, statistics in zip(self._parts, _views(moving, self._moving_shapes), strict=True)
            for name, view in part.layer.named_moving(statistics, part.input_shape).items()
        }

    def memories(
        self, flat: Array, gradient: Array, moving: Array, training: bool, rng: np.random.Generator
    ) -> list[Memory]:
        """A fresh working memory for each layer, around its part of the vectors."""
        weights, gradients = _views(flat, self._shapes), _views(gradient, self._shapes)
        arrays = zip(weights, gradients, _views(moving, self._moving_shapes), strict=True)
        return [Memory(*own, training, rng) for own in arrays]


def assign(views: Mapping[str, Array], given: Mapping[str, ArrayLike]) -> None:
    """Write arrays into the views of the same names.

    Raises:
        BuildError: when a name is missing or unknown, or a shape differs.
    """
    if set(views) != set(given):
        odd = sorted(set(views) ^ set(given))
        raise BuildError(f"The parameters {', '.join(odd)} are missing or unknown.")
    for name, view in views.items():
        array = np.asarray(given[name])
        if array.shape != view.shape:
            raise BuildError(f"Parameter {name} has shape {array.shape}; it must be {view.shape}.")
        view[...] = array


def _views(flat: Array, shapes: list[Shape]) -> list[Array]:
    """One view for each shape, one after the other; a shape of () takes nothing."""
    views, start = [], 0
    for shape in shapes:
        end = start + _count(shape)
        views.append(flat[start:end].reshape(shape or (0,)))
        start = end
    return views


def _count(shape: Shape) -> int:
    return size(shape) if shape else 0
