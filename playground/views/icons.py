"""Icons from ``resources/icons``, drawn in the colour that the theme gives."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from playground import resources
from playground.views.theme import Theme, Token

_SIZES = (16, 24, 48)  # pixels drawn ahead; QIcon picks the next larger one
_FAINT = 0.55


def icon(name: str, theme: Theme, token: Token = Token.TEXT) -> QIcon:
    """The icon ``name`` ("play", "reset" …) in the colour of ``token``; ask again when the theme changes.

    Raises:
        FileNotFoundError: when there is no such icon.
    """
    return _made(name, theme.color(token).name(), theme.color(Token.MUTED).name())


@lru_cache(maxsize=128)
def _made(name: str, color: str, disabled: str) -> QIcon:
    """Drawn once, for many buttons carry the same icon."""
    source, made = _source(name), QIcon()
    bright, faint = _renderer(source, QColor(color)), _renderer(source, QColor(disabled))
    for size in _SIZES:
        made.addPixmap(_draw(bright, size))
        made.addPixmap(_draw(faint, size, opacity=_FAINT), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw the icon ``name`` in ``color``, ``size`` logical pixels wide on a screen of ``ratio`` pixels each."""
    drawn = _draw(_renderer(_source(name), color), round(size * ratio), opacity=color.alphaF())
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _source(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _renderer(source: str, color: QColor) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(source.replace("currentColor", color.name()).encode()))


def _draw(renderer: QSvgRenderer, pixels: int, *, opacity: float = 1.0) -> QPixmap:
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return drawn
