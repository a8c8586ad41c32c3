"""When training ends by itself."""

from playground.project.model import StopSettings


class StopRule:
    """The stop conditions of a project for one stretch of training; no settings: never.

    Conditions that hold already when training is started do not count, so that pressing play again goes beyond them.

    epoch, loss: where the run stands when the stretch begins (``loss`` None: unknown).
    """

    def __init__(self, settings: StopSettings | None = None, epoch: int = 0, loss: float | None = None) -> None:
        most = settings.max_epochs if settings else None
        below = settings.loss_below if settings else None
        self._at_epoch = None if most is None or epoch >= most else most
        self._below = None if below is None or (loss is not None and loss < below) else below

    def met(self, epoch: int, loss: float) -> bool:
        """Whether training ends after this epoch with this mean training loss."""
        return epoch == self._at_epoch or (self._below is not None and loss < self._below)
