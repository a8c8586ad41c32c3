"""The journey: one picture that turns from stage into stage while the slider moves or the animation plays."""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playground.views import motion
from playground.views.forms import Slider
from playground.views.icons import icon
from playground.views.panels.card import label
from playground.views.panels.stage_art import PointArt, Scene
from playground.views.panels.stage_view import Picture
from playground.views.theme import Theme

STEPS = 100
"""Positions of the slider from one stage to the next."""

SIDE_WIDTH, GAP = 120, 12
_FRAME_MS = 33
_TRAVEL_MS, _REST_MS = 1400, 500  # on the way, and at each stage


class MorphView(QWidget):
    """Shows the examples travelling from stage to stage."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scenes: tuple[Scene, ...] = ()
        self._titles: tuple[str, ...] = ()
        self._art: PointArt | None = None
        self.picture = Picture(theme, self)
        self.picture.setAccessibleName(self.tr("The examples on their way from stage to stage"))
        self.picture.setToolTip(self.tr("Click an example, or choose one by the arrow keys, to mark it in all stages"))
        self.picture.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider = Slider(self)
        self._where = label("", "caption", self)
        self._play = QPushButton(self)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._start = 0
        self._build()
        self._timer.timeout.connect(self._advance)
        self.slider.valueChanged.connect(self._show)
        self.slider.sliderPressed.connect(self.stop)
        self._play.clicked.connect(self.toggle)

    def _build(self) -> None:
        self.slider.setObjectName("distillation.stage")
        self.slider.setAccessibleName(self.tr("Stage"))
        self.slider.setToolTip(self.tr("Drag to follow every example on its way through the layers"))
        self.slider.setPageStep(STEPS)
        self.slider.setSingleStep(STEPS // 20)
        self._play.setObjectName("distillation.play")
        self._play.setToolTip(self.tr("Let the examples travel from the input to the prediction"))
        self._where.setWordWrap(True)
        self._where.setFixedHeight(2 * self._where.fontMetrics().height() + 2)
        self._where.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        side = QWidget(self)
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        heading = label(self.tr("Stage by stage"), "heading", side)
        column.addWidget(heading)
        column.addWidget(self._where)
        column.addWidget(self.slider)
        column.addStretch(1)
        column.addWidget(self._play)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.picture, 1)
        row.addWidget(side)
        self.recolor()

    @property
    def playing(self) -> bool:
        """Whether the animation runs."""
        return self._timer.isActive()

    def width_for(self, height: int) -> int:
        """The width that suits a height."""
        return height + GAP + SIDE_WIDTH

    def sizeHint(self) -> QSize:
        """A picture of 140 pixels with its controls."""
        return QSize(self.width_for(140), 140)

    def show_scenes(self, scenes: Sequence[Scene], titles: Sequence[str], art: PointArt | None) -> None:
        """Show other stages; the slider stays where it is as far as possible."""
        self._scenes, self._titles, self._art = tuple(scenes), tuple(titles), art
        last = STEPS * max(0, len(self._scenes) - 1)
        if self.slider.maximum() != last:
            self.slider.setRange(0, last)
        self.setEnabled(bool(self._scenes))
        self._show()

    @Slot()
    def toggle(self) -> None:
        """Play or pause; at the end it begins anew."""
        if self.playing:
            self.stop()
            return
        if self.slider.value() >= self.slider.maximum():
            self.slider.setValue(0)
        self._start = self.slider.value()
        self._clock.start()
        self._timer.start()
        self.recolor()

    @Slot()
    def stop(self) -> None:
        """Stay where the examples are."""
        self._timer.stop()
        self.recolor()

    @Slot()
    def recolor(self) -> None:
        """Draw the button in the theme's colours."""
        self._play.setText(self.tr("Stop") if self.playing else self.tr("Play"))
        self._play.setIcon(icon("pause" if self.playing else "play", self._theme))

    @Slot()
    def _advance(self) -> None:
        """Move on by the clock: travel, rest at the stage, travel; with reduced motion from stage to stage at once."""
        leg = _TRAVEL_MS + _REST_MS
        first, offset = divmod(self._start, STEPS)
        elapsed = self._clock.elapsed() + offset * _TRAVEL_MS // STEPS
        legs, rest = divmod(elapsed, leg)
        place = (first + legs) * STEPS + min(STEPS, rest * STEPS // _TRAVEL_MS)
        if motion.reduced():
            place -= place % STEPS
        self.slider.setValue(min(place, self.slider.maximum()))
        if place >= self.slider.maximum():
            self.stop()

    @Slot()
    def _show(self) -> None:
        if not self._scenes:
            self.picture.show_scene(None, None)
            self._where.setText("")
            return
        stage, step = divmod(self.slider.value(), STEPS)
        stage = min(stage, len(self._scenes) - 1)
        after = min(stage + 1, len(self._scenes) - 1)
        share = step / STEPS
        scene = self._scenes[stage].between(self._scenes[after], share * share * (3 - 2 * share))
        if scene is not self.picture.scene:
            self.picture.show_scene(scene, self._art)
        text = self._titles[stage] if step == 0 else f"{self._titles[stage]} → {self._titles[after]}"
        if text != self._where.text():
            self._where.setText(text)
