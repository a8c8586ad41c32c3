"""Writing what a project is exported as, beside the window."""

from playground.views.exporting.writer import ExportWriter

__all__ = ["ExportWriter"]
