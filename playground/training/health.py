"""Finding out that a run is getting nowhere, and keeping the last weights from which it makes sense to go on."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from playground.engine.optimizers import Optimizer
from playground.project.edits import usual_learning_rate
from playground.training.records import Divergence, DivergenceReason, State

EXPLODED_AT = 2.0
"""An epoch's loss above so many times the initial one counts as exploded."""

EXPLODED_FOR = 3
"""Epochs in a row that it must be so high: Adam and RMSprop, whose steps grow when gradients have been tiny for long,
leap out of a good minimum now and then and find back within an epoch or two."""

STUCK_AFTER = 20
"""Epochs with constant output and saturated units after which a run counts as stuck."""

LOOK_EVERY = 10
"""Epochs between two looks at the units."""

KEEP_EVERY = 0.2
"""Seconds between two copies of good weights."""

NEAR_BEST = 1.2
"""A loss up to so many times the best one is good enough for its weights to be kept …"""

NEAR_INITIAL = 0.01
"""… and so is one that is above the best one by this share of the initial loss: tiny losses are all alike."""

LOWEST_RATE = 1e-6
"""No smaller learning rate is suggested."""


def suggest_learning_rate(present: float, usual: float = math.inf) -> float:
    """The optimizer's usual rate where the present one is far above it, else a tenth of the present one.

    Rounded to two digits, at least ``LOWEST_RATE``.
    """
    return max(float(f"{min(present / 10, usual):.1e}"), LOWEST_RATE)


class Health:
    """Watches the epochs of a run. The rules, in order:

    NON_FINITE: the loss or a weight is infinite or not a number.
    EXPLODED: the loss is above twice the initial one for 3 epochs in a row. With weights taken over from earlier
        training the initial loss is that of freshly drawn weights, so that good weights don't make the rule strict.
    STUCK: for 20 epochs the output was the same for all examples while a layer's units were saturated (or dead): the
        loss stays finite, but no gradient is left that could change anything.

    initial_loss: training loss before the first step. is_stuck: looks at the units now. export: copies the state.
    """

    def __init__(
        self,
        initial_loss: float,
        *,
        is_stuck: Callable[[], bool],
        export: Callable[[], State],
        clock: Callable[[], float],
    ) -> None:
        self.initial_loss = initial_loss
        self._is_stuck, self._export, self._clock = is_stuck, export, clock
        self._best = math.inf
        self._above = 0
        self._stuck_since: int | None = None
        self._good = export()
        self._candidate: State | None = None
        self._due = clock() + KEEP_EVERY

    @property
    def last_good(self) -> State:
        """The newest state that proved to be good; at first the one that the run began with."""
        return self._good

    def restart(self, initial_loss: float) -> None:
        """Begin anew with the present weights as good ones, after the data, the loss or the weights were changed."""
        self.initial_loss = initial_loss
        self._best = math.inf
        self._above = 0
        self._stuck_since = None
        self._good, self._candidate = self._export(), None

    def check(self, epoch: int, loss: float, flat: NDArray[np.floating]) -> DivergenceReason | None:
        """Judge a finished epoch. loss: its mean training loss. flat: the weights after it."""
        if not finite(loss, flat):
            return DivergenceReason.NON_FINITE
        self._above = self._above + 1 if loss > EXPLODED_AT * self.initial_loss else 0
        if self._above >= EXPLODED_FOR:
            return DivergenceReason.EXPLODED
        if epoch % LOOK_EVERY == 0 and self._stuck_for(epoch) >= STUCK_AFTER:
            return DivergenceReason.STUCK
        self._keep(loss)
        return None

    def rest(self, loss: float | None) -> None:
        """Keep the present weights when a stretch of training has ended with them, if they are good.

        loss: the training loss of these very weights; None where unknown. Short stretches end long before a copy is
        due, and what the user tries next may be what breaks the run.
        """
        if loss is not None and self._is_good(loss) and not self._is_stuck():
            self._good, self._candidate = self._export(), None

    def report(self, reason: DivergenceReason, epoch: int, step: int, loss: float, optimizer: Optimizer) -> Divergence:
        """Put together what the user needs to know, and to go on."""
        rate = optimizer.learning_rate
        suggested = suggest_learning_rate(rate, usual_learning_rate(optimizer))
        return Divergence(reason, epoch, step, loss, self.initial_loss, rate, suggested, self.last_good)

    def _stuck_for(self, epoch: int) -> int:
        """For how many epochs nothing could change any more."""
        if not self._is_stuck():
            self._stuck_since = None
            return 0
        if self._stuck_since is None:
            self._stuck_since = epoch
        return epoch - self._stuck_since

    def _keep(self, loss: float) -> None:
        """Copy the state now and then; a copy counts as good when the epoch that followed it was healthy too."""
        self._best = min(self._best, loss)
        good = self._is_good(loss)
        if self._candidate is not None:
            if good:
                self._good = self._candidate
            self._candidate = None
        now = self._clock()
        if good and now >= self._due:
            self._due = now + KEEP_EVERY
            self._candidate = None if self._is_stuck() else self._export()

    def _is_good(self, loss: float) -> bool:
        """Whether a loss belongs to weights that are worth keeping."""
        near = max(NEAR_BEST * self._best, self._best + NEAR_INITIAL * self.initial_loss)
        return loss <= near and not self._above and self._stuck_since is None


def finite(loss: float, flat: NDArray[np.floating]) -> bool:
    """Whether the loss and all weights are finite."""
    if not math.isfinite(loss):
        return False
    # the sum of squares is one quick product; it is infinite also for finite but absurd weights, hence the second look
    return math.isfinite(flat.dot(flat)) or bool(np.isfinite(flat).all())
