"""The quiet part of the picture: column frames, arrows of the loop, captions, purity gauges, the pulse."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from playground.views.canvas.geometry import GAUGE_BAR, Layout, Rect, Shape
from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, Token, sized_font

_ARROW = 8.0
_BEND = 7.0
_ROOM_FOR_WORD = 62.0  # narrower gauges show the number alone
_CENTER = Qt.AlignmentFlag.AlignCenter


def tr(text: str) -> str:
    """Translate a caption of the canvas."""
    return QCoreApplication.translate("Canvas", text)


class LoopArt:
    """Draws everything that changes only with layout and theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.trained: tuple[int, ...] = ()
        """Layers whose weights the optimizer adjusts."""
        self.frozen: tuple[int, ...] = ()
        """Layers with weights that it leaves alone: their arrows are pale and have no head."""

    def paint(self, painter: QPainter, layout: Layout, captions: Sequence[str]) -> None:
        """Draw what belongs to the columns; ``captions`` holds one line per column."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._fan(painter, layout)
        self._captions(painter, layout, captions)

    def loop(self, painter: QPainter, layout: Layout) -> None:
        """Draw the arrows of the loop, and the true targets."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._prediction(painter, layout)
        self._targets(painter, layout)
        self._feedback(painter, layout)
        self._adjustments(painter, layout)

    def gauge(
        self, painter: QPainter, box: Rect, purity: float | None, chance: tuple[float, float] | None = None
    ) -> None:
        """Draw a purity gauge with its label; a dash while nothing is known.

        chance: what a probe that knows nothing gets, and its standard deviation: a mark above the bar.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        track = QRectF(box.x, box.y, box.width, GAUGE_BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(Token.LINE))
        painter.drawRoundedRect(track, GAUGE_BAR / 2, GAUGE_BAR / 2)
        known = purity is not None and purity == purity
        if purity is not None and known and purity > 0:
            clip = QPainterPath()
            clip.addRoundedRect(track, GAUGE_BAR / 2, GAUGE_BAR / 2)
            painter.save()
            painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
            painter.fillRect(QRectF(box.x, box.y, box.width * min(1.0, purity), GAUGE_BAR), color(Token.PURITY))
            painter.restore()
        if chance is not None and chance[0] > 0:
            self._chance_mark(painter, box, *chance)
        word = tr("purity") + " " if box.width >= _ROOM_FOR_WORD else ""
        number = f"{100 * purity:.0f} %" if purity is not None and known else "–"
        self._two_weights(painter, QRectF(box.x - 10, box.y + GAUGE_BAR + 1, box.width + 20, 17), word, number)

    def _chance_mark(self, painter: QPainter, box: Rect, chance: float, spread: float) -> None:
        """A tick at the chance level, as wide at its top as 95 % of lucky readings reach."""
        painter.setPen(QPen(self._theme.color(Token.CONTROL_LINE), 1))
        x, y = round(box.x + box.width * chance) + 0.5, round(box.y) - 3.5
        reach = max(2.0, 2 * spread * box.width)
        painter.drawLine(QPointF(x - reach, y), QPointF(x + reach, y))
        painter.drawLine(QPointF(x, y), QPointF(x, box.y))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _fan(self, painter: QPainter, layout: Layout) -> None:
        """What comes is read as a whole: a pale band to the row of a Flatten layer, or to the channels of another."""
        for left, right in zip(layout.columns, layout.columns[1:], strict=False):
            if right.bypassed or not (right.shape is Shape.BAR or right.banded):
                continue
            start, end = left.units[0], right.units[0]
            start_bottom, end_bottom = left.units[-1].bottom, right.units[-1].bottom
            band = QPainterPath(QPointF(start.right + 2, start.y + 2))
            middle = (start.right + end.x) / 2
            band.cubicTo(middle, start.y, middle, end.y, end.x, end.y)
            band.lineTo(end.x, end_bottom)
            band.cubicTo(middle, end_bottom, middle, start_bottom, start.right + 2, start_bottom - 2)
            painter.fillPath(band, self._theme.color(Token.HOVER))

    def _prediction(self, painter: QPainter, layout: Layout) -> None:
        start, end = prediction_line(layout)
        self._arrow(painter, [start, end])
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        left = layout.columns[-1].frame.right if layout.pane is None else layout.pane
        middle = (left + end.x() - _ARROW) / 2
        painter.drawText(QRectF(middle - 60, start.y() - 20, 120, 16), _CENTER, tr("prediction"))

    def _targets(self, painter: QPainter, layout: Layout) -> None:
        pill = _qrect(layout.targets)
        painter.setPen(QPen(self._theme.color(Token.LINE), 1))
        painter.setBrush(self._theme.color(Token.CARD))
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2, pill.height() / 2)
        painter.setFont(sized_font(TEXT_SIZE))
        painter.setPen(self._theme.color(Token.TEXT))
        painter.drawText(pill, _CENTER, tr("true targets"))
        self._arrow(painter, target_line(layout))

    def _feedback(self, painter: QPainter, layout: Layout) -> None:
        line = feedback_line(layout)
        self._arrow(painter, line, dashed=True)
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        box = QRectF(layout.optimizer.right + 8, line[-1].y() + 5, layout.loss.right - layout.optimizer.right - 8, 16)
        text = tr("loss score as feedback signal")
        if painter.fontMetrics().horizontalAdvance(text) > box.width():
            text = tr("feedback")
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _adjustments(self, painter: QPainter, layout: Layout) -> None:
        for layer in seen(layout, self.frozen):
            self._arrow(painter, adjustment_line(layout, layer), dashed=True, pale=True)
        lanes = sorted(
            (adjustment_line(layout, layer) for layer in seen(layout, self.trained)), key=_reach, reverse=True
        )
        for place, line in enumerate(lanes):
            shared = place > 0 and len(line) == 3 and len(lanes[0]) == 3 and line[0] == lanes[0][0]
            self._arrow(painter, line[1:] if shared else line, dashed=True)
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        text = tr("adjusts weights a little")
        width = painter.fontMetrics().horizontalAdvance(text)
        reached = [layout.gaps[layer] for layer in (*self.trained, *self.frozen)]
        left = layout.optimizer.x if layout.floating else min(reached, default=layout.optimizer.x) + 8
        x = max(8.0, min(left, layout.optimizer.x - width - 10))
        painter.drawText(QRectF(x, layout.optimizer.center_y + 5, width + 4, 16), Qt.AlignmentFlag.AlignLeft, text)

    def _captions(self, painter: QPainter, layout: Layout, captions: Sequence[str]) -> None:
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        for column, caption in zip(layout.columns, captions, strict=False):
            top = column.gauge.y + GAUGE_BAR + 18
            painter.drawText(QRectF(column.frame.x - 4, top, column.frame.width + 8, 16), _CENTER, caption)

    def _two_weights(self, painter: QPainter, box: QRectF, word: str, number: str) -> None:
        normal, bold = sized_font(CAPTION_SIZE), sized_font(CAPTION_SIZE, bold=True)
        painter.setFont(bold)
        number_width = painter.fontMetrics().horizontalAdvance(number)
        painter.setFont(normal)
        word_width = painter.fontMetrics().horizontalAdvance(word)
        x = box.center().x() - (word_width + number_width) / 2
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._theme.color(Token.MUTED))
        painter.drawText(QRectF(x, box.y(), word_width + 2, box.height()), align, word)
        painter.setFont(bold)
        painter.setPen(self._theme.color(Token.TEXT))
        painter.drawText(QRectF(x + word_width, box.y(), number_width + 4, box.height()), align, number)

    def _arrow(self, painter: QPainter, points: Sequence[QPointF], *, dashed: bool = False, pale: bool = False) -> None:
        """A line with rounded bends and a filled head at its end; a pale one leads nowhere."""
        color = self._theme.color(Token.LINE if pale else Token.MUTED)
        pen = QPen(color, 1.3)
        if dashed:
            pen.setDashPattern([3.2, 2.6])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(rounded(points))
        if not pale:
            _head(painter, points[-2], points[-1], color)


def prediction_line(layout: Layout) -> tuple[QPointF, QPointF]:
    """From the output's last edge to the loss card."""
    output = layout.columns[-1]
    right = max(unit.right for unit in output.units) if layout.pane is None else layout.pane
    y = max(layout.loss.y + 20, min(layout.zone.center_y, layout.loss.bottom - 20))
    return QPointF(right + 5, y), QPointF(layout.loss.x - 1, y)


