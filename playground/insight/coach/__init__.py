"""The coach: rules that look at a run, and say in one sentence what is wrong, what proves it and what helps. No Qt."""

from playground.insight.coach.evidence import Evidence
from playground.insight.coach.hint import RULES, Hint, Rule, advise
from playground.insight.coach.rules import data, fit, rate, units  # noqa: F401 (they register their rules)

__all__ = ["RULES", "Evidence", "Hint", "Rule", "advise"]
