"""The coach in the window: looks at the run now and then, and gives at most one hint at a time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Slot

from playground.insight.pictures import COACH
from playground.project.changes import Change
from playground.project.model import Project
from playground.session import Session
from playground.session.language import translated
from playground.training.records import RunState, Snapshot
from playground.views.messages import Message, Remedy, Severity
from playground.views.panels.card import Connections
from playground.views.panels.message_bar import MessageBar

if TYPE_CHECKING:
    from playground.insight.coach import Evidence, Hint
    from playground.insight.health import Health

KEY = "coach/on"
LOOK_MS = 1000
"""Between two looks at a running run."""

REST_MS = 15_000
"""Silence after a hint that was dismissed or taken."""


class Coach(QObject):
    """Tells hints in the message line, each at most once per run unless it gets worse; can be switched off.

    ``open_chart`` opens the tab that proves a hint.
    """

    def __init__(self, session: Session, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._messages = session, messages
        self.open_chart: Callable[[str], object] = lambda name: None
        self._connections = Connections()
        self._told: dict[str, float] = {}
        self._shown: tuple[Hint, Message] | None = None
        self._since = 0
        self._quiet = False
        self._project: Project = session.document.project
        self._clock = QElapsedTimer()
        self._clock.start()
        self._ended = QElapsedTimer()
        add = self._connections.add
        add(session.trainer.counted, self._look)
        add(session.trainer.restarted, self._begin)
        add(session.document.changed, self._follow)
        session.trainer.show(COACH, self.on)

    @property
    def on(self) -> bool:
        """Whether hints are given."""
        return self._session.settings.flag(KEY, True)

    def set_on(self, on: bool) -> None:
        """Give hints, or none any more; remembered."""
        self._session.settings.put(KEY, on)
        self._session.trainer.show(COACH, on)
        if not on:
            self._withdraw()

    def set_quiet(self, quiet: bool) -> None:
        """Say nothing for a while, because the user is asked to find the fault."""
        self._quiet = quiet
        if quiet:
            self._withdraw()

    @property
    def hint(self) -> "Hint | None":
        """The hint on screen."""
        return self._shown[0] if self._shown is not None else None

    def evidence(self) -> "Evidence | None":
        """The run as the rules see it; None while nothing is known of the present network."""
        from playground.insight.coach import Evidence  # the rules are of no use before there is a run

        trainer, document = self._session.trainer, self._session.document
        if trainer.problems or trainer.latest is None:
            return None
        health: Health | None = trainer.latest.pictures.get(COACH)
        return Evidence(document.project, document.samples, trainer.curves.arrays(), health, self._since)

    def speak(self) -> None:
        """Look at once, as somebody asks, and say what there is, also what was said before."""
        self._told.clear()
        self._ended.invalidate()
        self._messages.clear()
        evidence = self.evidence()
        if evidence is not None and evidence.health is not None:
            self._judge(evidence)
        if self.hint is None:
            self._messages.tell(self.tr("The coach sees nothing wrong yet: train on for some epochs."))

    def close(self) -> None:
        """Stop listening."""
        self._connections.undo()

    @Slot(object)
    def _look(self, snapshot: Snapshot) -> None:
        """Once a second, and at once when training pauses."""
        running = snapshot.state is RunState.RUNNING
        if not self.on or snapshot.pictures.get(COACH) is None or (running and not self._clock.hasExpired(LOOK_MS)):
            return
        self._clock.start()
        evidence = self.evidence()
        if evidence is not None:
            self._judge(evidence)

    def _judge(self, evidence: "Evidence") -> None:
        from playground.insight.coach import RULES, advise

        if self._shown is not None:
            hint, message = self._shown
            if self._messages.message is not message:
                self._shown = None
                self._ended.start()
            elif RULES[hint.rule].look(evidence) is None:
                self._withdraw()
            return
        rests = self._ended.isValid() and not self._ended.hasExpired(REST_MS)
        if self._quiet or rests or self._messages.busy:
            return
        hint_now = advise(evidence, self._told)
        if hint_now is not None:
            message = self._message(hint_now)
            if self._messages.show_hint(message):
                self._told[hint_now.rule] = hint_now.severity
                self._shown = hint_now, message

    def _message(self, hint: "Hint") -> Message:
        remedies = []
        if (edit := hint.edit) is not None:
            document = self._session.document
            remedies.append(
                Remedy(
                    translated(edit.label),
                    self.tr("Do what the coach proposes; Undo takes it back"),
                    lambda: document.apply(edit),
                )
            )
        remedies.append(
            Remedy(
                self.tr("Show me"),
                self.tr("Open the chart that proves it"),
                lambda: self.open_chart(hint.chart),
                keeps=True,
            )
        )
        details = f"{translated(hint.sentence)}\n\n{translated(hint.why)}"
        return Message(Severity.INFO, hint.sentence, tuple(remedies), details, self.tr("Why?"))

    def _withdraw(self) -> None:
        if self._shown is not None:
            if self._messages.message is not self._shown[1]:
                self._ended.start()
            self._messages.withdraw(self._shown[1])
            self._shown = None

    @Slot()
    def _begin(self) -> None:
        """Another worker: what was said about the last network may not hold; a new run may be told anything again."""
        self._withdraw()
        if not len(self._session.trainer.curves):
            self._told.clear()
            self._ended.invalidate()
            self._since = 0

    @Slot(object)
    def _follow(self, change: Change) -> None:
        """What was trained with other settings proves nothing about the present ones."""
        if change & ~Change.VIEW & ~Change.STOP:
            latest = self._session.trainer.latest
            epochs = self._session.trainer.curves.arrays()["epoch"]
            self._since = int(epochs[-1]) if len(epochs) else latest.counters.epoch if latest else 0
            self._withdraw()
