"""The split: every row once, both parts filled, classes in equal shares."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.data.split import split


@given(st.integers(2, 400), st.floats(0.1, 0.9), st.integers(1, 10), st.integers(0, 2**31 - 1))
def test_every_row_is_used_once_and_classes_keep_their_share(count: int, share: float, classes: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    groups = rng.integers(0, classes, count)
    train, test = split(groups, count, share, rng)
    assert sorted([*train, *test]) == list(range(count))
    assert len(train) == min(max(round(count * share), 1), count - 1)
    for group in range(classes):
        expected = (groups == group).sum() * len(train) / count
        assert abs((groups[train] == group).sum() - expected) <= 1.01 + classes / 2


def test_regression_is_split_without_groups() -> None:
    train, test = split(None, 10, 0.5, np.random.default_rng(0))
    assert len(train) == len(test) == 5
    assert (np.diff(train) > 0).all()


def test_equal_classes_are_divided_equally() -> None:
    train, _ = split(np.arange(1000) % 4, 1000, 0.3, np.random.default_rng(3))
    assert np.bincount(train % 4).tolist() == [75, 75, 75, 75]
