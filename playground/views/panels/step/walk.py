"""The walk through one traced mini-batch: which beat is shown, how closely, and what is followed. No widgets."""

from dataclasses import dataclass, field, replace

from playground.insight.trace import Trace, beats
from playground.insight.trace.card import Beat, Card, Focus, Stage, Zoom


@dataclass(frozen=True)
class Walk:
    """A place in a trace; every move makes a new one."""

    trace: Trace
    zoom: Zoom = Zoom.TERM
    at: int = 0
    focus: Focus = field(default_factory=Focus)

    @property
    def beats(self) -> tuple[Beat, ...]:
        """All beats at this zoom."""
        return beats.beats(self.trace, self.zoom)

    @property
    def beat(self) -> Beat:
        """The present beat."""
        return self.beats[self.at]

    @property
    def is_last(self) -> bool:
        """Whether only the update itself is left to be made."""
        return self.at >= len(self.beats) - 1

    @property
    def present_focus(self) -> Focus:
        """The focus within the layer that the beat is about."""
        return beats.at_beat(self.trace, self.beat, self.focus)

    def card(self) -> Card:
        """What the present beat says."""
        return beats.card(self.trace, self.zoom, self.beat, self.focus)

    def moved(self, by: int) -> "Walk":
        """So many beats further."""
        return self.to(self.at + by)

    def to(self, at: int) -> "Walk":
        """At another beat."""
        return replace(self, at=max(0, min(at, len(self.beats) - 1)))

    def zoomed(self, zoom: Zoom) -> "Walk":
        """The same part of the step, seen from nearer or further away."""
        layer = self.focus.layer if self.beat.layer < 0 else self.beat.layer
        return replace(self, zoom=zoom, at=0)._at_beat(self.beat.stage, layer, self.focus)

    def followed(self, focus: Focus) -> "Walk":
        """Something else in focus; beats about single layers go to its layer."""
        focus = beats.fitted(self.trace, focus)
        if self.beat.layer in (-1, focus.layer):
            return replace(self, focus=focus)
        return self._at_beat(self.beat.stage, focus.layer, focus)

    def on(self, trace: Trace, *, begin: bool) -> "Walk":
        """The same place in another trace, or its beginning."""
        other = replace(self, trace=trace, at=0, focus=beats.fitted(trace, self.focus))
        return other if begin else other.to(self.at)

    def _at_beat(self, stage: Stage, layer: int, focus: Focus) -> "Walk":
        places = [at for at, beat in enumerate(self.beats) if beat.stage is stage]
        exact = [at for at in places if self.beats[at].layer in (-1, layer)]
        return replace(self, at=(exact or places or [0])[0], focus=focus)
