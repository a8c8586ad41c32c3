"""The palette itself: a small window near the place where a layer is to be inserted."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QListWidgetItem, QWidget

from playground.engine.layers import Layer
from playground.project import edits, offers
from playground.project.edits import EditError
from playground.project.offers import Offer
from playground.session import Session
from playground.session.language import translated
from playground.views.palette import rows
from playground.views.search_list import SearchList
from playground.views.theme import Theme

_SIZE = QSize(470, 470)


class LayerPalette(SearchList):
    """Offers every kind of layer for one place.

    Signals:
        inserted(int): a layer was inserted and now has this place.
    """

    inserted = Signal(int)

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, _SIZE, title=self.tr("Insert a layer"), prompt=self.tr("Which layer? Type to search"))
        self.setObjectName("palette")
        self._session = session
        self._index = 0
        self._offers: tuple[Offer, ...] = ()
        self.keep = QCheckBox(self.tr("keep the predictions as they are"), self)
        self._words = QLabel(self)
        self.list.setItemDelegate(rows.RowPainter(theme, self.list))
        theme.changed.connect(self.list.viewport().update)
        self._add_footer()

    def open_at(self, index: int, place: QPoint) -> None:
        """Offer what can stand before the layer at ``index``, below a global place."""
        self._index = index
        self._offers = offers.offers(self._session.document.project, index)
        self.open_below(place)

    def _add_footer(self) -> None:
        self.keep.setToolTip(
            self.tr("The new layer begins as one that passes everything on unchanged, and learns from there.")
        )
        self.keep.toggled.connect(lambda: self.tell(self.list.currentItem()))
        self._words.setProperty("role", "caption")
        self._words.setWordWrap(True)
        self._words.setFixedHeight(2 * self._words.fontMetrics().lineSpacing())
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.keep)
        self.column.addWidget(self._words)

    # -- rows ------------------------------------------------------------------------------------------------------

    def fill(self, text: str) -> None:
        """List the kinds whose title, group or sentence has what was typed."""
        wanted = text.casefold().split()
        group = ""
        for offer in self._offers:
            shown = " ".join(map(translated, (offer.title, offer.group, offer.help)))
            words = f"{shown} {offer.title} {offer.kind}".casefold()
            if not all(word in words for word in wanted):
                continue
            if offer.group != group:
                group = offer.group
                self.list.addItem(rows.heading(translated(group)))
            self.list.addItem(rows.kind(offer))

    def tell(self, row: QListWidgetItem | None) -> None:
        """Say below the list what would be inserted, or why it cannot be."""
        offer = row.data(rows.OFFER) if row is not None else None
        if not isinstance(offer, Offer):
            self.keep.setEnabled(False)
            if row is None:
                found = [self.list.item(k).data(rows.OFFER) for k in range(self.list.count())]
                why = next((offer.problem for offer in found if isinstance(offer, Offer)), "")
                self._words.setText(translated(why) or self.tr("No kind of layer is called so."))
            return
        self.keep.setEnabled(self._passing(offer) is not None)
        words = (
            translated(offer.problem) or f"{translated(offers.summary(self._layer(offer)))} {translated(offer.note)}"
        )
        self._words.setText(words.strip())

    def take(self, row: QListWidgetItem) -> None:
        """Insert the layer of a row."""
        offer, document = row.data(rows.OFFER), self._session.document
        before = len(document.project.network.layers)
        keep = self._session.trainer.trained or (self.keep.isChecked() and self._passing(offer) is not None)
        try:
            edit = edits.add_layer(document.project, self._index, self._layer(offer), identity=keep)
        except EditError as problem:  # the network is another one by now
            self._words.setText(translated(problem.args[0]))
            return
        self.close()
        document.apply(edit)
        self.inserted.emit(self._index + len(edit.project.network.layers) - before - 1)

    def _passing(self, offer: Offer) -> Layer | None:
        """The layer as it would pass everything on, None where it cannot."""
        return None if offer.problem else offers.passing(self._session.document.project, self._index, offer.layer)

    def _layer(self, offer: Offer) -> Layer:
        """The layer as it would be inserted."""
        passing = self._passing(offer)
        return passing if passing is not None and self.keep.isChecked() else offer.layer
