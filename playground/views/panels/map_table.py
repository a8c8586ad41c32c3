"""The decision map in numbers: its points, and what the map says where each stands."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.data.dataset import DOMAIN, Dataset, Task
from playground.project.slices import Slice
from playground.views.class_names import shown_names
from playground.views.panels.output_scale import OutputScale
from playground.views.table_twin import Column, Table

Floats = NDArray[np.floating]


def map_table(
    dataset: Dataset, rows: NDArray[np.int64], spots: Floats, outputs: Floats | None, cut: Slice, scale: OutputScale
) -> Table:
    """One row per point. rows: of the data set. spots: (n, 2) on the plane. outputs: (n, outputs) the map there."""
    trained = np.zeros(dataset.n, np.bool_)
    trained[dataset.train] = True
    parts = np.where(trained[rows], _tr("training"), _tr("test")).tolist()
    columns = [Column(_tr("example"), rows), Column(_tr("part of the data"), parts)]
    shares = (spots + DOMAIN) / (2 * DOMAIN)
    for place, (name, (low, high)) in enumerate(zip(cut.names, cut.ends, strict=True)):
        if name:
            columns.append(Column(name, low + shares[:, place] * (high - low)))
    names = shown_names(dataset.class_names)
    if dataset.labels is None:
        columns.append(Column(_tr("target"), dataset.targets[rows, 0]))
    else:
        columns.append(Column(_tr("true class"), [names[label] for label in dataset.labels[rows].tolist()]))
    return Table(_tr("Decision map"), (*columns, *_answers(outputs, scale, names)))


def _answers(outputs: Floats | None, scale: OutputScale, names: tuple[str, ...]) -> list[Column]:
    """What the map says: the outputs, and the class that they decide for."""
    if outputs is None:
        return []
    if scale.task is Task.MULTICLASS and outputs.shape[1] == len(names):
        heads = [_tr("output for %1").replace("%1", name) for name in names]
        decided = outputs.argmax(axis=1)
    else:
        heads = [_tr("output of the map here")] * outputs.shape[1]
        decided = (outputs[:, 0] > scale.middle).astype(int)
    found = [Column(head, outputs[:, place]) for place, head in enumerate(heads)]
    if scale.task is not Task.REGRESSION and len(scale.class_names) == len(names):
        found.append(Column(_tr("predicted class"), [names[one] for one in decided.tolist()]))
    return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("twins", text)
