"""The ripple after an edit of a weight: rings round the units whose output moved, and a sentence that tells how far."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen

from playground.insight.effects import Ripple
from playground.views.canvas.geometry import Column, Layout, Shape
from playground.views.canvas.numbers import signed
from playground.views.canvas.stages import Kind, Stage
from playground.views.scales import number
from playground.views.theme import Theme, Token

FADE_MS = 600
"""Until a ring has faded."""

STAY_MS = 1000
"""How long a ring stands where nothing moves on screen."""

WAVE_MS = 70
"""By so much later each layer begins: the ripple runs forward."""

FULL = 0.5
"""A relative change from which on a ring is strongest."""

LEAST = 0.005
"""Below this relative change a unit stays quiet."""

_TICK_MS = 33
_REACH = 6.0  # pixels round a unit that its ring needs


class RippleRings(QObject):
    """Rings that flash round the units of the layers behind an edit.

    ``repaint`` is called with every rectangle that looks different. ``animated``: whether things may move.
    """

    def __init__(
        self,
        theme: Theme,
        repaint: Callable[[QRectF], None],
        animated: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._repaint, self._animated = theme, repaint, animated
        self._layout: Layout | None = None
        self._strengths: list[NDArray[np.float64]] = []
        self._first = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def strengths(self) -> tuple[NDArray[np.float64], ...]:
        """Per layer the strength 0 … 1 of the ring round each of its shown units; empty while all is quiet."""
        return tuple(self._strengths)

    def set_layout(self, layout: Layout) -> None:
        """The units stand elsewhere now."""
        self.clear()
        self._layout = layout

    def start(self, ripple: Ripple) -> None:
        """Flash; while rings of an edit before are still there (a drag), the new ones take their place at once."""
        if self._layout is None or len(ripple.units) != len(self._layout.columns) - 1:
            return
        under_way = bool(self._strengths)
        self._update()
        self._strengths = [
            strengths(units, column) for units, column in zip(ripple.units, self._layout.columns[1:], strict=True)
        ]
        moved = [layer for layer, values in enumerate(self._strengths) if values.any()]
        if not moved:
            self.clear()
            return
        self._first = -1 if under_way else moved[0]  # −1: no wave, all at once
        self._clock.start()
        self._timer.setInterval(_TICK_MS if self._animated() else STAY_MS)
        self._timer.start()
        self._update()

    def clear(self) -> None:
        """Let all be quiet."""
        self._timer.stop()
        self._update()
        self._strengths = []

    def paint(self, painter: QPainter) -> None:
        """Draw the rings."""
        if self._layout is None or not self._strengths:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        color = self._theme.color(Token.TEXT)
        for layer, values in enumerate(self._strengths):
            age = self._age(layer)
            if not 0 <= age < 1:
                continue
            for box, strength in zip(self._layout.columns[layer + 1].units, values.tolist(), strict=False):
                if not strength:
                    continue
                color.setAlphaF((1 - age) * (0.35 + 0.6 * strength))
                painter.setPen(QPen(color, 1.2 + 3.0 * strength))
                away = 1.5 + 1.5 * strength * (1 + age)
                painter.drawRoundedRect(
                    QRectF(box.x, box.y, box.width, box.height).adjusted(-away, -away, away, away), 7, 7
                )

    # -- inside ----------------------------------------------------------------------------------------------------

    def _age(self, layer: int) -> float:
        """0 when the ring of a layer begins, 1 when it has gone; below 0 before."""
        if not self._animated():
            return 0.0
        wait = 0 if self._first < 0 else WAVE_MS * (layer - self._first)
        return (self._clock.elapsed() - wait) / FADE_MS

    def _tick(self) -> None:
        if not self._animated() or all(self._age(k) >= 1 for k, v in enumerate(self._strengths) if v.any()):
            self.clear()
        else:
            self._update()

    def _update(self) -> None:
        """Paint the columns that have rings."""
        assert self._layout is not None or not self._strengths
        for layer, values in enumerate(self._strengths):
            if self._layout is not None and values.any():
                units = self._layout.columns[layer + 1].units
                first, last = units[0].grown(_REACH), units[-1].grown(_REACH)
                self._repaint(QRectF(first.x, first.y, first.width, last.bottom - first.y))


def strengths(units: NDArray[np.float32], column: Column) -> NDArray[np.float64]:
    """How strong the rings of a column's shown units are: in proportion to the relative change, up to ``FULL``.

    A column that shows its layer as one thing has one ring for all.
    """
    moved = np.nan_to_num(units.astype(np.float64), nan=0.0, posinf=np.inf)
    if column.shape in (Shape.BAR, Shape.PICTURE):
        moved = moved[:0]  # it only hands on what the layer before gives
    moved = moved[: len(column.units)]
    return np.where(moved < LEAST, 0.0, np.minimum(1.0, moved / FULL))


def ripple_text(ripple: Ripple, stages: Sequence[Stage]) -> str:
    """ "This edit moved layer 3 by 12 %, the output by 31 %, the loss by +0.04." """
    if not any(ripple.layers):
        return _tr("This edit moved nothing: no output changes on the training examples.")
    hidden = [
        (layer + 1, moved)
        for layer, (moved, stage) in enumerate(zip(ripple.layers[:-1], stages[1:-1], strict=True))
        if moved > 0 and stage.kind is not Kind.PLAIN
    ]
    parts = [_tr("layer %1 by %2").replace("%1", str(layer)).replace("%2", percent(moved)) for layer, moved in hidden]
    if len(parts) > 2:
        layer, most = max(hidden[1:], key=lambda found: found[1])
        parts[1:] = [_tr("layer %1 most, by %2").replace("%1", str(layer)).replace("%2", percent(most))]
    parts.append(_tr("the output by %1").replace("%1", percent(ripple.output)))
    parts.append(_tr("the loss by %1").replace("%1", signed(ripple.loss)))
    return _tr("This edit moved %1.").replace("%1", ", ".join(parts))


def percent(share: float) -> str:
    """ "12 %", "0.4 %", "< 0.1 %", "430 %"."""
    if not math.isfinite(share):
        return "∞ %"
    if 0 < share < 0.001:
        return f"< {number(0.1)} %"
    return f"{number(100 * share, 2 if share < 1 else 3)} %" if share < 100 else f"{number(round(100 * share))} %"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)
