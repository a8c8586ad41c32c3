"""Make a data set from a source and the settings of the data panel."""

import numpy as np

from playground.data.dataset import Dataset, Task
from playground.data.sources import Source
from playground.data.split import split


def make(source: Source, points: int, noise: float, training_share: float, seed: int) -> Dataset:
    """Draw the examples and split them.

    points: how many (a bundled set gives at most what it has); noise: 0..0.5; training_share: between 0 and 1.
    The same seed gives the same data; when only the noise changes, base points and split stay.
    """
    count = min(points, source.most) if source.most is not None else points
    base, shake, parting = (np.random.default_rng([seed, stream]) for stream in range(3))
    inputs, answers = source.draw(count, noise, base, shake)
    labels = None if source.task is Task.REGRESSION else np.asarray(answers, np.int64)
    if labels is None:
        targets = np.asarray(answers, np.float32)
    elif source.task is Task.BINARY:
        targets = labels[:, np.newaxis].astype(np.float32)
    else:
        targets = np.zeros((count, source.outputs), np.float32)
        targets[np.arange(count), labels] = 1.0
    train, test = split(labels, count, training_share, parting)
    inputs = np.ascontiguousarray(inputs, np.float32)
    for array in (inputs, targets, labels, train, test):
        if array is not None:
            array.flags.writeable = False
    return Dataset(
        name=str(source.__struct_config__.tag),
        task=source.task,
        inputs=inputs,
        targets=targets,
        labels=labels,
        class_names=source.class_names,
        input_kind=source.input_kind,
        input_names=source.input_names,
        train=train,
        test=test,
    )
