"""Rules about layers and their units: equal weights, dead and saturated units, vanishing gradients."""

import math

from playground.insight.coach import remedies
from playground.insight.coach.evidence import Evidence
from playground.insight.coach.hint import Hint, rule
from playground.texts import Text

DEAD, SATURATED = 0.4, 0.6
"""Share of a layer's units from which it matters."""

VANISHED = 1e-3
"""A gradient below this share of the largest one hardly arrives."""

SQUEEZING = ("sigmoid", "tanh", "hard_sigmoid", "softsign")


@rule("symmetric", Text("Equal weights"), rank=20)
def symmetric(evidence: Evidence) -> Hint | None:
    """A layer whose units all do the same."""
    for layer in evidence.hidden:
        if layer.learns and layer.units.alike and layer.units.dead < layer.units.total:
            return Hint(
                "symmetric",
                Text(
                    "All %1 units of layer %2 do exactly the same: their weights are equal.",
                    layer.units.total,
                    layer.index + 1,
                ),
                Text(
                    "Units with equal weights get equal gradients, so that they stay equal for ever: the layer is "
                    "worth one unit, and with weights of 0 nothing flows through it at all. Random initial weights "
                    "break the tie."
                ),
                "health",
                remedies.fresh_weights(evidence.project, Text("Draw random weights")),
            )
    return None


@rule("dead", Text("Dead units"), rank=30)
def dead(evidence: Evidence) -> Hint | None:
    """Many ReLU units that answer 0 to everything."""
    shares = [(layer.units.share(layer.units.dead), layer) for layer in evidence.hidden]
    share, layer = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    if layer is None or share < DEAD or (evidence.good and share < 1.0):
        return None
    units = layer.units
    return Hint(
        "dead",
        Text(
            "%1 of the %2 units of layer %3 are dead: they answer 0 to every example.",
            units.dead,
            units.total,
            layer.index + 1,
        ),
        Text(
            "A ReLU cuts off what is negative, and its slope there is 0. A unit that is negative for every example "
            "gets no gradient and never comes back. A leaky ReLU keeps a small slope, so that such units recover."
        ),
        "health",
        remedies.activation(evidence.project, (layer.index,), "leaky_relu"),
        severity=share,
    )


@rule("saturated", Text("Saturated units"), rank=35)
def saturated(evidence: Evidence) -> Hint | None:
    """Many hidden units at the flat ends of their activation, in a network that does not learn well."""
    if evidence.good or not evidence.epochs:
        return None
    shares = [(layer.units.share(layer.units.saturated), layer) for layer in evidence.hidden]
    share, layer = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    if layer is None or share < SATURATED:
        return None
    units = layer.units
    return Hint(
        "saturated",
        Text(
            "%1 of the %2 units of layer %3 are saturated: they stand at the ends of %4, where it is flat.",
            units.saturated,
            units.total,
            layer.index + 1,
            layer.activation,
        ),
        Text(
            "Where the activation is flat its slope is close to 0, and the gradient is multiplied by it: the weights "
            "before hardly learn any more. Smaller weights bring the units back to the steep part."
        ),
        "health",
        remedies.fresh_weights(evidence.project, Text("Draw new, small weights")),
        severity=share,
    )


@rule("vanishing", Text("Vanishing gradients"), rank=32)
def vanishing(evidence: Evidence) -> Hint | None:
    """The gradient of an early layer is a thousand times smaller than that of a late one, and nothing is learned."""
    if evidence.health is None or evidence.good or not evidence.epochs:
        return None
    learning = [layer for layer in evidence.health.learning if math.isfinite(layer.gradient_norm)]
    if len(learning) < 3:
        return None
    first, strongest = learning[0], max(learning[1:], key=lambda layer: layer.gradient_norm)
    if strongest.gradient_norm == 0.0 or first.gradient_norm >= VANISHED * strongest.gradient_norm:
        return None
    squeezing = tuple(layer.index for layer in evidence.hidden if layer.activation in SQUEEZING)
    if not squeezing:
        return None
    times = strongest.gradient_norm / max(first.gradient_norm, 1e-30)
    return Hint(
        "vanishing",
        Text(
            "The gradient vanishes on its way back: %1 in layer %2, %3 in layer %4.",
            float(f"{strongest.gradient_norm:.1e}"),
            strongest.index + 1,
            float(f"{first.gradient_norm:.1e}"),
            first.index + 1,
        ),
        Text(
            "Going back, the gradient is multiplied by weights and slopes at every layer; the slope of a sigmoid is "
            "at most ¼. After many such layers hardly anything is left for the first ones. ReLU has slope 1 where it "
            "is active."
        ),
        "health",
        remedies.activation(evidence.project, squeezing, "relu"),
        severity=math.log10(times),
    )
