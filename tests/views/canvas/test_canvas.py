"""The network canvas, driven by mouse and keyboard on a real session."""

from typing import Any, TypeVar

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QMenu,
    QSlider,
    QSpinBox,
    QToolButton,
)

from playground.data.features import FEATURES
from playground.engine.layers import Conv2D, Dense
from playground.project import edits
from playground.session import Session
from playground.training.records import RunState
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.bundle_popup import BundlePopup
from playground.views.canvas.cards import MoreSettings
from playground.views.canvas.features import FeatureButton
from playground.views.canvas.selection import Selection
from playground.views.canvas.surface import Surface
from playground.views.forms import NumberSpin
from playground.views.formula.dialog import FormulaDialog
from playground.views.theme import Theme, Token

W = TypeVar("W")
ACTIONS = ("network.add_layer", "network.remove_layer", "network.add_unit", "network.remove_unit")


def find(canvas: NetworkCanvas, kind: type[W], name: str) -> W:
    widget = canvas.findChild(kind, name)
    assert widget is not None, f"no {kind.__name__} named {name}"
    return widget


def sheet(canvas: NetworkCanvas) -> Surface:
    found = canvas.findChild(Surface)
    assert found is not None
    return found


def layout(canvas: NetworkCanvas) -> Any:
    return canvas._assembly.layout


def click(widget: Any, place: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())


def column_point(canvas: NetworkCanvas, column: int) -> QPoint:
    """A point of a column that no unit and no control covers."""
    frame = layout(canvas).columns[column].frame
    return QPoint(round(frame.x) + 4, round(frame.bottom) - 4)


def layers(session: Session) -> tuple[Any, ...]:
    return session.document.project.network.layers


def activate(canvas: NetworkCanvas, name: str, value: str) -> None:
    """Choose an entry of a drop-down list with the keyboard alone."""
    combo = find(canvas, QComboBox, name)
    combo.setFocus()
    row = combo.findData(value)
    steps = row - combo.currentIndex()
    for _ in range(abs(steps)):
        QTest.keyClick(combo, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


# --- Building the network --------------------------------------------------------------------------------------------


def test_every_layer_has_its_controls(canvas: NetworkCanvas) -> None:
    for layer, (units, activation) in enumerate([(4, "tanh"), (2, "tanh")]):
        assert find(canvas, QSpinBox, f"network.layers.{layer}.units").value() == units
        assert find(canvas, QComboBox, f"network.layers.{layer}.activation").currentData() == activation
    assert find(canvas, QComboBox, "network.layers.2.activation").currentData() == "sigmoid"
    assert canvas.findChild(QSpinBox, "network.layers.2.units") is None
    note = find(canvas, QLabel, "network.output_units")
    assert "data" in note.toolTip()


def test_every_control_has_a_name_and_a_tip(canvas: NetworkCanvas) -> None:
    for kind in (QComboBox, QSpinBox, QToolButton, QSlider, NumberSpin, FeatureButton, QCheckBox):
        for widget in canvas.findChildren(kind):
            if widget.objectName() and not widget.objectName().startswith("qt_"):
                assert widget.accessibleName() or widget.text(), widget.objectName()
                assert widget.toolTip(), widget.objectName()


def test_plus_and_minus_change_the_units(canvas: NetworkCanvas, session: Session) -> None:
    click(find(canvas, QToolButton, "network.layers.0.units.more"))
    assert layers(session)[0].units == 5
    click(find(canvas, QToolButton, "network.layers.1.units.fewer"))
    assert layers(session)[1].units == 1
    assert len(layout(canvas).columns[1].units) == 5


def test_units_can_be_typed(canvas: NetworkCanvas, session: Session) -> None:
    spin = find(canvas, QSpinBox, "network.layers.0.units")
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "12")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert layers(session)[0].units == 12


def test_the_activation_is_chosen_by_keyboard(canvas: NetworkCanvas, session: Session) -> None:
    activate(canvas, "network.layers.0.activation", "relu")
    assert layers(session)[0].activation == "relu"


def test_a_layer_is_inserted_between_two_others(canvas: NetworkCanvas, session: Session) -> None:
    click(find(canvas, QToolButton, "network.insert.1"))
    assert [layer.units for layer in layers(session)] == [4, 4, 2, 1]
    assert len(layout(canvas).columns) == 5
    assert find(canvas, QSpinBox, "network.layers.2.units").value() == 2


