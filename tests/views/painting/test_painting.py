"""Painting on the real window with real mouse events."""

from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playground.app.main_window import MainWindow
from playground.data.sources import SOURCES, Points
from playground.project import edits
from playground.session import document as documents
from playground.views.painting.painter import SPACING, Tool

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Artist:
    """Someone with a mouse at the map."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        self.window, self.qtbot, self.map = window, qtbot, window.output_panel.map
        window.actions_by_id["data.paint"].trigger()
        self.mode = window.verbs.data.painting
        self.painter, self.strip = self.mode.painter, self.mode.strip

    @property
    def points(self) -> Any:
        return self.window.session.document.samples.dataset

    def at(self, x1: float, x2: float) -> QPoint:
        square = self.map.square()
        unit = square.width() / 12
        return QPoint(round(square.center().x() + x1 * unit), round(square.center().y() - x2 * unit))

    def wait_for(self, epoch: int, *, still: bool = True) -> None:
        """Until the run has come so far and, mostly, stands still."""
        trainer = self.window.session.trainer
        self.qtbot.waitUntil(
            lambda: (
                trainer.latest is not None
                and trainer.latest.counters.epoch >= epoch
                and not (still and trainer.running)
            )
        )

    def stroke_goes_on(self, *places: tuple[float, float]) -> None:
        for place in places:
            QTest.mouseMove(self.map, self.at(*place))
        QTest.mouseRelease(self.map, LEFT, pos=self.at(*places[-1]))

    def stroke(self, *places: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
        QTest.mousePress(self.map, button, pos=self.at(*places[0]))
        for place in places[1:]:
            QTest.mouseMove(self.map, self.at(*place))
        QTest.mouseRelease(self.map, button, pos=self.at(*places[-1]))


@pytest.fixture
def artist(window: MainWindow, qtbot: Any) -> Artist:
    window.show()
    qtbot.waitExposed(window)
    return Artist(window, qtbot)


def test_a_brush_stroke_adds_points_and_is_one_step_of_undo(artist: Artist) -> None:
    document, before = artist.window.session.document, artist.points.n
    artist.painter.choose_class(1)
    artist.stroke((-5, 5), (-4, 5), (-2, 5))
    added = artist.points.inputs[before:]
    assert isinstance(document.project.data.source, Points)
    assert artist.points.labels[before:].tolist() == [1] * len(added)
    assert added[:, 1] == pytest.approx(5, abs=0.1)
    assert np.diff(added[:, 0]) == pytest.approx(SPACING * artist.painter.radius, abs=0.01)  # no gaps on a quick way
    assert added[[0, -1], 0] == pytest.approx([-5, -2.3], abs=0.1)
    document.undo()
    assert artist.points.n == before
    assert document.project.data.source == type(document.project.data.source)()


def test_a_stroke_that_rests_is_still_one_step(artist: Artist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MERGE_WITHIN_MS", 0)  # whatever is not held is a step of its own
    document = artist.window.session.document
    before = document.project
    QTest.mousePress(artist.map, LEFT, pos=artist.at(-5, 5))
    for x in (-4, -3):
        seen = artist.points.n
        QTest.mouseMove(artist.map, artist.at(x, 5))
        artist.qtbot.waitUntil(lambda seen=seen: artist.points.n > seen)
    QTest.mouseRelease(artist.map, LEFT, pos=artist.at(-3, 5))
    document.undo()
    assert document.project == before


def test_leaving_in_the_middle_of_a_stroke_ends_it(artist: Artist) -> None:
    before = artist.points.n
    QTest.mousePress(artist.map, LEFT, pos=artist.at(-5, 5))
    QTest.keyClick(artist.map, Qt.Key.Key_Escape)
    assert artist.points.n == before + 1  # what was painted stays
    QTest.mouseRelease(artist.map, LEFT, pos=artist.at(-4, 5))
    artist.mode.begin()
    QTest.mouseMove(artist.map, artist.at(4, 5))
    artist.stroke((5, 5))
    assert artist.points.n == before + 2


def test_other_points_in_the_middle_of_a_stroke_end_it(artist: Artist) -> None:
    document, before = artist.window.session.document, artist.points.n
    QTest.mousePress(artist.map, LEFT, pos=artist.at(-5, 5))
    artist.qtbot.waitUntil(lambda: artist.points.n == before + 1)
    document.undo()
    artist.stroke_goes_on((-3, 5))
    assert artist.points.n == before  # the rest of the stroke brings nothing back
    QTest.mousePress(artist.map, LEFT, pos=artist.at(-5, 5))
    document.apply(edits.set_source(document.project, "moons"))
    artist.stroke_goes_on((-3, 5))
    assert document.project.data.source == SOURCES["moons"]()


def test_the_lasso_lets_go_when_undo_puts_its_points_back(artist: Artist) -> None:
    artist.painter.clear()
    artist.stroke((0, 0))
    artist.painter.choose(Tool.LASSO)
    artist.stroke((-1, -1), (1, -1), (1, 1), (-1, 1))
    artist.stroke((0, 0), (-3, 0))
    artist.window.session.document.undo()
    artist.stroke((-3, 0), (-3, 3))  # where the points were moved to, nothing is
    assert artist.points.inputs.tolist() == [pytest.approx([0, 0], abs=0.1)]


def test_the_network_keeps_its_weights_and_adapts(artist: Artist) -> None:
    trainer = artist.window.session.trainer
    trainer.train(until_epoch=20)
    artist.wait_for(20)
    weights = trainer.capture().parameters.copy()
    artist.painter.choose(Tool.SPRAY)
    artist.painter.choose_class(0)
    artist.stroke(*[(x / 4, 0.0) for x in range(-6, 7)])
    assert np.array_equal(trainer.capture().parameters, weights)
    artist.qtbot.waitUntil(lambda: artist.map.output_at(0.0, 0.0) is not None)
    first = artist.map.output_at(0.0, 0.0)
    trainer.train(until_epoch=120)
    artist.wait_for(120)
    artist.qtbot.waitUntil(lambda: bool(artist.map.output_at(0.0, 0.0) < first))


def test_painting_goes_on_while_the_network_trains(artist: Artist) -> None:
    trainer = artist.window.session.trainer
    trainer.train()
    artist.wait_for(4, still=False)
    for row in range(5):
        artist.stroke((-5, row), (-4, row), (-3, row))
    assert trainer.running
    artist.wait_for(3, still=False)
    artist.wait_for(trainer.latest.counters.epoch + 3, still=False)
    trainer.pause()


def test_eraser_and_right_button_take_away(artist: Artist) -> None:
    before = artist.points.n
    artist.painter.set_radius(2.0)
    artist.stroke((0, 0), button=RIGHT)
    after = artist.points.n
    assert after < before
    artist.painter.choose(Tool.ERASER)
    artist.stroke((3, 0), (-3, 0))
    assert artist.points.n < after


def test_the_lasso_moves_what_it_caught(artist: Artist) -> None:
    artist.painter.clear()
    artist.stroke((0, 0))
    artist.stroke((4, 4))
    artist.painter.choose(Tool.LASSO)
    artist.stroke((-1, -1), (1, -1), (1, 1), (-1, 1))
    artist.stroke((0, 0), (-1, 0), (-3, 0))
    assert artist.points.inputs.tolist() == [pytest.approx([-3, 0], abs=0.1), pytest.approx([4, 4], abs=0.1)]


def test_a_class_more_by_the_strip(artist: Artist) -> None:
    artist.strip.add_button.click()
    artist.stroke((5, 5))
    assert artist.points.class_names == ("class 0", "class 1", "class 2")
    assert artist.points.labels[-1] == 2
    assert artist.window.session.document.project.network.layers[-1].units == 3
    assert len([chip for chip in artist.strip.classes if chip.isVisible()]) == 3


def test_all_chips_of_ten_classes_fit(artist: Artist) -> None:
    for _ in range(8):
        artist.painter.add_class()
    assert [chip for chip in artist.strip.classes if chip.visibleRegion().boundingRect() != chip.rect()] == []


class Step(NamedTuple):
    """One thing that a user does: a stroke of a tool with a class, or a step through the history."""

    what: Tool | str
    label: int
    places: list[tuple[float, float]]


strokes = st.builds(
    Step,
    st.sampled_from([*Tool, "undo", "redo"]),
    st.integers(0, 1),
    st.lists(st.tuples(st.floats(-6.5, 6.5), st.floats(-6.5, 6.5)), min_size=1, max_size=4),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(strokes, max_size=8))
def test_whatever_is_painted_can_be_undone(artist: Artist, steps: list[Step]) -> None:
    document = artist.window.session.document
    before = document.project
    for what, label, places in steps:
        if isinstance(what, Tool):
            artist.painter.choose(what)
            artist.painter.choose_class(label)
            artist.stroke(*places)
            source = document.project.data.source
            assert not isinstance(source, Points) or source.sound()
        else:
            document.undo() if what == "undo" and document.project != before else document.redo()
        assert artist.points.n == document.project.data.points
    while document.project != before:
        document.undo()


def test_without_points_a_sentence_says_what_to_do_and_two_classes_train_again(artist: Artist) -> None:
    trainer = artist.window.session.trainer
    artist.strip.clear_button.click()
    assert "Add some more" in trainer.problems[0].sentence
    artist.painter.choose_class(0)
    artist.stroke((-4, 0), (-3, 0), (-2, 0))
    assert trainer.problems == () or artist.points.n < 4
    artist.stroke((-4, 1), (-3, 1), (-2, 1))
    trainer.train(until_epoch=2)  # one class only: nothing to tell apart, and nothing breaks
    artist.wait_for(2)
    artist.painter.choose_class(1)
    artist.stroke((4, 0), (3, 0), (2, 0))
    trainer.train(until_epoch=60)
    artist.wait_for(60)
    assert trainer.latest.counters.train_metric == 1.0


def test_numbers_are_painted_with_a_value(artist: Artist) -> None:
    document = artist.window.session.document
    document.apply(edits.set_source(document.project, "plane"))
    artist.strip.value.setValue(-0.7)
    artist.stroke((1, 1))
    assert artist.points.labels is None
    assert artist.points.targets[-1, 0] == pytest.approx(-0.7)


def test_keys_choose_class_and_size_and_end(artist: Artist) -> None:
    QTest.keyClick(artist.map, Qt.Key.Key_1)
    assert artist.painter.label == 0
    radius = artist.painter.radius
    QTest.keyClick(artist.map, Qt.Key.Key_BracketRight)
    assert artist.painter.radius > radius
    QTest.keyClick(artist.map, Qt.Key.Key_Escape)
    assert not artist.mode.on
    assert not artist.strip.isVisible()
    assert artist.window.output_panel.below.isVisible()
    assert not artist.window.actions_by_id["data.paint"].isChecked()


def test_images_make_room_for_a_plane_and_come_back_by_undo(window: MainWindow, qtbot: Any) -> None:
    document = window.session.document
    document.apply(edits.set_source(document.project, "digits"))
    before = document.project
    window.show()
    artist = Artist(window, qtbot)
    assert artist.points.n == 0
    assert artist.mode.on
    document.undo()
    assert document.project == before
    assert not artist.mode.on
