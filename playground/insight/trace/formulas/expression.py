"""A formula: an expression such as "w1 * x1 + b", rendered once with symbols and once with the numbers."""

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

TOLERANCE = 2e-5
"""How far (as a share of its largest term) a formula may be from what the engine found, in single precision."""

LAST_DIGITS = 2.5e-7
"""A number in single precision may be off by about this share."""


@dataclass(frozen=True)
class Symbol:
    """A letter with an index below (units) and above (the layer, in parentheses)."""

    base: str
    sub: str = ""
    sup: str = ""


@dataclass(frozen=True)
class Value:
    """A number. ``guarded``: it stands within an expression, so that a minus sign needs parentheses.

    name, of: of which of the formula's numbers, and its letter.
    """

    value: float
    guarded: bool = False
    name: str = ""
    of: Symbol | None = None


@dataclass(frozen=True)
class Raised:
    """What stands in an exponent."""

    parts: tuple["Part", ...]


Part = Symbol | Value | Raised | str


@dataclass(frozen=True)
class Formula:
    """``left`` = expression = result.

    expression: Python's notation, over the names in ``symbols`` and ``values``; "" where there is only the result.
    result: the engine's number. arrow: something gets a new value ("←"). doubt: how far off some of the numbers may be
    because the engine came to its result in another way.
    """

    left: Symbol
    expression: str
    result: float
    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    arrow: bool = False
    doubt: Mapping[str, float] = field(default_factory=dict)

    @property
    def in_symbols(self) -> tuple[Part, ...]:
        """The expression with letters."""
        return _rendered(self.expression, dict(self.symbols))

    @property
    def in_numbers(self) -> tuple[Part, ...]:
        """The expression with numbers."""
        numbers = {name: Value(value, name=name, of=self.symbols.get(name)) for name, value in self.values.items()}
        return _rendered(self.expression, numbers)

    def evaluate(self, values: Mapping[str, float] | None = None) -> float:
        """What the expression gives for these or its own values, in double precision; nan where it gives nothing."""
        return _evaluated(_compiled(self.expression), self.values if values is None else values)

    @property
    def agrees(self) -> bool:
        """Whether the expression gives the engine's number, as far as single precision goes."""
        if not self.expression:
            return True
        found = self.evaluate()
        if not (math.isfinite(found) and math.isfinite(self.result)):
            return math.isfinite(found) is math.isfinite(self.result)
        loose = sum(self._moved(name, found) for name in self.values)
        return abs(found - self.result) <= TOLERANCE * max(abs(self.result), self.size) + loose + 1e-37

    def _moved(self, name: str, found: float) -> float:
        """How much the result changes where one number is another one in its last digits of single precision."""
        step = max(LAST_DIGITS * abs(self.values[name]), self.doubt.get(name, 0.0))
        other = self.evaluate({**self.values, name: self.values[name] + (step if self.values[name] < 0.5 else -step)})
        return abs(other - found) if math.isfinite(other) else 0.0

    @property
    def size(self) -> float:
        """How large the terms are that the expression adds up."""
        if not self.expression:
            return abs(self.result)
        found = _evaluated(_adding(self.expression), {name: abs(value) for name, value in self.values.items()})
        return abs(found) if math.isfinite(found) else 0.0


def _evaluated(code: CodeType, values: Mapping[str, float]) -> float:
    numbers = {name: np.float64(value) for name, value in values.items()}
    with np.errstate(all="ignore"):
        try:
            return float(eval(code, {"__builtins__": {}}, {**_FUNCTIONS, **numbers}))
        except ArithmeticError:
            return math.nan


class _Positive(ast.NodeTransformer):
    """Lets terms add up instead of cancelling each other."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Add where the formula takes away."""
        self.generic_visit(node)
        return ast.BinOp(node.left, ast.Add(), node.right) if isinstance(node.op, ast.Sub) else node


def _largest(*numbers: Any) -> Any:
    return np.max(numbers)


def _sign(x: Any) -> Any:
    return np.sign(x)


def _clip(x: Any, low: Any, high: Any) -> Any:
    return np.clip(x, low, high)


