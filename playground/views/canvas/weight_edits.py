"""One edit of one weight by hand on its way to the run, from its first value to its last."""

import itertools
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.project import weights
from playground.session import Session
from playground.views.canvas.numbers import short
from playground.views.canvas.weight_spots import Spot

_keys = itertools.count()


@dataclass
class Gesture:
    """A drag, a typed number or turns of the wheel. start: the value to go back to; key: merges all into one step."""

    spot: Spot
    index: int
    start: float
    value: float
    layers: object
    key: str
    pressed_y: float = 0.0
    last_y: float = 0.0
    sent: float | None = None
    dragging: bool = False


class WeightEdits:
    """Begins gestures and gives their values to the run, each gesture as one step that can be undone."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.made = 0
        """How many values were given so far."""

    def begin(self, spot: Spot, value: float) -> Gesture | None:
        """A gesture on a weight that has this value now; None where there is no such weight."""
        index, layers = self.position(spot), self._session.document.project.network.layers
        return None if index is None else Gesture(spot, index, value, value, layers, f"weight {next(_keys)}")

    def apply(self, gesture: Gesture) -> None:
        """Give the gesture's value to the run; nothing happens where the network is another one by now."""
        if gesture.layers is not self._session.document.project.network.layers:
            return
        self.made += 1
        what = _tr("Set bias to %1") if gesture.spot.source is None else _tr("Set weight to %1")
        label = what.replace("%1", short(gesture.value))
        index, value = np.array([gesture.index], np.intp), np.array([gesture.value], np.float32)
        self._session.trainer.edit_weights(index, value, label, gesture.key)

    def take_back(self, gesture: Gesture) -> None:
        """Go back to where the gesture began."""
        gesture.value = gesture.start
        self.apply(gesture)

    def position(self, spot: Spot) -> int | None:
        """Where a weight stands in the flat vector of all parameters."""
        return weights.position(self._session.document.project, spot.layer, spot.source, spot.target)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)
