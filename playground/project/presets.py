"""The bundled projects in resources/presets: one JSON file each, read as any project file is."""

from functools import cache

import msgspec

from playground import resources
from playground.project import fileformat
from playground.project.fileformat import FileError, LoadedProject
from playground.project.model import Project
from playground.texts import Text

ORDER = (
    *("circle", "xor", "gaussians", "blobs", "moons", "curve", "rings", "checkerboard", "spiral"),
    *("plane", "wave", "hills", "ripple", "digits", "digits_cnn"),
)
"""How presets are listed; others follow by name."""

LEVELS = {
    "first steps": Text("first steps"),
    "intermediate": Text("intermediate"),
    "advanced": Text("advanced"),
}


class PresetInfo(msgspec.Struct, frozen=True):
    """What a list of presets shows.

    ``level``: how much one should know before. ``test_metric`` is what the network reaches on test data (accuracy, or
    R² for regression) within ``epochs`` epochs.
    """

    name: str
    title: str
    description: str
    level: Text
    test_metric: float
    epochs: int


@cache
def names() -> tuple[str, ...]:
    """The names of all presets."""
    found = sorted(file.stem for file in resources.path("presets").glob("*.json"))
    return tuple(sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)))


@cache
def by_level() -> tuple[PresetInfo, ...]:
    """All presets, the first steps first."""
    levels = list(LEVELS.values())
    return tuple(sorted(map(info, names()), key=lambda one: levels.index(one.level)))


@cache
def _read(name: str) -> LoadedProject:
    if name not in names():
        raise FileError(f"There is no preset named “{name}”. The presets are: {', '.join(names())}.")
    return fileformat.load(resources.path("presets", f"{name}.json"))


def load(name: str) -> Project:
    """Return the project of a preset.

    Raises:
        FileError: when there is no preset of that name; the message lists them.
    """
    return _read(name).project


def info(name: str) -> PresetInfo:
    """Return title, description and expectation of a preset.

    Raises:
        FileError: as ``load``.
    """
    about = _read(name).about
    expect = about["expect"]
    level = LEVELS[about["level"]]
    return PresetInfo(name, about["title"], about["description"], level, expect["test_metric"], expect["epochs"])


def default() -> Project:
    """The project that a new window opens with."""
    return load("circle")
