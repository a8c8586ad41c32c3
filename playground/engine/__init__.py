"""The maths: layers, losses, optimizers and the recorded programs that run them; NumPy only.

Owns everything that computes. Imports nothing of the app.
"""

from playground.engine import (
    activations,
    constraints,
    initializers,
    layers,
    losses,
    metrics,
    optimizers,
    regularizers,
    schedules,
)
from playground.engine.errors import BuildError
from playground.engine.network import Network

__all__ = [
    "BuildError",
    "Network",
    "activations",
    "constraints",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "optimizers",
    "regularizers",
    "schedules",
]
