"""A hand that draws with the mouse."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def stroke(pad, points):
    """Press, move along points in 0..1, and release."""
    sheet = pad._sheet()
    steps = [(QEvent.Type.MouseButtonPress, LEFT, LEFT), *[(QEvent.Type.MouseMove, NONE, LEFT)] * (len(points) - 1)]
    for (kind, button, held), (x, y) in zip(steps, points, strict=True):
        _send(pad, kind, sheet.topLeft() + QPointF(x * sheet.width(), y * sheet.height()), button, held)
    _send(pad, QEvent.Type.MouseButtonRelease, sheet.center(), LEFT, NONE)


def ring(pad, rng):
    turn, middle, radius = np.linspace(0, 2 * np.pi, 24), 0.5 + rng.normal(0, 0.04, 2), 0.3 + rng.normal(0, 0.02)
    stroke(pad, [(middle[0] + radius * np.cos(a), middle[1] + radius * np.sin(a)) for a in turn])


def cross(pad, rng):
    d = rng.normal(0, 0.03, 8)
    stroke(pad, [(0.2 + d[0], 0.2 + d[1]), (0.5, 0.5), (0.8 + d[2], 0.8 + d[3])])
    stroke(pad, [(0.8 + d[4], 0.2 + d[5]), (0.5, 0.5), (0.2 + d[6], 0.8 + d[7])])


def _send(pad, kind, place, button, held):
    event = QMouseEvent(kind, place, pad.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pad, event)
