"""The data panel: a gallery of data sets, what can be set about the chosen one, and how it is dealt out."""

from playground.views.panels.data.panel import DataPanel

__all__ = ["DataPanel"]
