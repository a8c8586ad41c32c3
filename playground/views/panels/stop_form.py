"""The small form that says when training ends by itself, and the button that opens it."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.session import Session
from playground.views.forms import bind_spin
from playground.views.panels.card import label
from playground.views.panels.counter import count_text
from playground.views.scales import number

PADDING = 24
"""What a button adds to its text, left and right together."""


class StopForm(QFrame):
    """Stop after so many epochs, or when the training loss is small enough; "off" leaves a condition out."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("When training stops"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(label(self.tr("Training stops by itself"), "heading", self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        rows = (
            (self.tr("after this many epochs"), "training.stop.max_epochs"),
            (self.tr("when the training loss is below"), "training.stop.loss_below"),
        )
        for row, (text, path) in enumerate(rows):
            spin = bind_spin(session.document, path, self)
            spin.setMinimumWidth(96)
            name = QLabel(text, self)
            name.setBuddy(spin)
            grid.addWidget(name, row, 0)
            grid.addWidget(spin, row, 1)
        column.addLayout(grid)
        note = self.tr("“off” means: train until you press Pause. Train again goes on for as many epochs.")
        column.addWidget(label(note, "caption", self))


class StopButton(QToolButton):
    """Opens the stop form; its text names the conditions that are set."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.form = StopForm(session, self)
        self.setObjectName("run.stop_conditions")
        self.setAccessibleName(self.tr("Stop conditions"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._open)
        self._room = self.fontMetrics().horizontalAdvance(self.tr("Stop %s") % self.tr("at %s") % count_text(10_000))
        self.setFixedWidth(self._room + PADDING)  # steady: what stands beside it must not move
        session.document.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Name the conditions that are set."""
        stop = self._session.document.project.training.stop
        parts = []
        if stop.max_epochs is not None:
            parts.append(self.tr("at %s") % count_text(stop.max_epochs))
        if stop.loss_below is not None:
            parts.append(f"< {number(stop.loss_below)}")
        text = self.tr("Stop %s") % " · ".join(parts) if parts else self.tr("Stop…")
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self._room))
        offer = self.tr("Choose when training stops by itself")
        self.setToolTip(f"{text}. {offer}" if parts else offer)

    @Slot()
    def _open(self) -> None:
        self.form.adjustSize()
        self.form.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self.form.show()
