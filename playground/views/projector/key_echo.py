"""Shows a class which keys are pressed."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

SHOWN_MS = 1800
_ALONE = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_unknown,
}


class KeyEcho(QLabel):
    """Names the keys that were pressed last, and the action that they belong to, at the lower edge of ``window``.

    It looks on at the native window, which sees the keys and little else; a filter on the application would be asked
    about every event.
    """

    def __init__(self, window: QWidget, actions: Mapping[str, QAction]) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._timer = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.setObjectName("projector.keys")
        self.setProperty("echo", True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_on(self, on: bool) -> None:
        """Begin or end to show keys."""
        if (handle := self._window.windowHandle()) is not None:  # another one after each change of the scale
            handle.removeEventFilter(self)
            if on:
                handle.installEventFilter(self)
        if not on:
            self._timer.stop()
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show a key that is pressed; stops no event."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            self._show(event)
        return False

    def _show(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _ALONE:
            return
        keypad = Qt.KeyboardModifier.KeypadModifier
        keys = QKeySequence(QKeyCombination(event.modifiers() & ~keypad, Qt.Key(event.key())))
        name = keys.toString(QKeySequence.SequenceFormat.NativeText)
        found = next((action for action in self._actions.values() if keys in action.shortcuts()), None)
        self.setText(f"{name}   {found.text().replace('&', '').rstrip('…')}" if found is not None else name)
        self.adjustSize()
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 48)
        self.show()
        self.raise_()
        self._timer.start()
