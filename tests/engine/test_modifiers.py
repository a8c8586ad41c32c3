"""What can be done to any layer: freeze it, bypass it, mute some of its units."""

from typing import Any

import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, optimizers
from playground.engine.constraints import MaxNorm
from playground.engine.layers import (
    LAYERS,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Residual,
)
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import L2

MSE = losses.get("mean_squared_error")


def data(shape: tuple[int, ...] = (3,), outputs: int = 2, n: int = 12) -> tuple[Any, Any]:
    rng = np.random.default_rng(1)
    return rng.normal(size=(n, *shape)), rng.normal(size=(n, outputs))


def dense(*middle: Layer, dtype: str = "float64") -> Network:
    return Network([Dense(4, "tanh"), *middle, Dense(2)], (3,), seed=3, dtype=dtype)


def numeric(network: Network, x: Any, y: Any, name: str) -> np.ndarray:
    """The gradient of the loss by central differences."""
    view = network.unpack()[name]
    found = np.zeros_like(view)
    for place in np.ndindex(view.shape):
        losses_at = []
        for step in (1e-6, -1e-6):
            before = view[place]
            view[place] = before + step
            losses_at.append(network.evaluate(x, y, MSE))
            view[place] = before
        found[place] = (losses_at[0] - losses_at[1]) / 2e-6
    return found


# -- frozen ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPTIMIZERS.names())
@pytest.mark.parametrize("frozen", [(0,), (1,), (0, 1), (0, 1, 2)])
def test_no_optimizer_changes_frozen_weights(name: str, frozen: tuple[int, ...]) -> None:
    kinds = (Dense(4, "tanh"), Dense(3, "relu"), Dense(2))
    network = Network([replaced(layer, index in frozen) for index, layer in enumerate(kinds)], (3,))
    before = network.parameters()
    optimizer = optimizers.get(name, learning_rate=0.1, weight_decay=0.1, clipnorm=1.0)
    network.fit(*data(), loss=MSE, optimizer=optimizer, batch_size=5, epochs=3)
    after = network.parameters()
    for index in range(3):
        same = (before[f"{index}.kernel"] == after[f"{index}.kernel"]).all()
        assert same == (index in frozen)


def replaced(layer: Dense, frozen: bool) -> Dense:
    return Dense(layer.units, layer.activation, trainable=not frozen)


def test_a_layer_that_is_frozen_for_a_while_trains_on_as_if_nothing_had_been_in_its_memory() -> None:
    x, y = data()
    network = Network([Dense(4, "tanh", trainable=False), Dense(2)], (3,), dtype="float64")
    program = network.compile(x, y, loss=MSE, optimizer=optimizers.get("adam"), batch_size=4)
    for _ in range(5):
        program.run_epoch()
    slots = program.export_state()
    assert not slots["slot.m"][: network.layer_sizes[0]].any()
    assert slots["slot.m"][network.layer_sizes[0] :].all()


def test_the_others_train_as_if_frozen_weights_were_constants() -> None:
    """Freezing the first layer is the same as giving the second one the first one's outputs as data."""
    x, y = data()
    frozen = Network([Dense(4, "tanh", trainable=False), Dense(2)], (3,), dtype="float64")
    alone = Network([Dense(2)], (4,), dtype="float64")
    alone.set_parameters({"0.kernel": frozen.parameters()["1.kernel"], "0.bias": frozen.parameters()["1.bias"]})
    features = Network([Dense(4, "tanh")], (3,), dtype="float64")
    features.set_parameters({name: frozen.parameters()[name] for name in ("0.kernel", "0.bias")})
    optimizer = optimizers.get("sgd", learning_rate=0.1, momentum=0.9, global_clipnorm=0.5)
    frozen.fit(x, y, loss=MSE, optimizer=optimizer, batch_size=5, epochs=4)
    alone.fit(features.forward(x), y, loss=MSE, optimizer=optimizer, batch_size=5, epochs=4)
    np.testing.assert_allclose(frozen.parameters()["1.kernel"], alone.parameters()["0.kernel"], rtol=1e-10)


def test_penalties_and_constraints_leave_frozen_weights_alone() -> None:
    first = Dense(4, kernel_regularizer=L2(0.1), kernel_constraint=MaxNorm(0.1), trainable=False)
    network = Network([first, Dense(2)], (3,))
    before = network.parameters()["0.kernel"]
    x, y = data()
    program = network.compile(x, y, loss=MSE, optimizer=optimizers.get("sgd"), l1=0.1, l2=0.1)
    program.run_epoch()
    np.testing.assert_array_equal(network.parameters()["0.kernel"], before)


