"""What the window asks of every panel."""

from typing import Protocol

from PySide6.QtGui import QPixmap


class View(Protocol):
    """A panel: it connects itself to the session, and can be refreshed, pictured and closed."""

    def refresh(self) -> None:
        """Show the present at once."""

    def grab(self) -> QPixmap:
        """A picture of the panel."""

    def close(self) -> bool:
        """Stop listening to the session, then close."""
