"""The one current run: drives the training worker and tells the views, all in the GUI thread."""

from dataclasses import replace
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from playground.insight.pictures import PictureMaker
from playground.project import build, weights
from playground.project.build import Problem
from playground.project.changes import Effect, effect
from playground.project.edits import new_weights, set_value
from playground.project.model import Project
from playground.project.weights import Positions
from playground.session.document import Document, Replacement
from playground.training.curves import Curves
from playground.training.loop import TrainingLoop
from playground.training.records import Divergence, RunState, Snapshot, State, WeightsEdit
from playground.training.worker import FrameGate, Worker

FRAME_MS = 33
"""Between two looks at the worker: 30 pictures a second."""

ANSWER_MS = 6
"""After a command, until the worker has surely carried it out: a slice of training takes 2."""

COUNT_MS = 100
"""Between two looks at the numbers."""

HIDDEN_MS = 500
"""The same while nothing is drawn (window hidden or minimised)."""


class Trainer(QObject):
    """Owns the worker thread of the current run.

    A change of the document reaches the worker as a live setting where that is possible; else a new worker takes
    over with every weight that still has a place. Whatever arrives from an older worker is dropped.

    Signals (all emitted in the GUI thread):
        snapshot(Snapshot): the newest state of the run, at most 30 times a second.
        counted(Snapshot): the same for numbers: at most ten times a second while training, so that they can be read.
        epochs(tuple[EpochRecord, ...]): every finished epoch, none lost.
        run_state(RunState): idle, running, paused …
        diverged(Divergence), failed(TrainingError): the run stopped itself, and why.
        restarted(): another worker took over; ``curves`` is another object.
        problems_changed(tuple[Problem, ...]): what keeps the project from training; empty when nothing does.
        weights_edited(WeightsEdit): somebody changed weights by hand, or took that back.
        example_selected(object): the row of the data set that pictures of one example show; None: its first test one.
    """

    snapshot = Signal(object)
    counted = Signal(object)
    epochs = Signal(object)
    run_state = Signal(object)
    diverged = Signal(object)
    failed = Signal(object)
    restarted = Signal()
    problems_changed = Signal(object)
    weights_edited = Signal(object)
    example_selected = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gate = FrameGate()
        self.curves = Curves()
        self._document = document
        self._worker: Worker | None = None
        self._run_id = 0
        self._state = RunState.IDLE
        self._latest: Snapshot | None = None
        self._kept: tuple[Project, State] | None = None
        self._wanted: set[str] = set()
        self._wanted_on = False  # train() was called, though the worker may not have told so yet
        self._speed: float | None = None
        self._drawing = True
        self._problems: tuple[Problem, ...] = ()
        self._pictures = PictureMaker()
        self._example: int | None = None
        self._redrawn = 0  # layers that got other weights by reinitialize_layer()
        self._counted = QElapsedTimer()
        self._counted.start()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._tick)
        document.capture_states_with(self.capture)
        document.replaced.connect(self._follow)

    # -- what views read -------------------------------------------------------------------------------------------

    @property
    def state(self) -> RunState:
        """What the run is doing."""
        return self._state

    @property
    def latest(self) -> Snapshot | None:
        """The newest snapshot; None before the first arrives."""
        return self._latest

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps the project from training; empty when nothing does."""
        return self._problems

    @property
    def speed(self) -> float | None:
        """Mini-batches a second; None is full speed."""
        return self._speed

    @property
    def example(self) -> int | None:
        """The selected row of the data set; None: its first test example."""
        return self._example

    def capture(self, *, quietly: bool = False) -> State | None:
        """The whole training state now; None while the project cannot train.

        ``quietly``: without showing the moment, because the project on screen is another one by now.
        """
        if not self._worker:
            return None
        state = self._worker.state()
        self._drain(self._worker, quietly=quietly)
        return replace(state, curves=self.curves.arrays())

    # -- verbs -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Make the first worker and begin to look at it; nothing trains before train()."""
        if self._worker is None:
            self._begin(None)
        self._timer.start(FRAME_MS)

    def train(self, until_epoch: int | None = None) -> None:
        """Train until paused, finished or diverged, or until so many epochs are done."""
        self._wanted_on = until_epoch is None and self._worker is not None
        if self._worker:
            self._worker.play(until_epoch)
            self._look_soon()

    def pause(self) -> None:
        """Stop after the present mini-batch."""
        self._wanted_on = False
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
        self._wanted_on = False
        if self._worker:
            self._worker.step()
            self._look_soon()

    def epoch(self) -> None:
        """Train to the end of the epoch, then pause."""
        self._wanted_on = False
        if self._worker:
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

        indices: places in the flat vector (project.weights); values: as many numbers. Changes of one ``gesture`` that
        follow each other soon are one step to undo. Nothing happens while the project cannot train.
        """
        if self._worker is None:
            return
        before, edit = self._worker.edit_weights(indices, values, label, gesture)
        self._document.record_weights(label, replace(before, curves=self.curves.arrays()), gesture)
        self.weights_edited.emit(edit)
        self._look_soon()

    def reinitialize_layer(self, layer: int) -> None:
        """Draw other initial weights for one layer; can be undone."""
        project = self._document.project
        self._redrawn += 1
        values = weights.drawn(project, layer, project.network.seed + self._redrawn)
        label = self.tr("New weights for layer %d") % (layer + 1)
        self.edit_weights(weights.of_layer(project, layer), values, label)

    def select_example(self, row: int | None) -> None:
        """Let pictures of one example show this row of the data set; None: its first test example."""
        if row != self._example:
            self._example = row
            self._pictures.select(row)
            self._request()
            self.example_selected.emit(row)

    def recover(self, divergence: Divergence, learning_rate: float) -> None:
        """Go back to the last good weights and go on training with ``learning_rate``; can be undone."""
        self._document.record(self.tr("Go back to the last good weights"))
        self._restart(divergence.last_good)
        project = self._document.project
        self._document.apply(set_value(project, "training.optimizer.learning_rate", learning_rate))
        self.train()

    def set_speed(self, steps_per_second: float | None) -> None:
        """Train so many mini-batches a second; None is full speed."""
        self._speed = steps_per_second
        if self._worker:
            self._worker.set_speed(steps_per_second)

    def show(self, picture: str, wanted: bool = True) -> None:
        """Ask for a picture (a name of insight.pictures) to come with each snapshot, or stop asking."""
        (self._wanted.add if wanted else self._wanted.discard)(picture)
        self._request()

    def refresh(self) -> None:
        """Take in what has arrived and ask for one more snapshot of the present."""
        if self._worker:
            self._drain(self._worker)
        self._request()

    def set_drawing(self, drawing: bool) -> None:
        """Tell whether the window can be seen; if not, training goes on without pictures."""
        self._drawing = drawing
        self._timer.setInterval(FRAME_MS if drawing else HIDDEN_MS)
        if not drawing:
            self.gate.release()
        self._request()

    def shutdown(self) -> None:
        """Stop the worker and the timer; returns when the thread is gone."""
        self._timer.stop()
        self._soon.stop()
        self._end()

    # -- the worker ------------------------------------------------------------------------------------------------

    def _begin(self, state: State | None, *, play: bool = False, edit: WeightsEdit | None = None) -> None:
        """Start a worker for the present project, from ``state`` or from its initial weights."""
        self._run_id += 1
        self._latest = None
        self._problems = build.problems(self._document.project)
        self.problems_changed.emit(self._problems)
        self.curves = Curves.from_arrays(state.curves) if state else Curves()
        self.restarted.emit()
        if self._problems:
            self._set_state(RunState.IDLE)
            return
        self._kept = None
        loop = TrainingLoop(self._document.project, self._document.samples, state=state)
        loop.last_edit = edit
        self._pictures = PictureMaker()
        self._pictures.select(self._example)
        self._worker = Worker(self._run_id, loop, pictures=self._pictures, gate=self.gate)
        self._worker.set_speed(self._speed)
        self._request()
        if play:
            self._worker.play()
        self._worker.start()

    def _end(self) -> None:
        if self._worker:
            self._drain(self._worker, quietly=True)
            self._worker.close()
        self._worker = None

    def _restart(self, state: State | None, *, play: bool = False, edit: WeightsEdit | None = None) -> None:
        self._wanted_on = play
        self._end()
        self._begin(state, play=play, edit=edit)

    def _follow(self, change: Replacement) -> None:
        """Bring the run to the new Project: live where possible, else with every weight that still has a place."""
        if change.old.data.source != change.new.data.source:
            self.select_example(None)
        reach = effect(change.change)
        trainable = not (self._problems or build.problems(change.new))
        if not (change.fresh or change.state) and trainable and reach < Effect.CARRY_OVER:
            if reach is Effect.LIVE and self._worker:
                self._worker.apply(change.new, self._document.samples)
            return
        present = self.capture(quietly=True)
        playing = self._wanted_on or self._state is RunState.RUNNING
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
            return
        owner, state = self._kept
        origin = change.origin if owner is change.old else None
        self._restart(state.with_parameters(build.carry_over(owner, state.parameters, change.new, origin)), play=play)

    def _look_soon(self) -> None:
        """Do not wait for the next frame to show what a command did."""
        self._soon.start(ANSWER_MS)

    def _request(self) -> None:
        if self._worker:
            self._worker.request(frozenset(self._wanted) if self._drawing else frozenset())

    def _tick(self) -> None:
        """Show what is new; the worker waits meanwhile (and while the window paints), as both need Python's lock."""
        if not self._worker:
            return
        hold = self._drawing and self._state is RunState.RUNNING
        if hold:
            self.gate.hold()
        try:
            self._drain(self._worker)
        finally:
            if hold:
                self.gate.release()

    def _drain(self, worker: Worker, *, quietly: bool = False) -> None:
        """Take in what the worker has left; ``quietly`` without the snapshot, whose pictures fit no more."""
        batch = worker.take()
        for record in batch.epochs:
            self.curves.append(record)
        if batch.epochs:
            self.epochs.emit(batch.epochs)
        if batch.snapshot and not quietly:
            self._latest = batch.snapshot
            self.snapshot.emit(batch.snapshot)
            if batch.state is not RunState.RUNNING or self._counted.hasExpired(COUNT_MS):
                self._counted.start()
                self.counted.emit(batch.snapshot)
        self._set_state(batch.state)
        if batch.divergence:
            self.diverged.emit(batch.divergence)
        if batch.error:
            self.failed.emit(batch.error)

    def _set_state(self, state: RunState) -> None:
        if self._state is RunState.RUNNING or state in (RunState.FINISHED, RunState.DIVERGED, RunState.FAILED):
            self._wanted_on = self._wanted_on and state is RunState.RUNNING
        if state is not self._state:
            self._state = state
            self.run_state.emit(state)
