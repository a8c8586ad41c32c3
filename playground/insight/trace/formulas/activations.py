"""Activations as formulas: a = f(z), and f′ as the engine computes it (mostly from the output a)."""

from typing import NamedTuple

from playground.engine.activations import Selu


class Bend(NamedTuple):
    """f over ``z``, and its slope over ``z`` and ``a``; "" where a formula would say less than the number."""

    output: str
    slope: str


_GATE = "1 / (1 + exp(-z))"
_SCALE, _ALPHA = round(Selu.scale, 6), round(Selu.alpha, 6)

BENDS: dict[str, Bend] = {
    "linear": Bend("z", ""),
    "relu": Bend("max(z, 0)", ""),
    "leaky_relu": Bend("max(z, 0.2 * z)", ""),
    "elu": Bend("max(z, exp(min(z, 0)) - 1)", "min(a, 0) + 1"),
    "selu": Bend(f"{_SCALE} * (max(z, 0) + {_ALPHA} * (exp(min(z, 0)) - 1))", ""),
    "tanh": Bend("tanh(z)", "1 - a**2"),
    "sigmoid": Bend(_GATE, "a * (1 - a)"),
    "hard_sigmoid": Bend("clip(z / 6 + 0.5, 0, 1)", ""),
    "softsign": Bend("z / (1 + abs(z))", "(1 - abs(a))**2"),
    "softplus": Bend("log(1 + exp(z))", "1 - exp(-a)"),
    "sine": Bend("sin(z)", "cos(z)"),
    "silu": Bend("z / (1 + exp(-z))", ""),
    "gelu": Bend("", ""),
    "step": Bend("", ""),
    "softmax": Bend("", ""),
}
"""By the activation's name; one that is missing is shown by its numbers."""

UNKNOWN = Bend("", "")


def bend(name: str) -> Bend:
    """The formulas of an activation."""
    return BENDS.get(name, UNKNOWN)
