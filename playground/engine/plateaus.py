"""What to do when the loss no longer falls: train more gently, or stop. Watched once per epoch, as in Keras 3.

The settings are frozen; ``watch()`` makes the small object that remembers the best loss of one training.
"""

import math
from typing import Annotated

import msgspec

from playground.engine.recorder import Array
from playground.engine.settings import flag, number

_EPOCHS = {"ge": 0, "le": 1_000_000, "unit": "epochs"}


class ReduceOnPlateau(msgspec.Struct, frozen=True):
    """η ← max(factor · η, min_lr) after ``patience`` epochs without a loss below best − min_delta.

    Keras' ReduceLROnPlateau; PyTorch's compares with best · (1 − threshold) instead.
    """

    factor: Annotated[float, number("Factor", "What the learning rate is multiplied by.", gt=0, lt=1)] = 0.1
    patience: Annotated[int, number("Patience", "How many epochs without progress are waited for.", **_EPOCHS)] = 10
    min_delta: Annotated[float, number("Least progress", "A smaller fall of the loss does not count.", ge=0)] = 1e-4
    cooldown: Annotated[int, number("Cool-down", "Epochs after a reduction that are not judged.", **_EPOCHS)] = 0
    min_lr: Annotated[float, number("Least learning rate", "The rate never falls below this.", ge=0)] = 0.0

    def watch(self) -> "PlateauWatch":
        """Start to watch one training."""
        return PlateauWatch(self)


class PlateauWatch:
    """The memory of ReduceOnPlateau."""

    def __init__(self, settings: ReduceOnPlateau) -> None:
        self._settings = settings
        self._best, self._waited, self._cooling = math.inf, 0, 0

    def learning_rate(self, loss: float, present: float) -> float:
        """The rate to go on with after an epoch that ended with ``loss``."""
        settings = self._settings
        if self._cooling:
            self._cooling -= 1
            self._waited = 0
        if loss < self._best - settings.min_delta:
            self._best, self._waited = loss, 0
        elif not self._cooling:
            self._waited += 1
            if self._waited >= settings.patience and present > settings.min_lr:
                self._waited, self._cooling = 0, settings.cooldown
                return max(present * settings.factor, settings.min_lr)
        return present


class EarlyStopping(msgspec.Struct, frozen=True):
    """Stop after ``patience`` epochs without a loss below best − min_delta. Source: Prechelt, 1998."""

    patience: Annotated[int, number("Patience", "How many epochs without progress are waited for.", **_EPOCHS)] = 0
    min_delta: Annotated[float, number("Least progress", "A smaller fall of the loss does not count.", ge=0)] = 0.0
    restore_best_weights: Annotated[
        bool, flag("Best weights", "Goes back to the weights of the best epoch at the end.")
    ] = False

    def watch(self) -> "StoppingWatch":
        """Start to watch one training."""
        return StoppingWatch(self)


class StoppingWatch:
    """The memory of EarlyStopping. ``best_weights``: copies of the best epoch's, where they are to be restored."""

    def __init__(self, settings: EarlyStopping) -> None:
        self._settings = settings
        self._best, self._waited, self._epochs = math.inf, 0, 0
        self.best_weights: tuple[Array, ...] = ()

    def met(self, loss: float, *weights: Array) -> bool:
        """Whether to stop after an epoch that ended with ``loss`` and these ``weights`` (never after the first)."""
        self._epochs += 1
        self._waited += 1
        better = loss < self._best - self._settings.min_delta
        if self._settings.restore_best_weights and (better or not self.best_weights):
            self.best_weights = tuple(array.copy() for array in weights)
        if better:
            self._best, self._waited = loss, 0
            return False
        return self._waited >= self._settings.patience and self._epochs > 1
