"""The keys of Step through, while it or something in it has the focus."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from playground.insight.trace.card import Zoom

if TYPE_CHECKING:
    from playground.views.panels.step.step_panel import StepPanel


def add(panel: "StepPanel") -> None:
    """Left and Right walk, Up and Down change the unit, Page up and down the example, 1 to 4 the zoom, P predicts."""
    chooser = panel.controls.chooser
    table: dict[str, Callable[[], object]] = {
        "Right": panel.next,
        "Left": panel.back,
        "Home": partial(panel.go_to, 0),
        "Up": partial(chooser.next_unit, -1),
        "Down": partial(chooser.next_unit, 1),
        "PgUp": partial(chooser.next_example, -1),
        "PgDown": partial(chooser.next_example, 1),
        "P": panel.view.predict_box.toggle,
        **{str(at): partial(panel.zoom_to, zoom) for at, zoom in enumerate(Zoom, start=1)},
    }
    for key, act in table.items():
        shortcut = QShortcut(QKeySequence(key), panel)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
