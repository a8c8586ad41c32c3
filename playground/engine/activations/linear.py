"""No bend at all."""

from playground.engine.activations.base import Activation, register
from playground.engine.recorder import Array, Recorder


@register
class Linear(Activation):
    """f(z) = z"""

    name, title, help, linear = "linear", "linear", "Passes the weighted sum on unchanged.", True

    def forward(self, ops: Recorder, y: Array) -> None: ...

    def slope(self, ops: Recorder, y: Array, s: Array) -> None:
        ops.call(s.fill, 1.0)

    def backward(self, ops: Recorder, y: Array, g: Array, s: Array) -> None: ...
