"""Activations: the bend after the weighted sum. One file per family, simplest first.

Slopes are computed from the *output* y, so that nothing of the weighted sum z need be kept: tanh' = 1 − y². Where the
output does not tell the slope (silu, gelu and sine come back to the same y), it is written beforehand, from z.
Names and definitions follow Keras 3.
"""

# The order is that of the menus: simplest first.
# isort: off
from playground.engine.activations.base import ACTIVATIONS, Activation
from playground.engine.activations.linear import Linear
from playground.engine.activations.relu import LeakyRelu, Relu
from playground.engine.activations.elu import Elu, Selu
from playground.engine.activations.tanh import Tanh
from playground.engine.activations.sigmoid import HardSigmoid, Sigmoid
from playground.engine.activations.softsign import Softsign
from playground.engine.activations.softplus import Softplus
from playground.engine.activations.sine import Sine
from playground.engine.activations.silu import Silu
from playground.engine.activations.gelu import Gelu
from playground.engine.activations.step import Step
from playground.engine.activations.softmax import Softmax

# isort: on

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "Elu",
    "Gelu",
    "HardSigmoid",
    "LeakyRelu",
    "Linear",
    "Relu",
    "Selu",
    "Sigmoid",
    "Silu",
    "Sine",
    "Softmax",
    "Softplus",
    "Softsign",
    "Step",
    "Tanh",
    "get",
]


def get(name: str) -> Activation:
    """The activation called ``name``.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return ACTIVATIONS[name]
