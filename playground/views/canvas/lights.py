"""Lights on the canvas: a few units, lines and cards stand out, the rest steps back.

Used to show a path through the network or a beat of a training step. Several callers may light at once, each under
its own name; what was set last is seen.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from playground.views.canvas.edges import EdgeBundle, Pens
from playground.views.canvas.geometry import Layout, Rect, Shape
from playground.views.theme import Theme, Token

VEIL = 0.8  # how far what is not lit steps back
MOST_LINES = 160  # of one gap; the strongest
LEAST = 0.02
_ARROWS_FROM = 0.5  # lines lit at least so strongly show their direction
_MOST_ARROWS = 12


class Lights(msgspec.Struct, frozen=True):
    """What is lit, 0 (not at all) to 1.

    units: column → (units,) strengths, those of column 0 by the number of the input; columns that are missing stay
    dark. edges: layer → (inputs, units) strengths,
    None lights every line of that layer; missing layers stay dark. cards: of "loss" and "optimizer".
    forward: whether the lines lead to the right (a prediction) or to the left (a gradient).
    """

    units: Mapping[int, NDArray[Any]] = msgspec.field(default_factory=dict)
    edges: Mapping[int, NDArray[Any] | None] = msgspec.field(default_factory=dict)
    cards: frozenset[str] = frozenset()
    forward: bool = True


class LightShelf:
    """The lights of all callers by name."""

    def __init__(self) -> None:
        self._set: dict[str, Lights] = {}

    def put(self, name: str, lights: Lights | None) -> bool:
        """Set or (None) take away the lights of one caller; tell whether something else is seen now."""
        before = self.seen
        self._set.pop(name, None)
        if lights is not None:
            self._set[name] = lights
        return before is not self.seen

    @property
    def seen(self) -> Lights | None:
        """The lights that were set last, None when there are none."""
        return next(reversed(self._set.values()), None)


def paint_lights(
    painter: QPainter,
    theme: Theme,
    lights: Lights,
    layout: Layout,
    bundles: Sequence[EdgeBundle | None],
    pens: Mapping[int, Pens],
) -> None:
    """Veil the sheet, then draw the lit lines; to be called before the units are drawn."""
    veil = theme.color(Token.CARD)
    veil.setAlphaF(VEIL)
    painter.fillRect(QRectF(0, 0, layout.width, layout.height), veil)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for layer, strengths in lights.edges.items():
        bundle = bundles[layer] if layer < len(bundles) else None
        if bundle is not None and layer in pens:
            _paint_lines(painter, bundle, pens[layer], strengths, lights.forward)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(Token.TEXT), 2))
    for name, card in (("loss", layout.loss), ("optimizer", layout.optimizer)):
        if name in lights.cards:
            painter.drawRoundedRect(_qrect(card.grown(3)), 10, 10)


def veil_units(painter: QPainter, theme: Theme, lights: Lights, layout: Layout) -> None:
    """Let units that are not lit step back, and frame those that are; to be called after the units are drawn.

    Features are widgets of their own and light themselves.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, column in enumerate(layout.columns):
        if place == 0 and column.shape is Shape.SQUARES:
            continue
        strengths = lights.units.get(place)
        shown = np.zeros(len(column.units)) if strengths is None else np.clip(np.nan_to_num(strengths), 0.0, 1.0)
        if column.shape in (Shape.BAR, Shape.PICTURE):
            shown = shown.ravel().max(initial=0.0, keepdims=True)
        for box, strength in zip(column.units, shown.tolist(), strict=False):
            light_box(painter, theme, _qrect(box), strength)


def light_box(painter: QPainter, theme: Theme, box: QRectF, strength: float) -> None:
    """Veil one picture as far as it is not lit, and frame it as far as it is."""
    veil, ring = theme.color(Token.CARD), theme.color(Token.TEXT)
    veil.setAlphaF(VEIL * (1 - strength))
    painter.fillRect(box, veil)
    if strength > LEAST:
        ring.setAlphaF(0.2 + 0.8 * strength)
        painter.setPen(QPen(ring, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 6, 6)


def _paint_lines(
    painter: QPainter, bundle: EdgeBundle, pens: Pens, strengths: NDArray[Any] | None, forward: bool
) -> None:
    lines = bundle.ranked()
    lit = [(1.0 if strengths is None else _strength(strengths, s, t), s, t, level) for s, t, level in lines]
    lit = sorted(line for line in lit if line[0] > LEAST)[-MOST_LINES:]
    for strength, source, target, level in lit:
        painter.setOpacity(0.25 + 0.75 * strength)
        painter.setPen(pens.positive[level] if level >= 0 else pens.negative[-level - 1])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(bundle.path(source, target))
    for strength, source, target, _ in lit[-_MOST_ARROWS:]:
        if strength >= _ARROWS_FROM:
            path = bundle.path(source, target)
            _arrow(painter, path.pointAtPercent(0.5), path.angleAtPercent(0.5) + (0 if forward else 180))
    painter.setOpacity(1.0)


def _strength(strengths: NDArray[Any], source: int, target: int) -> float:
    if source >= strengths.shape[0] or target >= strengths.shape[1]:
        return 0.0
    value = float(strengths[source, target])
    return min(1.0, max(0.0, value)) if value == value else 0.0


def _arrow(painter: QPainter, place: QPointF, angle: float) -> None:
    """A small head in the middle of a line."""
    painter.save()
    painter.translate(place)
    painter.rotate(-angle)
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([QPointF(6, 0), QPointF(-4, 4.5), QPointF(-4, -4.5)]))
    painter.restore()


def _qrect(box: Rect) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
