"""One layer: how its weights, gradients and activations are spread, now and over the run."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from playground.insight.health import Health, Histogram, LayerHealth
from playground.views import colormap
from playground.views.messages import fill
from playground.views.panels.health import words
from playground.views.table_twin import Column, Table, TwinAction
from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, Token, mix, sized_font

HEADER, TITLE, FOOTER, AXIS, SHAPE, GAP = 17, 15, 15, 30, 18, 12
COLUMNS = 96
"""Columns of a heat map: moments at even distances of the run."""

LEAST_WIDTH = 3 * (AXIS + SHAPE + GAP + 40)


class LayerView(QWidget):
    """Three heat maps (time to the right, values upwards), each with the present histogram at its right end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layer: LayerHealth | None = None
        self._steps: NDArray[np.int64] = np.zeros(0, np.int64)
        self._title = self._span = ""
        self._last = False
        self.setMinimumWidth(LEAST_WIDTH)
        TwinAction(self)

    def sizeHint(self) -> QSize:
        """Maps of 60 pixels."""
        return QSize(LEAST_WIDTH + 78, 130)

    def show_layer(self, layer: LayerHealth, health: Health) -> None:
        """Show another moment."""
        self._layer, self._steps, self._last = layer, health.steps, layer is health.layers[-1]
        self._title, self._span = words.title(layer, self._last), words.span(health)
        self.setAccessibleName(f"{self._title}: {words.unit_line(layer)}")
        self.setAccessibleDescription(words.unit_tip(layer))
        self.update()

    def table(self) -> Table:
        """The bins of all three histograms: the share of the numbers in each now, and at the moments of the history."""
        if self._layer is None:
            return Table(self.accessibleName())
        of: list[str] = []
        edges: list[tuple[float, float]] = []
        shares = []
        for name, histogram, _ in self._panes(self._layer):
            first, last = occupied(histogram)
            ends = [_value(histogram, place) for place in range(first, last + 1)]
            ends = [10.0**end for end in ends] if histogram.powers else ends
            of += [name] * (last - first)
            edges += pairwise(ends)
            shares.append(np.vstack([histogram.counts[None, first:last], histogram.history[:, first:last]]))
        columns = [
            Column(words.tr("histogram"), of),
            Column(words.tr("from"), [low for low, _ in edges]),
            Column(words.tr("to"), [high for _, high in edges]),
        ]
        heads = [words.tr("share now")]
        heads += [fill(words.tr("share at update %1"), str(step)) for step in self._steps.tolist()]
        columns += [Column(head, values) for head, values in zip(heads, np.hstack(shares), strict=False)]
        return Table(self._title, tuple(columns))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, maps and the state of the units."""
        if self._layer is None:
            return
        painter = QPainter(self)
        self._paint_header(painter, self._layer)
        painter.setFont(sized_font(CAPTION_SIZE))
        for name, histogram, box in self._panes(self._layer):
            self._paint_pane(painter, name, histogram, box)
        painter.setPen(self._theme.color(Token.MUTED))
        foot = QRectF(AXIS, self.height() - FOOTER, self.width() - AXIS, FOOTER)
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, self._span)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell what a map, or the line about the units, says in numbers."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._layer is not None:
            text = words.unit_tip(self._layer)
            for name, histogram, box in self._panes(self._layer):
                if box.contains(QPointF(event.pos())):
                    text = _tip(name, histogram)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _panes(self, layer: LayerHealth) -> Iterator[tuple[str, Histogram, QRectF]]:
        named = (
            (words.tr("weights"), layer.weights),
            (words.tr("gradients"), layer.gradients),
            (words.tr("activations"), layer.activations),
        )
        found = [(name, histogram) for name, histogram in named if histogram is not None]
        width = (self.width() + GAP) / 3 - GAP
        height = self.height() - HEADER - FOOTER
        for place, (name, histogram) in enumerate(found):
            yield name, histogram, QRectF(place * (width + GAP), HEADER, width, height)

    def _paint_header(self, painter: QPainter, layer: LayerHealth) -> None:
        flags = Qt.AlignmentFlag
        painter.setFont(sized_font(TEXT_SIZE - 1, bold=True))
        painter.setPen(self._theme.color(Token.TEXT))
        box = QRectF(0, 0, self.width() - GAP, HEADER)
        painter.drawText(box, flags.AlignVCenter, self._title)
        box.setLeft(painter.fontMetrics().horizontalAdvance(self._title) + 8)
        painter.setFont(sized_font(CAPTION_SIZE))
        line = words.unit_line(layer)
        well = self._last or not words.silenced(layer)  # a sure prediction is saturated, and right so
        painter.setPen(self._theme.color(Token.MUTED if well else Token.WARNING))
        painter.drawText(box, flags.AlignVCenter | flags.AlignRight, line)
        box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(line) - 8)
        painter.setPen(self._theme.color(Token.MUTED))
        kind = words.kind(layer) if layer.learns else f"{words.kind(layer)} · {words.tr('does not learn')}"
        kind = painter.fontMetrics().elidedText(kind, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, flags.AlignVCenter, kind)

    def _paint_pane(self, painter: QPainter, name: str, histogram: Histogram, box: QRectF) -> None:
        flags = Qt.AlignmentFlag
        painter.setPen(self._theme.color(Token.MUTED))
        painter.drawText(
            QRectF(box.left() + AXIS, box.top(), box.width() - AXIS + GAP, TITLE), flags.AlignVCenter, name
        )
        plot = box.adjusted(AXIS, TITLE + 1, -SHAPE, -1)
        first, last = occupied(histogram)
        low, high = _value(histogram, first), _value(histogram, last)
        to_text = words.power if histogram.powers else words.short
        for value, top in ((high, plot.top() - 3), (low, plot.bottom() - 11)):
            text = to_text(value).replace("-", "−")
            painter.drawText(QRectF(box.left(), top, AXIS - 4, 14), flags.AlignRight | flags.AlignVCenter, text)
        painter.drawImage(plot, self._heat(histogram, first, last))
        if not histogram.powers and low < 0 < high:
            y = plot.bottom() - plot.height() * (0 - low) / (high - low)
            painter.drawText(QRectF(box.left(), y - 7, AXIS - 4, 14), flags.AlignRight | flags.AlignVCenter, "0")
            painter.setPen(QPen(self._theme.color(Token.LINE), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right() + SHAPE, y))
        painter.setPen(QPen(self._theme.color(Token.LINE), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plot)
        self._paint_shape(painter, histogram.counts[first:last], plot)

    def _paint_shape(self, painter: QPainter, counts: NDArray[np.float32], plot: QRectF) -> None:
        """The present histogram, lying on its side."""
        top, step = float(counts.max(initial=0.0)), plot.height() / len(counts)
        if top <= 0.0:
            return
        ink = self._theme.color(Token.PURITY)
        for place, count in enumerate(counts.tolist()):
            if count > 0:
                y = plot.bottom() - (place + 1) * step
                painter.fillRect(QRectF(plot.right() + 1, y, max(1.0, (SHAPE - 3) * count / top), step), ink)

    def _heat(self, histogram: Histogram, first: int, last: int) -> QImage:
        """The history as a picture: orange below the middle, blue above it; sizes in grey."""
        moments = np.linspace(self._steps[0], self._steps[-1], COLUMNS)
        places = np.searchsorted(0.5 * (self._steps[1:] + self._steps[:-1]), moments)  # the nearest ones
        kept = histogram.history[places.clip(0, len(histogram.history) - 1)]
        shares = np.sqrt(kept / np.maximum(kept.max(axis=1, keepdims=True), 1e-9))
        strength = np.ascontiguousarray(shares[:, first:last].T[::-1])
        if histogram.powers:
            return colormap.grey_image(strength, self._ink(), self._theme.color(Token.CARD))
        middle = 0.5 * len(histogram.counts) if histogram.low < 0 or histogram.high == 1.0 else 0.0
        above = np.arange(last - 1, first - 1, -1) >= middle
        signed = np.where(above[:, None], strength, -strength)
        return colormap.image(colormap.colorize(signed, -1.0, 1.0, self._theme.diverging_pixels()))

    def _ink(self) -> QColor:
        return mix(self._theme.color(Token.CARD), self._theme.color(Token.PURITY), 0.95)


def occupied(histogram: Histogram) -> tuple[int, int]:
    """The bins that are shown: all, or with powers of ten those that ever held something, and whole powers."""
    bins = len(histogram.counts)
    if not histogram.powers:
        return 0, bins
    held = np.flatnonzero(histogram.history.max(axis=0) > 0)
    if not held.size:
        return 0, bins
    per_power = bins / (histogram.high - histogram.low)
    first = int(held[0] / per_power) * per_power
    last = -(-(held[-1] + 1) // per_power) * per_power
    last = max(last, first + 2 * per_power)
    return int(max(0, min(first, bins - 2 * per_power))), int(min(bins, last))


def _value(histogram: Histogram, place: int) -> float:
    """The value at the lower edge of a bin."""
    return histogram.low + (histogram.high - histogram.low) * place / len(histogram.counts)


def _tip(name: str, histogram: Histogram) -> str:
    text = words.tr(
        "%1: mean %2, standard deviation %3. Time runs to the right; the shape at the right is the present."
    )
    return fill(text, name, words.short(histogram.center), words.short(histogram.spread))
