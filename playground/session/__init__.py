"""The bridge to Qt (QtCore only): the one current document and the one current run.

Owns the current Project, its undo history and the training worker; tells the views what changed.
May import everything left of it (engine … insight), never widgets, views or the window.
"""

from playground.session.document import Document
from playground.session.session import Session
from playground.session.settings import AppSettings
from playground.session.trainer import Trainer

__all__ = ["AppSettings", "Document", "Session", "Trainer"]
