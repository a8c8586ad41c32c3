"""The network as a Keras 3 script: the names of this program are Keras' own, so little has to be translated."""

import json
from pathlib import Path
from typing import Any

import msgspec

from playground.engine.initializers import Constant
from playground.engine.layers import AveragePooling2D, Layer
from playground.engine.layers.windows import windows_on
from playground.engine.regularizers import L1, L1L2, L2
from playground.export import arrays, beside, templates
from playground.export.errors import ExportError
from playground.project import build
from playground.project.declarations import tag
from playground.project.model import Project, TrainingSettings
from playground.texts import Text
from playground.training.records import State

Names = tuple[str, ...]
OWN = ("trainable", "bypassed", "muted")
"""Settings of layers that Keras does not know, or knows elsewhere."""

NAMES = {
    "dense": "Dense",
    "activation": "Activation",
    "dropout": "Dropout",
    "gaussian_noise": "GaussianNoise",
    "batch_normalization": "BatchNormalization",
    "layer_normalization": "LayerNormalization",
    "conv2d": "Conv2D",
    "depthwise_conv2d": "DepthwiseConv2D",
    "max_pooling2d": "MaxPooling2D",
    "average_pooling2d": "AveragePooling2D",
    "global_average_pooling2d": "GlobalAveragePooling2D",
    "flatten": "Flatten",
    "reshape": "Reshape",
}
LOSSES = {
    "mean_squared_error": "MeanSquaredError",
    "mean_absolute_error": "MeanAbsoluteError",
    "huber": "Huber",
    "log_cosh": "LogCosh",
    "binary_crossentropy": "BinaryCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "hinge": "Hinge",
    "squared_hinge": "SquaredHinge",
    "kl_divergence": "KLDivergence",
    "poisson": "Poisson",
}
OPTIMIZERS = {
    "sgd": "SGD",
    "adagrad": "Adagrad",
    "adadelta": "Adadelta",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
    "adamax": "Adamax",
    "nadam": "Nadam",
    "lion": "Lion",
}
PENALTIES = ("kernel_regularizer", "depthwise_regularizer")
CLIPS = ("clipvalue", "clipnorm", "global_clipnorm")
ACTIVATIONS = {"sine": "keras.ops.sin"}
"""Activations that Keras has under another name."""

KERAS_THRESHOLD = 0.5
"""Above this output Keras' "accuracy" counts the second class."""

PARTS = ("kernel", "depthwise_kernel", "gamma", "beta", "bias", "moving_mean", "moving_variance")
"""The order in which Keras takes the weights of a layer."""


def write(path: Path, project: Project, state: State | None, title: str) -> None:
    """Write the script, its data beside it, and the weights where there are learned ones.

    Raises:
        ExportError: when the project has something that the script has no words for, or a file cannot be written.
    """
    beside.write(path, text(project, beside.trained(state), title, path.stem), project, state)


def text(project: Project, learned: bool, title: str, stem: str = "network") -> str:
    """The script. learned: it loads weights that stand beside it. stem: the name of its file, without the ending.

    Quick, however large the network: nothing is built, and no data is drawn.

    Raises:
        ExportError: when the project has something that the script has no words for, or its layers do not fit.
    """
    beside.check(project)
    training = project.training
    if training.bug is not None:
        raise _refused(Text("planted bugs"))
    lines = _layers(project)
    facts: dict[str, Any] = {
        **beside.facts(project, learned, title, stem),
        "input_shape": repr(build.input_shape(project)),
        "layers": lines,
        "weights": _weights(project),
        "loss": _call("losses", LOSSES[tag(training.loss)], training.loss),
        "optimizer": _optimizer(project),
        "metric": _metric(project),
        "penalized": any("regularizer" in line for line in lines),
        "balanced": training.class_weight == "balanced" and bool(project.data.source.class_names),
        "outputs": project.data.source.outputs,
    }
    return templates.filled("keras.py.j2", facts)


def _refused(what: Text) -> ExportError:
    return ExportError(Text("The Keras script has no words for %1. Change that, or export the weights.", what))


def _layers(project: Project) -> list[str]:
    """One line of source code for each layer."""
    shape, training = build.input_shape(project), project.training
    lines: list[str] = []
    for number, layer in enumerate(project.network.layers, start=1):
        if layer.bypassed:
            continue
        if isinstance(layer, AveragePooling2D):
            window = windows_on(layer, shape, layer.pool_size, layer.strides or layer.pool_size, layer.padding)
            if any((*window.before, *window.after)):  # Keras counts the zeros around the image on some backends
                raise _refused(Text("mean pooling with padding"))
        lines.append(_layer(_penalized(layer, training), number))
        if layer.muted:
            shown = [int(unit not in layer.muted) for unit in range(layer.output_shape(shape)[-1])]
            lines.append(f'layers.Rescaling({shown}, name="muted_{number}")')
        shape = layer.output_shape(shape)
    return lines


