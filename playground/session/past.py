"""What can be undone, seen from the document: edits, and between them training as steps of its own.

Training since the last step has a beginning, the ``ground``. Whatever comes next first makes a step of it ("Train 120
updates"), and undoing that step returns to the ground. While training runs, Undo takes back edits only.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QLocale

from playground.project.changes import Change
from playground.project.history import Entry, History
from playground.project.model import Project
from playground.session.replacement import STRUCTURE
from playground.training import live
from playground.training.records import Mark, State


class Run(Protocol):
    """What the past asks of the run.

    running: whether it trains, or will as soon as the worker hears of it. heavy: whether taking down its state takes
    so long that it is better not done for the sake of a step of training. begun: the state that it just began with.
    """

    @property
    def running(self) -> bool: ...

    @property
    def heavy(self) -> bool: ...

    @property
    def marks(self) -> tuple[Mark, ...]: ...

    def capture(self) -> State | None: ...

    def begun(self) -> State | None: ...

    def pause(self) -> None: ...


@dataclass(frozen=True)
class HistoryItem:
    """A moment that can be gone to, named by the step that led there.

    index: for ``Document.go_to``. is_redo: it lies ahead, undone. has_weights: False where what was trained then had
    to make room, so that only the settings come back. is_training: the step was training.
    """

    label: str
    index: int
    is_present: bool
    is_redo: bool
    has_weights: bool
    is_training: bool = False


class Past:
    """The history of one document. ``step``: how many updates the run has made, as far as it was told."""

    def __init__(self) -> None:
        self.history = History()
        self.step = 0
        self._ground: State | None = None

    @property
    def counts(self) -> bool:
        """Whether training since the last step is being counted."""
        return self._ground is not None

    def trained(self, step: int | None = None) -> int:
        """How many updates since the last step, up to ``step`` or now."""
        return max(0, (self.step if step is None else step) - self._ground.step) if self._ground else 0

    def count_from(self, state: State | None) -> None:
        """Let the next step of training begin at ``state``; None: nothing is counted until training begins."""
        self._ground = state
        if state is not None:
            self.step = state.step

    def resume(self, state: State | None) -> None:
        """Training begins at ``state``; where the last step was training already, it goes on with that."""
        last = self.history.next_undo
        if last is not None and last.training and isinstance(last.state, State):
            self.history.forget_training()
            self._ground = last.state
        else:
            self.count_from(state)

    def keep_training(self, project: Project, present: State | None, *, keep_redo: bool = False) -> None:
        """Make a step of the training since the last one, if there was any."""
        if self._ground is not None and present is not None and present.step != self._ground.step:
            label = training_label(present.step - self._ground.step)
            self.history.push(Entry(project, self._ground, label, training=True), keep_redo=keep_redo)
        self._ground = None

    def next_undo(self, *, running: bool) -> Entry | None:
        """The step that Undo takes back; while running, training is none."""
        return next((entry for entry in reversed(self.history.past) if not (running and entry.training)), None)

    def undo_label(self, *, running: bool) -> str:
        """The name of the step that Undo takes back, "" for none."""
        if not running and self.trained():
            return training_label(self.trained())
        entry = self.next_undo(running=running)
        return entry.label if entry else ""

    def continues(self, merge_key: str | None, change: Change) -> bool:
        """Whether a change can go on with the last step: not where the way back needs weights that it has not got."""
        last = self.history.next_undo
        lacks = last is not None and last.state is None and bool(change & STRUCTURE)
        return not lacks and self.history.continues(merge_key)

    def go(self, steps: int, project: Project, present: State | None) -> Entry:
        """The moment some steps back (below 0) or ahead."""
        return self.history.go(steps, project, present, live.following)

    def items(self) -> tuple[HistoryItem, ...]:
        """Every moment that can be gone to, oldest first."""
        past, future = self.history.past, self.history.future
        named = [(_tr("Beginning"), False), *((entry.label, entry.training) for entry in past)]
        kept = [not entry.state_dropped for entry in past]
        if self.trained():
            named.append((training_label(self.trained()), True))
            kept.append(True)
        present = len(named) - 1
        named += [(entry.label, entry.training) for entry in future]
        kept += [True, *(not entry.state_dropped for entry in future)]
        return tuple(
            HistoryItem(label, index, index == present, index > present, weights, training)
            for index, ((label, training), weights) in enumerate(zip(named, kept, strict=True))
        )


def training_label(updates: int) -> str:
    """What a step of training is called."""
    if updates == 1:
        return _tr("Train 1 update")
    return _tr("Train %s updates") % QLocale().toString(updates)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Past", text)
