"""Fusions save calls and change no bit."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from playground.engine import Network, losses, optimizers, regularizers
from playground.engine.activations import ACTIVATIONS
from playground.engine.fusions import ALL, Fusions
from playground.engine.layers import Activation, Conv2D, Dense, Dropout, Flatten, LayerNormalization, Reshape, Residual

NONE = Fusions(**{field.name: False for field in fields(Fusions)})
Stack = tuple[tuple[int, ...], list[Any]]
STACKS: dict[str, Stack] = {
    "deep": ((3,), [Dense(4, "tanh"), Dense(5, "tanh"), Dense(4, "relu"), Dense(3, "relu"), Dense(2, "relu")]),
    "one activation to the end": ((3,), [Dense(4, "sigmoid"), Dense(3, "sigmoid"), Dense(2, "sigmoid")]),
    "without slopes to share": ((3,), [Dense(4, "sine"), Dense(3, "sine"), Dense(3, "softmax"), Dense(2, "softmax")]),
    "parts of other kinds": (
        (3,),
        [Dense(4, "tanh"), Activation("tanh"), Dropout(0.3), LayerNormalization(), Dense(2)],
    ),
    "a stack inside": ((3,), [Dense(3, "tanh"), Residual([Dense(3, "tanh"), Dense(3, "tanh")], "tanh"), Dense(2)]),
    "images": ((5, 4, 2), [Conv2D(2, 2, activation="relu"), Conv2D(3, 2, activation="relu"), Flatten(), Dense(2)]),
    "the same numbers last": ((4,), [Dense(6, "tanh"), Dense(2, "tanh"), Reshape((2,))]),
    "a penalty last": ((3,), [Dense(4, "elu"), Dense(2, "elu", activity_regularizer=regularizers.get("l2"))]),
}


def train(stack: Stack, fusions: Fusions, loss: str = "mean_squared_error") -> tuple[Network, list[float], int]:
    """The network after 3 epochs, the losses of all steps, and the calls of one step."""
    shape, parts = stack
    rng = np.random.default_rng(0)
    network = Network(parts, shape, seed=1)
    run = network.compile(
        rng.normal(size=(11, *shape)),
        rng.integers(0, 2, (11, 2)),
        loss=losses.get(loss),
        optimizer=optimizers.get("adam", learning_rate=0.01),
        batch_size=4,
        rng=np.random.default_rng(7),
        fusions=fusions,
    )
    found = []
    for _ in range(9):
        run.step()
        found.append(run.step_loss() + run.penalty())
    tape = run._by_size[4] if run._one_tape else run._tapes[0]
    return network, found, len(tape)


@pytest.mark.parametrize("fusion", [field.name for field in fields(Fusions)])
@pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS)
def test_a_fusion_changes_no_bit(stack: Stack, fusion: str) -> None:
    plain, expected, _ = train(stack, NONE)
    fused, found, _ = train(stack, replace(NONE, **{fusion: True}))
    np.testing.assert_array_equal(fused.flat, plain.flat)
    assert found == expected


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_all_fusions_together_change_no_bit(activation: str) -> None:
    stack = (3,), [Dense(5, activation), Dense(4, activation), Dense(2, activation)]
    plain, expected, _ = train(stack, NONE)
    fused, found, _ = train(stack, ALL)
    np.testing.assert_array_equal(fused.flat, plain.flat)
    assert found == expected


def test_fusions_save_calls() -> None:
    """Three slopes of tanh, two calls each, become one; the copy of the outputs goes."""
    stack = (3,), [*[Dense(4, "tanh")] * 3, Dense(2)]
    assert train(stack, NONE)[2] - train(stack, ALL)[2] == 2 * 2 + 1


def test_a_loss_from_logits_keeps_them_beside_the_probabilities() -> None:
    stack = (3,), [Dense(4, "tanh"), Dense(3, "tanh"), Dense(2, "softmax")]
    assert train(stack, NONE, "categorical_crossentropy")[1] == train(stack, ALL, "categorical_crossentropy")[1]
