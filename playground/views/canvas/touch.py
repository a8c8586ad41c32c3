"""Everything by which the network on the canvas can be touched, and by which it answers: one object for the canvas."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from playground.insight.effects import Ripple
from playground.insight.pictures import EFFECT
from playground.project import weights
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.canvas.assembly import Assembly
from playground.views.canvas.biases import BiasMarks
from playground.views.canvas.layer_marks import LayerMarks
from playground.views.canvas.loop_art import seen
from playground.views.canvas.loop_pulse import ROUND_MS, STAGED_MS, LoopPulse
from playground.views.canvas.mark_tool import MarkTool
from playground.views.canvas.ripple import RippleRings, ripple_text
from playground.views.canvas.selection import Selection
from playground.views.canvas.tools import Tool
from playground.views.canvas.weight_tool import WeightTool
from playground.views.theme import Theme

TELL_MS = 150
"""Between two sentences about edits that follow each other, as in a drag."""


class Touch(QObject, Tool):
    """Makes the tools for weights, biases, muting and freezing, and shows ripples and the pulse of the loop.

    animated: whether things may move (``views.motion``).

    Signals:
        told(str): what an edit by hand has moved, in a sentence.
    """

    told = Signal(str)

    def __init__(self, session: Session, theme: Theme, assembly: Assembly, animated: Callable[[], bool]) -> None:
        surface = assembly.surface
        super().__init__(surface)
        self._session, self._assembly, self._animated = session, assembly, animated
        self.biases, self.marks = BiasMarks(theme), LayerMarks(theme)
        self.marking = MarkTool(session.document, assembly, self.marks)
        self.rings = RippleRings(theme, surface.update_area, animated, self)
        self.pulse = LoopPulse(theme, surface.update_area, self)
        self.weights = WeightTool(session, theme, assembly, self.biases)
        self.tools: tuple[Tool, ...] = (self, self.marking, self.weights)
        self._size = 0
        self._bias_places: dict[int, weights.Positions] = {}
        self._ripple: Ripple | None = None
        self._moment: tuple[RunState, int] = (RunState.IDLE, 0)
        self._sentence = ""
        self._speaker = QTimer(self, singleShot=True, interval=TELL_MS)
        self._speaker.timeout.connect(self._speak)
        session.trainer.snapshot.connect(self._show)
        session.trainer.run_state.connect(self._rest)
        session.trainer.restarted.connect(assembly.loss.end_change)
        theme.changed.connect(self._restyle)

    def press_key(self, event: QKeyEvent, selection: Selection) -> bool:
        """W opens the field at the weights of the selected unit; tell whether the key said anything."""
        wanted = event.key() == Qt.Key.Key_W and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if not wanted or selection.lead is None:
            return False
        return self.weights.open_unit(selection.lead, selection.unit or 0)

    # -- as a tool: it only draws ----------------------------------------------------------------------------------

    def scene_changed(self) -> None:
        """Columns are others, or stand elsewhere."""
        assembly, project = self._assembly, self._session.document.project
        layers = project.network.layers
        fits = all(stage.shape is not None for stage in assembly.stages)
        places = weights.positions(project) if fits else {}
        self._size = sum(found.size for found in places.values())
        self._bias_places = {k: places[f"{k}.bias"] for k in range(len(layers)) if f"{k}.bias" in places}
        sizes = [weights.of_layer(project, k).size if fits else 0 for k in range(len(layers))]
        weighted = [layer for layer, size in enumerate(sizes) if size and not layers[layer].bypassed]
        trained = tuple(layer for layer in weighted if layers[layer].trainable)
        frozen = tuple(layer for layer in weighted if not layers[layer].trainable)
        self.biases.set_layout(assembly.layout)
        self.marks.set_layout(assembly.layout, layers, sizes)
        self.rings.set_layout(assembly.layout)
        self.pulse.set_layout(assembly.layout, seen(assembly.layout, trained))
        assembly.surface.set_learning(trained, frozen)
        for layer, bundle in enumerate(assembly.bundles[1:]):
            if bundle is not None:
                bundle.pale = frozenset(layers[layer].muted)
        if self._session.trainer.latest is not None:
            self._set_biases(self._session.trainer.latest)

    def paint(self, painter: QPainter) -> None:
        """Draw what answers on the columns: biases, rings."""
        self.biases.paint(painter, painter.clipBoundingRect())
        self.rings.paint(painter)

    def paint_loop(self, painter: QPainter) -> None:
        """Draw the pulse."""
        self.pulse.paint(painter)

    # -- news ------------------------------------------------------------------------------------------------------

    def _show(self, snapshot: Snapshot) -> None:
        """Show biases, the ripple of an edit and the pulse for this moment."""
        self._set_biases(snapshot)
        self.weights.refresh()
        ripple = snapshot.pictures.get(EFFECT)
        if ripple is not None and ripple is not self._ripple:  # a hidden window gets no pictures: it stays the last one
            self._ripple = ripple
            self._answer(ripple)
        self._beat(snapshot)

    def _set_biases(self, snapshot: Snapshot) -> None:
        flat = snapshot.parameters
        if self._size and flat.size == self._size:
            biases = {layer: flat[places] for layer, places in self._bias_places.items()}
            for area in self.biases.set_biases(biases):
                self._assembly.surface.update_area(area)

    def _answer(self, ripple: Ripple) -> None:
        """Let an edit be seen and told."""
        if len(ripple.layers) != len(self._assembly.stages) - 1:
            return
        self.rings.start(ripple)
        self._sentence = ripple_text(ripple, self._assembly.stages)
        self._assembly.loss.show_change(ripple.loss)
        if not self._speaker.isActive():
            self._speaker.start()

    def _speak(self) -> None:
        self.told.emit(self._sentence)

    def _beat(self, snapshot: Snapshot) -> None:
        """Move the pulse on: steadily at full speed, one whole round for a mini-batch that can be seen by itself."""
        before, step = self._moment[0], self._moment[1]
        self._moment = snapshot.state, snapshot.counters.step
        if not self._animated():
            self.pulse.stop()
        elif snapshot.state is RunState.RUNNING:
            speed = self._session.trainer.speed
            pause = 1000 / speed if speed else 0.0
            if pause < STAGED_MS:
                self.pulse.advance()
            elif snapshot.counters.step > step:
                self.pulse.go_round(min(ROUND_MS, 0.9 * pause))
        elif before is not RunState.RUNNING and snapshot.counters.step == step + 1:
            self.pulse.go_round()

    def _rest(self, state: RunState) -> None:
        if state is RunState.RUNNING:
            self._assembly.loss.end_change()  # from now on training moves the score, too
        else:
            self.pulse.come_to_rest()

    def _restyle(self) -> None:
        self.biases.restyle()
        self.marks.restyle()
