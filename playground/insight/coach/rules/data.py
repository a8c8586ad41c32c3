"""Rules about the examples: unscaled inputs, uneven classes, and a loss or output that does not go with them."""

import numpy as np

from playground.data.dataset import Task
from playground.insight.coach import remedies
from playground.insight.coach.evidence import Evidence, percent, some
from playground.insight.coach.hint import Hint, rule
from playground.project import adapt, conflicts, edits
from playground.project.declarations import tag
from playground.project.edit import EditError
from playground.texts import Text

LARGE, SMALL = 10.0, 0.02
"""Inputs of this size (root mean square) and above, or below, make learning hard."""

UNEVEN = 20.0
"""So many times larger may one input be than another."""

RARE = 0.3
"""A class with less than this share of an even part is rare."""

REGRESSION_LOSSES = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")
LEAST_EPOCHS = 10

COUNTED = 200_000
"""Examples whose classes are counted at most."""

NEIGHBOURS = 300
"""Examples whose nearest neighbours are looked at."""


@rule("unscaled", Text("Unscaled inputs"), rank=5)
def unscaled(evidence: Evidence) -> Hint | None:
    """Inputs that are far too large, too small or of very different sizes."""
    inputs = some(evidence.samples.x_train)
    inputs = inputs.reshape(len(inputs), -1)
    sizes = np.sqrt(np.square(inputs, dtype=np.float64).mean(axis=0))
    sizes = sizes[sizes > 0]
    if not sizes.size:
        return None
    low, high = float(sizes.min()), float(sizes.max())
    plane = evidence.dataset.input_kind == "plane"  # pixels at the border of images are always dark
    if SMALL < high < LARGE and not (plane and high > UNEVEN * low):
        return None
    size = Text("%1", high) if high < UNEVEN * low else Text("between %1 and %2", low, high)
    scaled = evidence.project.data.fault == "unscaled"
    return Hint(
        "unscaled",
        Text("The inputs are not scaled: their size is %1 instead of about 1.", size),
        Text(
            "Large inputs drive the units to the ends of their activations at once, and give their weights gradients "
            "that are as much larger: no learning rate suits all of them. Scaled to about 1, all inputs count alike."
        ),
        "distillation",
        remedies.mended(evidence.project, Text("Scale the inputs")) if scaled else None,
        severity=max(high, 1 / high),
    )


@rule("mismatch", Text("Loss and output"), rank=18)
def mismatch(evidence: Evidence) -> Hint | None:
    """An output that cannot reach the targets, or a loss for numbers where classes are asked for."""
    project, task = evidence.project, evidence.dataset.task
    conflict = conflicts.conflict(project)
    if conflict is not None and not conflict.blocking:
        outside = float((some(evidence.samples.y_train) < 0).mean())
        return Hint(
            "mismatch",
            Text("%1 %2 % of them lie below 0.", conflict.sentence, percent(outside)),
            Text(
                "The loss compares the output with the target. Where the output cannot get, the loss stays, however "
                "long you train; a linear output reaches every number."
            ),
            "loss",
            conflict.repair,
        )
    loss = tag(project.training.loss)
    if task is Task.REGRESSION or loss not in REGRESSION_LOSSES or evidence.epochs < LEAST_EPOCHS or evidence.good:
        return None
    wanted, title = adapt.LOSSES[task], project.training.loss.title
    try:
        changed = edits.set_activation(project, len(project.network.layers) - 1, adapt.OUTPUT_ACTIVATIONS[task]).project
        edit = remedies.alone(edits.set_loss(changed, wanted))
    except EditError:
        return None
    return Hint(
        "mismatch",
        Text(
            "The loss is for numbers, not for classes (%1): %2 after %3 epochs.",
            Text(title),
            evidence.metric_words,
            evidence.epochs,
        ),
        Text(
            "For a prediction that is sure and wrong, its gradient is multiplied by the flat end of the sigmoid or "
            "softmax and almost vanishes. Cross-entropy grows without bound there, so that the worst mistakes teach "
            "the most."
        ),
        "loss",
        edit,
    )


@rule("imbalance", Text("Uneven classes"), rank=70)
def imbalance(evidence: Evidence) -> Hint | None:
    """A class that is far rarer than the others."""
    dataset = evidence.dataset
    if dataset.labels is None or not evidence.epochs or dataset.n > COUNTED:
        return None
    if evidence.project.training.class_weight != "none":
        return None
    counts = np.bincount(dataset.labels[dataset.train], minlength=max(2, len(dataset.class_names)))
    rare, total = int(counts.argmin()), int(counts.sum())
    if counts[rare] >= RARE * total / len(counts):
        return None
    return Hint(
        "imbalance",
        Text(
            "Only %1 of %2 training examples are %3: always answering %4 is right in %5 %.",
            int(counts[rare]),
            total,
            dataset.class_names[rare],
            dataset.class_names[int(counts.argmax())],
            percent(counts.max() / total),
        ),
        Text(
            "The loss is a mean over the examples, so a rare class hardly counts, and a high accuracy says little: "
            "look at the confusion matrix. With balanced weights each class counts alike in the loss; more examples "
            "of the rare class would be better still."
        ),
        "loss",
        remedies.balanced(evidence.project),
        severity=float(total / max(1, counts[rare])),
    )


@rule("labels", Text("Labels that tell nothing"), rank=75)
def labels(evidence: Evidence) -> Hint | None:
    """A network that is healthy, was trained for long, and is not better than guessing on the test examples."""
    dataset, tests = evidence.dataset, evidence.curve("test_metric")
    if dataset.labels is None or evidence.epochs < 2 * LEAST_EPOCHS or len(tests) < 5:
        return None
    counts = np.bincount(dataset.labels[dataset.test], minlength=2)
    chance, n = float(counts.max() / counts.sum()), int(counts.sum())
    spread = 3 * np.sqrt(chance * (1 - chance) / n)
    best = float(np.median(tests[-10:]))
    if best > chance + spread:
        return None
    alike, usual, margin = _neighbours(evidence)
    if alike > usual + margin:
        return None
    broken = evidence.project.data.fault == "shuffled"
    return Hint(
        "labels",
        Text(
            "The labels seem not to fit the inputs: %1 % right in the test, neighbours alike in %2 % (chance %3 %).",
            percent(best),
            percent(alike),
            percent(usual),
        ),
        Text(
            "An example and its nearest neighbour mostly share their class; here they do so no more often than by "
            "chance. If inputs and labels have nothing to do with each other, a network can at best learn the "
            "training examples by heart. Look at the examples: would you get them right yourself?"
        ),
        "distillation",
        remedies.mended(evidence.project, Text("Bring the labels back")) if broken else None,
    )


def _neighbours(evidence: Evidence) -> tuple[float, float, float]:
    """How often an example and its nearest neighbour share their class, how often by chance, and twice its scatter."""
    inputs = evidence.samples.x_train[:NEIGHBOURS].reshape(-1, evidence.samples.x_train[0].size).astype(np.float64)
    assert evidence.dataset.labels is not None
    labels = evidence.dataset.labels[evidence.dataset.train[: len(inputs)]]
    squares = np.square(inputs).sum(axis=1)
    distances = squares[:, None] + squares - 2 * inputs @ inputs.T
    np.fill_diagonal(distances, np.inf)
    alike = float((labels == labels[distances.argmin(axis=1)]).mean())
    shares = np.bincount(labels) / len(labels)
    usual = float(np.square(shares).sum())
    return alike, usual, 2.5 * float(np.sqrt(usual * (1 - usual) / len(labels)))
