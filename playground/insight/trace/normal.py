"""Layers that normalise, number by number: mean and variance as the layer takes them, and what comes of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.layers import BatchNormalization, LayerNormalization
from playground.insight.trace import naming, pixels
from playground.insight.trace.card import Focus
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.insight.trace.record import Trace
from playground.texts import Text

MEAN, VARIANCE, NORMAL = Symbol("μ"), Symbol("σ²"), Symbol("x̂")
GAMMA, BETA, EPSILON = Symbol("γ"), Symbol("β"), Symbol("ε")
ALL, ALONG = Symbol(Text("mean(%1)", "∂L/∂z")), Symbol(Text("mean(%1)", "∂L/∂z · x̂"))
SCALED = Symbol("γ · ∂L/∂z")
ALL_SCALED, ALONG_SCALED = Symbol(Text("mean(%1)", "γ · ∂L/∂z")), Symbol(Text("mean(%1)", "γ · ∂L/∂z · x̂"))


@dataclass(frozen=True)
class Normal:
    """What a layer made of its input x: x̂ = (x − mean) / √(variance + ε); all shaped so that they go with x.

    axes: over which mean and variance were taken; none for those that were gathered before.
    """

    x: NDArray[np.float64]
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    normal: NDArray[np.float64]
    axes: tuple[int, ...]


def seen(trace: Trace, index: int) -> Normal:
    """The numbers of a normalising layer: over the mini-batch, as gathered (frozen), or over an example's units."""
    traced = trace.layers[index]
    layer, x = traced.layer, traced.input.astype(np.float64)
    assert isinstance(layer, BatchNormalization | LayerNormalization)
    axes = tuple(range(1, x.ndim)) if isinstance(layer, BatchNormalization) else (0,)
    if isinstance(layer, BatchNormalization) and not layer.trainable:
        gathered = (traced.moving[name].astype(np.float64) for name in ("moving_mean", "moving_variance"))
        mean, variance = (one.reshape(-1, *(1,) * (x.ndim - 1)) for one in gathered)
        axes = ()
    else:
        mean, variance = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    return Normal(x, mean, variance, (x - mean) / np.sqrt(variance + layer.epsilon), axes)


def forward(trace: Trace, focus: Focus) -> list[Formula]:
    """Mean 0 and spread 1, then scale and offset."""
    index, unit, at = focus.layer, focus.unit, pixels.place(trace, focus)
    gamma, beta = (trace.parameter(index, name, trace.update.before) for name in ("gamma", "beta"))
    assert gamma is not None
    assert beta is not None
    numbers = seen(trace, index)
    epsilon, normal = trace.layers[index].layer.epsilon, float(numbers.normal[at])  # type: ignore[attr-defined]
    symbols = {
        "x": naming.input_symbol(trace, index, unit),
        "mean": MEAN,
        "variance": VARIANCE,
        "epsilon": EPSILON,
        "normal": NORMAL,
        "gamma": GAMMA,
        "beta": BETA,
    }
    first = {
        "x": float(numbers.x[at]),
        "mean": _at(numbers.mean, at),
        "variance": _at(numbers.variance, at),
        "epsilon": epsilon,
    }
    second = {"gamma": float(gamma[unit]), "normal": normal, "beta": float(beta[unit])}
    left = naming.of_unit("a", index, unit)
    return [
        Formula(NORMAL, "(x - mean) / sqrt(variance + epsilon)", normal, symbols, first),
        Formula(left, "gamma * normal + beta", pixels.output(trace, focus), symbols, second),
    ]


