"""The network as an ONNX model, for programs that run networks. Needs the package onnx (extra "onnx").

Input (batch, …) and output (batch, outputs) as everywhere here: images with their channels last. Learned weights and
moving statistics are inside; what is there for training only (dropout, noise) is left out.
"""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine.layers import Conv2D, Dense, Layer, Residual
from playground.engine.layers.windows import windows_on
from playground.export import files, weights
from playground.export.errors import ExportError
from playground.project import build
from playground.project.declarations import tag
from playground.project.model import Project
from playground.texts import Text
from playground.training.records import State

OPSET, IR_VERSION = 17, 8
WINDOWED = ("conv2d", "depthwise_conv2d", "max_pooling2d", "average_pooling2d", "global_average_pooling2d")
PASSING = ("dropout", "gaussian_noise")
ACTIVATIONS: dict[str, tuple[str, dict[str, float]]] = {
    "relu": ("Relu", {}),
    "leaky_relu": ("LeakyRelu", {"alpha": 0.2}),
    "elu": ("Elu", {"alpha": 1.0}),
    "selu": ("Selu", {}),
    "softplus": ("Softplus", {}),
    "softsign": ("Softsign", {}),
    "tanh": ("Tanh", {}),
    "sigmoid": ("Sigmoid", {}),
    "hard_sigmoid": ("HardSigmoid", {"alpha": 1 / 6, "beta": 0.5}),
    "sine": ("Sin", {}),
    "softmax": ("Softmax", {"axis": -1}),
}
"""Activations that are one operator."""

Shape = tuple[int, ...]


def write(path: Path, project: Project, state: State | None, title: str) -> None:
    """Write the model.

    Raises:
        ExportError: without the package onnx, for what ONNX has no words for, or when the file cannot be written.
    """
    try:
        import onnx
    except ImportError as error:
        raise ExportError(Text("ONNX files need the package onnx. Install it: pip install onnx")) from error
    graph = _Graph(onnx, weights.weights(project, state))
    shape, value = build.input_shape(project), "x"
    for number, layer in enumerate(project.network.layers):
        if not layer.bypassed:
            value = _layer(graph, layer, f"{number}", shape, value)
            shape = layer.output_shape(shape)
    files.write(path, graph.model(value, build.input_shape(project), shape, title))


class _Graph:
    """Nodes and constants as they come; values have names."""

    def __init__(self, onnx: Any, arrays: dict[str, NDArray[np.float32]]) -> None:
        self._onnx, self.arrays = onnx, arrays
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, values: NDArray[Any]) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(self._onnx.numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, *inputs: str, **settings: Any) -> str:
        name = f"v{len(self._nodes)}"
        self._nodes.append(self._onnx.helper.make_node(operator, list(inputs), [name], **settings))
        return name

    def model(self, last: str, given: Shape, result: Shape, title: str) -> bytes:
        helper, number = self._onnx.helper, self._onnx.TensorProto.FLOAT
        last = self.add("Identity", last)
        ends = [
            helper.make_tensor_value_info(name, number, ["batch", *shape])
            for name, shape in (("x", given), (last, result))
        ]
        graph = helper.make_graph(self._nodes, "network", ends[:1], ends[1:], self._constants, doc_string=title)
        made = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="Deep Learning Playground",
        )
        self._onnx.checker.check_model(made)
        content: bytes = made.SerializeToString()
        return content


def _layer(graph: _Graph, layer: Layer, name: str, shape: Shape, x: str) -> str:
    """Add one layer, whose weights begin with ``name``; returns the name of its output."""
    kind, given = tag(layer), msgspec.structs.asdict(layer)
    if kind == "dense":
        y = graph.add("MatMul", x, graph.constant(graph.arrays[f"{name}.kernel"]))
        y = graph.add("Add", y, graph.constant(graph.arrays[f"{name}.bias"]))
    elif kind in ("activation", *PASSING):
        y = x
    elif kind in ("flatten", "reshape"):
        sides = np.array([-1, *layer.output_shape(shape)], np.int64)
        y = graph.add("Reshape", x, graph.constant(sides))
    elif kind in WINDOWED:
        y = _image(graph, layer, name, shape, x)
    elif kind == "batch_normalization":
        gamma, beta, mean, variance = (
            graph.arrays[f"{name}.{part}"] for part in ("gamma", "beta", "moving_mean", "moving_variance")
        )
        factor = gamma / np.sqrt(variance + np.float32(given["epsilon"]))
        y = graph.add("Mul", x, graph.constant(factor))
        y = graph.add("Add", y, graph.constant(beta - mean * factor))
    elif kind == "layer_normalization":
        scale, offset = (graph.constant(graph.arrays[f"{name}.{part}"]) for part in ("gamma", "beta"))
        y = graph.add("LayerNormalization", x, scale, offset, axis=-1, epsilon=given["epsilon"])
    elif isinstance(layer, Residual):
        y = _residual(graph, layer, name, shape, x)
    else:
        number = int(name.split(".", maxsplit=1)[0]) + 1
        raise ExportError(
            Text("ONNX has no words for layer %1 (%2). Change that, or export the weights.", number, layer.title)
        )
    y = _activation(graph, given.get("activation", "linear"), name, y)
    if layer.muted:
        mask = np.ones(layer.output_shape(shape)[-1], np.float32)
        mask[list(layer.muted)] = 0.0
        y = graph.add("Mul", y, graph.constant(mask))
    return y


