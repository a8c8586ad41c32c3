"""A stage of the distillation in numbers: where each example stands."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.data.dataset import Dataset
from playground.insight.representations import Distillation
from playground.views.class_names import shown_names
from playground.views.table_twin import Column, Table


def stage_table(title: str, picture: Distillation, points: NDArray[np.floating], dataset: Dataset) -> Table:
    """One row per example of the picture. points: (n, 2), to the right and upwards."""
    rows, names = picture.rows, shown_names(dataset.class_names)
    columns = [Column(_tr("example"), rows)]
    if picture.labels is None:
        columns.append(Column(_tr("target"), picture.targets[:, 0]))
    else:
        columns.append(Column(_tr("true class"), [names[label] for label in picture.labels.tolist()]))
    if len(points) == len(rows):
        columns += [Column(_tr("to the right"), points[:, 0]), Column(_tr("upwards"), points[:, 1])]
    return Table(title, tuple(columns))


def _tr(text: str) -> str:
    return QCoreApplication.translate("twins", text)
