"""The panel "Weights & gradients": all layers at a glance on the left, each one beside."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QWidget

from playground.insight.health import Health
from playground.insight.pictures import HEALTH
from playground.project.build import Problem
from playground.session import Session
from playground.training.records import RunState, Snapshot
from playground.views.panels.card import Connections, label
from playground.views.panels.health import words
from playground.views.panels.health.layer_view import LayerView
from playground.views.panels.health.overview import gradient_chart, ratio_chart
from playground.views.theme import Theme

_FRAME_MS = 120  # while training: often enough to see it move, seldom enough to read it


class HealthPanel(QWidget):
    """Shows the health of every layer; asks for its picture only while it can be seen."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.health")
        self.setAccessibleName(self.tr("Weights & gradients"))
        self._session, self._theme = session, theme
        self._connections = Connections()
        self._health: Health | None = None
        self._waiting: Mapping[str, Any] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self.gradients, self.ratios = gradient_chart(theme, self), ratio_chart(theme, self)
        self.views: list[LayerView] = []
        self._empty = label(self.tr("There is nothing to see until the layers fit together."), "caption", self)
        self._build()
        self._connect()
        self.refresh()

    @property
    def health(self) -> Health | None:
        """What is shown."""
        return self._health

    def reading(self) -> str:
        """One sentence that reads the picture aloud."""
        return words.reading(self._health)

    # -- build, connect, refresh, close ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        page, line = QWidget(self), QFrame(self)
        line.setProperty("upright", True)
        line.setFixedWidth(1)
        sheet, scroll = QWidget(), QScrollArea(self)
        self._row = QHBoxLayout(sheet)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(18)
        scroll.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout(page)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(14)
        row.addWidget(self.gradients, 3)
        row.addWidget(self.ratios, 3)
        row.addWidget(line)
        row.addWidget(scroll, 19)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)

    def _connect(self) -> None:
        trainer = self._session.trainer
        self._connections.add(trainer.snapshot, self._show_snapshot)
        self._connections.add(trainer.restarted, self._forget)
        self._connections.add(trainer.problems_changed, self._follow_problems)
        self._connections.add(self._theme.changed, self.update)
        self._timer.timeout.connect(self._catch_up)

    def refresh(self) -> None:
        """Show the present at once."""
        self._timer.stop()
        self._follow_problems(self._session.trainer.problems)
        if latest := self._session.trainer.latest:
            self._show_pictures(latest.pictures)

    def close(self) -> bool:
        """Stop listening and asking, then close."""
        self._timer.stop()
        self._session.trainer.show(HEALTH, False)
        self._connections.undo()
        return super().close()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the picture."""
        super().showEvent(event)
        self._session.trainer.show(HEALTH)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more."""
        super().hideEvent(event)
        self._timer.stop()
        self._session.trainer.show(HEALTH, False)

    # -- following the run -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        """At once while paused, soon while training."""
        if not self.isVisible():
            return
        if snapshot.state is not RunState.RUNNING:
            self._timer.stop()
            self._show_pictures(snapshot.pictures)
            return
        self._waiting = snapshot.pictures
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _catch_up(self) -> None:
        if self._waiting is not None:
            self._show_pictures(self._waiting)

    @Slot()
    def _forget(self) -> None:
        """What waits belongs to an earlier run, and so do the axes."""
        self._waiting = None
        for chart in (self.gradients, self.ratios):
            chart.begin()

    @Slot(object)
    def _follow_problems(self, problems: tuple[Problem, ...]) -> None:
        self._stack.setCurrentIndex(1 if problems else 0)

    def _show_pictures(self, pictures: Mapping[str, Any]) -> None:
        self._waiting = None
        health: Health | None = pictures.get(HEALTH)
        if health is None:
            return
        self._health = health
        self.gradients.show_health(health)
        self.ratios.show_health(health)
        self._match_views(len(health.layers))
        for view, layer in zip(self.views, health.layers, strict=True):
            view.show_layer(layer, health)
        self.setAccessibleDescription(self.reading())

    def _match_views(self, count: int) -> None:
        """As many views as layers."""
        while len(self.views) > count:
            view = self.views.pop()
            self._row.removeWidget(view)
            view.hide()
            view.deleteLater()
        while len(self.views) < count:
            view = LayerView(self._theme, self)
            self.views.append(view)
            self._row.addWidget(view)
