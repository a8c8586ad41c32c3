"""The path of one example through the network: how strongly each unit answers, and what each weight carries."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.insight.examples import Activations

Floats = NDArray[np.floating[Any]]


class Path(msgspec.Struct, frozen=True):
    """answers: per column (input first) what each unit says, (units,); of an image the mean size of each channel.

    units: the same as strengths from 0 to 1, the largest of a column is 1. lines: per layer with a matrix of weights
    |weight · input| (inputs, units), the largest is 1.
    """

    answers: tuple[Floats, ...]
    units: tuple[Floats, ...]
    lines: Mapping[int, Floats]


def path(activations: Activations, kernels: Sequence[Floats | None]) -> Path:
    """Follow an example. kernels: of each layer (inputs, units), None or another shape where there is no matrix."""
    answers = tuple(_per_unit(values) for values in (activations.input, *activations.layers))
    lines = {}
    for layer, kernel in enumerate(kernels):
        if kernel is not None and kernel.ndim == 2 and kernel.shape[0] == answers[layer].size:
            lines[layer] = _share(np.abs(kernel * answers[layer][:, None]))
    return Path(answers, tuple(_share(np.abs(values)) for values in answers), lines)


def _per_unit(values: Floats) -> Floats:
    """One number for each unit or channel."""
    values = np.nan_to_num(np.asarray(values), nan=0.0, posinf=0.0, neginf=0.0)
    return np.abs(values).mean(axis=(0, 1)) if values.ndim == 3 else values.ravel()


def _share(values: Floats) -> Floats:
    most = float(values.max(initial=0.0))
    result: Floats = values / most if most > 0 else values
    return result
