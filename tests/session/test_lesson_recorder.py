"""Recording a lesson without a window: steps from what was done, tests that leave no trace, a draft that is kept."""

from typing import Any

import numpy as np
import pytest

from playground.lessons import reader
from playground.lessons.conditions.progress import EpochsSince
from playground.lessons.conditions.settings import LearningRateBetween
from playground.lessons.reader import LessonError
from playground.lessons.recording import draft as edits
from playground.lessons.recording import file
from playground.project import edits as project_edits
from playground.session import Session
from playground.session.lesson_recorder import LessonRecorder
from tests.lessons.conditions.test_conditions import learned

RATE = "training.optimizer.learning_rate"


@pytest.fixture
def recorder(session: Session, qtbot: Any) -> LessonRecorder:
    """A recorder that has begun, with the numbers of the run known."""
    qtbot.waitUntil(lambda: session.trainer.latest is not None)
    session.recorder.start()
    return session.recorder


def set_rate(session: Session, rate: float) -> None:
    session.document.apply(project_edits.set_value(session.document.project, RATE, rate))


def tell(recorder: LessonRecorder, step: int) -> None:
    """Write what a step needs."""
    assert recorder.draft is not None
    recorder.apply(edits.change(recorder.draft, step, text="Look at the rate.", do="Change it."))


def finish(recorder: LessonRecorder) -> None:
    """Write what the lesson needs."""
    assert recorder.draft is not None
    recorder.apply(edits.describe(recorder.draft, title="Rates", goal="See.", learned=("That.",)))


def test_what_was_done_becomes_a_step(session: Session, recorder: LessonRecorder) -> None:
    assert recorder.proposals() == ()
    assert not recorder.add_step()
    set_rate(session, 0.3)
    assert recorder.add_step()
    assert recorder.draft.steps[0].until == (LearningRateBetween(0.24, 0.38),)
    assert recorder.proposals() == ()  # the next step begins here


def test_training_is_proposed(session: Session, recorder: LessonRecorder, qtbot: Any) -> None:
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch >= 12)
    session.trainer.pause()
    qtbot.waitUntil(lambda: not session.trainer.running)
    assert any(isinstance(one.condition, EpochsSince) and one.best for one in recorder.proposals())


def test_edits_of_the_draft_are_taken_back_without_the_project(session: Session, recorder: LessonRecorder) -> None:
    set_rate(session, 0.3)
    recorder.add_step()
    for text in ("R", "Ra", "Rat"):
        recorder.apply(edits.change(recorder.draft, 0, do=text), "do")
    project = session.document.project
    recorder.undo()
    assert recorder.draft.steps[0].do == ""
    recorder.apply(edits.remove(recorder.draft, 0))
    recorder.undo()
    assert len(recorder.draft.steps) == 1
    assert session.document.project is project


def test_a_test_leaves_everything_as_it_was(session: Session, recorder: LessonRecorder) -> None:
    set_rate(session, 0.3)
    recorder.add_step()
    tell(recorder, 0)
    with pytest.raises(LessonError, match="no title"):
        recorder.test()
    finish(recorder)
    set_rate(session, 1.0)
    draft, project, found = recorder.draft, session.document.project, recorder.proposals()
    told: list[bool] = []
    recorder.tested.connect(told.append)
    recorder.test()
    guide = session.guide
    assert session.document.project != project
    assert not guide.ticked
    set_rate(session, 0.3)
    assert guide.finished
    guide.leave()
    assert told == [True, False]
    assert recorder.draft is draft
    assert session.document.project == project
    assert recorder.proposals() == found
    set_rate(session, 2.0)
    assert recorder.add_step()


def test_a_test_gives_back_what_was_trained(
    session: Session, recorder: LessonRecorder, qtbot: Any, tmp_path: Any
) -> None:
    set_rate(session, 0.3)
    recorder.add_step()
    tell(recorder, 0)
    finish(recorder)
    session.document.mark_saved(tmp_path / "mine.playground")
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch >= 3)
    session.trainer.pause()
    qtbot.waitUntil(lambda: not session.trainer.running)
    before = session.trainer.capture()
    recorder.test()
    assert session.document.path is None
    recorder.end_test()
    qtbot.waitUntil(lambda: session.trainer.latest is not None and session.trainer.latest.counters.step == before.step)
    assert np.array_equal(session.trainer.capture().parameters, before.parameters)
    assert session.document.path == tmp_path / "mine.playground"
    assert session.document.modified


def test_another_lesson_ends_the_test_and_the_draft_is_kept(session: Session, recorder: LessonRecorder) -> None:
    set_rate(session, 0.3)
    recorder.add_step()
    tell(recorder, 0)
    finish(recorder)
    recorder.test()
    session.guide.begin(file.lesson_of(recorder.draft))
    assert recorder.draft is None
    assert recorder.kept().title == "Rates"


def test_a_draft_goes_on_where_it_stopped(session: Session, recorder: LessonRecorder) -> None:
    set_rate(session, 0.3)
    recorder.add_step()
    project, draft = session.document.project, recorder.draft
    recorder.stop()
    set_rate(session, 0.01)
    recorder.go_on(recorder.kept())
    assert recorder.draft == draft
    assert session.document.project == project
    assert recorder.proposals() == ()


def test_a_draft_is_written_while_the_recording_goes_on(recorder: LessonRecorder, qtbot: Any) -> None:
    recorder.apply(edits.describe(recorder.draft, title="Kept"))
    qtbot.waitUntil(lambda: recorder.path.exists() and recorder.kept() == recorder.draft)
    recorder.start()  # an empty one: nothing is worth keeping, but Undo brings the other back
    qtbot.waitUntil(lambda: not recorder.path.exists())
    recorder.undo()
    assert recorder.draft.title == "Kept"


def test_a_damaged_draft_is_told_and_set_aside(session: Session) -> None:
    recorder = session.recorder
    recorder.path.parent.mkdir(parents=True, exist_ok=True)
    recorder.path.write_bytes(b"{")
    with pytest.raises(LessonError, match="damaged"):
        recorder.kept()
    assert recorder.kept() is None
    assert recorder.path.with_suffix(".damaged").read_bytes() == b"{"


def test_a_place_that_cannot_be_written_is_told_once(session: Session, recorder: LessonRecorder, qtbot: Any) -> None:
    recorder.path.mkdir(parents=True)
    told: list[str] = []
    recorder.failed.connect(told.append)
    recorder.apply(edits.describe(recorder.draft, title="Lost?"))
    qtbot.waitUntil(lambda: bool(told))
    assert "save it as a file" in told[0]
    recorder.path.rmdir()


def test_data_of_ones_own_are_refused_before_anything_begins(session: Session) -> None:
    session.document.open(learned(3))
    with pytest.raises(LessonError, match="data of your own"):
        session.recorder.start()
    assert session.recorder.draft is None


def test_what_is_saved_is_no_work_that_is_left(session: Session, recorder: LessonRecorder, tmp_path: Any) -> None:
    set_rate(session, 0.3)
    recorder.add_step()
    tell(recorder, 0)
    finish(recorder)
    recorder.save(tmp_path / "own.dllesson")
    assert recorder.draft.saved
    recorder.undo()
    assert not recorder.draft.saved
    recorder.edit(reader.load(tmp_path / "own.dllesson"))
    assert recorder.draft.saved
