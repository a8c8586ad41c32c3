"""What a layer is: a frozen declaration that knows its shapes and records its maths."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

import msgspec
import numpy as np

from playground.engine.constraints import Constraint
from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry
from playground.engine.regularizers import Regularizer
from playground.engine.settings import check, flag
from playground.engine.tensors import Shape, Tensor, size
from playground.texts import Text

__all__ = [
    "LAYERS",
    "Layer",
    "Memory",
    "Shape",
    "ShapeError",
    "Tensor",
    "activation_of",
    "image_shape",
    "shape_after",
    "size",
]


class ShapeError(ValueError):
    """An input shape that a layer cannot take; the message says what it got and what it needs."""


@dataclass
class Memory:
    """What one layer keeps while a network runs: its weights, their gradient, moving statistics and scratch arrays.

    training: whether the layer behaves as in training. rng: where layers that need chance draw from in training.
    """

    weights: Array
    gradient: Array
    moving: Array
    training: bool = False
    rng: np.random.Generator = field(default_factory=np.random.default_rng)
    scratch: dict[str, Any] = field(default_factory=dict)

    def array(self, name: str, *shape: int, fill: float = 0.0) -> Array:
        """The scratch array of this name: made at first, then the same at every recording, forward and backward."""
        if name not in self.scratch:
            self.scratch[name] = np.full(shape, fill, self.weights.dtype)
        found: Array = self.scratch[name]
        return found


class Layer(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Base of all layers: settings only; arrays are handed in.

    ``forward`` and ``backward`` do not calculate: they write down, once, the NumPy calls that every training step
    replays. Tensors are batch-last. ``reads_rows``: the layer can read the examples where they stand, one per row; for
    others they are first turned. The three settings that every layer has stand behind its own, by name only.
    """

    title: ClassVar[str]
    help: ClassVar[str]
    reads_rows: ClassVar[bool] = False

    trainable: Annotated[
        bool, flag("Trainable", "Training changes the weights; a frozen layer keeps them.", shared=True)
    ] = True
    bypassed: Annotated[
        bool, flag("Bypassed", "The layer passes its input on unchanged; its weights wait.", shared=True)
    ] = False
    muted: Annotated[
        tuple[Annotated[int, msgspec.Meta(ge=0)], ...],
        flag("Muted units", "Their output is 0, in training and afterwards.", shared=True),
    ] = ()

    @property
    def differs_in_training(self) -> bool:
        """Whether the layer does something else in training than afterwards."""
        return False

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape of what comes out.

        Raises:
            ShapeError: when ``input_shape`` does not fit.
        """
        return input_shape

    def shares(self, input_shape: Shape) -> bool:
        """Whether the output is the input itself, only seen in another shape."""
        return False

    def parameter_shape(self, input_shape: Shape) -> Shape:
        """The shape of the weights, with the bias in the last row; () when there are none."""
        return ()

    def initialize(self, weights: Array, input_shape: Shape, rng: np.random.Generator) -> None:
        """Draw the initial weights."""

    def named_parameters(self, weights: Array, input_shape: Shape) -> dict[str, Array]:
        """Views of the weights by their Keras names, in Keras' shapes."""
        return {}

    def frozen(self, input_shape: Shape) -> Iterator[slice]:
        """Where among the weights (in a flat vector) those stand that training leaves alone."""
        if not self.trainable:
            yield slice(0, size(self.parameter_shape(input_shape) or (0,)))

    def moving_shape(self, input_shape: Shape) -> Shape:
        """The shape of the statistics that training gathers without a gradient; () when there are none."""
        return ()

    def initialize_moving(self, moving: Array, input_shape: Shape) -> None:
        """Set the statistics to what they are before training."""

    def named_moving(self, moving: Array, input_shape: Shape) -> dict[str, Array]:
        """Views of the statistics by their Keras names."""
        return {}

    def regularizers(self) -> dict[str, Regularizer]:
        """Penalties on parameters, by the parameters' names."""
        return _of_kernel(getattr(self, "kernel_regularizer", None))

    def constraints(self) -> dict[str, Constraint]:
        """What parameters must keep to after every update, by the parameters' names."""
        return _of_kernel(getattr(self, "kernel_constraint", None))

    def forward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Record y.value from x.value."""
        raise NotImplementedError

    def backward(self, ops: Recorder, x: Tensor, y: Tensor, m: Memory) -> None:
        """Record m.gradient and, where x.gradient is wanted, x.gradient, both from y.gradient."""
        raise NotImplementedError

    def inside(self, m: Memory) -> Iterator[tuple["Layer", Tensor]]:
        """Layers within this one, each with its output in a running network."""
        yield from ()


LAYERS: Registry[type[Layer]] = Registry("layer")


def activation_of(layer: Layer) -> str:
    """The name of a layer's activation; "linear" for layers without one."""
    return str(getattr(layer, "activation", "linear"))


def shape_after(layer: Layer, input_shape: Shape) -> Shape:
    """The shape of what comes out of a layer, whose settings are looked at, too.

    Raises:
        ShapeError: when the input does not fit, or units are muted that the layer does not have.
        SettingError: when a setting is out of its range.
    """
    shape = check(layer).output_shape(input_shape)
    odd = [unit for unit in layer.muted if not 0 <= unit < shape[-1]]
    if odd:
        raise ShapeError(Text("unit %1 is muted, but there are only %2.", odd[0] + 1, shape[-1]))
    if layer.muted and activation_of(layer) == "softmax":
        raise ShapeError(Text("softmax shares 1 out among all units, so none can be muted alone."))
    return shape


def image_shape(layer: Layer, input_shape: Shape) -> tuple[int, int, int]:
    """Height, width and channels of an input that must be an image.

    Raises:
        ShapeError: when it is none.
    """
    if len(input_shape) != 3:
        raise ShapeError(
            Text(
                "%1 needs an image (height, width, channels), but gets the shape %2; "
                "put it before Flatten, or after a Reshape to an image.",
                Text(layer.title),
                str(input_shape),
            )
        )
    height, width, channels = input_shape
    return height, width, channels


def _of_kernel(rule: Any) -> dict[str, Any]:
    return {} if rule is None else {"kernel": rule}
