"""The rows of the palette: headings and kinds of layers, painted with picture, title and one sentence."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.project.offers import Offer
from playground.session.language import translated
from playground.views import icons
from playground.views.theme import CAPTION_SIZE, TEXT_SIZE, Theme, Token, mix, sized_font

OFFER = Qt.ItemDataRole.UserRole
ROW_HEIGHT, HEADING_HEIGHT = 46, 26
_PICTURE, _PAD = 26, 10


def heading(title: str) -> QListWidgetItem:
    """A row that names a group."""
    row = QListWidgetItem(title)
    row.setFlags(Qt.ItemFlag.NoItemFlags)
    return row


def kind(offer: Offer) -> QListWidgetItem:
    """A row that offers a kind of layer; one that cannot stand here says why and cannot be chosen."""
    title, help = translated(offer.title), translated(offer.problem or offer.help)
    row = QListWidgetItem(title)
    row.setData(OFFER, offer)
    row.setToolTip(help)
    row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}: {help}")
    if offer.problem:
        row.setFlags(Qt.ItemFlag.NoItemFlags)
    return row


class RowPainter(QStyledItemDelegate):
    """Paints the rows."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines for a kind, one for a heading."""
        return QSize(200, ROW_HEIGHT if isinstance(index.data(OFFER), Offer) else HEADING_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        offer, box = index.data(OFFER), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(offer, Offer):
            self._paint_kind(painter, box, offer, bool(option.state & QStyle.StateFlag.State_Selected))
        else:
            painter.setPen(self._theme.color(Token.MUTED))
            painter.setFont(sized_font(CAPTION_SIZE, bold=True))
            line = box.adjusted(_PAD, 4, -_PAD, 0)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, str(index.data()).upper())
        painter.restore()

    def _paint_kind(self, painter: QPainter, box: QRectF, offer: Offer, chosen: bool) -> None:
        theme = self._theme
        if chosen:
            painter.setPen(theme.color(Token.SELECTION))
            painter.setBrush(mix(theme.color(Token.CARD), theme.color(Token.SELECTION), 0.12))
            painter.drawRoundedRect(box.adjusted(2.5, 1.5, -2.5, -1.5), 6, 6)
        painter.setOpacity(0.55 if offer.problem else 1.0)
        ratio = painter.device().devicePixelRatio()
        picture = icons.pixmap(f"layer-{offer.kind}", theme.color(Token.TEXT), _PICTURE, ratio)
        painter.drawPixmap(int(box.x()) + _PAD, int(box.center().y()) - _PICTURE // 2, picture)
        painter.setOpacity(1.0)
        text = box.adjusted(_PAD + _PICTURE + 12, 6, -_PAD, -6)
        painter.setPen(theme.color(Token.MUTED if offer.problem else Token.TEXT))
        painter.setFont(sized_font(TEXT_SIZE, bold=True))
        painter.drawText(text, Qt.AlignmentFlag.AlignTop, translated(offer.title))
        small = sized_font(CAPTION_SIZE)
        words = QFontMetrics(small).elidedText(
            translated(offer.problem or offer.help), Qt.TextElideMode.ElideRight, int(text.width())
        )
        painter.setPen(theme.color(Token.MUTED))
        painter.setFont(small)
        painter.drawText(text, Qt.AlignmentFlag.AlignBottom, words)
