"""Blocks of an epoch: contiguous, one per mini-batch, whatever is left over."""

import numpy as np
import pytest

from playground.engine.batches import Batches


@pytest.mark.parametrize("numbers", [1, 3])
@pytest.mark.parametrize(("n", "batch"), [(7, 3), (6, 3), (2, 3), (1, 1)])
def test_blocks_hold_the_examples_in_order(n: int, batch: int, numbers: int) -> None:
    rows = np.arange(n * numbers, dtype=float).reshape(n, numbers)
    order = np.random.default_rng(0).permutation(n)
    blocks = Batches(n, numbers, batch, "float64")
    blocks.gather(rows, order)
    for index, start in enumerate(range(0, n, batch)):
        assert blocks[index].flags.c_contiguous
        np.testing.assert_array_equal(blocks[index], rows[order][start : start + batch].T)


def test_stretches_are_blocks_of_equal_size() -> None:
    blocks = Batches(8, 2, 3, "float32")
    assert [part.shape for part in blocks.stretches(0, 3)] == [(2, 2, 3), (1, 2, 2)]
    assert [part.shape for part in blocks.stretches(1, 2)] == [(1, 2, 3)]
    assert [part.shape for part in blocks.stretches(2, 3)] == [(1, 2, 2)]
    blocks.whole[1] = 5
    assert blocks.stretches(1, 2)[0].min() == 5
