"""How large the whole program is drawn: one factor, which Qt applies to every window, font, pen and picture.

Qt reads the factor from ``QT_SCALE_FACTOR`` when a program starts and gives no public way to change it later. The
function that it uses itself is exported by its library, though, and does all that is needed as long as no window is
on the screen. So the windows leave the screen for a moment and come back. Everything is then drawn anew at the new
size by the means that serve screens of high resolution; to multiply every measure in the views by a factor of our own
would take hundreds of places and never be complete.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache

from PySide6 import QtGui
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QApplication, QWidget

from playground.session import AppSettings

STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5)
PROJECTED = 1.6
"""How many times larger than usual everything is in projector mode."""

KEY = "scale"
_SYMBOLS = {"win32": "?setGlobalFactor@QHighDpiScaling@@SAXN@Z"}
_SYMBOL = "_ZN15QHighDpiScaling15setGlobalFactorEd"


class Scale(QObject):
    """The chosen scale, remembered from one start to the next, and its double in projector mode.

    Signals:
        changed(float): everything is drawn at another size from now on.
    """

    changed = Signal(float)

    def __init__(self, settings: AppSettings) -> None:
        super().__init__()
        self._settings = settings
        self._projected = False

    @property
    def chosen(self) -> float:
        """The size that the user chose, one of STEPS; 1.0 is as designed."""
        try:
            return min(STEPS, key=lambda step: abs(step - float(self._settings.text(KEY, "1"))))
        except ValueError:
            return 1.0

    @property
    def projected(self) -> bool:
        """Whether everything is enlarged for a projector."""
        return self._projected

    def choose(self, step: float) -> bool:
        """Draw everything ``step`` times as large as designed, and remember it; False when Qt cannot."""
        self._settings.put(KEY, f"{step:g}")
        return self.apply()

    def move(self, steps: int) -> bool:
        """Go so many of STEPS up or down, as far as there are any; False when Qt cannot."""
        place = STEPS.index(self.chosen) + steps
        return self.choose(STEPS[min(max(place, 0), len(STEPS) - 1)])

    def project(self, on: bool) -> bool:
        """Enlarge everything for a projector, or no longer; False when Qt cannot."""
        self._projected = on
        return self.apply()

    def apply(self) -> bool:
        """Draw everything at the size that is wanted now; False when Qt cannot."""
        wanted = self.chosen * (PROJECTED if self._projected else 1.0)
        if wanted == factor():
            return True
        return self._set(wanted)

    def _set(self, wanted: float) -> bool:
        """Let all windows leave the screen, set the factor, and bring them back; False when Qt has no such lever."""
        lever, app = _lever(), QApplication.instance()
        if lever is None or app is None:
            return False
        on_screen = [widget for widget in QApplication.topLevelWidgets() if widget.windowHandle() is not None]
        shown = [(widget, widget.geometry()) for widget in on_screen if widget.isVisible()]
        for widget in on_screen:
            widget.hide()
            widget.destroy()
        ratio = factor() / wanted
        lever(wanted * _of_system())
        app.setProperty(KEY, wanted)
        self.changed.emit(wanted)  # windows make room for themselves before they come back
        for widget, before in shown:
            _bring_back(widget, QRect(before.topLeft() * ratio, before.size() * ratio))
        return True


def factor() -> float:
    """How many times as large as designed everything is drawn now, besides what the screen or the system ask for."""
    app = QApplication.instance()
    value = app.property(KEY) if app is not None else None
    return float(value) if value is not None else 1.0


def _bring_back(widget: QWidget, place: QRect) -> None:
    """Show a window again, on the part of the screen that it had, as far as the screen has so much."""
    state, room = widget.windowState(), widget.screen().availableGeometry()
    if widget.isFullScreen():
        place = widget.screen().geometry()
    elif widget.isMaximized():
        place = room
    else:
        place = QRect(place.topLeft(), place.size().boundedTo(room.size()))
        place.moveTo(max(place.x(), room.x()), max(place.y(), room.y()))
    widget.setGeometry(place)
    widget.setWindowState(state)
    widget.show()


def _of_system() -> float:
    """The factor that the program was started with."""
    try:
        return float(os.environ.get("QT_SCALE_FACTOR", "1"))
    except ValueError:
        return 1.0


@cache
def _lever() -> Callable[[float], object] | None:
    """Qt's own function that sets the factor; None where this build of Qt does not show it."""
    try:
        library = ctypes.CDLL("Qt6Gui.dll" if sys.platform == "win32" else QtGui.__file__)  # finds what that links to
        found = getattr(library, _SYMBOLS.get(sys.platform, _SYMBOL))
    except (OSError, AttributeError):
        return None
    found.argtypes, found.restype = [ctypes.c_double], None
    return found  # type: ignore[no-any-return]
