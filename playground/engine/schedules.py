"""Schedules: how the learning rate changes while training goes on; simplest first.

Each is a pure function of the step (the number of mini-batches done) and of the learning rate η that the optimizer was
given, which stands for Keras' initial_learning_rate. Names and formulas follow Keras 3 where it has them. Any of them
can begin after a warm-up, in which the rate rises evenly from 0 to η; the schedule's own steps count from its end.
"""

import math
from typing import Annotated, Any, ClassVar

import msgspec

from playground.engine.registry import Registry
from playground.engine.settings import flag, number

_STEPS = {"ge": 1, "le": 10_000_000, "unit": "steps"}


class Schedule(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all schedules."""

    title: ClassVar[str]
    help: ClassVar[str]

    warmup_steps: Annotated[
        int, number("Warm-up", "The rate rises evenly from 0 over so many steps first.", ge=0, le=10_000_000)
    ] = 0

    def rate(self, step: int, learning_rate: float) -> float:
        """The learning rate of the step that comes after ``step`` others."""
        if step < self.warmup_steps:
            return learning_rate * step / self.warmup_steps
        return self.after_warmup(step - self.warmup_steps, learning_rate)

    def after_warmup(self, step: int, learning_rate: float) -> float:
        """The schedule's own formula; ``step`` counts from the end of the warm-up."""
        raise NotImplementedError


SCHEDULES: Registry[type[Schedule]] = Registry("schedule")


@SCHEDULES.register("constant")
class Constant(Schedule, frozen=True, tag="constant"):
    """η"""

    title = "constant"
    help = "The learning rate stays as it is."

    def after_warmup(self, step: int, learning_rate: float) -> float:
        return learning_rate


@SCHEDULES.register("step")
class Step(Schedule, frozen=True, tag="step"):
    """η · factor to the power ⌊step / every⌋

    Keras' ExponentialDecay with staircase=True, PyTorch's StepLR.
    """

    title = "step"
    help = "Falls by a fixed factor every so many steps, like a staircase."

    every: Annotated[int, number("Every", "How many steps a stair is long.", **_STEPS)] = 1000
    factor: Annotated[float, number("Factor", "What the rate is multiplied by at each stair.", gt=0, le=1)] = 0.5

    def after_warmup(self, step: int, learning_rate: float) -> float:
        return float(learning_rate * self.factor ** (step // self.every))


@SCHEDULES.register("piecewise")
class Piecewise(Schedule, frozen=True, tag="piecewise"):
    """η · factorsᵢ for the steps up to boundariesᵢ; the last factor, one more than boundaries, for all that follow.

    Keras' PiecewiseConstantDecay, which lists the rates themselves.
    """

    title = "piecewise"
    help = "One share of the learning rate up to each boundary, another one after it."

    boundaries: Annotated[tuple[int, ...], flag("Boundaries", "The last step of each piece.")] = (1000, 2000)
    factors: Annotated[tuple[float, ...], flag("Factors", "The share of the learning rate in each piece.")] = (
        1.0,
        0.1,
        0.01,
    )

    def __post_init__(self) -> None:
        if len(self.factors) != len(self.boundaries) + 1 or list(self.boundaries) != sorted(set(self.boundaries)):
            raise ValueError(
                f"There are {len(self.factors)} factors for the boundaries {self.boundaries}; "
                "the boundaries must rise, and there must be one factor more."
            )

    def after_warmup(self, step: int, learning_rate: float) -> float:
        return learning_rate * self.factors[sum(step > boundary for boundary in self.boundaries)]


@SCHEDULES.register("exponential")
class Exponential(Schedule, frozen=True, tag="exponential"):
    """η · decay_rate to the power (step / decay_steps)"""

    title = "exponential"
    help = "Falls evenly by a factor over and over again."

    decay_steps: Annotated[int, number("Decay steps", "After so many steps the factor has been reached.", **_STEPS)] = (
        1000
    )
    decay_rate: Annotated[float, number("Decay rate", "The factor that the rate falls by.", gt=0, le=1)] = 0.96

    def after_warmup(self, step: int, learning_rate: float) -> float:
        return float(learning_rate * self.decay_rate ** (step / self.decay_steps))


@SCHEDULES.register("polynomial")
class Polynomial(Schedule, frozen=True, tag="polynomial"):
    """(η − end) · (1 − s)^power + end with s = step / decay_steps, at most 1; power 1 is a straight line."""

    title = "polynomial"
    help = "Falls to an end value along a straight line (power 1) or a curve, and stays there."

    decay_steps: Annotated[int, number("Decay steps", "The end value is reached after so many steps.", **_STEPS)] = 1000
    end_learning_rate: Annotated[
        float, number("End learning rate", "The rate at the end.", ge=0, le=1e6, scale="log")
    ] = 0.0001
    power: Annotated[float, number("Power", "How the line is bent; 1 is straight.", gt=0, le=100)] = 1.0

    def after_warmup(self, step: int, learning_rate: float) -> float:
        left = 1 - min(step / self.decay_steps, 1.0)
        return float((learning_rate - self.end_learning_rate) * left**self.power + self.end_learning_rate)


@SCHEDULES.register("cosine")
class Cosine(Schedule, frozen=True, tag="cosine"):
    """η · ((1 − α) · ½ (1 + cos π s) + α) with s = step / decay_steps, at most 1.

    Source: Loshchilov & Hutter, SGDR, 2016.
    """

    title = "cosine"
    help = "Falls slowly, then faster, then slowly again, along half a wave."

    decay_steps: Annotated[int, number("Decay steps", "The lowest rate is reached after so many steps.", **_STEPS)] = (
        1000
    )
    alpha: Annotated[float, number("Alpha", "The lowest rate, as a share of the learning rate.", ge=0, le=1)] = 0.0

    def after_warmup(self, step: int, learning_rate: float) -> float:
        return learning_rate * ((1 - self.alpha) * half_wave(step / self.decay_steps) + self.alpha)


@SCHEDULES.register("cosine_restarts")
class CosineRestarts(Schedule, frozen=True, tag="cosine_restarts"):
    """The cosine again and again: each time t_mul times as long and m_mul times as high.

    Keras' CosineDecayRestarts. Source: Loshchilov & Hutter, SGDR, 2016.
    """

    title = "cosine with restarts"
    help = "Falls along half a wave, jumps up again, and falls more slowly each time."

    first_decay_steps: Annotated[int, number("First decay steps", "How long the first wave is.", **_STEPS)] = 1000
    t_mul: Annotated[float, number("Longer", "How much longer each wave is than the one before.", ge=1, le=100)] = 2.0
    m_mul: Annotated[float, number("Lower", "How high each wave is, compared with the one before.", gt=0, le=1)] = 1.0
    alpha: Annotated[float, number("Alpha", "The lowest rate, as a share of the learning rate.", ge=0, le=1)] = 0.0

    def after_warmup(self, step: int, learning_rate: float) -> float:
        length, height, left = float(self.first_decay_steps), 1.0, float(step)
        while left >= length:
            left, length, height = left - length, length * self.t_mul, height * self.m_mul
        return learning_rate * ((1 - self.alpha) * height * half_wave(left / length) + self.alpha)


@SCHEDULES.register("one_cycle")
class OneCycle(Schedule, frozen=True, tag="one_cycle"):
    """From η / div_factor up to η along half a wave, then down to η / div_factor / final_div_factor along another.

    Not in Keras; as PyTorch's OneCycleLR, without its momentum. Source: Smith & Topin, 2017.
    """

    title = "one cycle"
    help = "Rises to the learning rate, then falls far below where it began."

    total_steps: Annotated[int, number("Total steps", "How long the whole cycle is.", ge=4, le=10_000_000)] = 1000
    pct_start: Annotated[
        float, number("Rising part", "The share of the steps in which the rate rises.", gt=0, lt=1)
    ] = 0.3
    div_factor: Annotated[float, number("Division at first", "The rate starts so many times lower.", ge=1, le=1e9)] = 25
    final_div_factor: Annotated[
        float, number("Division at the end", "The rate ends so many times lower than it began.", ge=1, le=1e12)
    ] = 1e4

    def after_warmup(self, step: int, learning_rate: float) -> float:
        first = learning_rate / self.div_factor
        top, end = self.pct_start * self.total_steps - 1, self.total_steps - 1
        if step <= top:
            return learning_rate + (first - learning_rate) * half_wave(step / top)
        last = first / self.final_div_factor
        return last + (learning_rate - last) * half_wave((step - top) / (end - top))


AnySchedule = SCHEDULES.union()


def half_wave(share: float) -> float:
    """½ (1 + cos π share): from 1 down to 0 while ``share`` goes from 0 to 1, then 0."""
    return 0.5 * (1 + math.cos(math.pi * min(share, 1.0)))


def get(name: str, **settings: Any) -> Any:
    """The schedule called ``name`` (exact name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return SCHEDULES[name](**settings)
