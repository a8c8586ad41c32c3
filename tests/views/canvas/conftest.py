"""The canvas alone on a real session, shown at the size it has on the smallest screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QAction

from playground.insight.pictures import PURITY, UNIT_MAPS
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.theme import Theme

IDS = ("network.add_layer", "network.remove_layer", "network.add_unit", "network.remove_unit", "edit.undo", "edit.redo")


@pytest.fixture
def theme(qapp: Any) -> Iterator[Theme]:
    theme = Theme("light")
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture
def canvas(session: Session, theme: Theme, qtbot: Any) -> NetworkCanvas:
    actions = {name: QAction(name) for name in IDS}
    canvas = NetworkCanvas(session, theme, actions)
    qtbot.addWidget(canvas)
    canvas.resize(800, 448)
    canvas.show()
    qtbot.waitExposed(canvas)
    wanted = {UNIT_MAPS, PURITY}
    qtbot.waitUntil(lambda: session.trainer.latest is not None and wanted <= set(session.trainer.latest.pictures))
    return canvas
