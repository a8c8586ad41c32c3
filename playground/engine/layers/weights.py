"""What all layers with a kernel share: how their sums are bent, how weights start, what they cost and may be."""

from collections.abc import Mapping
from typing import Annotated

import numpy as np

from playground.engine.activations import ACTIVATIONS
from playground.engine.constraints import AnyConstraint
from playground.engine.initializers import INITIALIZERS, names_for_bias
from playground.engine.recorder import Array
from playground.engine.regularizers import AnyRegularizer
from playground.engine.settings import choice, flag

ActivationName = Annotated[str, choice("Activation", "How each unit bends its weighted sum.", ACTIVATIONS.names)]
KernelInitializer = Annotated[
    str, choice("Kernel initializer", "The rule by which the first weights are drawn.", INITIALIZERS.names)
]
BiasInitializer = Annotated[
    str, choice("Bias initializer", "The rule by which the first biases are drawn.", names_for_bias)
]
KernelRegularizer = (
    Annotated[AnyRegularizer, flag("Kernel regularizer", "A penalty that keeps this layer's weights small.")] | None
)
ActivityRegularizer = (
    Annotated[AnyRegularizer, flag("Activity regularizer", "A penalty that keeps this layer's outputs small.")] | None
)
KernelConstraint = (
    Annotated[AnyConstraint, flag("Kernel constraint", "What this layer's weights may be after every update.")] | None
)


def draw(named: Mapping[str, Array], kernel_rule: str, bias_rule: str, rng: np.random.Generator) -> None:
    """Draw the initial "kernel" and "bias" by the initializers of these names."""
    for name, rule in (("kernel", kernel_rule), ("bias", bias_rule)):
        named[name][...] = INITIALIZERS[rule]().draw(named[name].shape, rng)
