"""Icons from ``resources/icons``, drawn in the colour that the theme gives."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from playground import resources
from playground.views.theme import Theme, Token

_SIZES = (16, 24, 32, 48)  # pixels drawn ahead; QIcon picks the next larger one


def icon(name: str, theme: Theme, token: Token = Token.TEXT) -> QIcon:
    """The icon ``name`` ("play", "reset" …) in the colour of ``token``; ask again when the theme changes.

    Raises:
        FileNotFoundError: when there is no such icon.
    """
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(pixmap(name, theme.color(token), size))
        faint = theme.color(Token.MUTED)
        faint.setAlphaF(0.55)
        made.addPixmap(pixmap(name, faint, size), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw the icon ``name`` in ``color``, ``size`` logical pixels wide on a screen of ``ratio`` pixels each."""
    source = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color.name()).encode()))
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setOpacity(color.alphaF())
    renderer.render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
