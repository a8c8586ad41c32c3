"""Changes the language while the program runs: another window goes on with the same session."""

from PySide6.QtCore import QObject, Signal

from playground.app.main_window import MainWindow
from playground.app.rescue import Rescue
from playground.session.languages import choose


class Desk(QObject):
    """Holds the window that there is now, and puts another in its place when another language is wanted.

    Texts are told to widgets when these are made. So all of them are made anew, over the session that goes on: the
    run, the steps to undo, the file and the layout stay.

    Signals:
        replaced(MainWindow): another window has taken over.
    """

    replaced = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.window = window
        window.language_wanted.connect(self.speak)

    def speak(self, choice: str) -> None:
        """Remember a language ("system" or one of LANGUAGES) and use it from now on."""
        before = self.window
        choose(before.session.settings, choice)
        self.window = self._instead_of(before)
        before.deleteLater()
        self.replaced.emit(self.window)

    def _instead_of(self, before: MainWindow) -> MainWindow:
        """A window like the one before, over its session."""
        files, shown = before.verbs.files, before.tabs.currentIndex()
        keeper, files.keeper = files.keeper, None
        before.leave()
        after = MainWindow(before.session, before.theme)
        after.language_wanted.connect(self.speak)
        before.theme.setParent(after)
        after.tabs.setCurrentIndex(shown)
        if keeper is not None:
            keeper.failed.disconnect()
            keeper.setParent(after)
            after.verbs.files.watch(keeper)
            Rescue(after, after.verbs.files, keeper.lock).offer()
        after.setGeometry(before.geometry())
        if before.isVisible():
            after.setWindowState(before.windowState())
            after.show()
        before.hide()
        after.verbs.display.scale.apply()  # projector mode has ended with the window before
        return after
