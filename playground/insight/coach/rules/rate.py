"""Rules about the size of the steps: diverging, learning rate too high or too low, batches too small or too large."""

import math

import numpy as np

from playground.insight.coach import remedies
from playground.insight.coach.evidence import Evidence, percent
from playground.insight.coach.hint import Hint, rule
from playground.project.edits import usual_learning_rate
from playground.texts import Text

WINDOW = 20
"""Epochs that are looked at, the newest ones."""

GROWN = 1.3
"""A loss above that of the same answer for all by this factor is no progress at all."""

BIG_STEP, TINY_STEP = -1.7, -4.5
"""log₁₀ of the update-to-weight ratio: from 2 % of the weights on a step is big, below 0.003 % it is tiny."""

TIMES_USUAL = 5.0
"""A learning rate so many times the usual one is suspicious by itself."""

BOUNCE = 0.25
"""Change of the loss from epoch to epoch, as a share of its mean, that counts as bouncing."""

STILL_HIGH = 0.7
"""A loss of this share of the first one has hardly fallen."""

SMALL_BATCH, LARGE_SHARE = 2, 0.5
LEAST_EXAMPLES = 100


def bounce(evidence: Evidence) -> float:
    """How far the loss jumps from epoch to epoch, as a share of its mean."""
    newest = evidence.losses[-WINDOW:]
    mean = float(newest.mean()) if len(newest) else 0.0
    return float(np.abs(np.diff(newest)).mean()) / mean if len(newest) > 1 and mean > 0 else 0.0


def falls(evidence: Evidence) -> bool:
    """Whether the loss still falls: the newer half of the window lies clearly below the older one."""
    newest = evidence.losses[-WINDOW:]
    half = len(newest) // 2
    return half > 0 and float(newest[half:].mean()) < 0.9 * float(newest[:half].mean())


def step_size(evidence: Evidence) -> float:
    """log₁₀ of the update-to-weight ratio in the middle of all layers; nan where it is not known."""
    ratios = [layer.ratio for layer in evidence.health.learning] if evidence.health else []
    finite = [ratio for ratio in ratios if math.isfinite(ratio)]
    return float(np.median(finite)) if finite else math.nan


@rule("diverging", Text("Diverging"), rank=10)
def diverging(evidence: Evidence) -> Hint | None:
    """The loss grows above where it began."""
    newest, blind = evidence.losses[-3:], evidence.blind_loss
    if len(newest) < 3 or not (newest > GROWN * blind).all() or newest[-1] < evidence.losses[0] / GROWN:
        return None
    return Hint(
        "diverging",
        Text(
            "The loss grows to %1 (the same answer for all costs %2): learning rate %3 is too high.",
            float(newest[-1]),
            blind,
            evidence.rate,
        ),
        Text(
            "Each step goes downhill by the slope where it starts. If it is too long it lands higher up on the other "
            "side, where the slope is steeper, and the next step is longer still. A smaller learning rate ends that."
        ),
        "loss",
        remedies.slower(evidence.project),
        severity=float(newest[-1] / blind),
    )


@rule("rate_high", Text("Learning rate too high"), rank=17)
def rate_high(evidence: Evidence) -> Hint | None:
    """Big steps, and a loss that jumps up and down without falling."""
    size, jumps = step_size(evidence), bounce(evidence)
    usual = usual_learning_rate(evidence.project.training.optimizer)
    if evidence.epochs < WINDOW // 2 or evidence.good:
        return None
    if falls(evidence) and evidence.losses[-1] < 1.1 * evidence.blind_loss:
        return None
    if evidence.rate < TIMES_USUAL * usual and not (evidence.rate >= 2 * usual and size > BIG_STEP and jumps > BOUNCE):
        return None
    if jumps < BOUNCE and evidence.losses[-1] < STILL_HIGH * evidence.blind_loss:
        return None
    return Hint(
        "rate_high",
        Text(
            "Learning rate %1 is too high, %2 times the usual: the loss does not fall (%3).",
            evidence.rate,
            round(evidence.rate / usual),
            float(evidence.losses[-1]),
        ),
        Text(
            "With long steps the weights jump across the valley of the loss instead of going down into it. About one "
            "thousandth of the weights' size per update is a good aim."
        ),
        "health",
        remedies.slower(evidence.project),
        severity=evidence.rate / usual,
    )


@rule("rate_low", Text("Learning rate too low"), rank=55)
def rate_low(evidence: Evidence) -> Hint | None:
    """Tiny steps, and a loss that has hardly fallen."""
    size, usual = step_size(evidence), usual_learning_rate(evidence.project.training.optimizer)
    if evidence.epochs < WINDOW or evidence.good or evidence.rate > usual / 5 or not size < TINY_STEP + 1.0:
        return None
    if size > TINY_STEP and evidence.rate > usual / 30:
        return None
    if evidence.losses[-1] < STILL_HIGH * evidence.first_loss:
        return None
    return Hint(
        "rate_low",
        Text(
            "Learning rate %1 is too low: %2 epochs brought the loss from %3 to %4 only.",
            evidence.rate,
            evidence.epochs,
            evidence.first_loss,
            float(evidence.losses[-1]),
        ),
        Text(
            "The direction is right, but the steps are tiny: an update changes the weights by %1 % of their size, so "
            "that it would take very many epochs to get anywhere. About one thousandth of the weights' size per "
            "update is a good aim.",
            float(f"{100 * 10**size:.2g}"),
        ),
        "health",
        remedies.faster(evidence.project),
        severity=evidence.losses[-1] / evidence.first_loss,
    )


@rule("batch_small", Text("Batch too small"), rank=60)
def batch_small(evidence: Evidence) -> Hint | None:
    """Updates from one or two examples, and a loss that jumps."""
    size, jumps = evidence.project.training.batch_size, bounce(evidence)
    if size > SMALL_BATCH or evidence.epochs < WINDOW or falls(evidence) or (evidence.good and jumps < BOUNCE):
        return None
    return Hint(
        "batch_small",
        Text(
            "With %1 per update the loss does not settle: %2, with %3 % change per epoch.",
            Text("%1 examples", size) if size > 1 else Text("1 example"),
            float(evidence.losses[-1]),
            percent(jumps),
        ),
        Text(
            "The gradient of so few examples points only roughly the right way, so that each update partly undoes the "
            "one before. The mean over more examples is steadier."
        ),
        "loss",
        remedies.batch(evidence.project, 16),
        severity=jumps,
    )


@rule("batch_large", Text("Batch too large"), rank=58)
def batch_large(evidence: Evidence) -> Hint | None:
    """One or two updates an epoch, and slow progress."""
    size, count = evidence.project.training.batch_size, len(evidence.samples.x_train)
    if count < LEAST_EXAMPLES or size < LARGE_SHARE * count or evidence.epochs < WINDOW or evidence.good:
        return None
    if evidence.losses[-1] < STILL_HIGH * evidence.first_loss:
        return None
    steps = evidence.steps_per_epoch
    return Hint(
        "batch_large",
        Text(
            "A batch of %1 makes only %2 per epoch: after %3 epochs the loss is still %4.",
            min(size, count),
            Text("%1 updates", steps) if steps > 1 else Text("1 update"),
            evidence.epochs,
            float(evidence.losses[-1]),
        ),
        Text(
            "The weights change once per mini-batch. Smaller batches give many more updates from the same examples; "
            "each is a little less exact, which hardly matters."
        ),
        "loss",
        remedies.batch(evidence.project, 16),
        severity=evidence.losses[-1] / evidence.first_loss,
    )
