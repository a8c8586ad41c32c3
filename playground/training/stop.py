"""When training ends by itself."""

from playground.project.model import StopSettings


class StopRule:
    """The stop conditions of a project for one stretch of training; no settings: never.

    After so many epochs: at their next multiple, so that pressing play again trains as many once more. Below a loss:
    when the loss falls below it; one that is below already counts only after it has been above again.

    epoch, loss: where the run stands when the stretch begins (``loss`` None: unknown).
    """

    def __init__(self, settings: StopSettings | None = None, epoch: int = 0, loss: float | None = None) -> None:
        most = settings.max_epochs if settings else None
        self._at_epoch = None if most is None else (epoch // most + 1) * most
        self._below = settings.loss_below if settings else None
        self._armed = self._below is not None and (loss is None or loss >= self._below)

    def met(self, epoch: int, loss: float) -> bool:
        """Whether training ends after this epoch with this mean training loss."""
        below = self._below is not None and loss < self._below
        met = epoch == self._at_epoch or (below and self._armed)
        self._armed = self._armed or not below
        return met
