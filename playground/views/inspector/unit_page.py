"""The page of one unit: its bias and incoming weights as numbers that can be set, live."""

from itertools import count, pairwise

import numpy as np
from PySide6.QtCore import QElapsedTimer, QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from playground.project import edits
from playground.project.edits import EditError
from playground.session import Session
from playground.session.language import translated
from playground.training.records import Snapshot
from playground.views.forms import NumberSpin
from playground.views.inspector.numbers import Number, numbers
from playground.views.panels.card import label

MOST = 40
"""Incoming weights that are listed; of more, the first ones."""

LARGEST = 1e6
_GESTURES = count()

PAUSE_MS = 1000
"""Changes of one number with less time between them are one step to undo, unless training went on in between."""


class UnitPage(QWidget):
    """Unit ``unit`` of the layer at ``layer``."""

    def __init__(self, session: Session, layer: int, unit: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._layer, self._unit = session, layer, unit
        self._spins: list[tuple[NumberSpin, int]] = []
        self._gesture, self._last, self._clock = "", (-1, -1), QElapsedTimer()
        self._muted = QCheckBox(self.tr("muted: its output is 0"), self)
        self._remove = QPushButton(self.tr("Remove unit"), self)
        self._words = label("", "caption", self)
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Show the weights of the latest moment, and whether the unit is muted."""
        layers = self._session.document.project.network.layers
        if self._layer < len(layers):
            with QSignalBlocker(self._muted):
                self._muted.setChecked(self._unit in layers[self._layer].muted)
        if latest := self._session.trainer.latest:
            self.show_moment(latest)

    def show_moment(self, moment: Snapshot) -> None:
        """Show the weights of a moment; a field that is being typed into stays."""
        for spin, place in self._spins:
            if not (spin.hasFocus() and spin.lineEdit().isModified()) and place < moment.parameters.size:
                with QSignalBlocker(spin):
                    spin.setValue(float(f"{moment.parameters[place]:.4g}"))

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._words.setWordWrap(True)
        column.addWidget(self._words)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        project = self._session.document.project
        found = numbers(project, self._layer, self._unit)
        incoming = sum(number.incoming for number in found)
        shown = found[: len(found) - incoming + MOST]
        for row, number in enumerate(shown):
            title, spin = QLabel(number.name, self), self._spin(number)
            title.setBuddy(spin)
            grid.addWidget(title, row, 0)
            grid.addWidget(spin, row, 1)
        if not found:
            self._words.setText(self.tr("This unit has no weights of its own."))
        elif len(shown) < len(found):
            self._words.setText(
                self.tr("The first %1 of %2 incoming weights.").replace("%1", str(MOST)).replace("%2", str(incoming))
            )
        else:
            self._words.setText(self.tr("Its weights, as training changes them; type a number to set one."))
        row_of_verbs = QHBoxLayout()
        row_of_verbs.addWidget(self._muted)
        row_of_verbs.addStretch(1)
        row_of_verbs.addWidget(self._remove)
        column.addLayout(row_of_verbs)
        column.addStretch(1)
        for before, after in pairwise([*(spin for spin, _ in self._spins), self._muted, self._remove]):
            QWidget.setTabOrder(before, after)
        self._muted.setObjectName("inspector.muted")
        self._remove.setObjectName("inspector.remove_unit")
        self._muted.clicked.connect(self._mute)
        self._remove.clicked.connect(self._take_away)
        output = self._layer == len(project.network.layers) - 1
        self._muted.setVisible(not output)
        self._remove.setVisible(not output)

    def _spin(self, number: Number) -> NumberSpin:
        spin = NumberSpin(self)
        spin.setObjectName(f"inspector.weight.{number.place}")
        spin.setAccessibleName(number.name)
        spin.setRange(-LARGEST, LARGEST)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(lambda value: self._set(number, value))
        self._spins.append((spin, number.place))
        return spin

    # -- what it does ----------------------------------------------------------------------------------------------

    def _set(self, number: Number, value: float) -> None:
        place = number.place
        text = self.tr("Set the weight from %s to %s") if number.incoming else self.tr("Set the %s to %s")
        label_of_step = text % (number.name, f"{value:.4g}")
        gesture = self._gesture_of(place)
        self._session.trainer.edit_weights(np.array([place]), np.array([value]), label_of_step, gesture)
        self._clock.start()

    def _gesture_of(self, place: int) -> str:
        """The name of the gesture that goes on; a new one for another number, after a pause, and after training."""
        latest = self._session.trainer.latest
        (before, then), now = self._last, latest.counters.step if latest is not None else 0
        self._last = (place, now)
        soon = self._clock.isValid() and self._clock.elapsed() < PAUSE_MS
        if place != before or not soon or (now != then and not self._session.trainer.running):
            self._gesture = f"inspector.{next(_GESTURES)}"
        return self._gesture

    def _mute(self, on: bool) -> None:
        document = self._session.document
        try:
            document.apply(edits.mute_unit(document.project, self._layer, self._unit, on))
        except EditError as problem:
            self._words.setText(translated(problem.args[0]))
            self.refresh()

    def _take_away(self) -> None:
        document = self._session.document
        try:
            document.apply(edits.remove_unit(document.project, self._layer, self._unit))
        except EditError as problem:
            self._words.setText(translated(problem.args[0]))
