"""Judged examples as rows of a table: the worst first."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPixmap

from playground.data.dataset import Dataset, Task
from playground.insight.judged import Judged
from playground.views import colormap
from playground.views.class_names import shown_name
from playground.views.forms import percent
from playground.views.panels.point_layer import stamp_for_class
from playground.views.scales import number
from playground.views.theme import Theme, Token

MOST = 300
"""Rows of the table at most."""

PICTURE = 24
"""Pixels of an image in the table."""

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class JudgedModel(QAbstractTableModel):
    """Part, example, target, prediction, loss of the worst examples among those that are wanted."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dataset: Dataset | None = None
        self._judged: Judged | None = None
        self._places: NDArray[np.int64] = np.zeros(0, np.int64)
        self._training: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._pictures: dict[int, QPixmap] = {}
        self._heads = (
            self.tr("part"),
            self.tr("example"),
            self.tr("target"),
            self.tr("prediction"),
            self.tr("loss"),
        )

    def show_data(self, dataset: Dataset) -> None:
        """Begin with other examples."""
        self.beginResetModel()
        self._dataset, self._judged, self._places = dataset, None, np.zeros(0, np.int64)
        self._training = np.zeros(dataset.n, np.bool_)
        self._training[dataset.train] = True
        self._pictures.clear()
        self.endResetModel()

    def show(self, judged: Judged, among: NDArray[np.bool_]) -> None:
        """Show the worst of the marked examples."""
        places = judged.worst(among, MOST)
        if len(places) != len(self._places):
            self.beginResetModel()
            self._judged, self._places = judged, places
            self.endResetModel()
            return
        self._judged, self._places = judged, places
        if len(places):
            self.dataChanged.emit(self.index(0, 0), self.index(len(places) - 1, len(self._heads) - 1))

    def training(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which rows of the data set train."""
        return self._training[rows]

    def row_at(self, place: int) -> int | None:
        """The row of the data set in a row of the table."""
        if self._judged is None or not 0 <= place < len(self._places):
            return None
        return int(self._judged.rows[self._places[place]])

    def place_of(self, row: int | None) -> int | None:
        """The row of the table in which a row of the data set stands, None when it is not among the worst."""
        found = self._judged.place(row) if self._judged is not None and row is not None else None
        if found is None:
            return None
        hits = np.flatnonzero(self._places == found)
        return int(hits[0]) if len(hits) else None

    # -- Qt --------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many examples are shown."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of the head."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Names of the columns, numbers of the rows."""
        if role != Role.DisplayRole:
            return None
        return self._heads[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """One cell."""
        row = self.row_at(index.row())
        if self._dataset is None or self._judged is None or row is None or row >= self._dataset.n:
            return None
        if role == Role.DisplayRole:
            return self._text(index.column(), row, int(self._places[index.row()]))
        if role == Role.DecorationRole:
            return self._decoration(index.column(), row, int(self._places[index.row()]))
        if role == Role.ForegroundRole and index.column() == 3 and self._wrong(row, int(self._places[index.row()])):
            return QColor(self._theme.color(Token.WARNING))
        if role == Role.TextAlignmentRole and index.column() == 4:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, column: int, row: int, place: int) -> str:
        dataset, judged = self._dataset, self._judged
        assert dataset is not None
        assert judged is not None
        if column == 0:
            return self.tr("training") if self._training[row] else self.tr("test")
        if column == 1:
            return values_text(dataset, row)
        if column == 2:
            return target_text(dataset, row)
        if column == 3:
            return prediction_text(dataset, judged, place)
        return number(float(judged.losses[place]))

    def _decoration(self, column: int, row: int, place: int) -> Any:
        dataset, judged = self._dataset, self._judged
        assert dataset is not None
        assert judged is not None
        if column == 1 and dataset.input_kind == "image":
            if row not in self._pictures:
                self._pictures[row] = image_of(dataset, row, self._theme)
            return self._pictures[row]
        if column in (2, 3) and dataset.labels is not None:
            label = int(dataset.labels[row]) if column == 2 else int(judged.decided[place])
            return stamp_for_class(label, len(dataset.class_names), self._theme, 4.0, 1.0, training=True)
        return None

    def _wrong(self, row: int, place: int) -> bool:
        labels, judged = self._dataset.labels if self._dataset is not None else None, self._judged
        return labels is not None and judged is not None and int(labels[row]) != int(judged.decided[place])


def image_of(dataset: Dataset, row: int, theme: Theme) -> QPixmap:
    """A small picture of an image."""
    shown = colormap.example_image(dataset.inputs[row], *theme.picture_colors(dataset.drawn))
    return QPixmap.fromImage(shown.scaled(PICTURE, PICTURE))


def values_text(dataset: Dataset, row: int) -> str:
    """The inputs of an example; of images its number only."""
    if dataset.input_kind == "image":
        return number(row + 1)
    values = dataset.inputs[row].tolist()
    if dataset.input_kind == "plane":
        return f"x₁ {signed(values[0])}  x₂ {signed(values[1])}"
    return "  ".join(f"{name} {signed(value)}" for name, value in zip(dataset.input_names, values, strict=True))


def signed(value: float) -> str:
    """A number with a true minus sign, as on the axes of the map."""
    text = number(value)
    return f"−{text[1:]}" if text.startswith("-") else text


def target_text(dataset: Dataset, row: int) -> str:
    """What is true of an example."""
    if dataset.labels is None:
        return signed(float(dataset.targets[row, 0]))
    return shown_name(dataset.class_names[int(dataset.labels[row])])


def prediction_text(dataset: Dataset, judged: Judged, place: int) -> str:
    """What the network makes of it, and how sure it is."""
    outputs = judged.outputs[place]
    if dataset.task is Task.REGRESSION or not 0 <= judged.decided[place] < len(dataset.class_names):
        return signed(float(outputs[0]))
    name = shown_name(dataset.class_names[int(judged.decided[place])])
    sure = percent(float(outputs.max())) if len(outputs) > 1 else signed(float(outputs[0]))
    return f"{name} ({sure})"
