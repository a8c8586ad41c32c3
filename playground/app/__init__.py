"""The window: application start, main window, the one table of actions, menus and dialogs.

Owns nothing of the project: it assembles views around a Session. May import everything to its left.
"""

# The core is imported before Qt: PySide6 looks into the source of every module that comes after it (20 ms at start).
import playground.insight.path
import playground.insight.pictures
import playground.project.clipping
import playground.project.conflicts
import playground.project.history
import playground.project.offers
import playground.training.checkpoint
import playground.training.worker  # noqa: F401
