"""Ways to touch the canvas, one class each, and the box that hands every gesture to the one that wants it."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent


class Tool:
    """One way to touch the canvas; this one does nothing. Places are canvas coordinates: those of the layout.

    The first tool that answers True to ``press`` gets the whole gesture, up to ``release`` or ``cancel``. The first
    that answers True to ``hover`` has the pointer; it is told by ``leave`` when it loses it.
    """

    def hover(self, place: QPointF) -> bool:
        """The pointer moves without a button; True: this tool answers for what is there."""
        return False

    def leave(self) -> None:
        """The pointer is gone, or over something of another tool."""

    def press(self, event: QMouseEvent) -> bool:
        """A button goes down; True: the gesture belongs to this tool."""
        return False

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves within this tool's gesture."""

    def release(self, event: QMouseEvent) -> None:
        """This tool's gesture ends."""

    def double(self, event: QMouseEvent) -> bool:
        """A double click (the press before it came as usual); True: done with it."""
        return False

    def wheel(self, event: QWheelEvent) -> bool:
        """The wheel turns; True: done with it."""
        return False

    def cancel(self) -> None:
        """This tool's gesture is given up (Esc, or the network has changed under it): take back what it did."""

    def scene_changed(self) -> None:
        """Columns stand elsewhere, or are others, now."""

    def paint(self, painter: QPainter) -> None:
        """Draw over the columns; the painter's clip is what has to be painted."""

    def paint_loop(self, painter: QPainter) -> None:
        """Draw over everything, also where loss and optimizer float over the columns."""


class ToolBox:
    """All tools of a canvas. Those added later come before the canvas's own, in the order in which they came."""

    def __init__(self) -> None:
        self._added: list[Tool] = []
        self._own: list[Tool] = []
        self._active: Tool | None = None
        self._under: Tool | None = None

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._active is not None

    def add(self, tool: Tool, *, own: bool = False) -> None:
        """Take a tool in; ``own``: it gets only what no other tool wants."""
        (self._own if own else self._added).append(tool)

    def press(self, event: QMouseEvent) -> bool:
        """Begin a gesture; tell whether a tool wants it."""
        if self._active is None:
            self._active = next((tool for tool in self._all() if tool.press(event)), None)
        return self._active is not None

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture, else point."""
        if self._active is not None:
            self._active.move(event)
        else:
            self.hover(event.position())

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        tool, self._active = self._active, None
        if tool is not None:
            tool.release(event)

    def double(self, event: QMouseEvent) -> bool:
        """A double click; tell whether a tool wanted it."""
        return any(tool.double(event) for tool in self._all())

    def wheel(self, event: QWheelEvent) -> bool:
        """The wheel; tell whether a tool wanted it. With Ctrl it zooms, whatever is under the pointer."""
        zooms = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return any(tool.wheel(event) for tool in ([*self._own, *self._added] if zooms else self._all()))

    def hover(self, place: QPointF) -> None:
        """Point at a place."""
        found = next((tool for tool in self._all() if tool.hover(place)), None)
        if self._under is not None and self._under is not found:
            self._under.leave()
            if found is not None:
                found.hover(place)  # again: the other one may have cleared the tip or the cursor, which they share
        self._under = found

    def leave(self) -> None:
        """The pointer is nowhere."""
        if self._under is not None:
            self._under.leave()
        self._under = None

    def cancel(self) -> bool:
        """Give up the gesture; tell whether there was one."""
        tool, self._active = self._active, None
        if tool is not None:
            tool.cancel()
        return tool is not None

    def scene_changed(self) -> None:
        """Tell all tools that the columns are others, or elsewhere."""
        for tool in self._all():
            tool.scene_changed()

    def paint(self, painter: QPainter) -> None:
        """Let all tools draw over the columns."""
        for tool in self._all():
            painter.save()
            tool.paint(painter)
            painter.restore()

    def paint_loop(self, painter: QPainter) -> None:
        """Let all tools draw over everything."""
        for tool in self._all():
            painter.save()
            tool.paint_loop(painter)
            painter.restore()

    def _all(self) -> list[Tool]:
        return [*self._added, *self._own]
