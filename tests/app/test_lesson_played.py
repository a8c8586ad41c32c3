"""A lesson in the real window, from its first click to its last, as its texts say."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton

from playground.views.forms import NumberSpin

LEFT = Qt.MouseButton.LeftButton


def press(driver: Any, name: str) -> None:
    button = driver.find(QAbstractButton, name)
    assert button.isVisible()
    assert button.isEnabled()
    driver.qtbot.mouseClick(button, LEFT)


def train(driver: Any, presses: int) -> None:
    """Press Train until the step is ticked, so many times at most."""
    trainer, guide = driver.window.session.trainer, driver.window.session.guide
    for _ in range(presses):
        before = driver.counters.step
        press(driver, "button.run.train")
        driver.wait(lambda before=before: driver.counters.step > before and not trainer.running)
        driver.wait(lambda: driver.counters.test_loss is not None)
        if guide.ticked:
            return


def type_rate(driver: Any, text: str) -> None:
    """Type a learning rate into its field."""
    field = driver.find(NumberSpin, "training.optimizer.learning_rate").findChild(QLineEdit)
    field.selectAll()
    driver.qtbot.keyClicks(field, text)
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)


def go_on(driver: Any, step: int) -> None:
    """The step is ticked and Next leads on."""
    guide = driver.window.session.guide
    assert guide.step == step
    driver.wait(lambda: guide.ticked)
    press(driver, "lesson.next")


def test_the_lesson_on_the_learning_rate(driver: Any) -> None:
    window = driver.window
    window.verbs.lessons.begin("learning_rate")
    driver.wait(lambda: window.session.trainer.latest is not None)
    train(driver, 1)
    go_on(driver, 0)
    type_rate(driver, "0.1")
    go_on(driver, 1)
    train(driver, 3)
    good = driver.counters.test_loss
    go_on(driver, 2)
    type_rate(driver, "10")
    go_on(driver, 3)
    train(driver, 1)
    go_on(driver, 4)
    remedy = driver.find(QPushButton, "message.remedy.0")
    driver.wait(remedy.isVisible)
    assert "0.1" in remedy.text()
    driver.qtbot.mouseClick(remedy, LEFT)
    driver.wait(lambda: not window.session.trainer.running)
    driver.wait(lambda: window.session.guide.ticked)
    assert driver.counters.test_loss < good  # it went on from what had been learned
    go_on(driver, 5)
    assert window.session.guide.finished
    assert window.session.guide.lesson.learned[0] in window.verbs.lessons.panel.text.text()
