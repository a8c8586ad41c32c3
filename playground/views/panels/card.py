"""What all panels share: the card they stand on, and connections that are undone on close."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Connections:
    """Remembers connections so that ``undo`` can take all of them back."""

    def __init__(self) -> None:
        self._made: list[tuple[SignalInstance, Callable[..., Any]]] = []

    def add(self, signal: SignalInstance, slot: Callable[..., Any]) -> None:
        """Connect ``slot`` to ``signal``."""
        signal.connect(slot)
        self._made.append((signal, slot))

    def undo(self) -> None:
        """Disconnect everything; harmless when called again."""
        for signal, slot in self._made:
            signal.disconnect(slot)
        self._made.clear()


class Card(QFrame):
    """A rounded card: ``title_row`` on top, ``body`` takes what stands below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.connections = Connections()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(11, 9, 11, 9)
        self.body.setSpacing(8)
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(8)
        self.body.addLayout(self.title_row)

    def close(self) -> bool:
        """Stop listening, then close."""
        self.connections.undo()
        return super().close()


def label(text: str, role: str, parent: QWidget | None = None) -> QLabel:
    """A label with one of the style sheet's roles: "title", "heading", "caption", "value", "counter"."""
    made = QLabel(text, parent)
    made.setProperty("role", role)
    return made
