"""The output panel: the decision map for points of the plane, examples and confusion matrix for images."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from playground.insight.pictures import BOUNDARY, CONFUSION, PREDICTIONS
from playground.project.build import Problem
from playground.project.changes import Change
from playground.project.slices import Slice, slice_of
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.class_names import shown_names
from playground.views.elided_label import ElidedLabel
from playground.views.forms import bind_check
from playground.views.panels import map_words
from playground.views.panels.card import Card, label
from playground.views.panels.confusion_view import ConfusionView
from playground.views.panels.decision_map import DecisionMap
from playground.views.panels.example_guide import ExampleGuide
from playground.views.panels.examples_view import ExamplesView
from playground.views.panels.legend import Legend
from playground.views.panels.output_scale import OutputScale
from playground.views.panels.point_tip import PointTip
from playground.views.panels.slice_chooser import SliceChooser
from playground.views.panels.unit_lens import Place, UnitLens
from playground.views.panels.unit_picture import UnitPicture
from playground.views.theme import Theme

_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX
_SCENE = Change.DATA | Change.FEATURES | Change.NETWORK | Change.SLICE


class OutputPanel(Card):
    """What the network predicts; asks for pictures only while it can be seen."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setObjectName("panel.output")
        self.setAccessibleName(self.tr("Output"))
        self._place: tuple[float, float] | None = None
        self._asked: set[str] = set()
        self._lens = UnitLens()
        self._dataset = session.document.samples.dataset
        self._scale = OutputScale.of(self._dataset)
        self._cut: Slice | None = None
        self.map, self.examples, self.confusion = DecisionMap(theme), ExamplesView(theme), ConfusionView(theme)
        self.unit = UnitPicture(theme)
        self._picture_of: Callable[[Place], QImage | None] = lambda place: None
        self._legend = Legend(theme, self)
        self.slices = SliceChooser(session.document, self)
        self.slices.hide()
        self._note = label("", "caption", self)
        self._note.setObjectName("output.note")
        self._caption = ElidedLabel("", self)
        self._caption.setProperty("role", "caption")
        self._caption.setObjectName("output.caption")
        self._kind = QButtonGroup(self)
        PointTip(session, self.map, self.map.row_at)
        PointTip(session, self.examples, self.examples.row_at)
        self.guide = ExampleGuide(session, theme, self._steppable, self.connections, self)
        self._hidden: NDArray[np.bool_] | None = None
        self._chosen: NDArray[np.bool_] | None = None
        self._instead: QWidget | None = None
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.title_row.addWidget(label(self.tr("OUTPUT"), "title", self))
        self.title_row.addStretch(1)
        self.title_row.addWidget(self._caption)
        for index, text in enumerate((self.tr("Examples"), self.tr("Confusion"))):
            self._add_kind(index, text)
        self._holder = QWidget(self)
        self._stack = QStackedLayout(self._holder)
        for view in (self.map, self.examples, self.confusion, self.unit):
            self._stack.addWidget(view)
        self.body.addWidget(self._holder, 1)
        self.below = QWidget(self)
        below = QVBoxLayout(self.below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        self.body.addWidget(self.below)
        below.addWidget(self.slices)
        below.addWidget(self._legend)
        checks = QGridLayout()
        checks.setSpacing(4)
        document = self._session.document
        self._show_test = bind_check(document, "view.show_test", self.tr("test points"), self)
        self._discretize = bind_check(document, "view.discretize", self.tr("discretise"), self)
        self._errors_only = bind_check(document, "view.errors_only", self.tr("errors only"), self)
        self._contours = bind_check(document, "view.contours", self.tr("contours"), self)
        for place, check in enumerate((self._show_test, self._discretize, self._errors_only, self._contours)):
            checks.addWidget(check, place // 2, place % 2)
        below.addLayout(checks)
        self._note.setFixedHeight(self._note.fontMetrics().height() + 2)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        below.addWidget(self._note)
        below.addWidget(self.guide.row)
        self.body.addStretch(0)
        self.body.setSpacing(6)

    def _add_kind(self, index: int, text: str) -> None:
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setChecked(index == 0)
        button.setProperty("segment", True)
        button.setFixedHeight(20)
        button.setObjectName(f"output.{'confusion' if index else 'examples'}")
        button.setToolTip(
            self.tr("How often which digit was taken for which") if index else self.tr("Test images and predictions")
        )
        self._kind.addButton(button, index)
        self.title_row.addWidget(button)

    def _connect(self) -> None:
        self.connections.add(self._session.document.changed, self._follow)
        self.connections.add(self._session.trainer.snapshot, self._show_snapshot)
        self.connections.add(self._session.trainer.run_state, self._sort_examples)
        self.connections.add(self._session.trainer.problems_changed, self._follow_problems)
        self.connections.add(self.map.hovered, self._hover)
        self.connections.add(self._session.trainer.example_selected, self._mark_example)
        for view in (self.map, self.examples):
            view.picked.connect(self.guide.pick)
        self.map.stepped.connect(self.guide.step)
        self._kind.idToggled.connect(self._choose_kind)

    def refresh(self) -> None:
        """Show the present data, options and network."""
        document = self._session.document
        self._dataset = document.samples.dataset
        if self._hidden is not None and len(self._hidden) != self._dataset.n:
            self._hidden = None  # which ones of the present data are right, the next predictions tell
        self._scale = OutputScale.of(self._dataset)
        images = self._dataset.input_kind == "image"
        self._caption.setVisible(not images)
        for button in self._kind.buttons():
            button.setVisible(images)
        if images:
            self.slices.hide()
        for widget in (self._legend, self._show_test, self._discretize, self._contours):
            widget.setVisible(not images)
        self._errors_only.setVisible(not self._showing_confusion())
        if images:
            self.examples.show_data(self._dataset)
        else:
            if (cut := slice_of(document.project, self._dataset)) is not None:
                self._cut = cut
                self.map.show_data(self._dataset, self._scale, cut)
                self.slices.show_data(self._dataset, cut)
            self._write_caption(everywhere=True)
            self._legend.show_scale(self._scale)
        if images:
            self._show_unit_picture()
        else:
            self._stack.setCurrentIndex(0)
        self._limit_map()
        self._show_options()
        self._ask()
        if latest := self._session.trainer.latest:
            self._show_snapshot(latest)
        elif not images:
            self.map.show_values(None)
        self._write_note()

    def hover_unit(self, place: object) -> None:
        """Show the map of a unit, (column, unit), while it is pointed at; None: no longer."""
        self._lens.hovered = cast(Place | None, place)
        self._look()

    def put_below(self, widget: QWidget | None) -> None:
        """Let ``widget`` stand below the map in place of legend and options; None: these again."""
        if self._instead is not None:
            self._instead.hide()
        self._instead = widget
        if widget is not None:
            self.body.insertWidget(self.body.indexOf(self.below), widget)
            widget.show()
        self.below.setVisible(widget is None)

    def pin_unit(self, place: Place | None) -> None:
        """Show the map of a unit until it is let go."""
        self._lens.pinned = place
        self._look()

    def _look(self) -> None:
        """Show the network's output, or the unit that is looked at."""
        if self._dataset.input_kind == "image":
            self._show_unit_picture()
            return
        self._legend.show_scale(self._scale)
        self._write_caption(everywhere=True)
        if latest := self._session.trainer.latest:
            self._show_snapshot(latest)

    def use_pictures(self, picture_of: Callable[[Place], QImage | None]) -> None:
        """Let ``picture_of`` give the picture of a unit of a network for images."""
        self._picture_of = picture_of

    def _show_unit_picture(self) -> None:
        """Of images: the picture of the unit that is looked at, else examples or confusion."""
        unit = self._lens.unit
        if unit is None or unit[0] == 0:
            self._stack.setCurrentIndex(1 + self._kind.checkedId())
            return
        self.unit.show_unit(self._picture_of(unit), self._lens.title(self._session.document.project))
        self._stack.setCurrentWidget(self.unit)

    def _write_caption(self, *, everywhere: bool) -> None:
        whole = self.tr("what the network predicts everywhere")
        if self._dataset.input_kind == "table" and self._cut is not None:
            others = len(self._dataset.input_names) - 2
            if others > 0:
                whole = self.tr("a slice: %s other inputs held") % others
            if self._cut.axes is None:
                whole = self.tr("the plane of the first two components")
        text = whole if everywhere else self._lens.title(self._session.document.project)
        if text != self._caption.text():
            self._caption.setText(text)

    def close(self) -> bool:
        """Stop listening and asking for pictures, then close."""
        self._ask(nothing=True)
        return super().close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the legend right below the square map."""
        super().resizeEvent(event)
        self._limit_map()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for pictures again."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no pictures while hidden."""
        super().hideEvent(event)
        self._ask(nothing=True)

    def _limit_map(self) -> None:
        margins = self.body.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        images = self._dataset.input_kind == "image"
        self._holder.setMaximumHeight(_UNLIMITED if images else self.map.heightForWidth(room))

    def _showing_confusion(self) -> bool:
        return self._dataset.input_kind == "image" and self._kind.checkedId() == 1

    def _show_options(self) -> None:
        view = self._session.document.project.view
        self.map.show_options(show_test=view.show_test, discretize=view.discretize, contours=view.contours)
        if not view.errors_only:
            self._hidden = None
            self._hide()

    def show_only(self, chosen: NDArray[np.bool_] | None) -> None:
        """Draw only the chosen examples, bool (n,); None: all again."""
        self._chosen = chosen
        self._hide()

    def _hide(self) -> None:
        """Leave out what is right (with "errors only") and what is not chosen."""
        hidden = self._hidden
        if self._chosen is not None and len(self._chosen) == self._dataset.n:
            hidden = ~self._chosen if hidden is None else hidden | ~self._chosen
        self.map.hide_rows(hidden)

    def _ask(self, *, nothing: bool = False) -> None:
        """Tell the trainer which pictures are needed now."""
        wanted: set[str] = set()
        if not nothing and self.isVisible():
            if self._dataset.input_kind == "image":
                wanted.add(CONFUSION if self._showing_confusion() else PREDICTIONS)
            else:
                wanted.add(BOUNDARY)
                if self._session.document.project.view.errors_only:
                    wanted.add(PREDICTIONS)
        for name in self._asked - wanted:
            self._session.trainer.show(name, False)
        for name in wanted - self._asked:
            self._session.trainer.show(name, True)
        self._asked = wanted

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if change & _SCENE:
            self.refresh()
        elif change & Change.VIEW:
            self._show_options()
            self._ask()
            if latest := self._session.trainer.latest:
                self._show_snapshot(latest)

    @Slot(object)
    def _follow_problems(self, problems: tuple[Problem, ...]) -> None:
        """What cannot train predicts nothing: show no map of an earlier network."""
        if problems:
            self.refresh()

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        pictures = snapshot.pictures
        if self._stack.currentWidget() is self.unit:
            self._show_unit_picture()
        boundary = pictures.get(BOUNDARY)
        looked_at = self._lens.map(self._session.document.project, pictures)
        if looked_at is not None and self._dataset.input_kind != "image":
            self.map.show_values(looked_at.values, looked_at.scale)
            self._legend.show_scale(looked_at.scale)
            self._write_caption(everywhere=False)
            if self._place:
                self._write_note()
        elif boundary is not None and self._dataset.input_kind != "image":
            self.map.show_values(boundary.values)
            if self._place:
                self._write_note()
        if PREDICTIONS in pictures:
            self._show_predictions(pictures[PREDICTIONS], running=snapshot.state is RunState.RUNNING)
        if CONFUSION in pictures and self._showing_confusion():
            confusion = pictures[CONFUSION]
            self.confusion.show_matrix(confusion.matrix, shown_names(self._dataset.class_names))

    def _show_predictions(self, predictions: Any, *, running: bool) -> None:
        view = self._session.document.project.view
        if self._dataset.input_kind == "image":
            self.examples.show_outputs(predictions.test, errors_only=view.errors_only, sort_now=not running)
            self._write_note()
        elif view.errors_only:
            hidden = np.zeros(self._dataset.n, np.bool_)
            for rows, correct in (
                (self._dataset.train, predictions.train_correct),
                (self._dataset.test, predictions.test_correct),
            ):
                if len(rows) == len(correct):
                    hidden[rows] = correct
            self._hidden = hidden
            self._hide()

    @Slot(object)
    def _mark_example(self, row: int | None) -> None:
        self.map.mark(row)
        self.examples.mark(row)
        self._note.setVisible(row is None)

    def _steppable(self) -> NDArray[np.int64]:
        """The rows that can be stepped through: what is shown."""
        dataset, view = self._dataset, self._session.document.project.view
        if dataset.input_kind == "image":
            return dataset.test[self.examples.shown_rows]
        rows = np.concatenate([dataset.train, dataset.test]) if view.show_test else dataset.train
        return rows if self._hidden is None else rows[~self._hidden[rows]]

    @Slot(object)
    def _sort_examples(self, state: RunState) -> None:
        latest = self._session.trainer.latest
        if state is not RunState.RUNNING and latest is not None:
            self._show_snapshot(latest)

    @Slot(int, bool)
    def _choose_kind(self, index: int, checked: bool) -> None:
        if checked:
            self.refresh()

    @Slot(object)
    def _hover(self, place: tuple[float, float] | None) -> None:
        self._place = place
        self._write_note()

    def _write_note(self) -> None:
        dataset, place = self._dataset, self._place
        if place is None or self._cut is None or dataset.input_kind == "image":
            text = map_words.standing_note(dataset, confusion=self._showing_confusion())
        else:
            where, answer = map_words.place_text(place, self._cut, dataset), self.map.output_at(*place)
            text = map_words.read_out(where, answer, self._scale, unit=self._lens.unit is not None)
        if text != self._note.text():
            self._note.setText(text)