def _residual(graph: _Graph, layer: Residual, name: str, shape: Shape, x: str) -> str:
    """The inner layers one after the other, and the input added to what they give, projected where it must be."""
    y, inner_shape = x, shape
    for index, inner in enumerate(layer.inner):
        if not inner.bypassed:
            y = _layer(graph, inner, f"{name}.inner.{index}", inner_shape, y)
            inner_shape = inner.output_shape(inner_shape)
    kernel = graph.arrays.get(f"{name}.projection.kernel")
    if kernel is not None:
        units = inner_shape[-1]
        if len(shape) == 1:
            x = _layer(graph, Dense(units), f"{name}.projection", shape, x)
        else:
            down, right = (-(-before // after) for before, after in zip(shape[:2], inner_shape[:2], strict=True))
            x = _layer(graph, Conv2D(units, 1, strides=(down, right)), f"{name}.projection", shape, x)
    return graph.add("Add", y, x)


def _image(graph: _Graph, layer: Layer, name: str, shape: Shape, x: str) -> str:
    """Layers with a window: ONNX wants channels first, so they are moved there and back."""
    kind, given = tag(layer), msgspec.structs.asdict(layer)
    x = graph.add("Transpose", x, perm=[0, 3, 1, 2])
    if kind == "global_average_pooling2d":
        y = graph.add("GlobalAveragePool", x)
        return graph.add("Reshape", y, graph.constant(np.array([-1, shape[-1]], np.int64)))
    size = given["kernel_size"] if "kernel_size" in given else given["pool_size"]
    window = windows_on(layer, shape, size, given["strides"] or size, given["padding"])
    settings = {"kernel_shape": window.kernel, "strides": window.strides, "pads": (*window.before, *window.after)}
    if kind in ("conv2d", "depthwise_conv2d"):
        kernel, bias = graph.arrays[f"{name}.kernel"], graph.constant(graph.arrays[f"{name}.bias"])
        if kind == "conv2d":
            y = graph.add("Conv", x, graph.constant(kernel.transpose(3, 2, 0, 1)), bias, **settings)
        else:  # a group of filters for each channel, side by side
            each = kernel.transpose(2, 3, 0, 1).reshape(-1, 1, *window.kernel)
            y = graph.add("Conv", x, graph.constant(each), bias, group=shape[2], **settings)
    else:
        y = graph.add("MaxPool" if kind == "max_pooling2d" else "AveragePool", x, **settings)
    return graph.add("Transpose", y, perm=[0, 2, 3, 1])


def _activation(graph: _Graph, name: str, layer: str, z: str) -> str:
    if name == "linear":
        return z
    if name == "silu":
        return graph.add("Mul", z, graph.add("Sigmoid", z))
    if name == "gelu":
        half, root = (graph.constant(np.array(value, np.float32)) for value in (0.5, 1 / np.sqrt(2)))
        area = graph.add("Add", graph.add("Erf", graph.add("Mul", z, root)), graph.constant(np.array(1, np.float32)))
        return graph.add("Mul", graph.add("Mul", z, half), area)
    if name not in ACTIVATIONS:
        number = int(layer.split(".", maxsplit=1)[0]) + 1
        raise ExportError(
            Text("ONNX has no words for the activation %1 of layer %2. Choose another one.", name, number)
        )
    operator, settings = ACTIVATIONS[name]
    return graph.add(operator, z, **settings)
