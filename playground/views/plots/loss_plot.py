"""The loss curves: training solid, test dashed, against epochs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPen, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

from playground.views.plots import series
from playground.views.plots.axes import NumberAxis, ShareAxis
from playground.views.plots.edit_marks import EditMarks
from playground.views.plots.loss_table import loss_table
from playground.views.plots.ringed_view import RingedView
from playground.views.table_twin import Table, TwinAction
from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

_SOLID = ("train_loss", "train_metric")
_POINTS, _DASHED_POINTS = 600, 300  # drawn per curve at most
_DOTTED = 24  # curves of so few points are drawn with dots
_TINY = 1e-12

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Options:
    """How the curves are drawn. ``metric``: whether the metric's curves are drawn too."""

    log: bool = True
    smoothing: float = 0.0
    metric: bool = False
    percent: bool = True


class LossPlot(RingedView):
    """Draws what ``show_curves`` gives; the axes cover it exactly, decades and round numbers upwards.

    Signals:
        hovered(object): the epoch under the pointer, None when it left.
    """

    hovered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._left, self._bottom = NumberAxis("left"), NumberAxis("bottom")
        self._right = ShareAxis(self._view_range)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self._range = (0.0, 1.0)
        super().__init__(theme, parent)
        self._options, self._arrays = Options(), {}  # type: tuple[Options, Arrays]
        self._trail: Arrays = {}
        self._span = (0.0, 1.0)
        self.setAccessibleName(self.tr("Loss curves"))
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self._lay_out()
        names = ("train_loss", "test_loss", "train_metric", "test_metric")
        self._curves = {name: pg.PlotCurveItem(antialias=True) for name in names}
        self._dots = {name: pg.ScatterPlotItem(size=5, pxMode=True) for name in names}
        for name in names:
            self._box.addItem(self._curves[name])
            self._box.addItem(self._dots[name])
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        self._box.addItem(self._cursor)
        self._edit_marks = EditMarks(theme, self._area, self._in_scene)
        self.scene().addItem(self._edit_marks)
        self.recolor()
        self.show_options(Options())
        TwinAction(self)

    def _lay_out(self) -> None:
        """Put the view between its axes. (A PlotItem would do the same and make seven menus that are never seen.)"""
        layout = pg.GraphicsLayout()
        layout.setContentsMargins(0, 4, 24, 0)
        layout.setSpacing(0)
        for axis, row, column in ((self._left, 0, 0), (self._right, 0, 2), (self._bottom, 1, 1)):
            axis.linkToView(self._box)
            axis.setZValue(-1000)  # grid lines lie below the curves
            layout.addItem(axis, row, column)
        layout.addItem(self._box, 0, 1)
        self._right.hide()
        self.setCentralWidget(layout)

    def recolor(self) -> None:
        """Take over the theme's colours, item by item."""
        theme = self._theme
        self.setBackground(theme.color(Token.CARD))
        for axis in (self._left, self._bottom, self._right):
            axis.setPen(theme.color(Token.LINE if axis is self._bottom else Token.CARD))
            axis.setTickPen(theme.color(Token.LINE))
            axis.setTextPen(theme.color(Token.MUTED))
            axis.setTickFont(sized_font(CAPTION_SIZE))
            axis.setStyle(tickTextOffset=6, hideOverlappingLabels=24)
        self._left.setGrid(230)
        self._bottom.setHeight(36)
        self._left.setWidth(52)
        style = {"color": theme.hex(Token.MUTED), "font-size": f"{CAPTION_SIZE}px"}
        self._left.setLabel(self.tr("loss"), **style)
        self._bottom.setLabel(self.tr("epoch"), **style)
        solid, dash, ratio = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, self.devicePixelRatioF()
        self._ratio = ratio
        pens = {
            "train_loss": _pen(theme, Token.TEXT, solid, ratio),
            "test_loss": _pen(theme, Token.MUTED, dash, ratio),
            "train_metric": _pen(theme, Token.GOOD, solid, ratio),
            "test_metric": _pen(theme, Token.GOOD, dash, ratio),
        }
        for name, pen in pens.items():
            self._curves[name].setPen(pen)
            self._dots[name].setPen(None)
            self._dots[name].setBrush(pen.color())
        self._cursor.setPen(pg.mkPen(theme.color(Token.SELECTION), width=1))

    def show_options(self, options: Options) -> None:
        """Draw in another way."""
        self._options = options
        self._left.log = options.log
        self._right.percent = options.percent
        self._right.setVisible(options.metric)
        self._right.setWidth(44 if options.metric else 0)
        self._set_range(force=True)
        self._draw()

    def show_curves(self, arrays: Arrays, trail: Arrays | None = None) -> None:
        """Show the curves that ``Curves.arrays()`` gave.

        trail: moments before the first and after the last epoch, as arrays "epoch", "train_loss" and so on.
        """
        self._arrays, self._trail = arrays, trail or {}
        self._set_range()
        self._draw()

    def show_marks(self, marks: Sequence[tuple[float, str]]) -> None:
        """Mark edits: (epoch, name)."""
        shown = self._edit_marks.shown
        self._edit_marks.show_marks(marks)
        if self._edit_marks.shown is not shown:
            self._set_range(force=True)
        about = self.tr(
            "The loss after each epoch, solid for the training examples and dashed for the test examples. Both should "
            "fall; when only the solid one does, the network memorises."
        )
        self.setAccessibleDescription(f"{about} {self._edit_marks.description}".strip())

    def value_at(self, epoch: float) -> tuple[int, dict[str, float]] | None:
        """The known moment nearest to ``epoch``, as the epoch that it belongs to, and its known values."""
        epochs = self._joined("epoch")
        if not len(epochs):
            return None
        place = int(np.abs(epochs - epoch).argmin())
        values = {name: float(self._joined(name)[place]) for name in self._curves}
        return int(np.ceil(epochs[place])), {name: value for name, value in values.items() if np.isfinite(value)}

    def table(self) -> Table:
        """The numbers behind the curves."""
        how = self._options
        return loss_table(
            self.accessibleName(), self._joined, metric=how.metric, percent=how.percent, smoothing=how.smoothing
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the pens to the screen."""
        super().showEvent(event)
        if self.devicePixelRatioF() != self._ratio:
            self.recolor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Put the cursor at the epoch under the pointer and tell it."""
        box = self._box
        place = self.mapToScene(event.position().toPoint())
        inside = box.sceneBoundingRect().contains(place)
        epoch = box.mapSceneToView(place).x() if inside else 0.0
        if not inside or self.value_at(epoch) is None:
            self._leave()
            return
        self._cursor.setPos(epoch)
        self._cursor.show()
        self.hovered.emit(epoch)

    def viewportEvent(self, event: QEvent) -> bool:
        """Name the edits under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._edit_marks.text_at(self.mapToScene(event.pos())), self)
            return True
        return bool(super().viewportEvent(event))

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the cursor."""
        super().leaveEvent(event)
        self._leave()

    def _leave(self) -> None:
        if self._cursor.isVisible():
            self._cursor.hide()
            self.hovered.emit(None)

    def _view_range(self) -> tuple[float, float]:
        return self._range

    def _draw(self) -> None:
        for name, curve in self._curves.items():
            metric = name.endswith("metric")
            if name not in self._arrays or (metric and not self._options.metric):
                curve.setData([], [])
                self._dots[name].setData([], [])
                continue
            x, y = self._points(name)
            most = _POINTS if name in _SOLID else _DASHED_POINTS
            x, y = series.thin(x, self._placed(y, metric=metric), most)
            # segment by segment is twice as fast, but dashes would begin anew with each segment
            curve.setSegmentedLineMode("on" if name in _SOLID and len(x) > _DASHED_POINTS else "off")
            curve.setData(x, y)
            few = len(x) <= _DOTTED
            self._dots[name].setData(x if few else [], y if few else [])

    def _points(self, name: str) -> series.Curve:
        """The curve's known points: means when smoothed, else the extremes of each stored stretch."""
        arrays = self._arrays
        if self._options.smoothing > 0 or int(arrays["stride"][0]) == 1:
            x, y = series.known(self._joined("epoch"), self._joined(name))
            return x, series.smooth(y, self._options.smoothing)
        x = np.repeat(arrays["epoch"].astype(float), 2)
        y = np.stack([arrays[name + "_min"], arrays[name + "_max"]], axis=1).ravel()
        return series.known(self._with_trail(x, "epoch"), self._with_trail(y, name))

    def _joined(self, name: str) -> series.Floats:
        """An array of the curves with what the trail adds before and behind."""
        return self._with_trail(np.asarray(self._arrays.get(name, ()), float), name)

    def _with_trail(self, values: series.Floats, name: str) -> series.Floats:
        if not len(self._trail.get("epoch", ())):
            return values
        begun = self._trail["epoch"] < 1.0 if self._recorded else np.zeros(len(self._trail["epoch"]), bool)
        return np.concatenate([self._trail[name][begun], values, self._trail[name][~begun]])

    def _placed(self, y: series.Floats, *, metric: bool) -> series.Floats:
        """Values as heights in the view."""
        low, high = self._range
        if metric:
            return low + np.clip(y, 0.0, 1.0) * (high - low)
        return np.log10(np.maximum(y, _TINY)) if self._options.log else y

    @property
    def _recorded(self) -> bool:
        """Whether there is a finished epoch."""
        return len(self._arrays.get("epoch", ())) > 0

    def _set_range(self, *, force: bool = False) -> None:
        """Let the axes cover the curves."""
        epochs = self._joined("epoch")
        last = max(float(epochs[-1]), 1.0) if len(epochs) else 1.0
        first = float(self._arrays["first_epoch"][0]) if self._recorded else 0.0
        start = 0.0 if first < 0.5 * last or last < 20 else first
        low, high = self._heights()
        if (low, high) == self._range and (start, last) == self._span and not force:
            return
        self._range, self._span = (low, high), (start, last)
        self._box.setXRange(start, last, padding=0.0)
        room = 0.07 * (high - low)  # so that the labels at both ends fit
        top = 2 * room if self._edit_marks.shown else room
        self._box.setYRange(low - room, high + top, padding=0.0)
        self._right.picture = None
        self._right.update()
        self._edit_marks.update()

    def _area(self) -> QRectF:
        """The view's rectangle in the scene."""
        return QRectF(self._box.sceneBoundingRect())

    def _in_scene(self, epoch: float) -> float:
        """Where an epoch stands in the scene."""
        return float(self._box.mapViewToScene(QPointF(epoch, self._range[0])).x())

    def _heights(self) -> tuple[float, float]:
        parts = [self._arrays[name] for name in ("train_loss_min", "test_loss_min") if name in self._arrays]
        parts += [self._arrays[name] for name in ("train_loss_max", "test_loss_max") if name in self._arrays]
        parts += [self._trail[name] for name in ("train_loss", "test_loss") if name in self._trail]
        values = np.concatenate(parts) if parts else np.zeros(0)
        values = values[np.isfinite(values)]
        if not len(values):
            return (-2.0, 0.0) if self._options.log else (0.0, 1.0)
        if self._options.log:
            return series.decades(max(float(values.min()), _TINY), max(float(values.max()), _TINY))
        return 0.0, series.nice_top(max(float(values.max()), _TINY))


def _pen(theme: Theme, token: Token, style: Qt.PenStyle, ratio: float) -> QPen:
    pen: QPen = pg.mkPen(theme.color(token), width=2 * ratio)  # such pens count the screen's own pixels
    if style is Qt.PenStyle.DashLine:
        pen.setDashPattern([3.0, 2.0])
    return pen