def backward(trace: Trace, index: int, at: tuple[int, ...], left: Symbol, result: float) -> Formula:
    """∂L/∂x at a place of a layer's input: what would only shift or stretch all numbers alike is taken off."""
    traced = trace.layers[index]
    layer, gamma = traced.layer, trace.parameter(index, "gamma", trace.update.before)
    batch = isinstance(layer, BatchNormalization)
    if traced.sum_gradients is None or gamma is None:
        return Formula(left, "", result)
    if batch and not layer.trainable:
        return _past_constants(trace, index, at, Formula(left, "", result))
    numbers, dz = seen(trace, index), traced.sum_gradients.astype(np.float64)
    scales = gamma.astype(np.float64).reshape(-1, *(1,) * (dz.ndim - 1))
    flowing = dz if batch else dz * scales
    values = {
        "dz": float(flowing[at]),
        "all": _at(flowing.mean(numbers.axes, keepdims=True), at),
        "normal": float(numbers.normal[at]),
        "along": _at((flowing * numbers.normal).mean(numbers.axes, keepdims=True), at),
        "variance": _at(numbers.variance, at),
        "epsilon": float(layer.epsilon),  # type: ignore[attr-defined]
    }
    gradient = naming.of_unit("∂L/∂z", index, at[0])
    symbols = {"normal": NORMAL, "variance": VARIANCE, "epsilon": EPSILON}
    inner = "(dz - all - normal * along) / sqrt(variance + epsilon)"
    if batch:
        symbols |= {"dz": gradient, "all": ALL, "along": ALONG, "gamma": GAMMA}
        return Formula(left, f"gamma * {inner}", result, symbols, {**values, "gamma": float(gamma[at[0]])})
    symbols |= {"dz": SCALED, "all": ALL_SCALED, "along": ALONG_SCALED}
    return Formula(left, inner, result, symbols, values)


def _past_constants(trace: Trace, index: int, at: tuple[int, ...], told: Formula) -> Formula:
    """∂L/∂x of a frozen layer, whose mean and variance do not depend on x."""
    traced, gamma = trace.layers[index], trace.parameter(index, "gamma", trace.update.before)
    assert traced.sum_gradients is not None
    assert gamma is not None
    symbols = {
        "gamma": GAMMA,
        "dz": naming.of_unit("∂L/∂z", index, at[0]),
        "variance": VARIANCE,
        "epsilon": EPSILON,
    }
    values = {
        "gamma": float(gamma[at[0]]),
        "dz": float(traced.sum_gradients[at]),
        "variance": _at(seen(trace, index).variance, at),
        "epsilon": float(traced.layer.epsilon),  # type: ignore[attr-defined]
    }
    return Formula(told.left, "gamma * dz / sqrt(variance + epsilon)", told.result, symbols, values)


def of_weight(trace: Trace, focus: Focus, left: Symbol, total: float) -> list[Formula]:
    """∂L/∂γ or ∂L/∂β (no source): for the example, then for the whole mini-batch."""
    dz = trace.layers[focus.layer].sum_gradients
    assert dz is not None
    scale = focus.source is not None
    parts = dz[focus.unit].astype(np.float64)
    normal = seen(trace, focus.layer).normal[focus.unit]
    parts = (parts * normal if scale else parts).reshape(-1, trace.batch).sum(0)
    mine, expression, symbols, values = float(parts[focus.example]), "", dict[str, Symbol](), dict[str, float]()
    if dz.ndim == 2:
        symbols = {"dz": naming.of_unit("∂L/∂z", focus.layer, focus.unit), "normal": NORMAL}
        values = {"dz": float(dz[focus.unit, focus.example]), "normal": float(normal[focus.example])}
        expression = "dz * normal" if scale else "dz"
    added = {"this": mine, "others": float(parts.sum() - mine)}
    words = {"this": Symbol(Text("this example")), "others": Symbol(Text("the others"))}
    one = Formula(left, expression, mine, symbols, values)
    return [one] if trace.batch == 1 else [one, Formula(Symbol("g"), "this + others", total, words, added)]


def _at(array: NDArray[np.float64], at: tuple[int, ...]) -> float:
    """The number that goes with a place, where some axes have length 1."""
    return float(np.broadcast_to(array, np.maximum(array.shape, np.add(at, 1)))[at])
