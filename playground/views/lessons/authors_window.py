"""The reference for authors of lessons, in a window beside the main one."""

from PySide6.QtCore import QSize, QUrl, Slot
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from playground import resources
from playground.views.panels.card import Connections
from playground.views.theme import Theme, Token


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
        self.resize(QSize(860, 640).boundedTo(self.screen().availableSize() - QSize(16, 40)))

    def shut(self) -> None:
        """Stop listening, and close."""
        self._connections.undo()
        self.close()

    @Slot()
    def _write(self) -> None:
        """Fill in the text, in the colours of the theme."""
        line, code = self._theme.hex(Token.LINE), self._theme.hex(Token.TEXT)
        document = self.browser.document()
        document.setDefaultStyleSheet(f"td, th {{ border-color: {line}; }} code {{ color: {code}; }}")
        self.browser.setMarkdown(resources.path("lessons", "README.md").read_text("utf-8"))

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        self.browser.scrollToAnchor(link.fragment())
