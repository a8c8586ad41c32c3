"""The loss panel: the curves, what they read now or under the pointer, and how they are drawn."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from playground.project.changes import Change
from playground.session import Session
from playground.session.language import translated
from playground.training.records import Snapshot
from playground.views.forms import SliderRow, bind_choice
from playground.views.panels.card import Connections, label
from playground.views.panels.counter import count_text, loss_text, metric_text
from playground.views.panels.loss_legend import LegendEntry
from playground.views.panels.loss_trail import Trail
from playground.views.theme import Theme, Token

if TYPE_CHECKING:
    from playground.views.plots.loss_plot import LossPlot

_FRAME_MS = 200  # the curves are drawn at most 5 times a second: the most costly picture of the window
_METRIC_KEY = "loss_panel/metric"
_SMOOTHING = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


class LossPanel(QWidget):
    """Shows the run's curves; ``load()`` makes the plot, after the window's first paint."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.loss")
        self.setAccessibleName(self.tr("Loss"))
        self._session, self._theme = session, theme
        self._connections = Connections()
        self._plot: LossPlot | None = None
        self._epoch: float | None = None
        self._metric_name = ""
        self._stale = True
        self._trail = Trail()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FRAME_MS)
        self._entries = {
            "train_loss": LegendEntry(self.tr("training loss"), Token.TEXT, theme, self),
            "test_loss": LegendEntry(self.tr("test loss"), Token.MUTED, theme, self, dashed=True),
            "train_metric": LegendEntry(self.tr("training accuracy"), Token.GOOD, theme, self),
            "test_metric": LegendEntry(self.tr("test accuracy"), Token.GOOD, theme, self, dashed=True),
        }
        self._when = label("", "caption", self)
        self._metric = QCheckBox(self.tr("accuracy"), self)
        self._empty = QLabel(self.tr("Press Train (Space) to see the loss fall."), self)
        self._build()
        self._connect()
        self.refresh()

    def load(self) -> None:
        """Make the plot (imports pyqtgraph); does nothing the second time."""
        if self._plot is not None:
            return
        module = importlib.import_module("playground.views.plots.loss_plot")
        plot: LossPlot = module.LossPlot(self._theme, self)
        self._plot = plot
        self._stack.addWidget(plot)
        self._connections.add(plot.hovered, self._hover)
        self._show_options()
        self.refresh()

    def refresh(self) -> None:
        """Draw curves and legend as they are now."""
        self._stale = False
        trainer = self._session.trainer
        some = len(trainer.curves) > 0 or bool(trainer.latest and trainer.latest.counters.step)
        if self._plot is not None:
            arrays = trainer.curves.arrays()
            self._plot.show_curves(arrays, self._trail.arrays(trainer.curves, arrays) if some else None)
            marks = [(self._trail.place(mark.step, arrays), translated(mark.label)) for mark in trainer.marks]
            self._plot.show_marks(marks)
        if self._plot is not None and some:
            self._stack.setCurrentWidget(self._plot)
        else:
            self._stack.setCurrentWidget(self._empty)
        self._write_legend()

    def close(self) -> bool:
        """Stop listening, then close."""
        self._timer.stop()
        self._connections.undo()
        return super().close()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up on what was missed while hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 12, 6)
        row.setSpacing(12)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "caption")
        self._stack.addWidget(self._empty)
        row.addWidget(holder, 1)
        side = QWidget(self)
        side.setFixedWidth(228)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        for entry in self._entries.values():
            column.addWidget(entry)
        column.addWidget(self._when)
        column.addStretch(1)
        column.addLayout(self._controls(side))
        document = self._session.document
        column.addWidget(SliderRow(document, "view.smoothing", side, values=_SMOOTHING, inline=True))
        row.addWidget(side)

    def _controls(self, side: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        titles = {"log": self.tr("log"), "linear": self.tr("linear")}
        scale = bind_choice(self._session.document, "view.loss_scale", side, titles=lambda name: titles.get(name, name))
        name = QLabel(self.tr("scale"), side)
        name.setBuddy(scale)
        row.addWidget(name)
        row.addWidget(scale)
        row.addStretch(1)
        self._metric.setObjectName("loss.metric")
        self._metric.setToolTip(self.tr("Also draws how well the network does, on the axis at the right"))
        self._metric.setChecked(self._session.settings.flag(_METRIC_KEY))
        row.addWidget(self._metric)
        return row

    def _connect(self) -> None:
        trainer = self._session.trainer
        self._connections.add(trainer.epochs, self._mark_stale)
        self._connections.add(trainer.restarted, self._restart)
        self._connections.add(trainer.marks_changed, self._mark_stale)
        self._connections.add(trainer.counted, self._show_snapshot)
        self._connections.add(self._session.document.changed, self._follow)
        self._connections.add(self._theme.changed, self._recolor)
        self._timer.timeout.connect(self._catch_up)
        self._metric.toggled.connect(self._toggle_metric)

    # -- following ---------------------------------------------------------------------------------------------------

    @Slot()
    def _mark_stale(self) -> None:
        """Curves grew: draw soon, several epochs at once."""
        self._stale = True
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()

    @Slot()
    def _catch_up(self) -> None:
        if self._stale and self.isVisible():
            self.refresh()

    @Slot()
    def _restart(self) -> None:
        self._epoch = None
        self._trail.restart(self._session.trainer.curves.arrays())
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.counters.metric_name != self._metric_name:
            self._metric_name = snapshot.counters.metric_name
            self._name_metric()
        self._follow_steps(snapshot)
        if self._epoch is None and self.isVisible():
            self._write_legend()

    def _follow_steps(self, snapshot: Snapshot) -> None:
        """Let the curve begin before the first epoch has ended, and end where the run stands."""
        session = self._session
        examples, batch = len(session.document.samples.x_train), session.document.project.training.batch_size
        marks = session.trainer.marks
        edited = bool(marks) and marks[-1].step == snapshot.counters.step
        if self._trail.take(snapshot, session.trainer.curves, -(-examples // batch), edited=edited):
            self._mark_stale()

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if change & Change.VIEW:
            self._show_options()

    @Slot(object)
    def _hover(self, epoch: float | None) -> None:
        self._epoch = epoch
        self._write_legend()

    @Slot(bool)
    def _toggle_metric(self, on: bool) -> None:
        self._session.settings.put(_METRIC_KEY, on)
        self._show_options()

    @Slot()
    def _recolor(self) -> None:
        if self._plot is not None:
            self._plot.recolor()

    def _show_options(self) -> None:
        shown = self._metric.isChecked()
        for name in ("train_metric", "test_metric"):
            self._entries[name].setVisible(shown)
        if self._plot is not None:
            from playground.views.plots.loss_plot import Options

            view = self._session.document.project.view
            percent = self._metric_name in ("", "accuracy")
            self._plot.show_options(Options(view.loss_scale == "log", view.smoothing, shown, percent))

    def _name_metric(self) -> None:
        r2 = self._metric_name == "r2"
        self._metric.setText("R²" if r2 else self.tr("accuracy"))
        self._entries["train_metric"].set_name(self.tr("training R²") if r2 else self.tr("training accuracy"))
        self._entries["test_metric"].set_name(self.tr("test R²") if r2 else self.tr("test accuracy"))
        self._show_options()

    def _write_legend(self) -> None:
        """Values at the pointer, else the present ones."""
        found = self._plot.value_at(self._epoch) if self._plot is not None and self._epoch is not None else None
        latest = self._session.trainer.latest
        if found is not None:
            before = self.tr("before training")
            self._when.setText(self.tr("in epoch %s") % count_text(found[0]) if found[0] else before)
        elif self._when.text():
            self._when.setText("")
        for name, entry in self._entries.items():
            if found is not None:
                value = found[1].get(name)
            else:
                value = getattr(latest.counters, name) if latest else None
            is_metric = name.endswith("metric")
            entry.show_value(metric_text(self._metric_name, value) if is_metric else loss_text(value))
