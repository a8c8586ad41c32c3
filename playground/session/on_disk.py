"""What the disk holds of the document."""

from dataclasses import dataclass
from pathlib import Path

from playground.project.model import Project


@dataclass
class OnDisk:
    """The project that was opened or saved last (None: an older one), after how many updates, and where it stands.

    path: None for work that has no file yet; name: what it is called then. by_hand: weights were set by hand since.
    """

    project: Project | None
    step: int = 0
    path: Path | None = None
    name: str = ""
    by_hand: bool = False

    def differs(self, project: Project, step: int) -> bool:
        """Whether the present project or its weights are others."""
        return self.by_hand or (project, step) != (self.project, self.step)
