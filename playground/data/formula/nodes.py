"""What a formula consists of. Each part computes its values over arrays, and can be written as NumPy code."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]
Coordinates = Mapping[str, Values]

CONSTANTS = {"pi": np.pi, "e": np.e}
VARIABLES = {
    "x1": "x1",
    "x2": "x2",
    "x": "x1",
    "y": "x2",
    "r": "np.hypot(x1, x2)",
    "angle": "np.arctan2(x2, x1)",
}
"""Names of what a formula speaks of, and how NumPy computes it from x1 and x2."""


class Function(msgspec.Struct, frozen=True):
    """A function: how many values it takes (``most`` None: any number), how it is computed, and its NumPy code."""

    compute: Callable[..., Values]
    code: str
    least: int = 1
    most: int | None = 1


def _fold(pair: Callable[[Values, Values], Values]) -> Callable[..., Values]:
    def compute(first: Values, *others: Values) -> Values:
        for other in others:
            first = pair(first, other)
        return first

    return compute


FUNCTIONS = {
    "sin": Function(np.sin, "np.sin({0})"),
    "cos": Function(np.cos, "np.cos({0})"),
    "tan": Function(np.tan, "np.tan({0})"),
    "tanh": Function(np.tanh, "np.tanh({0})"),
    "exp": Function(np.exp, "np.exp({0})"),
    "log": Function(np.log, "np.log({0})"),
    "sqrt": Function(np.sqrt, "np.sqrt({0})"),
    "abs": Function(np.abs, "np.abs({0})"),
    "sign": Function(np.sign, "np.sign({0})"),
    "floor": Function(np.floor, "np.floor({0})"),
    "min": Function(_fold(np.minimum), "np.minimum.reduce(np.broadcast_arrays({all}))", 2, None),
    "max": Function(_fold(np.maximum), "np.maximum.reduce(np.broadcast_arrays({all}))", 2, None),
}

OPERATIONS: dict[str, tuple[Callable[..., Values], str]] = {
    "+": (np.add, "({0} + {1})"),
    "-": (np.subtract, "({0} - {1})"),
    "*": (np.multiply, "({0} * {1})"),
    "/": (np.divide, "({0} / {1})"),
    "^": (np.power, "({0} ** {1})"),
    "<": (np.less, "({0} < {1})"),
    "<=": (np.less_equal, "({0} <= {1})"),
    ">": (np.greater, "({0} > {1})"),
    ">=": (np.greater_equal, "({0} >= {1})"),
    "==": (np.equal, "({0} == {1})"),
    "!=": (np.not_equal, "({0} != {1})"),
    "and": (np.logical_and, "({0} & {1})"),
    "or": (np.logical_or, "({0} | {1})"),
}
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
_LOGIC = ("and", "or")


class Node(msgspec.Struct, frozen=True):
    """A part of a formula. place: where it begins in the text."""

    place: int

    @property
    def condition(self) -> bool:
        """Whether it is true or false at each place, not a number."""
        return False

    def values(self, at: Coordinates) -> Values:
        """Its values, computed in float64 (bool for a condition)."""
        raise NotImplementedError

    def code(self) -> str:
        """The same as NumPy code of x1 and x2."""
        raise NotImplementedError

    def numbers(self, at: Coordinates) -> Values:
        """Its values as numbers: what is true counts 1, what is false 0."""
        found = self.values(at)
        return found.astype(np.float64) if found.dtype == np.bool_ else found


class Number(Node, frozen=True):
    """A number that was written down, or a constant."""

    value: float

    def values(self, at: Coordinates) -> Values:
        return np.float64(self.value)  # type: ignore[return-value]  # a scalar acts like an array here

    def code(self) -> str:
        return repr(float(self.value))


class Variable(Node, frozen=True):
    """One of VARIABLES."""

    name: str

    def values(self, at: Coordinates) -> Values:
        return at[self.name]

    def code(self) -> str:
        return VARIABLES[self.name]


class Negative(Node, frozen=True):
    """The part with the other sign."""

    part: Node

    def values(self, at: Coordinates) -> Values:
        return np.negative(self.part.numbers(at))

    def code(self) -> str:
        return f"(-{_number_code(self.part)})"


class Not(Node, frozen=True):
    """True where the part is false."""

    part: Node

    @property
    def condition(self) -> bool:
        return True

    def values(self, at: Coordinates) -> Values:
        return np.logical_not(self.part.values(at))

    def code(self) -> str:
        return f"(~{self.part.code()})"


class Operation(Node, frozen=True):
    """Two parts and what stands between them: one of OPERATIONS."""

    sign: str
    left: Node
    right: Node

    @property
    def condition(self) -> bool:
        return self.sign in COMPARISONS or self.sign in _LOGIC

    def values(self, at: Coordinates) -> Values:
        compute, parts = OPERATIONS[self.sign][0], (self.left, self.right)
        found: Values = compute(*(part.values(at) if self.sign in _LOGIC else part.numbers(at) for part in parts))
        return found

    def code(self) -> str:
        parts = (part.code() if self.sign in _LOGIC else _number_code(part) for part in (self.left, self.right))
        return OPERATIONS[self.sign][1].format(*parts)


class Call(Node, frozen=True):
    """One of FUNCTIONS with its values."""

    name: str
    parts: tuple[Node, ...]

    def values(self, at: Coordinates) -> Values:
        return FUNCTIONS[self.name].compute(*(part.numbers(at) for part in self.parts))

    def code(self) -> str:
        codes = [_number_code(part) for part in self.parts]
        return FUNCTIONS[self.name].code.format(*codes, all=", ".join(codes))


def _number_code(part: Node) -> str:
    """A condition counts as 1 or 0."""
    return f"np.where({part.code()}, 1.0, 0.0)" if part.condition else part.code()
