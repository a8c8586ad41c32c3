"""Adam and its relatives: a moving mean m of the gradient, divided by a moving measure v of its size.

Both means start at 0 and are too small at first; t counts the steps that correct for it.
"""

from typing import Annotated

import numpy as np

from playground.engine.optimizers.base import EPSILON, OPTIMIZERS, RATE, Optimizer, OptimizerState, moving_mean
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import flag, number

BETA_1 = number("Beta 1", "How long the mean gradient remembers.", ge=0, lt=1, step=0.05)
BETA_2 = number("Beta 2", "How long the mean square remembers.", ge=0, lt=1, step=0.001)


@OPTIMIZERS.register("adam")
class Adam(Optimizer, frozen=True, tag="adam"):
    """m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − α m / (√v + ε), α = η √(1 − β₂ᵗ) / (1 − β₁ᵗ).

    With AMSGrad the largest v so far takes the place of v (Reddi et al., 2018). PyTorch adds its ε = 1e-8 to the
    corrected root instead. Source: Kingma & Ba, 2014, in the order of the remark in section 2; ε is Keras' epsilon hat.
    """

    title = "Adam"
    help = "Keeps a moving mean of the gradient and of its square, and steps evenly in all weights."
    counts_steps = True

    learning_rate: Annotated[float, RATE] = 0.001
    beta_1: Annotated[float, BETA_1] = 0.9
    beta_2: Annotated[float, BETA_2] = 0.999
    epsilon: Annotated[float, EPSILON] = 1e-7
    amsgrad: Annotated[bool, flag("AMSGrad", "Never forgets the largest mean square, so steps only shrink.")] = False

    @property
    def slots(self) -> tuple[str, ...]:
        """The means m and v and, with AMSGrad, the largest v so far."""
        return ("m", "v", "v_max") if self.amsgrad else ("m", "v")

    def joining(self, slot: str, kept: Array) -> float:
        """A late weight begins with the others' mean square: counted steps no longer correct for a v of 0."""
        return float(kept.mean()) if slot != "m" and kept.size else self.initial(slot)

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        m, v, t, alpha = state.slots["m"], state.slots["v"], ops.empty(p.size), ops.constant(0)
        beta_1, beta_2 = self.beta_1, self.beta_2

        def correct_bias() -> None:
            """α for this step, in double precision."""
            alpha[()] = float(state.rate) * (1 - beta_2**state.steps) ** 0.5 / (1 - beta_1**state.steps)

        ops.call(correct_bias)
        moving_mean(ops, m, g, self.beta_1, t)
        ops.call(np.multiply, g, g, t)
        moving_mean(ops, v, t, self.beta_2, t)
        if self.amsgrad:
            ops.call(np.maximum, state.slots["v_max"], v, out=state.slots["v_max"])
            v = state.slots["v_max"]
        ops.call(np.sqrt, v, t)
        ops.call(np.add, t, ops.constant(self.epsilon), t)
        ops.call(np.divide, m, t, t)
        ops.call(np.multiply, t, alpha, t)
        ops.call(np.subtract, p, t, p)


@OPTIMIZERS.register("adamw")
class AdamW(Adam, frozen=True, tag="adamw"):
    """As Adam, after w ← w − η λ w with the weight decay λ.

    λ = 0.004 by default, 0.01 in PyTorch. Source: Loshchilov & Hutter, 2017.
    """

    title = "AdamW"
    help = "Adam that also shrinks every weight a little at each step, against overfitting."

    weight_decay: (
        Annotated[
            float,
            number("Weight decay", "Shrinks every weight a little at each step, beside the gradient.", gt=0, le=100),
        ]
        | None
    ) = 0.004


