"""Lessons in the real window: chosen from the list, played by clicks, left and gone on with."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QToolButton, QWidget

from playground.app import application
from playground.lessons import library
from playground.project import edits
from playground.session import Session
from playground.views.lessons.ring import Ring

LEFT = Qt.MouseButton.LeftButton
NAME = "learning_rate"


@pytest.fixture
def lessons(driver: Any) -> Any:
    """The verbs of lessons, with the lesson on the learning rate begun."""
    driver.window.verbs.lessons.begin(NAME)
    return driver.window.verbs.lessons


def click(driver: Any, name: str) -> None:
    button = driver.window.findChild(QPushButton, name) or driver.window.findChild(QToolButton, name)
    assert button is not None
    assert button.isEnabled()
    driver.qtbot.mouseClick(button, LEFT)


def place_of(driver: Any, name: str) -> QRect:
    widget = driver.find(QWidget, name)
    return QRect(widget.mapTo(driver.window, QPoint(0, 0)), widget.size())


def test_the_list_tells_of_every_lesson_and_begins_one(driver: Any) -> None:
    driver.trigger("learn.lessons")
    browser = driver.window.verbs.lessons.browser
    assert browser.isVisible()
    titles = [browser.list.item(row).text() for row in range(browser.list.count())]
    assert len(titles) >= 11
    for row in range(1, browser.list.count()):
        browser.list.setCurrentRow(row)
        assert browser.title.text() in titles[row]
        assert "minutes" in browser.facts.text()
        assert browser.goal.text()
        assert "<li" in browser.steps.text()
    browser.list.setCurrentRow(1)
    click(driver, "lessons.begin")
    assert not browser.isVisible()
    lessons = driver.window.verbs.lessons
    assert lessons.panel.isVisible()
    assert driver.window.session.guide.name == library.names()[0]


def test_a_step_is_played_by_clicks_and_the_ring_moves_on(driver: Any, lessons: Any) -> None:
    guide, panel = driver.window.session.guide, lessons.panel
    assert lessons.ring.place == place_of(driver, "button.run.train")
    assert not lessons.ring.grab().isNull()
    step = guide.present
    assert step.do in panel.text.text()
    assert step.hints[0] not in panel.text.text()
    click(driver, "lesson.hint")
    assert step.hints[0] in panel.text.text()
    assert step.hints[1] not in panel.text.text()
    assert panel.next_button.property("primary") is False
    driver.trigger("run.train")
    driver.wait(lambda: guide.ticked)
    assert "✓" in panel.text.text()
    assert panel.next_button.property("primary") is True
    click(driver, "lesson.next")
    assert guide.step == 1
    assert "✓" not in panel.text.text()
    assert lessons.ring.place == place_of(driver, "training.optimizer.learning_rate")
    click(driver, "lesson.back")
    assert guide.step == 0


def test_the_newest_hint_is_in_sight(driver: Any, lessons: Any) -> None:
    panel = lessons.panel
    panel.setFixedHeight(150)
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    for _ in driver.window.session.guide.present.hints:
        click(driver, "lesson.hint")
    driver.wait(lambda: bar.maximum() > 0)
    driver.wait(lambda: bar.value() == bar.maximum())


def test_the_ring_follows_its_control_and_catches_no_click(driver: Any, lessons: Any) -> None:
    driver.window.session.guide.next()
    ring, name = lessons.ring, "training.optimizer.learning_rate"
    before = ring.place
    driver.window.resize(1500, 900)
    driver.wait(lambda: ring.place != before and ring.place == place_of(driver, name))
    assert driver.window.childAt(ring.place.center()) is not ring
    driver.window.canvas.hide()
    driver.wait(ring.isHidden)
    driver.window.canvas.show()
    driver.wait(ring.isVisible)


def test_a_control_that_is_deleted_is_ringed_no_more(driver: Any) -> None:
    document, ring = driver.window.session.document, Ring(driver.window.theme, driver.window)
    last = len(document.project.network.layers) - 1
    ring.show_around(f"network.insert.{last}")
    driver.wait(ring.isVisible)
    document.apply(edits.remove_layer(document.project, 0))
    driver.wait(ring.isHidden)
    document.undo()
    driver.wait(ring.isVisible)
    ring.show_around("")
    assert ring.isHidden()


def test_any_step_is_one_click_away_and_nothing_is_locked(driver: Any, lessons: Any) -> None:
    guide, panel = driver.window.session.guide, lessons.panel
    dots = [dot for dot in panel.dots.dots if dot.isVisible()]
    assert len(dots) == len(guide.lesson.steps)
    driver.qtbot.mouseClick(dots[3], LEFT)
    assert guide.step == 3
    assert not panel.dots.grab().isNull()
    document = driver.window.session.document
    document.apply(edits.set_source(document.project, "xor"))  # whatever one does goes
    click(driver, "lesson.again")
    assert document.project.data.source.__struct_config__.tag == "circle"


def test_the_end_tells_what_was_learned_and_leads_on(driver: Any, lessons: Any) -> None:
    guide, panel = driver.window.session.guide, lessons.panel
    last = len(guide.lesson.steps) - 1
    guide.go_to(last)
    assert not panel.next_button.isEnabled()  # the last step is to be done
    guide.ticked = True
    guide.changed.emit()
    click(driver, "lesson.next")
    assert all(sentence in panel.text.text() for sentence in guide.lesson.learned)
    assert lessons.ring.isHidden()
    click(driver, "lesson.back")
    assert guide.present.do in panel.text.text()
    click(driver, "lesson.next")
    click(driver, "lesson.next")
    assert guide.name == library.names()[library.names().index(NAME) + 1]


def test_leaving_takes_panel_and_ring_away_and_the_list_goes_on_with_it(driver: Any, lessons: Any) -> None:
    guide = driver.window.session.guide
    guide.next()
    click(driver, "lesson.leave")
    assert not lessons.panel.isVisible()
    assert lessons.ring.isHidden()
    driver.trigger("learn.lessons")
    browser = lessons.browser
    browser.list.setCurrentRow(1 + library.names().index(NAME))
    assert browser.resume_button.isVisible()
    click(driver, "lessons.resume")
    assert (guide.name, guide.step) == (NAME, 1)
    assert lessons.panel.isVisible()


def test_the_theme_is_followed(driver: Any, lessons: Any) -> None:
    for mode in ("dark", "light"):
        driver.window.verbs.set_theme(mode)
        assert not lessons.panel.grab().isNull()


def test_a_lesson_goes_on_in_the_window_of_the_next_start(qtbot: Any) -> None:
    for first in (True, False):
        _, window = application.create(["playground"])
        window.show()
        qtbot.waitExposed(window)
        lessons = window.verbs.lessons
        if first:
            lessons.begin(NAME)
            window.session.guide.next()
        else:
            qtbot.waitUntil(lambda lessons=lessons: lessons.panel is not None and lessons.panel.isVisible())
            assert (window.session.guide.name, window.session.guide.step) == (NAME, 1)
        window.close()
        window.deleteLater()


def test_the_greeting_offers_the_tour(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    _, window = application.create(["playground"])
    monkeypatch.setattr(window.verbs.lessons, "begin", lambda name, **_: begun.append(name))
    application.greet(window)
    (remedy,) = window.messages.message.remedies
    remedy.act()
    assert begun == ["tour"]
    window.close()
    window.deleteLater()


def test_deeds_in_the_window_are_told_to_the_guide(driver: Any, lessons: Any) -> None:
    guide: Any = driver.window.session.guide
    session: Session = driver.window.session
    driver.trigger("run.reset")
    driver.window.tabs.open("health")
    assert {"run.reset", "panel.health"} <= guide.moment.done
    session.trainer.select_example(3)
    assert "example" in guide.moment.done
