"""Ask which table to import, and how."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from playground.data.sources import Table
from playground.data.tables.table import SUFFIXES
from playground.session import Session
from playground.views.tables.dialog import TableDialog

_FOLDER = "folders/table"


def ask_file(parent: QWidget, session: Session) -> QFileDialog:
    """Ask for a file, then how to import it."""
    tr = QCoreApplication.translate
    kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    filters = f"{tr('Tables', 'Tables')} ({kinds});;{tr('Tables', 'All files')} (*)"
    folder = session.settings.text(_FOLDER, str(Path.home()))
    dialog = QFileDialog(parent, tr("Tables", "Import a table"), folder, filters)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: ask(parent, session, Path(name)))
    dialog.open()
    return dialog


def ask_columns(parent: QWidget, session: Session) -> TableDialog | None:
    """Ask for other columns of the present data set; None where it is no imported table."""
    source = session.document.project.data.source
    if not isinstance(source, Table):
        return None
    dialog = TableDialog(parent.window(), session, source)
    dialog.open()
    return dialog


def ask(parent: QWidget, session: Session, path: Path) -> TableDialog:
    """Ask how to import the table in a file; it becomes the data set of the project."""
    session.settings.put(_FOLDER, str(path.parent))
    dialog = TableDialog(parent.window(), session, path)
    dialog.open()
    return dialog
