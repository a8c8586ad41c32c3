"""How much the examples of each class count in the loss."""

from typing import TYPE_CHECKING

import numpy as np

from playground.engine.metrics import decisions
from playground.project.model import TrainingSettings

if TYPE_CHECKING:
    from playground.project.build import Samples


def class_weights(training: TrainingSettings, samples: "Samples") -> dict[int, float] | None:
    """The weight of each class by its number, as Keras takes it; None where every example counts alike.

    "balanced": n / (classes · count) over the training examples, so that all classes together count the same and the
    weights of all training examples have the mean 1. Numbers (regression) have no classes. A class without training
    examples keeps the weight 1.
    """
    if training.class_weight != "balanced" or samples.dataset.labels is None:
        return None
    counts = np.bincount(decisions(samples.y_train))
    present = np.flatnonzero(counts)
    return {int(number): float(len(samples.y_train) / (len(present) * counts[number])) for number in present}
