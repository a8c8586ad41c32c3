"""The menu that chooses what the axes of a stage show: its main directions, or two of its units."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.insight.pairs import Pair, choosable
from playground.insight.representations import Representation


class StageAxes:
    """Which two units are on the axes of which layer; ``changed`` is called when another choice was made."""

    def __init__(self, parent: QWidget, changed: Callable[[], None]) -> None:
        self._parent, self._changed = parent, changed
        self.pairs: dict[int, Pair] = {}

    def ask(self, stage: Representation, where: QPoint) -> None:
        """Offer the units of a stage, at a place of the screen."""
        if count := choosable(stage):
            now = self.pairs.get(stage.layer)
            axes_menu(self._parent, count, now, partial(self.choose, stage.layer)).popup(where)

    def choose(self, layer: int, pair: Pair | None) -> None:
        """Show two units of a layer in place of its principal plane; None: that plane again."""
        self.pairs.pop(layer, None)
        if pair is not None:
            self.pairs[layer] = pair
        self._changed()


def axes_menu(parent: QWidget, count: int, pair: Pair | None, choose: Callable[[Pair | None], None]) -> QMenu:
    """Offer PCA and all units for both axes. pair: what is chosen now, None for PCA."""
    menu = QMenu(parent)
    menu.setObjectName("distillation.axes")
    main = QAction(_tr("Main directions (PCA)"), menu, checkable=True, checked=pair is None)
    main.triggered.connect(partial(_call, choose, None))
    menu.addAction(main)
    now = pair or (0, min(1, count - 1))
    for place, title in enumerate((_tr("To the right"), _tr("Upwards"))):
        units = menu.addMenu(title)
        for unit in range(count):
            wanted = (unit, now[1]) if place == 0 else (now[0], unit)
            chosen = pair is not None and now[place] == unit
            action = QAction(_tr("unit %1").replace("%1", str(unit + 1)), units, checkable=True, checked=chosen)
            action.triggered.connect(partial(_call, choose, wanted))
            units.addAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _call(choose: Callable[[Pair | None], None], wanted: Pair | None, *_checked: bool) -> None:
    choose(wanted)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Distillation", text)
