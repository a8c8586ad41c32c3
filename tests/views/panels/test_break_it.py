"""Break it: one named edit, a question, and the coach who confirms the repair."""

import pytest
from PySide6.QtWidgets import QPushButton

from playground.insight.coach.breaks import BREAKS
from playground.project import edits
from playground.training.records import RunState
from playground.views.panels.break_it import BreakIt
from playground.views.panels.coach import Coach
from playground.views.panels.message_bar import MessageBar


@pytest.fixture
def bar(session, theme, shown):
    return shown(MessageBar(session, theme), 1100, 30)


@pytest.fixture
def riddle(session, bar):
    coach = Coach(session, bar)
    riddle = BreakIt(session, bar, coach)
    yield riddle
    riddle.close()
    coach.close()


def buttons(bar):
    return {
        button.text(): button
        for button in bar.findChildren(QPushButton)
        if button.objectName().startswith("message.remedy") and button.isVisible()
    }


def test_it_breaks_by_one_edit_that_can_be_undone(session, riddle):
    before = session.document.project
    riddle.start(BREAKS["inputs"], secret=True)
    assert session.document.project.data.fault == "unscaled"
    assert session.document.undo_label == "Break something"
    session.document.undo()
    assert session.document.project == before


def test_the_right_answer_is_praised_and_the_repair_confirmed(session, bar, riddle, qtbot):
    riddle.start(BREAKS["inputs"])
    riddle.ask()
    found = buttons(bar)
    assert len(found) == 3
    found[BREAKS["inputs"].answer].click()
    assert bar.message.text.startswith("Right")
    session.document.apply(edits.set_value(session.document.project, "data.fault", "none"))
    qtbot.waitUntil(lambda: riddle.fault is None)
    assert bar.message.text.startswith("Repaired")
    session.trainer.pause()


def test_a_wrong_answer_may_try_again(session, bar, riddle):
    riddle.start(BREAKS["labels"])
    riddle.ask()
    wrong = next(button for text, button in buttons(bar).items() if text != BREAKS["labels"].answer)
    wrong.click()
    assert bar.message.text.startswith("No")
    buttons(bar)["Ask again"].click()
    assert len(buttons(bar)) == 3
    next(button for text, button in buttons(bar).items() if text != BREAKS["labels"].answer).click()
    buttons(bar)["Tell me"].click()
    assert BREAKS["labels"].answer in bar.message.text
    session.trainer.pause()


def test_one_riddle_at_a_time(session, bar, riddle):
    riddle.start(BREAKS["inputs"])
    riddle.start(BREAKS["rate"])
    assert "already" in bar.message.text
    assert riddle.fault is BREAKS["inputs"]
    session.trainer.pause()


def test_what_cannot_be_broken_says_why(session, bar, riddle, open_preset):
    open_preset("plane")
    riddle.start(BREAKS["loss"])
    assert riddle.fault is None
    assert "asks for numbers" in bar.message.text


def test_a_surprise_breaks_something(session, riddle):
    riddle.surprise()
    assert riddle.fault is not None
    assert not riddle.fault.mended(session.document.project)
    assert session.document.undo_label == "Break something"
    session.trainer.pause()


def test_another_project_ends_the_riddle(session, bar, riddle, open_preset):
    riddle.start(BREAKS["inputs"])
    open_preset("xor")
    assert riddle.fault is None
    assert bar.message is None or "went wrong" not in bar.message.text


def test_the_coach_helps_whoever_dismisses_the_question(session, bar, riddle, qtbot):
    session.trainer.set_speed(50)  # at full speed the run stops itself before the coach looks again
    riddle.start(BREAKS["inputs"])
    riddle.ask()
    bar.clear()
    qtbot.waitUntil(lambda: bar.message is not None and "not scaled" in bar.message.text)
    session.trainer.pause()


def test_undo_takes_the_fault_back_also_after_training(session, bar, riddle, qtbot):
    riddle.start(BREAKS["labels"])
    riddle.ask()
    buttons(bar)[BREAKS["labels"].answer].click()
    session.trainer.pause()
    qtbot.waitUntil(lambda: session.trainer.state is RunState.PAUSED)
    buttons(bar)["Undo"].click()
    assert session.document.project.data.fault == "none"


def test_the_coach_can_be_asked_for_the_repair(session, bar, riddle, qtbot):
    session.trainer.set_speed(50)
    riddle.start(BREAKS["inputs"])
    riddle.ask()
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch > 0)
    buttons(bar)[BREAKS["inputs"].answer].click()
    buttons(bar)["Ask the coach"].click()
    buttons(bar)["Scale the inputs"].click()
    assert session.document.project.data.fault == "none"
    session.trainer.set_speed(None)
    qtbot.waitUntil(lambda: riddle.fault is None)
    session.trainer.pause()
