"""Training waits while the window paints, so that the two do not fight for Python's lock."""

from PySide6.QtCore import QEvent, QMetaObject, QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from playground.training.gate import FrameGate


class FrameHold(QObject):
    """Holds the gate from the request to paint a window until the next event after that.

    A filter looks on and hands the request back before anything is painted. An override of the window's ``event`` that
    calls the one of its base would have all painting inside of it, and there PySide cannot tell an exception in a
    ``paintEvent``: the process dies.
    """

    def __init__(self, window: QWidget, gate: FrameGate) -> None:
        super().__init__(window)
        self._gate = gate
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold the gate when the window is about to paint; stops no event."""
        if event.type() is QEvent.Type.UpdateRequest:
            self._gate.hold()
            QMetaObject.invokeMethod(self, "_release", Qt.ConnectionType.QueuedConnection)
        return False

    @Slot()
    def _release(self) -> None:
        self._gate.release()
