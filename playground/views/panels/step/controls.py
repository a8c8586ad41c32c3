"""The left side of Step through: how closely to look, the beats, and Back, Next and Play."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playground.insight.trace.card import Zoom
from playground.views.icons import icon
from playground.views.panels.step.beat_strip import BeatStrip
from playground.views.panels.step.chooser import Chooser
from playground.views.panels.step.walk import Walk
from playground.views.theme import Theme

WIDTH = 380


class Controls(QWidget):
    """Buttons only; what they do is the panel's.

    Signals:
        zoomed(Zoom), back(), next(), play(): the user wants it.
    """

    zoomed = Signal(object)
    back = Signal()
    next = Signal()
    play = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._playing = self._last = False
        self.strip = BeatStrip(theme, self)
        self.chooser = Chooser(theme, self)
        self.zooms = QButtonGroup(self)
        self.back_button, self.next_button = QPushButton(self.tr("Back"), self), QPushButton(self.tr("Next"), self)
        self.play_button = QPushButton(self.tr("Play"), self)
        self.setFixedWidth(WIDTH)
        self._build()
        self._dress()
        theme.changed.connect(self._dress)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._zoom_row())
        column.addWidget(self.strip)
        column.addLayout(self._button_row())
        column.addWidget(self.chooser)
        column.addStretch(1)

    def _zoom_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        texts = {
            Zoom.EPOCH: (self.tr("Epoch"), self.tr("Where this mini-batch stands in the epoch (key 1)")),
            Zoom.BATCH: (self.tr("Batch"), self.tr("All examples of the mini-batch (key 2)")),
            Zoom.LAYER: (self.tr("Layer"), self.tr("One layer after the other, for one example (key 3)")),
            Zoom.TERM: (self.tr("Term"), self.tr("One unit and one weight, term by term (key 4)")),
        }
        for at, (zoom, (text, tip)) in enumerate(texts.items()):
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setObjectName(f"step.zoom.{zoom.value}")
            button.setToolTip(tip)
            self.zooms.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.chooser.examples)
        self.zooms.idClicked.connect(lambda at: self.zoomed.emit(list(Zoom)[at]))
        return row

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for name, button, tip in (
            ("back", self.back_button, self.tr("One beat back (Left)")),
            ("next", self.next_button, self.tr("One beat on (Right); at the end it makes the update")),
            ("play", self.play_button, self.tr("Walk on by itself, a beat every two seconds")),
        ):
            button.setObjectName(f"step.{name}")
            button.setToolTip(tip)
            row.addWidget(button, 1 if name == "next" else 0)
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next)
        self.play_button.clicked.connect(self.play)
        return row

    def show_walk(self, walk: Walk, *, playing: bool, waiting: bool) -> None:
        """Show where the walk stands; ``waiting``: for the next mini-batch."""
        self.zooms.button(list(Zoom).index(walk.zoom)).setChecked(True)
        self.strip.show_beats(walk.beats, walk.at)
        self.back_button.setEnabled(walk.at > 0)
        self.next_button.setEnabled(not waiting)
        if (playing, walk.is_last) != (self._playing, self._last):
            self._playing, self._last = playing, walk.is_last
            self._dress()
        close = walk.zoom in (Zoom.LAYER, Zoom.TERM)
        self.chooser.show_focus(walk.trace, walk.present_focus, layers=close, units=walk.zoom is Zoom.TERM)

    @Slot()
    def _dress(self) -> None:
        self.back_button.setIcon(icon("chevron-left", self._theme))
        self.next_button.setIcon(icon("step" if self._last else "chevron-right", self._theme))
        self.next_button.setText(self.tr("Make this update") if self._last else self.tr("Next"))
        self.play_button.setIcon(icon("pause" if self._playing else "play", self._theme))
        self.play_button.setText(self.tr("Stop") if self._playing else self.tr("Play"))