def _penalized(layer: Layer, training: TrainingSettings) -> Layer:
    """The layer with the L1 and L2 that are meant for all kernels as part of its own regularizer."""
    name = next((name for name in PENALTIES if hasattr(layer, name)), "")
    if not name or not (training.l1 or training.l2):
        return layer
    own = getattr(layer, name)
    l1, l2 = (getattr(training, part) + getattr(own, part, 0.0) for part in ("l1", "l2"))
    both = L1L2(l1, l2) if l1 and l2 else L1(l1) if l1 else L2(l2)
    return msgspec.structs.replace(layer, **{name: both})


def _layer(layer: Layer, number: int) -> str:
    if tag(layer) not in NAMES:
        raise _refused(Text("layer %1 (%2)", number, layer.title))
    if getattr(layer, "activation", "linear") == "step":
        raise _refused(Text("the activation %1 of layer %2", "step", number))
    settings = _changed(layer, always=("kernel_size",), leave_out=OWN)
    if tag(layer) == "flatten" or tag(layer) == "global_average_pooling2d":
        settings = {}
    words = [f"{name}={_value(name, value)}" for name, value in settings.items()]
    if not layer.trainable:
        words.append("trainable=False")
    return f"layers.{NAMES[tag(layer)]}({', '.join(words)})"


def _metric(project: Project) -> str:
    source, threshold = project.data.source, project.training.loss.threshold
    if not source.class_names:
        return "keras.metrics.R2Score()"
    if source.outputs == 1 and threshold != KERAS_THRESHOLD:
        return f'keras.metrics.BinaryAccuracy("accuracy", threshold={threshold})'
    return '"accuracy"'


def _optimizer(project: Project) -> str:
    optimizer = project.training.optimizer
    if sum(getattr(optimizer, name) is not None for name in CLIPS) > 1:
        raise _refused(Text("more than one way to clip the gradient"))
    if tag(optimizer) == "adamw" and optimizer.weight_decay is None:
        optimizer = msgspec.structs.replace(optimizer, weight_decay=0.0)  # Keras asks for a number here
    return _call("optimizers", OPTIMIZERS[tag(optimizer)], optimizer, always=("learning_rate",))


def _call(module: str, name: str, settings: msgspec.Struct, always: tuple[str, ...] = ()) -> str:
    words = [f"{key}={value!r}" for key, value in _changed(settings, always=always).items()]
    return f"{module}.{name}({', '.join(words)})"


def _changed(
    settings: msgspec.Struct, *, always: tuple[str, ...] = (), leave_out: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The settings that are not at their defaults, which are Keras' own; ``units`` and the like are always told."""
    wanted: dict[str, Any] = {}
    first = settings.__struct_fields__[:1]
    for field in msgspec.structs.fields(settings):
        value = getattr(settings, field.name)
        if field.name in leave_out or (value == field.default and field.name not in (*always, *first, "activation")):
            continue
        if value is not None and value != "linear":
            wanted[field.name] = value
    return wanted


def _value(name: str, value: Any) -> str:
    if name == "activation" and value in ACTIVATIONS:
        return ACTIVATIONS[value]
    if name.endswith("initializer") and value == "constant":
        return f"keras.initializers.Constant({Constant().value})"
    if isinstance(value, msgspec.Struct):
        place = "constraints" if name.endswith("constraint") else "regularizers"
        kind = "".join(part.capitalize() for part in tag(value).split("_")).replace("L1l2", "L1L2")
        words = ", ".join(f"{field}={getattr(value, field)!r}" for field in value.__struct_fields__)
        return f"keras.{place}.{kind}({words})"
    return json.dumps(value) if isinstance(value, str) else repr(value)


def _weights(project: Project) -> dict[int, list[str]]:
    """For each layer of the Keras model the names of its weights in the file, in Keras' order."""
    names = arrays.shapes(project)
    found: dict[int, list[str]] = {}
    place = 0
    for number, layer in enumerate(project.network.layers):
        if layer.bypassed:
            continue
        own = [f"{number}.{part}" for part in PARTS if f"{number}.{part}" in names]
        if own:
            found[place] = own
        place += 2 if layer.muted else 1
    return found
