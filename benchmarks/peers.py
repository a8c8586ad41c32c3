"""The engines that are compared. Each ``make_…`` returns a call that does one epoch (or one grid), or None.

None means that this engine cannot do the workload. A library that is not installed raises ImportError.
"""

import importlib.util
import os
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.workloads import Workload

Epoch = Callable[[], object]
FILTERS = (8, 16)


def make_ours(load: Workload) -> Epoch:
    """The engine of this project."""
    from playground.engine import Network, layers, losses, optimizers

    body: list[Any] = []
    if load.image:
        conv, (first, second) = layers.Conv2D, FILTERS
        body = [conv(first, 3, activation="relu"), layers.MaxPooling2D(2), conv(second, 3, activation="relu")]
        body.append(layers.Flatten())
    else:
        body = [layers.Dense(units, activation=load.activation) for units in load.units[1:-1]]
    output = layers.Dense(load.units[-1], activation="softmax" if load.classifies else "linear")
    x, y = load.data()
    network = Network([*body, output], input_shape=x.shape[1:], seed=0)
    if load.grid:
        program = network.bind(load.batch)
        program.input[...] = x.T
        run: Epoch = program.run
        return run
    training = network.compile(
        x,
        y,
        loss=losses.get("categorical_crossentropy" if load.classifies else "mean_squared_error"),
        optimizer=optimizers.get(load.optimizer, learning_rate=load.learning_rate),
        batch_size=load.batch,
        rng=np.random.default_rng(0),
    )
    epoch: Epoch = training.run_epoch
    return epoch


def make_torch(load: Workload) -> Epoch | None:
    """PyTorch, eager, one thread, the loop of its tutorial."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    activation = {"tanh": nn.Tanh, "relu": nn.ReLU}[load.activation]
    parts: list[Any] = []
    if load.image:
        first, second = FILTERS
        side = (load.image[0] - 2) // 2 - 2
        parts = [
            nn.Conv2d(1, first, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(first, second, 3),
            nn.ReLU(),
            nn.Flatten(),
        ]
        parts.append(nn.Linear(second * side * side, load.units[-1]))
    else:
        for inputs, outputs in zip(load.units[:-2], load.units[1:-1], strict=True):
            parts += [nn.Linear(inputs, outputs), activation()]
        parts.append(nn.Linear(load.units[-2], load.units[-1]))
    model = nn.Sequential(*parts)
    inputs_array, targets = load.data()
    x = torch.from_numpy(inputs_array.transpose(0, 3, 1, 2).copy() if load.image else inputs_array)
    y = torch.from_numpy(targets.argmax(1)) if load.classifies else torch.from_numpy(targets)
    if load.grid:

        def grid() -> None:
            with torch.no_grad():
                values = x
                for part in parts:
                    values = part(values)

        return grid
    loss_of = nn.CrossEntropyLoss() if load.classifies else nn.MSELoss()
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[load.optimizer]
    optimizer = kind(model.parameters(), lr=load.learning_rate)

    def epoch() -> None:
        order = torch.randperm(load.examples)
        for start in range(0, load.examples, load.batch):
            chosen = order[start : start + load.batch]
            optimizer.zero_grad()
            loss_of(model(x[chosen]), y[chosen]).backward()
            optimizer.step()

    return epoch


def make_sklearn(load: Workload) -> Epoch | None:
    """scikit-learn's MLP, one pass over the data at a time."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    if load.image or load.grid:
        return None
    kind = MLPClassifier if load.classifies else MLPRegressor
    model = kind(
        hidden_layer_sizes=load.units[1:-1],
        activation=load.activation,
        solver=load.optimizer,
        batch_size=load.batch,
        learning_rate_init=load.learning_rate,
        momentum=0.0,
        nesterovs_momentum=False,
        alpha=0.0,
        random_state=0,
    )
    x, targets = load.data()
    if load.classifies:
        labels = targets.argmax(1)
        classes = np.arange(load.units[-1])
        return lambda: model.partial_fit(x, labels, classes=classes)
    values = targets[:, 0]
    return lambda: model.partial_fit(x, values)


