"""The card of the inspector: a title, the page of what is selected, and ways to close it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.engine import BuildError
from playground.session import Session
from playground.session.language import translated
from playground.training.records import Snapshot
from playground.views.canvas.controls import WheelGuard
from playground.views.canvas.selection import Selection
from playground.views.icons import icon
from playground.views.inspector.layer_page import LayerPage
from playground.views.inspector.unit_page import UnitPage
from playground.views.panels.card import Connections, label
from playground.views.theme import Theme, Token

WIDTH, MARGIN = 336, 8
_BESIDE, _ABOVE = 24, 62
"""What the card itself needs at the sides of the page, and above and below it."""


class Inspector(QFrame):
    """A card at that side of ``canvas`` where the selected layer is not; follows the selection, Esc closes it.

    ``column``: where the middle of a layer's column is, in pixels from the left edge of the canvas.
    """

    def __init__(self, session: Session, theme: Theme, canvas: QWidget, column: Callable[[int], float]) -> None:
        super().__init__(canvas)
        self.setObjectName("inspector")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Inspector"))
        self._session, self._theme, self._column = session, theme, column
        self._selection = Selection()
        self._page: LayerPage | UnitPage | None = None
        self._shape: object = None
        self._connections = Connections()
        self._wheel = WheelGuard(self)
        self._title = label("", "heading", self)
        self._shut = QToolButton(self)
        self._scroll = QScrollArea(self)
        self._build()
        self.hide()
        self._connections.add(session.document.changed, self.refresh)
        self._connections.add(session.trainer.counted, self._follow_weights)
        self._connections.add(theme.changed, self._recolor)
        canvas.installEventFilter(self)

    def open(self, selection: Selection) -> None:
        """Show the selected layers or unit."""
        self._selection, self._shape = selection, None
        if not selection.layers:
            return
        self.show()
        self.refresh()
        self.raise_()
        self._place()
        if (first := self._first_field()) is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self, selection: object) -> None:
        """Show another selection if the card is open."""
        assert isinstance(selection, Selection)
        self._selection = selection
        if self.isVisible():
            self.refresh() if selection.layers else self._leave()
            self._place()

    @Slot()
    def refresh(self, *_news: object) -> None:
        """Show what is selected as it is now; a new page only when other settings are to be shown."""
        if not self.isVisible():
            return
        layers = self._session.document.project.network.layers
        if not self._selection.layers or max(self._selection.layers) >= len(layers):
            self._leave()
            return
        shape = (self._selection, tuple(_kinds(layers[index]) for index in self._selection.layers), len(layers))
        if shape != self._shape:
            self._shape = shape
            self._turn_page()
        elif self._page is not None:
            self._page.refresh()
            self._place()  # a note of a conflict needs room

    def close(self) -> bool:
        """Stop listening, then close."""
        self._connections.undo()
        return super().close()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 10)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._shut)
        column.addLayout(row)
        self._shut.setProperty("quiet", True)
        self._shut.setToolTip(self.tr("Close (Esc)"))
        self._shut.setAccessibleName(self.tr("Close the inspector"))
        self._shut.setObjectName("inspector.close")
        self._shut.clicked.connect(self._leave)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        column.addWidget(self._scroll)
        self._recolor()

    def _turn_page(self) -> None:
        selection, layers = self._selection, self._session.document.project.network.layers
        lead = selection.layers[-1]
        name = self.tr("Output layer") if lead == len(layers) - 1 else self.tr("Layer %d") % (lead + 1)
        title = f"{name} · {translated(layers[lead].title)}"
        if len(selection.layers) > 1:
            title = self.tr("%d layers") % len(selection.layers)
        try:
            if selection.unit is not None:
                title = self.tr("Unit %1 · %2").replace("%1", str(selection.unit + 1)).replace("%2", name)
                self._page = UnitPage(self._session, lead, selection.unit, self)
            else:
                self._page = LayerPage(self._session, self._theme, selection.layers, self)
        except BuildError:  # a unit of a network that does not fit has no weights to show
            self._page = LayerPage(self._session, self._theme, selection.layers, self)
        self._title.setText(title)
        self._scroll.setWidget(self._page)
        self._guard_fields(self._page)
        self._page.setAutoFillBackground(False)  # the scroll area has just turned it on
        self._place()

    def _guard_fields(self, page: QWidget) -> None:
        """Let the wheel scroll the page; a field has it only once it was chosen by key or click."""
        for kind, policy in ((QAbstractSpinBox, Qt.FocusPolicy.StrongFocus), (QComboBox, Qt.FocusPolicy.TabFocus)):
            for field in page.findChildren(kind):
                field.setFocusPolicy(policy)
                field.installEventFilter(self._wheel)

    def _first_field(self) -> QWidget | None:
        """The field of the page that the keyboard reaches first."""
        page = self._page
        field = page.nextInFocusChain() if page is not None else None
        while page is not None and field is not None and page.isAncestorOf(field):
            if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isVisibleTo(page) and field.isEnabled():
                return field
            field = field.nextInFocusChain()
        return None

    def _leave(self) -> None:
        """Close; the keyboard goes back to the canvas if it was here."""
        canvas, focused = self.parentWidget(), QApplication.focusWidget()
        if canvas is not None and focused is not None and self.isAncestorOf(focused):
            canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _place(self) -> None:
        """Stand at the edge of the canvas that is farther from the selected layer, as tall as needed."""
        canvas, page = self.parentWidget(), self._page
        if canvas is None or page is None:
            return
        wanted = page.heightForWidth(WIDTH - _BESIDE) + _ABOVE
        height = min(canvas.height() - 2 * MARGIN, max(120, wanted))
        right = canvas.width() - WIDTH - MARGIN
        covered = self._selection.lead is not None and self._column(self._selection.lead) > right - 60
        self.setGeometry(MARGIN if covered else right, MARGIN, WIDTH, height)

    @Slot(object)
    def _follow_weights(self, moment: Snapshot) -> None:
        if self.isVisible() and isinstance(self._page, UnitPage):
            self._page.show_moment(moment)

    @Slot()
    def _recolor(self) -> None:
        self._shut.setIcon(icon("close", self._theme, Token.MUTED))
        self._shape = None
        self.refresh()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the canvas changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc; a number that was ended by Return keeps the keyboard here."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)


def _kinds(layer: object) -> tuple[object, ...]:
    """What decides which fields a layer has: its kind, and the kinds of the parts in it."""
    values = (getattr(layer, name) for name in type(layer).__struct_fields__)  # type: ignore[attr-defined]
    return (type(layer), *(type(value) for value in values))
