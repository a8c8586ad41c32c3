"""What can be done to any layer, for every layer of the registry: freeze it, bypass it, mute some of its units."""

from typing import Any

import msgspec
import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, optimizers
from playground.engine.layers.base import activation_of
from tests.contracts.test_layers import Harness, assert_slopes, every_case, trainable

PASS_ON = layers.Activation("linear")
HARD = {"learning_rate": 0.05, "weight_decay": 0.1, "clipnorm": 1.0, "momentum": 0.9, "nesterov": True}
"""Settings of SGD with which everything moves that may."""


def with_setting(layer: Any, **settings: Any) -> Any:
    return msgspec.structs.replace(layer, **settings)


def own(network: Network) -> dict[str, Any]:
    """The weights and moving statistics of the first layer."""
    return {name: array for name, array in network.parameters().items() if name.startswith("0.")}


@every_case
def test_settings_survive_being_written_and_read(layer: Any, shape: tuple[int, ...]) -> None:
    changed = with_setting(layer, trainable=False, bypassed=True, muted=(0, 2))
    assert msgspec.json.decode(msgspec.json.encode(changed), type=layers.AnyLayer) == changed


@every_case
def test_files_without_them_open(layer: Any, shape: tuple[int, ...]) -> None:
    written = msgspec.json.decode(msgspec.json.encode(layer))
    for name in ("trainable", "bypassed", "muted"):
        del written[name]
    assert msgspec.convert(written, layers.AnyLayer) == layer


@every_case
def test_a_muted_unit_gives_0_and_the_gradients_are_those_of_that(layer: Any, shape: tuple[int, ...]) -> None:
    muted = with_setting(layer, muted=(0,))
    if activation_of(layer) == "softmax":
        with pytest.raises(BuildError, match="none can be muted alone"):
            Harness(muted, PASS_ON, shape=shape)
        return
    harness = Harness(muted, PASS_ON, shape=shape)
    of_parameters, of_input = harness.gradients()
    output = harness.program.tensors[1]
    assert not output.by_channel(output.value)[0].any()
    assert_slopes(harness.network.flat, of_parameters, harness.loss)
    assert_slopes(harness.program.tensors[0].value, of_input, harness.loss)


@every_case
def test_a_frozen_layer_passes_the_gradient_on(layer: Any, shape: tuple[int, ...]) -> None:
    harness = Harness(with_setting(layer, trainable=False), shape=shape)
    _, of_input = harness.gradients()
    assert_slopes(harness.program.tensors[0].value, of_input, harness.loss)


@every_case
def test_training_leaves_a_frozen_layer_alone(layer: Any, shape: tuple[int, ...]) -> None:
    network, run, _ = trainable(
        with_setting(layer, trainable=False), shape, optimizer=optimizers.get("sgd", **HARD), l1=0.1, l2=0.1
    )
    before, rest = own(network), network.parameters()
    for _ in range(7):
        run.step()
    for name, array in own(network).items():
        np.testing.assert_array_equal(array, before[name], err_msg=name)
    end = f"{len(network.layers) - 1}.kernel"
    assert (network.parameters()[end] != rest[end]).all()


@every_case
def test_a_bypassed_layer_is_not_there_and_keeps_its_weights(layer: Any, shape: tuple[int, ...]) -> None:
    """Also within a block."""
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(7, *shape)), rng.normal(size=(7, 2))
    bypassed, end = with_setting(layer, bypassed=True, muted=(0,)), [layers.Flatten(), layers.Dense(2)]
    networks = [Network([*first, *end], shape, seed=4) for first in ([bypassed], [layers.Residual([bypassed])], [])]
    kept = [network.parameters() for network in networks]
    for network in networks:
        last = len(network.layers) - 1
        network.unpack()[f"{last}.kernel"][...] = 0.1
        optimizer = optimizers.get("sgd", **HARD)
        loss = losses.get("mean_squared_error")
        network.fit(x, y, loss=loss, optimizer=optimizer, batch_size=3, epochs=2, shuffle=False)
    alone, in_block, without = networks
    np.testing.assert_array_equal(alone.forward(x), without.forward(x))
    for network, before in zip((alone, in_block), kept, strict=False):
        for name, array in own(network).items():
            np.testing.assert_array_equal(array, before[name], err_msg=name)
    assert alone.size == Network([layer, PASS_ON], shape).size + without.size
