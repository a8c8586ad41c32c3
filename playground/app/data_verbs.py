"""What the actions of the data menu do."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from playground.app.picture_verbs import PictureVerbs
from playground.project import edits
from playground.session import Session
from playground.session.job import Job
from playground.session.language import translated
from playground.views.messages import Severity
from playground.views.panels.output_panel import OutputPanel
from playground.views.scales import number
from playground.views.theme import Theme

if TYPE_CHECKING:
    from playground.views.painting.mode import PaintMode

Tell = Callable[[Severity, str], None]


class DataVerbs(QObject):
    """Handlers of the data menu. ``tell`` shows a sentence in the message line."""

    def __init__(self, window: QWidget, session: Session, theme: Theme, tell: Tell) -> None:
        super().__init__(window)
        self._window, self._session, self._theme, self._tell = window, session, theme, tell
        self._actions: Mapping[str, QAction] = {}
        self._panel: OutputPanel | None = None
        self.painting: PaintMode | None = None
        self._job: Job | None = None
        self.pictures = PictureVerbs(window, session, theme, tell)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action of the menu by its id."""
        return {
            "data.redraw": self.redraw,
            "data.paint": self.paint,
            "data.formula": self.ask_formula,
            "data.table": self.ask_table,
            **self.pictures.handlers(),
            "data.columns": self.ask_columns,
            "data.save": self.ask_where_to_save,
        }

    def link(self, actions: Mapping[str, QAction], panel: OutputPanel) -> None:
        """Paint on the map of ``panel``."""
        self._actions, self._panel = actions, panel

    def close(self) -> None:
        """Stop listening."""
        self.pictures.close()
        if self._job is not None:
            self._job.close()
        if self.painting is not None:
            self.painting.close()

    def paint(self) -> None:
        """Begin to paint on the map, or end it."""
        if self._panel is None:
            return
        if self.painting is None:
            from playground.views.painting.mode import PaintMode  # seldom wanted

            tell = partial(self._tell, Severity.INFO)
            self.painting = PaintMode(self._session, self._theme, self._panel, tell)
            self.painting.toggled.connect(self._actions["data.paint"].setChecked)
        if self.painting.on:
            self.painting.end()
        else:
            self.painting.begin()

    def redraw(self) -> None:
        """Draw other examples of the same kind."""
        project = self._session.document.project
        try:
            self._session.document.apply(edits.set_value(project, "data.seed", project.data.seed + 1))
        except edits.EditError as error:
            self._tell(Severity.ERROR, str(error))

    def ask_formula(self) -> None:
        """Ask for the formula of a data set."""
        from playground.views.formula.data import ask  # seldom wanted

        ask(self._window, self._session.document, self._theme)

    def ask_table(self) -> None:
        """Ask for a file with a table, and how to import it."""
        from playground.views.tables.ask import ask_file  # seldom wanted

        ask_file(self._window, self._session)

    def ask_columns(self) -> None:
        """Ask for other columns of the imported table."""
        from playground.views.tables.ask import ask_columns  # seldom wanted

        if ask_columns(self._window, self._session) is None:
            self._tell(Severity.INFO, self.tr("The present data set is no imported table; import one first."))

    def ask_where_to_save(self) -> None:
        """Ask where to write the examples."""
        from playground.data.saving import suffix  # seldom wanted

        dataset, settings = self._session.document.samples.dataset, self._session.settings
        ending = suffix(dataset)
        folder = Path(settings.text("folders/data", str(Path.home())))
        name = self._session.document.project.data.source.title
        dialog = QFileDialog(
            self._window,
            self.tr("Save the data set"),
            str(folder / f"{name}{ending}"),
            f"{ending[1:].upper()} (*{ending})",
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending[1:])
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the examples beside the window, and say when it is done."""
        from playground.data.saving import save

        dataset = self._session.document.samples.dataset
        done = self.tr("%1 examples were written to %2.").replace("%1", number(dataset.n)).replace("%2", str(path))
        self._session.settings.put("folders/data", str(path.parent))
        self._job = Job(lambda _progress: save(dataset, path), self)
        self._job.finished.connect(lambda _: self._tell(Severity.INFO, done))
        self._job.failed.connect(lambda error: self._tell(Severity.ERROR, translated(error.args[0])))
        self._job.start()
