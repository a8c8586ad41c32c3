"""The one place that says whether things may move for the eye's sake: flows, pulses, glides."""

from PySide6.QtWidgets import QApplication, QStyle

_PROPERTY = "reduced_motion"


def reduce(on: bool) -> None:
    """Let everything stand still from now on, or follow the system again."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_PROPERTY, on)


def reduced() -> bool:
    """Whether the user wants less motion, or the system asks for none."""
    app = QApplication.instance()
    if not isinstance(app, QApplication) or app.property(_PROPERTY):
        return True
    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0


def wanted() -> bool:
    """Whether things may move."""
    return not reduced()
