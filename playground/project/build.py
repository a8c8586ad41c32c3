"""Make the things that a project describes: samples, network, and the weights that survive an edit."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground import data
from playground.data import faults
from playground.data.dataset import Dataset
from playground.engine import Network
from playground.project.adapt import input_shape
from playground.project.carry import Transfer
from playground.project.edit import Origin
from playground.project.model import DataSettings, Project
from playground.project.preprocessing import Preprocessing
from playground.project.problems import Problem, problems

__all__ = ["Problem", "Samples", "carry_over", "input_shape", "network", "problems", "samples"]

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Samples:
    """The examples as the network receives them, all float32 and read-only.

    inputs: (n, *input_shape) all rows of the dataset; x_train, x_test: its training and test rows;
    y_train, y_test: the targets (rows, outputs).
    """

    dataset: Dataset
    inputs: Floats
    x_train: Floats
    y_train: Floats
    x_test: Floats
    y_test: Floats


_ahead: dict[DataSettings, Samples] = {}
"""What ``prepare`` has made and nobody has taken yet, one at most."""


def prepare(project: Project) -> None:
    """Make the samples of a project ahead, beside the window: for the next ``samples`` of the same data settings."""
    made = samples(project)
    forget_prepared()
    _ahead[project.data] = made


def forget_prepared() -> None:
    """Let go of samples that were made ahead and are not wanted any more."""
    _ahead.clear()


def samples(project: Project) -> Samples:
    """Draw the project's examples and compute the features that the network sees."""
    return _ahead.pop(project.data, None) or _made(project)


def _made(project: Project) -> Samples:
    settings = project.data
    made = data.make(
        settings.source,
        settings.points,
        settings.noise,
        settings.training_share,
        settings.seed,
        balance=settings.balance,
        label_noise=settings.label_noise,
    )
    made = faults.spoil(made, settings.fault, settings.seed)
    inputs = Preprocessing.of(project, made)(made.inputs)
    parts = (inputs, *(part[rows] for rows in (made.train, made.test) for part in (inputs, made.targets)))
    for array in parts:
        array.flags.writeable = False
    return Samples(made, *parts)


def network(project: Project, dtype: str = "float32") -> Network:
    """Build the project's network with its initial weights.

    Raises:
        BuildError: when the layers do not fit; ``problems`` tells it beforehand.
    """
    return Network(list(project.network.layers), input_shape(project), seed=project.network.seed, dtype=dtype)


def carry_over(
    old_project: Project,
    old_flat: NDArray[np.floating[Any]],
    new_project: Project,
    origin: Origin | None = None,
) -> Floats:
    """Return parameters (size,) for the new network: old values wherever they still have a place, the rest fresh.

    old_flat: the old network's parameters. origin: for each new layer the old layer that it stems from (None: the
    same place). ``Transfer`` does the same and more.
    """
    return Transfer(old_project, new_project, origin).parameters(np.asarray(old_flat))