def make_keras(load: Workload) -> Epoch | None:
    """Keras, `fit` without output; unless something else is set up on JAX where that is installed: its fastest."""
    if importlib.util.find_spec("jax"):
        os.environ.setdefault("KERAS_BACKEND", "jax")
    elif importlib.util.find_spec("torch"):
        os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    dense = keras.layers.Dense
    x, y = load.data()
    if load.image:
        first, second = FILTERS
        conv = keras.layers.Conv2D
        body = [conv(first, 3, activation="relu"), keras.layers.MaxPooling2D(2), conv(second, 3, activation="relu")]
        body.append(keras.layers.Flatten())
    else:
        body = [dense(units, activation=load.activation) for units in load.units[1:-1]]
    output = dense(load.units[-1], activation="softmax" if load.classifies else "linear")
    model = keras.Sequential([keras.Input(x.shape[1:]), *body, output])
    if load.grid:
        all_units = keras.Model(model.inputs, [layer.output for layer in model.layers])
        return lambda: all_units.predict_on_batch(x)
    kind = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[load.optimizer]
    loss = "categorical_crossentropy" if load.classifies else "mean_squared_error"
    model.compile(optimizer=kind(load.learning_rate), loss=loss)
    return lambda: model.fit(x, y, batch_size=load.batch, epochs=1, verbose=0)


def make_jax(load: Workload) -> Epoch | None:
    """JAX, a whole epoch compiled with jit and scan."""
    import jax
    import jax.numpy as jnp

    squash = {"tanh": jnp.tanh, "relu": jax.nn.relu}[load.activation]
    rng = np.random.default_rng(0)
    pairs = zip(load.units[:-1], load.units[1:], strict=True)
    shapes: list[tuple[int, ...]] = list(pairs)
    if load.image:
        (first, second), small = FILTERS, (load.image[0] - 2) // 2 - 2
        shapes = [(3, 3, 1, first), (3, 3, first, second), (second * small**2, load.units[-1])]
    weights = [
        (jnp.asarray(rng.normal(0, np.prod(shape[:-1]) ** -0.5, shape), jnp.float32), jnp.zeros(shape[-1]))
        for shape in shapes
    ]
    x, y = (jnp.asarray(array) for array in load.data())

    def outputs(weights: Any, values: Any) -> list[Any]:
        found = []
        for index, (kernel, bias) in enumerate(weights[:-1]):
            values = squash((_jax_windows(values, kernel, pool=index == 1) if load.image else values @ kernel) + bias)
            found.append(values)
        kernel, bias = weights[-1]
        return [*found, values.reshape(len(values), -1) @ kernel + bias]

    if load.grid:
        forward = jax.jit(outputs)
        return lambda: jax.block_until_ready(forward(weights, x))

    def loss(weights: Any, x: Any, y: Any) -> Any:
        z = outputs(weights, x)[-1]
        return -jnp.mean(jnp.sum(y * jax.nn.log_softmax(z), axis=1)) if load.classifies else jnp.mean((z - y) ** 2)

    return _jax_epoch(load, weights, x, y, loss)


def _jax_windows(images: Any, kernel: Any, *, pool: bool) -> Any:
    """A convolution, after max pooling 2×2 where there is some."""
    from jax import lax

    if pool:
        images = lax.reduce_window(images, -np.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    return lax.conv_general_dilated(images, kernel, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))


def _jax_epoch(load: Workload, weights: Any, x: Any, y: Any, loss: Callable[..., Any]) -> Epoch:
    import jax
    import jax.numpy as jnp

    tree, rate = jax.tree_util, load.learning_rate
    whole = load.examples // load.batch

    def adam(state: Any, gradients: Any) -> Any:
        weights, m, v, step = state
        step = step + 1
        m = tree.tree_map(lambda m, g: 0.9 * m + 0.1 * g, m, gradients)
        v = tree.tree_map(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradients)
        size = rate * jnp.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        return tree.tree_map(lambda w, m, v: w - size * m / (jnp.sqrt(v) + 1e-7), weights, m, v), m, v, step

    def sgd(state: Any, gradients: Any) -> Any:
        return (tree.tree_map(lambda w, g: w - rate * g, state[0], gradients), *state[1:])

    update = {"sgd": sgd, "adam": adam}[load.optimizer]

    @jax.jit
    def run(state: Any, key: Any) -> Any:
        order = jax.random.permutation(key, load.examples)[: whole * load.batch].reshape(whole, load.batch)

        def one(state: Any, chosen: Any) -> Any:
            return update(state, jax.grad(loss)(state[0], x[chosen], y[chosen])), None

        return jax.lax.scan(one, state, order)[0]

    zeros = tree.tree_map(jnp.zeros_like, weights)
    held = [(weights, zeros, zeros, jnp.float32(0.0)), jax.random.PRNGKey(0)]

    def epoch() -> None:
        held[1], key = jax.random.split(held[1])
        held[0] = jax.block_until_ready(run(held[0], key))

    return epoch


PEERS: dict[str, Callable[[Workload], Epoch | None]] = {
    "PyTorch": make_torch,
    "scikit-learn": make_sklearn,
    "Keras": make_keras,
    "JAX": make_jax,
}
