"""All layers at a glance: how large their gradients are, and how far one update moves their weights."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from playground.insight.health import Health, LayerHealth
from playground.insight.health.measure import HEALTHY
from playground.views.messages import fill
from playground.views.panels.health import words
from playground.views.table_twin import Column, Table, TwinAction
from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, Token, mix, sized_font

HEADER, FOOTER, AXIS = 17, 15, 34
LOWEST, HIGHEST = -9, 6
_BAR, _PITCH = 26.0, 16
ROOM = 36
"""Pixels that a layer needs for its number."""


class LogChart(QWidget):
    """One number per layer on a logarithmic axis: as bars, or as dots over a healthy ``band``."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        value: Callable[[LayerHealth], float],
        band: tuple[float, float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._title, self._value, self._band = theme, title, value, band
        self._health: Health | None = None
        self._low, self._high = (-6, 0) if band else (-4, 0)
        self.setAccessibleName(title)
        self.setMinimumWidth(120)
        TwinAction(self)

    def sizeHint(self) -> QSize:
        """Room for four layers."""
        return QSize(170, 130)

    def show_health(self, health: Health | None) -> None:
        """Show another moment; the axis only grows."""
        self._health = health
        self.setMinimumWidth(max(120, AXIS + _PITCH * len(self._layers())))
        for exponent in (self._value(layer) for layer in self._layers()):
            if math.isfinite(exponent):
                self._low = max(LOWEST, min(self._low, math.floor(exponent - 0.3)))
                self._high = min(HIGHEST, max(self._high, math.ceil(exponent)))
        self.update()

    def table(self) -> Table:
        """One row per layer that learns."""
        layers = self._layers()
        last = self._health.layers[-1] if self._health is not None else None
        exponents = [self._value(layer) for layer in layers]
        return Table(
            self._title,
            (
                Column(words.tr("layer"), [words.title(layer, layer is last) for layer in layers]),
                Column(words.tr("kind"), [words.kind(layer) for layer in layers]),
                Column(self._title, [10.0**exponent for exponent in exponents]),
            ),
        )

    def begin(self) -> None:
        """Forget the axis of an earlier run."""
        self._low, self._high = (-6, 0) if self._band else (-4, 0)
        self.show_health(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title, axis, band and layers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized_font(TEXT_SIZE - 1, bold=True))
        painter.setPen(self._theme.color(Token.TEXT))
        painter.drawText(QRectF(0, 0, self.width(), HEADER), Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(sized_font(CAPTION_SIZE))
        self._paint_axis(painter)
        layers = self._layers()
        for place, layer in enumerate(layers):
            self._paint_layer(painter, layer, self._column(place, len(layers)))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell the number of the layer under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            layers = self._layers()
            for place, layer in enumerate(layers):
                if self._column(place, len(layers)).adjusted(-4, -4, 4, FOOTER).contains(QPointF(event.pos())):
                    QToolTip.showText(event.globalPos(), self._tip(layer), self)
                    return True
            QToolTip.showText(event.globalPos(), self.toolTip(), self)
            return True
        return super().event(event)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _layers(self) -> Sequence[LayerHealth]:
        return self._health.learning if self._health is not None else ()

    def _plot(self) -> QRectF:
        return QRectF(AXIS, HEADER + 5, self.width() - AXIS - 2, self.height() - HEADER - FOOTER - 8)

    def _y(self, exponent: float) -> float:
        plot = self._plot()
        share = (min(max(exponent, self._low), self._high) - self._low) / (self._high - self._low)
        return plot.bottom() - share * plot.height()

    def _column(self, place: int, count: int) -> QRectF:
        plot = self._plot()
        pitch = plot.width() / count
        width = min(_BAR, 0.7 * pitch)
        return QRectF(plot.left() + (place + 0.5) * pitch - width / 2, plot.top(), width, plot.height())

    def _paint_axis(self, painter: QPainter) -> None:
        plot = self._plot()
        if self._band is not None:
            top, bottom = self._y(self._band[1]), self._y(self._band[0])
            good = mix(self._theme.color(Token.CARD), self._theme.color(Token.GOOD), 0.16)
            painter.fillRect(QRectF(plot.left(), top, plot.width(), bottom - top), good)
        step = 1 if self._high - self._low <= 4 else 2 if self._high - self._low <= 8 else 3
        for exponent in range(self._high, self._low - 1, -step):
            y = self._y(exponent)
            painter.setPen(QPen(self._theme.color(Token.LINE), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(self._theme.color(Token.MUTED))
            painter.drawText(
                QRectF(0, y - 8, AXIS - 5, 16),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                words.power(exponent),
            )

    def _paint_layer(self, painter: QPainter, layer: LayerHealth, column: QRectF) -> None:
        exponent, color = self._value(layer), self._color(layer)
        if not math.isnan(exponent):
            y = self._y(exponent)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            if self._band is None:
                painter.drawRoundedRect(QRectF(column.left(), y, column.width(), max(2.0, column.bottom() - y)), 2, 2)
            else:
                painter.drawEllipse(QPointF(column.center().x(), y), 5, 5)
            if self._plot().width() >= ROOM * len(self._layers()):  # else the tool-tip tells
                self._paint_number(painter, self._number(layer), column.center().x(), y)
        painter.setPen(self._theme.color(Token.MUTED))
        last = self._health is not None and layer is self._health.layers[-1]
        name = words.tr("out") if last else str(layer.index + 1)
        box = QRectF(column.center().x() - 24, self.height() - FOOTER, 48, FOOTER)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_number(self, painter: QPainter, text: str, x: float, y: float) -> None:
        """Above the top of the bar or dot; where there is no room, below it."""
        gap = 2.0 if self._band is None else 6.0
        box = QRectF(x - 24, y - gap - 14, 48, 14)
        below = box.top() < HEADER - 2
        if below:
            box.moveTop(y + gap)
        painter.setPen(self._theme.color(Token.CARD if below and self._band is None else Token.TEXT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _number(self, layer: LayerHealth) -> str:
        exponent = self._value(layer)
        return words.brief(10.0**exponent) if math.isfinite(exponent) else ("∞" if exponent > 0 else "0")

    def _color(self, layer: LayerHealth) -> QColor:
        assert self._health is not None
        bad = not words.healthy(layer) if self._band is not None else words.troubled(layer, self._health)
        good = Token.GOOD if self._band is not None else Token.PURITY
        return self._theme.color(Token.WARNING if bad else good)

    def _tip(self, layer: LayerHealth) -> str:
        assert self._health is not None
        name = words.title(layer, layer is self._health.layers[-1])
        return f"{name} ({words.kind(layer)}): {self._title} {self._number(layer)}"


def gradient_chart(theme: Theme, parent: QWidget) -> LogChart:
    """Bars: the size of each layer's gradient."""

    def exponent(layer: LayerHealth) -> float:
        norm = layer.gradient_norm
        return math.nan if math.isnan(norm) else math.log10(norm) if norm > 0 else -math.inf

    chart = LogChart(theme, words.tr("gradient norm"), exponent, parent=parent)
    chart.setToolTip(
        words.tr(
            "How strongly each layer is asked to change: the length of its gradient. Bars that shrink towards the "
            "input mean vanishing gradients, bars that grow without end exploding ones."
        )
    )
    return chart


def ratio_chart(theme: Theme, parent: QWidget) -> LogChart:
    """Dots: how far the next update moves each layer's weights, over the healthy band."""
    chart = LogChart(theme, words.tr("update ÷ weights"), lambda layer: layer.ratio, HEALTHY, parent)
    text = words.tr(
        "How far the next update moves the weights of each layer, as a share of their size. "
        "Green: from %1 to %2, around one thousandth."
    )
    chart.setToolTip(fill(text, *(words.power(exponent) for exponent in HEALTHY)))
    return chart
