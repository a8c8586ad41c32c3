"""Other noise, labels, balance or settings of the data: what was trained stays, and training goes on."""

import numpy as np
import pytest

from playground.data.sources import Spiral
from playground.project import edits
from playground.training.records import RunState


def trained(session, qtbot, epochs=3):
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch >= epochs)


@pytest.mark.parametrize(
    ("path", "value"), [("data.noise", 0.3), ("data.label_noise", 0.2), ("data.balance", 0.7), ("data.seed", 3)]
)
def test_the_weights_stay_while_the_data_change(session, qtbot, path, value):
    trained(session, qtbot)
    session.trainer.pause()
    before = session.trainer.capture()
    session.document.apply(edits.set_value(session.document.project, path, value))
    after = session.trainer.capture()
    np.testing.assert_array_equal(before.parameters, after.parameters)
    assert after.step == before.step
    assert (session.document.samples.dataset.n) == 500


def test_training_goes_on_with_wrong_labels(session, qtbot):
    trained(session, qtbot)
    session.document.apply(edits.set_value(session.document.project, "data.label_noise", 0.2))
    epoch = session.trainer.latest.counters.epoch if session.trainer.latest else 0
    qtbot.waitUntil(
        lambda: (
            session.trainer.latest is not None
            and session.trainer.latest.state is RunState.RUNNING
            and session.trainer.latest.counters.epoch > epoch + 3
        )
    )
    assert len(session.document.samples.dataset.flipped) == round(0.2 * len(session.document.samples.dataset.train))


def test_more_arms_keep_the_hidden_layers(session, qtbot):
    session.document.apply(edits.set_source(session.document.project, Spiral(3)))
    trained(session, qtbot)
    session.trainer.pause()
    before = session.trainer.capture().parameters
    session.document.apply(edits.set_value(session.document.project, "data.source.arms", 4))
    after = session.trainer.capture().parameters
    hidden = (2 + 1) * 4 + (4 + 1) * 2
    np.testing.assert_array_equal(before[:hidden], after[:hidden])
