"""Shows the drawing to the network and tells what it says, while drawing and while training."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from playground.data.dataset import Task
from playground.data.placing import Place
from playground.engine.activations import ACTIVATIONS as KNOWN
from playground.engine.layers.base import activation_of
from playground.insight.examples import PRESENTED
from playground.insight.pictures import ACTIVATIONS
from playground.project import drawing_edits
from playground.session import Session
from playground.training.records import Snapshot
from playground.views.booth.strokes import Stroke, ink, shrunk
from playground.views.panels.card import Connections

PENS = (0.5, 0.7, 0.85, 1.0, 1.2, 1.45, 1.75, 2.1, 2.5, 3.0, 3.6)
"""How many times as broad the pen may be, to draw as boldly as the data set does."""
WAIT_MS = 30
"""Between two looks at a drawing that goes on."""


class Eye(QObject):
    """Watches ``look(strokes)``.

    Signals:
        seen(object): the drawing as the network sees it, float32 (h, w, c); None when there is nothing to see.
        said(object): how likely each class of the data set is, float (k,), 0..1; None: nothing was asked.
    """

    seen = Signal(object)
    said = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._strokes: list[Stroke] = []
        self._place: tuple[object, Place] | None = None
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.show)
        self._on = False
        self._connections = Connections()
        self._connections.add(session.trainer.snapshot, self._hear)

    @property
    def possible(self) -> bool:
        """Whether the present network takes pictures."""
        return self._session.document.project.data.source.input_kind == "image"

    def look(self, strokes: list[Stroke]) -> None:
        """Look at other strokes soon."""
        self._strokes = strokes
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def show(self) -> None:
        """Show the drawing to the network now."""
        self._timer.stop()
        picture = self._picture() if self._strokes and self.possible else None
        self._on = picture is not None
        self._session.trainer.present(picture)
        self.seen.emit(picture)
        if picture is None:
            self.said.emit(None)

    def close(self) -> None:
        """Look no more, and let the network see its examples again."""
        self._timer.stop()
        self._connections.undo()
        self._session.trainer.present(None)

    def _picture(self) -> NDArray[np.float32]:
        """The drawing as an example of the data set."""
        document = self._session.document
        if drawing_edits.is_drawn(document.project):
            side = drawing_edits.drawings(document.project).side
            return shrunk(ink(self._strokes), side)[..., None].astype(np.float32) / np.float32(255)
        dataset = document.samples.dataset
        if self._place is None or self._place[0] is not dataset:
            self._place = dataset, Place.of(dataset.inputs)
        return self._placed(self._place[1])

    def _placed(self, place: Place) -> NDArray[np.float32]:
        """The drawing where and as broad as the data set has its own: the pen that gives the usual amount of ink."""
        low, high = 0, len(PENS) - 1
        while low < high:
            middle = (low + high) // 2
            picture = place.put(ink(self._strokes, PENS[middle]))
            if place.ink_of(picture) < place.ink:
                low = middle + 1
            else:
                high = middle
        return place.put(ink(self._strokes, PENS[low]))

    @Slot(object)
    def _hear(self, snapshot: Snapshot) -> None:
        picture = snapshot.pictures.get(ACTIVATIONS)
        if not self._on or picture is None or picture.example != PRESENTED or not picture.layers:
            return
        project = self._session.document.project
        task, outputs = project.data.source.task, np.asarray(picture.layers[-1], np.float64).ravel()
        if task is Task.REGRESSION or outputs.size != project.data.source.outputs:
            return
        self.said.emit(probabilities(outputs, KNOWN[activation_of(project.network.layers[-1])].range))


def probabilities(outputs: NDArray[Any], kind: str) -> NDArray[np.float64]:
    """How likely each class is, from the outputs (k,) of the last layer, whose activation has the range ``kind``."""
    values = np.nan_to_num(outputs)
    if kind == "signed" and len(values) == 1:
        values = (values + 1) / 2
    values = np.clip(values, 0.0, 1.0)
    return np.array([1 - values[0], values[0]]) if len(values) == 1 else values
