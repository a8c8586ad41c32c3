"""Challenges in the real window: chosen, met, judged, handed in, checked, and remembered at the next start."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from playground.app import application
from playground.app.command_search import CommandSearch
from playground.lessons.challenges import code, library
from playground.project import edits
from playground.project.paint_edits import Canvas, paint
from tests.lessons.challenges import references

NAME = "three_lines"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: Any) -> Iterator[None]:
    """Leave nothing on the clipboard."""
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def challenges(driver: Any) -> Any:
    """The verbs of challenges, with the first one begun from the list."""
    driver.trigger("learn.challenges")
    verbs = driver.window.verbs.challenges
    assert verbs.browser.isVisible()
    verbs.browser.list.setCurrentRow(library.names().index(NAME))
    click(driver, "challenges.begin")
    return verbs


def click(driver: Any, name: str) -> None:
    button = driver.find(QPushButton, name)
    assert button.isEnabled()
    driver.qtbot.mouseClick(button, LEFT)


def load(driver: Any, name: str) -> None:
    document = driver.window.session.document
    document.apply(edits.load_project(document.project, references.project(name), "reference"))


def judge(driver: Any) -> None:
    click(driver, "challenge.judge")
    driver.wait(lambda: driver.window.session.challenges.judged is not None)


def test_the_list_tells_of_every_challenge(driver: Any) -> None:
    driver.trigger("learn.challenges")
    browser = driver.window.verbs.challenges.browser
    assert browser.list.count() == len(library.names())
    assert browser.won.text() == f"0 of {3 * len(library.names())} stars won"
    for row, name in enumerate(library.names()):
        browser.list.setCurrentRow(row)
        challenge = library.load(name)
        assert browser.title.text() == challenge.title
        assert browser.goal.text() == challenge.goal
        rule = "points are only erased" if challenge.finds else f"at most {challenge.rules.epochs_at_most} epochs"
        assert rule in browser.rules.text()
        assert browser.best.text() == "Not judged yet."
        spoken = browser.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        assert "0 of 3 stars" in spoken
    assert not browser.grab().isNull()
    browser.reject()


def test_the_meter_follows_and_a_broken_rule_is_said(driver: Any, challenges: Any) -> None:
    card = challenges.card
    assert card.isVisible()
    assert card.title.text() == library.load(NAME).title
    assert card.meter.numbers.text() == "9 of 13"
    assert card.meter.accessibleDescription() == "9 of 13"
    assert not card.meter.over
    assert "✗" not in card.text.text()
    document = driver.window.session.document
    document.apply(edits.set_units(document.project, 0, 4))
    assert card.meter.numbers.text() == "17 of 13"
    assert card.meter.over
    assert card.meter.numbers.property("warning") is True
    assert "✗" in card.text.text()
    assert card.verdict.text() == "The network has 17 parameters; at most 13 are allowed."
    assert not card.judge_button.isEnabled()
    document.undo()
    assert not card.meter.over
    assert card.judge_button.isEnabled()
    click(driver, "challenge.hint")
    assert library.load(NAME).hint in card.text.text()
    click(driver, "challenge.hint")
    assert library.load(NAME).goal in card.text.text()


def test_from_the_run_to_the_stars_and_the_code(driver: Any, challenges: Any) -> None:
    card, session = challenges.card, driver.window.session
    load(driver, NAME)
    assert card.score.text() == "–"
    session.trainer.train(until_epoch=150)
    driver.wait(lambda: session.challenges.run_epochs == 150 and not session.trainer.running)
    assert card.score.text() == "100.0 %"
    assert (card.stars.reached, card.stars.given) == (3, 0)
    assert not card.copy_button.isVisible()
    judge(driver)
    assert card.stars.given == 3
    assert card.verdict.text() == "Judged: 100.0 %, 13 parameters, 150 epochs – your best"
    assert card.verdict.property("good") is True
    assert "3 of 3 stars" in card.stars.accessibleDescription()
    assert not card.grab().isNull()
    click(driver, "challenge.copy")
    text = QGuiApplication.clipboard().text()
    assert "★★★ 100.0 %, 13 parameters, 150 epochs" in text
    assert code.read(text).project.network == session.document.project.network


def test_wrong_labels_are_erased_on_the_map(driver: Any, challenges: Any) -> None:
    challenges.begin("find_the_wrong")
    card, session = challenges.card, driver.window.session
    assert card.meter.caption.text() == "Points erased"
    assert card.meter.numbers.text() == "0 of 12"
    assert card.score.text() == "–"
    challenge, document = library.load("find_the_wrong"), session.document
    canvas = Canvas.of(document.project, document.samples.dataset)
    for stroke, row in enumerate(challenge.wrong):
        canvas = canvas.erased(np.array(challenge.points[row][:2]), 0.2)
        document.apply(paint(document.project, canvas, "Erase", stroke))
    assert card.meter.numbers.text() == "12 of 12"
    assert "✗" not in card.text.text()
    assert card.score.text() == "–"
    judge(driver)
    assert card.score.text() == "100.0 %"
    assert card.verdict.text() == "Judged: 100.0 %, 12 points erased – your best"
    assert card.stars.given == 3
    document.apply(paint(document.project, canvas.added(np.zeros((1, 2)), 1), "Brush", 99))
    assert card.verdict.text() == "Points were added or moved, or the data are others; undo that, or start over."
    assert not card.judge_button.isEnabled()


def test_a_code_on_the_clipboard_is_checked_and_opened(driver: Any) -> None:
    made = code.encode(NAME, references.project(NAME), 150)
    QGuiApplication.clipboard().setText(f"From Anna\n{made}")
    driver.trigger("file.paste_code")
    verbs = driver.window.verbs.challenges
    checker = verbs.checker
    driver.wait(checker.open_button.isEnabled)
    assert checker.outcome.text() == "Test accuracy 100.0 %, 13 parameters, 150 epochs"
    assert checker.stars.given == 3
    assert not checker.grab().isNull()
    click(driver, "check.open")
    assert not checker.isVisible()
    session = driver.window.session
    assert session.document.project.network == references.project(NAME).network
    assert verbs.card.isVisible()
    assert session.challenges.best.results == {}
    driver.trigger("edit.undo")
    assert session.document.project.network != references.project(NAME).network


def test_a_code_that_is_none_is_refused_with_a_sentence(driver: Any) -> None:
    driver.trigger("learn.check_code")
    checker = driver.window.verbs.challenges.checker
    assert not checker.check_button.isEnabled()
    before = driver.window.session.document.project
    checker.edit.setPlainText("DLC1-three_lines-5-00000000-DLP1-AAAA")
    click(driver, "check.start")
    assert "damaged" in checker.outcome.text()
    assert not checker.open_button.isEnabled()
    checker.edit.setPlainText("something else")
    assert checker.outcome.text() == ""
    assert driver.window.session.document.project is before
    checker.reject()


def test_the_judge_can_be_stopped(driver: Any, challenges: Any) -> None:
    challenges.begin("digits_5000")
    load(driver, "digits_5000")
    click(driver, "challenge.judge")
    card = challenges.card
    driver.wait(lambda: card.progress.value() > 0)
    click(driver, "challenge.cancel")
    driver.wait(lambda: not driver.window.session.challenges.busy)
    assert card.verdict.text() == "Judging was cancelled; nothing has changed."
    assert card.judge_button.isVisible()


def test_the_best_result_is_there_at_the_next_start(driver: Any, challenges: Any, qtbot: Any) -> None:
    load(driver, NAME)
    judge(driver)
    driver.window.close()
    _, again = application.create(["playground"])
    try:
        again.show()
        qtbot.waitExposed(again)
        verbs = again.verbs.challenges
        qtbot.waitUntil(lambda: verbs.card is not None and verbs.card.isVisible())
        assert again.session.document.project.network == references.project(NAME).network  # unsaved work is kept
        browser = verbs.browser
        browser.open()
        assert browser.list.currentRow() == 1  # the next one that is not won yet
        assert browser.won.text().startswith("3 of ")
        browser.list.setCurrentRow(library.names().index(NAME))
        assert browser.best.text() == "Best: ★★★ 100.0 %, 13 parameters, 150 epochs"
        assert browser.stars.given == 3
        browser.reject()
    finally:
        again.close()
        again.deleteLater()


def test_search_begins_a_challenge_and_a_lesson_takes_its_place(driver: Any) -> None:
    driver.trigger("edit.search")
    search = driver.window.findChild(CommandSearch)
    search.search.setText(library.load("sprint").title)
    search.take(search.list.item(0))
    verbs, session = driver.window.verbs, driver.window.session
    assert session.challenges.name == "sprint"
    assert verbs.challenges.dock.isVisible()
    verbs.lessons.begin("learning_rate")
    assert session.challenges.challenge is None
    assert not verbs.challenges.dock.isVisible()
    verbs.challenges.begin("sprint")
    assert session.guide.lesson is None
    assert not verbs.lessons.dock.isVisible()
    driver.qtbot.mouseClick(verbs.challenges.card.leave_button, LEFT)
    assert not verbs.challenges.dock.isVisible()


def test_start_over_and_going_on_with_the_open_project(driver: Any, challenges: Any) -> None:
    document = driver.window.session.document
    load(driver, NAME)
    click(driver, "challenge.again")
    assert document.project == library.start(NAME)
    load(driver, NAME)
    challenges.card.leave_button.click()
    driver.trigger("learn.challenges")
    challenges.browser.list.setCurrentRow(library.names().index("sprint"))
    assert not challenges.browser.go_on_button.isEnabled()
    challenges.browser.list.setCurrentRow(library.names().index(NAME))
    click(driver, "challenges.go_on")
    assert driver.window.session.challenges.name == NAME
    assert document.project.network == references.project(NAME).network
