"""All projects to begin with: a picture of the examples, a level, one sentence, and what the network reaches."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.project import presets
from playground.project.presets import PresetInfo
from playground.session.language import translated
from playground.views.panels.data.thumbnails import sample_of, thumbnail
from playground.views.theme import Theme

SIDE = 64
SIZE = QSize(620, 600)
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PresetGallery(QDialog):
    """Choose a project to begin with.

    Signals:
        wanted(str): a preset by its name.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.presets")
        self.setWindowTitle(self.tr("New project"))
        self._theme, self._names = theme, tuple(info.name for info in presets.by_level())
        self.field = QLineEdit(self, clearButtonEnabled=True)
        self.field.setObjectName("presets.field")
        self.field.setPlaceholderText(self.tr("Search"))
        self.field.setAccessibleName(self.tr("Search"))
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setObjectName("presets.list")
        self.list.setAccessibleName(self.tr("Projects to begin with"))
        self.list.setIconSize(QSize(SIDE, SIDE))
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._drawing = QTimer(self, interval=0)
        self._drawing.timeout.connect(self._draw_next)
        self._waiting: list[int] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        for widget in (self.field, self.list, self._buttons()):
            column.addWidget(widget)
        self.resize(SIZE)
        for name in self._names:
            self._add(presets.info(name))
        self.list.setCurrentRow(0)
        self.field.textChanged.connect(self._search)
        self.list.itemActivated.connect(lambda _item: self._take())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with an empty search; the pictures come one after the other, in the theme's colours."""
        super().showEvent(event)
        self.field.clear()
        self.field.setFocus()
        self._waiting = list(range(len(self._names)))
        self._drawing.start()

    def done(self, result: int) -> None:
        """End what is still to be drawn."""
        self._drawing.stop()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search move through the list."""
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _KEYS
        if watched is self.field and pressed:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.open_button = QPushButton(self.tr("Open"), self)
        self.open_button.setObjectName("presets.open")
        self.open_button.setProperty("primary", True)
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self._take)
        box.addButton(self.open_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.rejected.connect(self.reject)
        return box

    def _add(self, info: PresetInfo) -> None:
        blank = QPixmap(SIDE, SIDE)
        blank.fill(Qt.GlobalColor.transparent)
        title, sentence = translated(info.title), translated(info.description)
        item = QListWidgetItem(QIcon(blank), f"{title}  ·  {self._facts(info)}\n{sentence}", self.list)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {self._facts(info)}. {sentence}")
        item.setSizeHint(QSize(0, SIDE + 10))

    def _facts(self, info: PresetInfo) -> str:
        regression = presets.load(info.name).data.source.task.value == "regression"
        text = self.tr("R² %1 in %2 epochs") if regression else self.tr("%1 % right in %2 epochs")
        reached = f"{info.test_metric:.2f}" if regression else f"{100 * info.test_metric:.3g}"
        reached = self.locale().toString(info.test_metric, "f", 2) if regression else reached
        return f"{translated(info.level)}  ·  {text.replace('%1', reached).replace('%2', str(info.epochs))}"

    @Slot(str)
    def _search(self, text: str) -> None:
        words = text.casefold().split()
        first = -1
        for row in range(self.list.count()):
            found = all(word in self.list.item(row).text().casefold() for word in words)
            self.list.item(row).setHidden(not found)
            first = row if found and first < 0 else first
        self.list.setCurrentRow(first)
        self.open_button.setEnabled(first >= 0)

    @Slot()
    def _draw_next(self) -> None:
        if not self._waiting:
            self._drawing.stop()
            return
        row = self._waiting.pop(0)
        data = presets.load(self._names[row]).data
        picture = thumbnail(sample_of(data.source, data.noise, data.seed), self._theme, SIDE, self.devicePixelRatioF())
        self.list.item(row).setIcon(QIcon(QPixmap.fromImage(picture)))

    def _take(self) -> None:
        row = self.list.currentRow()
        if row >= 0 and not self.list.item(row).isHidden():
            self.accept()
            self.wanted.emit(self._names[row])
