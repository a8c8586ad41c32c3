"""What a run takes along when the network becomes another one, and whether its predictions stayed the same."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QLocale

from playground.project import build
from playground.project.build import Samples
from playground.project.carry import Transfer
from playground.project.changes import Change, compare
from playground.project.model import Project
from playground.project.preprocessing import Preprocessing
from playground.session.language import translated
from playground.session.replacement import Replacement
from playground.training.records import State

EXAMPLES = 100
"""Training examples on which predictions are compared."""

LARGE = 500_000
"""Parameters from which on predictions are not compared: it would be felt."""

SAME = 1e-5
"""Predictions that differ by no more are the same: such are the rounding errors of float32."""


def carried(owner: Project, state: State, change: Replacement) -> State:
    """The state of ``owner``'s run for the new project: weights, optimizer memory and moving statistics that fit.

    The edit's origins count where the state belongs to the project that was edited.
    """
    new = change.new
    facts = (change.origin, dict(change.units), change.identity) if owner is change.old else (None, {}, frozenset())
    optimizer = new.training.optimizer
    result = state.carried(Transfer(owner, new, *facts), optimizer.joining)
    return result if optimizer.same_kind(owner.training.optimizer) else replace(result, program={})


def moved(owner: Project, before: State, new: Project, after: State, samples: Samples) -> float | None:
    """By how much the predictions differ on average, for the same examples; None where they cannot be compared.

    samples: those of the new project.
    """
    if (
        before.step == 0
        or compare(owner, new) & Change.DATA
        or max(before.parameters.size, after.parameters.size) > LARGE
    ):
        return None
    rows = samples.dataset.train[:EXAMPLES]
    first, second = (_predictions(*run, samples, rows) for run in ((owner, before), (new, after)))
    if first.shape != second.shape:
        return None
    difference = np.abs(first - second)
    return float(difference.mean()) if difference.max() > SAME else 0.0


def sentence(label: str, distance: float | None, note: str) -> str:
    """What to tell about an edit: its own note, and what became of the predictions."""
    label, parts = translated(label), [translated(note)]
    if distance == 0.0:
        parts.append(_tr("%s: the predictions stayed as they were.") % label)
    elif distance is not None:
        size = QLocale().toString(distance, "g", 2)
        parts.append(_tr("%s: the predictions moved by %s on average; training goes on from here.") % (label, size))
    return " ".join(part for part in parts if part)


def _predictions(project: Project, state: State, samples: Samples, rows: NDArray[np.int64]) -> NDArray[np.floating]:
    network, raw = build.network(project), samples.dataset.inputs[rows]
    network.flat[:] = state.parameters
    if state.moving.shape == network.moving.shape:
        network.moving[:] = state.moving
    return network.forward(Preprocessing.of(project, samples.dataset)(raw))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Handover", text)
