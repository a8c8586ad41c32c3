"""What a narrow head says in words, and the little marks of heads."""

import msgspec
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import Layer
from playground.session.language import translated
from playground.views.canvas.stages import Kind, Stage
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

LINE = 14.0
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class Words(msgspec.Struct, frozen=True):
    """``title`` in bold, then how many units, then the activation; ``pale``: the layer is bypassed."""

    title: str
    count: str = ""
    activation: str = ""
    pale: bool = False


def words_of(settings: Layer, stage: Stage, *, output: bool) -> Words:
    """What a narrow head says about a layer."""
    title = QCoreApplication.translate("Canvas", "Output") if output else translated(settings.title)
    name = str(getattr(settings, "activation", ""))
    activation = ACTIVATIONS[name].title if name in ACTIVATIONS else ""
    units = getattr(settings, "units", "") or getattr(settings, "filters", "")
    count = "" if stage.kind is Kind.PLAIN or stage.paired else str(units)
    return Words(title, count, activation, settings.bypassed)


def paint_words(painter: QPainter, theme: Theme, box: QRectF, words: Words) -> None:
    """Draw the words below each other; those that are too long end in …"""
    lines = ((words.title, True), (words.count, False), (words.activation, False))
    y = box.y() + 5
    for text, bold in lines:
        if text:
            font = sized_font(CAPTION_SIZE, bold=bold)
            font.setStrikeOut(bold and words.pale)
            painter.setFont(font)
            painter.setPen(theme.color(Token.TEXT if bold and not words.pale else Token.MUTED))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(QRectF(box.x(), y, box.width(), LINE), _MIDDLE, shown)
        y += LINE


def paint_grip(painter: QPainter, theme: Theme, place: QPointF) -> None:
    """Six dots: the column can be taken here."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(Token.MUTED))
    for dx in (-2.5, 2.5):
        for dy in (-4.5, 0.0, 4.5):
            painter.drawEllipse(place + QPointF(dx, dy), 1.2, 1.2)
