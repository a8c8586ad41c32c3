"""What the actions around challenges do: the list, the card beside the diagram, results to hand in, checking a code."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow

from playground.app import keyboard, layout
from playground.session import Session
from playground.views.messages import Severity
from playground.views.theme import Theme

if TYPE_CHECKING:
    from playground.lessons.challenges.code import HandIn
    from playground.views.challenges.browser import ChallengeBrowser
    from playground.views.challenges.card import ChallengeCard
    from playground.views.challenges.check_dialog import CheckDialog

Tell = Callable[[Severity, str], None]
NAME, WIDTH, HEIGHT = "challenge", 470, 228
"""Of the dock; the sizes are pixels of the design."""


class ChallengeVerbs(QObject):
    """Handlers of challenges in the menu Learn. All is loaded and made when a challenge is first wanted.

    ``make_sure``: called with what opens another project, to ask about unsaved changes before. ``tell`` shows a
    sentence in the message line.
    """

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        theme: Theme,
        make_sure: Callable[[Callable[[], None]], None],
        tell: Tell,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._theme = window, session, theme
        self._make_sure, self._tell = make_sure, tell
        self.dock: QDockWidget | None = None
        self.card: ChallengeCard | None = None
        self._browser: ChallengeBrowser | None = None
        self._check: CheckDialog | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {"learn.challenges": self.choose, "learn.check_code": self.check}

    def link(self, plots: QDockWidget) -> None:
        """Take the dock beside which a challenge stands at first."""
        self._plots = plots

    @property
    def browser(self) -> "ChallengeBrowser":
        """The list of all challenges."""
        from playground.views.challenges.browser import ChallengeBrowser

        if self._browser is None:
            self._browser = ChallengeBrowser(self._session.challenges, self._theme, self._window)
            self._browser.wanted.connect(self.begin)
            self._browser.check_wanted.connect(self.check)
        return self._browser

    @property
    def checker(self) -> "CheckDialog":
        """The dialog that checks a code."""
        from playground.views.challenges.check_dialog import CheckDialog

        if self._check is None:
            self._check = CheckDialog(self._session.challenges, self._theme, self._window)
            self._check.open_wanted.connect(self.open_handed)
        return self._check

    @Slot()
    def choose(self) -> None:
        """Show the list of all challenges."""
        self.browser.open()

    @Slot()
    def check(self, text: str = "") -> None:
        """Ask for a hand-in code; one that is given, or that is on the clipboard, is judged at once."""
        from playground.lessons.challenges import code

        found = text or QGuiApplication.clipboard().text()
        self.checker.open()
        if code.looks_like_code(found):
            self.checker.check(found)

    @Slot(str, bool)
    def begin(self, name: str, anew: bool = True) -> None:
        """Begin a challenge from its start, or with the project that is open."""
        desk = self._session.challenges
        if not anew:
            desk.go_on(name)
            self.show()
            return

        def begin_it() -> None:
            desk.begin(name)
            self.show()

        self._make_sure(begin_it)

    @Slot(object)
    def open_handed(self, handed: "HandIn") -> None:
        """Open the project of a code, with its challenge."""

        def open_it() -> None:
            self._session.challenges.open_handed(handed)
            self.show()

        self._make_sure(open_it)

    @Slot()
    def begin_again(self) -> None:
        """Open the start of the challenge anew."""
        if name := self._session.challenges.name:
            self.begin(name)

    @Slot()
    def copy(self) -> None:
        """Put what the judge said on the clipboard, with the code that repeats it."""
        from playground.views.challenges import words

        judged = self._session.challenges.judged
        if judged is None:
            return
        QGuiApplication.clipboard().setText(words.hand_in_text(judged.handed.challenge, judged.verdict, judged.code))
        text = self.tr("The result is on the clipboard, with a code that repeats it: hand it in as a message.")
        self._tell(Severity.INFO, text)

    def resume(self) -> None:
        """Go on with the challenge of the last time, or of the window before, if one was under way."""
        if self._session.settings.text("challenges/present") and self._session.challenges.resume():
            self.show()

    def show(self) -> None:
        """Show the card of the challenge that is under way; a lesson makes room for it."""
        self._make()
        assert self.dock is not None
        assert self.card is not None
        self._session.guide.leave()
        self.dock.show()
        self.dock.raise_()
        self.card.refresh()

    def close(self) -> None:
        """Stop listening."""
        if self._check is not None:
            self._check.close()
        if self.card is not None:
            self.card.close()
            self._session.challenges.changed.disconnect(self._follow)
            self._session.guide.changed.disconnect(self._make_room)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        from playground.views.challenges.card import ChallengeCard

        if self.card is not None:
            return
        window, desk = self._window, self._session.challenges
        self.card = ChallengeCard(desk, self._theme)
        keyboard.leave_focus_on_click(self.card)
        bottom = layout.AREAS.BottomDockWidgetArea
        self.dock = layout.add_dock(window, self._theme, NAME, self.tr("Challenge"), self.card, bottom)
        if not window.restoreDockWidget(self.dock):
            window.splitDockWidget(self._plots, self.dock, Qt.Orientation.Horizontal)
            widths = [window.width() - WIDTH, WIDTH]
            window.resizeDocks([self._plots, self.dock], widths, Qt.Orientation.Horizontal)
            window.resizeDocks([self.dock], [max(HEIGHT, self._plots.height())], Qt.Orientation.Vertical)
        self.card.copy_wanted.connect(self.copy)
        self.card.again_wanted.connect(self.begin_again)
        self.card.list_wanted.connect(self.choose)
        desk.changed.connect(self._follow)
        self._session.guide.changed.connect(self._make_room)

    @Slot()
    def _follow(self) -> None:
        """A challenge that was left takes its card away."""
        if self._session.challenges.challenge is None and self.dock is not None:
            self.dock.hide()

    @Slot()
    def _make_room(self) -> None:
        """A lesson that begins takes the place of the challenge."""
        if self._session.guide.lesson is not None and self._session.challenges.challenge is not None:
            self._session.challenges.leave()
