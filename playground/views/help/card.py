"""A card beside a control: what it is, and the terms that belong to it; a click elsewhere or Esc closes it."""

from html import escape

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from playground.lessons import glossary
from playground.session.language import translated
from playground.views.help import page
from playground.views.help.subject import Subject
from playground.views.panels.card import label
from playground.views.theme import Theme, Token

_EXPLAINED = 2
"""So many terms are told in a sentence, the others named only."""


class HelpCard(QFrame):
    """The help for one subject.

    Signals:
        term_wanted(str): the page of a term is to be opened, by its id.
        closed(): it is gone.
    """

    term_wanted = Signal(str)
    closed = Signal()

    def __init__(self, subject: Subject, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("help.card")
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(subject.title)
        self.setAccessibleDescription(subject.text)
        self.subject, self._theme = subject, theme
        self.title, self.words = label(subject.title, "heading", self), QLabel(subject.text, self)
        self.links = QLabel(self._links(), self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.links.setTextFormat(Qt.TextFormat.RichText)
        self.links.setObjectName("help.links")
        self.links.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | _KEYS)
        self.links.linkActivated.connect(self._open)
        hint = label(self.tr("F1: open the glossary · Esc: close"), "caption", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(8)
        for part in (self.title, self.words, self.links, hint):
            part.setWordWrap(True)
            column.addWidget(part)
        self.links.setVisible(bool(subject.terms))
        hint.setVisible(bool(subject.terms))
        self.setFixedWidth(360)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def open(self, at: QPoint | None = None) -> None:
        """Stand below the subject, or where there is room for it; beside ``at`` on the screen, if that is large."""
        widget, place = self.subject.widget, self.subject.place
        around = QRect(widget.mapToGlobal(place.topLeft()), place.size())
        if at is not None and (place.width() > self.width() or place.height() > self.height()):
            around = QRect(at, QSize(1, 1)).adjusted(-8, -8, 8, 8)
        window, screen = widget.window().frameGeometry(), self.screen().availableGeometry()
        area = window.intersected(screen)
        small = area.width() < self.width() or area.height() < self.height()
        self.move(beside(around, self.rect(), screen if small else area, 10))
        self.show()
        self.links.setFocus() if self.links.isVisible() else self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 once more opens the glossary at the first term."""
        if event.key() == Qt.Key.Key_F1 and self.subject.terms:
            self._open(self.subject.terms[0])
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        """Tell that it is gone: a popup is closed by any click outside it."""
        self.closed.emit()

    @Slot(str)
    def _open(self, term: str) -> None:
        self.close()
        self.term_wanted.emit(term)

    def _links(self) -> str:
        color, muted = self._theme.hex(Token.SELECTION), self._theme.hex(Token.MUTED)
        book = glossary.bundled()
        terms = [book.terms[id] for id in self.subject.terms]
        rows = [
            f"<p style='margin-top:0; margin-bottom:6px'><b>{page.link(term.id, page.title(term), color)}</b>"
            f"<br><span style='color:{muted}'>{escape(glossary.sentence(translated(term.what)))}</span></p>"
            for term in terms[:_EXPLAINED]
        ]
        others = " · ".join(page.link(term.id, page.title(term), color) for term in terms[_EXPLAINED:])
        return "".join(rows) + (f"<p style='margin:0'>{others}</p>" if others else "")


def beside(around: QRect, card: QRect, area: QRect, gap: int) -> QPoint:
    """Where a card stands: below what it is about, else above, at the right or at the left; never outside ``area``.

    All in pixels of the screen; only the size of ``card`` matters.
    """
    width, height = card.width(), card.height()
    x = around.center().x() - width // 2
    y = around.center().y() - height // 2
    places = (
        QPoint(x, around.bottom() + gap),
        QPoint(x, around.top() - gap - height),
        QPoint(around.right() + gap, y),
        QPoint(around.left() - gap - width, y),
    )
    kept = [_kept(place, width, height, area) for place in places]
    free = (place for place in kept if not QRect(place.x(), place.y(), width, height).intersects(around))
    return next(free, _kept(around.center(), width, height, area))


def _kept(place: QPoint, width: int, height: int, area: QRect) -> QPoint:
    x = max(area.left(), min(place.x(), area.right() - width))
    return QPoint(x, max(area.top(), min(place.y(), area.bottom() - height)))


_KEYS = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
