"""Tells a lesson what is done in the window: commands that are used, panels that are opened."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMainWindow

from playground.views.panels.tab_card import TabCard


def tell(
    window: QMainWindow,
    actions: Mapping[str, QAction],
    tabs: TabCard,
    note: Callable[[str], object],
    opened: Callable[[str], object],
) -> None:
    """Call ``note`` with the id of each action that is triggered, and ``opened`` with the name of each panel."""
    for name, action in actions.items():
        action.triggered.connect(lambda _checked=False, name=name: note(name))
    tabs.currentChanged.connect(lambda _place: opened(tabs.current_name))
    confusion = window.findChild(QAbstractButton, "output.confusion")
    if confusion is not None:
        confusion.clicked.connect(lambda: note("panel.confusion"))
