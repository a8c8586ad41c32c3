"""Conditions on losses and metrics."""

from playground.lessons.conditions.base import CONDITIONS, Condition
from playground.lessons.moment import Moment


class Score(Condition, frozen=True):
    """Base: one number of the run against a value."""

    value: float

    def score(self, moment: Moment) -> float | None:
        """The number; None while it is not known."""
        raise NotImplementedError

    def holds(self, score: float) -> bool:
        """How the number must stand to the value."""
        return score < self.value

    def met(self, moment: Moment) -> bool:
        score = self.score(moment)
        return score is not None and self.holds(score)


@CONDITIONS.register("test_loss_below")
class TestLossBelow(Score, frozen=True, tag="test_loss_below"):
    """The loss on test examples is below ``value``."""

    __test__ = False  # the name is no test's

    def score(self, moment: Moment) -> float | None:
        return moment.counters.test_loss if moment.counters else None


@CONDITIONS.register("train_loss_below")
class TrainLossBelow(Score, frozen=True, tag="train_loss_below"):
    """The loss on training examples is below ``value``."""

    def score(self, moment: Moment) -> float | None:
        return moment.counters.train_loss if moment.counters else None


@CONDITIONS.register("test_metric_above")
class TestMetricAbove(Score, frozen=True, tag="test_metric_above"):
    """The metric on test examples (accuracy as a share, or R²) is above ``value``."""

    __test__ = False

    def score(self, moment: Moment) -> float | None:
        return moment.counters.test_metric if moment.counters else None

    def holds(self, score: float) -> bool:
        return score > self.value


class _Gap(Score, frozen=True):
    def score(self, moment: Moment) -> float | None:
        counters = moment.counters
        if counters is None or counters.test_loss is None or counters.train_loss is None:
            return None
        return counters.test_loss - counters.train_loss


@CONDITIONS.register("purity_above")
class PurityAbove(Condition, frozen=True, tag="purity_above"):
    """The purity after layer ``layer`` (0: of the input; −1: of the prediction; −2: of the layer before) is above."""

    layer: int
    value: float

    def met(self, moment: Moment) -> bool:
        stages = moment.purity
        return -len(stages) <= self.layer < len(stages) and stages[self.layer] > self.value


@CONDITIONS.register("loss_gap_above")
class LossGapAbove(_Gap, frozen=True, tag="loss_gap_above"):
    """The test loss is more than ``value`` above the training loss."""

    def holds(self, score: float) -> bool:
        return score > self.value


@CONDITIONS.register("loss_gap_below")
class LossGapBelow(_Gap, frozen=True, tag="loss_gap_below"):
    """The test loss is less than ``value`` above the training loss."""
