"""What an optimizer is, and what all of them share: clipping the gradient, weight decay, a schedule of the rate."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

import msgspec
import numpy as np
from numpy.typing import DTypeLike

from playground.engine.recorder import Array, Recorder
from playground.engine.registry import Registry
from playground.engine.schedules import Schedule
from playground.engine.settings import number

RATE = number("Learning rate", "How far each update goes along the gradient.", gt=0, le=1e9, scale="log")
MOMENTUM = number("Momentum", "How much of the last step's speed is kept.", ge=0, lt=1, step=0.1)
EPSILON = number("Epsilon", "A small number that keeps the division finite.", gt=0, le=1, scale="log")
_DECAY = number("Weight decay", "Shrinks every weight a little at each step, beside the gradient.", gt=0, le=100)
_CLIP_VALUE = number("Clip value", "No single number of the gradient may be larger than this.", gt=0, le=1e6)
_CLIP_NORM = number("Clip norm", "The gradient of one kernel or bias may not be longer than this.", gt=0, le=1e6)
_CLIP_GLOBAL = number("Global clip norm", "The gradient of all weights together may not be longer.", gt=0, le=1e6)


@dataclass
class OptimizerState:
    """What an optimizer keeps between steps.

    rate: 0-d, writing into it changes the learning rate at once. slots: arrays as long as the parameters, by name.
    steps: updates done, as far as somebody counts them. parts: views of the gradient, one per kernel or bias.
    schedule: sets the rate before each step, from ``base_rate``.
    """

    rate: Array
    slots: dict[str, Array] = field(default_factory=dict)
    steps: int = 0
    parts: tuple[Array, ...] = ()
    schedule: Schedule | None = None
    base_rate: float = 0.0

    def advance(self) -> None:
        """Count a step and set its learning rate."""
        if self.schedule is not None:
            self.rate[()] = self.schedule.rate(self.steps, self.base_rate)
        self.steps += 1


class Optimizer(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base of all optimizers. What is None is off and costs nothing.

    weight_decay λ: w ← w − η λ w before each update, for all parameters (decoupled: Loshchilov & Hutter, 2017).
    The gradient is clipped before anything else: by value, then by norm, then by global norm, whichever are set (Keras
    allows one of the three). A norm that is too long is scaled to the limit; PyTorch adds 1e-6 to it first.
    """

    title: ClassVar[str]
    help: ClassVar[str]
    counts_steps: ClassVar[bool] = False

    learning_rate: Annotated[float, RATE] = 0.01
    weight_decay: Annotated[float, _DECAY] | None = None
    clipvalue: Annotated[float, _CLIP_VALUE] | None = None
    clipnorm: Annotated[float, _CLIP_NORM] | None = None
    global_clipnorm: Annotated[float, _CLIP_GLOBAL] | None = None

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the arrays that it remembers."""
        return ()

    def initial(self, slot: str) -> float:
        """The number that fills a slot before the first step."""
        return 0.0

    def joining(self, slot: str, kept: Array) -> float:
        """The number that fills a slot for a weight that joins later; ``kept``: what is remembered of the others."""
        return self.initial(slot)

    def start(self, size: int, dtype: DTypeLike, parts: tuple[Array, ...] = ()) -> OptimizerState:
        """The state before the first step, for ``size`` parameters."""
        slots = {name: np.full(size, self.initial(name), dtype) for name in self.slots}
        return OptimizerState(np.array(self.learning_rate, dtype), slots, parts=parts, base_rate=self.learning_rate)

    def record(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        """Record one step on the parameters ``p`` with their gradient ``g``; both flat."""
        if self.counts_steps or state.schedule is not None:
            ops.call(state.advance)
        self._clip(ops, g, state.parts or (g,))
        ops.mark("clipped")
        if self.weight_decay is not None:
            decay = ops.empty(p.size)
            ops.call(np.multiply, p, state.rate, decay)
            ops.call(np.multiply, decay, ops.constant(self.weight_decay), decay)
            ops.call(np.subtract, p, decay, p)
        self.update(ops, p, g, state)

    def update(self, ops: Recorder, p: Array, g: Array, state: OptimizerState) -> None:
        """Record how ``p`` follows from ``g``: the optimizer's own formula."""
        raise NotImplementedError

    def same_kind(self, other: "Optimizer") -> bool:
        """Whether ``other``'s memory can be used on: all settings but the learning rate are equal."""
        return type(self) is type(other) and msgspec.structs.replace(other, learning_rate=self.learning_rate) == self

    def _clip(self, ops: Recorder, g: Array, parts: tuple[Array, ...]) -> None:
        if self.clipvalue is not None:
            ops.call(np.clip, g, ops.constant(-self.clipvalue), ops.constant(self.clipvalue), out=g)
        if self.clipnorm is not None:
            for part in parts:
                ops.call(shorten, part, self.clipnorm)
        if self.global_clipnorm is not None:
            ops.call(shorten, g, self.global_clipnorm)


def shorten(g: Array, longest: float) -> None:
    """Shorten g ← g · longest / |g| where |g| = √Σ g² is longer than that."""
    norm = float(np.vdot(g, g)) ** 0.5
    if norm > longest:
        np.multiply(g, longest / norm, g)


def moving_mean(ops: Recorder, mean: Array, value: Array, beta: float, scratch: Array) -> None:
    """Record mean ← β mean + (1 − β) value."""
    ops.call(np.multiply, mean, ops.constant(beta), mean)
    ops.call(np.multiply, value, ops.constant(1 - beta), scratch)
    ops.call(np.add, mean, scratch, mean)


OPTIMIZERS: Registry[type[Optimizer]] = Registry("optimizer")