def test_frozen_batch_normalization_uses_its_moving_statistics() -> None:
    x, y = data()
    network = dense(BatchNormalization(trainable=False))
    network.unpack_moving()["1.moving_mean"][...] = 0.3
    network.unpack_moving()["1.moving_variance"][...] = 2.0
    moving = network.moving.copy()
    loss, gradients = network.loss_and_gradients(x, y, MSE)
    assert loss == pytest.approx(network.evaluate(x, y, MSE))
    np.testing.assert_allclose(gradients["0.kernel"], numeric(network, x, y, "0.kernel"), atol=1e-8)
    network.fit(x, y, loss=MSE, optimizer=optimizers.get("sgd"), epochs=2)
    np.testing.assert_array_equal(network.moving, moving)


# -- muted -------------------------------------------------------------------------------------------------------------


def test_a_muted_unit_is_as_if_its_outgoing_weights_were_0() -> None:
    x, _ = data()
    muted = Network([Dense(4, "sigmoid", muted=(1, 3)), Dense(2)], (3,), seed=3)
    whole = Network([Dense(4, "sigmoid"), Dense(2)], (3,), seed=3)
    whole.unpack()["1.kernel"][[1, 3]] = 0
    np.testing.assert_array_equal(muted.forward(x), whole.forward(x))


@pytest.mark.parametrize("activation", ["linear", "relu", "tanh", "sigmoid", "gelu"])
def test_gradients_with_muted_units(activation: str) -> None:
    x, y = data()
    network = Network([Dense(4, activation, muted=(0, 2)), Dense(3, activation), Dense(2)], (3,), dtype="float64")
    network.flat[...] = np.random.default_rng(5).normal(size=network.size)  # no bias of 0: relu has a kink there
    _, gradients = network.loss_and_gradients(x, y, MSE)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, numeric(network, x, y, name), atol=1e-8, err_msg=name)
    assert not gradients["0.bias"][[0, 2]].any()


def test_a_muted_channel() -> None:
    x, y = data((6, 6, 1))
    stack = [Conv2D(3, 3, activation="tanh", muted=(1,)), MaxPooling2D(), Flatten(), Dense(2)]
    network = Network(stack, (6, 6, 1), dtype="float64")
    program = network.bind(4)
    program.input[...] = x[:4].transpose(3, 1, 2, 0)
    program.run()
    assert not program.outputs[0][1].any()
    assert program.outputs[0][0].any()
    _, gradients = network.loss_and_gradients(x, y, MSE)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, numeric(network, x, y, name), atol=1e-7, err_msg=name)


def test_muted_numbers_of_the_input() -> None:
    x, y = data((2, 2, 1))
    network = Network([Flatten(muted=(1,)), Dense(2)], (2, 2, 1), dtype="float64")
    _, gradients = network.loss_and_gradients(x, y, MSE)
    np.testing.assert_allclose(gradients["1.kernel"], numeric(network, x, y, "1.kernel"), atol=1e-8)
    assert not gradients["1.kernel"][1].any()


def test_fusions_change_nothing_beside_muted_and_frozen_layers() -> None:
    from playground.engine.fusions import Fusions

    x, y = data()
    results = []
    for on in (True, False):
        kinds = [Dense(4, "tanh", muted=(2,)), Dense(3, "tanh", trainable=False), Dense(3, "tanh"), Dense(2)]
        network = Network(kinds, (3,), dtype="float32")
        fusions = Fusions(shared_slopes=on, outputs_in_place=on)
        program = network.compile(x, y, loss=MSE, optimizer=optimizers.get("adam"), batch_size=5, fusions=fusions)
        for _ in range(3):
            program.run_epoch()
        results.append(network.flat.copy())
    np.testing.assert_array_equal(*results)


def test_units_that_are_not_there_cannot_be_muted() -> None:
    with pytest.raises(BuildError, match="unit 9 is muted, but there are only 4"):
        Network([Dense(4, muted=(8,)), Dense(1)], (2,))


def test_units_of_a_softmax_layer_cannot_be_muted_alone() -> None:
    with pytest.raises(BuildError, match="softmax shares 1 out among all units"):
        Network([Dense(4, "softmax", muted=(1,)), Dense(1)], (2,))


# -- bypassed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "layer", [Dense(7, "relu", bypassed=True), Dropout(0.5, bypassed=True), BatchNormalization(bypassed=True)]
)
def test_a_bypassed_layer_does_nothing_and_keeps_its_weights(layer: Layer) -> None:
    x, y = data()
    network, without = dense(layer), dense()
    for name in ("kernel", "bias"):
        network.unpack()[f"2.{name}"][...] = without.unpack()[f"1.{name}"]
        network.unpack()[f"0.{name}"][...] = without.unpack()[f"0.{name}"]
    own = {name: array for name, array in network.parameters().items() if name.startswith("1.")}
    assert network.shapes == ((4,), (4,), (2,))
    np.testing.assert_array_equal(network.forward(x), without.forward(x))
    optimizer = optimizers.get("adamw", learning_rate=0.05)
    for one in (network, without):
        one.fit(x, y, loss=MSE, optimizer=optimizer, batch_size=5, epochs=3, shuffle=False)
    np.testing.assert_array_equal(network.forward(x), without.forward(x))
    for name, array in own.items():
        np.testing.assert_array_equal(network.parameters()[name], array)


