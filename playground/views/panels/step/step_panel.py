"""The panel Step through: the next mini-batch, beat by beat; the last beat makes the update for real."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from playground.insight.pictures import STEP
from playground.insight.trace import Trace, beats
from playground.insight.trace.card import Focus, Spot, Zoom
from playground.project.build import Problem
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.lights import Lights
from playground.views.icons import icon
from playground.views.messages import fill
from playground.views.panels.card import Connections
from playground.views.panels.step.card_view import CardView
from playground.views.panels.step.controls import Controls
from playground.views.panels.step.walk import Walk
from playground.views.scales import number
from playground.views.theme import Theme

_BEAT_MS = 2000


class StepPanel(QWidget):
    """Walks through the training step that comes next, with the numbers of the engine.

    Signals:
        lit(object): the Lights of the present beat for the canvas; None when there are none.
    """

    lit = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.step")
        self.setAccessibleName(self.tr("Step through"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._session, self._theme = session, theme
        self._connections = Connections()
        self.walk: Walk | None = None
        self._waiting = False
        self._lit = False
        self.right = self.asked = 0
        self.controls, self.view = Controls(theme, self), CardView(theme, self)
        self._empty = QLabel(self)
        self._pause = QPushButton(self.tr("Pause"), self)
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._build()
        self._connect()
        self.refresh()

    # -- build, connect, refresh, close ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        page, line, empty = QWidget(self), QFrame(self), QWidget(self)
        line.setProperty("upright", True)
        line.setFixedWidth(1)
        row = QHBoxLayout(page)
        row.setContentsMargins(16, 8, 16, 6)
        row.setSpacing(16)
        row.addWidget(self.controls)
        row.addWidget(line)
        row.addWidget(self.view, 1)
        column = QVBoxLayout(empty)
        column.addStretch(1)
        column.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._pause, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        self._pause.setObjectName("step.pause")
        self._pause.setToolTip(self.tr("Pause training, then take the next mini-batch apart"))
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumWidth(420)
        self._stack.addWidget(page)
        self._stack.addWidget(empty)

    def _connect(self) -> None:
        trainer, controls, question = self._session.trainer, self.controls, self.view.question
        self._connections.add(trainer.snapshot, self._show_snapshot)
        self._connections.add(trainer.run_state, self._follow_state)
        self._connections.add(trainer.problems_changed, self._follow_problems)
        self._connections.add(self._theme.changed, self._recolor)
        controls.zoomed.connect(self.zoom_to)
        controls.back.connect(self.back)
        controls.next.connect(self.next)
        controls.play.connect(self.toggle)
        self.view.predict_box.toggled.connect(self._show)
        controls.strip.chosen.connect(self.go_to)
        controls.chooser.chosen.connect(self.follow)
        question.answered.connect(self._take_answer)
        question.given_up.connect(self._reveal)
        self._pause.clicked.connect(trainer.pause)
        self._timer.timeout.connect(self._advance)
        self._recolor()
        self._add_keys()

    def _add_keys(self) -> None:
        chooser, zooms = self.controls.chooser, list(Zoom)
        keys: dict[str, Callable[[], object]] = {
            "Right": self.next,
            "Left": self.back,
            "Home": lambda: self.go_to(0),
            "Up": lambda: chooser.next_unit(-1),
            "Down": lambda: chooser.next_unit(1),
            "PgUp": lambda: chooser.next_example(-1),
            "PgDown": lambda: chooser.next_example(1),
            "P": self.view.predict_box.toggle,
            **{str(at + 1): partial(self.zoom_to, zoom) for at, zoom in enumerate(zooms)},
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

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

    def close(self) -> bool:
        """Stop listening and asking, then close."""
        self._timer.stop()
        self._session.trainer.show(STEP, False)
        self._connections.undo()
        return super().close()

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
        if self.walk is not None and not self._waiting:
            self._go(self.walk.moved(-1))

    @Slot(int)
    def go_to(self, at: int) -> None:
        """Go to another beat of this step."""
        self._stop()
        if self.walk is not None and not self._waiting:
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
        if self.walk is None or self._waiting:
            return
        if not self.walk.is_last:
            self._go(self.walk.moved(1))
            return
        self._waiting = True
        self.controls.show_walk(self.walk, playing=self.playing, waiting=True)
        self._session.trainer.step()

    def _stop(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._show()

    def _go(self, walk: Walk) -> None:
        self.walk = walk
        self._show()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the trace while nothing trains."""
        super().showEvent(event)
        self._ask()
        self.refresh()
        self._light()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more, and leave the canvas alone."""
        super().hideEvent(event)
        self._timer.stop()
        self._session.trainer.show(STEP, False)
        self._light()

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
        if old is not None and old.trace is trace:
            self._show_emptiness()
            return
        if old is None:
            self.walk = Walk(trace, focus=beats.first_focus(trace))
        else:
            same_network = old.trace.project.network.layers == trace.project.network.layers
            self.walk = old.on(trace, begin=old.trace.step != trace.step or not same_network)
        made, self._waiting = self._waiting, False
        self._show_emptiness()
        self._show()
        if made and old is not None and trace.step == old.trace.step + 1:
            self._tell_made(old.trace, trace)

    def _tell_made(self, before: Trace, now: Trace) -> None:
        """Say that what was shown has happened."""
        if np.array_equal(before.update.after, now.update.before, equal_nan=True):
            text = self.tr("Update %1 is made: all %2 weights are now exactly what it showed.")
            self.view.show_done(fill(text, number(now.step), number(len(now.update.before))))

    @Slot(object)
    def _follow_state(self, state: RunState) -> None:
        if state is RunState.RUNNING:
            self._timer.stop()
            self._waiting = False
        self._ask()
        self._show_emptiness()
        self._light()

    @Slot(object)
    def _follow_problems(self, _problems: tuple[Problem, ...]) -> None:
        self._waiting = False
        self._show_emptiness()
        self._light()

    def _show_emptiness(self) -> None:
        """Say what to do where there is nothing to walk through."""
        trainer = self._session.trainer
        running = trainer.state is RunState.RUNNING
        if trainer.problems:
            text = fill(self.tr("A network that cannot train makes no steps. %1"), trainer.problems[0].sentence)
        elif running:
            text = self.tr(
                "Training is running. Pause it to take the next mini-batch apart: forward, loss, backward, update."
            )
        else:
            text = self.tr("The next mini-batch is being prepared …")
        self._empty.setText(text)
        self._pause.setVisible(running)
        self._stack.setCurrentIndex(1 if trainer.problems or running or self.walk is None else 0)

    # -- showing ---------------------------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        """Show the present beat everywhere."""
        if self.walk is None:
            return
        ask = self.view.predict_box.isChecked() and not self.playing
        self.controls.show_walk(self.walk, playing=self.playing, waiting=self._waiting)
        self.view.show_card(self.walk.card(), self.walk.beat.stage, ask=ask)
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
        if shown and self.walk is not None:
            self._lit = True
            self.lit.emit(lights_of(self.walk.card().spot))
        elif self._lit:
            self._lit = False
            self.lit.emit(None)

    @Slot()
    def _recolor(self) -> None:
        self._pause.setIcon(icon("pause", self._theme))


def lights_of(spot: Spot) -> Lights:
    """What a beat lights, in the canvas's own form."""
    return Lights(spot.units, spot.edges, spot.cards, spot.forward)
