"""The projects that the window is measured with."""

import msgspec

from playground.engine.layers import Dense
from playground.project import presets
from playground.project.model import Project

DEEP_FEATURES = ("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2")


def default() -> Project:
    """The default project: 2-4-2-1, batches of 10."""
    return presets.load("circle")


def deep() -> Project:
    """Seven inputs, six layers of eight units, batches of 30."""
    project = default()
    hidden = tuple(Dense(units=8, activation="tanh") for _ in range(6))
    replace = msgspec.structs.replace
    return replace(
        project,
        data=replace(project.data, features=DEEP_FEATURES),
        network=replace(project.network, layers=(*hidden, project.network.layers[-1])),
        training=replace(project.training, batch_size=30),
    )


def wide() -> Project:
    """Seven inputs, eight layers of 16 units: some 1,900 weight lines, all of them shown on a large screen."""
    project = deep()
    hidden = tuple(Dense(units=16, activation="tanh") for _ in range(8))
    layers = (*hidden, project.network.layers[-1])
    return msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))


PROJECTS = {"default": default, "deep": deep, "wide": wide}
