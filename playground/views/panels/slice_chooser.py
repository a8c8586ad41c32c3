"""Choose which cut through a table the pictures show: two inputs, or the principal plane; where the others are held."""

from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.data.dataset import Dataset
from playground.project import edits
from playground.project.model import SliceSettings
from playground.project.slices import Slice, chosen_axes, held_at
from playground.session.document import Document
from playground.views.panels.card import label
from playground.views.panels.decision_map import end_text

STEPS = 100
"""Places of a slider."""


class SliceChooser(QWidget):
    """One row below the map. Everything it does is an edit of ``view.slice``."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._dataset: Dataset | None = None
        self._cut: Slice | None = None
        self.across, self.up = self._combo(self.tr("Input to the right")), self._combo(self.tr("Input upwards"))
        self.others = QToolButton(self)
        self.others.setText(self.tr("more"))
        self.others.setProperty("quiet", True)
        self.others.setAccessibleName(self.tr("More about the slice"))
        self.others.setToolTip(self.tr("Where the other inputs are held, or the principal plane (PCA)"))
        self.others.clicked.connect(self._open)
        self._sheet: HeldSheet | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for text, combo in (("x", self.across), ("y", self.up)):
            row.addWidget(label(text, "caption", self))
            row.addWidget(combo, 1)
        row.addWidget(self.others)
        self.across.activated.connect(partial(self._choose, "across"))
        self.up.activated.connect(partial(self._choose, "up"))

    def show_data(self, dataset: Dataset, cut: Slice) -> None:
        """Offer the inputs of a table; nothing for points of the plane, which are shown whole."""
        self._dataset, self._cut = dataset, cut
        self.setVisible(dataset.input_kind == "table" and len(dataset.input_names) > 1)
        names = dataset.input_names
        settings = self._document.project.view.slice
        axes = chosen_axes(settings, dataset) if dataset.input_kind == "table" else (0, 0)
        for combo, axis in ((self.across, axes[0]), (self.up, axes[1])):
            if [combo.itemText(place) for place in range(combo.count())] != list(names):
                combo.clear()
                combo.addItems(list(names))
            combo.setCurrentIndex(axis)
            combo.setEnabled(not settings.principal)
        self.others.setVisible(len(names) > 2)
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.refresh(dataset, cut)

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        combo.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        return combo

    def _choose(self, name: str, place: int) -> None:
        """Put an input on an axis; the input that stood there changes places with it."""
        if self._dataset is None:
            return
        names, axes = self._dataset.input_names, chosen_axes(self._document.project.view.slice, self._dataset)
        chosen = {"across": names[axes[0]], "up": names[axes[1]]}
        other = "up" if name == "across" else "across"
        if names[place] == chosen[other]:
            chosen[other] = chosen[name]
        chosen[name] = names[place]
        self._set(across=chosen["across"], up=chosen["up"])

    def _set(self, **settings: object) -> None:
        change_slice(self._document, **settings)

    @Slot()
    def _open(self) -> None:
        if self._dataset is None or self._cut is None:
            return
        self._sheet = self._sheet or HeldSheet(self._document, self)
        self._sheet.refresh(self._dataset, self._cut)
        self._sheet.adjustSize()
        self._sheet.move(self.others.mapToGlobal(self.others.rect().bottomRight()) - self._sheet.rect().topRight())
        self._sheet.show()


class HeldSheet(QFrame):
    """A small window with one slider for each input that is no axis."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self._document = document
        self._dataset: Dataset | None = None
        self.principal = QCheckBox(self.tr("principal plane (PCA)"), self)
        self.principal.setToolTip(self.tr("Show the plane on which the examples vary most, made of all inputs"))
        self.principal.clicked.connect(lambda on: change_slice(document, principal=on))
        self.reset = QPushButton(self.tr("All at their medians"), self)
        self.reset.clicked.connect(lambda: change_slice(document, held=()))
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self.sliders: dict[int, QSlider] = {}
        self._values: dict[int, QLabel] = {}
        scroll = QScrollArea(self)
        scroll.setWidget(self._rows)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        box = QVBoxLayout(self)
        box.addWidget(self.principal)
        box.addWidget(label(self.tr("The other inputs are held at"), "caption", self))
        box.addWidget(scroll)
        box.addWidget(self.reset)

    def refresh(self, dataset: Dataset, cut: Slice) -> None:
        """Show where the inputs are held."""
        settings = self._document.project.view.slice
        if dataset is not self._dataset:
            self._fill(dataset)
        self.principal.setChecked(settings.principal)
        held, rows = held_at(settings, dataset), dataset.inputs
        low, high = rows.min(axis=0), rows.max(axis=0)
        for column, slider in self.sliders.items():
            shown = cut.axes is not None and column not in cut.axes
            slider.setEnabled(shown)
            share = (held[column] - low[column]) / max(high[column] - low[column], 1e-12)
            slider.blockSignals(True)
            slider.setValue(round(STEPS * float(np.clip(share, 0, 1))))
            slider.blockSignals(False)
            self._values[column].setText(end_text(float(held[column])) if shown else "–")

    def _fill(self, dataset: Dataset) -> None:
        self._dataset = dataset
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.sliders.clear()
        for column, name in enumerate(dataset.input_names):
            slider = QSlider(Qt.Orientation.Horizontal, self._rows)
            slider.setRange(0, STEPS)
            slider.setMinimumWidth(120)
            slider.setAccessibleName(name)
            slider.valueChanged.connect(partial(self._hold, column))
            value = QLabel(self._rows)
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance("−0000.0"))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.sliders[column], self._values[column] = slider, value
            for place, widget in enumerate((QLabel(name, self._rows), slider, value)):
                self._grid.addWidget(widget, column, place)
        height = self._rows.sizeHint().height() + 4
        self._scroll.setFixedSize(self._rows.sizeHint().width() + 20, min(height, 320))

    def _hold(self, column: int, place: int) -> None:
        assert self._dataset is not None
        held = list(self._document.project.view.slice.held[: len(self._dataset.input_names)])
        held += [-1.0] * (len(self._dataset.input_names) - len(held))
        held[column] = place / STEPS
        change_slice(self._document, held=tuple(held))


def change_slice(document: Document, **settings: object) -> None:
    """Edit the slice; slider drags merge to one step."""
    values = {name: getattr(document.project.view.slice, name) for name in SliceSettings.__struct_fields__}
    document.apply(edits.set_value(document.project, "view.slice", SliceSettings(**{**values, **settings})))
