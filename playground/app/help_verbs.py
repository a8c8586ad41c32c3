"""What the menu Help does: what is this, point at something, the glossary, the keys."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QCursor, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDockWidget, QLayout, QMainWindow, QWidget

from playground.session import Session
from playground.views.messages import Message, Severity
from playground.views.panels.message_bar import MessageBar
from playground.views.panels.reading.button import HelpButton
from playground.views.panels.tab_card import TabCard
from playground.views.search_list import SearchList
from playground.views.theme import Theme

if TYPE_CHECKING:
    from playground.views.help.card import HelpCard
    from playground.views.help.glossary_window import GlossaryWindow
    from playground.views.help.pointing import Pointing
    from playground.views.help.subject import Subject
    from playground.views.lessons.ring import Ring

RING_MS = 6000
"""How long "Show me" rings a control."""

OUTPUT = "network.layers.-1."
"""So the glossary names the controls of the last layer, whichever number it has."""


class HelpVerbs(QObject):
    """Handlers of the menu Help. All is loaded and made when it is first wanted."""

    def __init__(self, window: QMainWindow, session: Session, theme: Theme, messages: MessageBar) -> None:
        super().__init__(window)
        self._window, self._session, self._theme, self._messages = window, session, theme, messages
        self._tabs: TabCard | None = None
        self._glossary: GlossaryWindow | None = None
        self._ring: Ring | None = None
        self._unring = QTimer(self, singleShot=True, interval=RING_MS)
        self._unring.timeout.connect(self._end_ring)
        self._rest = QPoint()
        self._asking: Message | None = None
        self.card: HelpCard | None = None
        self.pointing: Pointing | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {
            "help.this": self.explain_this,
            "help.point": self.point,
            "help.glossary": self.open_glossary,
            "help.shortcuts": self.show_shortcuts,
            "help.about": self.show_about,
        }

    def link(self, tabs: TabCard, corner: QLayout) -> None:
        """Take the tabs that "Show me" opens, put a "?" beside the menus, and follow the keyboard from now on."""
        self._tabs = tabs
        button = HelpButton(self._theme, self.point, self._window.menuBar())
        button.setObjectName("button.help.point")
        button.setToolTip(self.tr("Point at something to have it explained (Shift+F1)"))
        button.setAccessibleName(self.tr("Point at something"))
        corner.addWidget(button)
        self._application().focusChanged.connect(self._follow_focus)

    def close(self) -> None:
        """Stop listening."""
        if self._tabs is not None:
            self._application().focusChanged.disconnect(self._follow_focus)
            self._tabs = None
        self._end_pointing()
        self._end_ring()
        if self.card is not None:
            self.card.close()
        if self._glossary is not None:
            self._glossary.shut()

    # -- the glossary ----------------------------------------------------------------------------------------------

    @property
    def glossary(self) -> "GlossaryWindow":
        """The window with all terms."""
        from playground.views.help.glossary_window import GlossaryWindow

        if self._glossary is None:
            self._glossary = GlossaryWindow(self._theme, self._window)
            self._glossary.place_wanted.connect(self.show_place)
        return self._glossary

    @Slot()
    def open_glossary(self) -> None:
        """Open the glossary where it was left."""
        self.glossary.open_term("")

    @Slot(str)
    def open_term(self, id: str) -> None:
        """Open the glossary at a term."""
        self._end_ring()
        self.glossary.open_term(id)

    @Slot(str)
    def show_place(self, control: str) -> None:
        """Ring a control in the window for a while; the network where that control is not to be seen now."""
        from playground.views.help.aside import move_aside

        name = control
        if self._tabs is not None and control.startswith("tab."):
            self._tabs.open(control.removeprefix("tab."))
            name = self._tabs.objectName()
        if name.startswith(OUTPUT):
            last = len(self._session.document.project.network.layers) - 1
            name = f"network.layers.{last}.{name.removeprefix(OUTPUT)}"
        ring = self._make_ring()
        ring.show_around(name)
        if ring.place.isEmpty():
            ring.show_around("canvas")
        self._unring.start()
        if self._glossary is not None and not ring.place.isEmpty():
            move_aside(self._glossary, QRect(self._window.mapToGlobal(ring.place.topLeft()), ring.place.size()))

    # -- what is this ----------------------------------------------------------------------------------------------

    @Slot()
    def explain_this(self) -> None:
        """Explain what the pointer is on; what has the keyboard, if that has moved since the mouse last did."""
        window = QApplication.activeModalWidget() or QApplication.activePopupWidget() or self._active()
        place = QCursor.pos()
        floating = (dock for dock in window.findChildren(QDockWidget) if dock.isVisible() and dock.isFloating())
        window = next((dock for dock in floating if dock.frameGeometry().contains(place)), window)
        inside = window.rect().contains(window.mapFromGlobal(place))
        focus = QApplication.focusWidget()
        if focus is not None and focus.window() is window and (not inside or place == self._rest):
            rows = window.list if isinstance(window, SearchList) else None
            if rows is not None and (row := rows.currentItem()) is not None:
                self.explain(rows.viewport(), rows.visualItemRect(row).center())
            else:
                self.explain(focus)
            return
        at = window.mapFromGlobal(place) if inside else QPoint(-1, -1)
        widget = window.childAt(at) or window
        self.explain(widget, widget.mapFrom(window, at))

    def explain(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Show the card for a control, or for what is drawn at a place within it."""
        from playground.views.help.card import HelpCard
        from playground.views.help.subject import subject_of

        subject = subject_of(widget, at)
        if subject is None:
            self._messages.tell(self.tr("There is no help for this place. Point at a control, or open the glossary."))
            return
        if self.card is not None:
            self.card.close()
        self._ring_subject(subject)
        card = self.card = HelpCard(subject, self._theme, widget.window())
        card.term_wanted.connect(self.open_term)
        card.closed.connect(self._end_card)
        card.open(widget.mapToGlobal(at) if at is not None else None)

    @Slot()
    def point(self) -> None:
        """Explain what is clicked next."""
        from playground.views.help.pointing import Pointing

        self._end_pointing()
        self.pointing = Pointing(self._window)
        self.pointing.moved.connect(self._ring_below)
        self.pointing.clicked.connect(self._explain_below)
        self.pointing.ended.connect(self._end_pointing)
        self._asking = Message(Severity.INFO, self.tr("Click what you want to have explained; Esc ends this."))
        if not self._messages.busy:
            self._messages.show_message(self._asking)

    @Slot(QPoint)
    def _ring_below(self, place: QPoint) -> None:
        subject = self._subject_below(place)
        if subject is not None:
            self._ring_subject(subject)
        else:
            self._end_ring()

    @Slot(QPoint)
    def _explain_below(self, place: QPoint) -> None:
        if self.pointing is None:
            return
        widget = self.pointing.below(place)
        self._end_pointing()
        self.explain(widget, widget.mapFrom(self._window, place))

    def _subject_below(self, place: QPoint) -> "Subject | None":
        from playground.views.help.subject import subject_of

        if self.pointing is None:
            return None
        widget = self.pointing.below(place)
        return subject_of(widget, widget.mapFrom(self._window, place))

    # -- keys and about --------------------------------------------------------------------------------------------

    @Slot()
    def show_shortcuts(self) -> None:
        """List all keys."""
        from playground.app.shortcuts import ShortcutSheet

        ShortcutSheet(self._theme, self._window).open()

    @Slot()
    def show_about(self) -> None:
        """Tell version, libraries and licences."""
        from playground.app import about

        about.show(self._window)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _active(self) -> QWidget:
        return QApplication.activeWindow() or self._window

    def _make_ring(self) -> "Ring":
        from playground.views.lessons.ring import Ring

        if self._ring is None:
            self._ring = Ring(self._theme, self._window)
            self._ring.setObjectName("help.ring")
        return self._ring

    def _ring_subject(self, subject: "Subject") -> None:
        """Only in the main window; a dialog is small enough to see what is meant."""
        self._unring.stop()
        widget = subject.widget
        if widget.window() is not self._window or widget is self._window:
            self._end_ring()
            return
        self._make_ring().show_at(QRect(widget.mapTo(self._window, subject.place.topLeft()), subject.place.size()))
        if self.pointing is not None:
            self.pointing.raise_()

    @Slot()
    def _end_card(self) -> None:
        self.card = None
        self._end_ring()

    @Slot()
    def _end_ring(self) -> None:
        self._unring.stop()
        if self._ring is not None:
            self._ring.show_around("")

    @Slot()
    def _end_pointing(self) -> None:
        pointing, self.pointing = self.pointing, None
        if pointing is not None:
            if self._asking is not None:
                self._messages.withdraw(self._asking)
            pointing.close()
            self._end_ring()

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Remember where the mouse rests while the keyboard moves on, and give every other window F1."""
        self._rest = QCursor.pos()
        window = now.window() if now is not None else None
        if window is None or window is self._window or window.findChild(QShortcut, "help.key") is not None:
            return
        if window is self.card or window.parentWidget() is None or window.windowType() is Qt.WindowType.Tool:
            return  # a floating panel has the keys of the main window
        key = QShortcut(QKeySequence(Qt.Key.Key_F1), window, self.explain_this)
        key.setObjectName("help.key")

    def _application(self) -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app
