"""The message line: why a run stopped, what keeps it from training, remedies; nothing blocks."""

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QToolButton

from playground.project import edits
from playground.training.records import RunState, TrainingError
from playground.views.messages import Message, Remedy, Severity
from playground.views.panels.message_bar import MessageBar


@pytest.fixture
def bar(session, theme, shown):
    return shown(MessageBar(session, theme), 1100, 30)


def remedies(bar):
    return [button for button in bar.findChildren(QPushButton) if button.objectName().startswith("message.remedy")]


def test_a_hint_with_a_remedy(bar):
    pressed = []
    bar.show_message(
        Message(Severity.INFO, "Try three units.", (Remedy("Apply", "Removes a unit", lambda: pressed.append(1)),))
    )
    assert [button.text() for button in remedies(bar)] == ["Apply"]
    assert bar.grab().toImage().pixelColor(40, 15).isValid()
    remedies(bar)[0].click()
    assert pressed == [1]
    assert bar.message is None


def test_a_message_can_be_dismissed(bar):
    bar.show_message(Message(Severity.WARNING, "Something."))
    dismiss = bar.findChild(QToolButton, "message.dismiss")
    assert dismiss.isVisible()
    dismiss.click()
    assert bar.message is None
    assert not dismiss.isVisible()


def test_a_diverged_run_is_explained_and_mended(bar, session, qtbot):
    document = session.document
    document.apply(edits.set_loss(document.project, "mean_squared_error"))
    document.apply(edits.set_activation(document.project, 2, "linear"))
    document.apply(edits.set_optimizer(document.project, "sgd"))
    document.apply(edits.set_value(document.project, "training.optimizer.learning_rate", 2.0))
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.state is RunState.DIVERGED)
    qtbot.waitUntil(lambda: bar.message is not None)
    assert bar.message.severity is Severity.WARNING
    assert bar.message.text.startswith("Training stopped")
    assert len(remedies(bar)) == 2
    session.trainer.set_speed(20)  # slow enough to be seen running, whatever comes of it
    remedies(bar)[0].click()
    assert document.project.training.optimizer.learning_rate < 2.0
    qtbot.waitUntil(lambda: session.trainer.state is RunState.RUNNING)
    session.trainer.pause()


def test_a_project_that_cannot_train_says_why(bar, session):
    document = session.document
    document.apply(edits.set_loss(document.project, "categorical_crossentropy"))
    assert session.trainer.problems
    assert bar.message.text == session.trainer.problems[0].sentence
    remedies(bar)[0].click()
    assert not session.trainer.problems
    assert bar.message is None


def test_a_problem_that_was_solved_is_forgotten(bar, session):
    document = session.document
    before = document.project.training.loss.__struct_config__.tag
    document.apply(edits.set_loss(document.project, "categorical_crossentropy"))
    assert bar.message is not None
    document.apply(edits.set_loss(document.project, before))
    assert bar.message is None


def test_an_error_has_its_details_on_demand(bar, session, qtbot):
    session.trainer.failed.emit(TrainingError("The numbers do not fit.", 12, "Traceback: line 1"))
    assert "update 12" in bar.message.text
    assert bar.message.severity is Severity.ERROR
    bar.findChild(QPushButton, "message.details").click()
    text = bar.findChild(QPlainTextEdit)
    assert text.isVisible()
    assert text.toPlainText() == "Traceback: line 1"
    assert QApplication.activeModalWidget() is None
    next(button for button in text.window().findChildren(QPushButton) if button.text() == "Copy").click()
    assert QApplication.clipboard().text() == "Traceback: line 1"
    text.window().hide()


def test_training_again_puts_warnings_aside_but_not_hints(bar, session, qtbot):
    bar.show_message(Message(Severity.WARNING, "Old."))
    session.trainer.train()
    qtbot.waitUntil(lambda: bar.message is None)
    bar.show_message(Message(Severity.INFO, "A hint."))
    session.trainer.pause()
    qtbot.waitUntil(lambda: session.trainer.state is RunState.PAUSED)
    session.trainer.reset()
    assert bar.message.text == "A hint."


def test_colors_follow_severity_and_theme(bar, theme):
    bar.show_message(Message(Severity.WARNING, "Careful."))
    light = bar.grab().toImage()
    bar.show_message(Message(Severity.INFO, "Careful."))
    assert bar.grab().toImage() != light
    bar.show_message(Message(Severity.WARNING, "Careful."))
    theme.set_mode("dark")
    assert bar.grab().toImage() != light


def test_a_long_sentence_is_cut_but_told_whole(bar):
    bar.resize(300, 30)
    sentence = "A very long sentence. " * 10
    bar.show_message(Message(Severity.INFO, sentence))
    bar.grab()
    assert bar.width() == 300
    assert any(widget.toolTip() == sentence for widget in bar.findChildren(type(bar._sentence)))


def test_a_passing_sentence_goes_by_itself_and_displaces_nothing(bar, qtbot):
    bar._passing.setInterval(150)
    bar.tell("This edit moved the output by 3 %.")
    bar.tell("This edit moved the output by 4 %.")
    assert bar.message.text.endswith("4 %.")
    qtbot.waitUntil(lambda: bar.message is None)
    bar.show_message(Message(Severity.WARNING, "A warning that stays."))
    bar.tell("This edit moved the output by 5 %.")
    assert bar.message.text == "A warning that stays."
    bar.clear()
    bar.tell("This edit moved the output by 6 %.")
    bar.show_message(Message(Severity.WARNING, "Something."))
    assert not bar._passing.isActive()
    assert bar.message.text == "Something."


def test_news_without_a_remedy_pass_and_warnings_stay(bar):
    bar.show_message(Message(Severity.INFO, "Saved."))
    assert bar._passing.isActive()
    bar._passing.timeout.emit()
    assert bar.message is None
    bar.show_message(Message(Severity.WARNING, "Broken."))
    assert not bar._passing.isActive()


def test_a_hint_gives_way_and_waits(bar):
    hint = Message(Severity.INFO, "A hint.")
    assert bar.show_hint(hint)
    assert not bar.busy
    bar.show_message(Message(Severity.WARNING, "Stopped."))
    assert not bar.show_hint(hint)
    bar.withdraw(hint)
    assert bar.message.text == "Stopped."


def test_the_details_can_have_another_name(bar):
    bar.show_message(Message(Severity.INFO, "A hint.", (Remedy("Apply", "", lambda: None),), "Because.", "Why?"))
    details = bar.findChild(QPushButton, "message.details")
    assert details.text() == "Why?"
    bar.show_message(Message(Severity.ERROR, "Broken.", details="a\nb"))
    assert details.text() == "Details"


def test_remedies_without_room_stand_behind_the_dots_and_work_from_there(bar):
    pressed = []
    remedies_of = tuple(
        Remedy(f"Do the thing number {number}", "", lambda number=number: pressed.append(number)) for number in range(3)
    )
    bar.show_message(Message(Severity.WARNING, "Something went wrong, and this says what.", remedies_of))
    dots = bar.findChild(QToolButton, "message.more")
    assert [button.isVisible() for button in remedies(bar)] == [True] * 3
    assert not dots.isVisible()
    bar.resize(420, 30)
    shown = [button for button in remedies(bar) if button.isVisible()]
    assert len(shown) < 3
    assert dots.isVisible()
    assert all(button.geometry().right() < bar.width() for button in shown)
    assert bar.minimumSizeHint().width() < 420
    dots.menu().actions()[-1].trigger()
    assert pressed == [2]
    assert bar.message is None
