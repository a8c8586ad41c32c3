"""Wrong use is told before anything is computed, in a sentence."""

from typing import Any

import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, optimizers, regularizers, schedules
from playground.engine.layers import Activation, BatchNormalization, Conv2D, Dense, Dropout, Flatten, Layer, Residual

X, Y = np.zeros((6, 2)), np.zeros((6, 1))
GOOD: dict[str, Any] = {"loss": losses.get("mean_squared_error"), "optimizer": optimizers.get("adam")}


def compile_with(x: Any = X, y: Any = Y, output: str = "linear", units: int = 1, **settings: Any) -> None:
    Network([Dense(3, "tanh"), Dense(units, output)], (2,)).compile(x, y, **{**GOOD, **settings})


# -- layers that do not go together ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stack", "shape", "told"),
    [
        ((), (2,), "at least an output layer"),
        ((3,), (2,), "Layer 1 is 3, which is no layer"),
        ((Dense(1),), (6, 6, 1), r"Layer 1 \(Dense\): A Dense layer needs a list of numbers, but gets 6 × 6 × 1"),
        ((Dense(3), Conv2D(2)), (2,), r"Layer 2 \(Conv2D\): Conv2D needs an image"),
        ((Conv2D(2, 9), Flatten(), Dense(1)), (6, 6, 1), "window of 9 × 9 is larger than the image"),
        ((Dense(0), Dense(1)), (2,), r"Layer 1 \(Dense\): Units is 0; it must be a whole number from 1 to 1024"),
        ((Dense(2.5), Dense(1)), (2,), "Units is 2.5; it must be a whole number"),
        ((Dense(2, "relux"), Dense(1)), (2,), "Activation is 'relux'; it must be one of: linear, relu"),
        ((Dropout(1.0), Dense(1)), (2,), "Rate is 1.0; it must be a number from 0 and below 1"),
        ((Dense(2, kernel_regularizer=regularizers.L2(-1.0)), Dense(1)), (2,), "L2 is -1.0"),
        ((Dense(3, muted=(-1,)), Dense(1)), (2,), "unit 0 is muted, but there are only 3"),
        ((Residual((Dense(4, muted=(4,)),)), Dense(1)), (4,), r"inside, layer 1 \(Dense\): unit 5 is muted"),
        ((Dense(1),), (), r"The input shape is \(\)"),
        ((Dense(1),), (0,), r"The input shape is \(0,\)"),
        ((Dense(1),), 2, "The input shape is 2"),
        ((Flatten(), Dense(1)), (3, 4), r"The input shape is \(3, 4\); it must be \(features,\) or"),
    ],
)
def test_layers_that_do_not_fit(stack: tuple[Layer, ...], shape: Any, told: str) -> None:
    with pytest.raises(BuildError, match=told):
        Network(stack, shape)


@pytest.mark.parametrize("dtype", ["int32", "float16", "complex128"])
def test_only_two_kinds_of_numbers(dtype: str) -> None:
    with pytest.raises(BuildError, match=f"cannot compute with {dtype} numbers; choose float32 or float64"):
        Network([Dense(1)], (2,), dtype=dtype)


