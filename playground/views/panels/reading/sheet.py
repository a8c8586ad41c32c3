"""The legend of a panel: a sheet over it that goes by a click or Esc."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from playground.lessons import glossary
from playground.session import Session
from playground.views.help import page
from playground.views.help.subject import terms_for
from playground.views.panels.card import Connections
from playground.views.panels.reading.entries import Entry, entries
from playground.views.panels.reading.sentences import reading
from playground.views.theme import Theme, Token

_COLUMN = 340  # pixels that an entry takes at least
_INSET = 3


class LegendSheet(QFrame):
    """Stands over the lower part of ``panel``: what colours, axes and units mean, and its picture read aloud.

    Signals:
        term_wanted(str): the glossary is to be opened at a term, by its id.
    """

    term_wanted = Signal(str)

    def __init__(self, name: str, panel: QWidget, session: Session, theme: Theme) -> None:
        super().__init__(panel)
        self.setObjectName(f"legend.{name}")
        self.setAccessibleName(self.tr("How to read this panel"))
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        self._name, self._panel, self._session, self._theme = name, panel, session, theme
        self._connections = Connections()
        self._text, self._sentence = QLabel(self), QLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        for words in (self._sentence, self._text):
            words.setWordWrap(True)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(words)
        self._sentence.setProperty("role", "heading")
        self.links = QLabel(self, wordWrap=True)
        self.links.linkActivated.connect(self._open_term)
        column.addWidget(self.links)
        column.addStretch(1)
        panel.installEventFilter(self)
        self._connections.add(session.trainer.counted, self.refresh)
        self._connections.add(theme.changed, self.refresh)

    @property
    def sentence(self) -> str:
        """What is read aloud now."""
        return self._sentence.text()

    def open(self) -> None:
        """Show the legend."""
        self._cover()
        self.show()
        self.raise_()
        self.refresh()
        self.setFocus()

    def toggle(self) -> None:
        """Show it, or put it away."""
        self.hide() if self.isVisible() else self.open()

    @Slot()
    def refresh(self) -> None:
        """Write it anew if it can be seen."""
        if not self.isVisible():
            return
        shown = entries(self._name, self._session.document.samples.dataset)
        table = self._table(shown, max(1, self.width() // _COLUMN))
        if table != self._text.text():
            self._text.setText(table)
        links = self._terms()
        if links != self.links.text():
            self.links.setText(links)
        sentence = reading(self._name, self._session)
        if sentence != self._sentence.text():
            self._sentence.setText(sentence)
            self.setAccessibleDescription(sentence)
        self._cover()

    def showEvent(self, event: QShowEvent) -> None:
        """Write it as soon as it can be seen, which may be later than it was opened."""
        super().showEvent(event)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the panel; let go when it closes."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._cover()
            self.refresh()
        elif event.type() is QEvent.Type.Close:
            self._connections.undo()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put it away."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _cover(self) -> None:
        """Stand at the lower edge of the panel, as high as the words need: the rest of the picture stays in sight."""
        room = self._panel.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET)
        layout = self.layout()
        self.links.show()
        if layout is not None and layout.heightForWidth(room.width()) > room.height():
            self.links.hide()  # what the panel shows comes first
        wanted = layout.heightForWidth(room.width()) if layout is not None else -1
        if 0 < wanted < room.height():
            room.setTop(room.bottom() - wanted + 1)
        self.setGeometry(room)

    @Slot(str)
    def _open_term(self, term: str) -> None:
        self.hide()
        self.term_wanted.emit(term)

    def _terms(self) -> str:
        """Links to the terms of this panel in the glossary."""
        names = {"network": "canvas", "data": "panel.data", "output": "panel.output"}
        color, book = self._theme.hex(Token.SELECTION), glossary.bundled()
        terms = [book.terms[id] for id in terms_for(names.get(self._name, f"tab.{self._name}"))]
        links = " · ".join(page.link(term.id, page.title(term), color) for term in terms)
        return self.tr("Glossary: %s") % links if links else ""

    def _table(self, shown: tuple[Entry, ...], columns: int) -> str:
        cells = [self._cell(entry) for entry in shown]
        rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
        share = f'width="{100 // columns}%"'
        body = "".join("<tr>" + "".join(f"<td {share}>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        return f'<table width="100%" cellpadding="2">{body}</table>'

    def _cell(self, entry: Entry) -> str:
        muted = self._theme.hex(Token.MUTED)
        mark = f'<span style="color:{self._theme.hex(entry.token)}"><b>{entry.mark}</b></span>'
        return f'{mark}&nbsp; <span style="color:{muted}">{entry.meaning}</span>'
