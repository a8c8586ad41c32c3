"""What each action does, in one place: the handlers behind the table in ``actions``.

What opens a window of its own is imported when that is first wanted, so that the main window comes sooner.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from playground.app import dropping
from playground.app.access_verbs import AccessVerbs
from playground.app.capture_verbs import CaptureVerbs
from playground.app.challenge_verbs import ChallengeVerbs
from playground.app.data_verbs import DataVerbs
from playground.app.dialogs import Dialogs
from playground.app.display_verbs import DisplayVerbs
from playground.app.export_verbs import ExportVerbs
from playground.app.file_verbs import FileVerbs
from playground.app.help_verbs import HelpVerbs
from playground.app.learn_verbs import LearnVerbs
from playground.app.lesson_verbs import LessonVerbs
from playground.app.network_verbs import NetworkVerbs
from playground.app.recording_verbs import RecordingVerbs
from playground.app.share_verbs import ShareVerbs
from playground.session import Session
from playground.views.messages import Message, Severity
from playground.views.panels.counter import count_text
from playground.views.panels.message_bar import MessageBar
from playground.views.scales import number
from playground.views.theme import Mode, Theme

BELOW_TOP = 74
"""Pixels from the upper edge of the window to where lists open: below the run bar."""


class Verbs(QObject):
    """Handlers for all actions; they change the document or the run and tell in ``messages`` what did not work."""

    def __init__(self, window: QMainWindow, session: Session, theme: Theme, messages: MessageBar) -> None:
        super().__init__(window)
        self.dialogs = Dialogs(window)
        self._window, self._session, self._theme, self._messages = window, session, theme, messages
        self.files = FileVerbs(window, session, theme, self.dialogs, messages)
        self.network = NetworkVerbs(self, session, lambda sentence: self.tell(Severity.INFO, sentence))
        self.capture = CaptureVerbs(window, session, self.tell)
        self.export = ExportVerbs(window, session, self.tell)
        self.share = ShareVerbs(self, session, self.tell)
        self.display = DisplayVerbs(window, session, self.tell)
        self.access = AccessVerbs(window, session, self.tell)
        self.data = DataVerbs(window, session, theme, self.tell)
        self.learn = LearnVerbs(self, session, theme, messages)
        self.help = HelpVerbs(window, session, theme, messages)
        self.learn.legends.term_wanted.connect(self.help.open_term)
        self.lessons = LessonVerbs(window, session, theme, self.files.make_sure)
        self.files.play = self.lessons.play_file
        self.lessons.open_term = self.help.open_term
        self.recording = RecordingVerbs(
            window, session, theme, messages, self.dialogs, self.lessons, self.files.make_sure
        )
        self.challenges = ChallengeVerbs(window, session, theme, self.files.make_sure, self.tell)
        self.share.check_code = self.challenges.check
        dropping.DropTarget(window, partial(dropping.take, self, window, session))

    def close(self) -> None:
        """Stop listening, and end what is still going on."""
        guides = (self.recording, self.help, self.learn, self.lessons, self.challenges)
        for verbs in (self.display, *guides, self.capture, self.data, self.files, self.export):
            verbs.close()

    def tell(self, severity: Severity, text: str) -> None:
        """Show a sentence in the message line."""
        self._messages.show_message(Message(severity, text))

    def handlers(self, reset_layout: Callable[[], None]) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        document, trainer = self._session.document, self._session.trainer
        return {
            **self.files.handlers(),
            "file.quit": self._window.close,
            "edit.undo": document.undo,
            "edit.redo": document.redo,
            "edit.history": self.show_history,
            "edit.search": self.search,
            "edit.reset_settings": lambda: self.dialogs.ask_to_reset(lambda: self.reset_settings(reset_layout)),
            **self.share.handlers(),
            **self.capture.handlers(),
            **self.data.handlers(),
            **self.display.handlers(),
            **self.access.handlers(),
            **self.network.handlers(),
            **self.learn.handlers(),
            "learn.tour": self.lessons.tour,
            "learn.lessons": self.lessons.choose,
            **self.recording.handlers(),
            **self.challenges.handlers(),
            "run.train": trainer.toggle,
            "run.step": trainer.step,
            "run.epoch": trainer.epoch,
            "run.reset": trainer.reset,
            "run.new_weights": trainer.new_weights,
            "view.theme_light": lambda: self.set_theme("light"),
            "view.theme_dark": lambda: self.set_theme("dark"),
            "view.theme_system": lambda: self.set_theme("system"),
            "view.reset_layout": reset_layout,
            **self.help.handlers(),
        }

    # -- the run ---------------------------------------------------------------------------------------------------

    def tell_finished(self) -> None:
        """Say which stop condition ended the run; nothing when the project that is open by now has none."""
        stop, latest = self._session.document.project.training.stop, self._session.trainer.latest
        if stop.max_epochs is None and stop.loss_below is None:
            return
        epoch = latest.counters.epoch if latest else 0
        if stop.max_epochs is not None and epoch % stop.max_epochs == 0:
            reason = self.tr("Training stopped at epoch %s, as set.") % count_text(epoch)
        else:
            reason = self.tr("Training stopped: the training loss is below %s, as set.") % number(
                stop.loss_below or 0.0
            )
        self.tell(Severity.INFO, reason)

    # -- the window ------------------------------------------------------------------------------------------------

    def set_theme(self, mode: Mode) -> None:
        """Use light or dark colours, and remember it."""
        self._theme.set_mode(mode)
        self._session.settings.put("theme", mode)

    def reset_settings(self, reset_layout: Callable[[], None]) -> None:
        """Forget everything that was remembered from one start to the next."""
        self._session.settings.clear()
        self._session.settings.flush()
        self.display.scale.apply()
        self._theme.set_mode("system")
        self.access.reset()
        action = self._window.findChild(QAction, "view.theme_system")
        if isinstance(action, QAction):
            action.setChecked(True)
        reset_layout()
        language = self._window.findChild(QAction, "view.language_system")
        if isinstance(language, QAction) and not language.isChecked():
            language.trigger()  # another window takes over
            return
        self.tell(Severity.INFO, self.tr("All settings are as on the first day."))

    def show_history(self) -> None:
        """List all steps."""
        from playground.app.history_list import HistoryList

        history = HistoryList(self._session, self._window)
        history.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        history.open_below(self._window.mapToGlobal(QPoint(self._window.width(), BELOW_TOP)))

    def search(self) -> None:
        """Find an action, a preset, a data set, a lesson or a term."""
        from playground.app.command_search import CommandSearch

        known = {action.objectName(): action for action in self._window.actions()}
        found = CommandSearch(
            self._session, self._theme, known, self.files.open_named, self.export, self.lessons.begin, self._window
        )
        found.begin_challenge, found.open_term = self.challenges.begin, self.help.open_term
        found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found.open()
