"""What stands where in the drawing booth."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.data.drawings import SIDES
from playground.views.booth.class_list import ClassList
from playground.views.booth.pad import BRUSHES, Pad
from playground.views.booth.strip import Strip
from playground.views.icons import icon
from playground.views.panels.card import label
from playground.views.theme import Theme, Token

SEEN = 64
"""Pixels of the picture that the network sees."""


class Parts:
    """All widgets of the booth, laid out on it."""

    def __init__(self, booth: QWidget, theme: Theme) -> None:
        self._booth, self._theme = booth, theme
        self.pad = Pad(theme, booth)
        self.classes = ClassList(theme, booth)
        self.strip = Strip(theme, booth)
        self.title = label("", "heading", booth)
        self.words: QLabel = label("", "", booth)
        self.words.setWordWrap(True)
        self.words.setObjectName("booth.words")
        self._make_buttons()
        grid = QGridLayout(booth)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(0, 1)
        grid.addLayout(self._left(), 0, 0)
        grid.addLayout(self._right(), 0, 1)
        grid.addLayout(self._kept(), 0, 2)
        grid.addLayout(self._end(), 1, 0, 1, 3)
        self.recolor()

    def _make_buttons(self) -> None:
        tr = self._booth.tr
        self.undo = self._tool("undo", tr("Take the last stroke back (Backspace or Ctrl+Z)"))
        self.clear = self._tool("close", tr("Begin a new drawing (Delete)"))
        self.brushes = QButtonGroup(self._booth)
        for place, (text, tip) in enumerate(
            ((tr("Fine"), tr("A fine pen")), (tr("Medium"), tr("A medium pen")), (tr("Broad"), tr("A broad pen")))
        ):
            self.brushes.addButton(self._segment(text, tip), place)
        self.brushes.button(1).setChecked(True)
        self.modes = QButtonGroup(self._booth)
        self.modes.addButton(self._segment(tr("Collect"), tr("Keep drawings as examples of your classes")), 0)
        self.modes.addButton(self._segment(tr("Try"), tr("Let the present network say what you draw")), 1)
        self.add_class = self._plain(tr("&Add class"), tr("Have one more thing that can be drawn, ten at most"))
        self.rename = self._plain(tr("Re&name"), tr("Give the selected class another name (F2)"))
        self.remove_class = self._plain(tr("&Remove"), tr("Remove the selected class with its drawings"))
        self.delete = self._plain(tr("D&elete"), tr("Delete the selected drawings (Delete)"))
        self.save = self._plain(tr("&Save drawings…"), tr("Write the drawings to a file, for another machine"))
        self.load = self._plain(tr("Add &files…"), tr("Add drawings that were saved elsewhere; doubles are left out"))
        self.train = self._plain(tr("&Train on the drawings"), tr("Learn the drawings: a few seconds are enough"))
        self.train.setProperty("primary", True)
        self.train.setObjectName("booth.train")
        self.side = QComboBox(self._booth)
        for side in SIDES:
            self.side.addItem(f"{side} × {side}")
        self.side.setAccessibleName(tr("Pixels of a drawing"))
        self.side.setToolTip(tr("How many pixels a drawing has, and with it the network's input"))

    def _left(self) -> QHBoxLayout:
        """The pad, and beside it what it is used with."""
        tools = QVBoxLayout()
        tools.setSpacing(4)
        for button in self.brushes.buttons():
            tools.addWidget(button)
        both = QHBoxLayout()
        both.setSpacing(4)
        both.addWidget(self.undo)
        both.addWidget(self.clear)
        tools.addLayout(both)
        tools.addStretch(1)
        self.seen = QLabel(self._booth)
        self.seen.setFixedSize(SEEN, SEEN)
        self.seen.setObjectName("booth.seen")
        self.seen.setToolTip(
            self._booth.tr(
                "What the network sees. For a data set that was not drawn here, the drawing is cropped, scaled, moved "
                "and drawn as boldly as the examples are"
            )
        )
        self.seen.setAccessibleName(self._booth.tr("What the network sees"))
        self._caption = label(self._booth.tr("the network\nsees"), "caption", self._booth)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._caption.setFixedWidth(SEEN + 8)
        tools.addWidget(self._caption)
        tools.addWidget(self.seen, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.pad, 1)
        row.addLayout(tools)
        return row

    def _right(self) -> QVBoxLayout:
        top, changes = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.title, 1)
        for button in self.modes.buttons():
            top.addWidget(button)
        changes.setSpacing(4)
        for changer in (self.add_class, self.rename, self.remove_class):
            changes.addWidget(changer)
        changes.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.classes, 1000)
        column.addLayout(changes)
        column.addStretch(1)
        return column

    def _kept(self) -> QVBoxLayout:
        """What was collected."""
        column, buttons = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(4)
        buttons.setSpacing(4)
        column.addWidget(self.strip, 1)
        buttons.addWidget(self.delete)
        buttons.addWidget(self.side, 1)
        column.addLayout(buttons)
        return column

    def _end(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for button in (self.load, self.save, self.train):
            row.addWidget(button)
        return row

    def show_mode(self, *, collecting: bool) -> None:
        """Show what is needed to collect, or to try only."""
        gathering = (self.strip, self.delete, self.side, self.load, self.save, self.train)
        for widget in (self.add_class, self.rename, self.remove_class, *gathering):
            widget.setVisible(collecting)

    def show_seen(self, picture: QImage | None) -> None:
        """Show the picture that the network sees."""
        self._caption.setVisible(picture is not None)
        if picture is None:
            self.seen.clear()
            self.seen.setStyleSheet("")
            return
        ratio = self.seen.devicePixelRatioF()
        side = round((SEEN - 2) * ratio)
        shown = QPixmap.fromImage(picture.scaled(side, side))
        shown.setDevicePixelRatio(ratio)
        self.seen.setStyleSheet(f"border: 1px solid {self._theme.hex(Token.LINE)};")
        self.seen.setPixmap(shown)

    @Slot(int)
    def use_brush(self, place: int) -> None:
        """Draw with another pen from now on."""
        self.pad.brush = BRUSHES[place]

    def _tool(self, picture: str, tip: str) -> QToolButton:
        button = QToolButton(self._booth)
        button.setProperty("quiet", True)
        button.setObjectName(f"booth.{picture}")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setIconSize(QSize(18, 18))
        button.setFixedSize(28, 28)
        return button

    def _segment(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self._booth)
        button.setText(text)
        button.setProperty("segment", True)
        button.setCheckable(True)
        button.setToolTip(tip)
        button.setMinimumHeight(24)
        return button

    def _plain(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self._booth)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def recolor(self) -> None:
        """Draw the icons in the theme's colours."""
        for name, button in (("undo", self.undo), ("close", self.clear)):
            button.setIcon(icon(name, self._theme))
