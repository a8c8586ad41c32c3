"""How the network sees an example: features of a point, scaled columns of a table, pixels as they are."""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground import data
from playground.data import faults
from playground.data.dataset import Dataset
from playground.data.features import feature
from playground.data.scaling import Scaling
from playground.project.model import Project

Floats = NDArray[np.floating[Any]]


def input_titles(project: Project) -> tuple[str, ...]:
    """The names of the network's inputs for people; empty for images, whose pixels have none."""
    source = project.data.source
    if source.input_kind == "plane":
        return tuple(feature(name).title for name in project.data.features)
    return source.input_names if source.input_kind == "table" else ()


class Preprocessing(msgspec.Struct, frozen=True):
    """Turns raw examples into inputs of the network; call it with rows as ``Dataset.inputs`` holds them.

    features: those of the plane, for points only. scaling: of the columns, for tables only. factor: what a fault that
    was put in on purpose multiplies everything by, else 1.
    """

    features: tuple[str, ...] = ()
    scaling: Scaling | None = None
    factor: float = 1.0

    @classmethod
    def of(cls, project: Project, dataset: Dataset) -> "Preprocessing":
        """The preprocessing of a project; what it learns from data, it learns from the training rows of ``dataset``."""
        settings, kind = project.data, dataset.input_kind
        scaling = None
        if kind == "table":
            scaling = Scaling.fit(settings.source.scaling, dataset.inputs[dataset.train])
        return cls(tuple(settings.features) if kind == "plane" else (), scaling, faults.scale_of(settings.fault))

    def __call__(self, raw: Floats) -> NDArray[np.float32]:
        """The inputs (n, *input_shape) for raw examples (n, …)."""
        if self.features:
            seen = data.expand(raw, self.features)
        elif self.scaling is not None:
            seen = self.scaling.apply(raw)
        else:
            seen = np.asarray(raw, np.float32)
        return seen if self.factor == 1.0 else seen * np.float32(self.factor)
