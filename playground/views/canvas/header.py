"""The controls at the head of a layer's column: kind, units, activation, remove; and the buttons between columns."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QToolButton, QWidget

from playground.engine.activations import ACTIVATIONS
from playground.project import edits
from playground.project.edits import Edit, EditError
from playground.session.document import Document
from playground.views.canvas.geometry import CONTROL_HEIGHT, TITLE_HEIGHT, Rect
from playground.views.canvas.numbers import PLAIN_SPIN
from playground.views.forms import bind_choice, bind_spin
from playground.views.icons import icon
from playground.views.theme import Theme, Token

STEP_BUTTON, STEP_FIELD = 21, 32
STEPPER_WIDTH = 2 * STEP_BUTTON + STEP_FIELD
COMBO_EXTRA = 36  # frame, padding and arrow of a drop-down list
_ROW = int(CONTROL_HEIGHT)


class IconShelf:
    """The few icons of the canvas, each drawn once per theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[str, QIcon] = {}

    def get(self, name: str) -> QIcon:
        """The icon ``name`` in a quiet colour."""
        if name not in self._drawn:
            self._drawn[name] = icon(name, self._theme, Token.MUTED)
        return self._drawn[name]

    def clear(self) -> None:
        """Forget the icons (the theme changed)."""
        self._drawn.clear()


