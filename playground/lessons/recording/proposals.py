"""What a step may wait for: conditions that hold now and did not hold when the step began."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playground.lessons.conditions import CONDITIONS, AnyCondition
from playground.lessons.moment import Moment
from playground.lessons.recording import from_deeds, from_layers, from_scores, from_settings
from playground.lessons.recording.sentences import sentence
from playground.texts import Text

Builder = Callable[[Moment, Moment], Iterable[AnyCondition]]
"""From the moment when a step began and the present one: conditions that may be worth waiting for."""

BUILDERS: dict[str, Builder] = {
    **from_settings.BUILDERS,
    **from_layers.BUILDERS,
    **from_deeds.BUILDERS,
    **from_scores.BUILDERS,
}
"""By the name of the condition; the most telling first. All of the registry but ``NOT_PROPOSED``."""

NOT_PROPOSED = frozenset({"guessed"})
"""What comes from the step itself, not from what was done."""

LESS = frozenset(
    {
        "action_done",
        "panel_opened",
        "hidden_activations_are",
        "loss_gap_above",
        "loss_gap_below",
        "parameters_at_most",
        "purity_above",
        "test_metric_above",
        "train_loss_below",
        "unit_kinds_at_least",
        "updates_at_least",
    }
)
"""What mostly follows from something else; offered, but ticked only where nothing else is there."""


@dataclass(frozen=True)
class Proposal:
    """A condition, its sentence, and whether it is one of the best."""

    condition: AnyCondition
    sentence: Text
    best: bool


def proposals(before: Moment, after: Moment) -> tuple[Proposal, ...]:
    """What holds ``after`` and did not hold ``before``, the best first.

    before: the present when the step began. after: the present now, with what was done since.
    """
    if not after.moved:
        return ()
    found: dict[AnyCondition, str] = {}
    for name, build in BUILDERS.items():
        for condition in build(before, after):
            if condition.met(after) and not condition.met(before):
                found.setdefault(condition, name)
    less = LESS if after.updates else LESS | set(from_scores.BUILDERS)
    telling = {condition for condition, name in found.items() if name not in less}
    best = telling or set(list(found)[:1])
    made = [Proposal(condition, sentence(condition), condition in best) for condition in found]
    return tuple(sorted(made, key=lambda one: not one.best))


assert set(BUILDERS) | NOT_PROPOSED == set(CONDITIONS), "a condition without a builder"
