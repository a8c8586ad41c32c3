"""What must hold before anything is computed: wrong use is told at once, in a sentence that names the remedy."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import DTypeLike

from playground.engine.errors import BuildError
from playground.engine.layers.base import Layer, Shape, ShapeError, shape_after
from playground.engine.losses import Loss
from playground.engine.optimizers import Optimizer
from playground.engine.schedules import Schedule
from playground.engine.settings import SettingError, check


def input_shape(given: Iterable[int] | Any) -> Shape:
    """The shape of one example: a list (features,) or an image (height, width, channels)."""
    shape = tuple(given) if isinstance(given, Iterable) else ()
    if len(shape) not in (1, 3) or not all(isinstance(side, int | np.integer) and side >= 1 for side in shape):
        raise BuildError(
            f"The input shape is {given}; it must be (features,) or (height, width, channels), whole numbers from 1."
        )
    return tuple(map(int, shape))


def dtype(given: DTypeLike) -> np.dtype[Any]:
    """The kind of numbers that a network computes with."""
    found = np.dtype(given)
    if found not in (np.float32, np.float64):
        raise BuildError(f"The network cannot compute with {found} numbers; choose float32 or float64.")
    return found


def layers(given: Sequence[Layer]) -> Sequence[Layer]:
    """Layers that a network can be made of."""
    if not given:
        raise BuildError("The network has no layers; it needs at least an output layer.")
    for index, layer in enumerate(given):
        if not isinstance(layer, Layer):
            raise BuildError(f"Layer {index + 1} is {layer!r}, which is no layer; choose one from engine.layers.")
    if given[-1].muted or given[-1].bypassed:
        raise BuildError("The output layer makes the prediction: it can be neither bypassed nor muted.")
    return given


def shapes(given: Sequence[Layer], first: Shape) -> tuple[Shape, ...]:
    """The output shapes of layers one behind the other, of which the first gets the shape ``first``."""
    found = [first]
    for index, layer in enumerate(given):
        try:
            found.append(shape_after(layer, found[-1]))
        except (ShapeError, SettingError) as error:
            raise BuildError(f"Layer {index + 1} ({layer.title}): {error}") from error
    return tuple(found[1:])


def output(loss: Loss, activation: str, shape: Shape) -> None:
    """Whether the output layer gives what the loss can judge."""
    if activation == "softmax" and len(shape) > 1:
        raise BuildError("The output is an image; softmax needs a list of classes there: end with a Dense layer.")
    if activation == "softmax" and shape[-1] == 1:
        raise BuildError(
            "Softmax compares several outputs; with 1 unit it always gives 1. Choose sigmoid or linear there, or give "
            "the output layer one unit per class."
        )
    loss.check(activation, shape)


def training(
    loss: Loss, optimizer: Optimizer, schedule: Schedule | None, batch_size: int, l1: float, l2: float
) -> None:
    """Whether the settings of a training are of the right kinds and in their ranges."""
    _settings("loss", loss, Loss)
    _settings("optimizer", optimizer, Optimizer)
    if schedule is not None:
        _settings("schedule", schedule, Schedule)
    if batch_size < 1:
        raise BuildError(f"The batch size is {batch_size}; a mini-batch needs at least 1 example.")
    if not (0 <= l1 < np.inf and 0 <= l2 < np.inf):
        raise BuildError(f"The penalties are l1 = {l1} and l2 = {l2}; both must be finite numbers, 0 or more.")


def _settings(name: str, given: Any, kind: type[msgspec.Struct]) -> None:
    if not isinstance(given, kind):
        raise BuildError(f"The {name} is {given!r}; make one by engine.{_plural(name)}.get, with a name from the list.")
    try:
        check(given)
    except SettingError as error:
        raise BuildError(f"The {name} ({given.title}): {error}") from error  # type: ignore[attr-defined]


def _plural(name: str) -> str:
    return {"loss": "losses"}.get(name, f"{name}s")
