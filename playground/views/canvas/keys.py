"""The keys of the canvas itself; they work while it has the focus. All other keys belong to the actions."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from playground.views.canvas.navigate import Navigator
from playground.views.canvas.picker import Picker

_PLAIN = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(event: QKeyEvent, picker: Picker, navigator: Navigator, cancel: Callable[[], bool]) -> bool:
    """Do what a key says; tell whether it says anything here. ``cancel`` gives up a gesture that is under way."""
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Plus:
        modifiers &= ~_SHIFT  # where + needs it
    if key == Qt.Key.Key_Escape and modifiers == _PLAIN:
        return cancel() or _let_go(picker)
    verbs: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]] = {
        (Qt.Key.Key_Left, _PLAIN): lambda: picker.walk(-1),
        (Qt.Key.Key_Right, _PLAIN): lambda: picker.walk(+1),
        (Qt.Key.Key_Up, _PLAIN): lambda: picker.walk_units(-1),
        (Qt.Key.Key_Down, _PLAIN): lambda: picker.walk_units(+1),
        (Qt.Key.Key_Left, _SHIFT): lambda: picker.stretch(-1),
        (Qt.Key.Key_Right, _SHIFT): lambda: picker.stretch(+1),
        (Qt.Key.Key_Home, _PLAIN): lambda: picker.select([0]),
        (Qt.Key.Key_End, _PLAIN): lambda: picker.select([len(picker.units()) - 1]),
        (Qt.Key.Key_Return, _PLAIN): picker.inspect_wanted.emit,
        (Qt.Key.Key_Enter, _PLAIN): picker.inspect_wanted.emit,
        (Qt.Key.Key_0, _CTRL): navigator.fit,
        (Qt.Key.Key_Equal, _CTRL): navigator.zoom_in,
        (Qt.Key.Key_Plus, _CTRL): navigator.zoom_in,
        (Qt.Key.Key_Minus, _CTRL): navigator.zoom_out,
    }
    verb = verbs.get((key, modifiers))
    if verb is None or (verb == picker.inspect_wanted.emit and not picker.selection.layers):
        return False
    verb()
    return True


def _let_go(picker: Picker) -> bool:
    """Clear the selection: first the unit, then the layers."""
    selection = picker.selection
    picker.select(selection.layers if selection.unit is not None else ())
    return bool(selection.layers)
