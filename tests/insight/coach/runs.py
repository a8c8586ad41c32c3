"""Real short runs for the coach to look at."""

from dataclasses import replace
from typing import Any

import msgspec
import numpy as np

from playground.insight.coach import RULES, Evidence, Hint, advise
from playground.insight.pictures import HEALTH, compute
from playground.project import build, presets
from playground.project.build import Samples
from playground.project.model import Project
from playground.training.curves import Curves
from playground.training.loop import TrainingLoop


def evidence_of(project: Project, epochs: int, samples: Samples | None = None) -> Evidence:
    """Train and gather what the coach sees, also where the run diverges."""
    samples = samples or build.samples(project)
    curves = Curves()
    with np.errstate(all="ignore"):
        loop = TrainingLoop(project, samples)
        for _ in loop.run(0.0, until_epoch=epochs):
            pass
        for record in loop.take_records():
            curves.append(record)
        health = compute(loop, frozenset({HEALTH}))[HEALTH]
    return Evidence(project, samples, curves.arrays(), health)


def look(rule: str, project: Project, epochs: int, samples: Samples | None = None) -> Hint | None:
    """What one rule says about a run."""
    return RULES[rule].look(evidence_of(project, epochs, samples))


def first_hint(project: Project, epochs: int) -> Hint | None:
    """What the coach says about a run."""
    return advise(evidence_of(project, epochs))


def preset(name: str = "circle", **changes: Any) -> Project:
    """A preset with other settings: those of the data, the training, or all layers' ("layers")."""
    project = presets.load(name)
    parts: dict[str, Any] = {}
    for part in ("data", "training", "network"):
        old = getattr(project, part)
        own = {key: value for key, value in changes.items() if key in old.__struct_fields__}
        parts[part] = msgspec.structs.replace(old, **own)
    return msgspec.structs.replace(project, **parts)


def uneven(samples: Samples, share: float) -> Samples:
    """The same examples with only a share of class 1 left for training."""
    labels = samples.dataset.labels
    assert labels is not None
    ones = samples.dataset.train[labels[samples.dataset.train] == 1]
    kept = np.setdiff1d(samples.dataset.train, ones[int(share * len(ones)) :])
    dataset = replace(samples.dataset, train=kept)
    return replace(samples, dataset=dataset, x_train=samples.inputs[kept], y_train=dataset.targets[kept])
