"""The verbs of the network menu, triggered on the real window."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from playground.app.network_verbs import MIME
from playground.engine.layers import Dense
from playground.project import clipping


def units(driver: Any) -> list[int]:
    return [layer.units for layer in layers(driver)]


def layers(driver: Any) -> Any:
    return driver.window.session.document.project.network.layers


def select(driver: Any, *chosen: int, unit: int | None = None) -> None:
    driver.window.canvas.select(chosen, unit)


def selected(driver: Any) -> tuple[tuple[int, ...], int | None]:
    selection = driver.window.canvas.selection
    return selection.layers, selection.unit


def message(driver: Any) -> str:
    shown = driver.window.messages.message
    return shown.text if shown else ""


def test_a_copy_stands_behind_its_model_and_is_selected(driver: Any) -> None:
    select(driver, 0)
    driver.trigger("network.duplicate")
    assert units(driver) == [4, 4, 2, 1]
    assert selected(driver) == ((1,), None)


def test_layers_are_cut_copied_and_pasted(driver: Any) -> None:
    select(driver, 0, 1)
    driver.trigger("network.copy")
    select(driver, 1)
    driver.trigger("network.paste")
    assert units(driver) == [4, 2, 4, 2, 1]
    assert selected(driver) == ((2, 3), None)
    driver.trigger("network.cut")
    assert units(driver) == [4, 2, 1]
    assert clipping.from_text(QGuiApplication.clipboard().text()) == (Dense(4, "tanh"), Dense(2, "tanh"))
    for _ in range(2):
        driver.trigger("edit.undo")
    assert units(driver) == [4, 2, 1]


def test_what_is_no_layer_is_not_pasted(driver: Any) -> None:
    QGuiApplication.clipboard().setText("a poem")
    driver.trigger("network.paste")
    assert units(driver) == [4, 2, 1]
    assert "holds no layers" in message(driver)


def test_layers_come_as_text_or_as_their_own_kind_of_content(driver: Any) -> None:
    text = clipping.to_text((Dense(3),))
    content = QMimeData()
    content.setText("a note beside it")
    content.setData(MIME, text.encode())
    QGuiApplication.clipboard().setMimeData(content)
    driver.trigger("network.paste")
    QGuiApplication.clipboard().setText(text)
    driver.trigger("network.paste")
    assert units(driver) == [4, 2, 3, 3, 1]
    content = QMimeData()
    content.setData(MIME, b"\xff\xfe broken")
    QGuiApplication.clipboard().setMimeData(content)
    driver.trigger("network.paste")
    assert "holds no layers" in message(driver)


def test_nothing_is_pasted_from_an_empty_clipboard(driver: Any) -> None:
    QGuiApplication.clipboard().clear()
    driver.trigger("network.paste")
    assert units(driver) == [4, 2, 1]
    assert "holds no layers" in message(driver)


def test_layers_move_and_stay_selected(driver: Any) -> None:
    select(driver, 0)
    driver.trigger("network.move_right")
    assert (units(driver), selected(driver)) == ([2, 4, 1], ((1,), None))
    driver.trigger("network.move_right")
    assert "output layer stays last" in message(driver)
    driver.trigger("network.move_left")
    driver.trigger("network.move_left")
    assert (units(driver), selected(driver)) == ([4, 2, 1], ((0,), None))


def test_delete_takes_the_selected_unit_or_the_selected_layers(driver: Any) -> None:
    select(driver, 0, unit=1)
    driver.trigger("network.remove_layer")
    assert units(driver) == [3, 2, 1]
    select(driver, 0, 1)
    driver.trigger("network.remove_layer")
    assert units(driver) == [1]
    driver.trigger("network.remove_layer")
    assert "output layer cannot be removed" in message(driver)


def test_units_come_and_go_in_all_selected_layers_in_one_step(driver: Any) -> None:
    select(driver, 0, 1)
    driver.trigger("network.add_unit")
    assert units(driver) == [5, 3, 1]
    driver.trigger("network.remove_unit")
    driver.trigger("network.remove_unit")
    assert units(driver) == [3, 1, 1]
    driver.trigger("network.remove_unit")
    assert units(driver) == [3, 1, 1]
    assert "Units is 0" in message(driver)
    for _ in range(3):
        driver.trigger("edit.undo")
    assert units(driver) == [4, 2, 1]


def test_a_new_unit_stands_behind_the_selected_one(driver: Any) -> None:
    select(driver, 0, unit=1)
    driver.trigger("network.add_unit")
    assert (units(driver), selected(driver)) == ([5, 2, 1], ((0,), 2))


def test_units_are_muted_layers_bypassed_and_frozen(driver: Any) -> None:
    select(driver, 0, unit=2)
    driver.trigger("network.mute")
    assert layers(driver)[0].muted == (2,)
    driver.trigger("network.mute")
    assert layers(driver)[0].muted == ()
    select(driver, 0, 1)
    driver.trigger("network.bypass")
    assert [layer.bypassed for layer in layers(driver)] == [True, True, False]
    driver.trigger("network.bypass")
    driver.trigger("network.freeze")
    assert [(layer.bypassed, layer.trainable) for layer in layers(driver)] == [
        (False, False),
        (False, False),
        (False, True),
    ]


def test_the_selected_layer_gets_other_weights(driver: Any) -> None:
    before = driver.window.session.trainer.capture().parameters
    select(driver, 1)
    driver.trigger("network.reinitialize")
    after = driver.window.session.trainer.capture().parameters
    assert 0 < (before != after).sum() <= 10
    driver.trigger("edit.undo")
    np.testing.assert_array_equal(driver.window.session.trainer.capture().parameters, before)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("network.duplicate", "Click on a layer first"),
        ("network.copy", "Click on a layer first"),
        ("network.mute", "Click on a unit first"),
        ("network.add_unit", "Click on a layer first"),
        ("network.freeze", "Click on a layer first"),
    ],
)
def test_without_a_selection_they_say_what_to_do(driver: Any, action: str, words: str) -> None:
    driver.trigger(action)
    assert words in message(driver)
