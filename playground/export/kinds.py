"""Everything that a project can be exported as; the command line, the menu and the tests read this list.

A new kind is one file with a ``write`` function, and one entry here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from playground.engine.registry import Registry
from playground.export import history, notebook, weights
from playground.project.model import Project
from playground.texts import Text
from playground.training.records import State

Write = Callable[[Path, Project, State | None, str], None]


@dataclass(frozen=True)
class Exporter:
    """One kind. ``write(path, project, state, title)`` raises ExportError with a sentence where it cannot be done.

    companions: data, and weights, are written beside it (``beside.others`` tells which files that would replace).
    """

    name: str
    title: Text
    suffix: str
    help: Text
    write: Write
    companions: bool = False


EXPORTERS: Registry[Exporter] = Registry("export")


def add(name: str, title: Text, suffix: str, help: Text, write: Write, *, companions: bool = False) -> None:
    """Enter a kind."""
    EXPORTERS.register(name)(Exporter(name, title, suffix, help, write, companions))


def _script(module: str) -> Write:
    """The ``write`` of a module, which is loaded when it is wanted."""

    def write(path: Path, project: Project, state: State | None, title: str) -> None:
        import_module(f"playground.export.{module}").write(path, project, state, title)

    return write


add(
    "numpy",
    Text("NumPy script"),
    ".py",
    Text("The network, its training and its data as a script that needs nothing but NumPy."),
    _script("numpy_script"),
    companions=True,
)
add(
    "keras",
    Text("Keras script"),
    ".py",
    Text("The network, its training and its data for Keras 3."),
    _script("keras_script"),
    companions=True,
)
add(
    "pytorch",
    Text("PyTorch script"),
    ".py",
    Text("The network, its training and its data for PyTorch."),
    _script("torch_script"),
    companions=True,
)
for _name, _title in (("numpy", "NumPy"), ("keras", "Keras"), ("pytorch", "PyTorch")):
    add(
        f"notebook_{_name}",
        Text("Jupyter notebook (%1)", _title),
        ".ipynb",
        Text("The script for %1 in cells, to be run one by one.", _title),
        partial(notebook.write, _name),
        companions=True,
    )
add(
    "onnx",
    Text("ONNX model"),
    ".onnx",
    Text("The trained network for programs that run networks; needs the package onnx."),
    _script("onnx_model"),
)
add(
    "report",
    Text("Report"),
    ".html",
    Text("One page with settings, curves, map, confusion matrix and share code."),
    _script("report"),
)
add(
    "weights",
    Text("Weights (NumPy)"),
    ".npz",
    Text("The weights of every layer by name, in Keras' order, for numpy.load."),
    lambda path, project, state, _title: weights.write_npz(path, project, state),
)
add(
    "safetensors",
    Text("Weights (safetensors)"),
    ".safetensors",
    Text("The weights of every layer by name, for other programs."),
    lambda path, project, state, _title: weights.write_safetensors(path, project, state),
)
add(
    "history",
    Text("History of the training"),
    ".csv",
    Text("Losses, metrics and learning rate of every epoch as a table."),
    lambda path, _project, state, _title: history.write(path, state),
)
