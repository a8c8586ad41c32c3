"""The selected example in the output panel: picked by a click, told in a line, left and right to the next one."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from playground.data.dataset import Dataset, Task
from playground.insight.pictures import ACTIVATIONS
from playground.session import Session
from playground.training.records import Snapshot
from playground.views.class_names import shown_name
from playground.views.forms import percent
from playground.views.panels.card import Connections
from playground.views.panels.counter import count_text
from playground.views.panels.example_row import ExampleRow, neighbour
from playground.views.panels.output_scale import OutputScale
from playground.views.scales import number
from playground.views.theme import Theme


class ExampleGuide(QObject):
    """Makes the line and keeps it true. ``rows``: the rows of the data set that can be stepped through."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        rows: Callable[[], NDArray[np.int64]],
        connections: Connections,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._rows = session, rows
        self.row = ExampleRow(theme, parent)
        self.row.hide()
        self.row.wanted.connect(self.step)
        self.row.closed.connect(lambda: self.pick(None))
        connections.add(session.trainer.example_selected, self._follow)
        connections.add(session.trainer.counted, self.tell)

    @Slot(object)
    def pick(self, row: int | None) -> None:
        """Select a row of the data set, or none."""
        self._session.trainer.select_example(row)

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next (+1) or last (−1) example; with "errors only" to the next mistake."""
        found = neighbour(self._session.trainer.example, by, self._rows())
        if found is not None:
            self.pick(found)

    @Slot(object)
    def _follow(self, row: int | None) -> None:
        self.row.setVisible(row is not None)
        if row is not None:
            self.row.show_words(self._name(row))
            if latest := self._session.trainer.latest:
                self.tell(latest)

    @Slot(object)
    def tell(self, snapshot: Snapshot) -> None:
        """Say what the network makes of the example."""
        row, picture = self._session.trainer.example, snapshot.pictures.get(ACTIVATIONS)
        if row is None or picture is None or picture.example != row or not picture.layers:
            return
        dataset = self._session.document.samples.dataset
        parts = (self._name(row), _target(dataset, row), _prediction(dataset, picture.layers[-1]))
        words, tip = self.tr("%1: %2 → %3"), self.tr("%1: the target is %2, the prediction %3")
        for place, part in enumerate(parts, start=1):
            words, tip = words.replace(f"%{place}", part), tip.replace(f"%{place}", part)
        self.row.show_words(words, tip)

    def _name(self, row: int) -> str:
        dataset = self._session.document.samples.dataset
        kind = self.tr("test %s") if row in dataset.test else self.tr("training %s")
        return kind % count_text(row + 1)


def _target(dataset: Dataset, row: int) -> str:
    if dataset.task is Task.REGRESSION or dataset.labels is None:
        return number(float(dataset.targets[row, 0]))
    return shown_name(dataset.class_names[int(dataset.labels[row])])


def _prediction(dataset: Dataset, outputs: NDArray[np.floating]) -> str:
    outputs = np.asarray(outputs).ravel()
    if dataset.task is Task.REGRESSION or not np.isfinite(outputs).all():
        return number(float(outputs[0]))
    name = shown_name(dataset.class_names[OutputScale.of(dataset).decide(outputs)])
    value = percent(float(outputs.max())) if dataset.task is Task.MULTICLASS else f"{float(outputs[0]):.2f}"
    return f"{name} ({value})"
