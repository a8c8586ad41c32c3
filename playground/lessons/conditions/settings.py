"""Conditions on settings of data, training and view."""

import math

from playground.lessons.conditions.base import CONDITIONS, Condition
from playground.lessons.moment import Moment
from playground.project.declarations import tag


class Between(Condition, frozen=True):
    """Base: a setting lies in a range, its ends included."""

    at_least: float = -math.inf
    at_most: float = math.inf

    def number(self, moment: Moment) -> float | None:
        """The setting; None where the project has none."""
        raise NotImplementedError

    def met(self, moment: Moment) -> bool:
        number = self.number(moment)
        return number is not None and self.at_least <= number <= self.at_most


@CONDITIONS.register("learning_rate_between")
class LearningRateBetween(Between, frozen=True, tag="learning_rate_between"):
    """The learning rate lies in a range."""

    def number(self, moment: Moment) -> float | None:
        rate: float = moment.project.training.optimizer.learning_rate
        return rate


@CONDITIONS.register("momentum_between")
class MomentumBetween(Between, frozen=True, tag="momentum_between"):
    """The optimizer has a momentum, and it lies in a range."""

    def number(self, moment: Moment) -> float | None:
        found: float | None = getattr(moment.project.training.optimizer, "momentum", None)
        return found


@CONDITIONS.register("batch_size_between")
class BatchSizeBetween(Between, frozen=True, tag="batch_size_between"):
    """The batch size lies in a range."""

    def number(self, moment: Moment) -> float | None:
        return moment.project.training.batch_size


@CONDITIONS.register("l2_between")
class L2Between(Between, frozen=True, tag="l2_between"):
    """The L2 regularisation lies in a range."""

    def number(self, moment: Moment) -> float | None:
        return moment.project.training.l2


@CONDITIONS.register("points_between")
class PointsBetween(Between, frozen=True, tag="points_between"):
    """The number of examples lies in a range."""

    def number(self, moment: Moment) -> float | None:
        return moment.project.data.points


@CONDITIONS.register("classes_at_least")
class ClassesAtLeast(Condition, frozen=True, tag="classes_at_least"):
    """The data set has at least ``value`` classes, one output unit for each."""

    value: int

    def met(self, moment: Moment) -> bool:
        return moment.project.data.source.outputs >= self.value


@CONDITIONS.register("source_is")
class SourceIs(Condition, frozen=True, tag="source_is"):
    """A data set is chosen: "circle" …"""

    kind: str

    def met(self, moment: Moment) -> bool:
        return tag(moment.project.data.source) == self.kind


@CONDITIONS.register("feature_on")
class FeatureOn(Condition, frozen=True, tag="feature_on"):
    """A feature is an input: "x1_x2" …"""

    feature: str

    def met(self, moment: Moment) -> bool:
        return self.feature in moment.project.data.features


@CONDITIONS.register("feature_off")
class FeatureOff(FeatureOn, frozen=True, tag="feature_off"):
    """A feature is no input."""

    def met(self, moment: Moment) -> bool:
        return self.feature not in moment.project.data.features


@CONDITIONS.register("optimizer_is")
class OptimizerIs(Condition, frozen=True, tag="optimizer_is"):
    """An optimizer is chosen: "adam" …"""

    optimizer: str

    def met(self, moment: Moment) -> bool:
        return tag(moment.project.training.optimizer) == self.optimizer


@CONDITIONS.register("view_shows")
class ViewShows(Condition, frozen=True, tag="view_shows"):
    """A box below the map is ticked: "discretize", "errors_only", "contours" or "show_test"."""

    what: str

    def met(self, moment: Moment) -> bool:
        return getattr(moment.project.view, self.what, None) is True
