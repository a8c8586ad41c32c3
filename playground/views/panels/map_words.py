"""The line below the map: what the markers mean, or what the network says at the place under the pointer."""

from PySide6.QtCore import QCoreApplication, QLocale

from playground.data.dataset import DOMAIN, Dataset, Task
from playground.project.slices import Slice
from playground.views.forms import percent
from playground.views.panels.decision_map import Floats, Place, end_text
from playground.views.panels.output_scale import OutputScale
from playground.views.panels.point_layer import MOST_DRAWN
from playground.views.scales import number


def standing_note(dataset: Dataset, *, confusion: bool) -> str:
    """What the markers mean, or what the pictures are. confusion: the matrix is shown."""
    if dataset.input_kind == "image":
        if confusion:
            return _tr("Counts of test examples; the diagonal is right.")
        return _tr("Test examples, mistakes first and framed.")
    if dataset.task is Task.REGRESSION:
        return _tr("Circles: training, diamonds: test. Colour: the target.")
    if len(dataset.train) > MOST_DRAWN:
        return _tr("Filled: training, hollow: test; %s drawn of each.") % QLocale().toString(MOST_DRAWN)
    return _tr("Filled: training, hollow: test.")


def place_text(place: Place, cut: Slice, dataset: Dataset) -> str:
    """A place of the map in the units of its axes."""
    if dataset.input_kind == "plane":
        return f"x₁ {_fixed(place[0])}  x₂ {_fixed(place[1])}"
    shares = [(one + DOMAIN) / (2 * DOMAIN) for one in place]
    values = [low + share * (high - low) for share, (low, high) in zip(shares, cut.ends, strict=True)]
    return "  ".join(f"{name} {end_text(value)}" for name, value in zip(cut.names, values, strict=True) if name)


def read_out(where: str, outputs: Floats | None, scale: OutputScale, *, unit: bool) -> str:
    """A place in words, and what the network answers there. unit: the map is that of one unit."""
    if outputs is None:
        return where
    if scale.task is Task.REGRESSION or unit:
        return f"{where}  →  {number(float(outputs[0]))}"
    name = scale.class_names[scale.decide(outputs)]
    value = percent(float(outputs.max())) if scale.task is Task.MULTICLASS else _fixed(float(outputs[0]))
    return f"{where}  →  {value}, {name}"


def _fixed(value: float) -> str:
    return QLocale().toString(value, "f", 2).replace("-", "−")


def _tr(text: str) -> str:
    return QCoreApplication.translate("OutputPanel", text)
