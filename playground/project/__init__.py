"""What the user built: the frozen project, edits of it, undo history, project files and presets.

Owns no arrays and no running state: every edit is a pure function from one project to the next.
May import ``engine`` and ``data``; no Qt.
"""

from playground.project.model import (
    DataSettings,
    NetworkSettings,
    Project,
    StopSettings,
    TrainingSettings,
    ViewSettings,
)
from playground.project.presets import default

__all__ = [
    "DataSettings",
    "NetworkSettings",
    "Project",
    "StopSettings",
    "TrainingSettings",
    "ViewSettings",
    "default",
]
