"""One unit of a network for images, shown large: its weights, or what its channel finds in the example."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.views.theme import CAPTION_SIZE, Theme, Token, sized_font

_CAPTION = 20


class UnitPicture(QWidget):
    """A picture with sharp pixels over a caption; where a unit has none, words say so."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: QImage | None = None
        self._words = ""
        theme.changed.connect(self.update)

    @property
    def picture(self) -> QImage | None:
        """What is shown."""
        return self._picture

    @property
    def words(self) -> str:
        """What stands below."""
        return self._words

    def show_unit(self, picture: QImage | None, words: str) -> None:
        """Show another unit."""
        self._picture, self._words = picture, words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture and caption."""
        painter = QPainter(self)
        side = min(self.width(), self.height() - _CAPTION)
        box = QRect((self.width() - side) // 2, 0, side, side)
        if self._picture is not None:
            painter.drawImage(box, self._picture)
        painter.setPen(self._theme.color(Token.LINE))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setFont(sized_font(CAPTION_SIZE))
        painter.setPen(self._theme.color(Token.MUTED))
        if self._picture is None:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tr("This unit has no picture."))
        below = QRect(0, side, self.width(), _CAPTION)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()
