"""Hints, and the rules that give them."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.engine.registry import Registry
from playground.insight.coach.evidence import Evidence
from playground.project.edit import Edit


@dataclass(frozen=True)
class Hint:
    """One piece of advice.

    rule: the name of the rule. sentence: what is wrong, with its numbers. why: how it comes and why the remedy helps.
    chart: the tab that proves it ("loss", "health", "distillation"). edit: the remedy, None where there is none to
    offer. severity: grows as the fault gets worse; by how much is up to the rule.
    """

    rule: str
    sentence: str
    why: str
    chart: str
    edit: Edit | None = None
    severity: float = 1.0


@dataclass(frozen=True)
class Rule:
    """A fault that the coach knows; ``look`` returns a hint where the evidence shows it. ``rank``: earlier come first,
    because they explain the later ones.
    """

    name: str
    title: str
    rank: int
    look: Callable[[Evidence], Hint | None]


RULES: Registry[Rule] = Registry("rule")
"""All rules."""


def rule(name: str, title: str, rank: int) -> Callable[[Callable[[Evidence], Hint | None]], Rule]:
    """Register a function as a rule."""

    def register(look: Callable[[Evidence], Hint | None]) -> Rule:
        made = Rule(name, title, rank, look)
        RULES.register(name)(made)
        return made

    return register


def advise(evidence: Evidence, told: dict[str, float] | None = None, worse: float = 1.5) -> Hint | None:
    """The first hint that the evidence supports, None where all is well.

    told: the severity of each hint that was given before; it comes again only when it got ``worse`` by that factor.
    """
    told = told or {}
    for name in sorted(RULES, key=lambda name: RULES[name].rank):
        hint = RULES[name].look(evidence)
        if hint is not None and (name not in told or hint.severity >= worse * told[name]):
            return hint
    return None
