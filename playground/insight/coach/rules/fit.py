"""Rules about how well the network fits: over- and underfitting, and a loss that has come to rest too high."""

import numpy as np

from playground.data.dataset import Task
from playground.insight.coach import remedies
from playground.insight.coach.evidence import Evidence
from playground.insight.coach.hint import Hint, rule
from playground.insight.coach.rules.rate import step_size
from playground.project import edits
from playground.texts import Text

LEAST_TESTS = 12
"""Measured test losses that it takes to see a turn."""

RISEN, FALLEN = 1.25, 0.8
"""A test loss that rose, and a training loss that fell, by these factors since the best test loss."""

WORTH = 0.2
"""A test loss below this share of that of the same answer for all is not worth a word."""

PATIENCE = 60
"""Epochs without progress before a loss counts as at rest."""

REST = 0.03
"""It has come to rest where it changed by less than this share."""

LOW = 0.8
"""A training metric below this means that the network cannot do it yet."""

STEPPING = -2.7
"""log₁₀ of the update-to-weight ratio from which smaller steps may help out of a rest."""


@rule("overfitting", Text("Overfitting"), rank=80)
def overfitting(evidence: Evidence) -> Hint | None:
    """The training loss falls, the test loss rises."""
    found = _turn(evidence)
    if found is None:
        return None
    best, now, train_then, train_now = found
    training = evidence.project.training
    amount = 0.003 if training.l2 == 0 else min(0.1, 3 * training.l2)
    edit = remedies.alone(edits.set_value(evidence.project, "training.l2", float(f"{amount:.1g}")))
    return Hint(
        "overfitting",
        Text(
            "The network memorises: the test loss rose from %1 to %2, the training loss fell to %3.",
            best,
            now,
            train_now,
        ),
        Text(
            "When the test loss was best, the training loss was %1. The network now learns what is particular to the "
            "training examples, such as their noise. A penalty on large weights (L2), fewer units, more examples or "
            "an earlier stop keep it to what they have in common.",
            train_then,
        ),
        "loss",
        edit,
        severity=now / best,
    )


def _turn(evidence: Evidence) -> tuple[float, float, float, float] | None:
    """Best and present test loss, and the training losses at these moments, where the test loss has turned."""
    curves = evidence.curves
    if evidence.epochs < LEAST_TESTS or "test_loss" not in curves:
        return None
    kept = (curves["first_epoch"] > evidence.since) & ~np.isnan(curves["test_loss"])
    tests, trains = curves["test_loss"][kept], curves["train_loss"][kept]
    if len(tests) < LEAST_TESTS:
        return None
    width = max(1, min(5, len(tests) // 6))
    smooth = np.convolve(tests, np.ones(width) / width, "valid")
    smooth_train = np.convolve(trains, np.ones(width) / width, "valid")
    at = int(smooth.argmin())
    best, now, then, train = (float(value) for value in (smooth[at], smooth[-1], smooth_train[at], smooth_train[-1]))
    late = len(smooth) - at >= LEAST_TESTS // 2
    if not late or now < max(RISEN * best, WORTH * evidence.blind_loss) or train > FALLEN * then or now < 1.5 * train:
        return None
    return best, now, then, train


@rule("underfitting", Text("Underfitting"), rank=85)
def underfitting(evidence: Evidence) -> Hint | None:
    """The loss has come to rest, and many training examples are wrong."""
    if not _rests(evidence) or not evidence.metric < LOW:
        return None
    straight = tuple(layer.index for layer in evidence.hidden if layer.learns)
    if straight and all(layer.activation == "linear" for layer in evidence.hidden):
        return Hint(
            "underfitting",
            Text(
                "No hidden layer bends anything: all are linear, and the loss rests at %1, with %2.",
                float(evidence.losses[-1]),
                evidence.metric_words,
            ),
            Text(
                "Linear layers in a row are worth one linear layer: the border between the classes stays a straight "
                "line. An activation function between them makes it possible to bend it."
            ),
            "distillation",
            remedies.activation(evidence.project, straight, "tanh"),
            severity=1.0 - max(0.0, evidence.metric),
        )
    edit = remedies.larger(evidence.project)
    loss = float(evidence.losses[-1])
    if evidence.dataset.task is Task.REGRESSION:
        sentence = Text("The network explains too little: the loss rests at %1, with %2.", loss, evidence.metric_words)
    else:
        words = evidence.metric_words
        sentence = Text("The network cannot tell the classes apart: the loss rests at %1, with %2.", loss, words)
    return Hint(
        "underfitting",
        sentence,
        Text(
            "It does not get better on the very examples that it learns from, so it lacks the means: more units or "
            "layers, or features that show it what matters."
        ),
        "distillation",
        edit,
        severity=1.0 - max(0.0, evidence.metric),
    )


@rule("plateau", Text("Plateau"), rank=90)
def plateau(evidence: Evidence) -> Hint | None:
    """The loss has come to rest where it is neither good nor bad."""
    if not _rests(evidence) or evidence.metric < LOW or evidence.good:
        return None
    newest = evidence.losses[-_window(evidence) :]
    loud = step_size(evidence) > STEPPING
    circling = Text(
        "Steps that are too long for the last bit make the weights circle round the best place; smaller ones get "
        "nearer."
    )
    flat = Text("Small steps that lead nowhere mean a flat place: more units give the network other ways down.")
    return Hint(
        "plateau",
        Text(
            "The loss has not moved for %1 epochs (%2, %3): %4.",
            PATIENCE,
            float(newest[0]),
            float(newest[-1]),
            evidence.metric_words,
        ),
        circling if loud else flat,
        "loss",
        remedies.slower(evidence.project) if loud else remedies.larger(evidence.project),
        severity=1.0 - evidence.metric,
    )


def _window(evidence: Evidence) -> int:
    """So many points of the curve cover the epochs of patience."""
    stride = int(evidence.curves["stride"][0])
    return max(4, PATIENCE // max(1, stride))


def _rests(evidence: Evidence) -> bool:
    """Whether the loss has not changed for long."""
    window = _window(evidence) if evidence.epochs >= PATIENCE else 0
    newest = evidence.losses[-window:] if window else evidence.losses[:0]
    if len(newest) < 4:
        return False
    quarter = len(newest) // 4
    begin, end = float(newest[:quarter].mean()), float(newest[-quarter:].mean())
    return abs(end - begin) < REST * max(begin, 1e-12)
