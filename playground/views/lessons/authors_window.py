"""The reference for authors of lessons, in a window beside the main one."""

from PySide6.QtCore import QSize, QUrl, Slot
from PySide6.QtGui import QTextCursor, QTextFormat, QTextLength, QTextTable
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from playground import resources
from playground.views.panels.card import Connections
from playground.views.theme import Theme, Token

ABOVE_HEADING, BELOW = 14, 7
"""Pixels between the parts of the text."""


class AuthorsWindow(QDialog):
    """Shows ``resources/lessons/README.md``. The main window can be used all the while."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("authors")
        self.setWindowTitle(self.tr("Reference for authors of lessons"))
        self._theme, self._connections = theme, Connections()
        self.browser = QTextBrowser(self)
        self.browser.setObjectName("authors.page")
        self.browser.setAccessibleName(self.tr("Reference for authors of lessons"))
        self.browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._follow)
        self.browser.document().setDocumentMargin(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.addWidget(self.browser)
        self._connections.add(theme.changed, self._write)
        self._write()
        self.resize(QSize(1000, 660).boundedTo(self.screen().availableSize() - QSize(16, 40)))

    def shut(self) -> None:
        """Stop listening, and close."""
        self._connections.undo()
        self.close()

    @Slot()
    def _write(self) -> None:
        """Fill in the text, in the colours of the theme."""
        document = self.browser.document()
        self.browser.setMarkdown(resources.path("lessons", "README.md").read_text("utf-8"))
        cursor = QTextCursor(document)
        block = document.begin()
        while block.isValid():
            shape, level = block.blockFormat(), block.blockFormat().headingLevel()
            inside = QTextCursor(block).currentTable() is not None
            if not inside and not shape.hasProperty(QTextFormat.Property.BlockCodeFence):
                shape.setTopMargin(ABOVE_HEADING if level > 1 else 0)
                shape.setBottomMargin(BELOW)
                cursor.setPosition(block.position())
                cursor.setBlockFormat(shape)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format().toTableFormat()
                table.setBorderBrush(self._theme.color(Token.LINE))
                table.setBorderCollapse(True)
                table.setBottomMargin(BELOW)
                table.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(table)
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        self.browser.scrollToAnchor(link.fragment())
