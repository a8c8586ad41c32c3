"""The session: one document, one trainer, one set of remembered settings."""

from typing import TYPE_CHECKING

from playground.project import presets
from playground.project.model import Project
from playground.session.document import Document
from playground.session.settings import AppSettings
from playground.session.trainer import Trainer

if TYPE_CHECKING:
    from playground.session.challenge_desk import ChallengeDesk
    from playground.session.lesson_guide import LessonGuide
    from playground.session.lesson_recorder import LessonRecorder


class Session:
    """What every view receives: ``document`` (what the user built), ``trainer`` (the run), ``settings``.

    Without a project it begins with the default one; nothing trains before ``trainer.start()`` and ``train()``.
    """

    def __init__(self, project: Project | None = None, settings: AppSettings | None = None) -> None:
        self.settings = settings or AppSettings()
        self.document = Document(project or presets.default())
        self.trainer = Trainer(self.document)
        self._guide: LessonGuide | None = None
        self._challenges: ChallengeDesk | None = None
        self._recorder: LessonRecorder | None = None

    @property
    def guide(self) -> "LessonGuide":
        """What leads through lessons; loaded and made when that is first wanted."""
        if self._guide is None:
            from playground.session.lesson_guide import LessonGuide

            self._guide = LessonGuide(self)
        return self._guide

    @property
    def challenges(self) -> "ChallengeDesk":
        """What leads through challenges and judges them; loaded and made when that is first wanted."""
        if self._challenges is None:
            from playground.session.challenge_desk import ChallengeDesk

            self._challenges = ChallengeDesk(self)
        return self._challenges

    @property
    def recorder(self) -> "LessonRecorder":
        """What records lessons; loaded and made when that is first wanted."""
        if self._recorder is None:
            from playground.session.lesson_recorder import LessonRecorder

            self._recorder = LessonRecorder(self)
        return self._recorder

    @property
    def recording(self) -> bool:
        """Whether a lesson is being recorded."""
        return self._recorder is not None and self._recorder.draft is not None

    def close(self) -> None:
        """End the run and write the settings."""
        if self._recorder is not None:
            self._recorder.close()
        if self._guide is not None:
            self._guide.close()
        if self._challenges is not None:
            self._challenges.close()
        self.trainer.shutdown()
        self.settings.flush()
