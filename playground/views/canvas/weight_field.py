"""A small field at a weight line or a bias, to type its value or to step it."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolTip, QWidget

from playground.views.scales import field_text, typed

STEP, FINE, COARSE = 0.1, 0.01, 1.0
MOST = 1e6
"""No weight beyond this can be typed: float32 could not tell its steps apart, and training would break."""

_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


def step_of(modifiers: Qt.KeyboardModifier) -> float:
    """How far one step goes: finer with Alt or Ctrl (Ctrl+wheel zooms the canvas), coarser with Shift."""
    if modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
        return FINE
    return COARSE if modifiers & Qt.KeyboardModifier.ShiftModifier else STEP


def stepped(value: float, steps: float, modifiers: Qt.KeyboardModifier) -> float:
    """``value`` so many steps further, without the dust of binary fractions."""
    return max(-MOST, min(MOST, round(value + steps * step_of(modifiers), 6)))


def wheel_steps(event: QWheelEvent) -> float:
    """Notches of the wheel, up is positive; some systems turn it sideways while Shift is held."""
    angle = event.angleDelta()
    return (angle.y() or angle.x()) / 120


class _Edit(QLineEdit):
    """Hands on the keys and the wheel that mean more than text.

    Signals:
        pressed(QKeyEvent), turned(QWheelEvent), deserted(): the focus has gone elsewhere. walked(int): Tab (+1) or
        Shift+Tab (−1).
    """

    pressed = Signal(object)
    walked = Signal(int)
    turned = Signal(object)
    deserted = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep these keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter and Esc are not text."""
        if event.key() in _KEYS:
            self.pressed.emit(event)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leads to the next weight, not to the next control."""
        self.walked.emit(1 if forward else -1)
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel steps."""
        self.turned.emit(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell, unless only a menu has opened over it."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.deserted.emit()


class WeightField(QFrame):
    """Enter takes what was typed, Esc takes everything back, Up, Down and the wheel step (Ctrl finer, Shift coarser).

    Tab and Shift+Tab take it too and lead to the next weight.

    Signals:
        walked(int): the next weight (+1) or the one before (−1) is wanted; the field has just been closed.
        tried(float): a step was made; it is to be seen at once.
        closed(object): the field is gone; the value to keep, or None to take everything back.
    """

    tried = Signal(float)
    closed = Signal(object)
    walked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = parent
        self.setObjectName("canvas.weight_field")
        self._value = 0.0
        self._text = ""
        self.edit = _Edit(self)
        self.edit.setObjectName("canvas.weight")
        self.edit.setFixedWidth(80)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setToolTip(
            self.tr(
                "Enter takes the number, Esc takes it back; ↑ ↓ and the wheel step (Ctrl finer, Shift coarser); "
                "Tab leads to the next weight of the unit."
            )
        )
        self.edit.pressed.connect(self._pressed)
        self.edit.turned.connect(lambda event: self._step(wheel_steps(event), event.modifiers()))
        self.edit.deserted.connect(self._leave)
        self.edit.walked.connect(self._walk)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit)
        self.hide()

    def open_at(self, place: QPoint, value: float, name: str) -> None:
        """Show the field below ``place`` of its parent, within the parent, ready to type; ``name``: of the weight."""
        self._value = value
        self.edit.setAccessibleName(name)
        self._write(value)
        self.adjustSize()
        room = self._sheet.size()
        left = max(4, min(place.x() - self.width() // 2, room.width() - self.width() - 4))
        top = max(4, min(place.y() + 10, room.height() - self.height() - 4))
        self.move(left, top)
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.edit.selectAll()

    def abandon(self) -> None:
        """Close without a word (what it belongs to is gone)."""
        self.hide()

    def _write(self, value: float) -> None:
        self._text = field_text(value)
        self.edit.setText(self._text)

    def _pressed(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._close(None)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Up else -1, event.modifiers())
        else:
            self._enter()

    def _present(self) -> float | None:
        """What stands in the field; the value that it was opened with or stepped to while nothing else was typed."""
        if self.edit.text() == self._text:
            return self._value
        value = typed(self.edit.text())
        return value if value is not None and abs(value) <= MOST else None

    def _step(self, steps: float, modifiers: Qt.KeyboardModifier) -> None:
        present = self._present()
        self._value = stepped(self._value if present is None else present, steps, modifiers)
        self._write(self._value)
        self.edit.selectAll()
        self.tried.emit(self._value)

    def _walk(self, by: int) -> None:
        """Take the number and go on to the next weight."""
        if self._enter():
            self.walked.emit(by)

    def _enter(self) -> bool:
        """Take the number, if it is one."""
        value = self._present()
        if value is not None:
            self._close(value)
            return True
        words = self.tr("“%1” is not allowed here: a number from −1,000,000 to 1,000,000.")
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), words.replace("%1", self.edit.text()), self.edit)
        self.edit.selectAll()
        return False

    def _leave(self) -> None:
        """A click elsewhere takes the number, if it is one."""
        if self.isVisible():
            value = self._present()
            self._close(self._value if value is None else value)

    def _close(self, value: float | None) -> None:
        had_focus = self.edit.hasFocus()
        self.hide()
        if had_focus:
            self._sheet.setFocus()
        self.closed.emit(value)
