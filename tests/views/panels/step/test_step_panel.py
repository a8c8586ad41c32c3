"""Step through on a real run: real clicks and keys, real updates, and the canvas that lights up."""

import time

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton

from playground.insight.pictures import STEP
from playground.insight.trace.card import Asked, Beat, Focus, Question, Stage, Zoom
from playground.project import edits
from playground.project.model import NetworkSettings
from playground.training.records import RunState
from playground.views.canvas import NetworkCanvas
from playground.views.panels.step import StepPanel
from playground.views.panels.step.question_bar import is_right
from playground.views.theme import Token


@pytest.fixture
def panel(session, theme, shown, qtbot):
    made = shown(StepPanel(session, theme), 1340, 166)
    qtbot.waitUntil(lambda: made.walk is not None)
    return made


@pytest.fixture
def click(panel, qtbot):
    def press(name):
        button = panel.findChild(QPushButton, f"step.{name}")
        assert button.isVisible()
        assert button.isEnabled(), name
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return press


@pytest.fixture
def lights(panel):
    seen = []
    panel.lit.connect(seen.append)
    return seen


def page(panel):
    return panel.view.page.toPlainText()


def stages(panel):
    return [(beat.stage.value, beat.layer) for beat in panel.walk.beats]


def test_it_begins_with_the_first_weight_going_forward(panel):
    assert panel.walk.zoom is Zoom.TERM
    assert panel.walk.beat == Beat(Stage.FORWARD, 0)
    assert "layer 1, unit 1" in panel.view.title.text()
    assert "tanh" in page(panel)
    assert not panel.findChild(QPushButton, "step.back").isEnabled()


def test_next_and_back_walk_through_all_beats(panel, click):
    seen = [panel.walk.beat]
    for _ in range(7):
        click("next")
        seen.append(panel.walk.beat)
    assert seen == list(panel.walk.beats)
    assert [beat.stage for beat in seen[3:4]] == [Stage.LOSS]
    click("back")
    assert panel.walk.beat == Beat(Stage.BACKWARD, 0)


def test_the_last_beat_makes_the_update_that_was_shown(panel, click, session, qtbot):
    trace = panel.walk.trace
    panel.go_to(len(panel.walk.beats) - 1)
    assert panel.findChild(QPushButton, "step.next").text() == "Make this update"
    click("next")
    qtbot.waitUntil(lambda: panel.walk.trace is not trace)
    assert session.trainer.latest.counters.step == 1
    np.testing.assert_array_equal(session.trainer.latest.parameters, trace.update.after)
    assert panel.walk.trace.step == 1
    assert panel.walk.at == 0
    assert "Update 1 is made" in panel.view.note.said


@pytest.mark.parametrize("zoom", list(Zoom))
def test_every_zoom_says_something_at_every_beat(panel, click, zoom):
    click(f"zoom.{zoom.value}")
    assert panel.walk.zoom is zoom
    for at in range(len(panel.walk.beats)):
        panel.go_to(at)
        assert panel.view.title.text()
        assert page(panel).strip() or panel.view.note.said
        assert "%" not in panel.view.title.text() + panel.view.note.said.replace(" %", "")


def test_zooming_stays_at_the_same_part(panel):
    panel.go_to(5)
    assert panel.walk.beat == Beat(Stage.BACKWARD, 1)
    panel.zoom_to(Zoom.LAYER)
    assert panel.walk.beat == Beat(Stage.BACKWARD, 1)
    panel.zoom_to(Zoom.BATCH)
    assert panel.walk.beat == Beat(Stage.BACKWARD)
    panel.zoom_to(Zoom.TERM)
    assert panel.walk.beat.stage is Stage.BACKWARD
    assert panel.walk.focus == Focus()


def test_keys_walk_and_choose(panel, qtbot):
    panel.setFocus()
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    assert panel.walk.at == 1
    qtbot.keyClick(panel, Qt.Key.Key_Left)
    assert panel.walk.at == 0
    qtbot.keyClick(panel, Qt.Key.Key_Down)
    assert panel.walk.focus.unit == 1
    qtbot.keyClick(panel, Qt.Key.Key_PageDown)
    assert panel.walk.focus.example == 1
    qtbot.keyClick(panel, Qt.Key.Key_2)
    assert panel.walk.zoom is Zoom.BATCH
    qtbot.keyClick(panel, Qt.Key.Key_P)
    assert panel.findChild(QCheckBox, "step.predict").isChecked()


