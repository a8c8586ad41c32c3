"""The projects to begin with: pictures, levels, search, keys."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.project import presets
from playground.views.presets.gallery import SIDE, PresetGallery
from playground.views.theme import Theme


@pytest.fixture
def gallery(qtbot: Any) -> PresetGallery:
    gallery = PresetGallery(Theme("light"))
    qtbot.addWidget(gallery)
    gallery.open()
    return gallery


def rows(gallery: PresetGallery) -> list[str]:
    items = [gallery.list.item(row) for row in range(gallery.list.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_every_preset_has_a_picture_a_level_a_sentence_and_what_it_reaches(gallery: PresetGallery, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not gallery._drawing.isActive())
    assert len(rows(gallery)) == len(presets.names())
    for row, info in enumerate(presets.by_level()):
        item = gallery.list.item(row)
        picture = item.icon().pixmap(SIDE, SIDE).toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(0, SIDE, 2) for y in range(0, SIDE, 2))
        for text in (info.title, info.level, info.description, str(info.epochs)):
            assert text in item.text()


def test_the_first_steps_come_first() -> None:
    order = [str(info.level) for info in presets.by_level()]
    assert order == sorted(order, key=list(presets.LEVELS).index)
    assert presets.by_level()[0].name == "circle"
    assert set(order) == set(presets.LEVELS)


def test_the_search_finds_by_words_of_title_sentence_and_level(gallery: PresetGallery) -> None:
    QTest.keyClicks(gallery.field, "advanced spiral")
    assert len(rows(gallery)) == 1
    gallery.field.setText("nothing like that")
    assert rows(gallery) == []
    assert not gallery.open_button.isEnabled()
    gallery.open_button.click()
    assert gallery.isVisible()


def test_keys_alone_choose(gallery: PresetGallery, qtbot: Any) -> None:
    with qtbot.waitSignal(gallery.wanted) as chosen:
        QTest.keyClick(gallery.field, Qt.Key.Key_Down)
        QTest.keyClick(gallery.field, Qt.Key.Key_Return)
    assert chosen.args == [presets.by_level()[1].name]
    assert not gallery.isVisible()


def test_a_gallery_that_is_closed_draws_no_more(gallery: PresetGallery) -> None:
    gallery.reject()
    assert not gallery._drawing.isActive()
