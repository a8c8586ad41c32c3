"""Conditions on the layers. Layers count from 1, as on screen."""

from playground.engine.layers import Layer
from playground.lessons.conditions.base import CONDITIONS, Condition
from playground.lessons.moment import Moment
from playground.project.declarations import tag


def layer_at(moment: Moment, layer: int) -> Layer | None:
    """The layer of that number; None when there is none."""
    layers = moment.project.network.layers
    return layers[layer - 1] if 1 <= layer <= len(layers) else None


@CONDITIONS.register("hidden_layers_at_least")
class HiddenLayersAtLeast(Condition, frozen=True, tag="hidden_layers_at_least"):
    """There are at least ``value`` layers before the output layer."""

    value: int

    def met(self, moment: Moment) -> bool:
        return len(moment.project.network.layers) > self.value


@CONDITIONS.register("layers_at_most")
class LayersAtMost(Condition, frozen=True, tag="layers_at_most"):
    """There are at most ``value`` layers, the output layer included."""

    value: int

    def met(self, moment: Moment) -> bool:
        return len(moment.project.network.layers) <= self.value


@CONDITIONS.register("has_layer")
class HasLayer(Condition, frozen=True, tag="has_layer"):
    """There is a layer of a kind: "conv2d" …"""

    kind: str

    def met(self, moment: Moment) -> bool:
        return any(tag(layer) == self.kind for layer in moment.project.network.layers)


@CONDITIONS.register("activation_is")
class ActivationIs(Condition, frozen=True, tag="activation_is"):
    """A layer has an activation."""

    layer: int
    activation: str

    def met(self, moment: Moment) -> bool:
        return getattr(layer_at(moment, self.layer), "activation", None) == self.activation


@CONDITIONS.register("hidden_activations_are")
class HiddenActivationsAre(Condition, frozen=True, tag="hidden_activations_are"):
    """There are hidden layers with activations, and all of them have this one."""

    activation: str

    def met(self, moment: Moment) -> bool:
        hidden = moment.project.network.layers[:-1]
        found = [layer.activation for layer in hidden if hasattr(layer, "activation")]
        return bool(found) and set(found) == {self.activation}


@CONDITIONS.register("initializer_is_not")
class InitializerIsNot(Condition, frozen=True, tag="initializer_is_not"):
    """A layer draws its kernel by another initializer than this one."""

    layer: int
    initializer: str

    def met(self, moment: Moment) -> bool:
        found = getattr(layer_at(moment, self.layer), "kernel_initializer", self.initializer)
        return bool(found != self.initializer)


@CONDITIONS.register("unit_muted")
class UnitMuted(Condition, frozen=True, tag="unit_muted"):
    """Some unit is muted."""

    def met(self, moment: Moment) -> bool:
        return any(layer.muted for layer in moment.project.network.layers)


@CONDITIONS.register("units_at_least")
class UnitsAtLeast(Condition, frozen=True, tag="units_at_least"):
    """A layer has at least ``value`` units."""

    layer: int
    value: int

    def met(self, moment: Moment) -> bool:
        return bool(getattr(layer_at(moment, self.layer), "units", 0) >= self.value)
