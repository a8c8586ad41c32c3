"""Conditions on losses, metrics and purity, from what training has come to."""

import math
from collections.abc import Callable, Iterator

from playground.lessons.conditions import AnyCondition, scores
from playground.lessons.moment import Moment
from playground.lessons.recording.rounding import above, below, digits

LEAST_GAP = 0.02
"""Between training and test loss, from which on a gap tells something."""


def _fell(kind: type[scores.Score]) -> Callable[[Moment, Moment], Iterator[AnyCondition]]:
    """A round number above a loss that has fallen, and well below what it was."""

    def build(before: Moment, after: Moment) -> Iterator[AnyCondition]:
        probe = kind(value=0.0)
        old, new = probe.score(before), probe.score(after)
        if new is None or not 0 <= new < math.inf or (new >= old if old is not None else not after.updates):
            return
        limit = above(new)
        yield kind(value=limit if old is None or limit < old else digits((new + old) / 2, 3))

    return build


def _metric(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    """A round number between the metric before and now, nearer to now."""
    probe = scores.TestMetricAbove(0.0)
    old, new = probe.score(before), probe.score(after)
    if new is not None and math.isfinite(new) and (new > old if old is not None else after.updates > 0):
        base = max(0.0, old if old is not None else 0.0)
        yield scores.TestMetricAbove(_towards(base, new))


def _purity(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    if after.purity:
        new = after.purity[-1]
        old = before.purity[-1] if before.purity else 0.0
        if new > old and (before.purity or after.updates):
            yield scores.PurityAbove(-1, _towards(old, new))


def _gap_above(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    old, new = _gap(before), _gap(after)
    if new is not None and new > max(LEAST_GAP, old or 0.0) and (old is not None or after.updates):
        yield scores.LossGapAbove(max(below(new), digits(old or 0.0, 3)))


def _gap_below(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    old, new = _gap(before), _gap(after)
    if old is not None and new is not None and old > LEAST_GAP and new < old:
        yield scores.LossGapBelow(min(above(max(new, LEAST_GAP / 2)), digits(old, 3)))


def _gap(moment: Moment) -> float | None:
    gap = scores.LossGapAbove(0.0).score(moment)
    return gap if gap is not None and math.isfinite(gap) else None


def _towards(old: float, new: float) -> float:
    """Three quarters of the way, in hundredths."""
    return round(old + 0.75 * (new - old), 2)


BUILDERS = {
    "test_loss_below": _fell(scores.TestLossBelow),
    "test_metric_above": _metric,
    "train_loss_below": _fell(scores.TrainLossBelow),
    "purity_above": _purity,
    "loss_gap_above": _gap_above,
    "loss_gap_below": _gap_below,
}
