"""Marks and walks: the same calls as in training, with stops at places that have names."""

import numpy as np
import pytest

from playground.engine import Network, layers, losses, optimizers
from playground.engine.fusions import Fusions
from playground.engine.recorder import Recorder

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(23, 2)), RNG.integers(0, 2, (23, 1))


def compiled(*hidden, batch_size=5, **settings):
    network = Network([*hidden, layers.Dense(1, "sigmoid")], (2,), seed=1)
    run = network.compile(
        X,
        Y,
        loss=losses.get("binary_crossentropy"),
        optimizer=optimizers.get("adam", learning_rate=0.1),
        batch_size=batch_size,
        rng=np.random.default_rng(3),
        **settings,
    )
    return network, run


def test_a_recording_stops_at_its_marks():
    ops, seen = Recorder("float64"), []
    number = np.zeros(1)
    ops.mark("begin")
    ops.call(np.add, number, 1.0, number)
    ops.mark("one", 4)
    ops.call(np.add, number, 1.0, number)
    ops.call(np.add, number, 1.0, number)
    ops.mark("three")
    ops.call(np.add, number, 1.0, number)
    for mark in ops.replay():
        seen.append((mark.name, mark.layer, float(number[0])))
    assert seen == [("begin", -1, 0.0), ("one", 4, 1.0), ("three", -1, 3.0)]
    assert number[0] == 4.0


@pytest.mark.parametrize("batch_size", [5, 23, 1])
@pytest.mark.parametrize("fusions", [Fusions(), Fusions(shared_slopes=False, outputs_in_place=False)])
def test_walking_trains_as_stepping_does(batch_size, fusions):
    hidden = (layers.Dense(4, "tanh"), layers.Dropout(0.2), layers.Dense(3, "tanh"))
    (stepped, one), (walked, other) = (
        compiled(*hidden, batch_size=batch_size, fusions=f) for f in (Fusions(), fusions)
    )
    for _ in range(12):
        one.step()
        walk = other.walk()
        for _mark in walk.marks:
            pass
        np.testing.assert_array_equal(stepped.flat, walked.flat)
        assert one.position == other.position
        assert one.step_loss() == other.step_loss()
    assert one.epoch_loss() == other.epoch_loss()


def test_a_walk_tells_its_examples_and_passes_all_marks_in_order():
    network, run = compiled(layers.Dense(4, "tanh"), layers.Dense(2, trainable=False))
    for _ in range(6):
        walk = run.walk()
        rows, targets = walk.rows, walk.targets
        names = [(mark.name, mark.layer) for mark in walk.marks]
        np.testing.assert_array_equal(targets, Y[rows].T)
        np.testing.assert_allclose(walk.program.tensors[-1].value.shape, (1, len(rows)))
    forward = [(name, layer) for layer in range(3) for name in ("sums", "outputs")]
    backward = [("gradients", layer) for layer in (2, 1, 0)]
    assert names == [*forward, ("loss", -1), *backward, ("backward", -1), ("clipped", -1), ("stepped", -1)]
    assert walk.fused
    assert walk.first_trained == 0
    assert len(network.layers) == 3


def test_a_walk_that_is_not_gone_changes_nothing():
    network, run = compiled(layers.Dense(4, "tanh"))
    run.step()
    before, position = network.flat.copy(), run.position
    run.walk()
    np.testing.assert_array_equal(network.flat, before)
    assert run.position == position
