"""What of a running program can be kept when settings change."""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.project.model import TrainingSettings


def recorded(training: TrainingSettings) -> tuple[Any, ...]:
    """The settings that are part of a recorded program: when they change, it has to be recorded anew."""
    return training.loss, training.batch_size, msgspec.structs.replace(training.optimizer, learning_rate=1.0)


def optimizer_memory(state: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """What the optimizer remembers of an exported state, without the place in the epoch."""
    return {name: np.zeros(0) if name in ("order", "losses") else array for name, array in state.items()}
