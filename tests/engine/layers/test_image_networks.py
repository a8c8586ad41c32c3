"""Whole networks of image layers: they learn, predict in parts, and ask for what they need."""

import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, network, optimizers


def bars(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Images of 8 × 8 with one bar, lying (0) or upright (1), on noise."""
    rng = np.random.default_rng(seed)
    images, kinds = rng.normal(scale=0.3, size=(count, 8, 8, 2)), rng.integers(0, 2, count)
    for image, kind, place in zip(images, kinds, rng.integers(0, 8, count), strict=True):
        (image if kind == 0 else image.swapaxes(0, 1))[place] += 1
    return images, kinds


def classifier() -> Network:
    return Network(
        [
            layers.GaussianNoise(0.1),
            layers.Conv2D(6, 3, padding="same"),
            layers.BatchNormalization(momentum=0.9),
            layers.Activation("relu"),
            layers.MaxPooling2D(),
            layers.Residual([layers.Conv2D(8, 3, padding="same", activation="relu")]),
            layers.DepthwiseConv2D(2, activation="tanh"),
            layers.Dropout(0.1),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2, "softmax"),
        ],
        (8, 8, 2),
        seed=1,
    )


def test_a_network_of_all_kinds_learns() -> None:
    net, (x, y), (new_x, new_y) = classifier(), bars(200, 0), bars(100, 1)
    loss = losses.get("categorical_crossentropy")
    net.fit(x, y, loss=loss, optimizer=optimizers.get("adam", learning_rate=0.01), batch_size=32, epochs=12)
    assert (net.forward(new_x).argmax(axis=1) == new_y).mean() > 0.95
    assert net.evaluate(new_x, new_y, loss) < 0.2


def test_many_examples_are_predicted_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    net, (x, y) = classifier(), bars(10, 0)
    whole = net.forward(x)
    monkeypatch.setattr(network, "EVALUATION_BATCH", 4)
    np.testing.assert_allclose(net.forward(x), whole, atol=1e-6)
    loss = losses.get("categorical_crossentropy")
    assert net.evaluate(x, y, loss, batch=3) == pytest.approx(net.evaluate(x, y, loss), rel=1e-5)


def test_images_can_be_what_is_learned() -> None:
    """A small autoencoder: targets and outputs are images with two channels."""
    x, _ = bars(20, 0)
    net = Network([layers.Flatten(), layers.Dense(128), layers.Reshape((8, 8, 2))], (8, 8, 2), dtype="float64")
    loss = losses.get("mean_squared_error")
    value, _ = net.loss_and_gradients(x, x, loss)
    assert value == pytest.approx(np.square(net.forward(x) - x).mean())
    net.fit(x, x, loss=loss, optimizer=optimizers.get("adam", learning_rate=0.01), epochs=50)
    assert net.evaluate(x, x, loss) < 0.2 * value


def test_an_image_is_no_list_of_classes() -> None:
    net = Network([layers.Conv2D(3, activation="softmax")], (8, 8, 2))
    with pytest.raises(BuildError, match="image.*Dense"):
        net.fit(
            np.zeros((2, 8, 8, 2)),
            np.zeros((2, 6, 6, 3)),
            loss=losses.get("categorical_crossentropy"),
            optimizer=optimizers.get("sgd"),
        )
