"""A label of one line that ends in … where it has no room."""

from typing import Any

from PySide6.QtWidgets import QLabel

from playground.views.elided_label import ElidedLabel

TEXT = "what the network predicts everywhere"


def shown(label: ElidedLabel) -> str:
    return QLabel.text(label)


def test_it_shows_what_there_is_room_for(qtbot: Any) -> None:
    label = ElidedLabel(TEXT)
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    label.show()
    assert shown(label) == label.text() == TEXT
    assert label.toolTip() == ""
    label.resize(80, label.height())
    assert shown(label).endswith("…")
    assert label.text() == label.toolTip() == TEXT
    label.setText("short")
    assert shown(label) == "short"
    assert label.toolTip() == ""


def test_a_tip_of_its_own_stays(qtbot: Any) -> None:
    label = ElidedLabel(TEXT, tip="what it means")
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert label.toolTip() == "what it means"
    assert label.minimumSizeHint().width() < label.sizeHint().width()
