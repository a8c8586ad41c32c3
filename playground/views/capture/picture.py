"""Draw a widget as a picture of any size: PNG (pixels), SVG and PDF (lines and letters that stay sharp)."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRect, QSaveFile, QSize, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QWidget

RESOLUTION = 96
"""Pixels per inch."""

POINTS_PER_PIXEL = 72 / RESOLUTION

LARGEST = 16_384
"""Pixels that a picture may have in each direction."""

FLAGS = QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren


class PictureError(ValueError):
    """A picture that cannot be written; the message is a sentence."""


def image(widget: QWidget, width: int) -> QImage:
    """The widget as it is now, ``width`` pixels wide (1 to 16,384) and in its own proportions.

    Letters and lines are drawn at that size; what panels keep as ready pictures is enlarged.
    """
    scale = width / max(widget.width(), 1)
    picture = QImage(size(widget, width), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(scale)
    _render(widget, picture, 1.0)
    return picture


def size(widget: QWidget, width: int) -> QSize:
    """The size of the picture that is ``width`` pixels wide."""
    return QSize(width, max(round(widget.height() * width / max(widget.width(), 1)), 1))


def save(widget: QWidget, path: Path, width: int) -> None:
    """Write the widget to a .png, .svg or .pdf file, ``width`` pixels (of 1/96 inch) wide.

    Raises:
        PictureError: for another ending, a size out of range, or a file that cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise PictureError(f"“{path.name}” is no name for a picture; it must end in {', '.join(FORMATS)}.")
    wanted = size(widget, width)
    if not 1 <= width <= LARGEST or wanted.height() > LARGEST:
        raise PictureError(f"A picture cannot have {width:,} × {wanted.height():,} pixels; the most is {LARGEST:,}.")
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    FORMATS[kind](widget, width, buffer)
    buffer.close()
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == content.size() and file.commit()
    if not written:
        raise PictureError(f"“{path}” cannot be written: {file.errorString()}. Choose another folder or name.")


def copy(widget: QWidget, width: int) -> None:
    """Put the widget's picture on the clipboard."""
    QGuiApplication.clipboard().setImage(image(widget, width))


def _png(widget: QWidget, width: int, buffer: QBuffer) -> None:
    picture = image(widget, width)
    picture.setDevicePixelRatio(1.0)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # a device and a format are fine


def _svg(widget: QWidget, width: int, buffer: QBuffer) -> None:
    from PySide6.QtSvg import QSvgGenerator

    wanted = size(widget, width)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(widget.accessibleName() or widget.windowTitle())
    generator.setResolution(RESOLUTION)
    generator.setSize(wanted)
    generator.setViewBox(QRect(QPoint(), wanted))
    _render(widget, generator, width / max(widget.width(), 1))


def _pdf(widget: QWidget, width: int, buffer: QBuffer) -> None:
    wanted = size(widget, width)
    writer = QPdfWriter(buffer)
    writer.setTitle(widget.accessibleName() or widget.windowTitle())
    page = QSizeF(wanted.width(), wanted.height()) * POINTS_PER_PIXEL
    writer.setPageSize(QPageSize(page, QPageSize.Unit.Point, matchPolicy=QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    writer.setResolution(RESOLUTION)
    _render(widget, writer, width / max(widget.width(), 1))


def _render(widget: QWidget, device: QPaintDevice, scale: float) -> None:
    painter = QPainter(device)
    painter.scale(scale, scale)
    widget.render(painter, QPoint(), QRegion(), FLAGS)
    painter.end()


FORMATS: dict[str, Callable[[QWidget, int, QBuffer], None]] = {".png": _png, ".svg": _svg, ".pdf": _pdf}
"""The endings of pictures and who draws them."""
