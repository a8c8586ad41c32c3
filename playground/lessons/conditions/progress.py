"""Conditions on how far training has got."""

from playground.lessons.conditions.base import CONDITIONS, Condition
from playground.lessons.moment import DIVERGED, Moment


@CONDITIONS.register("epochs_since")
class EpochsSince(Condition, frozen=True, tag="epochs_since"):
    """At least ``value`` epochs were trained since the step began."""

    value: int

    def met(self, moment: Moment) -> bool:
        return moment.epochs >= self.value


@CONDITIONS.register("updates_at_most")
class UpdatesAtMost(Condition, frozen=True, tag="updates_at_most"):
    """The run has made at most ``value`` updates; 0: it stands at its beginning."""

    value: int

    def met(self, moment: Moment) -> bool:
        return moment.counters is not None and moment.counters.step <= self.value


@CONDITIONS.register("diverged")
class Diverged(Condition, frozen=True, tag="diverged"):
    """A run stopped itself since the step began, because it was getting nowhere."""

    def met(self, moment: Moment) -> bool:
        return DIVERGED in moment.done


@CONDITIONS.register("updates_at_least")
class UpdatesAtLeast(Condition, frozen=True, tag="updates_at_least"):
    """The run has made at least ``value`` updates since its beginning."""

    value: int

    def met(self, moment: Moment) -> bool:
        return moment.counters is not None and moment.counters.step >= self.value
