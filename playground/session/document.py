"""The one current document: its Project, its undo history and its file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from playground.project import build
from playground.project.build import Samples
from playground.project.changes import Change, compare
from playground.project.edits import Edit
from playground.project.history import Entry, History
from playground.project.model import Project
from playground.training.records import State

MERGE_WITHIN_MS = 1000
"""Edits of one field that follow each other within this time are one undo step (a slider drag)."""


@dataclass(frozen=True)
class Replacement:
    """One Project took the place of another.

    ``origin`` names for each layer of the new network the old layer it stems from (None: the same place).
    ``state`` is the training state to go back to (undo, redo, opened files), None where the run goes on. With ``fresh``
    the run begins anew and does not play on (opened files).
    """

    old: Project
    new: Project
    change: Change
    origin: tuple[int | None, ...] | None = None
    state: State | None = None
    fresh: bool = False
    by_hand: bool = False


class Document(QObject):
    """Holds the current Project; nobody else replaces it.

    Signals:
        replaced(Replacement): the Project was replaced; emitted first, for the trainer.
        changed(Change): the same in the form that views need, emitted after the trainer has answered.
        history_changed(): what can be undone or redone is different now.
        file_changed(): the path or the modified mark is different now.
    """

    replaced = Signal(object)
    changed = Signal(object)
    history_changed = Signal()
    file_changed = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._samples = build.samples(project)
        self._history = History()
        self._capture: Callable[[], State | None] = lambda: None
        self._clock = QElapsedTimer()
        self._path: Path | None = None
        self._name = ""
        self._saved: Project = project

    @property
    def project(self) -> Project:
        """The current Project (frozen)."""
        return self._project

    @property
    def samples(self) -> Samples:
        """The current Project's training and test examples."""
        return self._samples

    @property
    def path(self) -> Path | None:
        """The file it was opened from or saved to, None while it has no name."""
        return self._path

    @property
    def name(self) -> str:
        """The file's name, or the preset's, for the title bar."""
        return self._path.name if self._path else self._name

    @property
    def modified(self) -> bool:
        """Whether the Project differs from what was opened or saved last."""
        return self._project != self._saved

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._history.next_undo is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return self._history.next_redo is not None

    @property
    def undo_label(self) -> str:
        """The name of what Undo would take back."""
        entry = self._history.next_undo
        return entry.label if entry else ""

    @property
    def redo_label(self) -> str:
        """The name of what Redo would bring back."""
        entry = self._history.next_redo
        return entry.label if entry else ""

    def capture_states_with(self, capture: Callable[[], State | None]) -> None:
        """Let ``capture`` give the training state that history entries keep."""
        self._capture = capture

    def apply(self, edit: Edit) -> None:
        """Replace the Project by the edit's; what was trained is kept as far as it fits, and can be undone."""
        if edit.project == self._project:
            return
        change = compare(self._project, edit.project)
        soon = self._follows_soon()
        state = self._capture() if change & (Change.NETWORK | Change.FEATURES | Change.WEIGHTS) else None
        self._history.push(Entry(self._project, state, edit.label, edit.merge_key), merge=soon)
        self._replace(Replacement(self._project, edit.project, change, edit.origin))
        self.history_changed.emit()

    def record(self, label: str) -> None:
        """Put the present on the undo stack before something replaces what was trained (Reset, a remedy)."""
        self._history.push(Entry(self._project, self._capture(), label))
        self.history_changed.emit()

    def record_weights(self, label: str, before: State, gesture: str | None) -> None:
        """Put the moment before a change of weights by hand on the undo stack; those of one gesture are one step."""
        self._clock.start()
        self._history.push(Entry(self._project, before, label, gesture, by_hand=True))
        self.history_changed.emit()

    def undo(self) -> None:
        """Go back one step; does nothing when there is none."""
        if entry := self._history.next_undo:
            self._return_to(self._history.undo(self._project, self._present_state(entry)))

    def redo(self) -> None:
        """Go forward one step; does nothing when there is none."""
        if entry := self._history.next_redo:
            self._return_to(self._history.redo(self._project, self._present_state(entry)))

    def open(self, project: Project, *, path: Path | None = None, name: str = "", state: State | None = None) -> None:
        """Show another Project; the present one stays reachable by Undo."""
        self._history.push(Entry(self._project, self._capture(), self.tr("Open %s") % (path.name if path else name)))
        self._path, self._name, self._saved = path, name, project
        change = compare(self._project, project)
        self._replace(Replacement(self._project, project, change, None, state, fresh=True))
        self.history_changed.emit()
        self.file_changed.emit()

    def mark_saved(self, path: Path) -> None:
        """Remember that the present Project stands in ``path``."""
        self._path, self._saved = path, self._project
        self.file_changed.emit()

    def set_name(self, name: str) -> None:
        """Name a document that has no file yet (the preset it began as)."""
        self._name = name
        self.file_changed.emit()

    def _follows_soon(self) -> bool:
        """Whether the last change was just now; the present one counts as the last from now on."""
        soon = self._clock.isValid() and self._clock.elapsed() < MERGE_WITHIN_MS
        self._clock.start()
        return soon

    def _present_state(self, entry: Entry) -> State | None:
        """What to keep of the present so that going to ``entry`` can itself be taken back."""
        return self._capture() if entry.state is not None else None

    def _return_to(self, entry: Entry) -> None:
        change = compare(self._project, entry.project)
        state = entry.state if isinstance(entry.state, State) else None
        self._clock.invalidate()
        self._replace(Replacement(self._project, entry.project, change, None, state, by_hand=entry.by_hand))
        self.history_changed.emit()

    def _replace(self, replacement: Replacement) -> None:
        if replacement.change & (Change.DATA | Change.FEATURES):
            self._samples = build.samples(replacement.new)
        was_modified = self.modified
        self._project = replacement.new
        self.replaced.emit(replacement)
        self.changed.emit(replacement.change)
        if was_modified != self.modified:
            self.file_changed.emit()
