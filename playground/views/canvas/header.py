"""The head of a layer's column: kind, units, activation, remove; in narrow columns a few words that open on demand."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QWidget

from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import Layer
from playground.project import edits
from playground.session.document import Document
from playground.session.language import translated
from playground.views.canvas.controls import (
    STEPPER_WIDTH,
    IconShelf,
    Stepper,
    WheelGuard,
    applied,
    clip_right,
    combo_width,
    compact_button,
    impossible,
)
from playground.views.canvas.geometry import CONTROL_HEIGHT, TITLE_HEIGHT, Head, Rect
from playground.views.canvas.header_text import Words, paint_grip, paint_words, words_of
from playground.views.canvas.stages import Stage
from playground.views.forms import Binding, bind_choice
from playground.views.theme import Theme, Token

OPEN_WIDTH = 196
_NOWHERE = 10_000  # more layers than a network can have
_COUNTS = ("units", "filters")  # settings that say how many units or channels a layer has
_ROW = int(CONTROL_HEIGHT)


class LayerHeader(QWidget):
    """The head of one layer's column; clicks beside its controls fall through to the sheet below.

    It can be bound to another place of the network as long as the kind of layer (``signature``) is the same.

    Signals:
        refused(str): an edit could not be done, with the reason.
    """

    refused = Signal(str)

    def __init__(self, document: Document, layer: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._layer, self._theme = document, layer, theme
        self.signature = signature(document, layer)
        self._output = self.signature[1]
        self._head = Head.FULL
        self._frame = self._room = Rect(0, 0, 0, 0)
        self._over = self._selected = False
        self._words = Words("")
        self._lock, self._frozen = QIcon(), False
        self._guard = WheelGuard(self)
        settings = document.project.network.layers[layer]
        self._count = next((name for name in _COUNTS if hasattr(settings, name)), "")
        self.title = QLabel(self.tr("Output") if self._output else translated(settings.title), self)
        self.title.setProperty("role", "heading")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.activation = self._activation() if hasattr(settings, "activation") else None
        self.stepper = self._stepper() if self._count and not self._output else None
        self.note = self._units_note() if self._output else None
        self.remove = None if self._output else self._remove_button()
        if not self._output:
            self.title.setCursor(Qt.CursorShape.OpenHandCursor)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _path(self, name: str) -> str:
        return f"network.layers.{self._layer}.{name}"

    def _activation(self) -> QComboBox:
        path = self._path("activation")
        combo = bind_choice(self._document, path, self, titles=lambda name: ACTIVATIONS[name].title)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for row in range(combo.count()):
            combo.setItemData(row, ACTIVATIONS[combo.itemData(row)].help, Qt.ItemDataRole.ToolTipRole)
        widest = max(combo.fontMetrics().horizontalAdvance(combo.itemText(row)) for row in range(combo.count()))
        combo.view().setMinimumWidth(widest + 32)
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        combo.installEventFilter(self._guard)
        return combo

    def _stepper(self) -> Stepper:
        return Stepper(self._document, self._path(self._count), self._guard, self)

    def _units_note(self) -> QLabel:
        note = QLabel(self)
        note.setObjectName("network.output_units")
        note.setProperty("role", "caption")
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return note

    def _remove_button(self) -> QToolButton:
        tip = self.tr("Remove this layer. The layers beside it keep every weight that still has a place.")
        button = compact_button(self, self._path("remove"), tip, self.tr("Remove layer"))
        button.clicked.connect(self._remove)
        return button

    def _remove(self) -> None:
        problem = applied(self._document, lambda: edits.remove_layer(self._document.project, self._layer))
        if problem:
            self.refused.emit(problem)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def bind(self, layer: int) -> None:
        """Stand for another layer of the same kind."""
        if layer == self._layer:
            return
        old, self._layer = f"network.layers.{self._layer}.", layer
        for binding in self.findChildren(Binding):
            if binding.path.startswith(old):
                binding.path = self._path(binding.path.removeprefix(old))
                binding.widget.setObjectName(binding.path)
                binding.refresh()
        if self.stepper is not None:
            self.stepper.rename(self._path(self._count))
        if self.remove is not None:
            self.remove.setObjectName(self._path("remove"))

    def put_away(self) -> None:
        """Wait unseen, bound to no layer."""
        if self._layer != _NOWHERE:
            self._over = self._selected = False
            self.hide()
            self.bind(_NOWHERE)

    def refresh(self, stage: Stage, *, removable: bool = False) -> None:
        """Show what the document says beyond the bound controls; ``removable``: known without a look at the shapes."""
        project = self._document.project
        settings = project.network.layers[self._layer]
        self._words = words_of(settings, stage, output=self._output)
        self._frozen = not settings.trainable
        self.setToolTip(stage.tip())
        self.setAccessibleName(stage.summary())
        self._write_title(settings)
        if self.remove is not None:
            problem = "" if removable else impossible(lambda: edits.remove_layer(project, self._layer))
            self.remove.setEnabled(not problem)
            if problem:
                self.remove.hide()
        if self.note is not None:
            outputs = project.data.source.outputs
            self.note.setText(self.tr("1 unit") if outputs == 1 else self.tr("%d units") % outputs)
            self.note.setToolTip(
                self.tr("The data decide this: %s asks for that many numbers per example.")
                % translated(project.data.source.title)
            )
        self.update()

    def _write_title(self, settings: Layer) -> None:
        """A bypassed layer says so, quietly."""
        pale = self.property("pale") is True
        if settings.bypassed is not pale:
            self.setProperty("pale", settings.bypassed)
            font = self.title.font()
            font.setStrikeOut(settings.bypassed)
            self.title.setFont(font)
            self.title.setEnabled(not settings.bypassed)

    def set_selected(self, selected: bool) -> None:
        """A narrow head shows its controls while its layer is the one that leads the selection."""
        if selected != self._selected:
            self._selected = selected
            self._apply()

    def set_icons(self, icons: IconShelf) -> None:
        """Show the icons in the theme's colours."""
        if self.remove is not None:
            self.remove.setIcon(icons.get("close"))
        self._lock = icons.get("lock")
        if self.stepper is not None:
            self.stepper.fewer.setIcon(icons.get("minus"))
            self.stepper.more.setIcon(icons.get("plus"))

    # -- where it stands -------------------------------------------------------------------------------------------

    def place(self, frame: Rect, head: Head, room: Rect) -> None:
        """Stand at the top of ``frame``; an opened narrow head stays within ``room``."""
        self._frame, self._head, self._room = frame, head, room
        self._apply()

    @property
    def opened(self) -> bool:
        """Whether a narrow head shows its controls, wider than its column."""
        return self._head is Head.WORDS and self._selected

    def _apply(self) -> None:
        words = self._head is Head.WORDS and not self.opened
        for part in (self.title, self.activation, self.stepper):
            if part is not None:
                part.setVisible(not words)
        if self.remove is not None:
            self.remove.setVisible(not words and self.remove.isEnabled())
        if self.note is not None:
            self.note.setVisible(self._head is Head.STACKED)
        frame = self._frame
        if self.opened:
            x = max(self._room.x, min(frame.center_x - OPEN_WIDTH / 2, self._room.right - OPEN_WIDTH))
            self._lay_out(Rect(x, frame.y - 2, OPEN_WIDTH, frame.height), stacked=False)
            self.raise_()
        elif words:
            self.setGeometry(round(frame.x) - 5, round(frame.y), int(frame.width) + 10, int(self._head.height))
        else:
            self._lay_out(frame, stacked=self._head is Head.STACKED)
        clip_right(self, self._room.right)
        self.update()

    def _lay_out(self, frame: Rect, *, stacked: bool) -> None:
        """The controls in one row or two."""
        width, title = int(frame.width), int(TITLE_HEIGHT)
        self.setGeometry(round(frame.x), round(frame.y), width, title + _ROW * (2 if stacked else 1) + 8)
        self.title.setGeometry(0, 0, width, title)
        if self.remove is not None:
            self.remove.setGeometry(width - 22, 3, 18, 18)
        combo, stepper, note = self.activation, self.stepper, self.note
        if combo is not None:
            need = combo_width(combo)
            other = STEPPER_WIDTH + 4 if stepper is not None and not stacked else 0
            given = min(max(need, min(width - 8, 96)) if not other else width - 8 - other, 132, width - 8 - other)
            combo.setGeometry((width - given - other) // 2, title + 1, given, _ROW - 1)
            if stepper is not None and other:
                stepper.setGeometry((width - given - other) // 2 + given + 4, title + 1, STEPPER_WIDTH, _ROW)
        if stepper is not None and (stacked or combo is None):
            stepper.setGeometry((width - STEPPER_WIDTH) // 2, title + (_ROW + 4 if combo else 1), STEPPER_WIDTH, _ROW)
        if note is not None:
            note.setGeometry(0, title + _ROW + 4, width, _ROW)

    def controls(self) -> list[QWidget]:
        """The controls in the order in which Tab reaches them."""
        stepper = self.stepper
        parts = (self.activation, *((stepper.fewer, stepper.spin, stepper.more) if stepper else ()), self.remove)
        return [part for part in parts if part is not None]

    def needs(self) -> tuple[float, float]:
        """The least width, and the width that all controls need side by side."""
        removable = self.remove is not None and self.remove.isEnabled()
        title = self.title.fontMetrics().horizontalAdvance(self.title.text()) + (44 if removable else 22)
        combo = combo_width(self.activation) if self.activation is not None else 0
        stepper = STEPPER_WIDTH if self.stepper is not None else 0
        both = 104 + stepper + 12 if combo and stepper else 0  # steady: does not depend on the chosen activation
        return max(title, combo + 8, stepper + 8), both

    # -- Qt --------------------------------------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the grip."""
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the grip."""
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words of a narrow head, the card of an opened one, and the grip while the pointer is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.opened:
            edge = Token.SELECTION if self._selected else Token.CONTROL_LINE
            painter.setPen(QPen(self._theme.color(edge), 1.5 if self._selected else 1))
            painter.setBrush(self._theme.color(Token.CARD))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 8, 8)
        elif self._head is Head.WORDS:
            if self._over:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color(Token.HOVER))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 1, -2, 0), 6, 6)
            paint_words(painter, self._theme, QRectF(self.rect()), self._words)
        words = self._head is Head.WORDS and not self.opened
        if self._over and not self._output and not words:
            paint_grip(painter, self._theme, QPointF(14, TITLE_HEIGHT / 2))
        elif self._frozen:
            place = QRect(self.width() - 15, 17, 12, 12) if words else QRect(3, 5, 14, 14)
            self._lock.paint(painter, place)


def signature(document: Document, layer: int) -> tuple[type[Layer], bool]:
    """What a header must be made for: the kind of layer, and whether it is the output layer."""
    layers = document.project.network.layers
    return type(layers[layer]), layer == len(layers) - 1
