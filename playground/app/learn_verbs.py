"""What the actions of the menu Learn do: the coach, Break it, Plant a bug."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from playground.app.learn_actions import LEARN
from playground.app.legends import Legends
from playground.engine.frozen import learns
from playground.project import build, edits
from playground.session import Session
from playground.views.messages import Message, Remedy, Severity, fill
from playground.views.panels.card import Connections
from playground.views.panels.coach import Coach
from playground.views.panels.message_bar import MessageBar
from playground.views.theme import Theme

if TYPE_CHECKING:
    from playground.views.panels.break_it import BreakIt

FAULT = "learn.break."
"""With this begin the names of the actions that break something, each a way of its own."""


class LearnVerbs(QObject):
    """Handlers of the menu Learn, and those that serve them: ``coach``, ``riddle`` and ``legends``."""

    def __init__(self, parent: QObject, session: Session, theme: Theme, messages: MessageBar) -> None:
        super().__init__(parent)
        self._session, self._messages = session, messages
        self._connections = Connections()
        self._actions: Mapping[str, QAction] = {}
        self._wrong: tuple[int, ...] = ()
        self._riddle: BreakIt | None = None
        self.coach = Coach(session, messages, self)
        self.legends = Legends(session, theme, self)

    @property
    def riddle(self) -> "BreakIt":
        """What breaks a run on purpose; loaded and made when that is first wanted."""
        from playground.views.panels.break_it import BreakIt

        if self._riddle is None:
            self._riddle = BreakIt(self._session, self._messages, self.coach, self)
        return self._riddle

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        faults = [spec.id for spec in LEARN if spec.id.startswith(FAULT)]
        return {
            "learn.legend": self.legends.toggle_all,
            "learn.coach": lambda: self.coach.set_on(not self.coach.on),
            "learn.break": self._surprise,
            **{name: partial(self._break, name.removeprefix(FAULT)) for name in faults},
            "learn.bug": self.plant_bug,
        }

    def link(self, actions: Mapping[str, QAction], open_chart: Callable[[str], object]) -> None:
        """Keep the check marks right; ``open_chart`` opens a tab by its name."""
        self._actions, self.coach.open_chart = actions, open_chart
        actions["learn.coach"].setChecked(self.coach.on)
        self._connections.add(self._session.document.changed, self._show_bug)
        self._connections.add(self._session.trainer.diverged, self._tell_again)
        self._show_bug()

    def close(self) -> None:
        """Stop listening."""
        self.coach.close()
        if self._riddle is not None:
            self._riddle.close()
        self._connections.undo()

    def _surprise(self) -> None:
        self.riddle.surprise()

    def _break(self, fault: str) -> None:
        from playground.insight.coach.breaks import BREAKS

        self.riddle.start(BREAKS[fault])

    def plant_bug(self) -> None:
        """Make the backward pass of a random layer that learns wrong, or mend it."""
        document = self._session.document
        project = document.project
        if project.training.bug is not None:
            edit = edits.set_value(project, "training.bug", None)
            document.apply(replace(edit, label=self.tr("Remove the bug"), merge_key=None))
            return
        network = build.network(project) if not self._session.trainer.problems else None
        layers = [
            index for index in range(len(project.network.layers)) if network is not None and learns(network, index)
        ]
        if not layers:
            self._tell(self.tr("No layer learns now, so that no gradient can be wrong."))
            return
        layer = random.choice(layers)
        edit = edits.set_value(project, "training.bug", layer)
        document.apply(replace(edit, label=self.tr("Plant a bug"), merge_key=None))
        self._tell(
            self.tr("One layer computes its gradient wrongly now. Train, and watch the lamp at the lower right.")
        )

    @Slot(object)
    def tell_wrong(self, layers: tuple[int, ...]) -> None:
        """Say which layer the lamp found."""
        self._wrong = layers
        self._tell_again()

    @Slot()
    def _tell_again(self) -> None:
        """Also in place of what a wrong gradient leads to, such as a run that diverges."""
        if not self._wrong:
            return
        names = ", ".join(str(layer + 1) for layer in self._wrong)
        text = self.tr("The lamp is red: the gradient of layer %1 does not agree with finite differences.")
        planted = self._session.document.project.training.bug is not None
        mend = Remedy(self.tr("Remove the bug"), self.tr("Compute all gradients rightly again"), self.plant_bug)
        remedies = (mend,) if planted else ()
        self._messages.show_message(Message(Severity.INFO, fill(text, names), remedies))

    def _tell(self, text: str) -> None:
        self._messages.show_message(Message(Severity.INFO, text))

    @Slot()
    def _show_bug(self) -> None:
        planted = self._session.document.project.training.bug is not None
        self._actions["learn.bug"].setChecked(planted)
        if not planted and self._wrong:
            self._wrong = ()
            self._messages.clear()
