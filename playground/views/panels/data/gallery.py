"""The gallery: groups of data sets, and the live pictures of those of the chosen group."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QVBoxLayout, QWidget

from playground.data.sources import SOURCES, Source
from playground.project import edits
from playground.project.changes import Change
from playground.session import Session
from playground.views.panels.data.groups import Group, help_text, members, title
from playground.views.panels.data.source_button import SIDE, SourceButton
from playground.views.panels.data.thumbnails import sample_of
from playground.views.theme import CAPTION_SIZE, Theme, sized_font

PER_ROW = 5
ROWS = 2
_IN_A_ROW = 3
SETTLED_MS = 120
"""Pictures follow a slider when it has rested so long."""


class Groups(QWidget):
    """The buttons of the groups, one of which is pressed.

    Signals:
        chosen(Group): another one was pressed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = {group: self._button(group) for group in Group}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        alone = QButtonGroup(self)
        for place, button in enumerate(self._buttons.values()):
            grid.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)
            alone.addButton(button)
        self._current = Group.CLASSES

    @property
    def current(self) -> Group:
        """The group that is shown."""
        return self._current

    def show_group(self, group: Group) -> None:
        """Press the button of a group; ``chosen`` tells when it is another one."""
        self._buttons[group].setChecked(True)
        if group is not self._current:
            self._current = group
            self.chosen.emit(group)

    def _button(self, group: Group) -> QToolButton:
        button = QToolButton(self)
        button.setText(title(group))
        button.setProperty("segment", True)
        button.setStyleSheet("padding: 1px 2px; font-weight: 400;")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumWidth(QFontMetrics(sized_font(CAPTION_SIZE)).horizontalAdvance(title(group)) + 5)
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        button.setToolTip(help_text(group))
        button.setAccessibleName(title(group))
        button.setObjectName(f"data.group.{group.value}")
        button.clicked.connect(lambda: self.show_group(group))
        return button


class Gallery(QWidget):
    """The pictures of the ready-made sets of one group; a click chooses one, with the settings that it had last."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._last: dict[str, Source] = {}
        self._group = Group.CLASSES
        self._buttons: dict[str, SourceButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setSpacing(3)
        grid.setColumnStretch(PER_ROW, 1)
        column.addLayout(grid)
        column.addStretch(1)
        for group in Group:
            for place, name in enumerate(members(group)):
                button = self._buttons[name] = SourceButton(name, SOURCES[name](), theme, self)
                button.clicked.connect(lambda _checked=False, name=name: self._choose(name))
                grid.addWidget(button, place // PER_ROW, place % PER_ROW)
        self.setFixedHeight(ROWS * SIDE + (ROWS - 1) * 3)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._begin_drawing)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._draw_next)
        self._waiting: list[SourceButton] = []
        self.show_group(self._group)

    def show_group(self, group: Group) -> None:
        """Show the sets of another group."""
        self._group = group
        shown = members(group)
        for name, button in self._buttons.items():
            button.setVisible(name in shown)
        self._begin_drawing(only_empty=True)

    def follow(self, change: Change) -> None:
        """Mark the chosen set; draw again what has changed."""
        if change & Change.DATA:
            self.refresh()
            self._settled.start()

    def refresh(self) -> None:
        """Mark the chosen set and show its very examples."""
        source, samples = self._session.document.project.data.source, self._session.document.samples
        name = str(source.__struct_config__.tag)
        for each, button in self._buttons.items():
            button.setChecked(each == name)
        if name in self._buttons:
            self._last[name] = source
            self._buttons[name].describe(source)
            self._buttons[name].show_sample(samples.dataset)

    def repaint_pictures(self) -> None:
        """Paint all with the theme's colours."""
        for button in self._buttons.values():
            button.repaint_picture()

    @property
    def drawing(self) -> bool:
        """Whether pictures are still to be drawn."""
        return self._settled.isActive() or self._next.isActive()

    def stop(self) -> None:
        """End what is still to be drawn."""
        self._settled.stop()
        self._next.stop()

    @Slot()
    def _begin_drawing(self, *, only_empty: bool = False) -> None:
        """Draw the pictures of the group one after the other, so that the window never waits for all."""
        shown = members(self._group)
        self._waiting = [self._buttons[name] for name in shown if self._buttons[name].empty or not only_empty]
        self._next.start()

    @Slot()
    def _draw_next(self) -> None:
        if not self._waiting:
            return
        button = self._waiting.pop(0)
        data = self._session.document.project.data
        if isinstance(data.source, SOURCES[button.name]):
            button.show_sample(self._session.document.samples.dataset)
        else:
            button.show_sample(sample_of(button.source, data.noise, data.seed))
        if self._waiting:
            self._next.start()

    def _choose(self, name: str) -> None:
        document = self._session.document
        if not isinstance(document.project.data.source, SOURCES[name]):
            document.apply(edits.set_source(document.project, self._last.get(name, SOURCES[name]())))
        self.refresh()
