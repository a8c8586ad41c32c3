"""Residual: a stack of layers with a way around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import msgspec
import numpy as np

from playground.engine.activations import ACTIVATIONS
from playground.engine.constraints import Constraint
from playground.engine.layers.base import LAYERS, Layer, Memory, Shape, ShapeError, Tensor, shape_after
from playground.engine.layers.bypass import placed
from playground.engine.layers.convolution import Conv2D
from playground.engine.layers.dense import Dense
from playground.engine.layers.parts import Part, Parts
from playground.engine.layers.passes import record_activation, record_layer_backward
from playground.engine.recorder import Array, Recorder
from playground.engine.regularizers import Regularizer
from playground.engine.settings import SettingError, choice, flag
from playground.engine.tensors import make_tensors
from playground.texts import Text

if TYPE_CHECKING:
    AnyLayer = Layer


@dataclass
class Stack:
    """The inner layers in a running network: tensors (input first), memories; ``side``: the projection likewise."""

    tensors: list[Tensor]
    memories: list[Memory]
    side: tuple[Layer, Tensor, Memory] | None = None


@LAYERS.register("residual")
class Residual(Layer, frozen=True, tag="residual"):
    """y = f(x + inner(x)): the inner layers learn only what is to be added to x.

    Where their output has another shape than x, x first goes through a projection: a linear Dense layer, or for images
    a Conv2D layer with a window of one pixel and the strides that give that height and width. Its weights are called
    "projection.kernel" and "projection.bias", those of the inner layers "inner.0.kernel" and so on.
    Source: He et al., 2015. Keras and PyTorch leave this to the user's own code.
    """

    title = "Residual"
    help = "A stack of layers and a way around it: very deep networks still learn."

    inner: Annotated[tuple["AnyLayer", ...], flag("Inner layers", "The stack whose output is added to its input.")] = (
        Dense(4, "tanh"),
    )
    activation: Annotated[str, choice("Activation", "How each sum is bent.", ACTIVATIONS.names)] = "linear"

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "inner", tuple(self.inner))

    @property
    def differs_in_training(self) -> bool:
        return any(layer.differs_in_training for layer in self._inside())

    def output_shape(self, input_shape: Shape) -> Shape:
        shape = self._shapes(input_shape)[-1]
        self._projection(input_shape, shape)
        return shape

    def parameter_shape(self, input_shape: Shape) -> Shape:
        return (self._parts(input_shape).size,)

    def frozen(self, input_shape: Shape) -> Iterator[slice]:
        yield from self._parts(input_shape).frozen() if self.trainable else super().frozen(input_shape)

    def moving_shape(self, input_shape: Shape) -> Shape:
        return (self._parts(input_shape).moving_size,)

    def initialize(self, weights: Array, input_shape: Shape, rng: np.random.Generator) -> None:
        self._parts(input_shape).initialize(weights, rng)

    def initialize_moving(self, moving: Array, input_shape: Shape) -> None:
        self._parts(input_shape).initialize_moving(moving)

    def named_parameters(self, weights: Array, input_shape: Shape) -> dict[str, Array]:
        return self._parts(input_shape).named(weights)

    def named_moving(self, moving: Array, input_shape: Shape) -> dict[str, Array]:
        return self._parts(input_shape).named_moving(moving)

    def regularizers(self) -> dict[str, Regularizer]:
        return {
            f"inner.{index}.{name}": rule
            for index, layer in enumerate(self._inside())
            for name, rule in layer.regularizers().items()
        }

    def constraints(self) -> dict[str, Constraint]:
        return {
            f"inner.{index}.{name}": rule
            for index, layer in enumerate(self._inside())
            for name, rule in layer.constraints().items()
        }

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Record y = inner(x) + x, or + projection(x)."""
        stack = self._stack(x, y, m)
        ops.call(np.copyto, stack.tensors[0].value, x.value)
        for layer, before, after, memory in self._steps(stack):
            layer.forward(ops, before, after, memory)
            record_activation(ops, layer, after)
        around = stack.tensors[0]
        if stack.side is not None:
            projection, around, memory = stack.side
            projection.forward(ops, stack.tensors[0], around, memory)
        ops.call(np.add, stack.tensors[-1].value, around.value, y.value)

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """∂L/∂y goes both ways, and what comes back from both adds up to ∂L/∂x."""
        stack = self._stack(x, y, m)
        first, last = stack.tensors[0], stack.tensors[-1]
        ops.call(np.copyto, last.gradient, y.gradient)
        for layer, before, after, memory in reversed(self._steps(stack)):
            wanted = before if x.gradient is not None or before is not first else first.without_gradient()
            record_layer_backward(ops, layer, wanted, after, memory)
        around = y.gradient
        if stack.side is not None:
            projection, side, memory = stack.side
            side.gradient, around = y.gradient, x.gradient
            projection.backward(ops, Tensor(x.shape, first.value, first.value1, x.gradient, x.gradient1), side, memory)
        if x.gradient is not None:
            ops.call(np.add, first.gradient, around, x.gradient)

    def inside(self, m: Memory) -> Iterator[tuple[Layer, Tensor]]:
        for layer, _, after, memory in self._steps(m.scratch["stack"]):
            yield layer, after
            yield from layer.inside(memory)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _inside(self) -> tuple[Layer, ...]:
        """The inner layers as they run: frozen with the block, and bypassed one by one."""
        inner = (layer if self.trainable else msgspec.structs.replace(layer, trainable=False) for layer in self.inner)
        return tuple(map(placed, inner))

    def _shapes(self, input_shape: Shape) -> list[Shape]:
        """The input's shape and the output shapes of the inner layers."""
        if not self.inner:
            raise ShapeError(Text("It holds no layers; it needs at least one."))
        shapes = [tuple(input_shape)]
        for index, layer in enumerate(self._inside()):
            try:
                shapes.append(shape_after(layer, shapes[-1]))
            except (ShapeError, SettingError) as error:
                raise ShapeError(
                    Text("inside, layer %1 (%2): %3", index + 1, Text(layer.title), error.args[0])
                ) from error
        return shapes

    def _projection(self, input_shape: Shape, output_shape: Shape) -> Layer | None:
        """The layer that gives x the shape of the sum; None where it has it."""
        if input_shape == output_shape:
            return None
        if len(input_shape) == len(output_shape) == 1:
            return Dense(output_shape[0])
        if len(input_shape) == len(output_shape) == 3:
            down, right = (-(-before // after) for before, after in zip(input_shape[:2], output_shape[:2], strict=True))
            projection = Conv2D(output_shape[2], 1, strides=(down, right))
            if projection.output_shape(input_shape) == output_shape:
                return projection
        raise ShapeError(
            Text(
                "It gets the shape %1, but its inner layers give %2, and no projection leads from one to the other; "
                "choose the padding “same” for the inner layers, or leave out what changes the shape.",
                str(input_shape),
                str(output_shape),
            )
        )

    def _parts(self, input_shape: Shape) -> Parts:
        """All layers with parameters: the inner ones, then the projection."""
        shapes = self._shapes(input_shape)
        inner = zip(self._inside(), shapes[:-1], strict=True)
        parts = [Part(f"inner.{index}", *pair) for index, pair in enumerate(inner)]
        projection = self._projection(input_shape, shapes[-1])
        return Parts(parts if projection is None else [*parts, Part("projection", projection, input_shape)])

    def _steps(self, stack: Stack) -> list[tuple[Layer, Tensor, Tensor, Memory]]:
        """The inner layers in order, each with its input, its output and its memory."""
        return list(zip(self._inside(), stack.tensors[:-1], stack.tensors[1:], stack.memories, strict=True))

    def _stack(self, x: Tensor, y: Tensor, m: Memory) -> Stack:
        """The inner layers bound to the batch of ``x``; made at the first recording."""
        if "stack" in m.scratch:
            found: Stack = m.scratch["stack"]
            return found
        batch, dtype, shapes = x.value.shape[1], m.weights.dtype, self._shapes(x.shape)
        shared = [False, *(layer.shares(shape) for layer, shape in zip(self._inside(), shapes[:-1], strict=True))]
        tensors = make_tensors(shapes, shared, batch, dtype, training=m.training, slopes=False)
        memories = self._parts(x.shape).memories(m.weights, m.gradient, m.moving, m.training, m.rng)
        stack = Stack(tensors, memories[: len(self.inner)])
        projection = self._projection(x.shape, y.shape)
        if projection is not None:
            (side,) = make_tensors([y.shape], [False], batch, dtype, training=False, slopes=False)
            stack.side = projection, side, memories[-1]
        m.scratch["stack"] = stack
        return stack


if not TYPE_CHECKING:
    AnyLayer = LAYERS.union()  # all that may stand inside, also a Residual
