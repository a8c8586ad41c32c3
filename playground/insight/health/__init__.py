"""The health of a network while it learns: its weights, gradients and activations, layer by layer, and over time.

``units`` tells which units have stopped to react, ``tracks`` keeps histograms and their history, ``measure`` puts both
together for a running loop. No Qt.
"""

from playground.insight.health.measure import Health, HealthPainter, LayerHealth, ratio_of
from playground.insight.health.tracks import Histogram
from playground.insight.health.units import Units, look_at

__all__ = ["Health", "HealthPainter", "Histogram", "LayerHealth", "Units", "look_at", "ratio_of"]
