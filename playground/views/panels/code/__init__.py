"""The panel that shows the present project as source code."""

from playground.views.panels.code.panel import CodePanel

__all__ = ["CodePanel"]