_FUNCTIONS: dict[str, Any] = {
    "sqrt": np.sqrt,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "sin": np.sin,
    "cos": np.cos,
    "cosh": np.cosh,
    "abs": np.abs,
    "sign": _sign,
    "clip": _clip,
    "max": _largest,
    "min": np.minimum,
}


@lru_cache(maxsize=256)
def _compiled(expression: str) -> CodeType:
    return compile(expression, "<formula>", "eval")


@lru_cache(maxsize=256)
def _adding(expression: str) -> CodeType:
    """The expression with all its terms added up."""
    tree = _Positive().visit(ast.parse(expression, mode="eval"))
    return compile(ast.fix_missing_locations(tree), "<size>", "eval")


# -- rendering ---------------------------------------------------------------------------------------------------------

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_OPERATORS: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: (" + ", _SUM),
    ast.Sub: (" − ", _SUM),
    ast.Mult: (" · ", _PRODUCT),
    ast.Div: (" / ", _PRODUCT),
}


def _rendered(expression: str, names: Mapping[str, Part]) -> tuple[Part, ...]:
    if not expression:
        return ()
    return tuple(_guarded(_parts(ast.parse(expression, mode="eval").body, names)))


def _guarded(parts: list[Part]) -> list[Part]:
    """Numbers that follow something need parentheses for a minus sign; right behind an opening one they do not."""
    done = list[Part]()
    for part in parts:
        opened = not done or (isinstance(done[-1], str) and done[-1].endswith(("(", "|", ", ")))
        if isinstance(part, Value) and not opened:
            part = replace(part, guarded=True)
        elif isinstance(part, Raised):
            part = Raised(tuple(_guarded(list(part.parts))))
        done.append(part)
    return done


def _rank(node: ast.expr) -> int:
    if isinstance(node, ast.BinOp):
        return _POWER if isinstance(node.op, ast.Pow) else _OPERATORS[type(node.op)][1]
    return _SUM if isinstance(node, ast.UnaryOp) else _ATOM


def _parts(node: ast.expr, names: Mapping[str, Part]) -> list[Part]:
    if isinstance(node, ast.Name):
        return [names[node.id]]
    if isinstance(node, ast.Constant):
        return [_constant(node.value)]
    if isinstance(node, ast.UnaryOp):
        return ["−", *_wrapped(node.operand, names, _PRODUCT)]
    if isinstance(node, ast.Call):
        return _call(node, names)
    assert isinstance(node, ast.BinOp)
    if isinstance(node.op, ast.Pow):
        base = _wrapped(node.left, names, _ATOM)
        if len(base) == 1 and isinstance(base[0], Value):
            base = [replace(base[0], guarded=True)]
        elif len(base) == 1 and isinstance(base[0], Symbol) and base[0].sup:
            base = ["(", *base, ")"]
        return [*base, Raised(tuple(_parts(node.right, names)))]
    sign, rank = _OPERATORS[type(node.op)]
    tighter = rank + 1 if isinstance(node.op, ast.Sub | ast.Div) else rank
    return [*_wrapped(node.left, names, rank), sign, *_wrapped(node.right, names, tighter)]


def _call(node: ast.Call, names: Mapping[str, Part]) -> list[Part]:
    assert isinstance(node.func, ast.Name)
    name, first = node.func.id, node.args[0]
    if name == "exp":
        return ["e", Raised(tuple(_parts(first, names)))]
    if name == "abs":
        return ["|", *_parts(first, names), "|"]
    if name == "sqrt":
        return ["√", *_wrapped(first, names, _ATOM)]
    inside = _parts(first, names)
    for other in node.args[1:]:
        inside += [", ", *_parts(other, names)]
    return [f"{name}(", *inside, ")"]


def _wrapped(node: ast.expr, names: Mapping[str, Part], rank: int) -> list[Part]:
    """The parts of ``node``, in parentheses where it binds more loosely than ``rank``."""
    parts = _parts(node, names)
    return parts if _rank(node) >= rank else ["(", *parts, ")"]


_SHORT = {0.5: "½"}


def _constant(value: Any) -> str:
    return _SHORT.get(value, f"{value:g}")
