"""The palette itself: a small window near the place where a layer is to be inserted."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from playground.engine.layers import Layer
from playground.project import edits, offers
from playground.project.edits import EditError
from playground.project.offers import Offer
from playground.session import Session
from playground.views.palette import rows
from playground.views.theme import Theme

_SIZE = QSize(470, 470)
_BESIDE = 8


class LayerPalette(QFrame):
    """Offers every kind of layer for one place; typing filters, arrows choose, Return inserts, Esc closes.

    Signals:
        inserted(int): a layer was inserted and now has this place.
    """

    inserted = Signal(int)

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Insert a layer"))
        self._session = session
        self._index = 0
        self._offers: tuple[Offer, ...] = ()
        self.search = QLineEdit(self)
        self.list = QListWidget(self)
        self.keep = QCheckBox(self.tr("keep the predictions as they are"), self)
        self._words = QLabel(self)
        self._build(theme)
        theme.changed.connect(self.list.viewport().update)

    def open_at(self, index: int, place: QPoint) -> None:
        """Offer what can stand before the layer at ``index``, below a global place."""
        self._index = index
        self._offers = offers.offers(self._session.document.project, index)
        self.search.clear()
        self._fill("")
        area = self.screen().availableGeometry()
        x = max(area.left(), min(place.x() - self.width() // 2, area.right() - self.width()))
        y = max(area.top(), min(place.y() + _BESIDE, area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.search.setFocus()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self, theme: Theme) -> None:
        self.setFixedSize(_SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        self.search.setPlaceholderText(self.tr("Which layer? Type to search"))
        self.search.setAccessibleName(self.tr("Search layers"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.setItemDelegate(rows.RowPainter(theme, self.list))
        self.list.setAccessibleName(self.tr("Kinds of layers"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.itemEntered.connect(self._point_at)
        self.list.itemClicked.connect(self._choose)
        self.list.currentItemChanged.connect(self._tell)
        self.keep.setToolTip(
            self.tr("The new layer begins as one that passes everything on unchanged, and learns from there.")
        )
        self.keep.toggled.connect(self._tell)
        self._words.setProperty("role", "caption")
        self._words.setWordWrap(True)
        self._words.setFixedHeight(2 * self._words.fontMetrics().lineSpacing())
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        for widget in (self.search, self.list, self.keep, self._words):
            column.addWidget(widget)

    def _fill(self, text: str) -> None:
        """List the kinds whose title, group or sentence has what was typed; possible ones first chosen."""
        wanted = text.casefold().split()
        self.list.clear()
        group = ""
        for offer in self._offers:
            words = f"{offer.title} {offer.group} {offer.help} {offer.kind}".casefold()
            if not all(word in words for word in wanted):
                continue
            if offer.group != group:
                group = offer.group
                self.list.addItem(rows.heading(group))
            self.list.addItem(rows.kind(offer))
        self._walk(+1)
        self._tell()

    # -- choosing --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Return in the search field mean the list."""
        if watched is not self.search or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(+1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentRow() >= 0:
                self._choose(self.list.currentItem())
        else:
            return super().eventFilter(watched, event)
        return True

    def _walk(self, by: int) -> None:
        """Go to the next row that can be chosen."""
        place = self.list.currentRow() + by
        while 0 <= place < self.list.count():
            if self.list.item(place).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(place)
                return
            place += by

    def _point_at(self, row: QListWidgetItem) -> None:
        offer = row.data(rows.OFFER)
        if row.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.list.setCurrentItem(row)
            self._tell()
        elif isinstance(offer, Offer):
            self._words.setText(offer.problem)

    def _tell(self, *_news: object) -> None:
        """Say below the list what would be inserted."""
        row = self.list.currentItem()
        offer = row.data(rows.OFFER) if self.list.currentRow() >= 0 else None
        if not isinstance(offer, Offer):
            self.keep.setEnabled(False)
            self._words.setText(self.tr("No kind of layer that can stand here is called so."))
            return
        project = self._session.document.project
        possible = offers.passing(project, self._index, offer.layer) is not None
        self.keep.setEnabled(possible)
        layer = self._layer(offer)
        words = [offers.summary(layer)]
        if offer.note:
            words.append(offer.note)
        self._words.setText(" ".join(words))

    def _layer(self, offer: Offer) -> Layer:
        """The layer as it would be inserted."""
        passing = offers.passing(self._session.document.project, self._index, offer.layer)
        return passing if passing is not None and self.keep.isChecked() else offer.layer

    def _choose(self, row: QListWidgetItem) -> None:
        offer = row.data(rows.OFFER)
        if not isinstance(offer, Offer) or offer.problem:
            return
        document, keep = self._session.document, self.keep.isChecked() and self.keep.isEnabled()
        before = len(document.project.network.layers)
        try:
            edit = edits.add_layer(document.project, self._index, self._layer(offer), identity=keep)
        except EditError as problem:  # the network is another one by now
            self._words.setText(str(problem))
            return
        self.close()
        document.apply(edit)
        self.inserted.emit(self._index + len(edit.project.network.layers) - before - 1)
