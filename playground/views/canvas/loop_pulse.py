"""The pulse that runs round the loop: prediction → loss (with the target) → optimizer → weights.

At full speed far more rounds are trained than a screen can show; then one pulse runs on steadily, a bit further with
every picture. After a single mini-batch it goes round once, slowly, and rests at the loss and at the optimizer.
"""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPainterPath, QPen

from playground.views.canvas.geometry import Layout, Rect
from playground.views.canvas.loop_art import (
    adjustment_line,
    feedback_line,
    prediction_line,
    rounded,
    target_line,
)
from playground.views.theme import Theme, Token

FRAMES = 60
"""Pictures that one round takes at full speed."""

ROUND_MS = 1900
"""One round after a single mini-batch."""

STAGED_MS = 350
"""Where rounds come faster than this, they are not shown one by one."""

TICK_MS = 33
_TAIL = (0.0, 0.012, 0.024, 0.036)  # how far the dots of the tail are behind, as share of a round
_RING = 3.0  # between a card and the ring round it


class _Leg(msgspec.Struct, frozen=True):
    """A part of the round: ways that are gone at the same time, or a rest at a card; ``share`` of the time."""

    share: float
    ways: tuple[QPainterPath, ...] = ()
    rest: Rect | None = None


class LoopPulse(QObject):
    """``repaint`` is called with every rectangle that looks different."""

    def __init__(self, theme: Theme, repaint: Callable[[QRectF], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._repaint = theme, repaint
        self._steady: tuple[_Leg, ...] = ()
        self._staged: tuple[_Leg, ...] = ()
        self._legs: tuple[_Leg, ...] = ()
        self._place: float | None = None
        self._round_ms = float(ROUND_MS)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._dirty: list[QRectF] = []

    @property
    def place(self) -> float | None:
        """How much of the round is done, 0 … 1; None while there is no pulse."""
        return self._place

    def set_layout(self, layout: Layout, trained: Sequence[int]) -> None:
        """Go along another picture; ``trained``: the layers whose weights the optimizer adjusts."""
        self.stop()
        prediction = rounded(prediction_line(layout))
        feedback = rounded(feedback_line(layout))
        adjusted = tuple(rounded(adjustment_line(layout, layer)) for layer in trained)
        self._steady = (_Leg(0.3, (prediction,)), _Leg(0.35, (feedback,)), _Leg(0.35, adjusted))
        self._staged = (
            _Leg(0.22, (prediction, rounded(target_line(layout)))),
            _Leg(0.13, rest=layout.loss),
            _Leg(0.26, (feedback,)),
            _Leg(0.13, rest=layout.optimizer),
            _Leg(0.26, adjusted),
        )

    def advance(self) -> None:
        """Move on by one picture of a run at full speed."""
        if self._timer.isActive():
            self.stop()
        self._legs = self._steady
        self._show(0.0 if self._place is None else (self._place + 1 / FRAMES) % 1.0)

    def go_round(self, milliseconds: float = ROUND_MS) -> None:
        """Go round once, stage by stage; begins anew when a round is under way."""
        self._legs, self._round_ms = self._staged, max(1.0, milliseconds)
        self._clock.start()
        self._timer.start()
        self._show(0.0)

    def come_to_rest(self) -> None:
        """The run has stopped: a single round may end, a steady pulse goes at once."""
        if not self._timer.isActive():
            self.stop()

    def stop(self) -> None:
        """Take the pulse away."""
        self._timer.stop()
        self._show(None)

    def paint(self, painter: QPainter) -> None:
        """Draw the pulse where it is."""
        if self._place is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        leg, share = self._leg_at(self._place)
        if leg.rest is not None:
            self._paint_rest(painter, leg.rest, share)
        color = self._theme.color(Token.TEXT)
        painter.setPen(Qt.PenStyle.NoPen)
        for way in leg.ways:
            for rank, behind in enumerate(_TAIL):
                color.setAlphaF(0.9 - 0.22 * rank)
                painter.setBrush(color)
                painter.drawEllipse(_along(way, share - behind / leg.share), 3.4 - 0.55 * rank, 3.4 - 0.55 * rank)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        done = self._clock.elapsed() / self._round_ms
        if done >= 1:
            self.stop()
        else:
            self._show(done)

    def _show(self, place: float | None) -> None:
        """Stand somewhere else; only what was and what is there is painted."""
        self._place = place
        before, self._dirty = self._dirty, self._areas() if place is not None else []
        for area in (*before, *self._dirty):
            self._repaint(area)

    def _areas(self) -> list[QRectF]:
        assert self._place is not None
        leg, share = self._leg_at(self._place)
        if leg.rest is not None:
            return _frame(leg.rest)
        return [_around([_along(way, share - behind / leg.share) for behind in _TAIL]) for way in leg.ways]

    def _leg_at(self, place: float) -> tuple[_Leg, float]:
        """The leg under way and how much of it is done."""
        start = 0.0
        for leg in self._legs[:-1]:
            if place < start + leg.share:
                return leg, (place - start) / leg.share
            start += leg.share
        return self._legs[-1], (place - start) / self._legs[-1].share

    def _paint_rest(self, painter: QPainter, card: Rect, share: float) -> None:
        """A ring round a card that comes and goes."""
        color = self._theme.color(Token.TEXT)
        color.setAlphaF(0.75 * (1 - abs(2 * share - 1)))
        painter.setPen(QPen(color, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = card.grown(_RING)
        painter.drawRoundedRect(QRectF(box.x, box.y, box.width, box.height), 10, 10)


def _along(way: QPainterPath, share: float) -> QPointF:
    return way.pointAtPercent(min(1.0, max(0.0, share)))


def _frame(card: Rect) -> list[QRectF]:
    """The four strips round a card in which its ring lies; the card itself need not be painted."""
    wide, box = 2 * _RING, card.grown(2 * _RING)
    return [
        QRectF(box.x, box.y, box.width, wide),
        QRectF(box.x, card.bottom, box.width, wide),
        QRectF(box.x, box.y, wide, box.height),
        QRectF(card.right, box.y, wide, box.height),
    ]


def _around(points: Sequence[QPointF]) -> QRectF:
    xs, ys = [point.x() for point in points], [point.y() for point in points]
    box = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    return box.adjusted(-5, -5, 5, 5)
