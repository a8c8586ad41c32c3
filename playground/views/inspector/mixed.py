"""How a field looks while the layers that it stands for have different values."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QWidget

from playground.project import paths
from playground.project.model import Project
from playground.session.document import Document
from playground.views.forms import Binding

_SEPARATOR = " · "


class Mixed(QObject):
    """Empties ``field`` while the settings at ``places`` differ; whatever is then chosen or typed holds for all.

    A number shows the values of all layers in grey, a list says "mixed", a check box is half checked.
    """

    def __init__(self, document: Document, places: Sequence[str], field: QWidget) -> None:
        super().__init__(field)
        self._document, self._places, self._field = document, places, field
        self._typed = ""
        if isinstance(field, QComboBox):
            field.setPlaceholderText(self.tr("mixed"))
        if isinstance(field, QAbstractSpinBox):
            field.lineEdit().textEdited.connect(self._note)
            field.installEventFilter(self)
        if isinstance(field, QCheckBox):
            field.clicked.connect(self._switch)
        if isinstance(field, (QAbstractSpinBox, QLineEdit)):
            field.editingFinished.connect(self._finish)
        document.changed.connect(self.refresh)  # after the binding of the field, so that it has the last word
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show whether the values differ."""
        field, mixed = self._field, differs(self._document.project, self._places)
        with QSignalBlocker(field):
            if isinstance(field, QAbstractSpinBox):
                with QSignalBlocker(field.lineEdit()):
                    self._show(field.lineEdit(), mixed)
            elif isinstance(field, QLineEdit):
                self._show(field, mixed)
            elif isinstance(field, QComboBox) and mixed:
                field.setCurrentIndex(-1)
            elif isinstance(field, QCheckBox):
                field.setTristate(mixed)
                if mixed:
                    field.setCheckState(Qt.CheckState.PartiallyChecked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Empty a number again after it was shown for the first time: that writes the value into the field."""
        if event.type() == QEvent.Type.Show:
            QTimer.singleShot(0, self, self.refresh)
        return super().eventFilter(watched, event)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _show(self, line: QLineEdit, mixed: bool) -> None:
        line.setPlaceholderText(_SEPARATOR.join(values(self._document.project, self._places)) if mixed else "")
        if mixed:
            line.clear()

    @Slot(bool)
    def _switch(self, on: bool) -> None:
        """Turn all on at the click on a half checked box, of which Qt says only that it was clicked."""
        binding = self._field.findChild(Binding)
        if binding is not None and differs(self._document.project, self._places):
            binding.write(on)

    @Slot()
    def _note(self, text: str) -> None:
        self._typed = text

    @Slot()
    def _finish(self) -> None:
        """Let what was typed hold for all, also when it is the very number of the leading layer."""
        typed, self._typed = self._typed, ""
        field, project = self._field, self._document.project
        if not differs(project, self._places):
            return
        binding = field.findChild(Binding)
        valid = isinstance(field, QAbstractSpinBox) and field.validate(typed, 0)[0] is QValidator.State.Acceptable
        if typed and valid and binding is not None:
            binding.write(paths.plain(project, self._places[0]))
        self.refresh()


def differs(project: Project, places: Sequence[str]) -> bool:
    """Whether the layers have different values; False when one of them is gone."""
    return len(set(values(project, places))) > 1


def values(project: Project, places: Sequence[str]) -> list[str]:
    """The values of all layers as text, in the order of selection; none when one of them is gone."""
    try:
        return [str(paths.plain(project, place)) for place in reversed(places)]
    except (LookupError, AttributeError, ValueError):
        return []
