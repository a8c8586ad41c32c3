"""Conditions on what was done since the step began."""

from playground.lessons.conditions.base import CONDITIONS, Condition
from playground.lessons.moment import EXAMPLE, GUESS, WEIGHTS, Moment


@CONDITIONS.register("panel_opened")
class PanelOpened(Condition, frozen=True, tag="panel_opened"):
    """A panel was opened: "distillation", "health", "confusion" …"""

    panel: str

    def met(self, moment: Moment) -> bool:
        return f"panel.{self.panel}" in moment.done


@CONDITIONS.register("action_done")
class ActionDone(Condition, frozen=True, tag="action_done"):
    """An action was triggered, by its id: "run.reset" …"""

    action: str

    def met(self, moment: Moment) -> bool:
        return self.action in moment.done


@CONDITIONS.register("example_selected")
class ExampleSelected(Condition, frozen=True, tag="example_selected"):
    """An example was chosen."""

    def met(self, moment: Moment) -> bool:
        return EXAMPLE in moment.done


@CONDITIONS.register("weight_edited")
class WeightEdited(Condition, frozen=True, tag="weight_edited"):
    """A weight was changed by hand."""

    def met(self, moment: Moment) -> bool:
        return WEIGHTS in moment.done


@CONDITIONS.register("guessed")
class Guessed(Condition, frozen=True, tag="guessed"):
    """The step asks for a guess, and one was made, right or wrong."""

    def met(self, moment: Moment) -> bool:
        return GUESS in moment.done
