"""The recorded training of a run, and what of it can be kept when settings change."""

from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.engine import Network
from playground.engine.fusions import ALL, Fusions
from playground.engine.training_program import TrainingProgram
from playground.project.adapt import input_shape
from playground.project.balance import class_weights
from playground.project.build import Samples
from playground.project.changes import Change, compare
from playground.project.model import Project, TrainingSettings
from playground.training.records import State


def compiled(
    network: Network, samples: Samples, training: TrainingSettings, rng: np.random.Generator, fusions: Fusions = ALL
) -> TrainingProgram:
    """The recorded training of a network on its examples, as the settings want it."""
    program = network.compile(
        samples.x_train,
        samples.y_train,
        loss=training.loss,
        optimizer=training.optimizer,
        batch_size=training.batch_size,
        rng=rng,
        l1=training.l1,
        l2=training.l2,
        class_weight=class_weights(training, samples),
        fusions=fusions,
    )
    program.set_fault(training.bug)
    return program


def recorded(training: TrainingSettings) -> tuple[Any, ...]:
    """The settings that are part of a recorded program: when they change, it has to be recorded anew."""
    return (
        training.loss,
        training.batch_size,
        training.class_weight,
        training.bug,
        msgspec.structs.replace(training.optimizer, learning_rate=1.0),
    )


def optimizer_memory(state: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """What the optimizer remembers of an exported state, without the place in the epoch."""
    return {name: np.zeros(0) if name in ("order", "losses") else array for name, array in state.items()}


def following(state: State, old: Project, new: Project) -> State | None:
    """What a state of one project is for another that differs in settings; None where the network is another one."""
    change = compare(old, new)
    if change & (Change.NETWORK | Change.FEATURES | Change.WEIGHTS):
        return None
    if input_shape(old) != input_shape(new):
        return None
    if not change & Change.DATA and recorded(old.training) == recorded(new.training):
        return state
    if not new.training.optimizer.same_kind(old.training.optimizer):
        return replace(state, program={})
    return state.without_order()
