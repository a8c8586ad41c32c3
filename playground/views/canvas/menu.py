"""The right-click menu of the canvas: every verb for what is selected, from the table of actions."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

GROUPS = (
    ("network.add_layer", "network.duplicate", "network.remove_layer"),
    ("network.cut", "network.copy", "network.paste"),
    ("network.move_left", "network.move_right"),
    ("network.add_unit", "network.remove_unit", "network.mute"),
    ("network.bypass", "network.freeze", "network.reinitialize"),
    ("network.inspect",),
    ("edit.undo", "edit.redo"),
)
"""Ids of actions, group by group; those that the table does not have are left out."""


def open_menu(parent: QWidget, actions: Mapping[str, QAction], place: QPoint) -> QMenu:
    """Show the menu at a global place."""
    menu = QMenu(parent)
    menu.setObjectName("canvas.menu")
    menu.setToolTipsVisible(True)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in GROUPS:
        found = [actions[name] for name in group if name in actions]
        if found:
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(found)
    menu.popup(place)
    return menu
