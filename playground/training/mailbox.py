"""What a training thread leaves for whoever shows the run: the newest snapshot, and every epoch."""

import threading
from collections.abc import Iterable

import msgspec

from playground.training.records import Divergence, EpochRecord, RunState, Snapshot, TrainingError


class Batch(msgspec.Struct, frozen=True):
    """What happened since the last ``take()``: the newest snapshot (or None) and every finished epoch."""

    run_id: int
    state: RunState
    snapshot: Snapshot | None
    epochs: tuple[EpochRecord, ...]
    divergence: Divergence | None
    error: TrainingError | None


class Mailbox:
    """Filled by one thread, emptied by another. Later snapshots replace earlier ones; no epoch is lost."""

    def __init__(self, run_id: int) -> None:
        self._run_id = run_id
        self._lock = threading.Lock()
        self._state = RunState.IDLE
        self._epochs: list[EpochRecord] = []
        self._snapshot: Snapshot | None = None
        self._divergence: Divergence | None = None
        self._error: TrainingError | None = None

    def leave(
        self,
        state: RunState,
        epochs: Iterable[EpochRecord],
        *,
        snapshot: Snapshot | None = None,
        divergence: Divergence | None = None,
        error: TrainingError | None = None,
    ) -> None:
        """Add news; None leaves what is there."""
        with self._lock:
            self._state = state
            self._epochs.extend(epochs)
            self._snapshot = snapshot or self._snapshot
            self._divergence = divergence or self._divergence
            self._error = error or self._error

    def take(self) -> Batch:
        """Empty the mailbox; the state stays."""
        with self._lock:
            batch = Batch(self._run_id, self._state, self._snapshot, tuple(self._epochs), self._divergence, self._error)
            self._epochs.clear()
            self._snapshot = self._divergence = self._error = None
        return batch

    def take_epochs(self) -> tuple[EpochRecord, ...]:
        """Take the finished epochs alone; all else stays."""
        with self._lock:
            epochs = tuple(self._epochs)
            self._epochs.clear()
        return epochs
