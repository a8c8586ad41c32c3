"""Settings that all layers with a kernel share: how weights start, what they cost and what they may be."""

from typing import Annotated

from playground.engine.constraints import AnyConstraint
from playground.engine.initializers import INITIALIZERS, names_for_bias
from playground.engine.regularizers import AnyRegularizer
from playground.engine.settings import choice, flag

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
