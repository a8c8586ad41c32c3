"""All keys in a window that is searched by typing: every action that has keys, and the keys of single panels."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from playground.app.action_spec import QT_TRANSLATE_NOOP
from playground.app.actions import ACTIONS, MENUS, tr
from playground.lessons.glossary import folded
from playground.views.help.key_rows import ROW, KeyRow, KeyRows, caps
from playground.views.theme import Theme

Keys = tuple[tuple[tuple[str, ...], str], ...]

CANVAS: Keys = (
    (("Left", "Right"), QT_TRANSLATE_NOOP("shortcuts", "Select the layer beside")),
    (("Up", "Down"), QT_TRANSLATE_NOOP("shortcuts", "Select the unit above or below")),
    (("Shift+Left", "Shift+Right"), QT_TRANSLATE_NOOP("shortcuts", "Select several layers")),
    (("Home", "End"), QT_TRANSLATE_NOOP("shortcuts", "Select the first or the last layer")),
    (("Return",), QT_TRANSLATE_NOOP("shortcuts", "Settings of what is selected")),
    (("W",), QT_TRANSLATE_NOOP("shortcuts", "Weights of the selected unit: Tab goes on, Return takes, Esc takes back")),
    (("Esc",), QT_TRANSLATE_NOOP("shortcuts", "Give up a gesture, select nothing")),
)
"""The keys of the network; they work while it has the keyboard."""

EVERYWHERE: Keys = (
    (("Tab", "Shift+Tab"), QT_TRANSLATE_NOOP("shortcuts", "Go to the next or the previous control")),
    (("Space",), QT_TRANSLATE_NOOP("shortcuts", "Press the button that Tab has reached; else train or pause")),
    (("Return",), QT_TRANSLATE_NOOP("shortcuts", "End the typing of a number")),
    (("Esc",), QT_TRANSLATE_NOOP("shortcuts", "Close what has opened: a card, a list, a dialog")),
)
"""The keys that any control understands."""

PANELS: tuple[tuple[str, Keys], ...] = (
    (
        QT_TRANSLATE_NOOP("shortcuts", "On the decision map"),
        (
            (("Left", "Right"), QT_TRANSLATE_NOOP("shortcuts", "Choose the next example")),
            (("1 … 9",), QT_TRANSLATE_NOOP("shortcuts", "While painting: choose the class")),
            (("[", "]"), QT_TRANSLATE_NOOP("shortcuts", "While painting: a smaller or larger brush")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("shortcuts", "In the drawing booth"),
        (
            (("1 … 9", "0"), QT_TRANSLATE_NOOP("shortcuts", "Keep the drawing for this class")),
            (("Space", "Left", "Right", "Up", "Down"), QT_TRANSLATE_NOOP("shortcuts", "Draw without a mouse")),
            (("F2",), QT_TRANSLATE_NOOP("shortcuts", "Rename the class")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("shortcuts", "In the glossary"),
        (
            (("Alt+Left", "Alt+Right"), QT_TRANSLATE_NOOP("shortcuts", "Back, forward")),
            (("Ctrl+F",), QT_TRANSLATE_NOOP("shortcuts", "Find a term")),
        ),
    ),
)


class ShortcutSheet(QDialog):
    """Groups of keys; typing leaves what fits, by what it does or by its keys. Esc closes it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.search, self.list = QLineEdit(self), QListWidget(self)
        self.search.setObjectName("shortcuts.search")
        self.search.setPlaceholderText(self.tr("Find an action or a key"))
        self.search.setAccessibleName(self.tr("Find an action or a key"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._list_keys)
        self.search.installEventFilter(self)
        self.list.setObjectName("shortcuts.list")
        self.list.setAccessibleName(self.windowTitle())
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(KeyRows(theme, self.list))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 14, 14, 12)
        box.setSpacing(10)
        box.addWidget(self.search)
        box.addWidget(self.list, 1)
        box.addWidget(buttons)
        self._groups = list(groups())
        self._list_keys("")
        self.resize(QSize(600, 620).boundedTo(self.screen().availableSize() - QSize(16, 40)))
        self.search.setFocus()

    def rows(self) -> list[KeyRow]:
        """What is listed now."""
        return [self.list.item(place).data(ROW) for place in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and page keys in the search field move the list."""
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in moves:
            QCoreApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _list_keys(self, wanted: str) -> None:
        """Every word that was typed must be in the text, the group or the keys of a row."""
        words = folded(wanted).split()
        self.list.clear()
        for title, rows in self._groups:
            fitting = [row for row in rows if _fits(words, title, row)]
            for row in (KeyRow(title), *fitting) if fitting else ():
                self._add(row)
        if not self.list.count():
            self._add(KeyRow(self.tr("No action fits. Ctrl+K also finds those without keys.")))

    def _add(self, row: KeyRow) -> None:
        item = QListWidgetItem(row.text, self.list)
        item.setData(ROW, row)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.text}: {row.spoken}" if row.ways else row.text)
        item.setToolTip(row.text)
        if not row.ways:
            item.setFlags(Qt.ItemFlag.NoItemFlags)


def groups() -> Iterable[tuple[str, list[KeyRow]]]:
    """The title of each group, and its rows: the menus in their order, the network's own keys after its menu."""
    yield QCoreApplication.translate("shortcuts", "Everywhere"), _rows(EVERYWHERE)
    for menu, title in MENUS:
        found = [spec for spec in ACTIONS if spec.menu == menu and spec.keys]
        rows = [KeyRow(tr(spec.text).replace("&", "").rstrip("…"), _ways(spec.keys)) for spec in found]
        if rows:
            yield tr(title).replace("&", ""), rows
        if menu == "network":
            yield QCoreApplication.translate("shortcuts", "On the network"), _rows(CANVAS)
    for title, keys in PANELS:
        yield QCoreApplication.translate("shortcuts", title), _rows(keys)


def _rows(keys: Keys) -> list[KeyRow]:
    return [KeyRow(QCoreApplication.translate("shortcuts", text), _ways(ways)) for ways, text in keys]


def _ways(keys: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    native = (key if "…" in key else QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
    return tuple(map(caps, native))


def _fits(words: list[str], title: str, row: KeyRow) -> bool:
    """Words stand anywhere in the text; keys are typed from their beginning: "ctrl", "ctrl+k", "home"."""
    told = folded(f"{title} {row.text}")
    keys = [folded(key) for way in row.ways for key in ("+".join(way), *way)]
    return all(word in told or any(key.startswith(word) for key in keys) for word in words)
