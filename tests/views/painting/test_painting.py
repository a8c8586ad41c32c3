"""Painting on the real window with real mouse events."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playground.app.main_window import MainWindow
from playground.data.sources import Points
from playground.project import edits
from playground.views.painting.painter import Tool

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
    artist.stroke((-5, 5), (-4, 5), (-3, 5), (-2, 5))
    assert artist.points.n == before + 4
    assert isinstance(document.project.data.source, Points)
    assert artist.points.labels[-4:].tolist() == [1, 1, 1, 1]
    assert artist.points.inputs[-1] == pytest.approx([-2, 5], abs=0.1)
    document.undo()
    assert artist.points.n == before
    assert document.project.data.source == type(document.project.data.source)()


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
