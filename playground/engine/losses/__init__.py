"""Loss functions: one number that says how far the predictions are from the true targets. One file each.

All are means over the batch and over the outputs, as in Keras 3. Predictions p and targets t are (outputs, batch).
Sigmoid + binary cross-entropy and softmax + categorical cross-entropy are computed from the logits z, where the
gradient is simply p − t and nothing overflows.

With weights w of the examples a loss is Σ wᵢ lossᵢ / batch, Keras' "sum_over_batch_size"; with class weights PyTorch
divides by Σ wᵢ instead.
"""

from typing import Any

# The order is that of the menus: simplest first.
# isort: off
from playground.engine.losses.base import LOSSES, Loss
from playground.engine.losses.mean_squared_error import MeanSquaredError
from playground.engine.losses.mean_absolute_error import MeanAbsoluteError
from playground.engine.losses.huber import Huber
from playground.engine.losses.log_cosh import LogCosh
from playground.engine.losses.binary_crossentropy import BinaryCrossentropy
from playground.engine.losses.categorical_crossentropy import CategoricalCrossentropy
from playground.engine.losses.hinge import Hinge, SquaredHinge
from playground.engine.losses.kl_divergence import KLDivergence
from playground.engine.losses.poisson import Poisson

# isort: on

AnyLoss = LOSSES.union()

__all__ = [
    "LOSSES",
    "AnyLoss",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "Hinge",
    "Huber",
    "KLDivergence",
    "LogCosh",
    "Loss",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "Poisson",
    "SquaredHinge",
    "get",
]


def get(name: str, **settings: Any) -> Any:
    """The loss called ``name`` (exact Keras name) with these settings.

    Raises:
        UnknownNameError: with the list of known names.
    """
    return LOSSES[name](**settings)
