"""The distillation panel: the examples as each stage sees them, and their way from stage to stage."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.data.dataset import Task
from playground.insight.examples import Purity
from playground.insight.pairs import with_pairs
from playground.insight.pictures import DISTILLATION, PURITY
from playground.insight.representations import Distillation, Kind, Representation
from playground.session import Session
from playground.views.class_names import shown_names
from playground.views.panels import stage_words
from playground.views.panels.axes_menu import StageAxes
from playground.views.panels.example_text import ExampleText
from playground.views.panels.morph_view import MorphView
from playground.views.panels.run_panel import RunPanel
from playground.views.panels.stage_art import PointArt, Scene
from playground.views.panels.stage_row import StageRow
from playground.views.panels.stage_view import Picture, StageView
from playground.views.table_twin import Table
from playground.views.theme import Theme

_FRAME_MS = 33  # while training, one stage is drawn per frame, so that no frame takes long
_NOTHING = Scene(np.zeros((0, 2)))


class DistillationPanel(RunPanel):
    """Shows every stage; asks for its picture only while it can be seen."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent, name="distillation", picture=DISTILLATION, frame_ms=_FRAME_MS)
        self.setAccessibleName(self.tr("Distillation"))
        self._picture: Distillation | None = None
        self._purity: Purity | None = None
        self._taken: Distillation | None = None
        self.axes = StageAxes(self, self._show_axes)
        self._marked: int | None = session.trainer.example  # rows of the data set
        self._pointed: int | None = None
        self._art: PointArt | None = None
        self._scenes: list[Scene] = []
        self._drawn: list[Representation | None] = []
        self.views: list[StageView] = []
        self.row = StageRow(self)
        self.morph = MorphView(theme, self)
        self._build()
        self.refresh()

    def _build(self) -> None:
        self._parts.addWidget(self.row, 1)
        self._add_line()
        self._parts.addWidget(self.morph)
        self._wire(self.morph.picture)
        self.morph.picture.stepped.connect(self._step)
        self._connections.add(self._session.trainer.example_selected, self._follow_example)

    def _wire(self, picture: Picture) -> None:
        picture.clicked.connect(self._mark)
        picture.hovered.connect(self._point)
        picture.describe = self._describe
        picture.numbers = self._numbers

    # -- Qt --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """The purity is shown on the canvas too, which asks for it all the time."""
        super()._ask()
        self._session.trainer.show(PURITY)

    def _rest(self) -> None:
        super()._rest()
        self.morph.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the journey grow with the height, up to a third of the width."""
        super().resizeEvent(event)
        self.morph.setFixedWidth(min(self.morph.width_for(self.height() - 16), max(260, self.width() // 3)))

    # -- following the run -----------------------------------------------------------------------------------------

    @Slot()
    def _catch_up(self) -> None:
        """Draw one more stage; the last moment first when all are drawn."""
        if not self._undrawn() and self._waiting is not None:
            self._accept(self._waiting)
            self._waiting = None
        if undrawn := self._undrawn():
            self._draw(undrawn[0])
            self._frame.start()
        else:
            self._finish()

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
        self._art = PointArt(picture, shown_names(self._session.document.samples.dataset.class_names), self._theme)
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

    def _numbers(self, picture: Picture) -> Table:
        """Where the examples stand in a stage, in its own units; on the journey, in shares of the picture."""
        from playground.views.panels.stage_table import stage_table

        if self._picture is None:
            return Table(picture.accessibleName())
        stage = next((place for place, view in enumerate(self.views) if view is picture), None)
        points = self._picture.stages[stage].points if stage is not None else None
        if points is None:
            points = picture.scene.points if picture.scene is not None else np.zeros((0, 2))
        return stage_table(picture.accessibleName(), self._picture, points, self._session.document.samples.dataset)

    def _describe(self, index: int) -> str:
        if self._picture is None:
            return ""
        dataset, theme = self._session.document.samples.dataset, self._theme
        titles = [view.text.title for view in self.views]
        return ExampleText(dataset, theme).describe(self._picture, index, titles)
