"""Reducing the rate and stopping, by hand-made losses and in a real training."""

from typing import Any

import numpy as np
import pytest

from playground.engine import BuildError, Network, layers, losses, optimizers, schedules
from playground.engine.plateaus import EarlyStopping, ReduceOnPlateau
from playground.engine.settings import check


def rates(settings: ReduceOnPlateau, falling: list[float], rate: float = 1.0) -> list[float]:
    watch, seen = settings.watch(), []
    for loss in falling:
        rate = watch.learning_rate(loss, rate)
        seen.append(rate)
    return seen


def test_the_rate_falls_after_patience_epochs_without_progress() -> None:
    settings = ReduceOnPlateau(factor=0.5, patience=2, min_delta=0.1)
    #                        best  no   no     best  no   no (0.05 is too little)
    assert rates(settings, [1.0, 1.0, 0.95, 0.5, 0.5, 0.45, 0.45]) == [1.0, 1.0, 0.5, 0.5, 0.5, 0.25, 0.25]


def test_a_cool_down_is_not_judged_and_the_rate_has_a_floor() -> None:
    settings = ReduceOnPlateau(factor=0.5, patience=1, cooldown=2, min_lr=0.3)
    assert rates(settings, [1.0] * 8) == [1.0, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3, 0.3]


def stopped_at(settings: EarlyStopping, falling: list[float]) -> int | None:
    """The epoch, from 1, after which training stops."""
    watch = settings.watch()
    return next((epoch for epoch, loss in enumerate(falling, start=1) if watch.met(loss, np.zeros(1))), None)


@pytest.mark.parametrize(
    ("settings", "falling", "epoch"),
    [
        (EarlyStopping(), [3.0, 2.0, 1.0], None),
        (EarlyStopping(), [3.0, 2.0, 2.0], 3),
        (EarlyStopping(patience=2), [3.0, 2.0, 2.5, 1.0, 1.5, 1.2, 0.1], 6),
        (EarlyStopping(min_delta=0.5), [3.0, 2.0, 1.6], 3),
        (EarlyStopping(), [float("nan")] * 3, 2),
    ],
)
def test_stopping_waits_for_progress(settings: EarlyStopping, falling: list[float], epoch: int | None) -> None:
    assert stopped_at(settings, falling) == epoch


def test_the_best_weights_are_kept() -> None:
    watch = EarlyStopping(patience=5, restore_best_weights=True).watch()
    for epoch, loss in enumerate([3.0, 1.0, 2.0]):
        watch.met(loss, np.full(2, epoch), np.full(1, 10 + epoch))
    assert [weights.tolist() for weights in watch.best_weights] == [[1, 1], [11]]


@pytest.mark.parametrize("cls", [EarlyStopping, ReduceOnPlateau])
def test_defaults_lie_in_their_ranges(cls: Any) -> None:
    check(cls())


X = np.random.default_rng(0).normal(size=(30, 2))
Y = X[:, :1] * X[:, 1:]


def fitted(**settings: Any) -> tuple[Network, dict[str, list[float]]]:
    net = Network([layers.Dense(16, activation="tanh"), layers.Dense(1)], (2,), seed=1, dtype="float64")
    options = {"optimizer": optimizers.get("adam", learning_rate=0.05), "epochs": 60, **settings}
    return net, net.fit(X[:20], Y[:20], loss=losses.get("mean_squared_error"), **options)


def test_fitting_stops_early_and_goes_back_to_the_best_weights() -> None:
    measure = losses.get("mean_squared_error")
    net, history = fitted(
        validation_data=(X[20:], Y[20:]),
        optimizer=optimizers.get("sgd", learning_rate=0.7),
        early_stopping=EarlyStopping(patience=3, restore_best_weights=True),
    )
    assert len(history["loss"]) < 60
    assert net.evaluate(X[20:], Y[20:], measure) == pytest.approx(min(history["val_loss"]), rel=1e-12)


def test_fitting_reduces_the_rate_on_a_plateau() -> None:
    _, history = fitted(reduce_on_plateau=ReduceOnPlateau(factor=0.5, patience=1, min_delta=1e9))
    # the first epoch is progress from infinity; then every epoch halves the rate of the next one
    assert history["learning_rate"][:4] == pytest.approx([0.05, 0.05, 0.025, 0.0125])


def test_the_history_follows_a_schedule() -> None:
    _, history = fitted(schedule=schedules.get("step", every=20, factor=0.1), batch_size=1, epochs=3)
    assert history["learning_rate"] == pytest.approx([0.05, 0.005, 0.0005])


def test_only_one_may_set_the_rate() -> None:
    with pytest.raises(BuildError, match="choose one"):
        fitted(schedule=schedules.get("constant"), reduce_on_plateau=ReduceOnPlateau())