def test_a_click_on_the_strip_goes_there(panel, qtbot):
    strip = panel.controls.strip
    for stage in (Stage.UPDATE, Stage.LOSS, Stage.BACKWARD, Stage.FORWARD):
        place = strip.box(stage).center().toPoint() - QPoint(0, 12)
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
        assert panel.walk.beat.stage is stage


def test_unit_and_weight_are_chosen_in_the_panel(panel):
    def pick(name, at):
        box = panel.findChild(QComboBox, f"step.{name}")
        box.setCurrentIndex(at)
        box.activated.emit(at)

    pick("unit", 2)
    pick("source", 1)
    assert panel.walk.focus == Focus(0, 0, 2, 1)
    assert "unit 3" in panel.view.title.text()
    pick("source", 2)
    assert panel.walk.focus.source is None
    pick("layer", 1)
    assert panel.walk.beat == Beat(Stage.FORWARD, 1)
    assert panel.findChild(QComboBox, "step.unit").count() == 2


def test_the_numbers_on_the_card_are_those_of_the_trace(panel):
    trace = panel.walk.trace
    shown = page(panel).replace("−", "-")
    for value in (trace.layers[0].sums[0, 0], trace.layers[0].outputs[0, 0], trace.layers[0].input[1, 0]):
        assert f"{value:.3g}" in shown


def test_predict_first_hides_a_number_and_compares(panel, click, qtbot):
    qtbot.mouseClick(panel.findChild(QCheckBox, "step.predict"), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    answer = panel.walk.card().question.answer
    assert "?" in page(panel)
    assert f"{answer:.3g}".replace("-", "−") not in page(panel)
    field = panel.findChild(QLineEdit, "step.guess")
    field.setFocus()
    qtbot.keyClicks(field, f"{answer * 1.01:.4f}")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert f"{answer:.3g}".replace("-", "−") in page(panel)
    assert panel.view.question.verdict.startswith("Right")
    click("next")
    assert panel.walk.at == 1
    assert panel.view.hides
    qtbot.keyClicks(field, "999")
    click("compare")
    assert "you said 999" in panel.view.question.verdict
    assert "1 of 2 right" in panel.view.question.verdict


def test_predict_first_asks_whether_a_weight_goes_up_or_down(panel, click):
    panel.view.predict_box.setChecked(True)
    panel.go_to(7)
    change = panel.walk.card().question.answer
    click("up" if change > 0 else "down")
    assert panel.view.question.verdict.startswith("Right")
    assert not panel.view.hides


def test_next_shows_what_is_hidden_before_it_goes_on(panel, click):
    panel.view.predict_box.setChecked(True)
    click("next")
    assert panel.walk.at == 0
    assert "?" not in page(panel)
    click("next")
    assert panel.walk.at == 1
    click("show")
    assert "?" not in page(panel)


def test_guesses_are_judged_kindly_but_truly():
    number = Question(None, Asked.NUMBER, -0.5)
    assert is_right(number, -0.48)
    assert not is_right(number, 0.5)
    assert not is_right(number, -0.6)
    falling = Question(None, Asked.DIRECTION, -1e-6)
    assert is_right(falling, -1.0)
    assert not is_right(falling, 1.0)


def test_while_training_it_says_what_to_do(panel, click, session, qtbot):
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.state is RunState.RUNNING)
    qtbot.waitUntil(lambda: STEP not in session.trainer.latest.pictures)
    assert panel.findChild(QPushButton, "step.pause").isVisible()
    before = panel.walk.trace
    click("pause")
    qtbot.waitUntil(lambda: panel.walk.trace.step > before.step)
    assert panel.walk.at == 0
    assert not panel.findChild(QPushButton, "step.pause").isVisible()


def test_edits_and_reset_refresh_the_trace(panel, session, qtbot):
    panel.go_to(4)
    trace = panel.walk.trace
    session.trainer.edit_weights(np.array([0]), np.array([1.25]), "Edit a weight")
    qtbot.waitUntil(lambda: panel.walk.trace is not trace)
    assert panel.walk.trace.update.before[0] == 1.25
    assert panel.walk.at == 4
    project = session.document.project
    session.document.apply(edits.set_value(project, "training.optimizer.learning_rate", 0.5))
    qtbot.waitUntil(lambda: panel.walk.trace.update.rate == 0.5)
    session.trainer.step()
    qtbot.waitUntil(lambda: panel.walk.trace.step == 1)
    assert panel.walk.at == 0
    session.trainer.reset()
    qtbot.waitUntil(lambda: panel.walk.trace.step == 0)


