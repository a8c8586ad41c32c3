"""A small window with a list that is searched by typing: the base of the palette and of the search for actions."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

_BESIDE = 8


class SearchList(QFrame):
    """Typing filters, the arrows and the pointer choose a row, Return or a click takes it, Esc closes.

    Subclasses say what is listed (``fill``), what a row does (``take``), and what follows the chosen row (``tell``).
    """

    def __init__(self, parent: QWidget, size: QSize, *, title: str, prompt: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.setFixedSize(size)
        self.search = QLineEdit(self)
        self.list = QListWidget(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 12, 12, 10)
        self.column.setSpacing(8)
        self._build(title, prompt)

    def open_below(self, place: QPoint) -> None:
        """List everything, below a global place."""
        self.search.clear()
        self._refill("")
        area = self.screen().availableGeometry()
        x = max(area.left(), min(place.x() - self.width() // 2, area.right() - self.width()))
        y = max(area.top(), min(place.y() + _BESIDE, area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.search.setFocus()

    # -- what subclasses say ---------------------------------------------------------------------------------------

    def fill(self, text: str) -> None:
        """Add the rows for what was typed to the empty list."""

    def take(self, row: QListWidgetItem) -> None:
        """Do what a row says."""

    def tell(self, row: QListWidgetItem | None) -> None:
        """Another row was chosen, or pointed at though it cannot be taken; None: there is none."""

    # -- inside ----------------------------------------------------------------------------------------------------

    def _build(self, title: str, prompt: str) -> None:
        self.search.setPlaceholderText(prompt)
        self.search.setAccessibleName(prompt)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._refill)
        self.search.installEventFilter(self)
        self.list.setAccessibleName(title)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.itemEntered.connect(self._point_at)
        self.list.itemClicked.connect(self._take)
        self.list.currentItemChanged.connect(self._tell)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list)

    def _refill(self, text: str) -> None:
        self.list.clear()
        self.fill(text)
        self._walk(+1)
        if self.list.currentRow() < 0:
            self.tell(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Return in the search field mean the list."""
        if watched is not self.search or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(+1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentRow() >= 0:
                self._take(self.list.currentItem())
        else:
            return super().eventFilter(watched, event)
        return True

    def _walk(self, by: int) -> None:
        """Go to the next row that can be taken."""
        place = self.list.currentRow() + by
        while 0 <= place < self.list.count():
            if _possible(self.list.item(place)):
                self.list.setCurrentRow(place)
                return
            place += by

    def _tell(self, row: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        self.tell(row)

    def _point_at(self, row: QListWidgetItem) -> None:
        if _possible(row):
            self.list.setCurrentItem(row)
        self.tell(row)

    def _take(self, row: QListWidgetItem) -> None:
        if _possible(row):
            self.take(row)


def _possible(row: QListWidgetItem) -> bool:
    return bool(row.flags() & Qt.ItemFlag.ItemIsEnabled)
