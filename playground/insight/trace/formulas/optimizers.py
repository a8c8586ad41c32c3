"""Optimizers as formulas: how one weight moves, with what the optimizer remembers before and after.

One function per family, in a registry by class; an optimizer without one is told by "w ← w + Δw" and its memory.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from playground.engine.optimizers import SGD, Adadelta, Adagrad, Adam, Adamax, Lion, Nadam, Optimizer, RMSprop
from playground.insight.trace.formulas.expression import Formula, Symbol


@dataclass(frozen=True)
class Weight:
    """One weight in one update: before → after, its gradient g, and the optimizer's memory for it by name.

    start: what the optimizer's own formula begins with; another number than ``before`` with weight decay.
    """

    symbol: Symbol
    before: float
    after: float
    gradient: float
    rate: float
    steps: int
    old: Mapping[str, float]
    new: Mapping[str, float]
    start: float


Teller = Callable[[Any, Weight], list[Formula]]
_TELLERS: dict[type[Optimizer], Teller] = {}
_Told = TypeVar("_Told", bound=Teller)


def tells(*kinds: type[Optimizer]) -> Callable[[_Told], _Told]:
    """Register the function that tells the updates of these optimizers (and of those made from them)."""

    def register(teller: _Told) -> _Told:
        _TELLERS.update(dict.fromkeys(kinds, teller))
        return teller

    return register


def formulas(optimizer: Optimizer, weight: Weight) -> list[Formula]:
    """The update of one weight; the last formula gives the new weight."""
    teller = next((_TELLERS[kind] for kind in type(optimizer).__mro__ if kind in _TELLERS), _anything)
    decayed = [] if optimizer.weight_decay is None else [_decay(optimizer.weight_decay, weight)]
    return decayed + teller(optimizer, weight)


# -- families ----------------------------------------------------------------------------------------------------------


def _anything(optimizer: Optimizer, weight: Weight) -> list[Formula]:
    """Any optimizer: what it remembers, and how far the weight moves."""
    memory = [_set(Symbol(name), "", weight.new[name], {}, weight) for name in weight.new]
    moved = {"w": weight.start, "change": weight.after - weight.start}
    return [*memory, _set(weight.symbol, "w + change", weight.after, moved, weight)]


@tells(SGD)
def _sgd(optimizer: SGD, weight: Weight) -> list[Formula]:
    """Straight downhill, or rolling with a velocity."""
    if not optimizer.momentum:
        return [_set(weight.symbol, "w - rate * g", weight.after, _given(weight), weight)]
    v, given = weight.new["velocity"], _given(weight, mu=optimizer.momentum)
    rolled = _set(Symbol("v"), "mu * v - rate * g", v, {**given, "v": weight.old["velocity"]}, weight)
    step = "w + mu * v - rate * g" if optimizer.nesterov else "w + v"
    return [rolled, _set(weight.symbol, step, weight.after, {**given, "v": v}, weight)]


@tells(Adagrad)
def _adagrad(optimizer: Adagrad, weight: Weight) -> list[Formula]:
    """All squares so far."""
    total, given = weight.new["accumulator"], _given(weight, epsilon=optimizer.epsilon)
    return [
        _set(Symbol("s"), "s + g**2", total, {**given, "s": weight.old["accumulator"]}, weight),
        _set(weight.symbol, "w - rate * g / sqrt(s + epsilon)", weight.after, {**given, "s": total}, weight),
    ]


@tells(Adadelta)
def _adadelta(optimizer: Adadelta, weight: Weight) -> list[Formula]:
    """The step is measured by past steps."""
    given = _given(weight, rho=optimizer.rho, epsilon=optimizer.epsilon)
    v, u = weight.new["squares"], weight.old["steps"]
    d = weight.gradient * math.sqrt(u + optimizer.epsilon) / math.sqrt(v + optimizer.epsilon)
    return [
        _set(Symbol("v"), "rho * v + (1 - rho) * g**2", v, {**given, "v": weight.old["squares"]}, weight),
        _is(Symbol("d"), "g * sqrt(u + epsilon) / sqrt(v + epsilon)", d, {**given, "u": u, "v": v}, weight),
        _set(Symbol("u"), "rho * u + (1 - rho) * d**2", weight.new["steps"], {**given, "u": u, "d": d}, weight),
        _set(weight.symbol, "w - rate * d", weight.after, {**given, "d": d}, weight),
    ]


@tells(RMSprop)
def _rmsprop(optimizer: RMSprop, weight: Weight) -> list[Formula]:
    """Divided by the recent size."""
    given = _given(weight, rho=optimizer.rho, mu=optimizer.momentum, epsilon=optimizer.epsilon)
    v = weight.new["velocity"]
    told = [_set(Symbol("v"), "rho * v + (1 - rho) * g**2", v, {**given, "v": weight.old["velocity"]}, weight)]
    given, step = {**given, "v": v}, "rate * g / sqrt(v + epsilon)"
    if not optimizer.momentum:
        return [*told, _set(weight.symbol, f"w - {step}", weight.after, given, weight)]
    m = weight.new["momentum"]
    told.append(_set(Symbol("m"), f"mu * m + {step}", m, {**given, "m": weight.old["momentum"]}, weight))
    return [*told, _set(weight.symbol, "w - m", weight.after, {**given, "m": m}, weight)]


@tells(Adam)
def _adam(optimizer: Adam, weight: Weight) -> list[Formula]:
    """Two moving means and what corrects them for having begun at 0."""
    given, t = _moments(optimizer, weight), weight.steps
    m, v = weight.new["m"], weight.new["v"]
    told = _means(weight, given, m, v)
    if optimizer.amsgrad:
        largest = weight.new["v_max"]
        found = {**given, "old": weight.old["v_max"], "v": v}
        told.append(_set(Symbol("v", sub="max"), "max(old, v)", largest, found, weight))
        v = largest
    mean, square = m / (1 - optimizer.beta_1**t), v / (1 - optimizer.beta_2**t)
    small = optimizer.epsilon / math.sqrt(1 - optimizer.beta_2**t)
    moved = {**given, "mean": mean, "square": square, "small": small}
    return [
        *told,
        _is(Symbol("m̂"), "m / (1 - beta_1**t)", mean, {**given, "m": m}, weight),
        _is(Symbol("v̂"), "v / (1 - beta_2**t)", square, {**given, "v": v}, weight),
        _set(weight.symbol, "w - rate * mean / (sqrt(square) + small)", weight.after, moved, weight),
    ]


@tells(Adamax)
def _adamax(optimizer: Adamax, weight: Weight) -> list[Formula]:
    """The largest recent gradient in place of the mean square."""
    given, t = _moments(optimizer, weight), weight.steps
    m, u = weight.new["m"], weight.new["u"]
    mean = m / (1 - optimizer.beta_1**t)
    moved = {**given, "mean": mean, "u": u}
    return [
        _set(Symbol("m"), "beta_1 * m + (1 - beta_1) * g", m, {**given, "m": weight.old["m"]}, weight),
        _set(Symbol("u"), "max(beta_2 * u, abs(g))", u, {**given, "u": weight.old["u"]}, weight),
        _is(Symbol("m̂"), "m / (1 - beta_1**t)", mean, {**given, "m": m}, weight),
        _set(weight.symbol, "w - rate * mean / (u + epsilon)", weight.after, moved, weight),
    ]


@tells(Nadam)
def _nadam(optimizer: Nadam, weight: Weight) -> list[Formula]:
    """Looks ahead along the mean."""
    given, t = _moments(optimizer, weight), weight.steps
    m, v = weight.new["m"], weight.new["v"]
    now, ahead = (optimizer.beta_1 * (1 - 0.5 * 0.96**at) for at in (t, t + 1))
    product = math.prod(optimizer.beta_1 * (1 - 0.5 * 0.96**at) for at in range(1, t + 1))
    mean = ahead * m / (1 - product * ahead) + (1 - now) * weight.gradient / (1 - product)
    square = v / (1 - optimizer.beta_2**t)
    look = {**given, "m": m, "now": now, "ahead": ahead, "all": product, "further": product * ahead}
    moved = {**given, "mean": mean, "square": square}
    return [
        *_means(weight, given, m, v),
        _is(Symbol("m̂"), "ahead * m / (1 - further) + (1 - now) * g / (1 - all)", mean, look, weight),
        _is(Symbol("v̂"), "v / (1 - beta_2**t)", square, {**given, "v": v}, weight),
        _set(weight.symbol, "w - rate * mean / (sqrt(square) + epsilon)", weight.after, moved, weight),
    ]


@tells(Lion)
def _lion(optimizer: Lion, weight: Weight) -> list[Formula]:
    """Only the sign counts."""
    given = _given(weight, beta_1=optimizer.beta_1, beta_2=optimizer.beta_2)
    old = weight.old["m"]
    c = optimizer.beta_1 * old + (1 - optimizer.beta_1) * weight.gradient
    return [
        _is(Symbol("c"), "beta_1 * m + (1 - beta_1) * g", c, {**given, "m": old}, weight),
        _set(Symbol("m"), "beta_2 * m + (1 - beta_2) * g", weight.new["m"], {**given, "m": old}, weight),
        _set(weight.symbol, "w - rate * sign(c)", weight.after, {**given, "c": c}, weight),
    ]


# -- parts -------------------------------------------------------------------------------------------------------------

_SYMBOLS = {
    "rate": Symbol("η"),
    "mu": Symbol("μ"),
    "rho": Symbol("ρ"),
    "epsilon": Symbol("ε"),
    "small": Symbol("ε̂"),
    "beta_1": Symbol("β", sub="1"),
    "beta_2": Symbol("β", sub="2"),
    "mean": Symbol("m̂"),
    "square": Symbol("v̂"),
    "change": Symbol("Δw"),
    "decay": Symbol("λ"),
    "now": Symbol("μ", sub="t"),
    "ahead": Symbol("μ", sub="t+1"),
    "all": Symbol("M", sub="t"),
    "further": Symbol("M", sub="t+1"),
    "old": Symbol("v", sub="max"),
}


def _given(weight: Weight, **more: float) -> dict[str, float]:
    return {"w": weight.start, "g": weight.gradient, "rate": weight.rate, **more}


def _moments(optimizer: Adam | Adamax | Nadam, weight: Weight) -> dict[str, float]:
    betas = {"beta_1": optimizer.beta_1, "beta_2": optimizer.beta_2, "t": float(weight.steps)}
    return _given(weight, epsilon=optimizer.epsilon, **betas)


def _means(weight: Weight, given: Mapping[str, float], m: float, v: float) -> list[Formula]:
    """The moving means of the gradient and of its square."""
    return [
        _set(Symbol("m"), "beta_1 * m + (1 - beta_1) * g", m, {**given, "m": weight.old["m"]}, weight),
        _set(Symbol("v"), "beta_2 * v + (1 - beta_2) * g**2", v, {**given, "v": weight.old["v"]}, weight),
    ]


def _decay(decay: float, weight: Weight) -> Formula:
    values = {"w": weight.before, "rate": weight.rate, "decay": decay}
    return _set(weight.symbol, "w - rate * decay * w", weight.start, values, weight)


def _is(left: Symbol, expression: str, result: float, values: Mapping[str, float], weight: Weight) -> Formula:
    symbols = {name: weight.symbol if name == "w" else _SYMBOLS.get(name, Symbol(name)) for name in values}
    return Formula(left, expression, result, symbols, values)


def _set(left: Symbol, expression: str, result: float, values: Mapping[str, float], weight: Weight) -> Formula:
    return replace(_is(left, expression, result, values, weight), arrow=True)