def test_a_layer_is_removed_by_its_cross(canvas: NetworkCanvas, session: Session) -> None:
    click(find(canvas, QToolButton, "network.layers.0.remove"))
    assert [layer.units for layer in layers(session)] == [2, 1]
    assert canvas.findChild(QToolButton, "network.layers.1.remove") is None, "the output layer stays"


def test_everything_can_be_removed_and_brought_back(canvas: NetworkCanvas, session: Session) -> None:
    for _ in range(2):
        click(find(canvas, QToolButton, "network.layers.0.remove"))
    assert len(layers(session)) == 1
    assert len(layout(canvas).columns) == 2
    for _ in range(2):
        session.document.undo()
    assert find(canvas, QSpinBox, "network.layers.0.units").value() == 4
    assert find(canvas, QSpinBox, "network.layers.1.units").value() == 2
    assert find(canvas, QComboBox, "network.layers.2.activation").currentData() == "sigmoid"


def test_editing_while_training_goes_on_training(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.trainer.train()
    qtbot.waitUntil(lambda: session.trainer.state is RunState.RUNNING)
    click(find(canvas, QToolButton, "network.layers.0.units.more"))
    click(find(canvas, QToolButton, "network.insert.0"))
    qtbot.waitUntil(
        lambda: session.trainer.latest is not None and canvas._reader.fits(session.trainer.latest.parameters)
    )
    qtbot.waitUntil(lambda: canvas._assembly.surface.content(1) is not None)
    assert session.trainer.state is RunState.RUNNING


# --- Selection -------------------------------------------------------------------------------------------------------


def test_a_click_selects_a_layer_and_a_click_beside_none(canvas: NetworkCanvas, qtbot: Any) -> None:
    with qtbot.waitSignal(canvas.selection_changed) as selected:
        click(sheet(canvas), column_point(canvas, 2))
    assert selected.args == [Selection((1,))]
    assert canvas.selected_layer() == 1
    click(sheet(canvas), column_point(canvas, 0))
    assert canvas.selected_layer() is None


def test_a_click_on_the_title_selects_too(canvas: NetworkCanvas) -> None:
    header = canvas._assembly._headers[1]
    click(header.title)
    assert canvas.selected_layer() == 1


def test_tab_walks_along_the_loop(canvas: NetworkCanvas) -> None:
    sheet(canvas).setFocus()
    names = []
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    order = ["data.features.x1", "network.layers.0.activation", "network.layers.1.units", "training.loss"]
    places = [names.index(name) for name in order]
    assert places == sorted(places)


def test_arrow_keys_move_the_selection(canvas: NetworkCanvas) -> None:
    surface = sheet(canvas)
    surface.setFocus()
    seen = []
    for key in [Qt.Key.Key_Right] * 4 + [Qt.Key.Key_Left]:
        QTest.keyClick(surface, key)
        seen.append(canvas.selected_layer())
    assert seen == [0, 1, 2, 2, 1]


def test_a_selected_layer_that_is_gone_is_not_selected(canvas: NetworkCanvas, session: Session) -> None:
    canvas.select_layer(2)
    session.document.apply(edits.remove_layer(session.document.project, 0))
    assert canvas.selected_layer() is None


def test_a_right_click_offers_the_verbs(canvas: NetworkCanvas, qtbot: Any) -> None:
    surface, place = sheet(canvas), column_point(canvas, 1)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, surface.mapToGlobal(place))
    QApplication.sendEvent(surface, event)
    menu = find(canvas, QMenu, "canvas.menu")
    assert canvas.selected_layer() == 0
    assert {"network.add_layer", "network.remove_layer"} <= {action.text() for action in menu.actions()}
    menu.close()


# --- Features --------------------------------------------------------------------------------------------------------


def test_a_pale_feature_is_clicked_on_and_off(canvas: NetworkCanvas, session: Session) -> None:
    button = find(canvas, FeatureButton, "data.features.x1_squared")
    assert button.isVisible()
    assert not button.isChecked()
    click(button)
    assert session.document.project.data.features == ("x1", "x2", "x1_squared")
    assert button.isChecked()
    click(button)
    assert session.document.project.data.features == ("x1", "x2")


