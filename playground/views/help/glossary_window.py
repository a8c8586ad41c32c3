"""The glossary in a window of its own: search at the left, the page of a term with links at the right."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.lessons import glossary
from playground.lessons.glossary import Chapter, Term
from playground.session.language import translated
from playground.views.help import page
from playground.views.help.trail import Trail
from playground.views.icons import icon
from playground.views.panels.card import Connections, label
from playground.views.theme import Theme, Token

_ID = Qt.ItemDataRole.UserRole


class GlossaryWindow(QDialog):
    """Explains the terms. It stands beside the main window, which can be used all the while.

    Signals:
        place_wanted(str): the control of a term is to be shown in the main window, by its name.
    """

    place_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("glossary")
        self.setWindowTitle(self.tr("Glossary"))
        self._theme, self._book, self._trail = theme, glossary.bundled(), Trail()
        self._connections = Connections()
        self.search, self.list, self.browser = QLineEdit(self), QListWidget(self), QTextBrowser(self)
        self.heading, self.chapter = QLabel(self), label("", "caption", self)
        self.back, self.forward = self._arrow("left", -1), self._arrow("right", +1)
        self.show_button = QPushButton(self.tr("Show me"), self)
        self._dress()
        self._lay_out()
        self._list_terms("")
        self._connections.add(theme.changed, self._recolor)
        self._recolor()
        self.resize(QSize(880, 600).boundedTo(self.screen().availableSize() - QSize(16, 40)))

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def term(self) -> str:
        """The id of the term that is open; "" when none is."""
        return self._trail.page

    def open_term(self, id: str) -> None:
        """Show the window with the page of a term; "" for the one that was open last, or the first of all."""
        self._go(id or self.term or next(iter(self._book.terms)))
        if not self.isVisible():
            self.search.clear()
        self.show()
        self.raise_()
        self.activateWindow()
        (self.search if not id else self.browser).setFocus()

    def shut(self) -> None:
        """Stop listening, and close."""
        self._connections.undo()
        self.close()

    # -- parts -----------------------------------------------------------------------------------------------------

    def _arrow(self, side: str, steps: int) -> QToolButton:
        button = QToolButton(self)
        back = steps < 0
        button.setObjectName("glossary.back" if back else "glossary.forward")
        button.setAccessibleName(self.tr("Back") if back else self.tr("Forward"))
        keys = QKeySequence("Alt+Left" if back else "Alt+Right")
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{self.tr('To the page before') if back else self.tr('To the next page')} ({native})")
        button.setProperty("quiet", True)
        button.setFixedSize(28, 28)
        button.clicked.connect(lambda: self._turn(steps))
        QShortcut(keys, self, lambda: self._turn(steps))
        return button

    def _dress(self) -> None:
        self.search.setObjectName("glossary.search")
        self.search.setPlaceholderText(self.tr("Find a term"))
        self.search.setAccessibleName(self.tr("Find a term"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._list_terms)
        self.search.installEventFilter(self)
        QShortcut(QKeySequence.StandardKey.Find, self, self._find)
        self.list.setObjectName("glossary.list")
        self.list.setAccessibleName(self.tr("Terms"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemSelectionChanged.connect(self._choose)
        self.heading.setObjectName("glossary.heading")
        self.heading.setWordWrap(True)
        self.heading.setContentsMargins(4, 0, 0, 0)
        self.browser.setObjectName("glossary.page")
        self.browser.setAccessibleName(self.tr("What the term means"))
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._follow)
        self.browser.document().setDocumentMargin(4)  # room for the ring
        self.show_button.setObjectName("glossary.show")
        self.show_button.setToolTip(self.tr("Ring the control in the window that the term is about"))
        self.show_button.setAutoDefault(False)
        self.show_button.clicked.connect(self._show_place)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.back)
        top.addWidget(self.forward)
        top.addSpacing(6)
        top.addWidget(self.chapter, 1)
        bottom = QHBoxLayout()
        close = QPushButton(QCoreApplication.translate("Qt", "Close"), self)
        close.setObjectName("glossary.close")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        bottom.addWidget(self.show_button)
        bottom.addStretch(1)
        bottom.addWidget(close)
        sheet = QFrame(self)
        sheet.setProperty("card", True)
        right = QVBoxLayout(sheet)
        right.setContentsMargins(18, 12, 14, 12)
        right.setSpacing(10)
        right.addLayout(top)
        right.addWidget(self.heading)
        right.addWidget(self.browser, 1)
        right.addLayout(bottom)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(14, 14, 14, 14)
        halves.setSpacing(14)
        halves.addLayout(left, 5)
        halves.addWidget(sheet, 9)

    # -- the list --------------------------------------------------------------------------------------------------

    @Slot(str)
    def _list_terms(self, wanted: str) -> None:
        """All terms by chapter; what was typed leaves those that fit, the best first."""
        self.list.ensurePolished()  # rows are as high as the style says
        self.list.blockSignals(True)
        self.list.clear()
        if wanted.strip():
            scores = {term.id: _score(wanted, term) for term in self._book.terms.values()}
            for term in sorted(self._book.terms.values(), key=lambda term: (-scores[term.id], page.title(term))):
                if scores[term.id]:
                    self._add(term)
            if not self.list.count():
                self._add_line(self.tr("No term fits. Try fewer letters."))
        else:
            for chapter in self._book.chapters:
                self._add_chapter(chapter)
        self.list.blockSignals(False)
        if wanted.strip() and self.list.item(0).data(_ID):
            self.list.setCurrentRow(0)
        else:
            self._mark()

    def _add_chapter(self, chapter: Chapter) -> None:
        self._add_line(translated(chapter.title))
        for term in chapter.terms:
            self._add(term)

    def _add_line(self, words: str) -> None:
        row = QListWidgetItem(words, self.list)
        row.setFlags(Qt.ItemFlag.NoItemFlags)
        row.setForeground(self._theme.color(Token.MUTED))
        font = self.font()
        font.setPixelSize(11)
        font.setBold(True)
        row.setFont(font)

    def _add(self, term: Term) -> None:
        row = QListWidgetItem(page.title(term), self.list)
        row.setData(_ID, term.id)
        row.setToolTip(glossary.sentence(translated(term.what)))

    @Slot()
    def _choose(self) -> None:
        for row in self.list.selectedItems():
            self._go(row.data(_ID))

    def _mark(self) -> None:
        """Select the row of the page, without going there again."""
        self.list.blockSignals(True)
        rows = range(self.list.count())
        place = next((row for row in rows if self.term and self.list.item(row).data(_ID) == self.term), -1)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        if place >= 0:
            self.list.scrollToItem(self.list.item(place), QListWidget.ScrollHint.EnsureVisible)

    # -- the page --------------------------------------------------------------------------------------------------

    def _go(self, id: str) -> None:
        if id in self._book.terms:
            self._trail.visit(id)
            self._show_page()

    def _turn(self, steps: int) -> None:
        self._trail.go(steps)
        self._show_page()

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        self._go(url.toString())

    def _show_page(self) -> None:
        term = self._book.terms[self.term]
        chapters = (chapter for chapter in self._book.chapters if term in chapter.terms)
        self.chapter.setText(translated(next(chapters).title))
        self.heading.setText(page.title(term))
        self.browser.setHtml(page.html(term, self._book, self._theme))
        self.browser.setAccessibleDescription(glossary.plain(translated(term.what)))
        self.back.setEnabled(self._trail.can_go_back)
        self.forward.setEnabled(self._trail.can_go_on)
        self.show_button.setVisible(bool(term.control))
        self._mark()

    @Slot()
    def _show_place(self) -> None:
        self.place_wanted.emit(self._book.terms[self.term].control)

    @Slot()
    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _recolor(self) -> None:
        ring = f"QTextBrowser:focus {{ border: 1px solid {self._theme.hex(Token.SELECTION)}; border-radius: 4px; }}"
        self.browser.setStyleSheet(f"QTextBrowser {{ background: transparent; border: none; }} {ring}")
        self.heading.setStyleSheet("font-size: 20px; font-weight: 600;")
        self.back.setIcon(icon("chevron-left", self._theme))
        self.forward.setIcon(icon("chevron-right", self._theme))
        self._list_terms(self.search.text())
        if self.term:
            self._show_page()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search field walk through the list; Return goes to the page."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                QCoreApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.browser.setFocus()
                return True
        return super().eventFilter(watched, event)


def _score(wanted: str, term: Term) -> int:
    """How well a term fits, by its name in the user's language and in English."""
    names = (translated(term.term), term.term, *term.also, *(kind.split(":")[1] for kind in term.kinds))
    return glossary.fit(wanted, names, glossary.plain(translated(term.what)))
