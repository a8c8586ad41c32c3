"""The panel Step through: the next mini-batch, beat by beat; the last beat makes the update for real."""

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from playground.insight.pictures import STEP
from playground.insight.trace import Trace, beats
from playground.insight.trace.card import Focus, Spot, Zoom
from playground.project.build import Problem
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.lights import Lights
from playground.views.messages import fill
from playground.views.panels.run_panel import RunPanel
from playground.views.panels.step import keys
from playground.views.panels.step.card_view import CardView
from playground.views.panels.step.controls import Controls
from playground.views.panels.step.empty_page import EmptyPage
from playground.views.panels.step.walk import Walk
from playground.views.scales import number
from playground.views.theme import Theme

_BEAT_MS = 2000


class StepPanel(RunPanel):
    """Walks through the training step that comes next, with the numbers of the engine.

    Signals:
        lit(object): the Lights of the present beat for the canvas; None when there are none.
    """

    lit = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        empty = EmptyPage(session.trainer, theme)
        super().__init__(session, theme, parent, name="step", picture=STEP, empty=empty)
        self.empty = empty
        self.setAccessibleName(self.tr("Step through"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.walk: Walk | None = None
        self._making = False
        self._spot: Spot | None = None
        self._lit = False
        self.right = self.asked = 0
        self.controls, self.view = Controls(theme, self), CardView(theme, self)
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._build()
        self._connect()
        self.refresh()

    # -- build, connect, refresh, close ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._parts.setContentsMargins(16, 8, 16, 6)
        self._parts.setSpacing(16)
        self._parts.addWidget(self.controls)
        self._add_line()
        self._parts.addWidget(self.view, 1)

    def _connect(self) -> None:
        trainer, controls, question = self._session.trainer, self.controls, self.view.question
        self._connections.add(trainer.run_state, self._follow_state)
        self._connections.add(trainer.example_selected, self._choose_example)
        controls.zoomed.connect(self.zoom_to)
        controls.back.connect(self.back)
        controls.next.connect(self.next)
        controls.play.connect(self.toggle)
        self.view.predict_box.toggled.connect(self._show)
        controls.strip.chosen.connect(self.go_to)
        controls.chooser.chosen.connect(self.follow)
        question.answered.connect(self._take_answer)
        question.given_up.connect(self._reveal)
        self._timer.timeout.connect(self._advance)
        keys.add(self)

    def use_canvas(self, canvas: NetworkCanvas) -> None:
        """Light the beats on the canvas, and follow the units that are clicked there."""
        self._connections.add(self.lit, partial(canvas.set_lights, "step"))
        self._connections.add(canvas.unit_clicked, self.focus_on)
        self._light()

    def refresh(self) -> None:
        """Show the present at once."""
        self._show_emptiness()
        if latest := self._session.trainer.latest:
            self._show_snapshot(latest)

    # -- verbs -----------------------------------------------------------------------------------------------------

    @Slot()
    def next(self) -> None:
        """One beat on; what is hidden is shown first, and the last beat makes the update."""
        self._stop()
        if self.view.hides:
            self._reveal()
        else:
            self._advance()

    @Slot()
    def back(self) -> None:
        """One beat back."""
        self._stop()
        if self.walk is not None and not self._making:
            self._go(self.walk.moved(-1))

    @Slot(int)
    def go_to(self, at: int) -> None:
        """Go to another beat of this step."""
        self._stop()
        if self.walk is not None and not self._making:
            self._go(self.walk.to(at))

    @Slot(object)
    def zoom_to(self, zoom: Zoom) -> None:
        """Look from nearer or from further away."""
        if self.walk is not None:
            self._go(self.walk.zoomed(zoom))

    @Slot(object)
    def follow(self, focus: Focus) -> None:
        """Follow another example, unit or weight."""
        if self.walk is not None:
            self._go(self.walk.followed(focus))

    @Slot(object)
    def focus_on(self, place: tuple[int, int] | None) -> None:
        """Follow a unit of the canvas: (column, unit), column 0 is the input, whose weights are followed then."""
        if place is None or self.walk is None or not self.isVisible():
            return
        column, unit = place
        focus = self.walk.present_focus
        if column == 0:
            self.follow(Focus(focus.example, 0, focus.unit if focus.layer == 0 else 0, unit))
        else:
            source = focus.source if focus.layer == column - 1 else 0
            self.follow(Focus(focus.example, column - 1, unit, source))

    @Slot()
    def toggle(self) -> None:
        """Walk on by itself, or stop."""
        if self._timer.isActive():
            self._stop()
        elif self.walk is not None:
            self._timer.start()
            self._reveal()
            self._advance()

    @property
    def playing(self) -> bool:
        """Whether it walks by itself."""
        return self._timer.isActive()

    @Slot()
    def _advance(self) -> None:
        if self.walk is None or self._making:
            return
        if not self.walk.is_last:
            self._go(self.walk.moved(1))
            return
        self._making = True
        self.controls.show_walk(self.walk, playing=self.playing, waiting=True)
        self._session.trainer.step()

    def _stop(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._show()

    def _go(self, walk: Walk) -> None:
        self.walk = walk
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the trace while nothing trains."""
        super().showEvent(event)
        self.refresh()
        self._light()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more, and leave the canvas alone."""
        super().hideEvent(event)
        self._light()

    def _rest(self) -> None:
        super()._rest()
        self._timer.stop()

    def _ask(self) -> None:
        running = self._session.trainer.state is RunState.RUNNING
        self._session.trainer.show(STEP, self.isVisible() and not running)

    # -- following the run -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        if not self.isVisible() or snapshot.state is RunState.RUNNING:
            return
        trace = snapshot.pictures.get(STEP)
        if trace is None or trace.step != snapshot.counters.step:
            return
        if np.array_equal(trace.update.before, snapshot.parameters, equal_nan=True):
            self._accept(trace)

    def _accept(self, trace: Trace) -> None:
        """Walk through another mini-batch; the same one after an edit is shown from the same place."""
        old = self.walk
        if old is not None and trace.same_as(old.trace):
            self._show_emptiness()
            return
        if old is None:
            self.walk = Walk(trace, focus=beats.first_focus(trace))
        else:
            same_network = old.trace.project.network.layers == trace.project.network.layers
            self.walk = old.on(trace, begin=old.trace.step != trace.step or not same_network)
        self._follow_example(self._session.trainer.example)
        made, self._making = self._making, False
        self._show_emptiness()
        self._show()
        if made and old is not None and trace.step == old.trace.step + 1:
            self._tell_made(old.trace, trace)

    @Slot(object)
    def _choose_example(self, row: int | None) -> None:
        """Follow the example that is selected elsewhere, if it is in the mini-batch."""
        if self._follow_example(row):
            self._show()

    def _follow_example(self, row: int | None) -> bool:
        if self.walk is None or row is None or row not in (rows := self.walk.trace.rows.tolist()):
            return False
        self.walk = self.walk.followed(replace(self.walk.present_focus, example=rows.index(row)))
        return True

    def _tell_made(self, before: Trace, now: Trace) -> None:
        """Say that what was shown has happened."""
        if np.array_equal(before.update.after, now.update.before, equal_nan=True):
            text = self.tr("Update %1 is made: all %2 weights are now exactly what it showed.")
            self.view.show_done(fill(text, number(now.step), number(len(now.update.before))))

    @Slot(object)
    def _follow_state(self, state: RunState) -> None:
        if state is RunState.RUNNING:
            self._timer.stop()
            self._making = False
        self._ask()
        self._show_emptiness()
        self._light()

    @Slot(object)
    def _follow_problems(self, _problems: tuple[Problem, ...]) -> None:
        self._making = False
        self._show_emptiness()
        self._light()

    def _show_emptiness(self) -> None:
        """Say what to do where there is nothing to walk through."""
        self._stack.setCurrentIndex(1 if self.empty.explain() or self.walk is None else 0)

    # -- showing ---------------------------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        """Show the present beat everywhere."""
        if self.walk is None:
            return
        ask = self.view.predict_box.isChecked() and not self.playing
        self.controls.show_walk(self.walk, playing=self.playing, waiting=self._making)
        card = self.walk.card()
        self._spot = card.spot
        self.view.show_card(card, self.walk.beat.stage, ask=ask)
        self._light()

    @Slot()
    def _reveal(self) -> None:
        self.view.reveal(keep_verdict=False)

    @Slot(bool)
    def _take_answer(self, right: bool) -> None:
        self.asked += 1
        self.right += right
        self.view.reveal(keep_verdict=True)
        if self.asked > 1:
            self.view.question.add_score(self.right, self.asked)

    def _light(self) -> None:
        """Light what takes part, while the panel can be seen and a beat is shown."""
        shown = self.isVisible() and self.walk is not None and self._stack.currentIndex() == 0
        if shown and self._spot is not None:
            self._lit, spot = True, self._spot
            self.lit.emit(Lights(spot.units, spot.edges, spot.cards, spot.forward))
        elif self._lit:
            self._lit = False
            self.lit.emit(None)
