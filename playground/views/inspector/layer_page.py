"""The page of one layer, or of several that are edited together."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from playground.engine.settings import SettingInfo, describe
from playground.project import conflicts, edits, paths
from playground.project.edits import EditError
from playground.project.model import Project
from playground.session import Session
from playground.session.language import translated
from playground.views.canvas.stages import stages_of
from playground.views.elided_label import ElidedLabel
from playground.views.icons import icon
from playground.views.inspector import facts, fields
from playground.views.panels.card import label
from playground.views.theme import Theme, Token


class LayerPage(QWidget):
    """Settings of the layers ``indices`` (the last one leads), generated from their declarations."""

    def __init__(self, session: Session, theme: Theme, indices: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._theme, self._indices = session, theme, tuple(indices)
        self._arrow = icon("reset", theme, Token.MUTED)
        self._resets: list[tuple[QToolButton, Sequence[str], object]] = []
        self._words = label("", "caption", self)
        self._conflict = label("", "caption", self)
        self._repair = QPushButton(self)
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Show what does not show itself: facts, marks of mixed and changed settings, conflicts."""
        project = self._session.document.project
        self._words.setText(self._facts())
        for button, places, default in self._resets:
            button.setVisible(any(_value(project, place) != default for place in places))
        found = conflicts.conflict(project) if self._lead == len(project.network.layers) - 1 else None
        self._conflict.setVisible(found is not None)
        self._repair.setVisible(found is not None)
        if found is not None:
            self._conflict.setText(translated(found.sentence))
            self._repair.setText(translated(found.repair.label))

    # -- building --------------------------------------------------------------------------------------------------

    @property
    def _lead(self) -> int:
        return self._indices[-1]

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._conflict.setProperty("warning", True)
        for words in (self._words, self._conflict):
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._words)
        column.addWidget(self._conflict)
        column.addWidget(self._repair)
        self._repair.clicked.connect(self._mend)
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        layers = self._session.document.project.network.layers
        for info in describe(type(layers[self._lead])):
            holders = [index for index in self._indices if hasattr(layers[index], info.name)]
            if len(holders) == len(self._indices):
                self._add_setting([f"network.layers.{index}.{info.name}" for index in reversed(holders)], info)
        fresh = QPushButton(self.tr("New weights"), self)
        fresh.setObjectName("inspector.reinitialize")
        fresh.setToolTip(self.tr("Draw other initial weights for the selected layers; all others stay"))
        fresh.clicked.connect(self._reinitialize)
        stages = stages_of(self._session.document.project)
        fresh.setVisible(any(stages[index + 1].parameters for index in self._indices))
        column.addWidget(fresh, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _add_setting(self, places: Sequence[str], info: SettingInfo, depth: int = 0) -> None:
        """A row for one setting; below it the settings of the part that is chosen there."""
        document = self._session.document
        if info.name == "muted" or (info.name == "bypassed" and self._is_output):
            return
        if info.name == "units" and self._is_output:
            return
        widget = fields.make(document, places, self)
        if widget is None:
            return
        name = ElidedLabel(translated(info.title), self, tip=translated(info.help))
        name.setBuddy(widget)
        name.setIndent(14 * depth)
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0)
        box = isinstance(widget, QCheckBox)  # it is as wide as it looks, so that its focus ring is too
        self._grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignLeft if box else Qt.AlignmentFlag(0))
        self._grid.addWidget(self._reset_button(places, info), row, 2)
        parts = [paths.get(document.project, place) for place in places]
        if isinstance(parts[0], msgspec.Struct) and len(set(map(type, parts))) == 1:
            for inner in describe(type(parts[0])):
                self._add_setting([f"{place}.{inner.name}" for place in places], inner, depth + 1)

    @property
    def _is_output(self) -> bool:
        return len(self._session.document.project.network.layers) - 1 in self._indices

    def _reset_button(self, places: Sequence[str], info: SettingInfo) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("quiet", True)
        button.setIcon(self._arrow)
        shown = self.tr("none") if info.default is None else str(info.default)
        button.setToolTip(self.tr("Back to %s, the usual value") % shown)
        button.setAccessibleName(self.tr("Reset %s") % translated(info.title))
        button.setObjectName(f"{places[0]}.reset")
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        button.clicked.connect(lambda: self._apply_value(places, info.default))
        self._resets.append((button, places, info.default))
        return button

    # -- what it says and does -------------------------------------------------------------------------------------

    def _facts(self) -> str:
        project = self._session.document.project
        if len(self._indices) > 1:
            return self.tr("What is set here holds for all %d layers; where they differ, that is shown.") % len(
                self._indices
            )
        layer = project.network.layers[self._lead]
        return f"{facts.formula(layer)}\n{facts.facts(project, self._lead)}"

    def _apply_value(self, places: Sequence[str], value: object) -> None:
        document = self._session.document
        try:
            document.apply(edits.set_values(document.project, places, value))
        except EditError as problem:
            self._words.setText(translated(problem.args[0]))

    def _mend(self) -> None:
        found = conflicts.conflict(self._session.document.project)
        if found is not None:
            self._session.document.apply(found.repair)

    def _reinitialize(self) -> None:
        for index in self._indices:
            self._session.trainer.reinitialize_layer(index)


def _value(project: Project, place: str) -> object:
    try:
        return paths.get(project, place)
    except LookupError:
        return None
