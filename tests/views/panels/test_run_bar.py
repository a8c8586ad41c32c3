"""The run bar: buttons, speed, counters, seed, stop conditions."""

import pytest
from PySide6.QtWidgets import QAbstractSpinBox, QPushButton, QSlider, QSpinBox, QToolButton

from playground.training.records import RunState
from playground.views.panels.run_bar import RunBar, StatusLine
from playground.views.panels.stop_form import StopButton


@pytest.fixture
def bar(session, theme, actions, shown):
    return shown(RunBar(session, theme, actions), 1342, 52)


def test_it_fits_a_small_screen(bar):
    assert bar.minimumSizeHint().width() <= 1342
    assert bar.minimumSizeHint().height() <= 60


def test_train_and_pause_share_a_button(bar, session, qtbot):
    train = bar.findChild(QPushButton, "button.run.train")
    assert train.text() == "Train"
    train.click()
    qtbot.waitUntil(lambda: session.trainer.state is RunState.RUNNING)
    assert train.text() == "Pause"
    train.click()
    qtbot.waitUntil(lambda: session.trainer.state is RunState.PAUSED)
    assert train.text() == "Train"


def test_stepping_counts(bar, session, qtbot):
    bar.findChild(QToolButton, "button.run.step").click()
    qtbot.waitUntil(lambda: bar.counters["step"].text == "1")
    assert bar.counters["train_loss"].text.startswith("0.")
    assert bar.counters["test_metric"].text.endswith("%")
    menu = bar.findChild(QToolButton, "button.run.step").menu()
    assert [action.objectName() for action in menu.actions()] == ["run.step", "run.epoch"]
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: bar.counters["epoch"].text == "1")


def test_reset_clears_the_counters(bar, session, qtbot):
    session.trainer.step()
    qtbot.waitUntil(lambda: bar.counters["step"].text == "1")
    bar.findChild(QPushButton, "button.run.reset").click()
    qtbot.waitUntil(lambda: bar.counters["step"].text == "0")


def test_new_weights_and_the_seed_go_together(bar, session):
    seed = bar.findChild(QSpinBox, "network.seed")
    before = session.document.project.network.seed
    bar.findChild(QPushButton, "button.run.new_weights").click()
    assert seed.value() == session.document.project.network.seed != before
    seed.setValue(42)
    assert session.document.project.network.seed == 42


def test_buttons_follow_their_actions(bar, actions):
    undo = bar.findChild(QToolButton, "button.edit.undo")
    actions["edit.undo"].setEnabled(False)
    actions["edit.undo"].setToolTip("Undo add layer")
    assert not undo.isEnabled()
    assert undo.toolTip() == "Undo add layer"


def test_speed_runs_from_one_step_a_second_to_full(bar, session):
    speed = bar.findChild(QSlider, "run.speed")
    assert session.trainer.speed is None
    speed.setValue(0)
    assert session.trainer.speed == 1
    speed.setValue(speed.maximum())
    assert session.trainer.speed is None


def test_regression_shows_r2(bar, open_preset, snapshot, qtbot):
    open_preset("plane")
    snapshot(lambda moment: moment.counters.metric_name == "r2")
    assert bar.counters["test_metric"].caption == "test R²"


def test_stop_conditions_are_set_in_a_small_form(bar, session):
    button = bar.findChild(StopButton)
    assert button.text() == "Stop…"
    before = button.width()
    button.click()
    assert button.form.isVisible()
    button.form.findChild(QAbstractSpinBox, "training.stop.max_epochs").setValue(500)
    button.form.findChild(QAbstractSpinBox, "training.stop.loss_below").setValue(0.01)
    assert session.document.project.training.stop.max_epochs == 500
    assert session.document.project.training.stop.loss_below == 0.01
    assert button.text().startswith("Stop at 500")
    assert button.toolTip().startswith("Stop at 500 · < 0.01. ")
    assert button.width() == before
    button.form.hide()
    session.document.undo()
    session.document.undo()
    assert button.text() == "Stop…"


def test_another_theme_and_closing(bar, session, theme):
    theme.set_mode("dark")
    bar.close()
    session.trainer.step()
    theme.set_mode("light")
    bar.close()


def test_the_status_line_names_seed_and_rate(session, theme, shown, qtbot):
    line = shown(StatusLine(session, theme))
    assert line.text() == f"seed {session.document.project.network.seed}"
    session.trainer.train()
    qtbot.waitUntil(lambda: "updates/s" in line.text())
    session.trainer.pause()
    qtbot.waitUntil(lambda: "updates/s" not in line.text())


def test_a_narrow_bar_spares_what_is_least_needed(bar):
    seed, undo = bar.findChild(QSpinBox, "network.seed"), bar.findChild(QToolButton, "button.edit.undo")
    bar.resize(1000, 52)
    assert seed.isHidden()
    assert not bar.findChild(QPushButton, "button.run.train").isHidden()
    bar.resize(1342, 52)
    assert not seed.isHidden()
    assert not undo.isHidden()
