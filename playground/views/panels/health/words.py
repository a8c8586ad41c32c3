"""The words of the panel "Weights & gradients"."""

import math

from PySide6.QtCore import QCoreApplication

from playground.insight.health import Health, LayerHealth
from playground.insight.health.measure import HEALTHY
from playground.insight.health.tracks import Histogram
from playground.session.language import translated
from playground.views.forms import percent
from playground.views.messages import fill
from playground.views.panels.counter import count_text
from playground.views.scales import number

_DIGITS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_FAR = 1e3
"""A gradient so many times smaller than the largest one counts as vanishing, so many times larger as exploding."""


def tr(text: str) -> str:
    """A text in the user's language."""
    return QCoreApplication.translate("Health", text)


def power(exponent: float) -> str:
    """10 to a whole power, as in 10⁻³."""
    return "10" + str(round(exponent)).translate(_DIGITS)


def short(value: float) -> str:
    """A number in few letters, tiny and huge ones with a power of ten: 0.14, 7·10⁻⁴."""
    if value and math.isfinite(value) and not 1e-3 <= abs(value) < 1e5:
        digits, _, exponent = f"{value:.0e}".partition("e")
        return f"{digits}·{power(int(exponent))}"
    return number(value, 2)


def brief(value: float) -> str:
    """The same where there is hardly any room: small numbers to one digit."""
    return number(value, 1) if 1e-3 <= abs(value) < 1e-2 else short(value)


def title(layer: LayerHealth, last: bool) -> str:
    """The name of a layer: "Layer 1", or "Output"."""
    return tr("Output") if last else fill(tr("Layer %1"), str(layer.index + 1))


def kind(layer: LayerHealth) -> str:
    """What a layer is: "Dense 4 tanh"."""
    units = getattr(layer.layer, "units", getattr(layer.layer, "filters", None))
    parts = [
        translated(layer.layer.title),
        str(units) if units else "",
        layer.activation if layer.activation != "linear" else "",
    ]
    return " ".join(part for part in parts if part)


def unit_line(layer: LayerHealth) -> str:
    """How many units react no more, in few words."""
    units = layer.units
    found = [
        fill(text, percent(units.share(count)))
        for count, text in (
            (units.dead, tr("%1 dead")),
            (units.saturated, tr("%1 saturated")),
            (units.constant, tr("%1 constant")),
        )
        if count
    ]
    return " · ".join(found) if found else tr("all units react")


def unit_tip(layer: LayerHealth) -> str:
    """The same in numbers, and what the words mean."""
    units = layer.units
    return fill(
        tr(
            "%1 units: %2 dead (always cut to 0), %3 saturated (at the flat ends of the activation for nine in ten "
            "examples), %4 constant (the same for every example)."
        ),
        *(str(count) for count in (units.total, units.dead, units.saturated, units.constant)),
    )


def troubled(layer: LayerHealth, health: Health) -> str:
    """What is wrong with a layer's gradient: "vanishing", "exploding", "still" or ""."""
    norms = [other.gradient_norm for other in health.learning if math.isfinite(other.gradient_norm)]
    if not layer.learns or not norms or not math.isfinite(layer.gradient_norm):
        return "exploding" if layer.learns and math.isinf(layer.gradient_norm) else ""
    if layer.gradient_norm == 0.0:
        return "still"
    if layer.gradient_norm > _FAR:
        return "exploding"
    return "vanishing" if layer.gradient_norm * _FAR < max(norms) else ""


def healthy(layer: LayerHealth) -> bool:
    """Whether the update-to-weight ratio lies in the healthy band."""
    return HEALTHY[0] <= layer.ratio <= HEALTHY[1]


def ends(histogram: Histogram) -> tuple[str, str]:
    """The words at the lower and the upper end of an axis."""
    low, high = short(histogram.low), short(histogram.high)
    return low.replace("-", "−"), high


def reading(health: Health | None) -> str:
    """One sentence that reads the picture aloud, with its numbers."""
    learning = health.learning if health is not None else ()
    if not learning or health is None:
        return tr("No layer of this network learns.")
    norms = [layer.gradient_norm for layer in learning]
    if not all(math.isfinite(norm) for norm in norms):
        return tr("The weights are no longer numbers: training has diverged.")
    last = health.layers[-1].index
    strong, weak = max(learning, key=_norm), min(learning, key=_norm)
    text = tr("The gradient of %1 is %2.")
    values = [title(strong, strong.index == last), short(strong.gradient_norm)]
    if weak is not strong:
        text = tr("The gradient is strongest in %1 (%2) and weakest in %3 (%4).")
        values += [title(weak, weak.index == last), short(weak.gradient_norm)]
    first = learning[0]
    if math.isfinite(first.ratio):
        text += " " + tr("One update changes the weights of %5 by %6 of their size.")
        values = [*values, *[""] * (4 - len(values)), title(first, first.index == last), short(10**first.ratio)]
    silent = [(title(one, one.index == last), one) for one in health.layers if silenced(one)]
    text += " " + (fill(tr("%1: %2."), silent[0][0], unit_line(silent[0][1])) if silent else tr("All units react."))
    return fill(text, *values)


def span(health: Health) -> str:
    """From which update to which the history goes."""
    return fill(tr("updates %1 – %2"), count_text(int(health.steps[0])), count_text(int(health.steps[-1])))


def silenced(layer: LayerHealth) -> bool:
    """Whether some of its units react no more."""
    return bool(layer.units.dead or layer.units.saturated or layer.units.constant)


def _norm(layer: LayerHealth) -> float:
    return layer.gradient_norm
