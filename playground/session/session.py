"""The session: one document, one trainer, one set of remembered settings."""

from playground.project.model import Project
from playground.session.document import Document
from playground.session.settings import AppSettings
from playground.session.trainer import Trainer


class Session:
    """What every view receives: ``document`` (what the user built), ``trainer`` (the run), ``settings``."""

    def __init__(self, project: Project, settings: AppSettings) -> None:
        self.settings = settings
        self.document = Document(project)
        self.trainer = Trainer(self.document)

    def close(self) -> None:
        """End the run and write the settings."""
        self.trainer.shutdown()
        self.settings.flush()
