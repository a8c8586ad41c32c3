"""The session: one document, one trainer, one set of remembered settings."""

from playground.project import presets
from playground.project.model import Project
from playground.session.document import Document
from playground.session.settings import AppSettings
from playground.session.trainer import Trainer


class Session:
    """What every view receives: ``document`` (what the user built), ``trainer`` (the run), ``settings``.

    Without a project it begins with the default one; nothing trains before ``trainer.start()`` and ``train()``.
    """

    def __init__(self, project: Project | None = None, settings: AppSettings | None = None) -> None:
        self.settings = settings or AppSettings()
        self.document = Document(project or presets.default())
        self.trainer = Trainer(self.document)

    def close(self) -> None:
        """End the run and write the settings."""
        self.trainer.shutdown()
        self.settings.flush()
