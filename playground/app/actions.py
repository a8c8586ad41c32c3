"""The actions of the window, made from the table."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from playground.app.action_spec import ActionSpec
from playground.app.action_table import ACTIONS, MENUS
from playground.views.icons import icon
from playground.views.theme import Theme

__all__ = ["ACTIONS", "MENUS", "ActionSpec", "build", "refresh_icons", "tr"]


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
        action.setWhatsThis(tr(spec.tip))  # F1 on an entry of an open menu
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
