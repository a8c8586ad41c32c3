"""The network as a script that needs nothing but NumPy: data, forward, backward, loss, optimizer, training loop.

Written to be read: one class per kind of layer, batch first, in float64. Only what the project uses stands in it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from playground.engine.layers import Layer
from playground.engine.layers.windows import windows_on
from playground.export import beside, initial, templates
from playground.export.errors import ExportError
from playground.export.numpy_parts import ACTIVATIONS, DECAY, LOSSES, NAMES, OPTIMIZERS, SOFTMAX
from playground.project import build
from playground.project.declarations import tag
from playground.project.model import Project
from playground.texts import Text
from playground.training.records import State

KINDS = (
    "dense",
    "activation",
    "batch_normalization",
    "flatten",
    "dropout",
    "conv2d",
    "max_pooling2d",
    "average_pooling2d",
    "global_average_pooling2d",
)
RULES = ("activity_regularizer", "kernel_constraint")
CLIPS = ("clipvalue", "clipnorm", "global_clipnorm")
USUAL = ("glorot_uniform", "zeros")
"""How kernels and biases start when nothing is said."""

WIDTH = 120
"""Letters in a line."""

FUSED = {"binary_crossentropy": "sigmoid", "categorical_crossentropy": "softmax"}


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
    _check(project)
    training, source = project.training, project.data.source
    layers = [layer for layer in project.network.layers if not layer.bypassed]
    used = [name for name in ACTIVATIONS if any(getattr(layer, "activation", "") == name for layer in layers)]
    softmax = any(getattr(layer, "activation", "") == "softmax" for layer in layers)
    numbers, optimizer = _numbers(project), msgspec.structs.asdict(training.optimizer)
    facts: dict[str, Any] = {
        **beside.facts(project, learned, title, stem),
        "learning_rate": training.optimizer.learning_rate,
        "activations": [*used, *(["softmax"] if softmax else [])],
        "activation_code": {**{name: _function(name) for name in used}, "softmax": f"{SOFTMAX}\n\n"},
        "initializers": initial.numpy_functions(_rules(layers)),
        "kinds": {tag(layer) for layer in layers},
        "layers": _layers(project),
        "numbers": numbers if numbers != list(range(len(numbers))) else [],
        "input_shape": "(n, " + ", ".join(map(str, build.input_shape(project))) + ")",
        "loss_code": _loss(project),
        "optimizer_code": _update(tag(training.optimizer), optimizer),
        "fused": FUSED.get(tag(training.loss), ""),
        "muted": any(layer.muted for layer in layers),
        "frozen": _places(project, lambda layer: not layer.trainable),
        "pulls": _pulls(project),
        "clips": {name: getattr(training.optimizer, name) for name in CLIPS},
        "l1": training.l1,
        "l2": training.l2,
        "metric": "accuracy" if source.class_names else "R²",
        "outputs": source.outputs,
        "threshold": training.loss.threshold,
    }
    return templates.filled("numpy.py.j2", facts)


def _check(project: Project) -> None:
    """Refuse what the script has no words for."""
    training = project.training
    for number, layer in enumerate(project.network.layers, start=1):
        if layer.bypassed:
            continue
        activation = getattr(layer, "activation", "linear")
        last = number == len(project.network.layers)
        if tag(layer) not in KINDS:
            raise _refused(Text("layer %1 (%2)", number, layer.title))
        if activation not in ACTIVATIONS and not (activation == "softmax" and last):
            raise _refused(Text("the activation %1 of layer %2", activation, number))
        if any(getattr(layer, rule, None) is not None for rule in RULES):
            raise _refused(Text("the activity regularizer and the constraint of layer %1", number))
    fused = FUSED.get(tag(training.loss))
    final = getattr(project.network.layers[-1], "activation", "linear")
    if tag(training.loss) not in LOSSES or (fused is not None and final != fused):
        raise _refused(Text("the loss %1 after %2", training.loss.title, final))
    if fused is None and final == "softmax":
        raise _refused(Text("the loss %1 after %2", training.loss.title, final))
    kind, optimizer = tag(training.optimizer), training.optimizer
    rms_momentum = kind == "rmsprop" and getattr(optimizer, "momentum", 0) != 0
    if kind not in OPTIMIZERS or rms_momentum:
        raise _refused(Text("the optimizer %1 with these settings", optimizer.title))
    if training.bug is not None or training.class_weight != "none":
        raise _refused(Text("class weights and planted bugs"))


def _refused(what: Text) -> ExportError:
    return ExportError(Text("The NumPy script has no words for %1. Change that, or export the weights.", what))


def _rules(layers: list[Layer]) -> set[str]:
    """The initializers that the layers use; the usual ones are the defaults of their classes."""
    own = {getattr(layer, f"{part}_initializer", "") for layer in layers for part in ("kernel", "bias")}
    return {*USUAL, *own} - {""}


def _starts(layer: Layer) -> str:
    """The last arguments of a layer whose weights do not start as usual."""
    rules = tuple(str(getattr(layer, f"{part}_initializer")) for part in ("kernel", "bias"))
    return "" if rules == USUAL else f", {', '.join(rules)}"


def _function(name: str) -> str:
    value, slope = ACTIVATIONS[name]
    line = f"{NAMES.get(name, name)} = (lambda z: {value}, lambda z: {slope})"
    return (
        line
        if len(line) <= WIDTH
        else line.replace("(lambda", "(\n    lambda", 1).replace(", lambda z: ", ",\n    lambda z: ")[:-1] + ",\n)"
    )


def _layers(project: Project) -> list[str]:
    """One line of source code for each layer."""
    shape, lines = build.input_shape(project), []
    for layer in project.network.layers:
        if not layer.bypassed:
            lines.append(_line(layer, shape))
            shape = layer.output_shape(shape)
            if layer.muted:
                lines.append(f"Mute({list(layer.muted)})")
    return lines


def _numbers(project: Project) -> list[int]:
    """The numbers that the lines of ``_layers`` have in the project and in the file of the weights, from 0."""
    layers = enumerate(project.network.layers)
    return [number for number, layer in layers if not layer.bypassed for _ in range(2 if layer.muted else 1)]


def _places(project: Project, wanted: Callable[[Layer], bool]) -> dict[int, Layer]:
    """The layers that are wanted, by their places in the list of the script."""
    numbers = _numbers(project)
    return {
        numbers.index(number): project.network.layers[number]
        for number in numbers
        if wanted(project.network.layers[number])
    }


def _pulls(project: Project) -> dict[int, str]:
    """What the kernel regularizers add to the gradient, as an expression of w, by the places of the layers."""
    found = {}
    for place, layer in _places(project, lambda layer: bool(layer.regularizers())).items():
        rule = layer.regularizers()["kernel"]
        parts = [(getattr(rule, "l1", 0.0), "{} * np.sign(w)"), (getattr(rule, "l2", 0.0), "2 * {} * w")]
        found[place] = " + ".join(words.format(size) for size, words in parts if size)
    return {place: words for place, words in found.items() if words}


def _line(layer: Layer, shape: tuple[int, ...]) -> str:
    kind, given = tag(layer), msgspec.structs.asdict(layer)
    named = given.get("activation", "")
    activation = "(softmax, None)" if named == "softmax" else NAMES.get(named, named)
    if kind == "dense":
        return f"Dense({shape[0]}, {given['units']}, {activation}{_starts(layer)})"
    if kind == "activation":
        return f"Activation({activation})"
    if kind == "dropout":
        return f"Dropout({given['rate']})"
    if kind == "batch_normalization":
        return f"BatchNormalization({shape[-1]}, {given['momentum']}, {given['epsilon']})"
    if kind in ("flatten", "global_average_pooling2d"):
        return f"{layer.title if kind == 'flatten' else 'GlobalAveragePooling2D'}()"
    size = given["kernel_size"] if kind == "conv2d" else given["pool_size"]
    places = windows_on(layer, shape, size, given["strides"] or size, given["padding"])
    before, after = places.before, places.after
    if kind == "conv2d":
        facts = (shape[2], given["filters"], places.kernel, places.strides, before, after, activation)
        return f"Conv2D({', '.join(map(str, facts))}{_starts(layer)})"
    if kind == "max_pooling2d":
        return f"MaxPooling2D({places.kernel}, {places.strides}, {before}, {after})"
    if any((*before, *after)):
        raise _refused(Text("mean pooling with padding"))
    return f"AveragePooling2D({places.kernel}, {places.strides})"


def _loss(project: Project) -> str:
    loss = project.training.loss
    value, gradient = (words.replace("DELTA", str(getattr(loss, "delta", ""))) for words in LOSSES[tag(loss)])
    fused = FUSED.get(tag(loss))
    by = f"the sums z before {fused}" if fused else "the predictions"
    return (
        f'def loss(p, t):\n    """{loss.title}."""\n    return {value}\n\n\n'
        f'def loss_gradient(p, t):\n    """How the loss changes with {by}."""\n    return {gradient}\n'
    )


def _update(kind: str, settings: dict[str, Any]) -> str:
    body = templates.environment().from_string(DECAY + OPTIMIZERS[kind]).render(settings)
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    name = f'"""One step of {kind} for the weights w with the gradient g; t is the number of the step."""'
    return f"def update(w, g, memory, t):\n    {name}\n{lines}\n"
