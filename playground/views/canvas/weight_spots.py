"""The weights that can be touched on the canvas: every line that is drawn, and every bias mark."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from playground.views.canvas import hover
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.biases import BiasMarks
from playground.views.canvas.hover import unit_name
from playground.views.canvas.stages import Stage
from playground.views.theme import Theme, Token

_RING = 7.0  # radius of the ring round a bias that is pointed at


class Spot(msgspec.Struct, frozen=True):
    """One weight on the canvas: from unit ``source`` of the column before to ``target``; None: the target's bias."""

    layer: int
    source: int | None
    target: int

    def caption(self, stages: Sequence[Stage]) -> str:
        """ "x₁ → unit 2 of layer 1", "bias of unit 2 of layer 1"."""
        target = unit_name(stages, self.layer + 1, self.target)
        if self.source is None:
            return _tr("bias of %1").replace("%1", target)
        return f"{unit_name(stages, self.layer, self.source)} → {target}"


class Spots:
    """Finds and emphasises weights; their values are those that the canvas shows."""

    def __init__(self, assembly: Assembly, biases: BiasMarks) -> None:
        self._assembly, self._biases = assembly, biases

    def at(self, place: QPointF) -> Spot | None:
        """The weight at a place: biases before lines; inside a unit there are no lines."""
        x, y = place.x(), place.y()
        if self._assembly.layout.covered(x):
            return None
        bias = self._biases.at(x, y)
        if bias is not None:
            return Spot(bias[0], None, bias[1])
        if any(box.contains(x, y) for column in self._assembly.layout.columns for box in column.units):
            return None
        edge = hover.edge_at(self._assembly.bundles, x, y)
        return None if edge is None else Spot(*edge)

    def value(self, spot: Spot) -> float | None:
        """The weight; None where it is not shown any more."""
        if spot.source is None:
            return self._biases.value(spot.layer, spot.target)
        bundle = self._assembly.bundles[spot.layer] if spot.layer < len(self._assembly.bundles) else None
        return None if bundle is None else bundle.weight(spot.source, spot.target)

    def place(self, spot: Spot) -> QPointF:
        """Where a weight is: the middle of its line, or its mark."""
        bundle = self._assembly.bundles[spot.layer]
        if spot.source is None or bundle is None:
            return self._biases.center(spot.layer, spot.target)
        return bundle.path(spot.source, spot.target).pointAtPercent(0.5)

    def of_unit(self, layer: int, unit: int) -> list[Spot]:
        """All weights of a unit that are shown: one for each input, then the bias."""
        bundle = self._assembly.bundles[layer] if layer < len(self._assembly.bundles) else None
        sources = sorted(source for source, target, _ in bundle.ranked() if target == unit) if bundle else []
        spots = [Spot(layer, source, unit) for source in sources]
        return [*spots, Spot(layer, None, unit)] if self._biases.value(layer, unit) is not None else spots

    def caption(self, spot: Spot) -> str:
        """Which weight it is."""
        return spot.caption(self._assembly.stages)

    def area(self, spot: Spot) -> QRectF:
        """What is painted to emphasise a weight."""
        if spot.source is None:
            center, half = self._biases.center(spot.layer, spot.target), _RING + 2
            return QRectF(center.x() - half, center.y() - half, 2 * half, 2 * half)
        bundle = self._assembly.bundles[spot.layer]
        return (
            QRectF() if bundle is None else bundle.path(spot.source, spot.target).boundingRect().adjusted(-4, -4, 4, 4)
        )

    def emphasise(self, painter: QPainter, spot: Spot, theme: Theme) -> None:
        """Draw a line in a dark frame, or a ring round a bias."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if spot.source is None:
            painter.setPen(QPen(theme.color(Token.TEXT), 1.6))
            painter.drawEllipse(self._biases.center(spot.layer, spot.target), _RING, _RING)
            return
        bundle = self._assembly.bundles[spot.layer]
        if bundle is not None:
            path = bundle.path(spot.source, spot.target)
            positive = bundle.weight(spot.source, spot.target) >= 0
            painter.setPen(QPen(theme.color(Token.TEXT), 5.0))
            painter.drawPath(path)
            painter.setPen(QPen(theme.color(Token.POSITIVE if positive else Token.NEGATIVE), 2.4))
            painter.drawPath(path)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Canvas", text)
