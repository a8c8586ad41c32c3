"""The one current run: what the user can do with it, and how it follows the document, all in the GUI thread."""

from dataclasses import replace
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from playground.project import build, weights
from playground.project.changes import Effect, effect
from playground.project.edits import new_weights, set_value
from playground.project.model import Project
from playground.project.weights import Positions
from playground.session import handover
from playground.session.document import Document
from playground.session.language import translated
from playground.session.replacement import UNTRAINED, Replacement
from playground.session.runner import FRAME_MS, Runner
from playground.texts import Text
from playground.training.records import Divergence, Mark, RunState, State, WeightsEdit


class Trainer(Runner):
    """Trains, pauses, steps and resets; a change of the document reaches the run.

    It reaches the worker as a live setting where that is possible; else a new worker takes over with every weight that
    still has a place.

    Signals, besides those of Runner:
        weights_edited(WeightsEdit): somebody changed weights by hand, or took that back.
        noted(str): a sentence about what an edit did to what was learned.
    """

    weights_edited = Signal(object)
    noted = Signal(str)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(document, parent)
        self._kept: tuple[Project, State] | None = None
        self._redrawn = 0  # layers that got other weights by reinitialize_layer()
        self._gesture: str | None = None
        document.follow_run(self)
        document.replaced.connect(self._follow)

    # -- verbs -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Make the first worker and begin to look at it; nothing trains before train()."""
        if self._worker is None:
            self._begin(None)
        self._timer.start(FRAME_MS)

    def train(self, until_epoch: int | None = None) -> None:
        """Train until paused, finished or diverged, or until so many epochs are done."""
        if self._worker:
            self._document.training_begins()
            self._wanted_on, self._halted, self._goal = until_epoch is None, False, until_epoch
            self._worker.play(until_epoch)
            self._look_soon()

    def pause(self) -> None:
        """Stop after the present mini-batch."""
        self._wanted_on, self._halted = False, True
        if self._worker:
            self._worker.pause()
            self._look_soon()

    def toggle(self) -> None:
        """Train if paused, pause if training."""
        if self._state is RunState.RUNNING:
            self.pause()
        else:
            self.train()

    def step(self) -> None:
        """Train on one mini-batch, then pause."""
        if self._worker:
            self._document.training_begins()
            self._wanted_on, self._halted = False, True
            self._worker.step()
            self._look_soon()

    def epoch(self) -> None:
        """Train to the end of the epoch, then pause."""
        if self._worker:
            self._document.training_begins()
            self._wanted_on, self._halted, self._goal = False, False, self._worker.progress[0] + 1
            self._worker.epoch()
            self._look_soon()

    def reset(self) -> None:
        """Go back to the same initial weights; can be undone. Nothing happens where nothing was trained."""
        if (state := self.capture()) is not None and state.step == 0 and self._state is not RunState.RUNNING:
            return
        self._document.record(self.tr("Reset training"))
        self._restart(None)

    def new_weights(self) -> None:
        """Draw other initial weights from the next seed; can be undone."""
        project = self._document.project
        self._document.apply(new_weights(project, project.network.seed + 1))

    def edit_weights(self, indices: Positions, values: NDArray[Any], label: str, gesture: str | None = None) -> None:
        """Set single weights by hand, between two mini-batches, also while training; can be undone.

        indices: places in the flat vector (project.weights); values: as many numbers. Changes of one ``gesture`` are
        one step to undo. Nothing happens while the project cannot train.
        """
        if self._worker is None:
            return
        state, edit = self._worker.edit_weights(indices, values, label, gesture)
        self._add(self._worker.take_epochs())
        before = self._with_story(state)
        self._mark(label, before.epoch, before.step, continued=gesture is not None and gesture == self._gesture)
        self._gesture = gesture
        after = replace(self._with_story(state), parameters=edit.after)
        self._document.record_weights(label, before, after, gesture)
        self.weights_edited.emit(edit)
        self._look_soon()

    def reinitialize_layer(self, layer: int) -> None:
        """Draw other initial weights for one layer; can be undone."""
        project = self._document.project
        self._redrawn += 1
        values = weights.drawn(project, layer, project.network.seed + self._redrawn)
        label = self.tr("New weights for layer %d") % (layer + 1)
        self.edit_weights(weights.of_layer(project, layer), values, label)

    def recover(self, divergence: Divergence, learning_rate: float) -> None:
        """Go back to the last good weights and go on training with ``learning_rate``; can be undone."""
        self._document.record(self.tr("Go back to the last good weights"))
        good = divergence.last_good
        marks = tuple(mark for mark in self._marks if mark.step <= good.step)
        self._restart(replace(good, curves=self.curves.until(good.epoch), marks=marks))
        project = self._document.project
        self._document.apply(set_value(project, "training.optimizer.learning_rate", learning_rate))
        self.train()

    # -- following the document ------------------------------------------------------------------------------------

    def _begin(self, state: State | None, *, play: bool = False, edit: WeightsEdit | None = None) -> None:
        super()._begin(state, play=play, edit=edit)
        self._gesture = None
        if not self._problems:
            self._kept = None

    def _follow(self, change: Replacement) -> None:
        """Bring the run to the new Project: live where possible, else with every weight that still has a place."""
        if change.old.data.source != change.new.data.source:
            self.select_example(None)
        reach = effect(change.change)
        trainable = not (self._problems or build.problems(change.new))
        if not (change.fresh or change.state) and trainable and reach < Effect.CARRY_OVER:
            if reach is Effect.LIVE and self._worker:
                self._worker.apply(change.new, self._document.samples)
                self._mark_change(change, *self._worker.progress)
            self._tell(change.note)
            return
        present = change.present or self.capture()
        if self._worker:
            self._drain(self._worker, quietly=True)
        playing = self.running
        if change.by_hand and change.state and present:
            self._return_weights(present, change.state, play=playing)
        elif change.fresh or change.state:
            self._restart(change.state, play=playing and not change.fresh)
        elif reach is Effect.RESTART:
            self._restart(None, play=playing)
        else:
            self._carry_over(change, present, play=playing)

    def _return_weights(self, present: State, state: State, *, play: bool) -> None:
        """Go back to (or forward again from) the moment before weights were changed by hand."""
        edit = WeightsEdit.between(present.parameters, state.parameters)
        self._restart(state, play=play, edit=edit)
        self.weights_edited.emit(edit)

    def _carry_over(self, change: Replacement, present: State | None, *, play: bool) -> None:
        """Start anew with the weights that fit; a project that cannot train keeps the last ones for its repair."""
        if present is not None:
            self._kept = (change.old, present)
        if self._kept is None or build.problems(change.new):
            self._restart(None)
            self._tell(change.note)
            return
        owner, before = self._kept
        after = handover.carried(owner, before, change)
        distance = None if change.back else handover.moved(owner, before, change.new, after, self._document.samples)
        self._restart(after, play=play)
        self._mark_change(change, after.epoch, after.step)
        self._tell(handover.sentence(change.label, distance, change.note))

    def _tell(self, note: str) -> None:
        if note:
            self.noted.emit(translated(note))

    @property
    def trained(self) -> bool:
        """Whether the network has learned something that an edit should keep."""
        return self._latest is not None and self._latest.counters.step > 0

    # -- marks -----------------------------------------------------------------------------------------------------

    def _mark_change(self, change: Replacement, epoch: int, step: int) -> None:
        """Mark an edit on the curves; one that is taken back before anything was trained leaves no mark."""
        if not change.label or not change.change & ~UNTRAINED:
            return
        if change.back and self._marks and self._marks[-1] == Mark(epoch, step, change.label):
            self._set_marks(self._marks[:-1])
            return
        label = Text("Undo: %1", change.label) if change.back else change.label
        self._mark(label, epoch, step, continued=change.continued)

    def _mark(self, label: str, epoch: int, step: int, *, continued: bool) -> None:
        """Mark a moment of a run that was trained; what goes on with the last change only renames its mark."""
        if step == 0:
            return
        if continued and self._marks:
            self._set_marks((*self._marks[:-1], self._marks[-1]._replace(label=label)))
        else:
            self._set_marks((*self._marks, Mark(epoch, step, label)))
