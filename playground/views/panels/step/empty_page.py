"""What Step through shows where there is nothing to walk through: why, and what to do."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from playground.session.language import translated
from playground.session.trainer import Trainer
from playground.training.records import RunState
from playground.views.icons import icon
from playground.views.messages import fill
from playground.views.theme import Theme


class EmptyPage(QWidget):
    """A sentence in the middle; while training, a button to pause."""

    def __init__(self, trainer: Trainer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trainer, self._theme = trainer, theme
        self.text = QLabel(self)
        self._pause = QPushButton(self.tr("Pause"), self)
        self._pause.setObjectName("step.pause")
        self._pause.setToolTip(self.tr("Pause training, then take the next mini-batch apart"))
        self._pause.clicked.connect(trainer.pause)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.text, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._pause, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        theme.changed.connect(self._recolor)
        self._recolor()

    def explain(self) -> bool:
        """Say why there is nothing; True while there is a reason that does not pass by itself."""
        trainer, running = self._trainer, self._trainer.state is RunState.RUNNING
        if trainer.problems:
            text = fill(
                self.tr("A network that cannot train makes no steps. %1"), translated(trainer.problems[0].sentence)
            )
        elif running:
            text = self.tr("Training is running. Pause it to take the next mini-batch apart, from forward to update.")
        else:
            text = self.tr("The next mini-batch is being prepared …")
        self.text.setText(text)
        self._pause.setVisible(running)
        return bool(trainer.problems) or running

    @Slot()
    def _recolor(self) -> None:
        self._pause.setIcon(icon("pause", self._theme))
