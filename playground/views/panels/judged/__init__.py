"""The panel of examples: which are hardest for the network, and which classes it takes for which."""

from playground.views.panels.judged.panel import JudgedPanel

__all__ = ["JudgedPanel"]
