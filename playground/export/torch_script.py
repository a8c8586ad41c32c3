"""The network as a PyTorch script, which differs in logits, the momentum of normalisation and the order of axes."""

from pathlib import Path
from typing import Any

import msgspec

from playground.engine.layers import Layer
from playground.engine.layers.windows import windows_on
from playground.export import arrays, beside, initial, templates
from playground.export.errors import ExportError
from playground.project import build
from playground.project.declarations import tag
from playground.project.model import Project
from playground.texts import Text
from playground.training.records import State

ACTIVATIONS = {
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.2)",
    "elu": "nn.ELU()",
    "selu": "nn.SELU()",
    "gelu": "nn.GELU()",
    "silu": "nn.SiLU()",
    "softplus": "nn.Softplus()",
    "softsign": "nn.Softsign()",
    "tanh": "nn.Tanh()",
    "sigmoid": "nn.Sigmoid()",
    "hard_sigmoid": "nn.Hardsigmoid()",
    "sine": "Sine()",
    "softmax": "nn.Softmax(dim=1)",
}
LOSSES = {
    "mean_squared_error": "nn.MSELoss()",
    "mean_absolute_error": "nn.L1Loss()",
    "binary_crossentropy": "nn.BCEWithLogitsLoss()",
    "categorical_crossentropy": "nn.CrossEntropyLoss()",
}
FUSED = {"binary_crossentropy": "sigmoid", "categorical_crossentropy": "softmax"}
OPTIMIZERS = {
    "sgd": "SGD({parameters}, lr={learning_rate}, momentum={momentum}, nesterov={nesterov})",
    "adam": "Adam({parameters}, lr={learning_rate}, betas=({beta_1}, {beta_2}), eps={epsilon}, amsgrad={amsgrad})",
    "adamw": "AdamW({parameters}, lr={learning_rate}, betas=({beta_1}, {beta_2}), eps={epsilon}, "
    "weight_decay={weight_decay})",
    "rmsprop": "RMSprop({parameters}, lr={learning_rate}, alpha={rho}, eps={epsilon}, momentum={momentum})",
    "adagrad": "Adagrad({parameters}, lr={learning_rate}, initial_accumulator_value={initial_accumulator_value}, "
    "eps={epsilon})",
    "adadelta": "Adadelta({parameters}, lr={learning_rate}, rho={rho}, eps={epsilon})",
    "adamax": "Adamax({parameters}, lr={learning_rate}, betas=({beta_1}, {beta_2}), eps={epsilon})",
    "nadam": "NAdam({parameters}, lr={learning_rate}, betas=({beta_1}, {beta_2}), eps={epsilon})",
}
RULES = ("kernel_regularizer", "activity_regularizer", "kernel_constraint")
Weights = list[tuple[int, str, tuple[int, ...]]]
"""For each weight in the file: the number of its module, its name, the order of its axes."""

ORDERS = {2: (1, 0), 4: (3, 2, 0, 1), 1: (0,)}
"""Keras' order of axes of a kernel → PyTorch's."""


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
    training, source = project.training, project.data.source
    fused = FUSED.get(tag(training.loss), "")
    shape = build.input_shape(project)
    shapes = arrays.shapes(project)
    lines, weights = _modules(project, fused, shapes)
    facts: dict[str, Any] = {
        **beside.facts(project, learned, title, stem),
        "image": len(shape) == 3,
        "input_shape": "(n, " + ", ".join(map(str, shape)) + ")",
        "activations": {getattr(layer, "activation", "") for layer in project.network.layers},
        "layers": lines,
        "weights": weights,
        "starts": _starts(project, weights, shapes),
        "logits_note": f"the model gives logits: the loss holds the {fused}" if fused else "the layers, in their order",
        "final": {"sigmoid": "torch.sigmoid", "softmax": "nn.Softmax(dim=1)"}.get(fused, "nn.Identity()"),
        "loss": _loss(project),
        "optimizer": _optimizer(project),
        "metric": "accuracy" if source.class_names else "R²",
        "outputs": source.outputs,
        "threshold": 0.0 if fused else training.loss.threshold,
    }
    return templates.filled("torch.py.j2", facts)


def _refused(what: Text) -> ExportError:
    return ExportError(Text("The PyTorch script has no words for %1. Change that, or export the weights.", what))


def _loss(project: Project) -> str:
    loss, final = project.training.loss, getattr(project.network.layers[-1], "activation", "linear")
    if tag(loss) not in LOSSES or FUSED.get(tag(loss), final) != final:
        raise _refused(Text("the loss %1 after %2", loss.title, final))
    if project.training.class_weight != "none" or project.training.bug is not None:
        raise _refused(Text("class weights and planted bugs"))
    return LOSSES[tag(loss)]


