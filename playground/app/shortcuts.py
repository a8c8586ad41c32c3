"""The sheet of all keys: every action with keys, menu by menu, and the keys of the network itself."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from playground.app.action_spec import QT_TRANSLATE_NOOP
from playground.app.actions import ACTIONS, MENUS, tr

CANVAS: tuple[tuple[str, str], ...] = (
    ("← →", QT_TRANSLATE_NOOP("shortcuts", "Select the layer beside")),
    ("↑ ↓", QT_TRANSLATE_NOOP("shortcuts", "Select the unit above or below")),
    ("Shift+← →", QT_TRANSLATE_NOOP("shortcuts", "Select several layers")),
    ("Home, End", QT_TRANSLATE_NOOP("shortcuts", "Select the first or the last layer")),
    ("Return", QT_TRANSLATE_NOOP("shortcuts", "Settings of what is selected")),
    ("W", QT_TRANSLATE_NOOP("shortcuts", "Weights of the selected unit: Tab goes on, Return takes, Esc takes back")),
    ("Esc", QT_TRANSLATE_NOOP("shortcuts", "Give up a gesture, select nothing")),
)
"""The keys of the network; they work while it has the keyboard."""

_LARGEST = 640
"""The sheet is never taller than this; the rest is scrolled to."""


class ShortcutSheet(QDialog):
    """Two columns of groups; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(16, 12, 16, 4)
        row.setSpacing(32)
        for column in _columns(list(_groups())):
            words = QLabel("".join(_html(title, keys) for title, keys in column), page)
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(scroll)
        box.addWidget(buttons)
        size = page.sizeHint()
        self.resize(size.width() + 48, min(_LARGEST, size.height() + 80))


def _groups() -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """The title of each group, and its keys with what they do."""
    yield tr(dict(MENUS)["network"]).replace("&", ""), _of_menu("network")
    yield (
        QCoreApplication.translate("shortcuts", "On the network"),
        [(keys, QCoreApplication.translate("shortcuts", text)) for keys, text in CANVAS],
    )
    for menu, title in MENUS:
        if menu != "network" and (keys := _of_menu(menu)):
            yield tr(title).replace("&", ""), keys


def _of_menu(menu: str) -> list[tuple[str, str]]:
    found = [spec for spec in ACTIONS if spec.menu == menu and spec.keys]
    return [(_keys(spec.keys), tr(spec.text).replace("&", "").rstrip("…")) for spec in found]


def _keys(keys: Iterable[str]) -> str:
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def _columns(groups: list[tuple[str, list[tuple[str, str]]]]) -> tuple[list[tuple[str, list[tuple[str, str]]]], ...]:
    """The groups in two columns, about equally long."""
    first, rows = 0, sum(len(keys) + 2 for _, keys in groups)
    so_far = 0
    while first < len(groups) and 2 * so_far < rows - len(groups[first][1]):
        so_far += len(groups[first][1]) + 2
        first += 1
    return groups[:first], groups[first:]


def _html(title: str, keys: list[tuple[str, str]]) -> str:
    rows = "".join(f"<tr><td width='150'><b>{escape(key)}</b></td><td>{escape(text)}</td></tr>" for key, text in keys)
    return f"<p style='margin:8px 0 2px 0'><b>{escape(title)}</b></p><table cellpadding='2'>{rows}</table>"
