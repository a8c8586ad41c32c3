"""Make the network follow the data set: input shape, Flatten, output layer and loss."""

from typing import TYPE_CHECKING, Any

import msgspec

from playground.data.dataset import Task
from playground.engine import losses
from playground.engine.layers import Dense, Flatten, Layer, ShapeError
from playground.project.model import Project

if TYPE_CHECKING:
    from playground.data.sources import Source

OUTPUT_ACTIVATIONS = {Task.BINARY: "sigmoid", Task.MULTICLASS: "softmax", Task.REGRESSION: "linear"}
LOSSES = {
    Task.BINARY: "binary_crossentropy",
    Task.MULTICLASS: "categorical_crossentropy",
    Task.REGRESSION: "mean_squared_error",
}


def input_shape(project: Project) -> tuple[int, ...]:
    """The shape of one example as the network receives it: (features,) or (height, width, channels)."""
    return shape_of(project.data.source, project.data.features)


def shape_of(source: "Source", features: tuple[str, ...]) -> tuple[int, ...]:
    """The input shape that a source gives with these features of the plane."""
    return (len(features),) if source.input_kind == "plane" else source.input_shape


def output_layer(source: "Source") -> Layer:
    """The usual output layer for a source: one unit per output, with the activation that suits the task."""
    return Dense(units=source.outputs, activation=OUTPUT_ACTIVATIONS[source.task])


def loss_for(project: Project, source: "Source") -> Any:
    """The project's own loss where the task stays the same, else the usual one for the task."""
    return project.training.loss if source.task is project.data.source.task else usual_loss(source)


def usual_loss(source: "Source") -> Any:
    """The usual loss for the task of a source."""
    return losses.get(LOSSES[source.task])


def layers_for(project: Project, source: "Source") -> tuple[tuple[Layer, ...], tuple[int | None, ...]]:
    """The project's layers made to fit another source, and for each the index of the layer it stems from."""
    old, layers = project.data.source, project.network.layers
    hidden: list[tuple[int | None, Layer]] = list(enumerate(layers[:-1]))
    if source.input_kind != "image":
        hidden = _without_image_layers(hidden, shape_of(source, project.data.features))
    elif not any(isinstance(layer, Flatten) for _, layer in hidden):
        dense = [place for place, (_, layer) in enumerate(hidden) if isinstance(layer, Dense)]
        hidden.insert(dense[0] if dense else len(hidden), (None, Flatten()))
    last, last_origin = layers[-1], len(layers) - 1
    if source.task is not old.task or not isinstance(last, Dense):
        end: tuple[int | None, Layer] = (None, output_layer(source))
    elif source.outputs != old.outputs:
        end = (None, msgspec.structs.replace(last, units=source.outputs))
    else:
        end = (last_origin, last)
    fitted = [*hidden, end]
    return tuple(layer for _, layer in fitted), tuple(index for index, _ in fitted)


def _without_image_layers(
    hidden: list[tuple[int | None, Layer]], shape: tuple[int, ...]
) -> list[tuple[int | None, Layer]]:
    """Leave out Flatten and every layer that cannot take a flat input."""
    kept = []
    for index, layer in hidden:
        if isinstance(layer, Flatten):
            continue
        try:
            shape = layer.output_shape(shape)
        except ShapeError:
            continue
        kept.append((index, layer))
    return kept