def _optimizer(project: Project) -> str:
    optimizer, training = project.training.optimizer, project.training
    clipped = any(getattr(optimizer, name) is not None for name in ("clipvalue", "clipnorm", "global_clipnorm"))
    decayed = optimizer.weight_decay is not None and tag(optimizer) != "adamw"
    if tag(optimizer) not in OPTIMIZERS or clipped or decayed or training.l1 or training.l2:
        raise _refused(Text("the optimizer %1 with these settings, or L1 and L2", optimizer.title))
    settings = {name: getattr(optimizer, name) for name in optimizer.__struct_fields__}
    settings["weight_decay"] = optimizer.weight_decay or 0.0
    return "torch.optim." + OPTIMIZERS[tag(optimizer)].format(parameters="model.parameters()", **settings)


def _modules(project: Project, fused: str, shapes: arrays.Shapes) -> tuple[list[str], Weights]:
    """The lines of the model, and for each weight in the file: module, name, order of its axes."""
    shape = build.input_shape(project)
    lines: list[str] = []
    weights: Weights = []
    last = len(project.network.layers) - 1
    for number, layer in enumerate(project.network.layers):
        if layer.bypassed:
            continue
        found = _lines(layer, shape, number + 1)
        place = len(lines) + next((at for at, line in enumerate(found) if _learns(line)), 0)
        own = [name for name in shapes if name.startswith(f"{number}.")]
        weights += [(place, name, ORDERS[len(shapes[name])]) for name in own]
        lines += found
        shape = layer.output_shape(shape)
        activation = getattr(layer, "activation", "linear")
        if activation != "linear" and not (number == last and activation == fused):
            if activation not in ACTIVATIONS:
                raise _refused(Text("the activation %1 of layer %2", activation, number + 1))
            lines.append(ACTIVATIONS[activation])
    return lines, weights


def _starts(project: Project, weights: Weights, shapes: arrays.Shapes) -> list[str]:
    """One call for every kernel and bias: the first weights are drawn by the initializers of the project."""
    found = []
    for place, name, _ in weights:
        number, part = name.split(".")
        rule = getattr(project.network.layers[int(number)], f"{part}_initializer", "")
        if rule:
            tensor = f"model[{place}].{'weight' if part == 'kernel' else 'bias'}"
            found.append(initial.torch_call(rule, tensor, shapes[name]))
    return found


def _learns(line: str) -> bool:
    return line.startswith(("nn.Linear", "nn.Conv2d", "nn.BatchNorm"))


def _lines(layer: Layer, shape: tuple[int, ...], number: int) -> list[str]:
    """The modules of one layer, without its activation."""
    kind, given = tag(layer), msgspec.structs.asdict(layer)
    if layer.muted or not layer.trainable or any(given.get(rule) is not None for rule in RULES):
        raise _refused(Text("muted units, frozen layers, regularizers and constraints, as in layer %1", number))
    if kind == "dense":
        return [f"nn.Linear({shape[0]}, {given['units']})"]
    if kind == "activation":
        return []
    if kind == "dropout":
        return [f"nn.Dropout({given['rate']})"]
    if kind == "flatten":
        return (["ChannelsLast()"] if len(shape) == 3 else []) + ["nn.Flatten()"]
    if kind == "batch_normalization":
        width = "2d" if len(shape) == 3 else "1d"
        momentum = round(1 - given["momentum"], 12)  # PyTorch counts the new value, Keras the old one
        return [f"nn.BatchNorm{width}({shape[-1]}, eps={given['epsilon']}, momentum={momentum})"]
    if kind == "global_average_pooling2d":
        return ["nn.AdaptiveAvgPool2d(1)", "nn.Flatten()"]
    if kind in ("conv2d", "max_pooling2d", "average_pooling2d"):
        return _windowed(layer, shape)
    raise _refused(Text("layer %1 (%2)", number, layer.title))


def _windowed(layer: Layer, shape: tuple[int, ...]) -> list[str]:
    """Layers with a window; what "same" puts around an image is put there by a module of its own."""
    kind, given = tag(layer), msgspec.structs.asdict(layer)
    size = given["kernel_size"] if kind == "conv2d" else given["pool_size"]
    window = windows_on(layer, shape, size, given["strides"] or size, given["padding"])
    sides = (window.before[1], window.after[1], window.before[0], window.after[0])
    around = []
    if any(sides):
        if kind == "average_pooling2d":
            raise _refused(Text("mean pooling with padding"))
        value = "0.0" if kind == "conv2d" else "-torch.inf"
        around = [f"nn.ConstantPad2d({sides}, {value})"]
    if kind == "conv2d":
        return [*around, f"nn.Conv2d({shape[2]}, {given['filters']}, {window.kernel}, stride={window.strides})"]
    name = "MaxPool2d" if kind == "max_pooling2d" else "AvgPool2d"
    return [*around, f"nn.{name}({window.kernel}, stride={window.strides})"]
