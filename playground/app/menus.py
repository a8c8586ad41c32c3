"""The menu bar, built from the one table of actions."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPixmap
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLayout, QMainWindow, QMenu, QToolButton, QWidget

from playground.app import language_actions
from playground.app.actions import ACTIONS, MENUS, tr
from playground.app.export_verbs import ExportVerbs
from playground.app.file_verbs import FileVerbs
from playground.project import presets
from playground.project.fileformat import THUMB, part
from playground.session.language import translated

CORNER = 22
"""Pixels of a button beside the menus."""


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
            shown = menu
            if spec.group in language_actions.SUBMENUS:
                below = f"{name}.{spec.group}"
                shown = menus[below] = menus.get(below) or menu.addMenu(tr(language_actions.SUBMENUS[spec.group]))
                shown.setToolTipsVisible(True)
                shown.aboutToShow.connect(partial(language_actions.show_names, actions))
            shown.addAction(actions[spec.id])
    return menus


def corner(window: QMainWindow, action: QAction) -> QLayout:
    """Make room for buttons beside the menus, the first of which triggers ``action``; returns where to put others."""
    box = QWidget(window.menuBar())
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    button = QToolButton(box)
    button.setObjectName(f"button.{action.objectName()}")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(action.text().replace("&", ""))
    button.setProperty("quiet", True)
    button.setFixedSize(CORNER, CORNER)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    row.addWidget(button)
    window.menuBar().setCornerWidget(box, Qt.Corner.TopRightCorner)
    return row


def add_presets(menu: QMenu, open_preset: Callable[[str], None]) -> None:
    """Put "New" with all presets at the top of the file menu; they are read when it opens for the first time."""
    new = QMenu(tr("&New"), menu)
    new.setToolTipsVisible(True)

    def fill() -> None:
        level = ""
        for info in presets.by_level() if new.isEmpty() else ():
            name = info.name
            if info.level != level:
                level = info.level
                new.addSection(translated(info.level))
            action = QAction(translated(info.title), new, toolTip=translated(info.description))
            action.setObjectName(f"file.new.{name}")
            action.triggered.connect(lambda _checked=False, name=name: open_preset(name))
            new.addAction(action)

    menu.aboutToShow.connect(fill)
    menu.insertMenu(menu.actions()[0], new)


def add_exports(menu: QMenu, export: ExportVerbs) -> None:
    """Put "Export" with all kinds before "Copy share code"; they are listed when it opens for the first time."""
    submenu = QMenu(tr("&Export"), menu)
    submenu.setObjectName("file.export")
    submenu.setToolTipsVisible(True)

    def fill() -> None:
        for kind in export.kinds() if submenu.isEmpty() else ():
            action = QAction(f"{translated(kind.title)}…", submenu, toolTip=translated(kind.help))
            action.setObjectName(f"file.export.{kind.name}")
            action.triggered.connect(lambda _checked=False, name=kind.name: export.ask(name))
            submenu.addAction(action)

    menu.aboutToShow.connect(fill)
    before = next(action for action in menu.actions() if action.objectName() == "file.copy_code")
    menu.insertMenu(before, submenu)


def add_recent(menu: QMenu, files: FileVerbs) -> None:
    """Put the files that were open last behind "Open"; the list is made when the menu opens."""
    recent = QMenu(tr("Open &recent"), menu)
    recent.setObjectName("file.recent")
    recent.setToolTipsVisible(True)
    recent.setStyleSheet("QMenu { icon-size: 28px; }")

    def fill() -> None:
        recent.clear()
        for number, path in enumerate(files.recent.paths(), start=1):
            there = path.is_file()
            title = path.name.replace("&", "&&")
            action = QAction(f"&{number % 10}  {title}" if there else tr("%s (not found)") % title, recent)
            action.setToolTip(str(path))
            action.setEnabled(there)
            if there and (picture := QPixmap()).loadFromData(part(path, THUMB) or b""):
                action.setIcon(QIcon(picture))
            action.triggered.connect(lambda _checked=False, path=path: files.open_named(str(path)))
            recent.addAction(action)
        empty = recent.isEmpty()
        recent.addSeparator()
        clear = recent.addAction(tr("No files yet") if empty else tr("&Clear this list"), files.recent.clear)
        clear.setEnabled(not empty)

    fill()
    recent.aboutToShow.connect(fill)
    opening = next(place for place, action in enumerate(menu.actions()) if action.objectName() == "file.open")
    menu.insertMenu(menu.actions()[opening + 1], recent)


def add_panels(menu: QMenu, docks: Iterable[QDockWidget]) -> None:
    """Put a check mark for each panel into the view menu, before its last entry."""
    last = menu.actions()[-1]
    for dock in docks:
        menu.insertAction(last, dock.toggleViewAction())
