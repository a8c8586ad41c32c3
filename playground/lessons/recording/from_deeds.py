"""Conditions on what was done in a step."""

from collections.abc import Iterator

from playground.lessons.conditions import AnyCondition, deeds, progress
from playground.lessons.moment import Moment
from playground.lessons.recording.rounding import whole_below

PANEL = "panel."
TOLD = ("run.reset", "run.step", "run.epoch", "run.new_weights", "edit.undo", "edit.redo", "learn.break", "learn.bug")
"""Commands that a lesson may ask for by name; of others it asks what they lead to. Prefixes count, too."""


def _panel(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for deed in sorted(after.done):
        if deed.startswith(PANEL):
            yield deeds.PanelOpened(deed.removeprefix(PANEL))


def _action(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for deed in sorted(after.done):
        if any(deed == name or deed.startswith(f"{name}.") for name in TOLD):
            yield deeds.ActionDone(deed)


def _example(_before: Moment, _after: Moment) -> Iterator[AnyCondition]:
    yield deeds.ExampleSelected()


def _weight(_before: Moment, _after: Moment) -> Iterator[AnyCondition]:
    yield deeds.WeightEdited()


def _diverged(_before: Moment, _after: Moment) -> Iterator[AnyCondition]:
    yield progress.Diverged()


def _epochs(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    if after.epochs:
        yield progress.EpochsSince(whole_below(after.epochs))


def _at_most(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    """A run that was taken back to its beginning."""
    if before.counters is not None and after.counters is not None and before.counters.step > after.counters.step == 0:
        yield progress.UpdatesAtMost(0)


def _at_least(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    if after.updates and after.counters is not None:
        least = before.counters.step + 1 if before.counters is not None else 1
        yield progress.UpdatesAtLeast(max(least, whole_below(after.counters.step)))


BUILDERS = {
    "weight_edited": _weight,
    "example_selected": _example,
    "diverged": _diverged,
    "updates_at_most": _at_most,
    "epochs_since": _epochs,
    "panel_opened": _panel,
    "action_done": _action,
    "updates_at_least": _at_least,
}
