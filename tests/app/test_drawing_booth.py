"""The drawing booth in the real window: two classes are drawn with the mouse, learned, and recognised."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from playground.data.pictures import is_drawn_file, read_drawn
from playground.insight.pictures import ACTIVATIONS
from playground.training.records import RunState
from tests.views.booth.hand import cross, ring, stroke


@pytest.fixture
def booth(driver, qtbot):
    driver.trigger("data.booth")
    booth = driver.window.verbs.data.pictures.booth
    qtbot.waitExposed(booth)
    return booth


def drawings(driver):
    return driver.window.session.document.project.drawings


def draw_both(booth, driver, times=5):
    rng = np.random.default_rng(0)
    for _ in range(times):
        ring(booth.parts.pad, rng)
        QTest.keyClick(booth, Qt.Key.Key_1)
        cross(booth.parts.pad, rng)
        booth.parts.classes.buttons[1].click()
    assert drawings(driver).counts == (times, times)
    return rng


def test_two_classes_are_drawn_and_trained_to_recognition(booth, driver):
    rng = draw_both(booth, driver)
    booth.parts.train.click()
    trainer = driver.window.session.trainer
    driver.wait(lambda: trainer.state is RunState.PAUSED and driver.epoch >= 150)
    assert driver.counters.test_metric == 1.0
    buttons = booth.parts.classes.buttons
    for draw, right in ((ring, 0), (cross, 1)):
        booth.parts.pad.clear()
        driver.wait(lambda: buttons[0].probability is None)
        draw(booth.parts.pad, rng)
        driver.wait(lambda right=right: (buttons[right].probability or 0) > 0.9)
        assert (buttons[1 - right].probability or 0) < 0.1
    picture = trainer.latest.pictures[ACTIVATIONS]
    assert picture.input.shape == (28, 28, 1)
    assert driver.window.canvas._assembly.surface._lights.seen is not None  # the path through the network
    booth.close()
    driver.wait(lambda: driver.window.canvas._assembly.surface._lights.seen is None)


def test_one_press_turns_from_other_data_that_train_to_the_drawings(booth, driver):
    trainer = driver.window.session.trainer
    trainer.train()
    driver.wait(lambda: trainer.state is RunState.RUNNING)
    assert booth.parts.train.text() == "Pause", "no drawings yet"
    draw_both(booth, driver)
    assert "Train" in booth.parts.train.text()
    booth.parts.train.click()
    assert driver.window.session.document.project.data.source.input_kind == "image"
    driver.wait(lambda: booth.parts.train.text() == "Pause")
    driver.wait(lambda: trainer.state is RunState.PAUSED and driver.epoch >= 150)
    assert "Train" in booth.parts.train.text()


def test_what_is_drawn_next_is_learned_while_it_trains(booth, driver):
    rng = draw_both(booth, driver, 4)
    booth.parts.train.click()
    driver.wait(lambda: driver.epoch > 2)
    ring(booth.parts.pad, rng)
    QTest.keyClick(booth, Qt.Key.Key_1)
    assert driver.window.session.document.project.data.source.most == 9
    driver.trigger("edit.undo")
    assert driver.window.session.document.project.data.source.most == 8


def test_nothing_is_lost_when_the_booth_is_closed_and_all_is_undoable(booth, driver, qtbot):
    draw_both(booth, driver, 2)
    before = driver.window.session.document.project.data
    QTest.keyClick(booth, Qt.Key.Key_Escape)
    driver.wait(lambda: driver.window.verbs.data.pictures.booth is None)
    driver.trigger("data.booth")
    booth = driver.window.verbs.data.pictures.booth
    qtbot.waitExposed(booth)
    driver.wait(booth.isActiveWindow)
    assert booth.parts.strip.drawings.rowCount() == 4
    assert driver.window.session.document.project.data == before  # drawing alone changes nothing that is trained
    QTest.keyClick(booth, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert drawings(driver).counts == (2, 1)


def test_mistakes_are_selected_and_deleted(booth, driver):
    draw_both(booth, driver, 2)
    strip = booth.parts.strip
    assert not booth.parts.delete.isEnabled()
    strip.setCurrentIndex(strip.drawings.index(0))  # the newest is a dog
    assert booth.parts.delete.isEnabled()
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert drawings(driver).counts == (2, 1)


def test_classes_are_added_renamed_and_removed_by_keys(booth, driver, qtbot):
    booth.parts.add_class.click()
    button = booth.parts.classes.buttons[2]
    driver.wait(lambda: button.field is not None)
    qtbot.keyClicks(button.field, "bird 1")  # digits typed into a name collect nothing
    QTest.keyClick(button.field, Qt.Key.Key_Return)
    assert drawings(driver).class_names == ("cat", "dog", "bird 1")
    assert drawings(driver).counts == (0, 0, 0)
    first = booth.parts.classes.buttons[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_F2)
    first.field.setText("dog")
    QTest.keyClick(first.field, Qt.Key.Key_Return)
    assert "a class named dog already" in booth.parts.words.text()
    first.setFocus()
    booth.parts.remove_class.click()
    assert drawings(driver).class_names == ("dog", "bird 1")


def test_an_empty_pad_and_too_few_drawings_are_said(booth, driver):
    QTest.keyClick(booth, Qt.Key.Key_1)
    assert "The pad is empty" in booth.parts.words.text()
    booth.parts.train.click()
    assert "Draw at least 3 pictures of each of two classes first." in booth.parts.words.text()
    assert booth.parts.words.property("warning")
    assert drawings(driver) is None


def test_on_the_digits_the_pad_tries_the_trained_network(driver, qtbot):
    driver.window.verbs.files.open_named("digits")
    trainer = driver.window.session.trainer
    trainer.train(20)
    driver.wait(lambda: driver.epoch >= 20 and trainer.state is RunState.PAUSED)
    driver.trigger("data.booth")
    booth = driver.window.verbs.data.pictures.booth
    qtbot.waitExposed(booth)
    assert booth.parts.modes.checkedId() == 1
    assert booth.parts.classes.shown == tuple("0123456789")
    buttons = booth.parts.classes.buttons
    turn = np.linspace(0, 2 * np.pi, 30)
    stroke(booth.parts.pad, [(0.3 + 0.1 * np.cos(a), 0.7 + 0.17 * np.sin(a)) for a in turn])  # a small 0 in a corner
    driver.wait(lambda: (buttons[0].probability or 0) > 0.8)
    assert trainer.latest.pictures[ACTIVATIONS].input.shape == (8, 8, 1)
    QTest.keyClick(booth, Qt.Key.Key_1)
    assert drawings(driver) is None  # here nothing is collected
    assert trainer.latest.pictures[ACTIVATIONS].input[0].max() > 0.2  # it fills its picture from top to bottom


def test_drawings_are_saved_and_joined_with_those_of_others(booth, driver, tmp_path):
    draw_both(booth, driver, 2)
    path = tmp_path / "ours.npz"
    booth.save(path)
    assert "Saved as ours.npz" in booth.parts.words.text()
    assert is_drawn_file(path)
    images, labels, names = read_drawn(path)
    assert images.shape == (4, 28, 28, 1)
    assert names == ("cat", "dog")
    assert labels.tolist() == [0, 1, 0, 1]
    driver.trigger("edit.undo")
    driver.window.verbs.data.pictures.merge([path])
    driver.wait(lambda: drawings(driver).counts == (2, 2))
    assert booth.parts.words.text() == "Files: 1, drawings added: 1. There already and left out: 3."


def test_a_booth_that_is_gone_follows_no_theme(booth, driver):
    booth.close()
    booth.deleteLater()
    driver.wait(lambda: not isValid(booth))
    driver.window.verbs.set_theme("dark")


def test_the_other_theme_and_size_are_followed(booth, driver):
    draw_both(booth, driver, 1)
    driver.window.verbs.set_theme("dark")
    booth.parts.side.setCurrentIndex(0)
    booth.parts.side.activated.emit(0)
    assert drawings(driver).side == 16
    assert drawings(driver).counts == (1, 1)
    assert not booth.grab().isNull()
