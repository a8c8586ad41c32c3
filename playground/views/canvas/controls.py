"""Small parts of the controls on the canvas: icons, quiet buttons, the unit counter, the round + between columns."""

import functools
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QRegion
from PySide6.QtWidgets import QComboBox, QSpinBox, QToolButton, QWidget

from playground.project import edits
from playground.project.edits import Edit, EditError
from playground.project.offers import offers
from playground.session.document import Document
from playground.session.language import translated
from playground.views.canvas.geometry import CONTROL_HEIGHT
from playground.views.canvas.numbers import PLAIN_SPIN
from playground.views.forms import bind_spin
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
        return translated(problem.args[0])
    return ""


def impossible(make: Callable[[], Edit]) -> str:
    """Why an edit cannot be done; empty when it can."""
    try:
        make()
    except EditError as problem:
        return translated(problem.args[0])
    return ""


class Stepper(QWidget):
    """− n +: the whole number at ``path`` (the units of a layer), as one box."""

    def __init__(self, document: Document, path: str, guard: WheelGuard, parent: QWidget) -> None:
        super().__init__(parent)
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

    def rename(self, path: str) -> None:
        """The same box for another layer; the field itself is bound anew by the caller."""
        self.fewer.setObjectName(f"{path}.fewer")
        self.more.setObjectName(f"{path}.more")


def combo_width(combo: QComboBox) -> int:
    """The width that a drop-down list needs for its present text."""
    return _text_width(combo.currentText(), combo.font().key()) + COMBO_EXTRA


@functools.lru_cache(256)
def _text_width(text: str, font_key: str) -> int:
    font = QFont()
    font.fromString(font_key)
    return QFontMetrics(font).horizontalAdvance(text)


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

    def refresh(self, *, fits: bool = False) -> None:
        """Offer only what can stand here, the tool-tip tells why not; ``fits``: known without a look at the shapes."""
        project = self._document.project
        problem = "" if fits else impossible(lambda: edits.add_layer(project, self._layer))
        if problem and any(not offer.problem for offer in offers(project, self._layer)):
            problem = ""  # a dense layer cannot stand here, but another kind can
        self.setEnabled(not problem)
        self.setToolTip(problem or self.tr("Insert a layer here. All other layers keep weights that still fit."))

    def set_icons(self, icons: IconShelf) -> None:
        """Show the icon in the theme's colours."""
        self.setIcon(icons.get("plus"))

    def place(self, x: float, y: float) -> None:
        """Stand with the centre at a point."""
        self.setGeometry(QRect(round(x) - self.SIZE // 2, round(y) - self.SIZE // 2, self.SIZE, self.SIZE))


def clip_right(widget: QWidget, right: float) -> None:
    """Let nothing of ``widget`` be seen from the x ``right`` of its parent on."""
    seen = round(right) - widget.x()
    if seen >= widget.width():
        widget.clearMask()
    else:
        widget.setMask(QRegion(0, 0, seen, widget.height()) if seen > 0 else QRegion(-1, -1, 1, 1))  # never empty
