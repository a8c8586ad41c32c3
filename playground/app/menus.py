"""The menu bar, built from the one table of actions."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from playground.app.actions import ACTIONS, MENUS, tr
from playground.project import presets


def build(window: QMainWindow, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Fill the window's menu bar; returns the menus by their ids."""
    menus: dict[str, QMenu] = {}
    groups: dict[str, QActionGroup] = {}
    bar = window.menuBar()
    for name, title in MENUS:
        menu = menus[name] = bar.addMenu(tr(title))
        menu.setToolTipsVisible(True)
        for spec in (spec for spec in ACTIONS if spec.menu == name):
            if spec.separator:
                menu.addSeparator()
            if spec.group:
                groups.setdefault(spec.group, QActionGroup(window)).addAction(actions[spec.id])
            menu.addAction(actions[spec.id])
    return menus


def add_presets(menu: QMenu, open_preset: Callable[[str], None]) -> None:
    """Put "New" with all presets at the top of the file menu; they are read when it opens for the first time."""
    new = QMenu(tr("&New"), menu)
    new.setToolTipsVisible(True)

    def fill() -> None:
        for name in presets.names() if new.isEmpty() else ():
            info = presets.info(name)
            action = QAction(info.title, new, toolTip=info.description)
            action.setObjectName(f"file.new.{name}")
            action.triggered.connect(lambda _checked=False, name=name: open_preset(name))
            new.addAction(action)

    menu.aboutToShow.connect(fill)
    menu.insertMenu(menu.actions()[0], new)


def add_panels(menu: QMenu, docks: Iterable[QDockWidget]) -> None:
    """Put a check mark for each panel into the view menu, before its last entry."""
    last = menu.actions()[-1]
    for dock in docks:
        menu.insertAction(last, dock.toggleViewAction())
