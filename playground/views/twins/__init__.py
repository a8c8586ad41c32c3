"""Table twins: the numbers that a chart draws, in a window of their own, to be read aloud, copied and saved."""

from playground.views.twins.window import TwinWindow, show

__all__ = ["TwinWindow", "show"]