def test_a_bypassed_layer_at_the_input() -> None:
    x, y = data((4, 4, 1))
    network = Network([Conv2D(2, 3, bypassed=True), Flatten(), Dense(2)], (4, 4, 1), dtype="float64")
    assert network.shapes[0] == (4, 4, 1)
    assert network.layer_sizes[0] == 3 * 3 * 2 + 2
    loss, gradients = network.loss_and_gradients(x, y, MSE)
    assert loss == pytest.approx(network.evaluate(x, y, MSE))
    np.testing.assert_allclose(gradients["2.kernel"], numeric(network, x, y, "2.kernel"), atol=1e-8)
    assert not gradients["0.kernel"].any()


def test_a_bypassed_layer_that_would_not_fit_has_no_weights() -> None:
    network = Network([Conv2D(2, 3, bypassed=True), Dense(2)], (3,))
    assert network.layer_sizes == (0, 8)


@pytest.mark.parametrize("odd", [Dense(2, bypassed=True), Dense(2, muted=(0,))])
def test_the_output_layer_can_be_neither_bypassed_nor_muted(odd: Dense) -> None:
    with pytest.raises(BuildError, match="The output layer makes the prediction"):
        Network([Dense(4), odd], (3,))


# -- within a block ----------------------------------------------------------------------------------------------------


def test_a_frozen_block_freezes_all_that_stands_inside() -> None:
    x, y = data()
    network = dense(Residual((Dense(4, "tanh"), BatchNormalization(), Dense(4)), trainable=False))
    before, moving = network.parameters(), network.moving.copy()
    assert not network.layers[1].differs_in_training
    network.fit(x, y, loss=MSE, optimizer=optimizers.get("adamw", learning_rate=0.1), batch_size=5, epochs=3)
    np.testing.assert_array_equal(network.moving, moving)
    for name, array in network.parameters().items():
        assert (array == before[name]).all() == name.startswith("1."), name


def test_single_layers_inside_can_be_frozen() -> None:
    x, y = data()
    rule = L2(0.1)
    inner = (Dense(5, "tanh", kernel_regularizer=rule, trainable=False), Dense(4, kernel_constraint=MaxNorm(0.5)))
    network = dense(Residual(inner))
    before = network.parameters()
    network.fit(x, y, loss=MSE, optimizer=optimizers.get("adamw", learning_rate=0.1), batch_size=5, epochs=3)
    for name, array in network.parameters().items():
        assert (array == before[name]).all() == name.startswith("1.inner.0."), name


@pytest.mark.parametrize(
    "inner",
    [
        (Dense(4, "tanh", muted=(1,)), Dense(4)),
        (Dense(4, "tanh", bypassed=True), Dense(4, "tanh")),
        (Dense(5, "tanh"), Dense(4), BatchNormalization(bypassed=True)),
        (Dense(4, "tanh"), BatchNormalization(trainable=False), Dense(3), Dense(4, muted=(0, 3))),
        (Dense(6, bypassed=True),),
    ],
)
def test_gradients_through_a_block_with_changed_layers(inner: tuple[Layer, ...]) -> None:
    x, y = data()
    network = dense(Residual(inner))
    network.flat[...] = np.random.default_rng(5).normal(size=network.size)
    _, gradients = network.loss_and_gradients(x, y, MSE)
    learning = [name for name in gradients if gradients[name].any()]
    assert {"0.kernel", "2.kernel"} <= set(learning)
    for name in learning:
        np.testing.assert_allclose(gradients[name], numeric(network, x, y, name), atol=1e-7, err_msg=name)


def test_bypassed_layers_inside_are_as_if_they_were_not_there() -> None:
    x, _ = data()
    with_, without = dense(Residual((Dense(4, "tanh"), Dense(9, bypassed=True)))), dense(Residual((Dense(4, "tanh"),)))
    for name in without.unpack():
        with_.unpack()[name][...] = without.unpack()[name]
    np.testing.assert_array_equal(with_.forward(x), without.forward(x))


def test_frozen_weights_cost_no_penalty() -> None:
    x, y = data()
    first = Dense(4, kernel_regularizer=L2(0.1), trainable=False)
    network = Network([first, Dense(2)], (3,), dtype="float64")
    program = network.compile(x, y, loss=MSE, optimizer=optimizers.get("sgd"), l2=0.5)
    assert program.penalty() == pytest.approx(0.5 * np.square(network.unpack()["1.kernel"]).sum())
    assert network.penalty(x) == 0


# -- settings ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LAYERS.names())
def test_every_layer_has_them_behind_its_own_settings(name: str) -> None:
    from playground.engine.settings import describe

    *own, trainable, bypassed, muted = describe(LAYERS[name])
    assert [info.name for info in (trainable, bypassed, muted)] == ["trainable", "bypassed", "muted"]
    assert all(info.shared for info in (trainable, bypassed, muted))
    assert not any(info.shared for info in own)
    assert layers.LAYERS[name]().trainable
