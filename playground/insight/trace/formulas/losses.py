"""Losses as formulas: of one output p and its target t, and the gradient with which the way back begins."""

from typing import NamedTuple

from playground.engine.losses import Huber, Loss


class Mistake(NamedTuple):
    """``value``: the loss of one output over p, t (s for ±1 targets). ``gradient``: ∂L/∂p over p, t, n.

    "" where a formula would say less than the number. ``over_outputs``: "mean" or "sum" over the outputs of an example.
    doubt: how much is left out, as a change of t.
    """

    value: str
    gradient: str = ""
    over_outputs: str = "mean"
    doubt: float = 0.0

    def sure(self, t: float) -> str:
        """The formula for a prediction of exactly 0 or 1 that is right; "" where there is none."""
        parts = {0.0: "-log(1 - p)", 1.0: "-log(p)"}
        return parts.get(t, "") if self is _BY_TAG["binary_crossentropy"] else ""


_BY_TAG: dict[str, Mistake] = {
    "mean_squared_error": Mistake("(p - t)**2", "2 * (p - t) / n"),
    "mean_absolute_error": Mistake("abs(p - t)", "sign(p - t) / n"),
    "log_cosh": Mistake("log(cosh(p - t))", "tanh(p - t) / n"),
    "binary_crossentropy": Mistake("-(t * log(p) + (1 - t) * log(1 - p))"),
    "categorical_crossentropy": Mistake("-(t * log(p))", over_outputs="sum"),
    "hinge": Mistake("max(1 - s * p, 0)"),
    "squared_hinge": Mistake("max(1 - s * p, 0)**2", "-2 * s * max(1 - s * p, 0) / n"),
    "kl_divergence": Mistake("t * log(t / p)", "-t / p / n", over_outputs="sum", doubt=1e-5),
    "poisson": Mistake("p - t * log(p)", "(1 - t / p) / n"),
}

FUSED_GRADIENT = "(p - t) / n"
"""∂L/∂z where loss and activation of the output are one (sigmoid and softmax with their cross-entropies)."""

UNKNOWN = Mistake("")


def mistake(loss: Loss) -> Mistake:
    """The formulas of a loss function."""
    if isinstance(loss, Huber):
        near = f"min(abs(p - t), {loss.delta:g})"
        return Mistake(f"{near} * (abs(p - t) - 0.5 * {near})", f"clip(p - t, -{loss.delta:g}, {loss.delta:g}) / n")
    return _BY_TAG.get(str(type(loss).__struct_config__.tag), UNKNOWN)
