"""The language changes while the program runs: another window goes on with the same session."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from playground.app.application import create
from playground.app.crash import CrashReporter
from playground.app.desk import Desk
from playground.project import edits
from playground.session import languages
from playground.training.records import RunState


@pytest.fixture
def desk(qtbot: Any) -> Iterator[Desk]:
    _, window = create(["playground"])
    with qtbot.waitExposed(window):
        window.show()
    desk = Desk(window)
    del window
    yield desk
    desk.window.close()
    desk.window.deleteLater()
    languages.speak("en")


def menus(window: Any) -> list[str]:
    return [action.text().replace("&", "") for action in window.menuBar().actions()]


def choose(desk: Desk, language: str) -> None:
    desk.window.actions_by_id[f"view.language_{language}"].trigger()


def test_the_window_speaks_another_language_and_back(desk: Desk, qtbot: Any) -> None:
    first = desk.window
    choose(desk, "de")
    assert desk.window is not first
    assert desk.window.isVisible()
    assert not first.isVisible()
    assert menus(desk.window)[0] == "Datei"
    assert desk.window.actions_by_id["view.language_de"].isChecked()
    assert QLocale().language() is QLocale.Language.German
    assert desk.window.session.settings.text("language") == "de"
    choose(desk, "en")
    assert menus(desk.window)[0] == "File"


def test_nothing_is_lost(desk: Desk, qtbot: Any) -> None:
    first, session = desk.window, desk.window.session
    session.document.apply(edits.set_value(session.document.project, "training.batch_size", 20))
    first.tabs.open("distillation")
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.epoch > 2)
    epoch = session.trainer.latest.counters.epoch
    choose(desk, "de")
    assert desk.window.session is session
    assert desk.window.size() == first.size()
    assert desk.window.tabs.currentIndex() == first.tabs.currentIndex()
    assert session.trainer.state is RunState.RUNNING
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch > epoch + 2)
    session.trainer.pause()
    qtbot.waitUntil(lambda: session.trainer.state is not RunState.RUNNING)
    undo = desk.window.actions_by_id["edit.undo"]
    undo.trigger()  # the training
    assert undo.isEnabled()
    undo.trigger()
    assert session.document.project.training.batch_size != 20


def test_a_challenge_goes_on_with_its_stars(desk: Desk, qtbot: Any) -> None:
    desk.window.verbs.challenges.begin("sprint")
    challenges = desk.window.session.challenges
    challenges.judge()
    qtbot.waitUntil(lambda: challenges.judged is not None)
    project = desk.window.session.document.project
    choose(desk, "de")
    verbs = desk.window.verbs.challenges
    qtbot.waitUntil(lambda: verbs.card is not None and verbs.card.isVisible())
    assert challenges.judged is not None
    assert verbs.card.copy_button.isVisible()
    assert desk.window.session.document.project is project


def test_a_lesson_goes_on_at_its_step(desk: Desk, qtbot: Any) -> None:
    desk.window.verbs.lessons.tour()
    guide = desk.window.session.guide
    guide.go_to(2)
    before = guide.lesson
    choose(desk, "de")
    lessons = desk.window.verbs.lessons
    qtbot.waitUntil(lambda: lessons.dock is not None and lessons.dock.isVisible())
    assert (guide.lesson, guide.step) == (before, 2)
    assert lessons.panel.title.text() == "In Deep Learning eintauchen"


def test_with_all_settings_the_language_is_as_on_the_first_day(desk: Desk) -> None:
    choose(desk, "de")
    window = desk.window
    window.verbs.reset_settings(window.reset_layout)
    assert desk.window is not window
    assert desk.window.actions_by_id["view.language_system"].isChecked()


def test_unsaved_work_is_still_kept(desk: Desk, qtbot: Any) -> None:
    keeper = desk.window.verbs.files.keeper
    assert keeper is not None
    choose(desk, "de")
    assert desk.window.verbs.files.keeper is keeper
    session = desk.window.session
    session.document.apply(edits.set_value(session.document.project, "training.batch_size", 20))
    keeper.save()
    qtbot.waitUntil(lambda: not keeper.busy)
    assert keeper.path.exists()


def test_the_window_before_is_gone_and_listens_no_more(desk: Desk, qtbot: Any) -> None:
    first, session = desk.window, desk.window.session
    gone: list[bool] = []
    first.destroyed.connect(lambda: gone.append(True))
    choose(desk, "de")
    qtbot.waitUntil(lambda: bool(gone))
    session.document.apply(edits.set_value(session.document.project, "training.batch_size", 20))
    session.trainer.step()
    qtbot.waitUntil(lambda: bool(session.trainer.latest and session.trainer.latest.counters.step))
    desk.window.theme.set_mode("dark")
    QApplication.processEvents()
    assert len([w for w in QApplication.topLevelWidgets() if w.objectName() == desk.window.objectName()]) >= 1


def test_a_crash_is_shown_over_the_window_of_now(desk: Desk) -> None:
    reporter = CrashReporter(desk.window)
    desk.replaced.connect(reporter.follow)
    choose(desk, "de")
    assert reporter.parent() is desk.window
