"""Step through: the next mini-batch, taken apart. ``record`` keeps every number that the engine uses in it, from the
engine's own recorded calls; ``cards`` and ``formulas`` say them as formulas, with symbols and numbers. No Qt.
"""

from playground.insight.trace.kept import LayerTrace
from playground.insight.trace.record import Running, Trace, TracePainter, Update, take

__all__ = ["LayerTrace", "Running", "Trace", "TracePainter", "Update", "take"]
