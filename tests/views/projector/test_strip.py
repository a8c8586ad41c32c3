"""The strip of projector mode."""

from typing import Any

from PySide6.QtCore import Qt

from playground.views.projector.strip import MAP, ProjectorStrip


def test_it_offers_the_map_and_every_plot_and_tells_what_is_wanted(qtbot: Any) -> None:
    strip = ProjectorStrip([("loss", "Loss"), ("health", "Weights && gradients")])
    qtbot.addWidget(strip)
    assert [strip.plot.itemText(place) for place in range(3)] == ["Output map", "Loss", "Weights & gradients"]
    told: list[object] = []
    for signal in (strip.plot_chosen, strip.spotlight, strip.keys):
        signal.connect(told.append)
    strip.ended.connect(lambda: told.append("end"))
    strip.show()
    qtbot.keyClick(strip.plot, Qt.Key.Key_Down)
    for button in (strip.light, strip.echo, strip.leave):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == ["loss", True, True, "end"]
    strip.choose(MAP)
    assert strip.plot.currentIndex() == 0
    strip.choose("no such plot")
    assert strip.plot.currentIndex() == 0
