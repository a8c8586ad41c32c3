"""What a script wants to know about a trained network, as plain lists."""

import math
from typing import Any

import numpy as np

from playground.engine import Network
from playground.insight.health import LayerHealth
from playground.insight.pictures import HEALTH, PURITY, Subject, compute
from playground.project.declarations import tag
from playground.texts import Text
from playground.training.loop import TrainingLoop

Entries = list[dict[str, Any]]


def stage_names(layers: int) -> tuple[str, ...]:
    """The stages of a network of so many layers: input, layer 1, layer 2 …, prediction."""
    return (Text("input"), *(Text("layer %1", number) for number in range(1, layers)), Text("prediction"))


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


def inside(loop: TrainingLoop) -> dict[str, Any]:
    """All that is measured inside a run's network: counters, purity, gradients and the health of every layer.

    The gradient is that of the mean loss over a fixed sample of the training examples.
    """
    counters, health = loop.evaluate(), compute(loop, frozenset({HEALTH}))[HEALTH]
    names = stage_names(len(loop.network.layers))
    found = {layer.index: layer for layer in health.layers}
    norms = [found[at].gradient_norm if at in found and found[at].weights else 0.0 for at in range(len(names) - 1)]
    return {
        "epochs": counters.epoch,
        "steps": counters.step,
        "train_loss": _number(counters.train_loss),
        "test_loss": _number(counters.test_loss),
        "metric": counters.metric_name,
        "test_metric": _number(counters.test_metric),
        "parameters": loop.network.size,
        "purity": purity_by_stage(loop),
        "gradient_norm": _entries(names[1:], norms),
        "health": [{"stage": names[layer.index + 1], "value": _of_layer(layer)} for layer in health.layers],
    }


def _of_layer(layer: LayerHealth) -> dict[str, Any]:
    """One layer; numbers that are none (a layer without weights) are None. The ratio is update to weight, as log10."""
    units = layer.units
    return {
        "kind": tag(layer.layer),
        "units": units.total,
        "weight_norm": _number(layer.weight_norm),
        "gradient_norm": _number(layer.gradient_norm),
        "update_norm": _number(layer.update_norm),
        "log10_update_ratio": _number(layer.ratio),
        "dead": units.share(units.dead),
        "saturated": units.share(units.saturated),
        "constant": units.share(units.constant),
    }


def _number(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _entries(names: tuple[str, ...], values: Any) -> Entries:
    pairs = zip(names, values, strict=True)
    return [{"stage": name, "value": float(value) if math.isfinite(value) else None} for name, value in pairs]