# -- loss, output and settings of training -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"output": "softmax"}, "with 1 unit it always gives 1. Choose sigmoid or linear"),
        ({"output": "tanh", "loss": losses.get("binary_crossentropy")}, "activation is tanh; choose sigmoid there"),
        ({"output": "softmax", "loss": losses.get("categorical_crossentropy")}, "with 1 unit it always gives 1"),
        ({"loss": losses.get("categorical_crossentropy"), "output": "sigmoid"}, "one output unit per class"),
        ({"loss": losses.get("poisson"), "output": "tanh"}, "never negative"),
        ({"loss": losses.get("hinge"), "output": "sigmoid"}, "outputs on both sides of 0"),
        ({"loss": "mse"}, "The loss is 'mse'; make one by engine.losses.get"),
        ({"optimizer": None}, "The optimizer is None; make one by engine.optimizers.get"),
        ({"loss": losses.get("huber", delta=-1.0)}, r"The loss \(Huber\): Delta is -1.0"),
        ({"optimizer": optimizers.get("adam", learning_rate=-0.1)}, r"The optimizer \(Adam\): Learning rate is -0.1"),
        ({"optimizer": optimizers.get("sgd", learning_rate=float("nan"))}, "Learning rate is nan"),
        ({"schedule": schedules.get("step", every=0)}, r"The schedule \(step\): Every is 0"),
        ({"batch_size": 0}, "The batch size is 0"),
        ({"l2": -1.0}, "both must be finite numbers, 0 or more"),
        ({"l1": float("nan")}, "both must be finite numbers, 0 or more"),
    ],
)
def test_training_that_cannot_be(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(BuildError, match=told):
        compile_with(**settings)


def test_softmax_in_a_layer_of_its_own_over_one_unit() -> None:
    with pytest.raises(BuildError, match="with 1 unit it always gives 1"):
        Network([Dense(1), Activation("softmax")], (2,)).compile(X, Y, **GOOD)


# -- data --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "told"),
    [
        (np.zeros((6, 3)), Y, r"The inputs have shape \(6, 3\); the network needs \(n, 2\)"),
        (np.zeros((0, 2)), Y, "The inputs have shape"),
        (X, np.zeros((5, 1)), "There are 6 inputs but 5 targets"),
        (X, np.zeros((6, 2)), r"The targets have shape \(6, 2\); the network's output needs \(n, 1\)"),
        (np.full((6, 2), np.nan), Y, "The inputs hold values that are not finite"),
        (np.full((6, 2), 1e300), Y, "The inputs hold values that are not finite"),
        (X, np.full((6, 1), np.inf), "The targets hold values that are not finite"),
        (X, np.full((6, 1), 1e300), "The targets hold values that are not finite"),
        ([["a", "b"]], [[1.0]], "The inputs are not an array of numbers"),
        ([[1, 2], [3]], Y, "The inputs are not an array of numbers"),
        (X, [[None]] * 6, "The targets hold values that are not finite|The targets are not an array of numbers"),
    ],
)
def test_data_that_cannot_be_used(x: Any, y: Any, told: str) -> None:
    with pytest.raises(BuildError, match=told):
        compile_with(x, y)


@pytest.mark.parametrize(
    ("loss", "output", "units", "y", "told"),
    [
        ("categorical_crossentropy", "softmax", 3, [0, 1, 3], "There is a class 3, but 3 outputs stand for"),
        ("categorical_crossentropy", "softmax", 3, [0, 1, -1], "There is a class -1"),
        ("categorical_crossentropy", "softmax", 3, [0, 1, 1.5], "There is a class 1.5"),
        ("categorical_crossentropy", "softmax", 3, [0, 1, np.nan], "The targets hold values that are not finite"),
        ("binary_crossentropy", "sigmoid", 1, [[0], [1], [2]], "needs targets from 0 to 1, but there is 2"),
        ("hinge", "tanh", 1, [[0], [1], [0.5]], "needs targets 0 and 1"),
        ("hinge", "tanh", 1, [[0], [1], [np.nan]], "The targets hold values that are not finite"),
        ("poisson", "softplus", 1, [[0], [1], [-1]], "counts, 0 or more, but there is -1"),
        ("kl_divergence", "softmax", 2, [[0, 1], [0.5, 0.5], [2, -1]], "needs targets from 0 to 1"),
    ],
)
def test_targets_that_the_loss_cannot_take(loss: str, output: str, units: int, y: Any, told: str) -> None:
    with pytest.raises(BuildError, match=told):
        compile_with(X[:3], y, output=output, units=units, loss=losses.get(loss))


def test_nothing_is_changed_by_a_refusal() -> None:
    network = Network([Dense(3), BatchNormalization(), Dense(1)], (2,))
    before = network.parameters()
    for refused in ({"x": X + np.nan}, {"batch_size": -1}):
        with pytest.raises(BuildError):
            network.compile(**{"x": X, "y": Y, **GOOD, **refused})
    for name, array in network.parameters().items():
        np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        *((layers.LAYERS[name](), (3,)) for name in layers.LAYERS if "2d" in name),
        (Dense(2), (5, 5, 2)),
        (layers.Reshape((4,)), (3,)),
        (Residual((Conv2D(2, 3),)), (6, 6, 2)),
        (Residual(()), (3,)),
    ],
)
def test_a_layer_that_does_not_fit_says_which_one_it_is(layer: Layer, shape: tuple[int, ...]) -> None:
    with pytest.raises(BuildError) as refusal:
        Network([layer, Flatten(), Dense(1)], shape)
    assert str(refusal.value).startswith(f"Layer 1 ({layer.title}): ")
