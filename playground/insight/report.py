"""What a script wants to know about a trained network, as plain lists."""

import math
from typing import Any

import numpy as np

from playground.engine import Network
from playground.insight.pictures import PURITY, Subject, compute

Entries = list[dict[str, Any]]


def stage_names(layers: int) -> tuple[str, ...]:
    """The stages of a network of so many layers: input, layer 1, layer 2 …, prediction."""
    return ("input", *(f"layer {number}" for number in range(1, layers)), "prediction")


def purity_by_stage(subject: Subject) -> Entries:
    """The purity of every stage: {"stage": name, "value": 0..1}."""
    purity = compute(subject, frozenset({PURITY}))[PURITY]
    return _entries(stage_names(len(subject.network.layers)), purity.stages)


def gradient_norm_by_stage(network: Network) -> Entries:
    """The length of every layer's gradient in the last mini-batch: {"stage": name, "value": ≥ 0}, None if no number.

    Weights, biases and penalties count; layers without parameters have 0.
    """
    ends = np.cumsum(network.layer_sizes)[:-1]
    norms = [float(np.linalg.norm(part.astype(np.float64))) for part in np.split(network.gradient, ends)]
    return _entries(stage_names(len(network.layers))[1:], norms)


def _entries(names: tuple[str, ...], values: Any) -> Entries:
    pairs = zip(names, values, strict=True)
    return [{"stage": name, "value": float(value) if math.isfinite(value) else None} for name, value in pairs]
