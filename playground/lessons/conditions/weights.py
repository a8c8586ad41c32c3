"""Conditions on the weights themselves."""

import numpy as np

from playground.lessons.conditions.base import CONDITIONS, Condition
from playground.lessons.moment import Moment
from playground.project.weights import positions

ALIKE = 0.01
"""Weights that differ by less are alike."""


@CONDITIONS.register("parameters_at_most")
class ParametersAtMost(Condition, frozen=True, tag="parameters_at_most"):
    """The network has at most ``value`` parameters."""

    value: int

    def met(self, moment: Moment) -> bool:
        return moment.parameters is not None and moment.parameters.size <= self.value


@CONDITIONS.register("unit_kinds_at_least")
class UnitKindsAtLeast(Condition, frozen=True, tag="unit_kinds_at_least"):
    """At least ``value`` units of a Dense layer differ from each other in some weight."""

    layer: int
    value: int

    def met(self, moment: Moment) -> bool:
        kernel = positions(moment.project).get(f"{self.layer - 1}.kernel")
        flat = moment.parameters
        if flat is None or kernel is None or kernel.ndim != 2 or kernel.max(initial=-1) >= flat.size:
            return False
        kinds: list[np.ndarray] = []
        for unit in flat[kernel].T:
            if not any(np.abs(unit - other).max(initial=0.0) < ALIKE for other in kinds):
                kinds.append(unit)
        return len(kinds) >= self.value


@CONDITIONS.register("new_weights_at_least")
class NewWeightsAtLeast(Condition, frozen=True, tag="new_weights_at_least"):
    """Other initial weights were drawn at least ``value`` times since the step began; each draw has the next seed."""

    value: int

    def met(self, moment: Moment) -> bool:
        return moment.project.network.seed - moment.before.network.seed >= self.value
