"""The strip of beats: forward → loss → backward → update, with one dot for each layer that a beat goes through."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.insight.trace.card import Beat, Stage
from playground.views.theme import TEXT_SIZE, Theme, Token, sized_font

HEIGHT, _GAP, _DOT = 38, 15, 2.2


class BeatStrip(QWidget):
    """Four named parts; the present one is framed. A click goes there.

    Signals:
        chosen(int): the beat at this place was clicked.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._beats: tuple[Beat, ...] = ()
        self._at = 0
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("The four parts of a training step; click one to go there"))
        theme.changed.connect(self.update)

    def show_beats(self, beats: tuple[Beat, ...], at: int) -> None:
        """Show other beats, or another place among them."""
        if (beats, at) != (self._beats, self._at):
            self._beats, self._at = beats, at
            self.setAccessibleName(self.tr("Beat %1 of %2").replace("%1", str(at + 1)).replace("%2", str(len(beats))))
            self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for four words."""
        return QSize(340, HEIGHT)

    def names(self) -> dict[Stage, str]:
        """The words of the four parts."""
        return {
            Stage.FORWARD: self.tr("Forward"),
            Stage.LOSS: self.tr("Loss"),
            Stage.BACKWARD: self.tr("Backward"),
            Stage.UPDATE: self.tr("Update"),
        }

    def box(self, stage: Stage) -> QRectF:
        """Where a part stands."""
        count = len(Stage)
        wide = (self.width() - 1 - _GAP * (count - 1)) / count
        return QRectF(0.5 + list(Stage).index(stage) * (wide + _GAP), 0.5, wide, self.height() - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the four parts, arrows between them, and the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        present = self._beats[self._at] if self._beats else None
        for stage, name in self.names().items():
            self._draw(painter, stage, name, present)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the first beat of the part below the pointer, or to the dot that is nearest."""
        for stage in Stage:
            box = self.box(stage)
            places = self._places(stage)
            if box.contains(event.position()) and places:
                share = (event.position().x() - box.left()) / max(1.0, box.width())
                within = min(len(places) - 1, int(share * len(places)))
                low = event.position().y() > box.center().y() + 2
                self.chosen.emit(places[within] if low else places[0])

    def _places(self, stage: Stage) -> list[int]:
        return [at for at, beat in enumerate(self._beats) if beat.stage is stage]

    def _draw(self, painter: QPainter, stage: Stage, name: str, present: Beat | None) -> None:
        box, theme = self.box(stage), self._theme
        here = present is not None and present.stage is stage
        painter.setBrush(theme.color(Token.HOVER) if here else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(Token.SELECTION if here else Token.LINE), 2 if here else 1))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)
        places = self._places(stage)
        several = len(places) > 1
        painter.setFont(sized_font(TEXT_SIZE, bold=here))
        painter.setPen(theme.color(Token.TEXT if here else Token.MUTED))
        painter.drawText(box.adjusted(0, 0, 0, -9 if several else 0), Qt.AlignmentFlag.AlignCenter, name)
        if several:
            self._draw_dots(painter, box, places)
        if stage is not Stage.UPDATE:
            self._draw_arrow(painter, QPointF(box.right() + 3, box.center().y()))

    def _draw_dots(self, painter: QPainter, box: QRectF, places: list[int]) -> None:
        pitch = min(11.0, (box.width() - 12) / len(places))
        left = box.center().x() - pitch * (len(places) - 1) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for index, place in enumerate(places):
            done = place <= self._at
            size = _DOT + 1 if place == self._at else _DOT
            painter.setBrush(self._theme.color(Token.SELECTION if done else Token.CONTROL_LINE))
            painter.drawEllipse(QPointF(left + pitch * index, box.bottom() - 9), size, size)

    def _draw_arrow(self, painter: QPainter, start: QPointF) -> None:
        painter.setPen(QPen(self._theme.color(Token.CONTROL_LINE), 1.4))
        end = start + QPointF(_GAP - 7, 0)
        painter.drawLine(start, end)
        painter.drawLine(end, end + QPointF(-4, -3.5))
        painter.drawLine(end, end + QPointF(-4, 3.5))
