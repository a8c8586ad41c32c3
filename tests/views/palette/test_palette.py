"""The palette of layers, used as by hand."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from playground import resources
from playground.app.main_window import MainWindow
from playground.engine.layers import LAYERS, Dense, Residual
from playground.project import edits
from playground.project.offers import Offer
from playground.session import Session
from playground.views.palette import LayerPalette
from playground.views.palette.rows import OFFER


@pytest.fixture
def palette(window: MainWindow) -> LayerPalette:
    return window.links.palette


@pytest.fixture
def session(window: MainWindow) -> Session:
    return window.session


def test_every_kind_is_offered_with_a_picture(palette: LayerPalette) -> None:
    palette.open_at(1, QPoint(100, 100))
    found = [offer.kind for offer in listed(palette)]
    assert sorted(found) == sorted(LAYERS.names())
    assert found[0] == "dense"
    for name in found:
        assert resources.path("icons", f"layer-{name}.svg").is_file()


def test_typing_return_inserts(palette: LayerPalette, session: Session, qtbot: Any) -> None:
    palette.open_at(1, QPoint(100, 100))
    QTest.keyClicks(palette.search, "resid")
    with qtbot.waitSignal(palette.inserted) as told:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert told.args == [1]
    assert isinstance(session.document.project.network.layers[1], Residual)
    assert session.document.undo_label == "Add Residual layer"
    assert not palette.isVisible()


def test_return_at_once_inserts_the_usual_layer(palette: LayerPalette, session: Session) -> None:
    palette.open_at(2, QPoint(100, 100))
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert session.document.project.network.layers[2] == Dense(4, "tanh")


def test_arrows_go_past_headings_and_impossible_kinds(palette: LayerPalette) -> None:
    palette.open_at(1, QPoint(100, 100))
    for _ in range(30):
        row = palette.list.currentItem()
        assert row.data(OFFER).problem == ""
        QTest.keyClick(palette.search, Qt.Key.Key_Down)
    QTest.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.list.currentItem().data(OFFER).problem == ""


def test_what_cannot_stand_here_says_why_and_does_nothing(palette: LayerPalette, session: Session) -> None:
    before = session.document.project
    palette.open_at(1, QPoint(100, 100))
    row = next(palette.list.item(k) for k in range(palette.list.count()) if palette.list.item(k).text() == "Conv2D")
    assert "needs an image" in row.toolTip()
    palette.list.itemClicked.emit(row)
    assert palette.isVisible()
    assert session.document.project == before
    QTest.keyClicks(palette.search, "xyzzy")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert session.document.project == before
    palette.close()


def test_a_click_inserts(palette: LayerPalette, session: Session) -> None:
    palette.open_at(1, QPoint(100, 100))
    row = next(palette.list.item(k) for k in range(palette.list.count()) if palette.list.item(k).text() == "Dropout")
    place = palette.list.visualItemRect(row).center()
    palette.list.scrollToItem(row)
    place = palette.list.visualItemRect(row).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert session.document.undo_label == "Add Dropout layer"


def test_the_predictions_can_be_kept(palette: LayerPalette, session: Session) -> None:
    session.document.apply(edits.set_activation(session.document.project, 0, "relu"))
    palette.open_at(1, QPoint(100, 100))
    assert palette.keep.isEnabled()
    palette.keep.setChecked(True)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert session.document.project.network.layers[1] == Dense(4, "relu")
    palette.open_at(1, QPoint(100, 100))
    QTest.keyClicks(palette.search, "dropout")
    assert not palette.keep.isEnabled()
    palette.close()


def listed(palette: LayerPalette) -> list[Offer]:
    rows = [palette.list.item(k).data(OFFER) for k in range(palette.list.count())]
    return [offer for offer in rows if offer is not None]


def test_the_round_button_and_the_key_open_it_and_the_new_layer_is_selected(window: MainWindow) -> None:
    palette, canvas = window.links.palette, window.canvas
    button = canvas.findChild(QToolButton, "network.insert.1")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert palette.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert canvas.selection.layers == (1,)
    window.actions_by_id["network.insert"].trigger()
    assert palette.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_kind_that_cannot_stand_here_says_why(palette: LayerPalette) -> None:
    palette.open_at(1, QPoint(100, 100))
    QTest.keyClicks(palette.search, "conv2d")
    assert "needs an image" in palette._words.text()
    QTest.keyClicks(palette.search, "xyz")
    assert palette._words.text() == "No kind of layer is called so."
    palette.close()
