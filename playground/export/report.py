"""A report of one page: settings, curves, what the network predicts, where it errs. One HTML file without links."""

import base64
from pathlib import Path
from typing import Any

import numpy as np

from playground.data.dataset import Task
from playground.export import beside, files, numpy_script, pictures, templates
from playground.export.errors import ExportError
from playground.insight.pictures import BOUNDARY, CONFUSION, PURITY, compute
from playground.insight.report import stage_names
from playground.project import share
from playground.project.declarations import infos, tag, walk
from playground.project.model import Project
from playground.training import run
from playground.training.loop import TrainingLoop
from playground.training.records import State


def write(path: Path, project: Project, state: State | None, title: str) -> None:
    """Write the report of a run, or of the untrained network.

    Raises:
        ExportError: when the file cannot be written.
        CannotTrainError: when the project cannot be trained as it is.
    """
    files.write(path, html(project, state, title).encode())


def html(project: Project, state: State | None, title: str) -> str:
    """The page as text; ``title`` is its heading."""
    loop = run.ready(project, state, 0)
    return templates.filled("report.html.j2", {"title": title, **_facts(loop, state)}, html=True)


def _facts(loop: TrainingLoop, state: State | None) -> dict[str, Any]:
    """Everything that the template names."""
    project, counters = loop.project, loop.evaluate()
    dataset = loop.samples.dataset
    found = compute(loop, frozenset({BOUNDARY, CONFUSION, PURITY}))
    confusion, boundary = found[CONFUSION], found[BOUNDARY]
    return {
        "source": project.data.source,
        "counts": (len(dataset.train), len(dataset.test)),
        "counters": counters,
        "metric": "R²" if dataset.task is Task.REGRESSION else "accuracy",
        "layers": _layers(loop),
        "parameters": loop.network.size,
        "settings": _settings(project),
        "curves": _curves(state),
        "map": _map(boundary.values, dataset) if boundary is not None else "",
        "confusion": None if confusion is None else (confusion.names, confusion.matrix.tolist()),
        "purity": list(zip(stage_names(len(loop.network.layers)), found[PURITY].stages, strict=True)),
        "code": _code(project),
        "script": _script(project, state),
    }


def _script(project: Project, state: State | None) -> str:
    """The network in plain NumPy; empty where that has no words for it."""
    try:
        return numpy_script.text(project, beside.trained(state), project.data.source.title)
    except ExportError:
        return ""


def _layers(loop: TrainingLoop) -> list[dict[str, Any]]:
    shape, rows = loop.samples.inputs.shape[1:], []
    for layer, size in zip(loop.network.layers, loop.network.layer_sizes, strict=True):
        shape = layer.output_shape(shape)
        activation = getattr(layer, "activation", "")
        rows.append({"kind": layer.title, "activation": activation, "shape": " × ".join(map(str, shape)), "size": size})
    return rows


def _settings(project: Project) -> list[tuple[str, str]]:
    """Loss, optimizer and the rest, in words."""
    training, rows = project.training, []
    rows.append(("Loss function", training.loss.title))
    rows.append(("Optimizer", training.optimizer.title))
    for path, info, value in walk(training.optimizer):
        if value is not None and info.kind in ("int", "float") and "." not in path:
            rows.append((info.title, f"{value:g}"))
    for name, info in infos(type(training)).items():
        value = getattr(training, name)
        if info.kind in ("int", "float", "choice") and value is not None and name not in ("loss", "optimizer", "bug"):
            rows.append((info.title, value if isinstance(value, str) else f"{value:g}"))
    data = infos(type(project.data))
    rows += [(data[name].title, f"{getattr(project.data, name):g}") for name in ("noise", "training_share", "seed")]
    rows.append(("Weight seed", str(project.network.seed)))
    rows.append(("Data set", tag(project.data.source)))
    return rows


def _curves(state: State | None) -> str:
    if state is None or "epoch" not in state.curves:
        return ""
    epochs = state.curves["epoch"].tolist()
    lines = {"training loss": state.curves["train_loss"].tolist(), "test loss": state.curves["test_loss"].tolist()}
    return pictures.curves_svg(epochs, lines)


def _map(values: Any, dataset: Any) -> str:
    reach = float(np.abs(dataset.targets).max(initial=1e-6))
    low, high = (-reach, reach) if dataset.task is Task.REGRESSION else (0.0, 1.0)
    return base64.b64encode(pictures.map_png(values, low, high)).decode()


def _code(project: Project) -> str:
    """The share code; empty where the project holds data of the user's own."""
    try:
        return share.encode(project)
    except share.ShareError:
        return ""
