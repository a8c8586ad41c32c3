"""Data that are wrong on purpose, to find out what that does to training."""

from dataclasses import replace

import numpy as np

from playground.data.dataset import Dataset

FAULTS = ("none", "unscaled", "shuffled")
"""None; inputs in a unit that is far too small; labels that belong to other examples."""

TOO_LARGE = 100.0
"""Unscaled inputs are so many times larger than they should be."""


def scale_of(fault: str) -> float:
    """What the inputs of the network are multiplied by."""
    return TOO_LARGE if fault == "unscaled" else 1.0


def spoil(dataset: Dataset, fault: str, seed: int) -> Dataset:
    """The data set with its labels shuffled, where that is the fault."""
    if fault != "shuffled":
        return dataset
    order = np.random.default_rng([seed, 7]).permutation(dataset.n)
    targets = dataset.targets[order]
    labels = None if dataset.labels is None else dataset.labels[order]
    for array in (targets, labels):
        if array is not None:
            array.flags.writeable = False
    return replace(dataset, targets=targets, labels=labels)
