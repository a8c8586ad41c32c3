"""Small projects and the loops that train them."""

from typing import Any

from playground.data.sources import SOURCES
from playground.engine import losses, optimizers
from playground.engine.layers import Dense
from playground.project import build
from playground.project.model import DataSettings, NetworkSettings, Project, StopSettings, TrainingSettings
from playground.training.loop import TrainingLoop


def make_project(
    source: str = "circle",
    *,
    points: int = 120,
    units: tuple[int, ...] = (4, 2),
    activation: str = "tanh",
    output: str = "sigmoid",
    loss: str = "binary_crossentropy",
    optimizer: str = "adam",
    learning_rate: float = 0.03,
    batch_size: int = 10,
    seed: int = 0,
    stop: StopSettings = StopSettings(),
    **training: Any,
) -> Project:
    """A project that trains in milliseconds."""
    chosen = SOURCES[source]()
    hidden = tuple(Dense(units=n, activation=activation) for n in units)
    return Project(
        data=DataSettings(source=chosen, points=points),
        network=NetworkSettings(layers=(*hidden, Dense(units=chosen.outputs, activation=output)), seed=seed),
        training=TrainingSettings(
            loss=losses.get(loss),
            optimizer=optimizers.get(optimizer, learning_rate=learning_rate),
            batch_size=batch_size,
            stop=stop,
            **training,
        ),
    )


def make_loop(project: Project | None = None, **settings: Any) -> TrainingLoop:
    """A loop on such a project; measures after every epoch unless told otherwise."""
    settings.setdefault("evaluation_interval", 0.0)
    project = project or make_project()
    return TrainingLoop(project, build.samples(project), **settings)
