"""The coach in the window: one hint at a time, never nagging, undoable, can be switched off."""

import pytest
from PySide6.QtWidgets import QPushButton, QToolButton

from playground.insight import coach as module
from playground.insight.coach import Hint
from playground.project import edits
from playground.training.records import RunState
from playground.views.messages import Message, Severity
from playground.views.panels.coach import Coach
from playground.views.panels.message_bar import MessageBar


@pytest.fixture
def bar(session, theme, shown):
    return shown(MessageBar(session, theme), 1100, 30)


@pytest.fixture
def coach(session, bar):
    coach = Coach(session, bar)
    yield coach
    coach.close()


def spoil(session):
    project = session.document.project
    session.document.apply(edits.set_value(project, "data.fault", "unscaled"))


def buttons(bar):
    return [button for button in bar.findChildren(QPushButton) if button.objectName().startswith("message.remedy")]


def test_a_fault_is_told_with_a_remedy_a_chart_and_a_reason(session, bar, coach, qtbot):
    opened = []
    coach.open_chart = opened.append
    spoil(session)
    qtbot.waitUntil(lambda: coach.hint is not None)
    assert coach.hint.rule == "unscaled"
    assert "not scaled" in bar.message.text
    assert [button.text() for button in buttons(bar)] == ["Scale the inputs", "Show me"]
    assert bar.findChild(QPushButton, "message.details").text() == "Why?"
    buttons(bar)[1].click()
    assert opened == ["distillation"]
    assert bar.message is not None, "looking at the chart does not end the hint"
    buttons(bar)[0].click()
    assert session.document.project.data.fault == "none"
    assert session.document.undo_label == "Scale the inputs"
    assert bar.message is None


def test_a_hint_goes_when_its_cause_is_gone(session, bar, coach, qtbot):
    spoil(session)
    qtbot.waitUntil(lambda: coach.hint is not None)
    session.document.undo()
    assert bar.message is None
    assert coach.hint is None


def test_a_hint_that_was_dismissed_does_not_come_again(session, bar, coach, qtbot):
    spoil(session)
    qtbot.waitUntil(lambda: coach.hint is not None)
    bar.findChild(QToolButton, "message.dismiss").click()
    session.trainer.epoch()
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch == 1)
    qtbot.waitUntil(lambda: session.trainer.state is RunState.PAUSED)
    assert bar.message is None


def test_it_never_takes_the_place_of_a_message_that_stays(session, bar, coach):
    bar.show_message(Message(Severity.WARNING, "Something stopped."))
    assert not bar.show_hint(Message(Severity.INFO, "A hint."))
    assert bar.message.text == "Something stopped."


def test_it_can_be_switched_off_and_remembers(session, bar, coach, qtbot):
    coach.set_on(False)
    spoil(session)
    session.trainer.epoch()
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch == 1)
    assert bar.message is None
    assert not Coach(session, bar).on


def test_only_epochs_since_the_last_change_are_looked_at(session, bar, coach, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(module, "advise", lambda evidence, told: seen.append(evidence))
    session.trainer.train(until_epoch=5)
    qtbot.waitUntil(lambda: len(session.trainer.curves) == 5 and session.trainer.state is RunState.PAUSED)
    session.document.apply(edits.set_value(session.document.project, "training.batch_size", 20))
    session.trainer.epoch()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].since == 5 and seen[-1].epochs == 1)


def test_an_edit_that_fits_no_more_is_not_offered_for_another_network(session, bar, coach, qtbot):
    spoil(session)
    qtbot.waitUntil(lambda: coach.hint is not None)
    assert isinstance(coach.hint, Hint)
    session.document.apply(edits.add_layer(session.document.project, 1))
    assert all(button.text() != "Scale the inputs" or not button.isVisible() for button in buttons(bar))
