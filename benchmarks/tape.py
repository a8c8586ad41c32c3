"""A training step written out by hand for one network (2-8-8-8-1 tanh, SGD): the yardstick of the recorded program.

Everything preallocated, batch last, biases as a row of the weights against a row of ones, activation slopes of the
three hidden layers in one pass: what a patient person would type, and no layer objects.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np

from benchmarks.workloads import Workload


def make_tape(load: Workload) -> Callable[[], float]:
    """A call that trains one epoch of ``load`` (tanh, linear output, SGD) and returns its mean squared error."""
    units, batch = load.units, load.batch
    x, y = load.data()
    rng = np.random.default_rng(0)
    sizes = [(inputs + 1) * outputs for inputs, outputs in pairwise(units)]
    weights = rng.uniform(-0.5, 0.5, sum(sizes)).astype(np.float32)
    gradients = np.zeros_like(weights)
    cuts = np.cumsum([0, *sizes])
    shapes = [(inputs + 1, outputs) for inputs, outputs in pairwise(units)]
    kernels = [weights[a:b].reshape(s) for a, b, s in zip(cuts[:-1], cuts[1:], shapes, strict=True)]
    slots = [gradients[a:b].reshape(s) for a, b, s in zip(cuts[:-1], cuts[1:], shapes, strict=True)]
    rows = np.cumsum([0, *(n + 1 for n in units[1:-1])])
    values, slopes, deltas = (np.ones((rows[-1], batch), np.float32) for _ in range(3))
    output, residual = np.zeros((1, batch), np.float32), np.zeros((load.steps, 1, batch), np.float32)
    one, scale = np.array(1, np.float32), np.array(2 * load.learning_rate / batch, np.float32)
    inputs = np.ones((load.steps, units[0] + 1, batch), np.float32)
    targets = np.zeros((load.steps, 1, batch), np.float32)
    pairs = list(pairwise(rows))

    def record(step: int) -> list[Callable[[], object]]:
        calls: list[Callable[[], object]] = []
        below = inputs[step]
        for (a, b), kernel in zip(pairs, kernels[:-1], strict=True):
            hidden = values[a : b - 1]
            calls += [partial(kernel.T.dot, below, hidden), partial(np.tanh, hidden, hidden)]
            below = values[a:b]
        error = residual[step]
        calls += [partial(kernels[-1].T.dot, below, output), partial(np.subtract, output, targets[step], error)]
        calls += [partial(np.multiply, values, values, slopes), partial(np.subtract, one, slopes, slopes)]
        above = error
        for index in range(len(pairs) - 1, -1, -1):
            a, b = pairs[index]
            delta = deltas[a:b]
            calls += [partial(values[a:b].dot, above.T, slots[index + 1])]
            calls += [partial(kernels[index + 1].dot, above, delta), partial(np.multiply, delta, slopes[a:b], delta)]
            above = deltas[a : b - 1]
        calls.append(partial(inputs[step].dot, above.T, slots[0]))
        return [
            *calls,
            partial(np.multiply, gradients, scale, gradients),
            partial(np.subtract, weights, gradients, weights),
        ]

    tape = [call for step in range(load.steps) for call in record(step)]

    def epoch() -> float:
        order = rng.permutation(load.examples).reshape(load.steps, batch)
        inputs[:, :-1] = x[order].transpose(0, 2, 1)
        targets[:] = y[order].transpose(0, 2, 1)
        for call in tape:
            call()
        return float(np.square(residual).mean())

    return epoch
