"""Change flags and their effect on a run."""

import pytest

from playground.data.sources import Xor
from playground.project import Project, paths
from playground.project.changes import Change, Effect, compare, effect

CASES = [
    ("data.source", Xor(), Change.DATA, Effect.CARRY_OVER),
    ("data.noise", 0.3, Change.DATA, Effect.CARRY_OVER),
    ("data.points", 50, Change.DATA, Effect.CARRY_OVER),
    ("data.training_share", 0.5, Change.DATA, Effect.CARRY_OVER),
    ("data.seed", 5, Change.DATA, Effect.CARRY_OVER),
    ("data.features", ("x1",), Change.FEATURES, Effect.CARRY_OVER),
    ("network.layers.0.units", 5, Change.NETWORK, Effect.CARRY_OVER),
    ("network.layers.0.activation", "relu", Change.NETWORK, Effect.CARRY_OVER),
    ("network.seed", 5, Change.WEIGHTS, Effect.RESTART),
    ("training.loss", "mean_squared_error", Change.LOSS, Effect.LIVE),
    ("training.optimizer.learning_rate", 1.0, Change.OPTIMIZER, Effect.LIVE),
    ("training.optimizer", "sgd", Change.OPTIMIZER, Effect.LIVE),
    ("training.batch_size", 5, Change.TRAINING, Effect.LIVE),
    ("training.l1", 0.1, Change.TRAINING, Effect.LIVE),
    ("training.l2", 0.1, Change.TRAINING, Effect.LIVE),
    ("training.stop.max_epochs", 5, Change.STOP, Effect.LIVE),
    ("view.discretize", True, Change.VIEW, Effect.NOTHING),
]


@pytest.mark.parametrize(("path", "value", "change", "reach"), CASES)
def test_one_setting_sets_one_flag(path: str, value: object, change: Change, reach: Effect) -> None:
    changed = paths.set(Project(), path, value)
    assert compare(Project(), changed) == change
    assert compare(changed, Project()) == change
    assert effect(change) is reach


def test_equal_projects_do_not_differ() -> None:
    assert compare(Project(), Project()) == Change.NOTHING
    assert effect(Change.NOTHING) is Effect.NOTHING


def test_all_covers_every_flag() -> None:
    for change in Change:
        assert change in Change.ALL


def test_the_strongest_effect_counts() -> None:
    assert effect(Change.VIEW | Change.LOSS) is Effect.LIVE
    assert effect(Change.LOSS | Change.DATA) is Effect.CARRY_OVER
    assert effect(Change.ALL) is Effect.RESTART