def seen(layout: Layout, layers: Sequence[int]) -> list[int]:
    """The layers whose arrows do not end under the part of the loop that floats over the columns."""
    return [layer for layer in layers if not layout.covered(layout.gaps[layer] + 4)]


def target_line(layout: Layout) -> list[QPointF]:
    """From the true targets down to the loss card."""
    x = layout.targets.center_x
    return [QPointF(x, layout.targets.bottom + 3), QPointF(x, layout.loss.y - 1)]


def feedback_line(layout: Layout) -> list[QPointF]:
    """From the loss card down and left to the optimizer card."""
    x, y = layout.loss.center_x, layout.optimizer.center_y
    return [QPointF(x, layout.loss.bottom + 2), QPointF(x, y), QPointF(layout.optimizer.right + 1, y)]


def adjustment_line(layout: Layout, layer: int) -> list[QPointF]:
    """From the optimizer card to the weights of ``layer``."""
    x, tip, card = layout.gaps[layer], layout.arrow_tip(layer), layout.optimizer
    if card.x <= x <= card.right:
        return [QPointF(x, card.y - 2), QPointF(x, tip)]
    start = card.x if x < card.x else card.right
    return [QPointF(start, card.center_y), QPointF(x, card.center_y), QPointF(x, tip)]


def rounded(points: Sequence[QPointF]) -> QPainterPath:
    """A path through ``points`` whose corners are rounded."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        path.lineTo(_towards(corner, before, _BEND))
        path.quadTo(corner, _towards(corner, after, _BEND))
    path.lineTo(points[-1])
    return path


def _reach(points: Sequence[QPointF]) -> float:
    """How far a line goes sideways."""
    return abs(points[0].x() - points[-1].x())


def _towards(start: QPointF, end: QPointF, distance: float) -> QPointF:
    way = end - start
    length = max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1e-6)
    share = min(distance, length / 2) / length
    return QPointF(start.x() + way.x() * share, start.y() + way.y() * share)


def _head(painter: QPainter, before: QPointF, tip: QPointF, color: QColor) -> None:
    back = _towards(tip, before, _ARROW)
    way = tip - back
    side = QPointF(-way.y(), way.x()) * 0.55
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(color))
    painter.drawPolygon(QPolygonF([tip, back + side, back - side]))


def _qrect(box: Rect) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
