"""The menu Learn in the real window."""

from PySide6.QtWidgets import QMenu

from playground.app.learn_actions import LEARN
from playground.insight.coach.breaks import BREAKS


def test_every_fault_has_its_row(window):
    names = {spec.id.removeprefix("learn.break.") for spec in LEARN if spec.id.startswith("learn.break.")}
    assert names == set(BREAKS)
    titles = [menu.title() for menu in window.menuBar().findChildren(QMenu)]
    assert "&Learn" in titles


def test_a_bug_is_planted_and_removed(window):
    action = window.actions_by_id["learn.bug"]
    action.trigger()
    document = window.session.document
    assert document.project.training.bug in (0, 1, 2)
    assert document.undo_label == "Plant a bug"
    assert action.isChecked()
    document.undo()
    assert document.project.training.bug is None
    assert not action.isChecked()
    document.redo()
    action.trigger()
    assert document.project.training.bug is None
    assert not action.isChecked()


def test_the_lamp_tells_which_layer_is_wrong(window, qtbot):
    window.show()
    window.session.trainer.set_drawing(True)
    window.actions_by_id["learn.bug"].trigger()
    layer = window.session.document.project.training.bug
    window.session.trainer.set_speed(20.0)  # a run that is through leaves no gradient that could be wrong
    window.session.trainer.train()
    qtbot.waitUntil(lambda: window.lamp.wrong == (layer,), timeout=60_000)
    assert f"layer {layer + 1}" in window.messages.message.text
    window.session.trainer.pause()


def test_the_coach_can_be_switched_off(window):
    action, coach = window.actions_by_id["learn.coach"], window.verbs.learn.coach
    assert action.isChecked()
    action.trigger()
    assert not coach.on
    assert not action.isChecked()
    action.trigger()
    assert coach.on


def test_a_chart_is_opened_by_the_coach(window):
    window.verbs.learn.coach.open_chart("health")
    assert window.tabs.tabText(window.tabs.currentIndex()) == "Weights && gradients"