class WheelGuard(QObject):
    """Keeps the wheel from changing values when the pointer only passes over a control."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop wheel events for widgets without focus, so that the view scrolls instead."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def compact_button(parent: QWidget, name: str, tip: str, title: str) -> QToolButton:
    """A small quiet button with an icon; reached by Tab, not by click."""
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setProperty("quiet", True)
    button.setToolTip(tip)
    button.setAccessibleName(title)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def applied(document: Document, make: Callable[[], Edit]) -> str:
    """Apply an edit; return the sentence that says why not, empty when it worked."""
    try:
        document.apply(make())
    except EditError as problem:
        return str(problem)
    return ""


def impossible(make: Callable[[], Edit]) -> str:
    """Why an edit cannot be done; empty when it can."""
    try:
        make()
    except EditError as problem:
        return str(problem)
    return ""


class Stepper(QWidget):
    """− n +: the number of units of one layer, as one box."""

    def __init__(self, document: Document, layer: int, guard: WheelGuard, parent: QWidget) -> None:
        super().__init__(parent)
        path = f"network.layers.{layer}.units"
        kept = self.tr("Weights that still have a place are kept; training goes on.")
        fewer, more = self.tr("One unit less"), self.tr("One unit more")
        self.fewer = compact_button(self, f"{path}.fewer", f"{fewer}. {kept}", fewer)
        self.more = compact_button(self, f"{path}.more", f"{more}. {kept}", more)
        spin = bind_spin(document, path, self)
        assert isinstance(spin, QSpinBox)
        self.spin = spin
        spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        spin.setStyleSheet(PLAIN_SPIN + "QAbstractSpinBox { padding: 0px; }")
        spin.installEventFilter(guard)
        self.fewer.clicked.connect(spin.stepDown)
        self.more.clicked.connect(spin.stepUp)
        self.fewer.setGeometry(0, 2, STEP_BUTTON, _ROW - 4)
        spin.setGeometry(STEP_BUTTON, 0, STEP_FIELD, _ROW)
        self.more.setGeometry(STEP_BUTTON + STEP_FIELD, 2, STEP_BUTTON, _ROW - 4)


class LayerHeader(QWidget):
    """The head of one layer's column; clicks beside its controls fall through to the sheet below.

    Signals:
        refused(str): an edit could not be done, with the reason.
    """

    refused = Signal(str)

    def __init__(self, document: Document, layer: int, signature: tuple[object, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._layer = document, layer
        self.signature = signature
        self._output = layer == len(document.project.network.layers) - 1
        settings = document.project.network.layers[layer]
        self._guard = WheelGuard(self)
        self.title = QLabel(self.tr("Output") if self._output else settings.title, self)
        self.title.setProperty("role", "heading")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.activation = self._activation(layer) if hasattr(settings, "activation") else None
        has_units = hasattr(settings, "units")
        self.stepper = Stepper(document, layer, self._guard, self) if has_units and not self._output else None
        self.note = self._units_note() if self._output else None
        self.remove = None if self._output else self._remove_button()
        for child in (self.title, self.activation, self.stepper, self.note, self.remove):
            if child is not None:
                child.show()

    def _activation(self, layer: int) -> QComboBox:
        combo = bind_choice(
            self._document, f"network.layers.{layer}.activation", self, titles=lambda name: ACTIVATIONS[name].title
        )
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for row in range(combo.count()):
            combo.setItemData(row, ACTIVATIONS[combo.itemData(row)].help, Qt.ItemDataRole.ToolTipRole)
        widest = max(combo.fontMetrics().horizontalAdvance(combo.itemText(row)) for row in range(combo.count()))
        combo.view().setMinimumWidth(widest + 32)
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        combo.installEventFilter(self._guard)
        return combo

    def _units_note(self) -> QLabel:
        note = QLabel(self)
        note.setObjectName("network.output_units")
        note.setProperty("role", "caption")
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return note

    def _remove_button(self) -> QToolButton:
        tip = self.tr("Remove this layer. The layers beside it keep every weight that still has a place.")
        button = compact_button(self, f"network.layers.{self._layer}.remove", tip, self.tr("Remove layer"))
        button.clicked.connect(self._remove)
        return button

    def _remove(self) -> None:
        problem = applied(self._document, lambda: edits.remove_layer(self._document.project, self._layer))
        if problem:
            self.refused.emit(problem)

    def refresh(self) -> None:
        """Show what the document says beyond the bound controls."""
        project = self._document.project
        if self.remove is not None:
            problem = impossible(lambda: edits.remove_layer(project, self._layer))
            self.remove.setVisible(not problem)
        if self.note is not None:
            outputs = project.data.source.outputs
            self.note.setText(self.tr("1 unit") if outputs == 1 else self.tr("%d units") % outputs)
            self.note.setToolTip(
                self.tr("The data decide this: %s asks for that many numbers per example.") % project.data.source.title
            )

    def set_icons(self, icons: IconShelf) -> None:
        """Show the icons in the theme's colours."""
        if self.remove is not None:
            self.remove.setIcon(icons.get("close"))
        if self.stepper is not None:
            self.stepper.fewer.setIcon(icons.get("minus"))
            self.stepper.more.setIcon(icons.get("plus"))

    def place(self, frame: Rect, stacked: bool) -> None:
        """Stand at the top of ``frame``, the controls in one row or two."""
        width = int(frame.width)
        title = int(TITLE_HEIGHT)
        self.setGeometry(round(frame.x), round(frame.y), width, title + _ROW * (2 if stacked else 1) + 8)
        self.title.setGeometry(0, 0, width, title)
        if self.remove is not None:
            self.remove.setGeometry(width - 22, 3, 18, 18)
        combo, stepper, note = self.activation, self.stepper, self.note
        if combo is not None:
            need = combo_width(combo)
            other = STEPPER_WIDTH + 4 if stepper is not None and not stacked else 0
            given = min(max(need, min(width - 8, 96)) if not other else width - 8 - other, 112, width - 8 - other)
            combo.setGeometry((width - given - other) // 2, title + 1, given, _ROW - 1)
            if stepper is not None and other:
                stepper.setGeometry((width - given - other) // 2 + given + 4, title + 1, STEPPER_WIDTH, _ROW)
        if stepper is not None and (stacked or combo is None):
            stepper.setGeometry((width - STEPPER_WIDTH) // 2, title + (_ROW + 4 if combo else 1), STEPPER_WIDTH, _ROW)
        if note is not None:
            note.setVisible(stacked)
            note.setGeometry(0, title + _ROW + 4, width, _ROW)

    def controls(self) -> list[QWidget]:
        """The controls in the order in which Tab reaches them."""
        stepper = self.stepper
        parts = (self.activation, *((stepper.fewer, stepper.spin, stepper.more) if stepper else ()), self.remove)
        return [part for part in parts if part is not None]

    def needs(self) -> tuple[float, float]:
        """The least width, and the width that all controls need side by side."""
        removable = self.remove is not None and self.remove.isVisibleTo(self)
        title = self.title.fontMetrics().horizontalAdvance(self.title.text()) + (44 if removable else 22)
        combo = combo_width(self.activation) if self.activation is not None else 0
        stepper = STEPPER_WIDTH if self.stepper is not None else 0
        both = 104 + stepper + 12 if combo and stepper else 0  # steady: does not depend on the chosen activation
        return max(title, combo + 8, stepper + 8), both


def combo_width(combo: QComboBox) -> int:
    """The width that a drop-down list needs for its present text."""
    return combo.fontMetrics().horizontalAdvance(combo.currentText()) + COMBO_EXTRA


class InsertButton(QToolButton):
    """The round + between two columns: asks which layer to insert there.

    Signals:
        wanted(int, QPoint): a layer for this place of the network; the button's lower edge on the screen.
    """

    SIZE = 20
    wanted = Signal(int, QPoint)

    def __init__(self, document: Document, layer: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._layer = document, layer
        self.setObjectName(f"network.insert.{layer}")
        self.setProperty("insert", True)
        self.setAccessibleName(self.tr("Insert a layer at place %d") % (layer + 1))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStyleSheet(f"QToolButton {{ padding: 0px; border-radius: {self.SIZE // 2}px; }}")
        self.clicked.connect(self._insert)
        self.show()

    def _insert(self) -> None:
        self.wanted.emit(self._layer, self.mapToGlobal(QPoint(self.width() // 2, self.height())))

    def refresh(self) -> None:
        """Offer only what can stand here; the tool-tip tells why not."""
        project = self._document.project
        problem = impossible(lambda: edits.add_layer(project, self._layer))
        self.setEnabled(not problem)
        offer = self.tr("Insert a dense layer of 4 tanh units here. All other layers keep weights that still fit.")
        self.setToolTip(problem or offer)

    def set_icons(self, icons: IconShelf) -> None:
        """Show the icon in the theme's colours."""
        self.setIcon(icons.get("plus"))

    def place(self, x: float, y: float) -> None:
        """Stand with the centre at a point."""
        self.setGeometry(QRect(round(x) - self.SIZE // 2, round(y) - self.SIZE // 2, self.SIZE, self.SIZE))
