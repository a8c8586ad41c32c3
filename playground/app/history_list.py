"""The list of all steps that can be undone or redone; a click goes to the moment behind a step."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from playground.session import Session
from playground.session.language import translated

_SIZE = QSize(300, 360)
_INDEX = Qt.ItemDataRole.UserRole


class HistoryList(QFrame):
    """Oldest step on top, the present one marked, undone ones pale below it. Esc closes."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("history")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("History"))
        self.setFixedSize(_SIZE)
        self._document = session.document
        self.list = QListWidget(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Steps"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        title = QLabel(self.tr("History"), self)
        title.setProperty("role", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(title)
        column.addWidget(self.list)
        session.document.history_changed.connect(self.refresh)

    def open_below(self, place: QPoint) -> None:
        """Show the list below a global place."""
        area = self.screen().availableGeometry()
        x = max(area.left(), min(place.x() - self.width() // 2, area.right() - self.width()))
        self.move(x, max(area.top(), min(place.y() + 4, area.bottom() - self.height())))
        self.show()
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """List the steps as they are now."""
        if not self.isVisible():
            return
        self.list.clear()
        for item in self._document.history():
            label = translated(item.label)
            row = QListWidgetItem(label)
            row.setData(_INDEX, item.index)
            only = self.tr("%s (settings only: the weights of that time had to make room)") % label
            row.setToolTip(label if item.has_weights else only)
            if item.is_redo:
                row.setForeground(self.palette().placeholderText())
            self.list.addItem(row)
            if item.is_present:
                font = row.font()
                font.setBold(True)
                row.setFont(font)
                self.list.setCurrentItem(row)
        self.list.scrollToItem(self.list.currentItem())

    def _go(self, row: QListWidgetItem) -> None:
        self._document.go_to(row.data(_INDEX))
