"""Every example judged, against the engine's public functions."""

import numpy as np
import pytest

from playground.engine import losses
from playground.insight import judged as module
from playground.insight.judged import Judge
from playground.insight.pictures import JUDGED, compute
from playground.project import presets
from playground.training import run


@pytest.mark.parametrize("name", ["circle", "blobs", "plane", "digits"])
def test_outputs_losses_and_decisions_are_those_of_the_network(name: str) -> None:
    loop = run.ready(presets.load(name), None, 3)
    judged = compute(loop, frozenset({JUDGED}))[JUDGED]
    dataset, loss = loop.samples.dataset, loop.project.training.loss
    assert judged.rows.tolist() == list(range(dataset.n))
    assert judged.outputs == pytest.approx(loop.network.forward(loop.samples.inputs), abs=1e-5)
    for place in (0, dataset.n // 2, dataset.n - 1):
        one, target = judged.outputs[place][None, :, None].astype(float), dataset.targets[place][None, :, None]
        assert judged.losses[place] == pytest.approx(float(loss.values(one, target.astype(float))[0]), rel=1e-5)
    if dataset.labels is not None:
        right = judged.decided[dataset.test] == dataset.labels[dataset.test]
        assert right.mean() == pytest.approx(loop.evaluate().test_metric)
    else:
        assert (judged.decided == -1).all()


def test_the_mean_loss_is_the_one_that_is_displayed() -> None:
    loop = run.ready(presets.load("circle"), None, 5)
    judged, train = (
        Judge(loop.network, loop.samples).judged(losses.get("binary_crossentropy")),
        loop.samples.dataset.train,
    )
    assert judged.losses[train].mean() == pytest.approx(loop.evaluate().train_loss, rel=1e-4)


def test_the_worst_come_first_and_cells_hold_what_they_say() -> None:
    loop = run.ready(presets.load("blobs"), None, 1)
    judged = Judge(loop.network, loop.samples).judged(loop.project.training.loss)
    worst = judged.worst(np.ones(len(judged.rows), np.bool_), 10)
    assert judged.losses[worst].tolist() == sorted(judged.losses.tolist(), reverse=True)[:10]
    labels = loop.samples.dataset.labels
    cells = [judged.cell(labels, true, taken).sum() for true in range(3) for taken in range(3)]
    assert sum(cells) == len(judged.rows)


def test_of_very_many_examples_some_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 100)
    monkeypatch.setattr(module, "CHUNK", 30)
    loop = run.ready(presets.load("circle"), None, 1)
    judged = Judge(loop.network, loop.samples).judged(loop.project.training.loss)
    assert len(judged.rows) == 100
    assert judged.outputs == pytest.approx(loop.network.forward(loop.samples.inputs[judged.rows]), abs=1e-5)
    assert judged.place(int(judged.rows[7])) == 7
    missing = next(row for row in range(500) if row not in set(judged.rows.tolist()))
    assert judged.place(missing) is None
    assert judged.place(10_000) is None
