"""Start of the app: from command-line words to a window that is ready to be shown."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from playground import __version__
from playground.app import rescue
from playground.app.app_icon import app_icon
from playground.app.collector import Collector
from playground.app.crash import CrashReporter
from playground.app.desk import Desk
from playground.app.log_file import Logs
from playground.app.main_window import MainWindow
from playground.app.scaling import Scale
from playground.project.fileformat import FileError
from playground.session import AppSettings, Session, languages
from playground.session.claims import Lock
from playground.session.settings import portable_folder
from playground.training import checkpoint
from playground.training.checkpoint import Opened
from playground.views.messages import Message, Remedy, Severity
from playground.views.theme import Mode, Theme

DEFAULT_PRESET = "circle"
FRAME = 32
"""Pixels that a window's title bar may take."""

SETTLED_MS = 3000
"""After so long everything that the window needs has been loaded."""

log = logging.getLogger(__name__)


def create(argv: Sequence[str]) -> tuple[QApplication, MainWindow]:
    """Build the application and its window; neither shows the window nor runs the event loop.

    argv: as ``sys.argv``; the first word behind the program's name may be a project, lesson or preset. When it cannot
    be opened, the window opens on the default project and says why. Without such a word it opens on the unnamed work
    that was left last. From then on the work in the window is kept by itself.
    """
    words = [word for word in argv[1:] if not word.startswith("-")]
    app = application(argv)
    settings = AppSettings(settings_folder())
    lock = Lock(settings.folder / rescue.FOLDER)
    opened, error, lesson = None, "", ""
    try:
        if not (lesson := words[0] if words and _is_lesson(words[0]) else ""):
            opened = checkpoint.open_named(words[0]) if words else rescue.left_off(lock)
    except FileError as problem:
        error = str(problem)
    window = make_window(app, opened or checkpoint.open_named(DEFAULT_PRESET), settings=settings)
    rescue.keep(window, window.session, window.verbs.files, lock)
    if error:
        window.verbs.tell(Severity.ERROR, error)
    if lesson:
        window.verbs.files.open_named(lesson)
    return app, window


def _is_lesson(name: str) -> bool:
    """Whether a word of the command line is a file that holds a lesson."""
    path = Path(name)
    if path.suffix.lower() not in (".dllesson", ".json"):
        return False
    from playground.lessons import reader  # seldom wanted

    return reader.is_lesson_file(path)


def application(argv: Sequence[str]) -> QApplication:
    """The one QApplication, made if there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(list(argv[:1]) or ["playground"])
    collector(app)
    app.setApplicationName("deep-learning-playground")
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("deep-learning-playground")
    app.setWindowIcon(app_icon())
    return app


def collector(app: QApplication) -> Collector:
    """What collects the garbage of the program."""
    found = app.findChild(Collector)
    return found if isinstance(found, Collector) else Collector(app)


def make_window(
    app: QApplication, opened: Opened, *, mode: Mode | None = None, settings: AppSettings | None = None
) -> MainWindow:
    """A window on ``opened``, dressed in ``mode`` or else in the theme that ``settings`` remember."""
    settings = settings or AppSettings(settings_folder())
    languages.speak(languages.chosen(settings))
    theme = Theme(mode or remembered_mode(settings))
    theme.apply(app)
    Scale(settings).apply()
    session = Session(opened.project, settings)
    window = MainWindow(session, theme)
    theme.setParent(window)
    if opened.path or opened.state or opened.unsaved:
        session.document.open(
            opened.project, path=opened.path, name=opened.name, state=opened.state, unsaved=opened.unsaved
        )
    else:
        session.document.set_name(opened.name)
    for warning in opened.warnings:
        window.verbs.tell(Severity.WARNING, warning)
    return window


def remembered_mode(settings: AppSettings) -> Mode:
    """The theme chosen last, the system's by default."""
    modes: dict[str, Mode] = {"light": "light", "dark": "dark", "system": "system"}
    return modes.get(settings.text("theme"), "system")


def settings_folder() -> Path | None:
    """The folder named by ``PLAYGROUND_SETTINGS_DIR``, or that of a portable program; None for the platform's own."""
    name = os.environ.get("PLAYGROUND_SETTINGS_DIR")
    return Path(name) if name else portable_folder()


def show_fitting(window: MainWindow) -> None:
    """Show the window; on a screen that has no room for it (with its frame), let it fill the screen."""
    room = window.screen().availableGeometry()
    if window.width() >= room.width() or window.height() + FRAME > room.height():
        window.showMaximized()
    else:
        window.show()


def greet(window: MainWindow) -> None:
    """Say in three sentences what is to be seen, on the first start only."""
    settings = window.session.settings
    if settings.flag("greeted") or window.messages.message is not None:
        return
    settings.put("greeted", True)
    text = QCoreApplication.translate(
        "greeting",
        "Examples flow from left to right through the layers to a prediction. The loss scores it; the optimizer "
        "uses that score to adjust the weights. Press Train (Space) and watch.",
    )
    tour = Remedy(
        QCoreApplication.translate("greeting", "Take the tour"),
        QCoreApplication.translate("greeting", "Ten short steps from a first layer to a trained network"),
        window.verbs.lessons.tour,
    )
    window.messages.show_message(Message(Severity.INFO, text, (tour,)))


def run(argv: Sequence[str]) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    app, window = create(argv)
    logs = Logs(window.session.settings.folder)
    logs.begin()
    reporter = CrashReporter(window, logs.folder)
    reporter.install()
    desk = Desk(window)
    desk.replaced.connect(reporter.follow)
    show_fitting(window)
    greet(window)
    QTimer.singleShot(SETTLED_MS, app, collector(app).begin)
    try:
        return app.exec()
    finally:
        reporter.remove()
        logs.end()
