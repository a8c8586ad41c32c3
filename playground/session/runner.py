"""The worker of the present run: started, ended, looked at by a timer, and told about by signals.

Longer than most modules: what views read and ask for stands beside the worker that answers.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from playground.insight.pictures import ACTIVATIONS, PictureMaker
from playground.project import build
from playground.project.build import Problem
from playground.session.document import Document
from playground.training.curves import Curves
from playground.training.loop import TrainingLoop
from playground.training.records import EpochRecord, Mark, RunState, Snapshot, State, WeightsEdit
from playground.training.worker import FrameGate, Worker

FRAME_MS = 33
"""Between two looks at the worker: 30 pictures a second."""

ANSWER_MS = 6
"""After a command, until the worker has surely carried it out: a slice of training takes 2."""

COUNT_MS = 100
"""Between two looks at the numbers."""

HIDDEN_MS = 500
"""The same while nothing is drawn (window hidden or minimised)."""

HEAVY = 1_000_000
"""Parameters from which on taking down a state is felt."""

MOST_MARKS = 500


class Runner(QObject):
    """Owns the worker thread of the present run; whatever arrives from an older worker is dropped.

    Signals (all emitted in the GUI thread):
        snapshot(Snapshot): the newest state of the run, at most 30 times a second.
        counted(Snapshot): the same for numbers: at most ten times a second while training, so that they can be read.
        epochs(tuple[EpochRecord, ...]): every finished epoch, none lost.
        run_state(RunState): idle, running, paused …
        diverged(Divergence), failed(TrainingError): the run stopped itself, and why.
        restarted(): another worker took over; ``curves`` is another object.
        problems_changed(tuple[Problem, ...]): what keeps the project from training; empty when nothing does.
        marks_changed(): ``marks`` are others.
        example_selected(object): the row of the data set that pictures of one example show; None: its first test one.
        presented_changed(): inputs that are no row of the data set are ``presented`` in its place, or no longer.
    """

    snapshot = Signal(object)
    counted = Signal(object)
    epochs = Signal(object)
    run_state = Signal(object)
    diverged = Signal(object)
    failed = Signal(object)
    restarted = Signal()
    problems_changed = Signal(object)
    marks_changed = Signal()
    example_selected = Signal(object)
    presented_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gate = FrameGate()
        self.curves = Curves()
        self._document = document
        self._worker: Worker | None = None
        self._run_id = 0
        self._state = RunState.IDLE
        self._latest: Snapshot | None = None
        self._size = 0
        self._start: State | None = None  # until the next look at the worker
        self._marks: tuple[Mark, ...] = ()
        self._wanted: set[str] = set()
        self._wanted_on = False  # train() was called, though the worker may not have told so yet
        self._halted = False  # pause() or step() was called, though the worker may not have told so yet
        self._goal: int | None = None  # the epoch at which the run is to pause, as train() or epoch() was asked
        self._speed: float | None = None
        self._drawing = True
        self._problems: tuple[Problem, ...] = ()
        self._pictures = PictureMaker()
        self._example: int | None = None
        self._presented: NDArray[np.floating[Any]] | None = None
        self._counted = QElapsedTimer()
        self._counted.start()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._tick)

    # -- what views read -------------------------------------------------------------------------------------------

    @property
    def state(self) -> RunState:
        """What the run is doing."""
        return self._state

    @property
    def running(self) -> bool:
        """Whether it trains, or will as soon as the worker hears of it."""
        return not self._halted and (self._wanted_on or self._state is RunState.RUNNING)

    @property
    def heavy(self) -> bool:
        """Whether the network is so large that taking down its state is felt."""
        return self._size > HEAVY

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
    def marks(self) -> tuple[Mark, ...]:
        """The changes that were made to the project while it was trained, in their order."""
        return self._marks

    @property
    def example(self) -> int | None:
        """The selected row of the data set; None: its first test example."""
        return self._example

    @property
    def presented(self) -> bool:
        """Whether pictures of one example show inputs that are no row of the data set."""
        return self._presented is not None

    def capture(self) -> State | None:
        """The whole training state now; None while the project cannot train."""
        if not self._worker:
            return None
        state = self._worker.state()
        self._add(self._worker.take_epochs())
        return self._with_story(state)

    def reader(self) -> Callable[[], State | None]:
        """What gives the whole training state to another thread; what is drawn of the run is as it was told until now.

        Where the network or its data are large, a question to the worker takes longer than the window may wait.
        """
        worker, curves, marks = self._worker, self.curves.arrays(), self._marks
        if worker is None:
            return lambda: None
        return lambda: replace(worker.state(), curves=curves, marks=marks)

    def begun(self) -> State | None:
        """The state that a worker began with which was started just now; None for others."""
        return self._with_story(self._start) if self._start else None

    # -- what views ask for ----------------------------------------------------------------------------------------

    def set_speed(self, steps_per_second: float | None) -> None:
        """Train so many mini-batches a second; None is full speed."""
        self._speed = steps_per_second
        if self._worker:
            self._worker.set_speed(steps_per_second)

    def show(self, picture: str, wanted: bool = True) -> None:
        """Ask for a picture (a name of insight.pictures) to come with each snapshot, or stop asking."""
        (self._wanted.add if wanted else self._wanted.discard)(picture)
        self._request()

    def shows(self, picture: str) -> bool:
        """Whether somebody asks for a picture."""
        return picture in self._wanted

    def select_example(self, row: int | None) -> None:
        """Let pictures of one example show this row of the data set; None: its first test example."""
        if row != self._example:
            self._example = row
            self._pictures.select(row)
            self._request()
            self.example_selected.emit(row)

    def refresh(self) -> None:
        """Take in what has arrived and ask for one more snapshot of the present."""
        if self._worker:
            self._drain(self._worker)
        self._request()

    def present(self, inputs: NDArray[np.floating[Any]] | None) -> None:
        """Let pictures of one example show raw inputs that are no row of the data set (a drawing); None: a row again.

        They must have the shape of an example; where they have another, a row is shown.
        """
        new = (inputs is None) is not (self._presented is None)
        self._presented = inputs
        self._pictures.present(inputs)
        if self._worker:
            self._worker.renew(ACTIVATIONS)
            self._look_soon()
        if new:
            self.presented_changed.emit()

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
        self._latest, self._start = None, state
        self._problems = build.problems(self._document.project)
        self.problems_changed.emit(self._problems)
        self.curves = Curves.from_arrays(state.curves) if state else Curves()
        self._set_marks(state.marks if state else ())
        self.restarted.emit()
        if self._problems:
            self._set_state(RunState.IDLE)
            return
        loop = TrainingLoop(self._document.project, self._document.samples, state=state)
        loop.last_edit = edit
        self._size = loop.network.size
        self._pictures = PictureMaker()
        self._pictures.select(self._example)
        self._pictures.present(self._presented)
        self._worker = Worker(self._run_id, loop, pictures=self._pictures, gate=self.gate)
        self._worker.set_speed(self._speed)
        self._request()
        if play:
            self._worker.play(self._goal)
        self._worker.start()
        self._look_soon()

    def _end(self) -> None:
        if self._worker:
            self._drain(self._worker, quietly=True)
            self._worker.close()
        self._worker = None

    def _restart(self, state: State | None, *, play: bool = False, edit: WeightsEdit | None = None) -> None:
        self._wanted_on, self._halted = play, not play
        if self._goal is not None and self._worker:  # what is left to do is done from where it goes on
            self._goal += (state.epoch if state else 0) - self._worker.progress[0]
        self._end()
        self._begin(state, play=play, edit=edit)

    def _with_story(self, state: State) -> State:
        """The state with what is drawn of the run."""
        return replace(state, curves=self.curves.arrays(), marks=self._marks)

    def _set_marks(self, marks: tuple[Mark, ...]) -> None:
        if marks != self._marks:
            self._marks = marks[-MOST_MARKS:]
            self.marks_changed.emit()

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
        self._start = None
        hold = self._drawing and self._state is RunState.RUNNING
        if hold:
            self.gate.hold()
        try:
            self._drain(self._worker)
        finally:
            if hold:
                self.gate.release()
        if self._latest is None:  # a new run: its first picture is waited for
            self._look_soon()

    def _drain(self, worker: Worker, *, quietly: bool = False) -> None:
        """Take in what the worker has left; ``quietly`` without the snapshot, whose pictures fit no more."""
        batch = worker.take()
        self._add(batch.epochs)
        if batch.snapshot and not quietly:
            self._latest = batch.snapshot
            if batch.snapshot.counters.step == 0:
                self.curves.begin(batch.snapshot.counters)
            self.snapshot.emit(batch.snapshot)
            if batch.state is not RunState.RUNNING or self._counted.hasExpired(COUNT_MS):
                self._counted.start()
                self.counted.emit(batch.snapshot)
        if not (self._wanted_on and batch.state is RunState.IDLE):  # then it has not begun to speak
            self._set_state(batch.state)
        if self._latest and not quietly:
            self._document.training_moved(self._latest.counters.step)
        if batch.divergence:
            self.diverged.emit(batch.divergence)
        if batch.error:
            self.failed.emit(batch.error)

    def _add(self, epochs: tuple[EpochRecord, ...]) -> None:
        for record in epochs:
            self.curves.append(record)
        if epochs:
            self.epochs.emit(epochs)

    def _set_state(self, state: RunState) -> None:
        if self._state is RunState.RUNNING or state in (RunState.FINISHED, RunState.DIVERGED, RunState.FAILED):
            self._wanted_on = self._wanted_on and state is RunState.RUNNING
        if state is not self._state:
            self._state = state
            self.run_state.emit(state)
