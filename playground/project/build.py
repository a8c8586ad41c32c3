"""Make the things that a project describes: samples, network, and the weights that survive an edit."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground import data
from playground.data.dataset import Dataset
from playground.engine import Network
from playground.project.adapt import input_shape
from playground.project.model import Project
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


def samples(project: Project) -> Samples:
    """Draw the project's examples and compute the features that the network sees."""
    settings = project.data
    made = data.make(settings.source, settings.points, settings.noise, settings.training_share, settings.seed)
    inputs = data.expand(made.inputs, settings.features) if made.input_kind == "plane" else made.inputs
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
    origin: tuple[int | None, ...] | None = None,
) -> Floats:
    """Return parameters (size,) for the new network: old values wherever they still have a place, the rest fresh.

    old_flat: the old network's parameters. origin: for each new layer the old layer that it stems from (None: the
    same place). Weights from the inputs follow their feature by name; they and what hangs on them start fresh when
    the kind of input changes.
    """
    old, new = network(old_project), network(new_project)
    before = old.unpack(np.asarray(old_flat, old.flat.dtype))
    flat = new.flat.copy()
    after = new.unpack(flat)
    if origin is None:
        origin = tuple(index if index < len(old.layers) else None for index in range(len(new.layers)))
    first_old, first_new = _first_weighted(old), _first_weighted(new)
    for index, stem in enumerate(origin):
        if stem is None or stem >= len(old.layers) or type(old.layers[stem]) is not type(new.layers[index]):
            continue
        reads_inputs = index == first_new and stem == first_old
        sources, places = _input_rows(old_project, new_project) if reads_inputs else (None, None)
        if sources is not None and not sources:
            continue
        for key in (key for key in after if key.startswith(f"{index}.")):
            earlier = before.get(f"{stem}.{key.partition('.')[2]}")
            if earlier is not None:
                _copy(earlier, after[key], sources, places)
    return flat


def _first_weighted(net: Network) -> int:
    """The index of the first layer that has parameters: the one that weighs the inputs."""
    return next((index for index, size in enumerate(net.layer_sizes) if size), -1)


def _input_rows(old: Project, new: Project) -> tuple[list[int] | None, list[int] | None]:
    """Rows of the first kernel to copy from and to; (None, None) copies all, empty lists copy nothing."""
    before, after = old.data, new.data
    if before.source.input_kind != after.source.input_kind:
        return [], []
    if before.source.input_kind != "plane":
        return (None, None) if before.source.input_shape == after.source.input_shape else ([], [])
    if before.features == after.features:
        return None, None
    shared = [name for name in after.features if name in before.features]
    return [before.features.index(name) for name in shared], [after.features.index(name) for name in shared]


def _copy(source: NDArray[Any], target: NDArray[Any], rows: list[int] | None, places: list[int] | None) -> None:
    """Copy the part that both arrays have; with rows given, those rows of a matrix to the given places."""
    if source.ndim != target.ndim:
        return
    if rows is None or places is None or source.ndim != 2:
        common = tuple(slice(min(pair)) for pair in zip(source.shape, target.shape, strict=True))
        target[common] = source[common]
        return
    columns = min(source.shape[1], target.shape[1])
    target[places, :columns] = source[rows, :columns]
