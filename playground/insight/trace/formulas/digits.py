"""How many digits a formula shows: so many that whoever computes it again from what is shown gets what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from playground.insight.trace.formulas.expression import Formula

FEW, MANY = 3, 9
CLOSE = 0.01
"""How far (as a share) a sum of rounded numbers may be from the result."""

_SMALL = 1e-5


@dataclass(frozen=True)
class Digits:
    """Significant digits of the numbers, by name, and of the result."""

    values: Mapping[str, int]
    result: int


def rounded(value: float, digits: int) -> float:
    """``value`` to so many significant digits."""
    return float(f"{value:.{digits - 1}e}")


def digits_of(formula: Formula) -> Digits:
    """Few digits, and more for the numbers of which a formula needs more: 1 − 0.99996² is not 1 − 1²."""
    old = next((name for name, symbol in formula.symbols.items() if formula.arrow and symbol == formula.left), None)
    digits, result = dict.fromkeys(formula.values, FEW), FEW
    close = CLOSE * max(abs(formula.result), _SMALL * formula.size)
    if old is not None and (change := abs(formula.result - formula.values[old])):
        result = digits[old] = _apart(formula.values[old], formula.result)
        close = 0.5 * 10.0 ** (np.floor(np.log10(max(abs(formula.result), 1e-300))) - result + 1) + 0.02 * change
    if not (formula.expression and formula.agrees and np.isfinite(formula.result)):
        return Digits(digits, result)
    while abs(_with(formula, digits) - formula.result) > close:
        worst = max(
            (name for name in digits if digits[name] < MANY), key=lambda n: _fault(formula, digits, n), default=""
        )
        if not worst or not _fault(formula, digits, worst):
            break
        digits[worst] += 1
    return Digits(digits, result)


def _with(formula: Formula, digits: Mapping[str, int]) -> float:
    """What the formula gives with its numbers rounded."""
    return formula.evaluate({name: rounded(value, digits[name]) for name, value in formula.values.items()})


def _fault(formula: Formula, digits: Mapping[str, int], name: str) -> float:
    """How much the rounding of one number changes the result."""
    found = formula.evaluate({**formula.values, name: rounded(formula.values[name], digits[name])})
    return abs(found - formula.evaluate())


def _apart(old: float, new: float) -> int:
    """As many digits as it takes to tell two numbers apart."""
    return next((digits for digits in range(FEW, MANY) if rounded(old, digits) != rounded(new, digits)), MANY)
