"""The inspector: everything that can be set of the selected layers, or of the selected unit."""

from playground.views.inspector.inspector import Inspector

__all__ = ["Inspector"]
