"""The distillation panel: the examples as each stage sees them, and their way from stage to stage."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QWidget

from playground.data.dataset import Task
from playground.insight.examples import Purity
from playground.insight.pairs import with_pairs
from playground.insight.pictures import DISTILLATION, PURITY
from playground.insight.representations import Distillation, Kind, Representation
from playground.project.build import Problem
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.panels import stage_words
from playground.views.panels.axes_menu import StageAxes
from playground.views.panels.card import Connections, label
from playground.views.panels.example_text import ExampleText
from playground.views.panels.morph_view import MorphView
from playground.views.panels.stage_art import PointArt, Scene
from playground.views.panels.stage_row import StageRow
from playground.views.panels.stage_view import Picture, StageView
from playground.views.theme import Theme

_FRAME_MS = 33  # while training, one stage is drawn per frame, so that no frame takes long
_NOTHING = Scene(np.zeros((0, 2)))


class DistillationPanel(QWidget):
    """Shows every stage; asks for its picture only while it can be seen."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.distillation")
        self.setAccessibleName(self.tr("Distillation"))
        self._session, self._theme = session, theme
        self._connections = Connections()
        self._picture: Distillation | None = None
        self._purity: Purity | None = None
        self._taken: Distillation | None = None
        self.axes = StageAxes(self, self._show_axes)
        self._waiting: Mapping[str, Any] | None = None
        self._marked: int | None = session.trainer.example  # rows of the data set
        self._pointed: int | None = None
        self._art: PointArt | None = None
        self._scenes: list[Scene] = []
        self._drawn: list[Representation | None] = []
        self.views: list[StageView] = []
        self.row = StageRow(self)
        self.morph = MorphView(theme, self)
        self._empty = label(self.tr("There is nothing to see until the layers fit together."), "caption", self)
        self._timer = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._build()
        self._connect()
        self.refresh()

    # -- build, connect, refresh, close ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        page, line = QWidget(self), QFrame(self)
        line.setProperty("upright", True)
        line.setFixedWidth(1)
        row = QHBoxLayout(page)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(14)
        row.addWidget(self.row, 1)
        row.addWidget(line)
        row.addWidget(self.morph)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        self._wire(self.morph.picture)
        self.morph.picture.stepped.connect(self._step)

    def _wire(self, picture: Picture) -> None:
        picture.clicked.connect(self._mark)
        picture.hovered.connect(self._point)
        picture.describe = self._describe

    def _connect(self) -> None:
        trainer = self._session.trainer
        self._connections.add(trainer.snapshot, self._show_snapshot)
        self._connections.add(trainer.restarted, self._forget)
        self._connections.add(trainer.problems_changed, self._follow_problems)
        self._connections.add(self._theme.changed, self._recolor)
        self._connections.add(trainer.example_selected, self._follow_example)
        self._timer.timeout.connect(self._catch_up)

    def refresh(self) -> None:
        """Show the present at once."""
        self._timer.stop()
        self._waiting = None
        self._follow_problems(self._session.trainer.problems)
        if latest := self._session.trainer.latest:
            self._show_pictures(latest.pictures)

    def close(self) -> bool:
        """Stop listening and asking, then close."""
        self._timer.stop()
        self.morph.stop()
        self._session.trainer.show(DISTILLATION, False)
        self._connections.undo()
        return super().close()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the picture; the purity is shown on the canvas too, which asks for it all the time."""
        super().showEvent(event)
        for name in (DISTILLATION, PURITY):
            self._session.trainer.show(name)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more."""
        super().hideEvent(event)
        self._timer.stop()
        self.morph.stop()
        self._session.trainer.show(DISTILLATION, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the journey grow with the height, up to a third of the width."""
        super().resizeEvent(event)
        self.morph.setFixedWidth(min(self.morph.width_for(self.height() - 16), max(260, self.width() // 3)))

    # -- following the run -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        """At once while paused, soon while training."""
        if not self.isVisible():
            return
        if snapshot.state is not RunState.RUNNING:
            self._timer.stop()
            self._waiting = None
            self._show_pictures(snapshot.pictures)
            return
        self._waiting = snapshot.pictures
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _catch_up(self) -> None:
        """Draw one more stage; the last moment first when all are drawn."""
        if not self._undrawn() and self._waiting is not None:
            self._accept(self._waiting)
            self._waiting = None
        if undrawn := self._undrawn():
            self._draw(undrawn[0])
            self._timer.start()
        else:
            self._finish()

    @Slot()
    def _forget(self) -> None:
        """What waits belongs to an earlier run."""
        self._waiting = None

    @Slot(object)
    def _follow_problems(self, problems: tuple[Problem, ...]) -> None:
        self._stack.setCurrentIndex(1 if problems else 0)

    @Slot()
    def _recolor(self) -> None:
        self.morph.recolor()
        if self._picture is not None:
            self._begin(self._picture)
            self._show_pictures({})

    # -- showing ---------------------------------------------------------------------------------------------------

    def _show_pictures(self, pictures: Mapping[str, Any]) -> None:
        """Draw a moment, all of it."""
        self._accept(pictures)
        for place in self._undrawn():
            self._draw(place)
        self._finish()

    def _accept(self, pictures: Mapping[str, Any]) -> None:
        """Take over a moment; nothing is drawn yet."""
        before, picture = self._picture, pictures.get(DISTILLATION)
        self._purity = pictures.get(PURITY, self._purity)
        if picture is None or picture is self._taken:
            return
        self._taken = picture
        self._picture = picture = with_pairs(picture, self.axes.pairs)
        if before is None or picture.rows is not before.rows:
            self._begin(picture)

    def _begin(self, picture: Distillation) -> None:
        """Show other examples, or the same in other colours."""
        self._art = PointArt(picture, self._session.document.samples.dataset.class_names, self._theme)
        self._match_views(len(picture.stages))
        self._scenes = [_NOTHING] * len(picture.stages)
        self._drawn = [None] * len(picture.stages)

    def _undrawn(self) -> list[int]:
        """The stages that are not on screen as they are in the picture."""
        if self._picture is None:
            return []
        return [place for place, stage in enumerate(self._picture.stages) if stage is not self._drawn[place]]

    def _draw(self, place: int) -> None:
        """Draw one stage."""
        assert self._picture is not None
        stage, last = self._picture.stages[place], len(self._picture.stages) - 1
        middle = self._middle(stage) if place == last else None
        self._scenes[place] = Scene.of(stage, middle, self._picture.targets.shape[1])
        self._drawn[place] = stage
        self.views[place].show_scene(self._scenes[place], self._art)

    def _finish(self) -> None:
        """Draw what depends on all stages."""
        if self._picture is None:
            return
        self._show_texts()
        self.morph.show_scenes(self._scenes, [view.text.title for view in self.views], self._art)
        self._show_marks()

    def _match_views(self, count: int) -> None:
        """As many views as stages."""

        def make(place: int) -> StageView:
            view = StageView(self._theme, self.row.sheet)
            self._wire(view)
            view.axes_wanted.connect(partial(self._ask_axes, place))
            return view

        self.row.match(self.views, count, make)

    def _show_texts(self) -> None:
        assert self._picture is not None
        for view, words in zip(self.views, stage_words.describe(self._picture, self._purity), strict=True):
            view.show_text(words)

    def _ask_axes(self, place: int, where: QPoint) -> None:
        """Ask which two units of a stage to show."""
        if self._picture is not None:
            self.axes.ask(self._picture.stages[place], where)

    def _show_axes(self) -> None:
        """Draw the present moment on other axes."""
        taken, self._taken = self._taken, None
        if taken is not None:
            self._show_pictures({DISTILLATION: taken})

    def _middle(self, stage: Representation) -> float | None:
        """Where the decision between two classes lies."""
        document = self._session.document
        if document.samples.dataset.task is not Task.BINARY or stage.kind is not Kind.STRIP:
            return None
        return float(document.project.training.loss.threshold)

    # -- examples --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _mark(self, index: int | None) -> None:
        """Choose the example for the whole window."""
        row = self._row_of(index)
        self._session.trainer.select_example(None if row == self._marked else row)

    @Slot(object)
    def _follow_example(self, row: int | None) -> None:
        """Somebody chose another example."""
        self._marked = row
        self._show_marks()

    @Slot(int)
    def _step(self, by: int) -> None:
        """Mark the next example, the first one when none is marked; tell about it where it can be heard."""
        if self._picture is None:
            return
        places = self._picture.rows.tolist()
        place = (places.index(self._marked) + by) % len(places) if self._marked in places else 0
        self._session.trainer.select_example(places[place])
        self.morph.picture.setAccessibleDescription(self._describe(place))
        self._show_marks()

    @Slot(object)
    def _point(self, index: int | None) -> None:
        self._pointed = self._row_of(index)
        self._show_marks()

    def _row_of(self, index: int | None) -> int | None:
        if index is None or self._picture is None or index >= len(self._picture.rows):
            return None
        return int(self._picture.rows[index])

    def _show_marks(self) -> None:
        """Ring the examples in every stage; rows that are not in the picture have none."""
        if self._picture is None:
            return
        places = [
            next(iter((self._picture.rows == row).nonzero()[0].tolist()), None) if row is not None else None
            for row in (self._marked, self._pointed)
        ]
        for picture in (*self.views, self.morph.picture):
            picture.mark(*places)

    def _describe(self, index: int) -> str:
        if self._picture is None:
            return ""
        dataset, theme = self._session.document.samples.dataset, self._theme
        titles = [view.text.title for view in self.views]
        return ExampleText(dataset, theme).describe(self._picture, index, titles)
