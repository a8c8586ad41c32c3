"""Optimizers: how the gradient changes the weights a little. One file per family, simplest first.

Every optimizer sees two flat vectors, the parameters P and their gradient G, whatever the network looks like. Names,
defaults and definitions follow Keras 3; each docstring says where PyTorch differs.
"""

from typing import Any

# The order is that of the menus: simplest first.
# isort: off
from playground.engine.optimizers.base import OPTIMIZERS, Optimizer, OptimizerState
from playground.engine.optimizers.sgd import SGD
from playground.engine.optimizers.adagrad import Adadelta, Adagrad, RMSprop
from playground.engine.optimizers.adam import Adam, Adamax, AdamW, Nadam
from playground.engine.optimizers.lion import Lion

# isort: on

AnyOptimizer = OPTIMIZERS.union()

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "AnyOptimizer",
    "Lion",
    "Nadam",
    "Optimizer",
    "OptimizerState",
    "RMSprop",
    "get",
]


def get(name: str, **settings: Any) -> Any:
    """The optimizer called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return OPTIMIZERS[name](**settings)
