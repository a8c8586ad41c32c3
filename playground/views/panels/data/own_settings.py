"""What can be set about the chosen data set itself: the number of arms, blobs, rings … One row for each setting."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.data.sources import SOURCES, Source
from playground.project.declarations import infos
from playground.session import Session
from playground.session.language import translated
from playground.views.forms import SliderRow, bind_check, bind_choice

ROW_HEIGHT = 24


class OwnSettings(QWidget):
    """The rows of the present source, made from its declarations; texts and data have editors of their own.

    own: show them for data of the user's own, else for ready-made sets.
    """

    def __init__(self, session: Session, parent: QWidget | None = None, *, own: bool = False) -> None:
        super().__init__(parent)
        self._session, self._for_own = session, own
        self._kind: type[Source] | None = None
        self.rows = 0
        """How many settings there are."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def refresh(self) -> None:
        """Make other rows when the data set is of another kind."""
        kind = type(self._session.document.project.data.source)
        if kind is self._kind:
            return
        self._kind, self.rows = kind, 0
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        own = str(kind.__struct_config__.tag) not in SOURCES
        for name, info in infos(kind).items() if own is self._for_own else ():
            row = self._row(f"data.source.{name}", info.kind, translated(info.title))
            if row is not None:
                row.setFixedHeight(ROW_HEIGHT)
                self._column.addWidget(row)
                self.rows += 1

    def _row(self, path: str, kind: str, title: str) -> QWidget | None:
        document = self._session.document
        if kind in ("int", "float"):
            return SliderRow(document, path, self, inline=True)
        if kind == "bool":
            return bind_check(document, path, title, self)
        if kind != "choice":
            return None
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        combo = bind_choice(document, path, row, titles=lambda name: name.replace("_", " "))
        name = QLabel(title, row)
        name.setBuddy(combo)
        line.addWidget(name)
        line.addWidget(combo, 1, Qt.AlignmentFlag.AlignRight)
        return row
