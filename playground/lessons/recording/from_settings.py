"""Conditions on settings, from what was changed in a step."""

from collections.abc import Callable, Iterator

from playground.lessons.conditions import AnyCondition
from playground.lessons.conditions import settings as conditions
from playground.lessons.conditions.drawings import DrawingsLearned
from playground.lessons.moment import Moment
from playground.lessons.recording.rounding import SLACK, digits
from playground.project.declarations import tag

WHOLE = frozenset({"batch_size_between", "points_between"})
"""Numbers that one sets exactly."""


def between(kind: type[conditions.Between]) -> Callable[[Moment, Moment], Iterator[AnyCondition]]:
    """The range around the number as it is now, without the one before; 0 and whole numbers are meant exactly."""

    def build(before: Moment, after: Moment) -> Iterator[AnyCondition]:
        probe = kind()
        old, new = probe.number(before), probe.number(after)
        if new is None or new == old:
            return
        if str(kind.__struct_config__.tag) in WHOLE or new <= 0:
            yield kind(at_least=new, at_most=new)
            return
        low, high = digits(new / SLACK), digits(new * SLACK)
        if old is not None and low <= old <= high:
            low = high = new
        yield kind(at_least=min(low, new), at_most=max(high, new))

    return build


def _source(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    yield conditions.SourceIs(tag(after.project.data.source))


def _classes(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    classes = after.project.data.source.outputs
    if classes > before.project.data.source.outputs:
        yield conditions.ClassesAtLeast(classes)


def _on(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for feature in after.project.data.features:
        if feature not in before.project.data.features:
            yield conditions.FeatureOn(feature)


def _off(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for feature in before.project.data.features:
        if feature not in after.project.data.features:
            yield conditions.FeatureOff(feature)


def _optimizer(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    yield conditions.OptimizerIs(tag(after.project.training.optimizer))


def _view(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for what in ("discretize", "errors_only", "contours", "show_test"):
        if getattr(after.project.view, what, None) is True:
            yield conditions.ViewShows(what)


def _drawings(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    if after.project.drawings is not None:
        drawn = [count for count in after.project.drawings.counts if count]
        if drawn:
            yield DrawingsLearned(min(drawn))


BUILDERS = {
    "source_is": _source,
    "drawings_learned": _drawings,
    "classes_at_least": _classes,
    "points_between": between(conditions.PointsBetween),
    "feature_on": _on,
    "feature_off": _off,
    "optimizer_is": _optimizer,
    "learning_rate_between": between(conditions.LearningRateBetween),
    "momentum_between": between(conditions.MomentumBetween),
    "batch_size_between": between(conditions.BatchSizeBetween),
    "l2_between": between(conditions.L2Between),
    "view_shows": _view,
}
