"""Make a data set from a source and the settings of the data panel."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.balance import EVEN, balanced
from playground.data.dataset import Dataset, Task
from playground.data.label_noise import flipped
from playground.data.sources import Source
from playground.data.split import split, split_by_lots


def make(
    source: Source,
    points: int,
    noise: float,
    training_share: float,
    seed: int,
    *,
    balance: float = EVEN,
    label_noise: float = 0.0,
) -> Dataset:
    """Draw the examples and split them.

    points: how many (a bundled set gives at most what it has); noise: 0..0.5; training_share: between 0 and 1;
    balance: size of the first class, ½ leaves the classes as they come (see ``balanced``); label_noise: 0..0.5, the
    part of the training examples with a wrong label. Numbers instead of classes have no balance and no wrong labels.
    Varied copies (``Source.varied``) of training examples stand behind all others.
    The same seed gives the same data. When only the noise changes, base points and split stay; when only the label
    noise changes, everything but some labels stays; when only the balance changes, most points stay.
    """
    inputs, answers = _drawn(source, points, noise, seed, balance)
    parting, mistakes = (np.random.default_rng([seed, stream]) for stream in (2, 3))
    labels = None if source.task is Task.REGRESSION else np.asarray(answers, np.int64)
    inputs = np.ascontiguousarray(inputs, np.float32)
    lots = source.lots(len(inputs), seed) if len(inputs) == source.most and balance == EVEN else None
    if lots is not None:
        train, test = split_by_lots(lots, training_share)
    else:
        train, test = split(labels, len(inputs), training_share, parting)
    inputs = source.complete(inputs, train)
    wrong = np.zeros(0, np.int64)
    if labels is not None and label_noise:
        labels, wrong = flipped(labels, len(source.class_names), train, label_noise, mistakes)
    copies = source.varied(inputs[train], np.random.default_rng([seed, 4]))
    if copies is not None:
        rows = np.concatenate([np.arange(len(inputs)), np.tile(train, len(copies) // len(train))])
        train = np.concatenate([train, np.arange(len(inputs), len(rows))])
        inputs = np.concatenate([inputs, copies])
        answers, labels = np.asarray(answers)[rows], None if labels is None else labels[rows]
    targets = np.asarray(answers, np.float32) if labels is None else _targets(labels, source)
    for array in (inputs, targets, labels, train, test, wrong):
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
        flipped=wrong,
        drawn=source.drawn,
    )


def _drawn(source: Source, points: int, noise: float, seed: int, balance: float) -> tuple[Any, Any]:
    """Inputs and answers of the wanted number and balance."""
    limited = source.most is not None
    count = min(points, source.most) if source.most is not None else points

    def draw(number: int) -> tuple[Any, Any]:
        more = [number] if number else []
        base, shake = (np.random.default_rng([seed, stream, *more]) for stream in range(2))
        return source.draw(source.most if limited and shifted else count, noise, base, shake)  # type: ignore[arg-type]

    shifted = balance != EVEN and source.task is not Task.REGRESSION
    return balanced(draw, count, balance, limited=limited) if shifted else draw(0)


def _targets(labels: NDArray[np.int64], source: Source) -> NDArray[np.float32]:
    """0 or 1 in one column for two classes, else one column per class."""
    if source.task is Task.BINARY:
        return labels[:, np.newaxis].astype(np.float32)
    targets = np.zeros((len(labels), source.outputs), np.float32)
    targets[np.arange(len(labels)), labels] = 1.0
    return targets
