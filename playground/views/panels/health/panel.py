"""The panel "Weights & gradients": all layers at a glance on the left, each one beside."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from playground.insight.health import Health
from playground.insight.pictures import HEALTH
from playground.session import Session
from playground.views.panels.health import words
from playground.views.panels.health.layer_view import LayerView
from playground.views.panels.health.overview import gradient_chart, ratio_chart
from playground.views.panels.run_panel import RunPanel
from playground.views.theme import Theme

_FRAME_MS = 120  # while training: often enough to see it move, seldom enough to read it


class HealthPanel(RunPanel):
    """Shows the health of every layer; asks for its picture only while it can be seen."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent, name="health", picture=HEALTH, frame_ms=_FRAME_MS)
        self.setAccessibleName(self.tr("Weights & gradients"))
        self._health: Health | None = None
        self.gradients, self.ratios = gradient_chart(theme, self), ratio_chart(theme, self)
        self.views: list[LayerView] = []
        self._build()
        self.refresh()

    @property
    def health(self) -> Health | None:
        """What is shown."""
        return self._health

    def reading(self) -> str:
        """One sentence that reads the picture aloud."""
        return words.reading(self._health)

    def _build(self) -> None:
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
        self._parts.addWidget(self.gradients, 3)
        self._parts.addWidget(self.ratios, 3)
        self._add_line()
        self._parts.addWidget(scroll, 19)

    @Slot()
    def _forget(self) -> None:
        """What waits belongs to an earlier run, and so do the axes."""
        super()._forget()
        for chart in (self.gradients, self.ratios):
            chart.begin()

    def _show_pictures(self, pictures: Mapping[str, Any]) -> None:
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
