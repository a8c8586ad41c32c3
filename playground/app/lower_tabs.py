"""The panels below the canvas, one row each; a panel is made when its tab is opened for the first time."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from playground.app.action_spec import QT_TRANSLATE_NOOP
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.panels.output_panel import OutputPanel
from playground.views.panels.tab_card import TabCard
from playground.views.theme import Theme
from playground.views.view import ChoosesExamples, Tells, UsesCanvas, View


@dataclass(frozen=True)
class TabSpec:
    """One tab. ``panel``: "module:class" below playground.views.panels, made with (session, theme)."""

    id: str
    title: str
    panel: str


TABS: tuple[TabSpec, ...] = (
    TabSpec("loss", QT_TRANSLATE_NOOP("tabs", "Loss"), "loss_panel:LossPanel"),
    TabSpec("distillation", QT_TRANSLATE_NOOP("tabs", "Distillation"), "distillation_panel:DistillationPanel"),
    TabSpec("examples", QT_TRANSLATE_NOOP("tabs", "Examples"), "judged:JudgedPanel"),
    TabSpec("step", QT_TRANSLATE_NOOP("tabs", "Step through"), "step:StepPanel"),
    TabSpec("health", QT_TRANSLATE_NOOP("tabs", "Weights && gradients"), "health:HealthPanel"),
    TabSpec("code", QT_TRANSLATE_NOOP("tabs", "Code"), "code:CodePanel"),
)


def build(session: Session, theme: Theme, parent: QWidget) -> TabCard:
    """Make the card with all tabs; the first panel is made at once."""
    tabs = TabCard(theme, parent)
    tabs.setObjectName("tabs.lower")
    for spec in TABS:
        tabs.add(spec.id, QCoreApplication.translate("tabs", spec.title), _maker(spec, session, theme))
    return tabs


def titles() -> list[tuple[str, str]]:
    """Name and title of every tab, in the language of the window."""
    return [(spec.id, QCoreApplication.translate("tabs", spec.title)) for spec in TABS]


def link(panel: View, canvas: NetworkCanvas, output: OutputPanel, tell: Callable[[str], None]) -> None:
    """Let a panel show something on the canvas and on the map, and tell something, if it wants to."""
    if isinstance(panel, UsesCanvas):
        panel.use_canvas(canvas)
    if isinstance(panel, ChoosesExamples):
        panel.chosen.connect(output.show_only)
    if isinstance(panel, Tells):
        panel.told.connect(tell)


def _maker(spec: TabSpec, session: Session, theme: Theme) -> Callable[[], QWidget]:
    def make() -> QWidget:
        module, name = spec.panel.split(":")
        return cast(QWidget, getattr(import_module(f"playground.views.panels.{module}"), name)(session, theme))

    return make
