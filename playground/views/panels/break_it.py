"""Break it: the app breaks the run on purpose and asks what went wrong; the coach confirms the repair."""

import random
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from playground.insight.coach import RULES
from playground.insight.coach.breaks import BREAKS, Break, edit_for
from playground.project.edit import EditError
from playground.session import Session
from playground.session.language import translated
from playground.training.records import RunState
from playground.views.messages import Message, Remedy, Severity, amount, fill
from playground.views.panels.card import Connections
from playground.views.panels.coach import Coach
from playground.views.panels.message_bar import MessageBar

WAIT_MS = 2500
"""How long the broken run can be watched before the question comes."""

CHOICES = 3
CONFIRM_EPOCHS = 10
"""Epochs after the repair in which the coach must find nothing."""


class BreakIt(QObject):
    """One riddle at a time: broken → asked → told → repaired → confirmed."""

    def __init__(self, session: Session, messages: MessageBar, coach: Coach, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._messages, self._coach = session, messages, coach
        self._random = random.Random()
        self._fault: Break | None = None
        self._known = False
        self._question: Message | None = None
        self._source: object = None
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.ask)
        self._connections = Connections()
        self._connections.add(session.trainer.counted, self._confirm)
        self._connections.add(session.document.changed, self._follow)

    @property
    def fault(self) -> Break | None:
        """What is broken and not repaired yet."""
        return self._fault

    def close(self) -> None:
        """Ask no more."""
        self._timer.stop()
        self._connections.undo()

    def surprise(self) -> None:
        """Break something, without telling what."""
        possible = [fault for fault in map(BREAKS.__getitem__, BREAKS) if self._can(fault)]
        if possible:
            self.start(self._random.choice(possible), secret=True)

    def start(self, fault: Break, *, secret: bool = False) -> None:
        """Break the run in this way, and let it train."""
        document, trainer = self._session.document, self._session.trainer
        if self._fault is not None and not self._fault.mended(document.project):
            self._messages.show_message(
                Message(Severity.INFO, self.tr("Something is broken already: repair that first, or undo it."))
            )
            return
        try:
            edit = edit_for(fault, document.project, secret=secret)
        except EditError as error:
            self._messages.show_message(Message(Severity.INFO, str(error)))
            return
        self._coach.set_quiet(True)
        document.apply(edit)
        self._fault, self._known, self._question = fault, False, None
        self._source = document.project.data.source
        trainer.train()
        self._timer.start()

    @Slot()
    def ask(self) -> None:
        """Ask what went wrong, with three answers to choose from."""
        self._timer.stop()
        if self._fault is None:
            return
        others = [fault for fault in map(BREAKS.__getitem__, BREAKS) if fault is not self._fault]
        answers = [self._fault, *self._random.sample(others, CHOICES - 1)]
        self._random.shuffle(answers)
        remedies = tuple(
            Remedy(translated(answer.answer), self.tr("This is what went wrong"), partial(self._answer, answer))
            for answer in answers
        )
        self._question = Message(Severity.INFO, self.tr("The run is broken. What went wrong?"), remedies)
        self._messages.show_message(self._question)

    def _answer(self, answer: Break) -> None:
        fault = self._fault
        if fault is None:
            return
        if answer is not fault:
            wrong = fill(
                self.tr("No: “%1” would look different. Look at the panels and try again."), translated(answer.answer)
            )
            again = Remedy(self.tr("Ask again"), self.tr("Show the question once more"), self.ask)
            tell = Remedy(self.tr("Tell me"), self.tr("Say what went wrong"), lambda: self._tell(self.tr("It is this")))
            self._messages.show_message(Message(Severity.INFO, wrong, (again, tell)))
        else:
            self._tell(self.tr("Right"))

    def _tell(self, begin: str) -> None:
        assert self._fault is not None
        self._known = True
        self._coach.set_quiet(False)
        what, why = translated(self._fault.answer), translated(self._fault.lesson)
        text = f"{begin}: {what}. {why} {self.tr('Now repair it.')}"
        undo = Remedy(self.tr("Undo"), self.tr("Take the fault back"), self._undo)
        ask = Remedy(self.tr("Ask the coach"), self.tr("Let the coach look at the run now"), self._coach.speak)
        self._messages.show_message(Message(Severity.INFO, text, (ask, undo)))

    def _undo(self) -> None:
        """Take steps back until the fault is gone: training since then may be a step of its own."""
        document = self._session.document
        for _ in range(3):
            if self._fault is not None and not self._fault.mended(document.project):
                document.undo()

    @Slot(object)
    def _follow(self, change: object) -> None:
        """The fault may be gone now."""
        project = self._session.document.project
        if self._fault is None or not self._fault.mended(project):
            return
        self._timer.stop()
        if project.data.source != self._source:  # another project: the riddle is off
            self._fault = None
        self._coach.set_quiet(False)
        if self._messages.message is not None and self._messages.message.severity is Severity.INFO:
            self._messages.clear()
        if self._session.trainer.state is not RunState.RUNNING:
            self._messages.tell(self.tr("The fault is gone. Train, and the coach will see whether it learns."))

    @Slot(object)
    def _confirm(self, snapshot: object) -> None:
        """Say so when the repaired run learns."""
        fault, document = self._fault, self._session.document
        if fault is None:
            return
        if not fault.mended(document.project):
            self._mind_silence()
            return
        evidence = self._coach.evidence()
        if evidence is None or evidence.health is None or evidence.epochs < CONFIRM_EPOCHS:
            return
        if RULES[fault.rule].look(evidence) is not None:
            return
        text = self.tr("Repaired: the coach finds %1 no more, and the training loss is %2.")
        title = translated(RULES[fault.rule].title).lower()
        self._fault = None
        self._messages.show_message(Message(Severity.INFO, fill(text, title, amount(float(evidence.losses[-1])))))

    def _mind_silence(self) -> None:
        """Let the coach help whoever does not care for the question."""
        if self._question is not None and not self._known and self._messages.message is None:
            self._known = True
            self._coach.set_quiet(False)

    def _can(self, fault: Break) -> bool:
        try:
            edit_for(fault, self._session.document.project)
        except EditError:
            return False
        return True
