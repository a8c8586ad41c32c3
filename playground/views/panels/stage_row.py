"""The stages side by side: as large as the room allows; with very many of them the row scrolls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

from playground.views.panels.stage_view import HEADER, TEXT_GAP, TEXT_WIDTH, StageView

_SMALLEST, _WIDEST_GAP = 84, 72
_GAP = 16


@dataclass(frozen=True)
class Plan:
    """How the stages stand: the side of their pictures, the room from one to the next, text above or beside."""

    side: int
    pitch: int
    narrow: bool


def plan(count: int, width: int, height: int) -> Plan:
    """Arrange ``count`` stages in ``width`` × ``height``: text beside the pictures unless that makes them small."""
    share = width // max(1, count)
    beside = min(height, share - TEXT_GAP - TEXT_WIDTH - _GAP * 3 // 4)
    above = min(height - HEADER, share - _GAP)
    if above < _SMALLEST:  # it scrolls anyway
        above = max(_SMALLEST, height - HEADER)
    if beside >= min(0.9 * above, height):
        room = beside + TEXT_GAP + TEXT_WIDTH
        return Plan(beside, max(room, min(share, room + _WIDEST_GAP)), narrow=False)
    return Plan(above, max(above + _GAP, min(share, above + _WIDEST_GAP)), narrow=True)


class StageRow(QScrollArea):
    """Holds one view per stage."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[StageView, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._sheet = QWidget()
        self.setWidget(self._sheet)
        self._sheet.setAutoFillBackground(False)  # setWidget has turned it on

    @property
    def sheet(self) -> QWidget:
        """What the views stand on."""
        return self._sheet

    def hold(self, views: Sequence[StageView]) -> None:
        """Show these views; they are children of ``sheet``."""
        self._views = tuple(views)
        for view in self._views:
            view.show()
        self._arrange()

    def match(self, views: list[StageView], count: int, make: Callable[[int], StageView]) -> None:
        """Bring the list to ``count`` views and hold them; ``make`` makes the one for a place."""
        if count == len(views):
            return
        while len(views) > count:
            view = views.pop()
            view.hide()
            view.deleteLater()
        while len(views) < count:
            views.append(make(len(views)))
        self.hold(views)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the new room."""
        super().resizeEvent(event)
        self._arrange()

    def sizeHint(self) -> QSize:
        """Four stages of 140 pixels."""
        return QSize(4 * (140 + TEXT_GAP + TEXT_WIDTH), 140)

    def minimumSizeHint(self) -> QSize:
        """One small stage."""
        return QSize(2 * _SMALLEST, _SMALLEST + HEADER)

    def _arrange(self) -> None:
        room, count = self.maximumViewportSize(), len(self._views)
        height = room.height()
        made = plan(count, room.width(), height)
        if made.pitch * count - _GAP > room.width():
            height -= self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
            made = plan(count, room.width(), height)
        self._sheet.resize(max(room.width(), made.pitch * count - _GAP), height)
        for place, view in enumerate(self._views):
            view.arrange(made.side, narrow=made.narrow)
            width = made.side if made.narrow else max(made.side + TEXT_GAP + TEXT_WIDTH, made.pitch - 4)
            view.setGeometry(place * made.pitch, 0, width, height)
