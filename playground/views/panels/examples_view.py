"""Test images with what the network takes them for, mistakes first."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data.dataset import Dataset
from playground.views import colormap
from playground.views.class_names import shown_name
from playground.views.forms import percent
from playground.views.table_twin import Column, Table, TwinAction
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

_IMAGE, _CAPTION, _GAP = 44, 16, 6
_WIDTH = 50  # of a caption
_SORT_MS = 1500  # while training, mistakes move to the front this often; more would be restless

Floats = NDArray[np.floating]


class ExamplesView(QWidget):
    """A grid of test images; below each the predicted label and its probability, wrong ones framed in amber.

    Signals:
        picked(object): the row of the data set whose image was clicked, None: beside all images.
    """

    picked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dataset: Dataset | None = None
        self._outputs: Floats | None = None
        self._images: dict[int, QPixmap] = {}
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)
        self._errors_only = False
        self._marked: int | None = None
        self._sorted = QElapsedTimer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Test examples with predictions"))
        self.setAccessibleDescription(self.tr("Test examples, mistakes first and framed."))
        theme.changed.connect(self.repaint_all)
        TwinAction(self)

    def sizeHint(self) -> QSize:
        """Six columns of five."""
        return QSize(6 * _WIDTH, 5 * (_IMAGE + _CAPTION + _GAP))

    @property
    def shown_rows(self) -> list[int]:
        """The rows of the test data on screen, in order."""
        columns, rows = self._grid()
        return [int(row) for row in self._visible_order()[: columns * rows]]

    def show_data(self, dataset: Dataset) -> None:
        """Show other images."""
        self._dataset, self._outputs = dataset, None
        self._order = np.arange(len(dataset.test))
        self._sorted.invalidate()
        self.repaint_all()

    def show_outputs(self, outputs: Floats, *, errors_only: bool, sort_now: bool) -> None:
        """Show the predictions for the test images. outputs: (test rows, classes), of two also (test rows, 1)."""
        if self._dataset is None or len(outputs) != len(self._dataset.test):
            return
        if outputs.shape[1] == 1:  # how likely the second of two classes is
            outputs = np.concatenate([1 - outputs, outputs], axis=1)
        self._outputs, self._errors_only = outputs, errors_only
        if sort_now or not self._sorted.isValid() or self._sorted.elapsed() > _SORT_MS:
            self._order = np.argsort(~self._wrong(), kind="stable")
            self._sorted.start()
        self.update()

    def repaint_all(self) -> None:
        """Draw everything anew (other theme, other data)."""
        self._images.clear()
        self.update()

    def mark(self, row: int | None) -> None:
        """Frame the image of a row of the data set, or none."""
        self._marked = row
        self.update()

    def table(self) -> Table:
        """One row per test image, also those for which there is no room, in the order of the pictures."""
        dataset, outputs = self._dataset, self._outputs
        if dataset is None or dataset.labels is None:
            return Table(self.accessibleName())
        order, names = self._visible_order(), [shown_name(name) for name in dataset.class_names]
        rows = dataset.test[order]
        columns = [
            Column(self.tr("example"), rows),
            Column(self.tr("true class"), [names[label] for label in dataset.labels[rows].tolist()]),
        ]
        if outputs is not None:
            guesses = outputs[order].argmax(axis=1)
            columns += [
                Column(self.tr("predicted class"), [names[guess] for guess in guesses.tolist()]),
                Column(self.tr("probability"), outputs[order, guesses]),
            ]
        return Table(self.accessibleName(), tuple(columns))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the image under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton or self._dataset is None:
            return
        self.picked.emit(self.row_at(event.position().toPoint()))

    def row_at(self, position: QPoint) -> int | None:
        """The row of the data set whose image is at a position, None beside all images."""
        found = (row for place, row in enumerate(self.shown_rows) if self._cell(place).contains(position))
        row = next(found, None)
        return None if row is None or self._dataset is None else int(self._dataset.test[row])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the visible part of the grid."""
        if self._dataset is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small, strong = sized_font(CAPTION_SIZE), sized_font(CAPTION_SIZE, bold=True)
        for place, row in enumerate(self.shown_rows):
            self._draw_example(painter, self._cell(place), row, small, strong)
        if not self.shown_rows:
            painter.setPen(self._theme.color(Token.MUTED))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No mistakes on the test data"))
        painter.end()

    def _draw_example(self, painter: QPainter, cell: QRect, row: int, small: QFont, strong: QFont) -> None:
        assert self._dataset is not None
        picture = QRect(cell.left(), cell.top(), _IMAGE, _IMAGE)
        painter.drawPixmap(picture, self._image(row))
        wrong = self._outputs is not None and bool(self._wrong()[row])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color(Token.WARNING if wrong else Token.LINE), 2 if wrong else 1))
        painter.drawRect(picture)
        if self._marked is not None and self._marked == self._dataset.test[row]:
            painter.setPen(QPen(self._theme.color(Token.SELECTION), 2.5))
            painter.drawRect(picture.adjusted(-2, -2, 2, 2))
        if self._outputs is None:
            return
        guess = int(self._outputs[row].argmax())
        guessed = shown_name(self._dataset.class_names[guess])
        name, certainty = self._fitting(guessed, self._certainty(row, guess), small, strong)
        caption = QRect(cell.left(), picture.bottom() + 2, _WIDTH, _CAPTION)
        painter.setFont(strong)
        painter.setPen(self._theme.color(Token.WARNING if wrong else Token.TEXT))
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, name)
        shift = painter.fontMetrics().horizontalAdvance(name) + 4
        painter.setFont(small)
        if not wrong:
            painter.setPen(self._theme.color(Token.MUTED))
        painter.drawText(caption.adjusted(shift, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, certainty)

    def _fitting(self, name: str, certainty: str, small: QFont, strong: QFont) -> tuple[str, str]:
        """Name and certainty where both have room, else as much of the name as there is room for."""
        bold = QFontMetrics(strong)
        if bold.horizontalAdvance(name) + 4 + QFontMetrics(small).horizontalAdvance(certainty) <= _WIDTH:
            return name, certainty
        return bold.elidedText(name, Qt.TextElideMode.ElideRight, _WIDTH - 2), ""

    def _certainty(self, row: int, guess: int) -> str:
        assert self._outputs is not None
        return percent(float(np.clip(self._outputs[row, guess], 0.0, 1.0)))

    def _image(self, row: int) -> QPixmap:
        """The image of a test row, its pixels enlarged without blur."""
        assert self._dataset is not None
        if row not in self._images:
            pixels = self._dataset.inputs[self._dataset.test[row]]
            small = colormap.example_image(pixels, *self._theme.picture_colors(self._dataset.drawn))
            side = round(_IMAGE * self.devicePixelRatioF())
            self._images[row] = QPixmap.fromImage(small.scaled(side, side))
        return self._images[row]

    def _wrong(self) -> NDArray[np.bool_]:
        assert self._dataset is not None
        assert self._dataset.labels is not None
        assert self._outputs is not None
        wrong: NDArray[np.bool_] = self._outputs.argmax(axis=1) != self._dataset.labels[self._dataset.test]
        return wrong

    def _visible_order(self) -> NDArray[np.int64]:
        if not self._errors_only or self._outputs is None:
            return self._order
        return self._order[self._wrong()[self._order]]

    def _grid(self) -> tuple[int, int]:
        """Columns and rows that fit."""
        columns = max(1, self.width() // _WIDTH)
        return columns, max(1, self.height() // (_IMAGE + _CAPTION + _GAP))

    def _cell(self, place: int) -> QRect:
        columns, _ = self._grid()
        pitch = (self.width() - _WIDTH) / max(1, columns - 1)
        x = round((place % columns) * pitch) if columns > 1 else 0
        return QRect(x, (place // columns) * (_IMAGE + _CAPTION + _GAP) + 1, _IMAGE, _IMAGE + _CAPTION)
