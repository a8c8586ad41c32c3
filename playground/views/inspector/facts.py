"""What can be said of a layer beside its settings: its formula, shapes, parameters, multiply-adds."""

import inspect

from PySide6.QtCore import QCoreApplication

from playground.engine.layers import Layer
from playground.project.model import Project
from playground.session.language import translated
from playground.views.canvas.stages import stages_of
from playground.views.scales import number


def facts(project: Project, index: int) -> str:
    """Shapes and counts of the layer at ``index`` in a line."""
    before, stage = stages_of(project)[index : index + 2]
    if stage.shape is None or before.shape is None:
        return QCoreApplication.translate("Inspector", "This layer does not fit what the layer before gives.")
    words = QCoreApplication.translate("Inspector", "%1 in, %2 out · %3 parameters · %4 multiply-adds")
    words = words.replace("%1", _shape(before.shape)).replace("%2", _shape(stage.shape))
    return words.replace("%3", number(stage.parameters)).replace("%4", number(stage.multiply_adds))


def formula(layer: Layer) -> str:
    """The first paragraph of what the layer's documentation says: its formula."""
    return translated((inspect.getdoc(type(layer)) or layer.help).split("\n\n")[0].replace("\n", " "))


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(map(number, shape))