@OPTIMIZERS.register("adamax")
class Adamax(Optimizer, frozen=True, tag="adamax"):
    """m ← β₁ m + (1 − β₁) g, u ← max(β₂ u, |g|), w ← w − η / (1 − β₁ᵗ) · m / (u + ε).

    PyTorch adds ε = 1e-8 to |g| instead and has η = 0.002. Source: Kingma & Ba, 2014, section 7.1.
    """

    title = "Adamax"
    help = "Adam that divides by the largest recent gradient in place of the mean square."
    counts_steps = True

    learning_rate: Annotated[float, RATE] = 0.001
    beta_1: Annotated[float, BETA_1] = 0.9
    beta_2: Annotated[float, BETA_2] = 0.999
    epsilon: Annotated[float, EPSILON] = 1e-7

    @property
    def slots(self) -> tuple[str, ...]:
        """The mean m and the largest recent size u."""
        return ("m", "u")

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        m, u, t, alpha = state.slots["m"], state.slots["u"], ops.empty(p.size), ops.constant(0)

        def correct_bias() -> None:
            """The rate of this step, corrected, in double precision."""
            alpha[()] = state.rate / (1 - self.beta_1**state.steps)

        ops.call(correct_bias)
        moving_mean(ops, m, g, self.beta_1, t)
        ops.call(np.multiply, u, ops.constant(self.beta_2), u)
        ops.call(np.abs, g, t)
        ops.call(np.maximum, u, t, out=u)
        ops.call(np.add, u, ops.constant(self.epsilon), t)
        ops.call(np.divide, m, t, t)
        ops.call(np.multiply, t, alpha, t)
        ops.call(np.subtract, p, t, p)


@OPTIMIZERS.register("nadam")
class Nadam(Optimizer, frozen=True, tag="nadam"):
    """Adam with Nesterov's look ahead: the next step's share of m, and this step's share of g.

    μₜ = β₁ (1 − ½ · 0.96ᵗ), Mₜ = μ₁ μ₂ … μₜ; m and v as in Adam, v̂ = v / (1 − β₂ᵗ),
    w ← w − η (μₜ₊₁ m / (1 − Mₜ₊₁) + (1 − μₜ) g / (1 − Mₜ)) / (√v̂ + ε).

    PyTorch has 0.96 to the power 0.004 t and η = 0.002. Source: Dozat, 2016.
    """

    title = "Nadam"
    help = "Adam that looks ahead along its momentum before it steps."
    counts_steps = True

    learning_rate: Annotated[float, RATE] = 0.001
    beta_1: Annotated[float, BETA_1] = 0.9
    beta_2: Annotated[float, BETA_2] = 0.999
    epsilon: Annotated[float, EPSILON] = 1e-7

    @property
    def slots(self) -> tuple[str, ...]:
        """The means m and v."""
        return ("m", "v")

    def joining(self, slot: str, kept: Array) -> float:
        """A late weight begins with the others' mean square: counted steps no longer correct for a v of 0."""
        return float(kept.mean()) if slot != "m" and kept.size else self.initial(slot)

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        m, v, t, step = state.slots["m"], state.slots["v"], ops.empty(p.size), ops.empty(p.size)
        of_mean, of_gradient, of_root = ops.constant(0), ops.constant(0), ops.constant(0)
        product, known = 1.0, 0  # M after that many steps

        def look_ahead() -> None:
            """The three factors of this step, in double precision."""
            nonlocal product, known
            if known != state.steps - 1:  # the state was imported: start M over
                product, known = 1.0, 0
            while known < state.steps:
                known += 1
                product *= self._momentum(known)
            ahead = self._momentum(known + 1)
            of_mean[()] = state.rate * ahead / (1 - product * ahead)
            of_gradient[()] = state.rate * (1 - self._momentum(known)) / (1 - product)
            of_root[()] = (1 - self.beta_2**known) ** -0.5

        ops.call(look_ahead)
        moving_mean(ops, m, g, self.beta_1, t)
        ops.call(np.multiply, g, g, t)
        moving_mean(ops, v, t, self.beta_2, t)
        ops.call(np.sqrt, v, t)
        ops.call(np.multiply, t, of_root, t)
        ops.call(np.add, t, ops.constant(self.epsilon), t)
        ops.call(np.divide, m, t, step)
        ops.call(np.multiply, step, of_mean, step)
        ops.call(np.subtract, p, step, p)
        ops.call(np.divide, g, t, step)
        ops.call(np.multiply, step, of_gradient, step)
        ops.call(np.subtract, p, step, p)

    def _momentum(self, step: int) -> float:
        """μ of a step, counted from 1."""
        return float(self.beta_1 * (1 - 0.5 * 0.96**step))
