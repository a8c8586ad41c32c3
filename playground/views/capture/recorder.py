"""Film a widget while the network trains."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from playground.session import Session
from playground.views.capture import picture

INTERVAL = 100
"""Milliseconds between two frames, at first."""

SECONDS = 0.1
"""How long a frame is seen in the animation."""

WIDEST = 1600
"""Pixels of width that an animation may have."""

MOST, MOST_BYTES = 200, 256 * 1024 * 1024
"""Frames that are kept, and their memory; when there are more, every other one goes."""


class Recorder(QObject):
    """Takes a frame whenever the network has changed, evenly over the whole run however long it is."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._widget: QWidget | None = None
        self._width = 0
        self._step: int | None = None
        self.frames: list[NDArray[np.uint8]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    @property
    def recording(self) -> bool:
        """Whether frames are being taken."""
        return self._timer.isActive()

    def start(self, widget: QWidget, width: int) -> None:
        """Film ``widget``, ``width`` pixels wide (at most 1,600), beginning with how it looks now."""
        self._widget, self._width, self._step = widget, min(width, WIDEST), None
        self.frames = []
        self._timer.start(INTERVAL)
        self._tick()

    def stop(self) -> list[NDArray[np.uint8]]:
        """End, and return the frames: uint8 (height, width, 3), all of one size."""
        self._timer.stop()
        frames, self.frames = self.frames, []
        return frames

    @Slot()
    def _tick(self) -> None:
        latest = self._session.trainer.latest
        step = latest.counters.step if latest is not None else -1
        if self._widget is None or step == self._step or not self._widget.isVisible():
            return
        self._step = step
        frame = pixels(picture.image(self._widget, self._width))
        if self.frames and frame.shape != self.frames[0].shape:
            return  # the panel has another size now: an animation has one
        self.frames.append(frame)
        if len(self.frames) > max(min(MOST, MOST_BYTES // frame.nbytes), 2):
            self.frames = self.frames[::2]
            self._timer.setInterval(2 * self._timer.interval())


def pixels(image: QImage) -> NDArray[np.uint8]:
    """The colours of a picture: uint8 (height, width, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()