def test_the_last_feature_stays_and_says_why(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    click(find(canvas, FeatureButton, "data.features.x1"))
    button = find(canvas, FeatureButton, "data.features.x2")
    with qtbot.waitSignal(canvas.refused) as refused:
        click(button)
    assert "only input left" in refused.args[0]
    assert button.isChecked()


def test_all_nine_features_are_in_the_menu(canvas: NetworkCanvas, session: Session) -> None:
    button = find(canvas, QToolButton, "data.features.menu")
    *actions, line, add = button.menu().actions()
    assert line.isSeparator()
    assert add.text() == "Add a formula…"
    assert [action.text() for action in actions] == [FEATURES[name].title for name in FEATURES]
    actions[-1].trigger()
    assert "cos_x2" in session.document.project.data.features
    assert button.text() == "3 of 9"
    assert find(canvas, FeatureButton, "data.features.cos_x2").isVisible()


def test_nine_active_features_all_have_a_thumbnail(canvas: NetworkCanvas, session: Session) -> None:
    for name in FEATURES:
        if name not in session.document.project.data.features:
            session.document.apply(edits.toggle_feature(session.document.project, name))
    buttons = canvas.findChildren(FeatureButton)
    assert sum(button.isVisible() for button in buttons) == 9
    assert canvas._assembly.bundles[0].starts.shape == (9, 2)


def test_features_without_room_are_among_those_that_one_click_lists(canvas: NetworkCanvas, session: Session) -> None:
    document = session.document
    for name in FEATURES:
        if name not in document.project.data.features:
            document.apply(edits.toggle_feature(document.project, name))
    canvas.resize(800, 330)
    column = canvas._assembly.layout.columns[0]
    assert column.bundle is not None
    shown = [button.isVisible() for button in canvas.findChildren(FeatureButton)]
    assert shown.count(True) == len(column.units) == len(FEATURES) - column.hidden
    bundle = canvas._assembly.bundles[0]
    assert bundle is not None
    assert [y for _, y in bundle.starts].count(column.bundle.center_y) == column.hidden
    click(sheet(canvas), QPoint(round(column.bundle.center_x), round(column.bundle.center_y)))
    menu = find(canvas, QToolButton, "data.features.menu").menu()
    assert menu.isVisible()
    menu.close()
    canvas.resize(800, 448)
    assert all(button.isVisible() for button in canvas.findChildren(FeatureButton))


def test_a_project_with_all_features_opens(session: Session, theme: Theme, qtbot: Any) -> None:
    """A new canvas is small until it is shown."""
    project = session.document.project
    data = msgspec.structs.replace(project.data, features=tuple(FEATURES))
    session.document.open(msgspec.structs.replace(project, data=data), name="all")
    canvas = NetworkCanvas(session, theme, {name: QAction(name) for name in ACTIONS})
    qtbot.addWidget(canvas)
    canvas.show()
    qtbot.waitExposed(canvas)
    assert find(canvas, FeatureButton, "data.features.cos_x2").isEnabled()


def test_a_feature_by_formula_has_a_thumbnail_a_row_and_a_wire(
    canvas: NetworkCanvas, session: Session, qtbot: Any
) -> None:
    document, menu = session.document, find(canvas, QToolButton, "data.features.menu").menu()
    document.apply(edits.add_formula(document.project, "x1^2 + x2^2"))
    button = find(canvas, FeatureButton, "data.features.=x1^2 + x2^2")
    assert button.isVisible()
    assert button.isChecked()
    assert "divided by 36" in button.toolTip()
    assert canvas._assembly.bundles[0].starts.shape == (3, 2)
    qtbot.waitUntil(lambda: button._strip is not None)
    assert button._place == 9
    assert "x₁² + x₂²" in [action.text() for action in menu.actions()]
    click(button)
    assert document.project.data.features == ("x1", "x2")
    assert "x₁² + x₂²" not in [action.text() for action in menu.actions()]
    document.undo()
    assert find(canvas, FeatureButton, "data.features.=x1^2 + x2^2").isVisible()


def test_the_menu_and_a_right_click_open_the_formula(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    find(canvas, QAction, "data.features.add").trigger()
    dialog = canvas.findChild(FormulaDialog)
    dialog.line.setText("sin(2 x1)")
    dialog.ok.click()
    assert session.document.project.data.features == ("x1", "x2", "=sin(2 x1)")
    qtbot.waitUntil(lambda: canvas.findChild(FormulaDialog) is None)
    button = find(canvas, FeatureButton, "data.features.=sin(2 x1)")
    place = button.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, button.mapToGlobal(place))
    QApplication.sendEvent(button, event)
    dialog = canvas.findChild(FormulaDialog)
    assert dialog.line.text() == "sin(2 x1)"
    dialog.reject()


# --- Loss and optimizer ----------------------------------------------------------------------------------------------


def test_only_losses_that_fit_can_be_chosen(canvas: NetworkCanvas) -> None:
    combo = find(canvas, QComboBox, "training.loss")
    wrong = combo.findData("categorical_crossentropy")
    flags = combo.model().flags(combo.model().index(wrong, 0))
    assert not flags & Qt.ItemFlag.ItemIsEnabled
    assert "output" in combo.itemData(wrong, Qt.ItemDataRole.ToolTipRole)


def test_the_loss_is_chosen_by_keyboard(canvas: NetworkCanvas, session: Session) -> None:
    activate(canvas, "training.loss", "mean_squared_error")
    assert type(session.document.project.training.loss).__name__ == "MeanSquaredError"


def test_the_learning_rate_by_slider_and_by_number(canvas: NetworkCanvas, session: Session) -> None:
    slider = find(canvas, QSlider, "training.optimizer.learning_rate.slider")
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert session.document.project.training.optimizer.learning_rate == pytest.approx(0.05)
    field = find(canvas, NumberSpin, "training.optimizer.learning_rate")
    assert field.value() == pytest.approx(0.05)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0.00042")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.document.project.training.optimizer.learning_rate == 0.00042


def test_more_settings_follow_the_optimizer(canvas: NetworkCanvas, session: Session) -> None:
    activate(canvas, "training.optimizer", "sgd")
    click(find(canvas, QToolButton, "training.more"))
    popup = find(canvas, MoreSettings, "training.more_settings")
    assert popup.isVisible()
    nesterov = find(canvas, QCheckBox, "training.optimizer.nesterov")
    QTest.keyClick(nesterov, Qt.Key.Key_Space)
    assert session.document.project.training.optimizer.nesterov is True
    momentum = find(canvas, NumberSpin, "training.optimizer.momentum")
    momentum.selectAll()
    QTest.keyClicks(momentum, "0.9")
    QTest.keyClick(momentum, Qt.Key.Key_Return)
    assert session.document.project.training.optimizer.momentum == 0.9
    popup.close()
    activate(canvas, "training.optimizer", "adam")
    assert find(canvas, NumberSpin, "training.optimizer.beta_1").value() == 0.9
    assert canvas.findChild(NumberSpin, "training.optimizer.momentum") is None


def test_regularisation_stands_with_the_further_settings(canvas: NetworkCanvas, session: Session) -> None:
    field = find(canvas, NumberSpin, "training.l2")
    field.setValue(0.003)
    assert session.document.project.training.l2 == 0.003


# --- What the run shows ----------------------------------------------------------------------------------------------


def test_lines_show_the_weights_of_the_run(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.trainer.step()
    qtbot.waitUntil(lambda: session.trainer.latest.counters.step == 1)
    kernels = canvas._reader.kernels(session.trainer.latest.parameters)
    for bundle, kernel in zip(canvas._assembly.bundles, kernels, strict=True):
        shown = [[bundle.weight(i, j) for j in range(kernel.shape[1])] for i in range(kernel.shape[0])]
        np.testing.assert_allclose(shown, kernel)


def test_the_loss_score_is_current(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    score = find(canvas, QLabel, "canvas.loss_score")
    before = score.text()
    session.trainer.epoch()
    qtbot.waitUntil(lambda: session.trainer.latest.counters.epoch == 1)
    qtbot.waitUntil(lambda: score.text() != before)
    assert float(score.text()) == pytest.approx(session.trainer.latest.counters.train_loss, abs=6e-4)


def test_purity_stands_under_every_stage(canvas: NetworkCanvas) -> None:
    assert len(canvas._assembly.surface._purity) == 4
    assert all(0.0 <= value <= 1.0 for value in canvas._assembly.surface._purity)


def test_places_explain_themselves(canvas: NetworkCanvas) -> None:
    surface, plan = sheet(canvas), layout(canvas)
    for box, word in [
        (plan.targets, "answers"),
        (plan.columns[1].gauge, "probe"),
        (plan.columns[1].units[1], "Unit 2"),
    ]:
        surface.tools.hover(QPointF(box.center_x, box.y + 4))
        assert word in surface.toolTip()


def test_a_wide_layer_opens_all_its_units(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.document.apply(edits.set_units(session.document.project, 0, 64))
    qtbot.waitUntil(lambda: canvas._assembly.surface.content(1) is not None)
    bundle = layout(canvas).columns[1].bundle
    click(sheet(canvas), QPointF(bundle.center_x, bundle.center_y).toPoint())
    popup = find(canvas, BundlePopup, "canvas.bundle")
    assert popup.isVisible()
    assert "64" in popup.accessibleName()
    assert popup.grab().toImage().pixelColor(0, 0) != popup.grab().toImage().pixelColor(3, 3), "the frame is drawn"
    before = popup._strip
    session.trainer.step()
    qtbot.waitUntil(lambda: popup._strip is not before)
    popup.close()


def test_a_unit_is_picked_among_all_of_them(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.document.apply(edits.set_units(session.document.project, 0, 64))
    qtbot.waitUntil(lambda: canvas._assembly.surface.content(1) is not None)
    bundle = layout(canvas).columns[1].bundle
    click(sheet(canvas), QPointF(bundle.center_x, bundle.center_y).toPoint())
    popup = find(canvas, BundlePopup, "canvas.bundle")
    click(popup, QPoint(12 + 40 * 3 + 5, 30 + 40 * 2 + 5))
    assert canvas.selection == Selection((0,), 2 * popup._across + 3)
    assert not popup.isVisible()
    assert layout(canvas).unit_box(0, 40) == bundle, "the frame is round the bundle"


def test_bars_open_as_patches(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    digits = edits.set_source(session.document.project, "digits").project
    session.document.apply(edits.set_units(digits, 2, 64))
    surface = sheet(canvas)
    qtbot.waitUntil(lambda: type(surface.content(3)).__name__ == "Bars")
    bundle = layout(canvas).columns[3].bundle
    click(surface, QPointF(bundle.center_x, bundle.center_y).toPoint())
    popup = find(canvas, BundlePopup, "canvas.bundle")
    assert popup.isVisible()
    popup.close()


def test_images_show_picture_weights_and_class_bars(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.document.apply(edits.set_source(session.document.project, "digits"))
    surface = sheet(canvas)
    qtbot.waitUntil(lambda: all(surface.content(k) is not None for k in range(len(layout(canvas).columns))))
    names = [type(surface.content(k)).__name__ for k in range(len(layout(canvas).columns))]
    assert names == ["Picture", "Plain", "WeightImages", "Bars", "ClassRows"]
    assert not any(button.isVisible() for button in canvas.findChildren(FeatureButton))
    assert find(canvas, QToolButton, "network.insert.0").isEnabled()  # Flatten comes by itself
    session.document.undo()
    qtbot.waitUntil(lambda: type(surface.content(1)).__name__ == "Maps")
    assert find(canvas, FeatureButton, "data.features.x1").isVisible()


def test_names_of_a_table_leave_with_it(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.document.apply(edits.set_source(session.document.project, "iris"))
    surface = sheet(canvas)
    qtbot.waitUntil(lambda: type(surface.content(0)).__name__ == "NamedMaps")
    session.document.undo()
    assert surface.content(0) is None, "the features have buttons of their own"
    session.document.redo()
    qtbot.waitUntil(lambda: type(surface.content(0)).__name__ == "NamedMaps")


def test_a_place_where_only_other_kinds_can_stand_can_be_chosen(canvas: NetworkCanvas, session: Session) -> None:
    digits = edits.set_source(session.document.project, "digits").project
    session.document.apply(edits.add_layer(digits, 0, Conv2D(filters=4, kernel_size=3)))
    with pytest.raises(edits.EditError):
        edits.add_layer(session.document.project, 0)
    assert find(canvas, QToolButton, "network.insert.0").isEnabled()
    canvas.setFocus()
    assert sheet(canvas).hasFocus()


def test_a_network_that_does_not_fit_is_still_drawn(canvas: NetworkCanvas, session: Session) -> None:
    project = session.document.project
    digits = edits.set_source(project, "digits").project
    broken = digits.network.layers[1:]
    session.document.open(_with_layers(digits, broken), name="broken")
    assert session.trainer.problems
    assert len(layout(canvas).columns) == len(broken) + 1
    canvas.grab()


def _with_layers(project: Any, layers: Any) -> Any:
    import msgspec

    return msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))


def many_layers(session: Session, count: int = 14) -> None:
    output = session.document.project.network.layers[-1]
    layers = (*(Dense(units=8, activation="tanh") for _ in range(count)), output)
    session.document.open(_with_layers(session.document.project, layers), name="many")


def test_many_layers_scroll_and_the_selection_stays_in_view(canvas: NetworkCanvas, session: Session) -> None:
    many_layers(session)
    surface = sheet(canvas)
    assert surface.width() > canvas.width()
    canvas.select_layer(13)
    canvas.move_selection(+1)
    assert surface.visibleRegion().boundingRect().contains(column_point(canvas, 15))
    canvas.select_layer(1)
    canvas.move_selection(-1)
    assert surface.visibleRegion().boundingRect().contains(column_point(canvas, 1))


def test_loss_and_optimizer_stay_where_they_are_while_the_columns_scroll(
    canvas: NetworkCanvas, session: Session
) -> None:
    many_layers(session, 24)
    bar = canvas._scroll.horizontalScrollBar()
    places = []
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        cards = (canvas.assembly.loss, canvas.assembly.optimizer)
        places.append([card.mapTo(canvas, QPoint(0, 0)) for card in cards])
        assert all(card.visibleRegion().boundingRect().size() == card.size() for card in cards)
    assert places[0] == places[1] == places[2]
    last = canvas._assembly._headers[-1]
    bar.setValue(0)
    assert last.visibleRegion().isEmpty(), "no head shines through"


def test_very_many_lines_are_all_there_soon_after_a_resize(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    session.document.apply(edits.set_source(session.document.project, "digits"))
    for layer in (1, 2):
        session.document.apply(edits.set_units(session.document.project, layer, 20))
    surface = sheet(canvas)
    qtbot.waitUntil(lambda: surface._lines.layer.lines > 400)
    canvas.resize(1200, 700)
    qtbot.waitUntil(lambda: not surface._quiet.isNull() and not surface._lines.busy)
    bundle = canvas._assembly.bundles[-1]
    source, target, _ = bundle.ranked()[-1]
    (x0, y0), (x1, y1) = bundle.starts[source], bundle.ends[target]
    color = canvas.grab().toImage().pixelColor(*_on(canvas, (x0 + x1) / 2, (y0 + y1) / 2))
    assert color != canvas._theme.color(Token.CARD)


def _on(canvas: NetworkCanvas, x: float, y: float) -> tuple[int, int]:
    place = sheet(canvas).mapTo(canvas, QPoint(round(x), round(y)))
    return place.x(), place.y()


def test_both_themes_draw_themselves(canvas: NetworkCanvas, theme: Theme, session: Session) -> None:
    light = canvas.grab().toImage().pixelColor(400, 20)
    theme.set_mode("dark")
    dark = canvas.grab().toImage().pixelColor(400, 20)
    assert light.lightness() > 200 > 60 > dark.lightness()


def test_a_closed_canvas_asks_for_no_pictures(canvas: NetworkCanvas, session: Session) -> None:
    assert session.trainer._wanted
    canvas.close()
    assert not session.trainer._wanted


# --- Notes -----------------------------------------------------------------------------------------------------------


def test_a_conflict_with_the_data_is_told_at_the_output_and_mended_by_one_click(
    canvas: NetworkCanvas, session: Session
) -> None:
    note = canvas.assembly.note
    assert not note.isVisible()
    session.document.apply(edits.set_activation(session.document.project, 2, "tanh"))
    assert session.trainer.problems
    assert note.isVisible()
    assert note.words.text() in {problem.sentence for problem in session.trainer.problems}
    canvas.grab()
    QTest.mouseClick(note.repair, Qt.MouseButton.LeftButton)
    assert not session.trainer.problems
    assert not note.isVisible()


def test_a_frozen_layer_carries_a_lock(canvas: NetworkCanvas, session: Session) -> None:
    header = canvas._assembly._headers[0]
    before = header.grab().toImage()
    session.document.apply(edits.set_trainable(session.document.project, 0, False))
    assert header.grab().toImage() != before
    session.document.undo()
    assert header.grab().toImage() == before


def test_classes_can_count_alike_in_the_loss(canvas: NetworkCanvas, session: Session, qtbot: Any) -> None:
    card, document = canvas.assembly.loss, session.document
    assert card.balance.isVisible()
    assert "accuracy" in card.balance.toolTip()
    QTest.mouseClick(card.balance, Qt.MouseButton.LeftButton, pos=QPoint(8, card.balance.height() // 2))
    assert document.project.training.class_weight == "balanced"
    assert "balanced" in card.caption.text()
    document.undo()
    assert document.project.training.class_weight == "none"
    assert not card.balance.isChecked()
    assert "balanced" not in card.caption.text()
    document.apply(edits.set_source(document.project, "plane"))
    assert not card.balance.isVisible()
