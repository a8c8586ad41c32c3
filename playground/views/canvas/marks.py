"""What is painted on the sheet for the eye of the editor: frames of the selection, the focus, "+n more"."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPen

from playground.views.canvas.geometry import MARGIN, TITLE_HEIGHT, Column, Layout, Rect
from playground.views.canvas.selection import Selection
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

Pair = tuple[tuple[float, float], tuple[float, float]]
"""The two ends of a line without a weight."""

_SOFT = 18.0
_BOXES = 96
"""Pixels that the boxes below the heads take of the way from one column to the next."""


def paint_selection(painter: QPainter, theme: Theme, layout: Layout, selection: Selection) -> None:
    """Frame the selected layers; the leading one of several has the stronger frame."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for layer in selection.layers:
        if layer + 1 < len(layout.columns):
            strong = len(selection.layers) > 1 and layer == selection.lead
            painter.setPen(QPen(theme.color(Token.SELECTION), 2.5 if strong else 1.5))
            painter.drawRoundedRect(qrect(layout.columns[layer + 1].frame).adjusted(0, -2, 0, 2), 8, 8)


def paint_unit(painter: QPainter, theme: Theme, layout: Layout, selection: Selection) -> None:
    """Frame the selected unit; to be drawn over its picture."""
    box = layout.unit_box(selection.lead, selection.unit)
    if box is not None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(Token.SELECTION), 2.5))
        painter.drawRoundedRect(qrect(box.grown(2)), 7, 7)


def paint_focus(painter: QPainter, theme: Theme, area: QRectF) -> None:
    """Show that the arrow keys go to the canvas."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(Token.SELECTION), 2))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 7, 7)


def paint_bypassed(painter: QPainter, theme: Theme, column: Column) -> None:
    """An empty dashed place where a layer would be; the lines pass by behind it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.color(Token.CONTROL_LINE), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    bar = column.units[0]
    painter.drawRoundedRect(QRectF(column.frame.x + 4, bar.y, column.frame.width - 8, bar.height), 8, 8)


def paint_pane(painter: QPainter, theme: Theme, layout: Layout) -> None:
    """Cover what is below the floating cards, with a soft edge."""
    if layout.pane is None:
        return
    card, clear = theme.color(Token.CARD), theme.color(Token.CARD)
    clear.setAlphaF(0.0)
    edge = QRectF(layout.pane - _SOFT, 0, _SOFT, layout.height)
    fade = QLinearGradient(edge.topLeft(), edge.topRight())
    fade.setColorAt(0.0, clear)
    fade.setColorAt(1.0, card)
    painter.fillRect(edge, fade)
    painter.fillRect(QRectF(layout.pane, 0, layout.width - layout.pane, layout.height), card)
    painter.fillRect(qrect(layout.optimizer.grown(2)), card)


def paint_invitation(painter: QPainter, theme: Theme, layout: Layout) -> None:
    """Where there is no hidden layer yet, say what the + is for."""
    if len(layout.columns) != 2:
        return
    painter.setFont(sized_font(CAPTION_SIZE))
    painter.setPen(theme.color(Token.MUTED))
    text = QCoreApplication.translate("Canvas", "add a layer")
    left, right = (column.frame.x + column.frame.width / 2 for column in layout.columns)
    if painter.fontMetrics().horizontalAdvance(text) > right - left - _BOXES:
        return  # the + has a tip, too
    box = QRectF(layout.gaps[0] - 60, MARGIN + TITLE_HEIGHT + 2, 120, 16)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_pairs(painter: QPainter, theme: Theme, pairs: Sequence[Pair]) -> None:
    """Draw quiet lines from unit to unit where a layer has no weights between them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(Token.CONTROL_LINE), 1))
    for start, end in pairs:
        painter.drawLine(QPointF(*start), QPointF(*end))


def paint_bundles(painter: QPainter, theme: Theme, layout: Layout) -> None:
    """Draw "+52 more" under columns that do not show all their units."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(sized_font(CAPTION_SIZE))
    for column in layout.columns:
        if column.bundle is None:
            continue
        box = qrect(column.bundle)
        painter.setPen(QPen(theme.color(Token.LINE), 1))
        painter.setBrush(theme.color(Token.HOVER))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(theme.color(Token.MUTED))
        text = QCoreApplication.translate("Canvas", "+%1 more").replace("%1", str(column.hidden))
        if painter.fontMetrics().horizontalAdvance(text) > box.width() - 6:
            text = f"+{column.hidden}"
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def qrect(box: Rect) -> QRectF:
    """The same rectangle for Qt."""
    return QRectF(box.x, box.y, box.width, box.height)
