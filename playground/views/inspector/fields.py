"""Form fields made from declared settings, for one layer or for several at once."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from playground.engine.activations import ACTIVATIONS
from playground.engine.settings import SettingInfo
from playground.project import edits, paths
from playground.project.edits import Edit
from playground.session.document import Document
from playground.views.forms import Binding, bind_check, bind_choice, bind_spin
from playground.views.inspector.mixed import Mixed

NOTHING = ""
"""What a drop-down list holds for a part that is left out."""


def make(document: Document, places: Sequence[str], parent: QWidget) -> QWidget | None:
    """A widget for the setting at all ``places`` (the first one leads); None for what no form can show."""
    field = _field(document, places, parent)
    if field is not None and len(places) > 1:
        Mixed(document, places, field)
    return field


def _field(document: Document, places: Sequence[str], parent: QWidget) -> QWidget | None:
    project = document.project
    info, value = paths.info(project, places[0]), paths.get(project, places[0])
    write = _writer(document, places)
    if info.kind == "bool":
        return bind_check(document, places[0], "", parent, edit=write)
    if info.kind == "choice" and not isinstance(value, tuple):
        return _choice(document, places[0], info, parent, write)
    if info.kind in ("int", "float") and not isinstance(value, tuple):
        return bind_spin(document, places[0], parent, edit=write)
    if isinstance(value, tuple) and all(isinstance(item, int) for item in value):
        return _numbers(document, places[0], parent, write)
    return None


def _writer(document: Document, places: Sequence[str]) -> Callable[[Any], Edit]:
    return lambda value: edits.set_values(document.project, places, value)


def _choice(
    document: Document, place: str, info: SettingInfo, parent: QWidget, write: Callable[[Any], Edit]
) -> QComboBox:
    names = (NOTHING, *info.choices) if info.optional else info.choices
    combo = bind_choice(
        document,
        place,
        parent,
        titles=_title,
        names=names,
        read=lambda value: NOTHING if value is None else str(value),
        edit=lambda name: write(None if name == NOTHING else name),
    )
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    return combo


def _title(name: str) -> str:
    if name == NOTHING:
        return QCoreApplication.translate("Inspector", "none")
    return ACTIVATIONS[name].title if name in ACTIVATIONS else name.replace("_", " ")


def _numbers(document: Document, place: str, parent: QWidget, write: Callable[[Any], Edit]) -> QLineEdit:
    """A line for a few whole numbers: "8 × 8 × 1"."""
    line = QLineEdit(parent)
    binding = Binding(document, place, line, lambda value: line.setText(" × ".join(map(str, value))), write)

    def read() -> None:
        parts = line.text().replace("×", " ").replace("x", " ").replace(",", " ").split()
        if all(part.isdecimal() for part in parts) and parts:
            binding.write(tuple(map(int, parts)))
        else:
            binding.refresh()

    line.editingFinished.connect(read)
    binding.refresh()
    return line
