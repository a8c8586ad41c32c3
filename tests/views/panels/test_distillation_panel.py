"""The distillation panel on a real run: stages, purity, marks, the journey, and asking only while visible."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolTip

from playground.engine.layers import Dense
from playground.insight.pictures import DISTILLATION, PURITY
from playground.project import edits
from playground.training.records import RunState
from playground.views.panels.distillation_panel import DistillationPanel
from playground.views.panels.morph_view import STEPS
from playground.views.theme import Token


@pytest.fixture
def panel(session, theme, shown, qtbot):
    made = shown(DistillationPanel(session, theme), 1340, 166)
    qtbot.waitUntil(lambda: bool(made.views) and made.views[0].text.purity is not None)
    return made


def pictured(session):
    return session.trainer.latest.pictures[DISTILLATION]


def titles(panel):
    return [view.text.title for view in panel.views]


def spot(picture, index):
    """Where an example stands in a view."""
    frame, (x, y) = picture.frame(), picture.scene.points[index]
    return QPoint(round(frame.left() + x * frame.width()), round(frame.top() + y * frame.height()))


def lonely(picture):
    """An example that no other one is near."""
    points = picture.scene.points
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(len(points)) * 9
    return int(gaps.min(axis=1).argmax())


def test_untrained_stages_are_shown(panel, session):
    assert titles(panel) == ["Input", "after layer 1", "after layer 2", "prediction"]
    assert all(view.isVisible() and view.scene is not None for view in panel.views)
    assert [bool(view.text.note) for view in panel.views] == [False, True, False, False]
    purity = session.trainer.latest.pictures[PURITY]
    assert [view.text.purity for view in panel.views] == list(purity.stages)
    assert panel.views[1].accessibleName() == f"after layer 1, purity {panel.views[1].text.number}"
    assert "PCA" in panel.views[1].toolTip()


def test_training_purifies_the_stages(panel, session, qtbot):
    """On the circle with 4, 2 and 1 units: from about chance to nearly all, while the input stays as it is."""
    before = [view.text.purity for view in panel.views]
    session.trainer.train(until_epoch=300)
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch == 300)
    qtbot.waitUntil(lambda: panel.views[2].text.purity >= 0.95)
    assert session.trainer.latest.counters.epoch == 300
    assert before[2] < 0.65
    assert panel.views[0].text.purity == before[0] < 0.65


def test_a_paused_run_is_drawn_as_it_stands(panel, session, train, qtbot):
    train(20)
    picture = pictured(session)
    for view, stage in zip(panel.views, picture.stages, strict=True):
        np.testing.assert_allclose(view.scene.points, stage.window.unit(stage.points))


def test_stages_are_drawn_while_training(panel, session, qtbot):
    before = panel.views[1].scene
    session.trainer.train()
    qtbot.waitUntil(lambda: panel.views[1].scene is not before and panel.views[3].scene is not before)
    assert session.trainer.state is RunState.RUNNING
    session.trainer.pause()
    qtbot.waitUntil(lambda: session.trainer.state is not RunState.RUNNING)


def test_the_picture_is_asked_for_only_while_it_can_be_seen(panel, session, snapshot):
    snapshot(lambda moment: DISTILLATION in moment.pictures)
    panel.hide()
    snapshot(lambda moment: DISTILLATION not in moment.pictures)
    panel.show()
    snapshot(lambda moment: DISTILLATION in moment.pictures)


def test_stages_follow_the_layers(panel, session, qtbot):
    session.document.apply(edits.add_layer(session.document.project, 1, Dense(6, "relu")))
    qtbot.waitUntil(lambda: len(panel.views) == 5)
    session.document.apply(edits.remove_layer(session.document.project, 0))
    session.document.apply(edits.remove_layer(session.document.project, 0))
    qtbot.waitUntil(lambda: titles(panel) == ["Input", "after layer 1", "prediction"])
    assert panel.morph.slider.maximum() == 2 * STEPS


def test_what_does_not_fit_together_is_said(panel, session, qtbot):
    good = session.document.project
    session.document.apply(edits.set_loss(good, "categorical_crossentropy"))
    assert not panel.views[0].isVisible()
    session.document.undo()
    qtbot.waitUntil(panel.views[0].isVisible)


@pytest.mark.parametrize(
    ("preset", "stages", "measure", "chance"),
    [("digits", 3, "purity", 0.1), ("plane", 3, "purity (R²)", 0.0), ("blobs", 3, "purity", 1 / 3)],
)
def test_other_data(panel, open_preset, qtbot, preset, stages, measure, chance):
    open_preset(preset)
    qtbot.waitUntil(lambda: len(panel.views) == stages and panel.views[0].text.chance == pytest.approx(chance))
    assert {view.text.measure for view in panel.views} == {measure}
    panel.morph.slider.setValue(3 * STEPS // 2)
    assert not panel.grab().isNull()


def test_a_clicked_example_is_marked_in_every_stage(panel, session, train, qtbot):
    view = panel.views[0]
    index = lonely(view)
    plain = [other.grab().toImage() for other in (*panel.views, panel.morph.picture)]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot(view, index))
    QTest.mouseMove(panel, QPoint(2, 2))
    view.leaveEvent(QEvent(QEvent.Type.Leave))
    marked = [other.grab().toImage() for other in (*panel.views, panel.morph.picture)]
    assert all(before != after for before, after in zip(plain, marked, strict=True))
    assert {other._marked for other in (*panel.views, panel.morph.picture)} == {index}
    train(3)
    assert panel.views[2]._marked == index
    QTest.mouseClick(panel.views[0], Qt.MouseButton.LeftButton, pos=spot(view, index))
    assert panel.views[2]._marked is None


def test_a_click_beside_all_examples_takes_the_mark_away(panel):
    panel.views[0].clicked.emit(5)
    assert panel.views[1]._marked == 5
    QTest.mouseClick(panel.views[0], Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert panel.views[1]._marked is None


def test_pointing_shows_an_example_everywhere_and_tells_about_it(panel, session):
    view = panel.views[1]
    index = lonely(view)
    place = spot(view, index)
    view.hovered.emit(index)
    assert {other._pointed for other in panel.views} == {index}
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    text = QToolTip.text()
    labels = pictured(session).labels
    assert f"class {labels[index]}" in text
    for word in ("x₁", "after layer 1:", "after layer 2:", "prediction:"):
        assert word in text
    QToolTip.hideText()
    view.leaveEvent(QEvent(QEvent.Type.Leave))
    assert {other._pointed for other in panel.views} == {None}


@pytest.mark.parametrize(("preset", "words"), [("digits", ("<img", "truth: <b>", " %)")), ("plane", ("target ", "x₂"))])
def test_examples_of_other_data_in_words(panel, open_preset, qtbot, preset, words):
    open_preset(preset)
    qtbot.waitUntil(lambda: len(panel.views) == 3)
    text = panel._describe(0)
    assert all(word in text for word in words)


def test_the_slider_moves_the_examples_from_stage_to_stage(panel):
    morph, scenes = panel.morph, [view.scene for view in panel.views]
    assert morph.picture.scene is scenes[0]
    morph.slider.setValue(STEPS)
    assert morph.picture.scene is scenes[1]
    morph.slider.setValue(STEPS + STEPS // 2)
    middle = (scenes[1].points + scenes[2].points) / 2
    np.testing.assert_allclose(morph.picture.scene.points, middle)
    np.testing.assert_allclose(morph.picture.scene.grid, (scenes[1].grid + scenes[2].grid) / 2)
    assert morph._where.text() == "after layer 1 → after layer 2"
    morph.slider.setValue(3 * STEPS - 1)
    assert 0 < morph.picture.scene.grid_strength < 0.1  # the strip has no grid
    morph.slider.setValue(3 * STEPS)
    assert morph.picture.scene is scenes[3]


def test_play_travels_to_the_prediction_and_stops(panel, qtbot):
    button = panel.findChild(QPushButton, "distillation.play")
    panel.morph.slider.setValue(3 * STEPS - 20)
    button.click()
    assert panel.morph.playing
    assert button.text() == "Stop"
    qtbot.waitUntil(lambda: not panel.morph.playing)
    assert panel.morph.slider.value() == 3 * STEPS
    button.click()
    assert panel.morph.slider.value() < STEPS
    button.click()
    assert not panel.morph.playing


def test_hiding_stops_the_journey(panel):
    panel.morph.toggle()
    panel.hide()
    assert not panel.morph.playing


def test_many_layers_shrink_and_then_scroll(panel, session, qtbot):
    for _ in range(4):
        session.document.apply(edits.add_layer(session.document.project, 1, Dense(3, "tanh")))
    qtbot.waitUntil(lambda: len(panel.views) == 8)
    assert panel.views[-1].geometry().right() <= panel.row.viewport().width()
    assert panel.views[0].frame().width() < 130
    for _ in range(8):
        session.document.apply(edits.add_layer(session.document.project, 1, Dense(3, "tanh")))
    qtbot.waitUntil(lambda: len(panel.views) == 16)
    assert panel.views[-1].geometry().right() > panel.row.viewport().width()
    assert panel.row.horizontalScrollBar().maximum() > 0
    assert not panel.grab().isNull()


def test_it_grows_with_the_window(panel):
    small = panel.views[0].frame().width()
    panel.resize(1890, 260)
    assert panel.views[0].frame().width() > 1.3 * small
    assert panel.morph.picture.frame().width() > 1.3 * small


def test_it_fits_the_lower_row(panel):
    assert panel.minimumSizeHint().height() <= 152
    assert panel.minimumSizeHint().width() <= 700


def test_another_theme_recolors(panel, theme):
    light = panel.grab().toImage()
    theme.set_mode("dark")
    dark = panel.grab().toImage()
    assert light != dark
    frame = panel.views[0].frame()
    inside = panel.views[0].mapTo(panel, QPointF(frame.left() + 3, frame.top() + 3).toPoint())
    assert dark.pixelColor(inside) == theme.color(Token.CARD)


def test_the_probes_line_is_drawn_while_the_pointer_is_on_the_stage(panel):
    view = panel.views[2]
    before = view.grab().toImage()
    view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    assert view.grab().toImage() != before
    view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    assert view.grab().toImage() == before
    assert "Dashed" in view.toolTip()


def test_examples_can_be_chosen_by_the_keyboard(panel):
    picture = panel.morph.picture
    picture.setFocus()
    for key, index in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, -1)):
        QTest.keyClick(picture, key)
        assert picture._marked == index % len(picture.scene.points)
    assert "prediction" in picture.accessibleDescription()
    QTest.keyClick(picture, Qt.Key.Key_Escape)
    assert picture._marked is None


def test_two_units_can_be_chosen_in_place_of_pca(panel, session):
    view = panel.views[1]
    place = QPoint(round(view.frame().right()) + 20, round(view.frame().top()) + 8)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    menu = panel.findChild(QMenu, "distillation.axes")
    assert [action.text() for action in menu.actions()] == ["Main directions (PCA)", "To the right", "Upwards"]
    menu.actions()[1].menu().actions()[3].trigger()
    menu.close()
    assert view.text.note.startswith("two units")
    outputs = pictured(session).stages[1].units
    window = panel._picture.stages[1].window
    assert np.allclose(view.scene.points, window.unit(outputs[:, [3, 1]]))
    panel.axes.choose(1, None)
    assert view.text.note.startswith("PCA")


def test_the_choice_stays_while_training_goes_on(panel, session, qtbot):
    panel.axes.choose(1, (0, 2))
    session.trainer.train(until_epoch=3)
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch == 3)
    qtbot.waitUntil(lambda: session.trainer.state is RunState.PAUSED)
    assert panel.views[1].text.note.startswith("two units")


def test_an_example_that_is_chosen_elsewhere_is_marked_in_all_stages(panel, session):
    row = int(pictured(session).rows[7])
    session.trainer.select_example(row)
    assert [view._marked for view in panel.views] == [7] * len(panel.views)
    QTest.mouseClick(panel.views[0], Qt.MouseButton.LeftButton, pos=spot(panel.views[0], 7))
    chosen = session.trainer.example
    assert chosen is None or chosen != row