def test_another_network_is_walked_through_from_its_beginning(panel, session, open_preset, qtbot):
    panel.go_to(6)
    session.document.apply(edits.add_layer(session.document.project, 1))
    qtbot.waitUntil(lambda: len(panel.walk.trace.layers) == 4)
    assert panel.walk.at == 0
    for name in ("digits", "blobs", "plane"):
        open_preset(name)
        qtbot.waitUntil(lambda: panel.walk.trace.project is session.document.project)
        for zoom in Zoom:
            panel.zoom_to(zoom)
            for at in range(len(panel.walk.beats)):
                panel.go_to(at)


def test_a_network_that_cannot_train_is_told(panel, session, qtbot, lights):
    project = session.document.project
    layers = (*project.network.layers[:-1], msgspec.structs.replace(project.network.layers[-1], activation="relu"))
    broken = msgspec.structs.replace(project, network=NetworkSettings(layers=layers))
    session.document.apply(edits.Edit("Break", broken))
    qtbot.waitUntil(lambda: bool(session.trainer.problems))
    assert "cannot train" in panel.empty.text.text()
    assert panel.empty.isVisible()
    assert lights[-1] is None
    session.document.undo()
    qtbot.waitUntil(panel.view.isVisible)


def test_it_asks_for_its_picture_only_while_it_can_be_seen(panel, session, qtbot, lights):
    panel.hide()
    qtbot.waitUntil(lambda: STEP not in session.trainer.latest.pictures)
    assert lights == [None]
    panel.show()
    qtbot.waitUntil(lambda: STEP in session.trainer.latest.pictures)
    assert lights[-1] is not None


def test_an_example_that_is_selected_elsewhere_is_followed(panel, session, qtbot):
    row = int(panel.walk.trace.rows[4])
    session.trainer.select_example(row)
    assert panel.walk.focus.example == 4
    session.trainer.select_example(int(session.document.samples.dataset.test[0]))
    assert panel.walk.focus.example == 4


def test_the_tool_tip_tells_all_digits(panel):
    panel.go_to(0)
    exact = float(panel.walk.trace.layers[0].sums[0, 0])
    assert f"{exact:.7f}".rstrip("0").replace("-", "−") in panel.view.page.toolTip()
    assert panel.view.page.accessibleName() == panel.view.title.text()
    panel.view.predict_box.setChecked(True)
    assert panel.view.page.toolTip() == ""


def test_playing_walks_on_and_makes_updates(panel, click, session, qtbot):
    panel._timer.setInterval(1)
    click("zoom.batch")
    click("play")
    assert panel.playing
    qtbot.waitUntil(lambda: panel.walk.trace.step >= 2)
    click("play")
    assert not panel.playing
    qtbot.waitUntil(lambda: session.trainer.latest.counters.step == panel.walk.trace.step)


def test_the_canvas_lights_up_and_chooses_units(panel, session, theme, qtbot, shown):
    canvas = shown(NetworkCanvas(session, theme, {}), 800, 448)
    panel.use_canvas(canvas)
    panel.go_to(0)
    seen = canvas.assembly.surface._lights.seen
    assert seen.forward
    assert seen.units[1].tolist() == [1, 0, 0, 0]
    box = canvas.assembly.layout.columns[1].units[2]
    place = canvas.assembly.surface.to_widget(QPointF(box.center_x, box.center_y))
    qtbot.mouseClick(canvas.assembly.surface, Qt.MouseButton.LeftButton, pos=place)
    assert panel.walk.focus.unit == 2
    assert canvas.assembly.surface._lights.seen.units[1].tolist() == [0, 0, 1, 0]
    panel.focus_on((0, 1))
    assert panel.walk.focus == Focus(0, 0, 2, 1)
    panel.focus_on((3, 0))
    assert panel.walk.beat.layer == 2
    panel.focus_on(None)
    panel.hide()
    assert canvas.assembly.surface._lights.seen is None


def test_a_card_is_written_in_the_time_of_a_frame(panel, qtbot):
    start, beats = time.perf_counter(), len(panel.walk.beats)
    for at in range(beats):
        panel.go_to(at)
    assert (time.perf_counter() - start) / beats < 0.016


def test_both_themes(panel, theme):
    assert theme.hex(Token.SELECTION).lower() in panel.view.page.toHtml()
    theme.set_mode("dark")
    assert theme.hex(Token.SELECTION).lower() in panel.view.page.toHtml()
