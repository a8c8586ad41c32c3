"""How examples are drawn and dealt out: the sliders, in two parts."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.data.dataset import Task
from playground.project import edits
from playground.session import Session
from playground.session.document import Document
from playground.views.forms import SliderRow, bind_spin, percent
from playground.views.icons import icon
from playground.views.scales import number
from playground.views.theme import Theme

_POINTS = (20, 50, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 900, 1000, 1200, 1500, 1797, 2000, 3000, 5000)
_BATCHES = (1, 2, 3, 5, 8, 10, 15, 20, 25, 32, 50, 64, 100, 128, 200, 256, 500)
_SHARES = tuple(share / 100 for share in (*range(10, 65, 5), 67, *range(70, 95, 5)))
_SPACING = 4


class Usual(QWidget):
    """Points, noise, training share, batch size."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        document, column = session.document, _column(self)
        column.addWidget(SliderRow(document, "data.points", self, values=_POINTS, text=lambda _: _count(document)))
        column.addWidget(SliderRow(document, "data.noise", self, text=percent))
        column.addWidget(SliderRow(document, "data.training_share", self, values=_SHARES, text=percent))
        column.addWidget(SliderRow(document, "training.batch_size", self, values=_BATCHES))


class Unusual(QWidget):
    """Class balance, label noise, and the seed of the data."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        column = _column(self)
        self._classes_only = [SliderRow(session.document, path, self) for path in ("data.balance", "data.label_noise")]
        for row in self._classes_only:
            column.addWidget(row)
        self._redraw = QToolButton(self)
        self._redraw.clicked.connect(self._draw_others)
        column.addLayout(self._seed_row())

    def refresh(self) -> None:
        """Offer what concerns classes only where there are some."""
        classes = self._session.document.project.data.source.task is not Task.REGRESSION
        for row in self._classes_only:
            row.setEnabled(classes)
            row.setToolTip("" if classes else self.tr("These data are numbers; they have no classes."))
        self._redraw.setIcon(icon("dice", self._theme))

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

    @Slot()
    def _draw_others(self) -> None:
        project = self._session.document.project
        self._session.document.apply(edits.set_value(project, "data.seed", project.data.seed + 1))


def _count(document: Document) -> str:
    """How many examples there really are: bundled and own sets have no more than they have."""
    return number(document.samples.dataset.n)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(_SPACING)
    return column
