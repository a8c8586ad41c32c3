"""The data panel: which examples, how many, how noisy, and how they are dealt to training and test."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from playground.data.sources import SOURCES
from playground.project import edits
from playground.project.changes import Change
from playground.session import Session
from playground.views.forms import SliderRow, bind_spin, percent
from playground.views.icons import icon
from playground.views.panels.card import Card, label
from playground.views.panels.thumbnails import SourceButton
from playground.views.theme import Theme

_PER_ROW = 5
_POINTS = (20, 50, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 900, 1000, 1200, 1500, 1797, 2000, 3000, 5000)
_BATCHES = (1, 2, 3, 5, 8, 10, 15, 20, 25, 32, 50, 64, 100, 128, 200, 256, 500)
_SHARES = tuple(share / 100 for share in (*range(10, 65, 5), 67, *range(70, 95, 5)))


class DataPanel(Card):
    """Chooses the data set and shapes it."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setObjectName("panel.data")
        self.setAccessibleName(self.tr("Data"))
        self.title_row.addWidget(label(self.tr("DATA"), "title", self))
        self._buttons = {name: SourceButton(name, theme, self) for name in SOURCES.names()}
        self.body.addLayout(self._gallery())
        self._description = QLabel(self)
        self._description.setProperty("role", "caption")
        self._description.setWordWrap(True)
        self._description.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._description.setMinimumHeight(5 * self._description.fontMetrics().height() - 10)
        self._description.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self._description)
        self._add_sliders()
        self._redraw = QToolButton(self)
        self.body.addLayout(self._seed_row())
        self.body.addStretch(1)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.connections.add(self._session.document.changed, self._follow)
        self.connections.add(self._theme.changed, self._recolor)
        self._redraw.clicked.connect(self._draw_others)
        for button in self._buttons.values():
            button.clicked.connect(self._choose)

    def refresh(self) -> None:
        """Mark the chosen data set and describe it."""
        source = self._session.document.project.data.source
        for name, button in self._buttons.items():
            button.setChecked(isinstance(source, SOURCES[name]))
        self._description.setText(f"<b>{source.title}</b><br>{source.description}")
        self._redraw.setIcon(icon("dice", self._theme))

    def _gallery(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, button in enumerate(self._buttons.values()):
            grid.addWidget(button, place // _PER_ROW, place % _PER_ROW)
        grid.setColumnStretch(_PER_ROW, 1)
        return grid

    def _add_sliders(self) -> None:
        document = self._session.document
        self.body.addWidget(SliderRow(document, "data.points", self, values=_POINTS))
        self.body.addWidget(SliderRow(document, "data.noise", self, text=percent))
        self.body.addWidget(SliderRow(document, "data.training_share", self, values=_SHARES, text=percent))
        self.body.addWidget(SliderRow(document, "training.batch_size", self, values=_BATCHES))

    def _seed_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        spin = bind_spin(self._session.document, "data.seed", self)
        spin.setMaximumWidth(64)
        name = QLabel(self.tr("Data seed"), self)
        name.setBuddy(spin)
        self._redraw.setProperty("quiet", True)
        self._redraw.setIconSize(QSize(18, 18))
        self._redraw.setObjectName("data.redraw")
        self._redraw.setToolTip(self.tr("Draw other examples of the same kind (next seed)"))
        self._redraw.setAccessibleName(self.tr("Draw other examples"))
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(spin)
        row.addWidget(self._redraw)
        return row

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if change & Change.DATA:
            self.refresh()

    @Slot()
    def _recolor(self) -> None:
        for button in self._buttons.values():
            button.repaint_picture()
        self._redraw.setIcon(icon("dice", self._theme))

    @Slot()
    def _choose(self) -> None:
        project = self._session.document.project
        for name, button in self._buttons.items():
            if button.isChecked() and not isinstance(project.data.source, SOURCES[name]):
                self._session.document.apply(edits.set_source(project, SOURCES[name]()))
        self.refresh()

    @Slot()
    def _draw_others(self) -> None:
        project = self._session.document.project
        self._session.document.apply(edits.set_value(project, "data.seed", project.data.seed + 1))
