"""The loop of ``Network.fit``: whole epochs, judged at their ends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.engine.errors import BuildError
from playground.engine.plateaus import EarlyStopping, ReduceOnPlateau
from playground.engine.training_program import TrainingProgram

if TYPE_CHECKING:
    from playground.engine.network import Network


def run_epochs(
    network: "Network",
    program: TrainingProgram,
    epochs: int,
    *,
    validate: Callable[[], float] | None = None,
    reduce_on_plateau: ReduceOnPlateau | None = None,
    early_stopping: EarlyStopping | None = None,
) -> dict[str, list[float]]:
    """Train and return the history: "loss", "learning_rate" (of the epoch's last step), and "val_loss" where validated.

    What watches the loss watches the validation loss where there is one, as in Keras.

    Raises:
        BuildError: when a schedule and the plateau would both set the learning rate.
    """
    if reduce_on_plateau and program.state.schedule:
        raise BuildError("A schedule and reduce on plateau would both set the learning rate; choose one of them.")
    history: dict[str, list[float]] = {"loss": [], "learning_rate": []}
    plateau = reduce_on_plateau.watch() if reduce_on_plateau else None
    stopping = early_stopping.watch() if early_stopping else None
    for _ in range(epochs):
        program.run_epoch()
        judged = program.epoch_loss()
        history["loss"].append(judged)
        history["learning_rate"].append(program.learning_rate)
        if validate is not None:
            judged = validate()
            history.setdefault("val_loss", []).append(judged)
        if plateau is not None:
            program.set_learning_rate(plateau.learning_rate(judged, program.learning_rate))
        if stopping is not None and stopping.met(judged, network.flat, network.moving):
            break
    if stopping is not None:
        for array, best in zip((network.flat, network.moving), stopping.best_weights, strict=False):
            array[...] = best
    return history
