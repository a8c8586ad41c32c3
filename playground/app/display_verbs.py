"""How large everything is drawn, and projector mode: the handlers of these actions."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from playground.app.scaling import Scale
from playground.session import Session
from playground.views.messages import Severity

if TYPE_CHECKING:
    from playground.app.projector import Projector


class DisplayVerbs(QObject):
    """Scales the whole program, and switches projector mode. ``tell`` shows a sentence in the message line."""

    def __init__(self, window: QMainWindow, session: Session, tell: Callable[[Severity, str], None]) -> None:
        super().__init__(window)
        self.scale = Scale(session.settings)
        self.projector: Projector | None = None
        self._tell = tell
        self._action = QAction(self)
        self._make: Callable[[Callable[[], None]], Projector]

    def link(self, actions: Mapping[str, QAction], make: "Callable[[Callable[[], None]], Projector]") -> None:
        """Take what makes a Projector for the window; it is given what ends the mode."""
        self._action, self._make = actions["view.projector"], make

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The handler of every action by its id."""
        return {
            "view.larger": lambda: self._say(self.scale.move(+1)),
            "view.smaller": lambda: self._say(self.scale.move(-1)),
            "view.usual_size": lambda: self._say(self.scale.choose(1.0)),
            "view.projector": lambda: self.project(self._action.isChecked()),
        }

    def project(self, on: bool) -> None:
        """Begin or end projector mode; where Qt cannot enlarge it, it still leaves away what a class need not see."""
        self._action.setChecked(on)
        if on and self.projector is None:
            self.projector = self._make(lambda: self.project(False))
            self.projector.begin()
            self.scale.project(True)
            self.projector.settle()
        elif not on and self.projector is not None:
            self.scale.project(False)
            self.projector.end()
            self.projector = None

    def close(self) -> None:
        """Put the layout back, as it is to be remembered; the size is left to the next window."""
        if self.projector is not None:
            self.projector.end()
            self.projector = None

    def _say(self, done: bool) -> None:
        if done:
            size = QLocale().toString(round(100 * self.scale.chosen))
            self._tell(Severity.INFO, self.tr("Everything is drawn at %s %%.") % size)
        else:
            self._tell(
                Severity.WARNING,
                self.tr(
                    "This build of Qt cannot change the size while it runs. Start the program with the variable "
                    "QT_SCALE_FACTOR=%s."
                )
                % f"{self.scale.chosen:g}",
            )
