"""Conditions on layers and weights, from what was changed in a step."""

from collections.abc import Iterator

from playground.engine.layers import Layer
from playground.lessons.conditions import AnyCondition, layers, weights
from playground.lessons.moment import Moment
from playground.project.declarations import tag


def _hidden(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    count = len(_layers(after))
    if count > len(_layers(before)):
        yield layers.HiddenLayersAtLeast(count - 1)


def _at_most(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    count = len(_layers(after))
    if count < len(_layers(before)):
        yield layers.LayersAtMost(count)


def _kinds(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for kind in dict.fromkeys(tag(layer) for layer in _layers(after)):
        if kind not in {tag(layer) for layer in _layers(before)}:
            yield layers.HasLayer(kind)


def _activation(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    """Only where the layers are the same: in another network, what stands at a place is another layer."""
    for number, old, new in _pairs(before, after):
        activation = getattr(new, "activation", None)
        if activation is not None and activation != getattr(old, "activation", None):
            yield layers.ActivationIs(number, activation)


def _activations(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for activation in {str(layer.activation) for layer in _layers(after)[:-1] if hasattr(layer, "activation")}:
        yield layers.HiddenActivationsAre(activation)


def _initializer(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for number, old, new in _pairs(before, after):
        name = getattr(old, "kernel_initializer", None)
        if name is not None and name != getattr(new, "kernel_initializer", None):
            yield layers.InitializerIsNot(number, name)


def _muted(_before: Moment, _after: Moment) -> Iterator[AnyCondition]:
    yield layers.UnitMuted()


def _units(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    for number, old, new in _pairs(before, after):
        units = getattr(new, "units", 0)
        if units > getattr(old, "units", 0):
            yield layers.UnitsAtLeast(number, units)


def _parameters(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    if before.parameters is not None and after.parameters is not None:
        yield weights.ParametersAtMost(int(after.parameters.size))


def _unit_kinds(_before: Moment, after: Moment) -> Iterator[AnyCondition]:
    """As many kinds as there are: the highest number that holds."""
    for place, layer in enumerate(_layers(after), 1):
        units = min(int(getattr(layer, "units", 0)), MOST_UNITS)
        kinds = (weights.UnitKindsAtLeast(place, value) for value in range(units, 1, -1))
        yield from [next((one for one in kinds if one.met(after)), weights.UnitKindsAtLeast(place, 1))]


def _new_weights(before: Moment, after: Moment) -> Iterator[AnyCondition]:
    drawn = after.project.network.seed - before.project.network.seed
    if drawn > 0:
        yield weights.NewWeightsAtLeast(drawn)


MOST_UNITS = 16
"""Units that are compared with each other."""


def _layers(moment: Moment) -> tuple[Layer, ...]:
    return moment.project.network.layers


def _pairs(before: Moment, after: Moment) -> list[tuple[int, Layer, Layer]]:
    """The number of each layer, with what it was and what it is; none when layers came or went."""
    old, new = _layers(before), _layers(after)
    if [tag(layer) for layer in old] != [tag(layer) for layer in new]:
        return []
    return [(number, *pair) for number, pair in enumerate(zip(old, new, strict=True), 1)]


BUILDERS = {
    "hidden_layers_at_least": _hidden,
    "layers_at_most": _at_most,
    "units_at_least": _units,
    "activation_is": _activation,
    "initializer_is_not": _initializer,
    "unit_muted": _muted,
    "new_weights_at_least": _new_weights,
    "hidden_activations_are": _activations,
    "has_layer": _kinds,
    "parameters_at_most": _parameters,
    "unit_kinds_at_least": _unit_kinds,
}
