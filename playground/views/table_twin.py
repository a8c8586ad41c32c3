"""The numbers behind a chart, and the way to them: every chart offers "Show as table" in its context menu."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast, runtime_checkable

from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

OFFER = "chart.table"
"""The object name of the action that shows a chart as a table."""


@dataclass(frozen=True)
class Column:
    """A column: its head, and one value per row (texts, or numbers in the units of the chart; nan: unknown)."""

    title: str
    values: Sequence[str] | Sequence[float] | NDArray[Any]


@dataclass(frozen=True)
class Table:
    """What a chart draws, in numbers. ``columns`` are equally long."""

    title: str
    columns: tuple[Column, ...] = ()

    @property
    def height(self) -> int:
        """How many rows there are."""
        return min((len(column.values) for column in self.columns), default=0)


@runtime_checkable
class Tabled(Protocol):
    """A chart with a twin."""

    def table(self) -> Table:
        """Exactly the numbers that are drawn now."""


@runtime_checkable
class Dated(Protocol):
    """A window that knows at which moment of the run its charts stand."""

    def moment(self) -> str:
        """The moment in words: "Epoch 120"."""


class TwinAction(QAction):
    """Stands in the context menu of ``chart`` and opens its table.

    menu: whether the chart has no other context menu, so that this one opens by right click and by the menu key.
    """

    def __init__(self, chart: QWidget, *, menu: bool = True) -> None:
        super().__init__(QCoreApplication.translate("twins", "Show as &table"), chart)
        self.setObjectName(OFFER)
        self.setToolTip(QCoreApplication.translate("twins", "Shows the numbers of this chart, to read, copy and save"))
        self.triggered.connect(self.show_table)
        chart.addAction(self)
        if menu:
            chart.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chart.customContextMenuRequested.connect(self.open_menu)

    @Slot(QPoint)
    def open_menu(self, place: QPoint) -> None:
        """Open a menu with this action at a place of the chart."""
        chart = cast(QWidget, self.parent())
        menu = QMenu(chart)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self)
        menu.popup(chart.mapToGlobal(place))

    @Slot()
    def show_table(self) -> None:
        """Open the table in a window of its own."""
        from playground.views.twins import show

        show(cast(QWidget, self.parent()))


def tabled_below(widget: QWidget) -> list[QWidget]:
    """The charts on ``widget`` that can be seen now and can be shown as tables, in the order of their making."""
    found = (widget, *widget.findChildren(QWidget))
    return [
        chart
        for chart in found
        if chart.isVisible() and any(action.objectName() == OFFER for action in chart.actions())
    ]
