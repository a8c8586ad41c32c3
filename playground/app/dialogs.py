"""Every dialog of the app behind one object that tests can replace; none of them ever blocks the event loop."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

FILTER = "Deep Learning Playground (*.playground)"
LESSON_FILTER = "Deep Learning Playground (*.dllesson *.json)"
SAVE_LESSON_FILTER = "Deep Learning Playground (*.dllesson)"
OPEN_FILTER = "Deep Learning Playground (*.playground *.dllesson *.json)"


class Dialogs(QObject):
    """Opens dialogs with ``open()`` and calls back with what the user chose."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent

    def open_file(self, folder: Path, chosen: Callable[[Path], None]) -> None:
        """Ask for a project or lesson file to open, beginning in ``folder``."""
        dialog = QFileDialog(self._parent, self.tr("Open a project"), str(folder), OPEN_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask_file(dialog, chosen)

    def save_file(self, suggestion: str, chosen: Callable[[Path], object]) -> None:
        """Ask where to save; asks again before it writes over a file."""
        dialog = QFileDialog(self._parent, self.tr("Save the project"), suggestion, FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("playground")
        self._ask_file(dialog, chosen)

    def open_lesson(self, folder: Path, chosen: Callable[[Path], None]) -> None:
        """Ask for a lesson file to edit, beginning in ``folder``."""
        dialog = QFileDialog(self._parent, self.tr("Edit a lesson file"), str(folder), LESSON_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask_file(dialog, chosen)

    def save_lesson(self, suggestion: str, chosen: Callable[[Path], object]) -> None:
        """Ask where to save a lesson; asks again before it writes over a file."""
        dialog = QFileDialog(self._parent, self.tr("Save the lesson"), suggestion, SAVE_LESSON_FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("dllesson")
        self._ask_file(dialog, chosen)

    def ask_to_save(self, name: str, save: Callable[[], None], discard: Callable[[], None]) -> None:
        """Ask what becomes of the changes of a named file before the window closes."""
        box = QMessageBox(self._parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(self.tr("Save the changes to “%s” before closing?") % name)
        box.setInformativeText(self.tr("Without saving, the changes since the last save are lost."))
        kept = box.addButton(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        dropped = box.addButton(self.tr("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        kept.clicked.connect(lambda *_: save())
        dropped.clicked.connect(lambda *_: discard())
        box.open()

    def ask_to_replace(self, name: str, save_as: Callable[[], None], replace: Callable[[], object]) -> None:
        """Ask what becomes of a file that somebody else has written since it was opened."""
        box = QMessageBox(self._parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(self.tr("“%s” was changed by another window or program since it was opened here.") % name)
        box.setInformativeText(self.tr("Saving under the same name replaces what was saved there."))
        other = box.addButton(self.tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        same = box.addButton(self.tr("Replace it"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        other.clicked.connect(lambda *_: save_as())
        same.clicked.connect(lambda *_: replace())
        box.open()

    def ask_to_reset(self, reset: Callable[[], None]) -> None:
        """Ask before everything that was remembered is forgotten."""
        box = QMessageBox(self._parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(self.tr("Reset all settings?"))
        box.setInformativeText(
            self.tr(
                "Layout, theme, language, folders and the list of recent files become as on the first day. "
                "Your projects stay as they are."
            )
        )
        yes = box.addButton(self.tr("Reset all settings"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        yes.clicked.connect(lambda *_: reset())
        box.open()

    def _ask_file(self, dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        QDialog.open(dialog)
