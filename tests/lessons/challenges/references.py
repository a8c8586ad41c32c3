"""For each bundled challenge a project that wins three stars, as the settings that differ from the start."""

import json
from dataclasses import dataclass, field
from typing import Any

import msgspec

from playground.lessons.challenges import found, library
from playground.project.decode import FORMAT_VERSION, decode
from playground.project.model import Project


def dense(units: int, activation: str) -> dict[str, Any]:
    return {"kind": "dense", "units": units, "activation": activation}


def convolution(filters: int) -> dict[str, Any]:
    return {"kind": "conv2d", "filters": filters, "kernel_size": 3, "padding": "same", "activation": "relu"}


@dataclass(frozen=True)
class Reference:
    """``training`` replaces settings of the start, ``layers`` all of its layers."""

    epochs: int
    layers: tuple[dict[str, Any], ...]
    seed: int = 0
    training: dict[str, Any] = field(default_factory=dict)
    features: tuple[str, ...] = ("x1", "x2")


def adam(rate: float) -> dict[str, Any]:
    return {"kind": "adam", "learning_rate": rate}


SIGMOID = dense(1, "sigmoid")
REFERENCES = {
    "three_lines": Reference(150, (dense(3, "tanh"), SIGMOID), seed=2),
    "no_layers": Reference(60, (SIGMOID,), training={"optimizer": adam(0.1)}, features=("x2", "sin_x1")),
    "sprint": Reference(5, (dense(8, "tanh"), SIGMOID), training={"optimizer": adam(0.1), "batch_size": 3}),
    "three_arms": Reference(300, (dense(5, "sine"), dense(4, "sine"), dense(3, "softmax")), seed=3),
    "only_sigmoid": Reference(
        200, (dense(8, "sigmoid"), dense(8, "sigmoid"), SIGMOID), seed=1, training={"optimizer": adam(0.1)}
    ),
    "find_the_wrong": Reference(1, (dense(4, "tanh"), SIGMOID)),
    "wrong_labels": Reference(100, (dense(3, "tanh"), SIGMOID), seed=1, training={"l2": 0.001}),
    "few_points": Reference(100, (dense(8, "relu"), SIGMOID), training={"l2": 0.01}),
    "hills": Reference(300, (dense(5, "tanh"), dense(5, "tanh"), dense(1, "linear"))),
    "spiral_40": Reference(300, (dense(6, "tanh"), SIGMOID), seed=2, features=("x1", "x2", "sin_x1", "sin_x2")),
    "digits_5000": Reference(
        20,
        (
            *(convolution(12), convolution(12), {"kind": "max_pooling2d"}, {"kind": "flatten"}),
            *({"kind": "dropout", "rate": 0.25}, dense(10, "softmax")),
        ),
        seed=1,
        training={"optimizer": adam(0.005)},
    ),
}


def project(name: str) -> Project:
    """The project that wins the challenge."""
    reference, challenge, start = REFERENCES[name], library.load(name), library.start(name)
    if challenge.finds:
        return found.without(start, challenge.wrong)
    raw = msgspec.to_builtins(start)
    raw["network"] = {"layers": reference.layers, "seed": reference.seed}
    raw["training"].update(reference.training)
    raw["data"]["features"] = reference.features
    made, _, warnings = decode(json.dumps({"format_version": FORMAT_VERSION, "project": raw}).encode())
    assert not warnings
    return made
