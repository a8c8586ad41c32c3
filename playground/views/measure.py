"""The measure of everything on screen: pixels of the design, times the scale that the user has chosen."""

from PySide6.QtWidgets import QApplication

_SCALE = "playground.scale"  # a property of the application: Qt keeps it, and a new application begins anew

LEAST, MOST = 0.8, 2.5


def scale() -> float:
    """How many times larger than designed everything is drawn; 1.0 where nobody has chosen."""
    app = QApplication.instance()
    value = app.property(_SCALE) if app is not None else None
    return float(value) if value is not None else 1.0


def set_scale(value: float) -> None:
    """Draw what is made from now on ``value`` (LEAST … times the projector's) times as large."""
    app = QApplication.instance()
    assert app is not None
    app.setProperty(_SCALE, value)


def px(design: float) -> int:
    """``design`` pixels of the design as whole pixels of the screen; never 0 for what is not 0."""
    if not design:
        return 0
    scaled = round(design * scale())
    return scaled or (1 if design > 0 else -1)


def fine(design: float) -> float:
    """``design`` pixels of the design as pixels of the screen, not rounded: for pens and positions."""
    return design * scale()
