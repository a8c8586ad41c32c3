"""One example in words: what it is, where it stands in each stage, and what the network makes of it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from playground.data.dataset import Dataset, Task
from playground.insight.representations import Distillation, Kind
from playground.views import colormap
from playground.views.class_names import shown_name
from playground.views.forms import percent
from playground.views.rich_text import inline_image
from playground.views.scales import number
from playground.views.theme import Theme

_IMAGE = 56
MOST_VALUES = 8
"""Columns of a table that are told."""


@dataclass(frozen=True)
class ExampleText:
    """Describes examples of a data set as rich text for a tool-tip."""

    dataset: Dataset
    theme: Theme

    def describe(self, picture: Distillation, index: int, titles: list[str]) -> str:
        """The example at ``index`` of ``picture``; ``titles`` name the stages."""
        row = int(picture.rows[index])
        if row >= self.dataset.n:
            return ""
        lines = []
        if self.dataset.input_kind == "image":
            pixels = self.dataset.inputs[row]
            shown = colormap.example_image(pixels, *self.theme.picture_colors(self.dataset.drawn))
            lines.append(inline_image(shown.scaled(_IMAGE, _IMAGE)))
        else:
            lines.append(self._inputs(row))
        lines.append(self._truth(picture, index))
        for stage, title in list(zip(picture.stages, titles, strict=False))[1:-1]:
            x, y = (_fixed(value) for value in stage.points[index].tolist())
            lines.append(f"{title}: {x}" if stage.kind is Kind.STRIP else f"{title}: {x}, {y}")
        lines.append(self._prediction(picture, index))
        return "<br>".join(lines)

    def _inputs(self, row: int) -> str:
        """The values of an example: both coordinates, or the columns of a table, some to a line."""
        values = self.dataset.inputs[row].tolist()
        if self.dataset.input_kind == "plane":
            return f"x₁ {_fixed(values[0])} &nbsp; x₂ {_fixed(values[1])}"
        texts = [f"{name} {number(value)}" for name, value in zip(self.dataset.input_names, values, strict=True)]
        more = "" if len(texts) <= MOST_VALUES else " …"
        return "<br>".join(" &nbsp; ".join(texts[at : at + 2]) for at in range(0, MOST_VALUES, 2) if texts[at:]) + more

    def _truth(self, picture: Distillation, index: int) -> str:
        if picture.labels is None:
            return _tr("target %1").replace("%1", number(float(picture.targets[index, 0])))
        return _tr("truth: %1").replace(
            "%1", f"<b>{shown_name(self.dataset.class_names[int(picture.labels[index])])}</b>"
        )

    def _prediction(self, picture: Distillation, index: int) -> str:
        outputs = picture.outputs[index]
        if self.dataset.task is Task.MULTICLASS:
            best = int(outputs.argmax())
            text = f"<b>{shown_name(self.dataset.class_names[best])}</b> ({percent(float(outputs[best]))})"
        else:
            text = f"<b>{number(float(outputs[0]))}</b>"
        return _tr("prediction: %1").replace("%1", text)


def _fixed(value: float) -> str:
    return QLocale().toString(float(value), "f", 2).replace("-", "−")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Examples", text)
