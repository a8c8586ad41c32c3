"""What the colours of the output map mean for the present data."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from playground.data.dataset import Dataset, Task
from playground.views import colormap
from playground.views.class_names import shown_names
from playground.views.contours import segments
from playground.views.theme import Theme

Floats = NDArray[np.floating]
COARSE = 2
"""Contours are taken from every second pixel: fast enough to follow the training, and as smooth."""


@dataclass(frozen=True)
class OutputScale:
    """The ends and the middle of the scale; class names where classes are told apart."""

    task: Task
    low: float
    middle: float
    high: float
    class_names: tuple[str, ...]

    @classmethod
    def of(cls, dataset: Dataset) -> "OutputScale":
        """The scale for the task: 0 … 1 around the decision at ½ for classes, the targets' range for numbers."""
        if dataset.task is not Task.REGRESSION:
            return cls(dataset.task, 0.0, 0.5, 1.0, shown_names(dataset.class_names))
        reach = max(1e-6, float(np.abs(dataset.targets).max(initial=0.0)))
        reach = min(reach, 1.0) if reach < 1.6 else reach  # noise at the ends does not stretch the scale
        return cls(dataset.task, -reach, 0.0, reach, ())

    def picture(self, values: Floats, theme: Theme, *, discretize: bool = False) -> QImage:
        """The output map as a picture. values: (outputs, height, width)."""
        if self.task is Task.MULTICLASS:
            tables = np.stack([colormap.packed(theme.sequential_lut(c)) for c in theme.class_colors(len(values))])
            return colormap.image(colormap.colorize_classes(values, tables, discretize))
        shown = np.nan_to_num(values[0], nan=self.middle)  # weights that are no numbers decide nothing
        if discretize:
            shown = np.where(shown > self.middle, self.high, self.low)
        return colormap.image(colormap.colorize(shown, self.low, self.high, theme.diverging_pixels()))

    def contours(self, values: Floats) -> tuple[Floats, Floats]:
        """Lines of equal answers over a map (outputs, height, width): thin ones, and those where the decision turns.

        For two classes at p = 0.1 … 0.9, for more at 0.5, 0.7, 0.9 of each, for numbers in tenths of the scale.
        """
        coarse = values[:, ::COARSE, ::COARSE]
        if self.task is Task.MULTICLASS:
            thin = [segments(one, level) for one in coarse for level in (0.5, 0.7, 0.9)]
            rest = [np.delete(coarse, place, axis=0).max(axis=0) for place in range(len(coarse))]
            strong = [segments(one - other, 0.0) for one, other in zip(coarse, rest, strict=True)]
            return np.concatenate(thin), np.concatenate(strong)
        levels = self.low + (self.high - self.low) * np.arange(1, 10) / 10
        lines = [segments(coarse[0], float(level)) for level in levels]
        return np.concatenate(lines[:4] + lines[5:]), lines[4]

    def decide(self, outputs: Floats) -> int:
        """The class that ``outputs`` (outputs,) stand for."""
        if self.task is Task.MULTICLASS:
            return int(outputs.argmax())
        return int(outputs[0] > self.middle)
