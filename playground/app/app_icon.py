"""The icon of the program itself, for windows, task bars and the About box."""

from PySide6.QtGui import QIcon

from playground import resources

SMALL_SIZES, LARGE_SIZES = (16, 24), (48, 64, 128)
"""Pixels. At small sizes a simpler drawing is the clearer one."""


def app_icon() -> QIcon:
    """Both drawings as one icon."""
    made = QIcon()
    for name, sizes in (("app-small", SMALL_SIZES), ("app", LARGE_SIZES)):
        drawing = QIcon(str(resources.path("icons", "app", f"{name}.svg")))
        for size in sizes:
            made.addPixmap(drawing.pixmap(size, size))
    return made
