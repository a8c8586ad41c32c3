"""Which example, unit and weight the step is followed for."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from playground.insight.trace import Trace, naming
from playground.insight.trace.card import Focus
from playground.views.icons import icon
from playground.views.messages import fill
from playground.views.panels.card import label
from playground.views.panels.step.words import plain
from playground.views.theme import Theme


class Chooser(QWidget):
    """Layer, unit and the input of a weight, as far as there is a choice; ``examples`` stands apart, for the example.

    Signals:
        chosen(Focus): something else is to be followed.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._focus = Focus()
        self._trace: Trace | None = None
        self._known: object = None
        self._batch = 1
        self.examples = QWidget(parent)
        self._less, self._more = QPushButton(self.examples), QPushButton(self.examples)
        self._example = label("", "caption", self.examples)
        self.layer, self.unit, self.source = QComboBox(self), QComboBox(self), QComboBox(self)
        self._build()
        theme.changed.connect(self._recolor)

    def _build(self) -> None:
        for button, name, tip in (
            (self._less, "less", self.tr("The example before (Page up)")),
            (self._more, "more", self.tr("The next example of the mini-batch (Page down)")),
        ):
            button.setObjectName(f"step.example.{name}")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setProperty("quiet", True)
        for box, name, tip in (
            (self.layer, "layer", self.tr("Layer that is looked at closely")),
            (self.unit, "unit", self.tr("Unit that is followed; a click on the network chooses it too (Up, Down)")),
            (self.source, "source", self.tr("The weight that is followed, by the input that it comes from")),
        ):
            box.setObjectName(f"step.{name}")
            box.setToolTip(tip)
            box.setAccessibleName(tip)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        for widget in (self.examples, self.layer):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # nothing else shall move
            widget.setSizePolicy(policy)
        self._example.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for holder, widgets in (
            (self.examples, (self._less, self._example, self._more)),
            (self, (self.layer, self.unit, self.source)),
        ):
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(4)
            for widget in widgets:
                row.addWidget(widget, 0 if holder is self.examples else 1)
        self._less.clicked.connect(lambda: self.next_example(-1))
        self._more.clicked.connect(lambda: self.next_example(1))
        self.layer.activated.connect(lambda at: self.chosen.emit(Focus(self._focus.example, int(at), 0, 0)))
        self.unit.activated.connect(lambda at: self.chosen.emit(replace(self._focus, unit=int(at))))
        self.source.activated.connect(
            lambda at: self.chosen.emit(replace(self._focus, source=self.source.itemData(at)))
        )
        self._recolor()

    def show_focus(self, trace: Trace, focus: Focus, *, layers: bool, units: bool) -> None:
        """Offer what the trace has; ``layers``, ``units``: whether these choices count at the present zoom."""
        self._focus, self._trace, self._batch = focus, trace, trace.batch
        self._example.setText(fill(self.tr("example %1 of %2"), str(focus.example + 1), str(trace.batch)))
        for widget in (self.examples, self.layer):
            widget.setVisible(layers)
        self.unit.setVisible(units)
        self.source.setVisible(units and self.source.count() > 0)
        known = (trace.project.network.layers, trace.project.data.features, focus.layer)
        if known != self._known:
            self._known = known
            self._fill(trace, focus)
            self.source.setVisible(units and self.source.count() > 0)
        for box, at in ((self.layer, focus.layer), (self.unit, focus.unit)):
            with QSignalBlocker(box):
                box.setCurrentIndex(at)
        with QSignalBlocker(self.source):
            self.source.setCurrentIndex(self.source.findData(focus.source))

    def next_example(self, by: int) -> None:
        """Follow the next example of the mini-batch; after the last one comes the first."""
        self.chosen.emit(replace(self._focus, example=(self._focus.example + by) % max(1, self._batch)))

    def next_unit(self, by: int) -> None:
        """Follow the next unit of the layer."""
        self.chosen.emit(replace(self._focus, unit=(self._focus.unit + by) % max(1, self.unit.count())))

    def _fill(self, trace: Trace, focus: Focus) -> None:
        with QSignalBlocker(self.layer), QSignalBlocker(self.unit), QSignalBlocker(self.source):
            for box in (self.layer, self.unit, self.source):
                box.clear()
            self.layer.addItems([fill(self.tr("layer %1"), str(at + 1)) for at in range(len(trace.layers))])
            count = naming.units(trace, focus.layer)
            self.unit.addItems([fill(self.tr("unit %1"), str(at + 1)) for at in range(count)])
            for at in range(naming.sources(trace, focus.layer)):
                dense = trace.layers[focus.layer].input.ndim == 2
                given = plain(replace(naming.input_symbol(trace, focus.layer, at), sup="")) if dense else str(at + 1)
                self.source.addItem(fill(self.tr("from %1"), given), at)
            if naming.has_bias(trace, focus.layer):
                self.source.addItem(self.tr("bias"), None)

    def _recolor(self) -> None:
        self._less.setIcon(icon("chevron-left", self._theme))
        self._more.setIcon(icon("chevron-right", self._theme))
