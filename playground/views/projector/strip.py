"""The strip of projector mode: which plot is shown, the spotlight, the keys, and the way back."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QWidget

MAP = "map"


class ProjectorStrip(QWidget):
    """Stands in the status line. ``plots``: (name, title) of what can be shown beside the network.

    Signals:
        plot_chosen(str): another plot is wanted, by its name; MAP is the output map.
        spotlight(bool): the spotlight is wanted, or no longer.
        keys(bool): pressed keys are to be shown, or no longer.
        ended: the button to end projector mode was pressed.
    """

    plot_chosen = Signal(str)
    spotlight = Signal(bool)
    keys = Signal(bool)
    ended = Signal()

    def __init__(self, plots: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("projector.strip")
        self.plot = QComboBox(self)
        self.plot.setObjectName("projector.plot")
        self.plot.setAccessibleName(self.tr("Plot beside the network"))
        self.plot.setToolTip(self.tr("Choose the one plot that is shown beside the network"))
        self.plot.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.plot.setMinimumContentsLength(11)
        self.plot.addItem(self.tr("Output map"), MAP)
        for name, title in plots:
            self.plot.addItem(title.replace("&&", "&"), name)
        self.light = self._box(
            self.tr("Spotlight"), self.tr("Ring the pointer, so that everybody sees where it is"), "spotlight_box"
        )
        self.echo = self._box(self.tr("Keys"), self.tr("Show every key that is pressed"), "keys_box")
        leave = self.leave = QPushButton(self.tr("End (F11)"), self)
        leave.setObjectName("projector.end")
        leave.setToolTip(self.tr("Leave projector mode; everything is as it was before"))
        leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.plot, self.light, self.echo, leave):
            row.addWidget(widget)
        for widget in (self.plot, self.light, self.echo, leave):  # messages give way, these do not
            widget.setMinimumWidth(widget.sizeHint().width())
        self.plot.activated.connect(lambda _place: self.plot_chosen.emit(self.plot.currentData()))
        self.light.toggled.connect(self.spotlight)
        self.echo.toggled.connect(self.keys)
        leave.clicked.connect(self.ended)

    def choose(self, plot: str) -> None:
        """Show that ``plot`` is the one on the screen."""
        self.plot.setCurrentIndex(max(0, self.plot.findData(plot)))

    def _box(self, text: str, tip: str, name: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(f"projector.{name}")
        box.setToolTip(tip)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return box
