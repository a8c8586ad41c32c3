"""Pictures of widgets as files of three kinds, at the size that was asked for."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel

from playground.app.main_window import MainWindow
from playground.project import edits
from playground.views.capture import picture
from playground.views.capture.picture import PictureError


@pytest.fixture
def blue(qtbot: Any) -> QLabel:
    widget = QLabel("loss")
    widget.setStyleSheet("background: #1f77b4; color: white;")
    widget.setAccessibleName("A blue card")
    widget.resize(80, 40)
    qtbot.addWidget(widget)
    return widget


def test_a_picture_keeps_the_proportions(blue: QLabel) -> None:
    drawn = picture.image(blue, 240)
    assert drawn.size() == QSize(240, 120) == picture.size(blue, 240)
    assert drawn.pixelColor(5, 5) == QColor("#1f77b4")


def test_png_svg_and_pdf_show_the_same(blue: QLabel, tmp_path: Path) -> None:
    for kind in picture.FORMATS:
        picture.save(blue, tmp_path / f"card{kind}", 240)
    assert QImage(str(tmp_path / "card.png")).size() == QSize(240, 120)
    svg = (tmp_path / "card.svg").read_text()
    assert 'width="63.5mm" height="31.75mm"' in svg  # 240 × 120 pixels of 1/96 inch
    assert 'viewBox="0 0 240 120"' in svg
    assert "A blue card" in svg
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    page = re.search(rb"/MediaBox \[([\d. ]+)\]", (tmp_path / "card.pdf").read_bytes())
    assert page is not None
    assert [float(edge) for edge in page[1].split()] == [0, 0, 180, 90]  # points of 1/72 inch


def test_the_clipboard_takes_the_picture(blue: QLabel) -> None:
    picture.copy(blue, 160)
    assert QGuiApplication.clipboard().image().size() == QSize(160, 80)


@pytest.mark.parametrize(
    ("name", "width", "sentence"),
    [
        ("card.bmp", 100, "must end in .png, .svg, .pdf"),
        ("card", 100, "must end in"),
        ("card.png", 100_000, "the most is 16,384"),
        ("card.png", 0, "cannot have 0"),
        ("no/such/folder/card.png", 100, "Choose another folder"),
    ],
)
def test_what_cannot_be_written_is_said(blue: QLabel, tmp_path: Path, name: str, width: int, sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence):
        picture.save(blue, tmp_path / name, width)
    assert list(tmp_path.iterdir()) == []


def test_unit_maps_are_whole_in_svg(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    """An SVG draws whole pictures only, while the maps of a layer share one."""
    document = window.session.document
    document.apply(edits.set_value(document.project, "data.features", ("x1", "x2")))
    window.show()
    qtbot.waitUntil(lambda: bool(window.session.trainer.latest and window.session.trainer.latest.pictures))
    window.refresh()
    width = window.canvas.width()
    picture.save(window.canvas, tmp_path / "network.svg", width)
    drawn = QImage(picture.size(window.canvas, width), QImage.Format.Format_RGB32)
    drawn.fill(0xFFFFFFFF)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray((tmp_path / "network.svg").read_bytes())).render(painter)
    painter.end()
    screen = picture.image(window.canvas, width)
    feature = next(box for box in window.canvas.findChildren(object) if getattr(box, "feature", "") == "x1")
    corner = feature.mapTo(window.canvas, feature.rect().topRight())
    middle = corner.y() + feature.height() // 2
    for across in range(6, feature.height() - 6, 4):  # from orange on the left to blue on the right
        place = (corner.x() - across, middle)
        wanted, got = screen.pixelColor(*place), drawn.pixelColor(*place)
        assert max(abs(a - b) for a, b in zip(wanted.getRgb(), got.getRgb(), strict=True)) <= 12
