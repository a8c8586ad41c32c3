"""The tour, played in the real window by mouse and keys: from the menu to the next lesson."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QListWidget, QTabBar, QWidget

from playground.lessons import library, reader
from playground.project import edits
from playground.views.canvas.weight_spots import Spot
from playground.views.panels.examples_view import ExamplesView
from tests.views.booth.hand import cross, ring
from tests.views.canvas.test_touch import Hand

LEFT = Qt.MouseButton.LeftButton


def click(driver: Any, name: str) -> None:
    """Click the button of that name that can be seen."""

    def seen() -> list[QAbstractButton]:
        return [one for one in driver.window.findChildren(QAbstractButton, name) if one.isVisible()]

    driver.wait(seen)
    assert seen()[0].isEnabled(), name
    QTest.mouseClick(seen()[0], LEFT)


def train_until(driver: Any, reached: Callable[[], bool]) -> None:
    """Press Train, and once more when something is reached, unless the run has ended by then."""
    trainer = driver.window.session.trainer
    click(driver, "button.run.train")
    driver.wait(reached)
    if trainer.running:
        click(driver, "button.run.train")
    driver.wait(lambda: not trainer.running)


def train(driver: Any) -> None:
    """Train until the step is ticked."""
    train_until(driver, lambda: driver.window.session.guide.ticked)


def open_tab(driver: Any, title: str) -> None:
    """Click a tab below the network."""
    bar = next(bar for bar in driver.window.findChildren(QTabBar) if bar.tabText(0) == "Loss")
    place = next(place for place in range(bar.count()) if bar.tabText(place) == title)
    QTest.mouseClick(bar, LEFT, pos=bar.tabRect(place).center())


def deeper(driver: Any) -> None:
    """Add a Dense layer."""
    click(driver, "network.insert.1")
    rows: QListWidget = driver.window.links.palette.list
    item = rows.findItems("Dense", Qt.MatchFlag.MatchExactly)[0]
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualItemRect(item).center())


def read_digits(driver: Any) -> None:
    """Train on digits, then click one of them."""
    train_until(driver, lambda: (driver.counters.test_metric or 0) > 0.93)
    digits = driver.find(QWidget, "panel.output").findChild(ExamplesView)
    cells = [QPoint(x, y) for y in range(4, digits.height(), 8) for x in range(4, digits.width(), 8)]
    driver.wait(lambda: any(digits.row_at(cell) is not None for cell in cells))
    assert not driver.window.session.guide.ticked
    QTest.mouseClick(digits, LEFT, pos=next(cell for cell in cells if digits.row_at(cell) is not None))


def teach(driver: Any) -> None:
    """Draw three rings and three crosses at the booth, and train there."""
    QTest.keyClick(driver.window, Qt.Key.Key_D)
    booth = driver.window.verbs.data.pictures.booth
    booth.activateWindow()
    driver.wait(booth.isActiveWindow)
    lesson = driver.find(QWidget, "panel.lesson")
    assert booth.geometry().bottom() < lesson.mapToGlobal(QPoint(0, 0)).y()  # what is to be done can be read
    rng = np.random.default_rng(0)
    for _ in range(3):
        ring(booth.parts.pad, rng)
        QTest.keyClick(booth, Qt.Key.Key_1)
        cross(booth.parts.pad, rng)
        QTest.keyClick(booth, Qt.Key.Key_2)
    assert not driver.window.session.guide.ticked
    QTest.mouseClick(booth.parts.train, LEFT)
    driver.wait(lambda: driver.window.session.guide.ticked)
    booth.close()


def change_a_weight(driver: Any) -> None:
    """Type 3 at a line from x₁."""
    hand = Hand(driver.window.canvas, driver.window.session, driver.qtbot)
    driver.wait(lambda: driver.window.canvas.assembly.bundles)
    hand.type_at(hand.place(Spot(0, 0, 1)), "3")


def compare(driver: Any) -> None:
    """Guess that A is better, and see that it is not."""
    trainer, answer = driver.window.session.trainer, driver.find(QWidget, "lesson.answer")
    click(driver, "lesson.guess.0")
    assert answer.text() == "Your guess:"
    train_until(driver, lambda: driver.epoch >= 60)
    for _ in range(3):
        click(driver, "network.layers.0.units.more")
    driver.wait(lambda: trainer.latest is not None and not trainer.running)
    train(driver)
    assert answer.text() == "You guessed wrong:"
    click(driver, "lesson.guess.1")
    assert answer.text() == "You guessed right:"


def one_update(driver: Any) -> None:
    """Walk through one update."""
    open_tab(driver, "Step through")
    guide, panel = driver.window.session.guide, driver.window.tabs.panels["step"]
    driver.wait(lambda: panel.walk is not None)
    for _ in range(60):
        if panel.walk.is_last:
            break
        click(driver, "step.next")
    assert not guide.ticked
    click(driver, "step.next")
    driver.wait(lambda: guide.ticked)
    assert driver.counters.step == 1


def throw_dice(driver: Any) -> None:
    """Draw other weights three times."""
    open_tab(driver, "Loss")
    for _ in range(3):
        assert not driver.window.session.guide.ticked
        click(driver, "button.run.new_weights")


DEEDS = (deeper, train, read_digits, teach, change_a_weight, compare, one_update, throw_dice, train, train)


@pytest.mark.parametrize("size", [(1366, 768)])
def test_the_tour_is_played_in_the_window(driver: Any, size: tuple[int, int]) -> None:
    window, guide = driver.window, driver.window.session.guide
    window.resize(*size)
    driver.trigger("learn.tour")
    lessons = window.verbs.lessons
    for number, deed in enumerate(DEEDS):
        assert guide.step == number
        assert f"step {number + 1} of {len(DEEDS)}" in lessons.panel.count.text()
        assert not guide.ticked
        window.activateWindow()  # offscreen, no list that closes gives the keys back
        driver.wait(window.isActiveWindow)
        driver.wait(lambda: not lessons.ring.place.isEmpty())
        deed(driver)
        driver.wait(lambda: guide.ticked)
        assert "✓" in lessons.panel.text.text()
        click(driver, "lesson.next")
        assert not lessons.panel.next_button.hasFocus()  # the space bar is for Train
    assert guide.finished
    assert all(sentence in lessons.panel.text.text() for sentence in library.load(library.TOUR).learned)
    click(driver, "lesson.next")
    assert guide.name == library.names()[0]


def test_no_guess_is_asked_for_where_there_is_no_question(driver: Any) -> None:
    driver.trigger("learn.tour")
    guide, panel = driver.window.session.guide, driver.window.verbs.lessons.panel
    for step in range(len(guide.lesson.steps)):
        guide.go_to(step)
        assert panel.guesses.isVisible() is (guide.present.guess is not None)


def test_every_control_of_the_tour_is_in_the_window(driver: Any) -> None:
    driver.trigger("learn.tour")
    guide = driver.window.session.guide
    deeper(driver)
    for step in range(len(guide.lesson.steps)):
        guide.go_to(step)
        assert driver.window.findChild(QWidget, guide.present.control) is not None, guide.present.control


def test_changes_of_a_named_file_are_asked_about_before_the_tour_and_its_steps(
    driver: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, asked = driver.window, []
    document, guide, lessons = window.session.document, window.session.guide, window.verbs.lessons
    monkeypatch.setattr(window.verbs.dialogs, "ask_to_save", lambda *asking: asked.append(asking))

    def change(own: Path) -> Any:
        window.verbs.files.save_to(own, wait=True)
        document.apply(edits.set_value(document.project, "training.batch_size", 77))
        return document.project

    own = change(tmp_path / "own.playground")
    driver.trigger("learn.tour")
    name, _save, discard = asked.pop()
    assert name == "own.playground"
    assert guide.lesson is None
    assert document.project == own
    discard()
    assert lessons.panel.isVisible()
    guide.go_to(3)
    own = change(tmp_path / "later.playground")
    click(driver, "lesson.next")
    _name, _save, discard = asked.pop()
    assert (guide.step, document.project) == (3, own)
    discard()
    assert guide.step == 4
    assert document.project != own
    assert not asked


def test_going_on_keeps_what_the_lesson_had_open(driver: Any) -> None:
    guide, document, lessons = driver.window.session.guide, driver.window.session.document, driver.window.verbs.lessons
    driver.trigger("learn.tour")
    guide.go_to(5)
    document.apply(edits.set_value(document.project, "network.layers.0.units", 3))
    before = document.project
    click(driver, "lesson.leave")
    assert guide.lesson is None
    driver.trigger("learn.tour")
    assert lessons.panel.isVisible()
    assert (guide.step, document.project) == (5, before)
    click(driver, "lesson.leave")
    document.open(edits.set_source(before, "xor").project, name="another")
    driver.trigger("learn.tour")
    assert guide.step == 5
    assert document.project == reader.project_of(guide.present.start)
