"""The thread that trains: pulls slices from the loop, takes commands between steps, leaves news in a mailbox.

Nothing here calls into the window: whoever shows the run asks with ``take()``. A plain thread is enough because the
products of the engine give the interpreter lock away; the frame gate and the short switch interval do the rest.
"""

import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.project.build import Samples
from playground.project.model import Project
from playground.training.gallery import Gallery
from playground.training.gate import FrameGate, switch_interval
from playground.training.inbox import Command, Inbox
from playground.training.loop import TrainingLoop
from playground.training.mailbox import Batch, Mailbox
from playground.training.pace import Pace, Speedometer
from playground.training.records import (
    Counters,
    EpochRecord,
    RunState,
    Snapshot,
    State,
    TrainingError,
    WeightsEdit,
    frozen,
)

__all__ = ["Batch", "FrameGate", "Worker"]

SLICE = 0.002
"""Seconds of whole steps between two looks at the clock, the gate and the commands."""

FRAME = 0.030
"""Seconds between two snapshots of a running run: as often as a screen that is drawn 30 times a second asks."""

MAX_AGE = 0.04
"""Seconds that losses and metrics on a snapshot may be old at full speed: those of the last measured epoch will do."""


class Worker:
    """Trains one run on a thread of its own.

    Commands take effect between two mini-batches, in the order given, also while paused; a fresh snapshot follows
    them. An exception ends the run FAILED and is told by the next ``take()``; the thread lives on for the next
    command. ``close()`` ends it.

    pictures: computes the requested pictures (names → values) from the loop, in this thread, between slices.
    """

    def __init__(
        self,
        run_id: int,
        loop: TrainingLoop,
        *,
        pictures: Callable[[TrainingLoop, frozenset[str]], Mapping[str, Any]],
        gate: FrameGate,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.run_id = run_id
        self._loop, self._gate, self._clock = loop, gate, clock
        self._gallery = Gallery(lambda names: pictures(loop, names), clock)
        self._pace, self._speedometer = Pace(clock), Speedometer(clock)
        self._inbox = Inbox()
        self._mailbox = Mailbox(run_id)
        self._state = RunState.IDLE
        self._slices: Iterator[None] = iter(())
        self._until: int | None = None
        self._next_frame = 0.0
        self._thread = threading.Thread(target=self._main, name=f"training-{run_id}", daemon=True)

    # -- called from outside ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread; it waits for play(), step() or epoch()."""
        self._inbox.open()
        switch_interval.shorten()
        self._thread.start()

    def play(self, until_epoch: int | None = None) -> None:
        """Train until paused, finished or diverged, or until so many epochs are done (then it pauses)."""
        self._inbox.post(lambda: self._play(until_epoch))

    def pause(self) -> None:
        """Stop after the present mini-batch."""
        self._inbox.post(self._pause)

    def step(self) -> None:
        """Train on one mini-batch, then pause."""
        self._inbox.post(self._single_step)

    def epoch(self) -> None:
        """Train to the end of the present epoch (a whole one when none is begun), then pause."""
        self._inbox.post(self._finish_epoch)

    def set_speed(self, steps_per_second: float | None) -> None:
        """Train so many mini-batches a second; None is full speed.

        Raises:
            ValueError: when the speed is not above 0.
        """
        if steps_per_second is not None and not steps_per_second > 0:
            raise ValueError(f"The speed is {steps_per_second}; it must be above 0 steps a second.")
        self._inbox.post(lambda: self._set_speed(steps_per_second))

    def apply(self, project: Project, samples: Samples | None = None) -> None:
        """Go on with other live settings (and other examples of the same shapes)."""
        self._inbox.post(lambda: self._loop.apply(project, samples))

    def request(self, names: frozenset[str]) -> None:
        """Send these pictures with the snapshots from now on, computed anew."""
        self._inbox.post(lambda: self._gallery.request(names))

    def renew(self, name: str) -> None:
        """Compute one of the requested pictures anew."""
        self._inbox.post(lambda: self._gallery.renew(name))

    def state(self) -> State:
        """The whole training state between two mini-batches; waits for the thread. Its epochs can be taken then."""
        return self._inbox.ask(self._settled)

    @property
    def progress(self) -> tuple[int, int]:
        """Finished epochs and mini-batches just now."""
        return self._loop.epoch, self._loop.step

    def edit_weights(
        self, indices: NDArray[np.intp], values: NDArray[Any], label: str = "", gesture: str | None = None
    ) -> tuple[State, WeightsEdit]:
        """Set single weights between two mini-batches; waits for the thread.

        indices: places in the flat vector; values: as many numbers. Nothing else of the run changes.

        Returns:
            the whole state just before, and what changed.
        """

        def edit() -> tuple[State, WeightsEdit]:
            before = self._settled()
            return before, self._loop.edit_parameters(indices, values, label, gesture)

        return self._inbox.ask(edit)

    def take(self) -> Batch:
        """What is new since the last call; never waits for training."""
        return self._mailbox.take()

    def take_epochs(self) -> tuple[EpochRecord, ...]:
        """The finished epochs alone; all else stays for take()."""
        return self._mailbox.take_epochs()

    def close(self, timeout: float = 2.0) -> bool:
        """End the thread within one mini-batch; False if it is still alive after ``timeout`` seconds."""
        self._inbox.close()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    # -- the thread ------------------------------------------------------------------------------------------------

    def _main(self) -> None:
        try:
            with np.errstate(all="ignore"):  # threads do not inherit it; what is not finite is found by the loop
                self._guarded(self._answer)
                while not self._inbox.closing:
                    self._guarded(self._turn)
        finally:
            switch_interval.restore()
            self._end()

    def _guarded(self, action: Command) -> None:
        """Run ``action``; an exception becomes news and the state FAILED."""
        try:
            action()
        except Exception as error:  # noqa: BLE001 (whatever went wrong must reach the user)
            self._state = RunState.FAILED
            text = str(error) or type(error).__name__
            failure = TrainingError(text, self._loop.step + 1, traceback.format_exc())
            self._mailbox.leave(self._state, self._loop.take_records(), error=failure)

    def _turn(self) -> None:
        """Do the next thing: commands first, then training, else wait for a command."""
        if self._inbox.called():
            self._answer()
        elif self._state is RunState.RUNNING:
            self._gate.wait()
            self._train()
        elif self._gallery.stale(self._loop.version):
            self._publish_late_pictures()
        else:
            self._inbox.wait()

    def _answer(self) -> None:
        """Run the waiting commands, then show what has become of them."""
        self._inbox.answer()
        self._publish(fresh=True)

    def _train(self) -> None:
        """Train for one slice, or wait until the next mini-batch is due."""
        wait = self._pace.wait()
        if wait > 0:
            self._inbox.wait(wait)
            return
        try:
            next(self._slices)
            self._pace.stepped()
        except StopIteration:
            self._state = self._loop.outcome or RunState.PAUSED
            self._publish(fresh=True)
            return
        if self._pace.slow or self._clock() >= self._next_frame:
            self._publish(fresh=False)

    # -- commands, run by the thread -------------------------------------------------------------------------------

    def _play(self, until_epoch: int | None) -> None:
        if self._state is not RunState.RUNNING or self._until != until_epoch:
            self._run(until_epoch)

    def _run(self, until: int | None) -> None:
        self._until = until
        self._pace.restart()
        self._speedometer.restart(self._loop.step)
        self._slices = self._loop.run(self._pace.slice(SLICE), interrupted=self._inbox.called, until_epoch=until)
        self._state = RunState.RUNNING

    def _pause(self) -> None:
        if self._state is RunState.RUNNING:
            self._state = RunState.PAUSED

    def _single_step(self) -> None:
        self._state = RunState.PAUSED
        self._loop.single_step()
        self._state = self._loop.outcome or RunState.PAUSED

    def _finish_epoch(self) -> None:
        under_way = self._until if self._state is RunState.RUNNING else None
        self._run((self._loop.epoch if under_way is None else under_way) + 1)

    def _set_speed(self, steps_per_second: float | None) -> None:
        self._pace.set(steps_per_second)
        self._loop.budget = self._pace.slice(SLICE)

    # -- news ------------------------------------------------------------------------------------------------------

    def _publish(self, *, fresh: bool) -> None:
        """Leave a snapshot; ``fresh``: with every quick picture, not only those whose turn it is."""
        self._next_frame = self._clock() + FRAME
        running = self._state is RunState.RUNNING
        counters = self._loop.evaluate(max_age=MAX_AGE if running and not self._pace.slow else 0.0)
        if running:
            counters = replace(counters, steps_per_second=self._speedometer.read(counters.step))
        refresh = self._gallery.refresh_quick if fresh else self._gallery.refresh_due
        refresh(self._loop.version)
        self._leave(counters)

    def _publish_late_pictures(self) -> None:
        """Bring a picture up to date that was too slow to go with the first snapshot after a command."""
        self._gallery.refresh_one(self._loop.version)
        self._leave(self._loop.evaluate())

    def _settled(self) -> State:
        """The state, after the epochs that led to it were left."""
        self._mailbox.leave(self._state, self._loop.take_records())
        return self._loop.export_state()

    def _leave(self, counters: Counters) -> None:
        stepping = self._state is not RunState.RUNNING or self._pace.slow
        snapshot = Snapshot(
            self.run_id,
            self._state,
            counters,
            frozen(self._loop.network.flat),
            self._gallery.pictures(),
            self._loop.step_loss() if stepping else None,
            complete=not self._gallery.stale(self._loop.version),
        )
        self._mailbox.leave(
            self._state, self._loop.take_records(), snapshot=snapshot, divergence=self._loop.take_divergence()
        )

    def _end(self) -> None:
        """Leave the last news, then answer what was asked meanwhile."""
        if self._state is RunState.RUNNING:
            self._state = RunState.PAUSED
        self._mailbox.leave(self._state, self._loop.take_records())
        self._inbox.end()
