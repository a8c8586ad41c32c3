"""What the window asks of every panel."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QPixmap

if TYPE_CHECKING:
    from playground.views.canvas import NetworkCanvas


class View(Protocol):
    """A panel: it connects itself to the session, and can be refreshed, pictured and closed."""

    def refresh(self) -> None:
        """Show the present at once."""

    def grab(self) -> QPixmap:
        """A picture of the panel."""

    def close(self) -> bool:
        """Stop listening to the session, then close."""


@runtime_checkable
class ChoosesExamples(Protocol):
    """A panel in which some of the examples are chosen; others show only these. ``chosen``: a signal, see there."""

    chosen: SignalInstance


@runtime_checkable
class Tells(Protocol):
    """A panel with sentences for the message line. ``told``: a signal with each."""

    told: SignalInstance


@runtime_checkable
class UsesCanvas(Protocol):
    """A panel that shows something on the network canvas as well."""

    def use_canvas(self, canvas: "NetworkCanvas") -> None:
        """Take the canvas; called once."""
