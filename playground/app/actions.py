"""The one table of everything a user can trigger: menus, short-cuts, buttons and tests read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from playground.views.icons import icon
from playground.views.theme import Theme

if TYPE_CHECKING:

    def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
        """Mark a text for translation; PySide6 declares its result as a plain object."""

else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class ActionSpec:
    """One action. ``menu`` is the id of the menu that shows it; ``group`` makes one choice of several."""

    id: str
    menu: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    group: str = ""
    separator: bool = False


MENUS: tuple[tuple[str, str], ...] = (
    ("file", QT_TRANSLATE_NOOP("actions", "&File")),
    ("edit", QT_TRANSLATE_NOOP("actions", "&Edit")),
    ("network", QT_TRANSLATE_NOOP("actions", "&Network")),
    ("run", QT_TRANSLATE_NOOP("actions", "&Train")),
    ("view", QT_TRANSLATE_NOOP("actions", "&View")),
    ("help", QT_TRANSLATE_NOOP("actions", "&Help")),
)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.open",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Open…"),
        QT_TRANSLATE_NOOP("actions", "Open a project file"),
        ("Ctrl+O",),
        "open",
    ),
    ActionSpec(
        "file.save",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Save"),
        QT_TRANSLATE_NOOP("actions", "Save the project with its trained weights"),
        ("Ctrl+S",),
        "save",
    ),
    ActionSpec(
        "file.save_as",
        "file",
        QT_TRANSLATE_NOOP("actions", "Save &as…"),
        QT_TRANSLATE_NOOP("actions", "Save the project under another name"),
        ("Ctrl+Shift+S",),
    ),
    ActionSpec(
        "file.quit",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Quit"),
        QT_TRANSLATE_NOOP("actions", "Close the window"),
        ("Ctrl+Q",),
        separator=True,
    ),
    ActionSpec(
        "edit.undo",
        "edit",
        QT_TRANSLATE_NOOP("actions", "Undo"),
        QT_TRANSLATE_NOOP("actions", "Take the last change back"),
        ("Ctrl+Z",),
        "undo",
    ),
    ActionSpec(
        "edit.redo",
        "edit",
        QT_TRANSLATE_NOOP("actions", "Redo"),
        QT_TRANSLATE_NOOP("actions", "Bring back what was undone"),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
    ),
    ActionSpec(
        "network.add_layer",
        "network",
        QT_TRANSLATE_NOOP("actions", "&Add layer"),
        QT_TRANSLATE_NOOP(
            "actions", "Add a dense layer of 4 tanh units after the selected one, else before the output"
        ),
        ("L",),
        "plus",
    ),
    ActionSpec(
        "network.remove_layer",
        "network",
        QT_TRANSLATE_NOOP("actions", "&Remove layer"),
        QT_TRANSLATE_NOOP("actions", "Remove the selected layer, else the last one before the output"),
        ("Delete",),
        "close",
    ),
    ActionSpec(
        "network.add_unit",
        "network",
        QT_TRANSLATE_NOOP("actions", "Add &unit"),
        QT_TRANSLATE_NOOP("actions", "Add a unit to the selected layer"),
        ("+",),
        separator=True,
    ),
    ActionSpec(
        "network.remove_unit",
        "network",
        QT_TRANSLATE_NOOP("actions", "Re&move unit"),
        QT_TRANSLATE_NOOP("actions", "Remove the last unit of the selected layer"),
        ("-",),
    ),
    ActionSpec(
        "run.train",
        "run",
        QT_TRANSLATE_NOOP("actions", "&Train"),
        QT_TRANSLATE_NOOP("actions", "Train the network; press again to pause"),
        ("Space",),
        "play",
        checkable=True,
    ),
    ActionSpec(
        "run.step",
        "run",
        QT_TRANSLATE_NOOP("actions", "&One mini-batch"),
        QT_TRANSLATE_NOOP("actions", "Train on one mini-batch: one update of the weights"),
        ("S",),
        "step",
    ),
    ActionSpec(
        "run.epoch",
        "run",
        QT_TRANSLATE_NOOP("actions", "One &epoch"),
        QT_TRANSLATE_NOOP("actions", "Train until every training example was seen once more"),
        ("E",),
        "epoch",
    ),
    ActionSpec(
        "run.reset",
        "run",
        QT_TRANSLATE_NOOP("actions", "&Reset"),
        QT_TRANSLATE_NOOP("actions", "Go back to the same initial weights"),
        ("R",),
        "reset",
        separator=True,
    ),
    ActionSpec(
        "run.new_weights",
        "run",
        QT_TRANSLATE_NOOP("actions", "&New weights"),
        QT_TRANSLATE_NOOP("actions", "Draw other random initial weights"),
        ("W",),
        "dice",
    ),
    ActionSpec(
        "view.theme_light",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Light"),
        QT_TRANSLATE_NOOP("actions", "Dark text on a light window"),
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "view.theme_dark",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Dark"),
        QT_TRANSLATE_NOOP("actions", "Light text on a dark window"),
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "view.theme_system",
        "view",
        QT_TRANSLATE_NOOP("actions", "As the &system"),
        QT_TRANSLATE_NOOP("actions", "Follow the choice of the system"),
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "view.reset_layout",
        "view",
        QT_TRANSLATE_NOOP("actions", "&Reset layout"),
        QT_TRANSLATE_NOOP("actions", "Put all panels back in their places"),
        separator=True,
    ),
    ActionSpec(
        "help.shortcuts",
        "help",
        QT_TRANSLATE_NOOP("actions", "&Keyboard shortcuts"),
        QT_TRANSLATE_NOOP("actions", "List every action with its keys"),
        ("Ctrl+/",),
        "help",
    ),
    ActionSpec(
        "help.about",
        "help",
        QT_TRANSLATE_NOOP("actions", "&About"),
        QT_TRANSLATE_NOOP("actions", "Version and licences"),
    ),
)


def tr(text: str) -> str:
    """The text of the table in the user's language."""
    return QCoreApplication.translate("actions", text)


def build(parent: QObject, theme: Theme, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Make a QAction of every row, its ``objectName`` equal to the id, and connect its handler.

    Raises:
        KeyError: when a row has no handler.
    """
    actions: dict[str, QAction] = {}
    for spec in ACTIONS:
        action = QAction(tr(spec.text), parent, checkable=spec.checkable)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setToolTip(_tip(spec))
        action.setStatusTip(tr(spec.tip))
        if spec.icon:
            action.setIcon(icon(spec.icon, theme))
        action.triggered.connect(_without_arguments(handlers[spec.id]))
        actions[spec.id] = action
    return actions


def refresh_icons(actions: Mapping[str, QAction], theme: Theme, instead: Mapping[str, str]) -> None:
    """Recolour the icons after the theme changed; ``instead`` gives actions another icon than the table's."""
    for spec in ACTIONS:
        if spec.icon:
            actions[spec.id].setIcon(icon(instead.get(spec.id, spec.icon), theme))


def _tip(spec: ActionSpec) -> str:
    keys = QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if spec.keys else ""
    return f"{tr(spec.tip)} ({keys})" if keys else tr(spec.tip)


def _without_arguments(handler: Callable[[], object]) -> Callable[..., None]:
    def call(*_checked: bool) -> None:
        handler()

    return call
