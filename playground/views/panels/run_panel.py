"""What the panels below the canvas share that show one picture of the run."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QWidget

from playground.project.build import Problem
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.focus_ring import paint_focus
from playground.views.panels.card import Connections, label
from playground.views.theme import Theme


class RunPanel(QWidget):
    """A row of parts, and another page for when there is nothing to see.

    The picture is asked for only while the panel can be seen. While nothing trains, a new one is shown at once; while
    training, one after ``frame_ms``, the newest that waits. Subclasses draw in ``_show_pictures``.

    name: of the panel ("health"). picture: see ``insight.pictures``. empty: the other page; by default a sentence.
    """

    def __init__(
        self,
        session: Session,
        theme: Theme,
        parent: QWidget | None,
        *,
        name: str,
        picture: str,
        frame_ms: int = 33,
        empty: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"panel.{name}")
        self._session, self._theme, self._asked = session, theme, picture
        self._connections = Connections()
        self._waiting: Mapping[str, Any] | None = None
        self._frame = QTimer(self, singleShot=True, interval=frame_ms)
        self._frame.timeout.connect(self._catch_up)
        page, self._stack = QWidget(self), QStackedLayout(self)
        self._parts = QHBoxLayout(page)
        self._parts.setContentsMargins(16, 8, 16, 8)
        self._parts.setSpacing(14)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(page)
        self._stack.addWidget(self._sentence() if empty is None else empty)
        trainer = session.trainer
        self._connections.add(trainer.snapshot, self._show_snapshot)
        self._connections.add(trainer.restarted, self._forget)
        self._connections.add(trainer.problems_changed, self._follow_problems)
        self._connections.add(theme.changed, self._recolor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show when the keys go to the panel itself."""
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, self.rect(), self._theme)
            painter.end()

    def _sentence(self) -> QWidget:
        words = label(self.tr("There is nothing to see until the layers fit together."), "caption", self)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return words

    def _add_line(self) -> None:
        """Put an upright line behind the parts that stand already."""
        line = QFrame(self)
        line.setProperty("upright", True)
        line.setFixedWidth(1)
        self._parts.addWidget(line)

    def refresh(self) -> None:
        """Show the present at once."""
        self._frame.stop()
        self._waiting = None
        self._follow_problems(self._session.trainer.problems)
        if latest := self._session.trainer.latest:
            self._show_pictures(latest.pictures)

    def close(self) -> bool:
        """Stop listening and asking, then close."""
        self._rest()
        self._session.trainer.show(self._asked, False)
        self._connections.undo()
        return super().close()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the picture."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more."""
        super().hideEvent(event)
        self._rest()
        self._session.trainer.show(self._asked, False)

    def _ask(self) -> None:
        self._session.trainer.show(self._asked)

    def _rest(self) -> None:
        """End what runs by itself."""
        self._frame.stop()

    # -- following the run -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        """At once while paused, soon while training."""
        if not self.isVisible():
            return
        if snapshot.state is not RunState.RUNNING:
            self._frame.stop()
            self._waiting = None
            self._show_pictures(snapshot.pictures)
            return
        self._waiting = snapshot.pictures
        if not self._frame.isActive():
            self._frame.start()

    @Slot()
    def _catch_up(self) -> None:
        """Show what waits."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._show_pictures(waiting)

    @Slot()
    def _forget(self) -> None:
        """What waits belongs to an earlier run."""
        self._waiting = None

    @Slot(object)
    def _follow_problems(self, problems: tuple[Problem, ...]) -> None:
        self._stack.setCurrentIndex(1 if problems else 0)

    @Slot()
    def _recolor(self) -> None:
        """The colours are others."""
        self.update()

    def _show_pictures(self, pictures: Mapping[str, Any]) -> None:
        """Draw a moment."""
        raise NotImplementedError
