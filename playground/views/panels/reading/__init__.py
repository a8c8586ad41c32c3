"""How to read the panels: what colours, axes and units mean, and what the present picture says, in one sentence."""

from playground.views.panels.reading.button import HelpButton
from playground.views.panels.reading.sheet import LegendSheet

__all__ = ["HelpButton", "LegendSheet"]
