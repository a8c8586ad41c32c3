"""What stands beside a script: its data, and the weights where there are learned ones."""

import io
from pathlib import Path
from typing import Any

import numpy as np

from playground.export import files, templates, weights
from playground.export.errors import ExportError
from playground.project import build
from playground.project.arrangement import misfit
from playground.project.model import Project
from playground.project.preprocessing import input_titles
from playground.training.records import State

EPOCHS = 200
"""How long a script trains that begins with random weights."""

LONGEST_RUN = 10_000
"""The same where the loss decides when it ends."""

LONGEST = 80
"""Letters that the names of the inputs may have, to be told."""


def trained(state: State | None) -> bool:
    """Whether there are learned weights."""
    return state is not None and state.step > 0


def data_file(stem: str) -> str:
    """The name of the data of a script."""
    return f"{stem}_data.npz"


def weights_file(stem: str) -> str:
    """The name of the weights of a script."""
    return f"{stem}_weights.npz"


def check(project: Project) -> None:
    """Raise ExportError with a sentence when the layers do not fit on each other: then there is no network."""
    trouble = misfit(project)
    if trouble is not None:
        raise ExportError(trouble[1])


def facts(project: Project, learned: bool, title: str, stem: str) -> dict[str, Any]:
    """What the templates of all scripts name: the title, the files, and how it is trained."""
    titles, training = ", ".join(input_titles(project)), project.training
    below = training.stop.loss_below
    return {
        "title": title,
        "script": f"{stem}.py",
        "data_file": data_file(stem),
        "weights_file": weights_file(stem),
        "trained": learned,
        "inputs_note": f": {titles}" if 0 < len(titles) <= LONGEST else "",
        "epochs": 0 if learned else training.stop.max_epochs or (EPOCHS if below is None else LONGEST_RUN),
        "loss_below": below,
        "batch_size": training.batch_size,
        "seed": project.network.seed,
    }


def others(path: Path, learned: bool) -> tuple[Path, ...]:
    """Files beside a script that writing it to ``path`` would replace, though they belong to something else.

    Those that the file at ``path`` names are its own: they are replaced with it. learned: weights are written, too.
    """
    names = [data_file(path.stem), *([weights_file(path.stem)] if learned else [])]
    found = [path.with_name(name) for name in names if path.with_name(name).exists()]
    if not found:
        return ()
    try:
        before = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        before = ""
    return tuple(other for other in found if templates.literal(other.name)[1:-1] not in before)


def write(path: Path, source: str, project: Project, state: State | None) -> None:
    """Write a script with its data: x_train, y_train, x_test, y_test as the network receives them.

    Raises:
        ExportError: when a file cannot be written.
    """
    samples, content = build.samples(project), io.BytesIO()
    np.savez_compressed(
        content, x_train=samples.x_train, y_train=samples.y_train, x_test=samples.x_test, y_test=samples.y_test
    )
    files.write(path.with_name(data_file(path.stem)), content.getvalue())
    if trained(state):
        weights.write_npz(path.with_name(weights_file(path.stem)), project, state)
    files.write(path, source.encode())
