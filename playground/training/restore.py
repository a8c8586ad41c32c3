"""A training state from the entries of a project file, believed only as far as it fits the project.

What does not fit is left out with a sentence, so that whatever stands in a file can be trained on.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.project import build
from playground.project.model import Project
from playground.texts import Text
from playground.training.curves import Curves
from playground.training.records import Mark, State, frozen

Entries = Mapping[str, Mapping[str, NDArray[Any]]]
Restored = tuple[State | None, tuple[str, ...]]

MOST = 2**53
"""Epochs and updates beyond this are nobody's."""

LONGEST_LABEL = 200
MOST_MARKS = 500


def state(project: Project, arrays: Entries, extra: Mapping[str, Any]) -> Restored:
    """The state in a file's entries, None where none is or its weights do not fit; and sentences on what was lost.

    arrays: entry ("weights", "state", "curves") → name → array; extra: entry ("random", "counters", "marks") → value.
    """
    if "weights" not in arrays:
        return None, ()
    found = _weights(arrays, extra)
    if found is None or not _fits(project, found):
        return None, (Text("The saved weights do not fit the network; it starts from its initial weights."),)
    lost: list[str] = []
    program, rng = arrays.get("state", {}), extra.get("random")
    if program and not _sound(program, project):
        lost.append(Text("The saved state of the optimizer is damaged; it starts afresh from the saved weights."))
        program = {}
    if not _drawable(rng):
        lost.append(Text("The saved random state is damaged; the order of the examples will be another one."))
        rng = {}
    curves, marks = _curves(arrays.get("curves", {})), _marks(extra.get("marks", []))
    if curves is None or marks is None:
        lost.append(Text("The saved curves are damaged; they begin anew."))
        curves, marks = {}, ()
    assert isinstance(rng, dict)
    kept = {name: frozen(array) for name, array in program.items()}
    return replace(found, program=kept, rng=dict(rng), curves=curves, marks=marks), tuple(lost)


def _weights(arrays: Entries, extra: Mapping[str, Any]) -> State | None:
    """Weights and counters; None when something is missing or is of the wrong kind."""
    try:
        weights, counters = arrays["weights"], extra["counters"]
        epoch, step, loss = counters["epoch"], counters["step"], counters["reference_loss"]
    except (KeyError, TypeError):
        return None
    if not (_counts(epoch) and _counts(step) and {"parameters", "moving"} <= weights.keys()):
        return None
    reference = float(loss) if isinstance(loss, int | float) and abs(loss) < 1e300 and math.isfinite(loss) else None
    parameters, moving = (frozen(weights[name]) for name in ("parameters", "moving"))
    return State(parameters, moving, {}, {}, epoch, step, reference)


def _counts(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST


def _fits(project: Project, found: State) -> bool:
    """Whether the weights have the network's size and are finite numbers."""
    if any(array.dtype.kind != "f" or not np.isfinite(array).all() for array in (found.parameters, found.moving)):
        return False
    if build.problems(project):
        return True  # it has no network yet; the trainer does not use them
    network = build.network(project)
    return found.parameters.shape == (network.size,) and found.moving.shape == network.moving.shape


def _sound(program: Mapping[str, NDArray[Any]], project: Project) -> bool:
    """Whether optimizer slots are finite, and order and position in the epoch are those of some training."""
    slots = [array for name, array in program.items() if name.startswith("slot.")]
    if any(array.dtype.kind != "f" or not np.isfinite(array).all() for array in slots):
        return False
    if not {"steps", "order", "position", "losses"} <= program.keys():
        return False
    steps, order, position, losses = (program[name] for name in ("steps", "order", "position", "losses"))
    if (steps.ndim, position.ndim, order.ndim, losses.ndim) != (0, 0, 1, 1):
        return False
    if any(array.size and array.dtype.kind not in "iu" for array in (steps, order, position)):
        return False
    if not (0 <= int(steps) < MOST and len(losses) == int(position)):
        return False
    batches = math.ceil(len(order) / project.training.batch_size)
    return len(losses) <= batches and bool(np.array_equal(np.sort(order), np.arange(len(order))))


def _drawable(rng: Any) -> bool:
    """Whether random numbers can be drawn on from there."""
    try:
        np.random.default_rng(0).bit_generator.state = dict(rng)
    except (KeyError, TypeError, ValueError, OverflowError):
        return False
    return True


def _curves(curves: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]] | None:
    """The curves, None when they cannot be drawn."""
    try:
        with np.errstate(all="ignore"):
            Curves.from_arrays(curves)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return dict(curves)


def _marks(given: Any) -> tuple[Mark, ...] | None:
    """The marks on the curves, None when they are none."""
    marks = []
    if not isinstance(given, list):
        return None
    for entry in given[-MOST_MARKS:]:
        if not (isinstance(entry, list) and len(entry) == 3 and _counts(entry[0]) and _counts(entry[1])):
            return None
        marks.append(Mark(entry[0], entry[1], str(entry[2])[:LONGEST_LABEL]))
    return tuple(marks)
