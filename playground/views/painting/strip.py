"""The strip below the map while one paints: tools, size, classes or the number, clear, done."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.data.sources.points import MOST_CLASSES
from playground.views.class_names import shown_names
from playground.views.icons import icon
from playground.views.painting.painter import SIZES, Painter, Tool
from playground.views.panels.card import Connections, label
from playground.views.panels.point_layer import point_colors, stamp_for_class
from playground.views.theme import Theme

ICON, CHIP = QSize(18, 18), QSize(28, 28)
PER_ROW, MARKER = 5, 6.0
"""Chips in a row, and the radius of their markers."""
STEPS = 100


class PaintStrip(QWidget):
    """Shows what ``painter`` paints, and changes it.

    Signals:
        done(): painting is to end.
    """

    done = Signal()

    def __init__(self, painter: Painter, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("painting")
        self.setAccessibleName(self.tr("Painting tools"))
        self._painter, self._theme = painter, theme
        self._connections = Connections()
        self._group = QButtonGroup(self)
        self.tools = {tool: self._tool_button(tool) for tool in Tool}
        self.reach = QSlider(Qt.Orientation.Horizontal, self)
        self.clear_button, self.done_button = QToolButton(self), QToolButton(self)
        self.value = QDoubleSpinBox(self)
        self.classes: list[QToolButton] = []
        self.add_button = QToolButton(self)
        self._chips = QWidget(self)
        self._grid = QGridLayout(self._chips)
        self._numbers = QWidget(self)
        self._build()
        self._connections.add(painter.changed, self.refresh)
        self._connections.add(theme.changed, self.refresh)
        self.refresh()

    def close(self) -> bool:
        """Stop listening, then close."""
        self._connections.undo()
        return super().close()

    # -- assembly --------------------------------------------------------------------------------------------------

    def _tool_button(self, tool: Tool) -> QToolButton:
        names = {
            Tool.BRUSH: (self.tr("Brush"), self.tr("One point after the other, the closer the smaller it is")),
            Tool.SPRAY: (self.tr("Spray"), self.tr("Many points at once")),
            Tool.ERASER: (
                self.tr("Eraser"),
                self.tr("Take points away, as the right mouse button always does"),
            ),
            Tool.LASSO: (self.tr("Lasso"), self.tr("Draw around points, then drag them elsewhere")),
        }
        button = QToolButton(self)
        button.setCheckable(True)
        button.setIconSize(ICON)
        button.setObjectName(f"painting.{tool.value}")
        button.setAccessibleName(names[tool][0])
        button.setToolTip(f"<b>{names[tool][0]}</b><br>{names[tool][1]}")
        button.clicked.connect(partial(self._painter.choose, tool))
        self._group.addButton(button)
        return button

    def _build(self) -> None:
        self.reach.setRange(0, STEPS)
        self.reach.setAccessibleName(self.tr("Size of the tool"))
        self.reach.setToolTip(self.tr("Size of the tool; also the mouse wheel, and the keys [ and ]"))
        self.reach.valueChanged.connect(self._resize)
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Take all points away; it can be undone"))
        self.clear_button.clicked.connect(self._clear)
        self.done_button.setText(self.tr("Done"))
        self.done_button.setToolTip(self.tr("End painting (Esc)"))
        self.done_button.clicked.connect(self.done)
        self.add_button.setText("+")
        self.add_button.setFixedSize(CHIP)
        self.add_button.setProperty("chip", True)
        self.add_button.setAccessibleName(self.tr("Add a class"))
        self.add_button.setToolTip(self.tr("Add a class; the output layer follows"))
        self.add_button.clicked.connect(self._painter.add_class)
        self.value.setRange(-10, 10)
        self.value.setSingleStep(0.1)
        self.value.setAccessibleName(self.tr("The number of new points"))
        self.value.valueChanged.connect(self._painter.set_value)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for row in (top, bottom):
            row.setSpacing(4)
        for button in self.tools.values():
            top.addWidget(button)
        top.addWidget(self.reach, 1)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(3)
        numbers = QHBoxLayout(self._numbers)
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.addWidget(label(self.tr("number"), "caption", self))
        numbers.addWidget(self.value)
        bottom.addWidget(self._chips)
        bottom.addWidget(self._numbers)
        bottom.addStretch(1)
        bottom.addWidget(self.clear_button)
        bottom.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(bottom)
        column.addWidget(label(self.tr("keys: 1 … 9 class, [ ] size, Esc done"), "caption", self))

    # -- what is shown ---------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the painter's choice."""
        painter, names = self._painter, shown_names(self._painter.class_names)
        for tool, button in self.tools.items():
            button.setIcon(icon(tool.value, self._theme))
            button.setChecked(tool is painter.tool)
        self.reach.blockSignals(True)
        self.reach.setValue(round(STEPS * (painter.radius - SIZES[0]) / (SIZES[1] - SIZES[0])))
        self.reach.blockSignals(False)
        self.value.blockSignals(True)
        self.value.setValue(painter.value)
        self.value.blockSignals(False)
        self._chips.setVisible(bool(names))
        self._numbers.setVisible(not names)
        self._fill(names)
        if names:
            colors = point_colors(self._theme, len(names))
            painter.color = colors[min(painter.label, len(names) - 1) % len(colors)]

    def _fill(self, names: tuple[str, ...]) -> None:
        """One chip per class, with its marker, then the + for one more."""
        ratio = self.devicePixelRatioF()
        while len(self.classes) < len(names):
            chip = QToolButton(self._chips)
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            chip.setIconSize(ICON)
            chip.setFixedSize(CHIP)
            chip.setProperty("chip", True)
            chip.clicked.connect(partial(self._painter.choose_class, len(self.classes)))
            self.classes.append(chip)
            place = len(self.classes) - 1
            self._grid.addWidget(chip, place // PER_ROW, place % PER_ROW)
        for place, chip in enumerate(self.classes):
            chip.setVisible(place < len(names))
            if place < len(names):
                chip.setIcon(QIcon(stamp_for_class(place, len(names), self._theme, MARKER, ratio, training=True)))
                chip.setAccessibleName(names[place])
                chip.setToolTip(self.tr("Paint %s (key %s)") % (names[place], (place + 1) % 10))
                chip.setChecked(place == self._painter.label)
        place = len(names)
        self.add_button.setVisible(place < MOST_CLASSES)
        self._grid.addWidget(self.add_button, place // PER_ROW, place % PER_ROW)

    @Slot()
    def _clear(self) -> None:
        self._painter.clear()

    @Slot(int)
    def _resize(self, place: int) -> None:
        self._painter.set_radius(SIZES[0] + place / STEPS * (SIZES[1] - SIZES[0]))
