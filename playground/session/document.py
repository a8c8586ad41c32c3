"""The one current document: its Project, its undo history and its file.

Longer than most modules: whatever replaces the Project goes through here, and nowhere else.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from playground.project import build
from playground.project.build import Samples
from playground.project.changes import Change, Effect, compare, effect
from playground.project.edit import Edit
from playground.project.history import Entry
from playground.project.model import Project
from playground.session.language import translated
from playground.session.on_disk import OnDisk
from playground.session.past import HistoryItem, Past, Run
from playground.session.replacement import STRUCTURE, UNTRAINED, Replacement
from playground.training import live
from playground.training.records import State

__all__ = ["Document", "HistoryItem", "Replacement"]

MERGE_WITHIN_MS = 1000
"""Edits of one field that follow each other within this time are one undo step (a slider drag)."""


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
        self._past = Past()
        self._run: Run | None = None
        self._told = ("", "")
        self._clock = QElapsedTimer()
        self._file = OnDisk(project)
        self._told_modified = False

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
        return self._file.path

    @property
    def name(self) -> str:
        """The file's name, or the preset's, for the title bar."""
        return self._file.path.name if self._file.path else self._file.name

    @property
    def modified(self) -> bool:
        """Whether Project or weights differ from what was opened or saved last."""
        return self._file.differs(self._project, self._past.step)

    @property
    def steps(self) -> int:
        """How many updates the run has made, as far as it was told."""
        return self._past.step

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self.undo_label)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return self._past.history.next_redo is not None

    @property
    def undo_label(self) -> str:
        """The name of what Undo would take back: training while paused, the last edit while running."""
        return translated(self._past.undo_label(running=self._running))

    @property
    def redo_label(self) -> str:
        """The name of what Redo would bring back."""
        entry = self._past.history.next_redo
        return translated(entry.label) if entry else ""

    def history(self) -> tuple[HistoryItem, ...]:
        """Every moment that can be gone to, oldest first; one of them is the present."""
        return self._past.items()

    # -- the run -----------------------------------------------------------------------------------------------------

    def follow_run(self, run: Run) -> None:
        """Let ``run`` give the training states that history entries keep."""
        self._run = run

    def training_begins(self) -> None:
        """Told before training goes on: from here on it is a step of its own."""
        if self._running or self._past.counts:
            return
        redo = self._past.history.next_redo
        if redo is not None and redo.training:
            self._past.history.forget_redo()
        self._past.resume(self._captured())
        self._tell_history()

    def training_moved(self, step: int) -> None:
        """Told whenever the run has got further, or has begun or stopped running."""
        self._past.step = step
        self._tell_modified()
        if (self.undo_label, self.redo_label) != self._told:
            self._tell_history()

    # -- changes -----------------------------------------------------------------------------------------------------

    def apply(self, edit: Edit) -> None:
        """Replace the Project by the edit's; what was trained is kept as far as it fits, and can be undone."""
        if edit.project == self._project:
            return
        change = compare(self._project, edit.project)
        merged = (self._follows_soon() or edit.held) and self._past.continues(edit.merge_key, change)
        trained, running = bool(change & ~UNTRAINED), self._running
        splits = trained or not running  # what has nothing to do with training does not part it while it runs
        counts = self._past.counts and splits
        present = self._captured() if change & STRUCTURE or counts else None
        if splits and not merged:
            self._past.keep_training(self._project, present)
        kept = present if change & STRUCTURE else None
        self._past.history.push(Entry(self._project, kept, edit.label, edit.merge_key), merge=merged)
        self._replace(
            Replacement(
                self._project,
                edit.project,
                change,
                edit.origin,
                label=edit.label,
                continued=merged,
                units=edit.units,
                identity=edit.identity,
                note=edit.note,
                present=present,
            )
        )
        if splits:
            self._count_on(present if effect(change) is Effect.LIVE else None)
        self._tell_history()

    def record(self, label: str) -> None:
        """Put the present on the undo stack before something replaces what was trained (Reset, a remedy)."""
        present = self._captured()
        self._past.keep_training(self._project, present)
        self._past.history.push(Entry(self._project, present, label))
        self._tell_history()

    def record_weights(self, label: str, before: State, after: State, gesture: str | None) -> None:
        """Put the moment before a change of weights by hand on the undo stack; those of one gesture are one step."""
        self._clock.start()
        merged = self._past.history.continues(gesture) and (self._running or not self._past.trained(before.step))
        if not merged:
            self._past.keep_training(self._project, before)
        self._past.history.push(Entry(self._project, before, label, gesture, by_hand=True), merge=merged)
        self._past.count_from(after if self._running else None)
        self._file.by_hand = True
        self._tell_modified()
        self._tell_history()

    def undo(self) -> None:
        """Go back one step; does nothing when there is none. While training runs, the last edit is taken back."""
        if self._running:
            self._past.history.forget_training()
        self._travel(-1)

    def redo(self) -> None:
        """Go forward one step; does nothing when there is none."""
        self._travel(1)

    def go_to(self, index: int) -> None:
        """Go to a moment of ``history()``; a run that trains is paused. Does nothing where there is no such moment."""
        if self._run and self._running:
            self._run.pause()
        shown = self.history()
        present = next(item.index for item in shown if item.is_present)
        if not 0 <= index < len(shown) or index == present:
            return
        self._past.keep_training(self._project, self._captured(), keep_redo=True)
        now = len(self._past.history.past)
        self._travel(index + (now - present if index > present else 0) - now)

    def open(
        self,
        project: Project,
        *,
        path: Path | None = None,
        name: str = "",
        state: State | None = None,
        unsaved: bool = False,
    ) -> None:
        """Show another Project; the present one stays reachable by Undo. ``unsaved``: ``path`` holds an older one."""
        present = self._captured()
        self._past.keep_training(self._project, present)
        self._past.history.push(Entry(self._project, present, self.tr("Open %s") % (path.name if path else name)))
        self._past.step = state.step if state else 0
        self._file = OnDisk(None if unsaved else project, self._past.step, path, name)
        change = compare(self._project, project)
        self._replace(Replacement(self._project, project, change, None, state, fresh=True))
        self._past.count_from(None)
        self._tell_history()
        self.file_changed.emit()

    def mark_saved(self, path: Path, project: Project | None = None, state: State | None = None) -> None:
        """Remember that the present Project, or ``project`` with the weights of ``state``, stands in ``path``."""
        self._file = OnDisk(project or self._project, state.step if state else self._past.step, path)
        self.file_changed.emit()

    def set_name(self, name: str) -> None:
        """Name a document that has no file yet (the preset it began as)."""
        self._file.name = name
        self.file_changed.emit()

    def _follows_soon(self) -> bool:
        """Whether the last change was just now; the present one counts as the last from now on."""
        soon = self._clock.isValid() and self._clock.elapsed() < MERGE_WITHIN_MS
        self._clock.start()
        return soon

    @property
    def _running(self) -> bool:
        return self._run is not None and self._run.running

    def _captured(self) -> State | None:
        return self._run.capture() if self._run else None

    def _count_on(self, state: State | None = None) -> None:
        """After a step: what a running run trains from now on is another one, which begins at ``state`` or now."""
        run = self._run
        if run is None or not run.running or run.heavy:
            self._past.count_from(None)
        elif state is not None:
            self._past.count_from(replace(state, marks=run.marks))
        else:
            self._past.count_from(run.begun() or run.capture())

    def _travel(self, steps: int) -> None:
        """Go some steps back or forward; training since the last one is a step, too, except while it runs."""
        history, present = self._past.history, self._captured()
        if not self._running:
            self._past.keep_training(self._project, present, keep_redo=True)
        way = history.past if steps < 0 else history.future
        if abs(steps) > len(way):
            return
        old = self._project
        entry = self._past.go(steps, old, present)
        state = entry.state if isinstance(entry.state, State) else None
        change = compare(old, entry.project)
        self._clock.invalidate()
        by_hand = entry.by_hand and abs(steps) == 1
        self._replace(
            Replacement(
                old,
                entry.project,
                change,
                None,
                state,
                by_hand=by_hand,
                label=entry.label,
                back=steps < 0,
                present=present,
            )
        )
        if state is None and present is not None and effect(change) is Effect.LIVE:
            state = live.following(present, old, entry.project)
        if state or change & ~UNTRAINED or not self._running:
            self._count_on(state)
        self._tell_history()

    def _tell_history(self) -> None:
        self._told = (self.undo_label, self.redo_label)
        self.history_changed.emit()

    def _replace(self, replacement: Replacement) -> None:
        if replacement.change & (Change.DATA | Change.FEATURES):
            self._samples = build.samples(replacement.new)
        self._project = replacement.new
        self.replaced.emit(replacement)
        self.changed.emit(replacement.change)
        self._tell_modified()

    def _tell_modified(self) -> None:
        if self.modified is not self._told_modified:
            self._told_modified = self.modified
            self.file_changed.emit()
