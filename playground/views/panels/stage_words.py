"""What stands beside the pictures of the distillation panel."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from playground.insight.examples import Purity
from playground.insight.representations import Distillation, Kind, Representation
from playground.views.forms import percent


@dataclass(frozen=True)
class StageText:
    """The words of one stage. ``short``: the title where there is little room; ``explanation``: the tool-tip.

    ``purity`` and ``chance``: 0..1, None while nothing is known; ``measure`` names them.
    """

    title: str = ""
    short: str = ""
    note: str = ""
    purity: float | None = None
    chance: float | None = None
    measure: str = ""
    explanation: str = ""

    @property
    def number(self) -> str:
        """The purity in words."""
        return "–" if self.purity is None or self.purity != self.purity else percent(self.purity)


def describe(picture: Distillation, purity: Purity | None) -> list[StageText]:
    """The words of all stages; ``purity`` holds a value for the input and for every layer."""
    measure = _tr("purity (R²)") if picture.labels is None else _tr("purity")
    found = []
    for place, stage in enumerate(picture.stages):
        value = chance = None
        if purity is not None and stage.layer < len(purity.stages):
            value, chance = purity.stages[stage.layer], purity.chance
        last = len(picture.stages) - 1
        title = short = _tr("Input") if place == 0 else _tr("prediction")
        if 0 < place < last:
            title = _tr("after layer %1").replace("%1", str(stage.layer))
            short = _tr("layer %1").replace("%1", str(stage.layer))
        note = _tr("PCA, %1").replace("%1", percent(stage.explained)) if stage.kind is Kind.PCA else ""
        if stage.units is not None and stage.kind is Kind.PAIR:
            note = _tr("two units")
        explanation = _explanation(stage)
        if stage.units is not None:
            explanation += "<p>" + _tr("Click on the words beside the picture to choose two units, or PCA.")
            note += " ▾"
        if stage.border is not None:
            explanation += "<p>" + _tr("Dashed: where the linear probe that measures the purity parts the classes.")
        found.append(StageText(title, short, note, value, chance, measure, explanation))
    return found


def _explanation(stage: Representation) -> str:
    if stage.kind is Kind.STRIP:
        return _tr("One unit: its output from left to right. Up and down only keeps the points apart.")
    if stage.kind is Kind.PAIR:
        return _tr("Two numbers per example, as they are: the first to the right, the second upwards.")
    if stage.kind is Kind.CORNERS:
        return _tr(
            "Every class has a corner, the first at the top, then clockwise. "
            "The more probable a class, the nearer an example is to its corner."
        )
    text = _tr(
        "More than two units, seen on the plane on which they vary most (principal component analysis, PCA). "
        "It shows %1 of their variance."
    )
    return text.replace("%1", percent(stage.explained))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Distillation", text)
