"""The bundled challenges in resources/challenges, in the order in which they are offered."""

from functools import cache

import msgspec

from playground import resources
from playground.lessons import reader as lesson_reader
from playground.lessons.challenges import found, reader
from playground.lessons.challenges.challenge import Challenge
from playground.lessons.challenges.reader import ChallengeError
from playground.project.model import Project
from playground.texts import Text

ORDER = (
    *("three_lines", "no_layers", "sprint", "three_arms", "only_sigmoid"),
    *("find_the_wrong", "wrong_labels", "few_points", "hills", "spiral_40", "digits_5000"),
)
"""Simplest first; others follow by name."""


@cache
def names() -> tuple[str, ...]:
    """The names of all challenges."""
    files = sorted(file.stem for file in resources.path("challenges").glob("*.json"))
    return tuple(sorted(files, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)))


@cache
def load(name: str) -> Challenge:
    """The challenge of that name.

    Raises:
        ChallengeError: when there is none; the message lists them.
    """
    if name not in names():
        raise ChallengeError(
            Text("There is no challenge named “%1”. The challenges are: %2.", name, ", ".join(names()))
        )
    return reader.load(resources.path("challenges", f"{name}.json"))


@cache
def start(name: str) -> Project:
    """The project that a challenge begins with.

    Raises:
        ChallengeError: when there is no challenge of that name.
    """
    challenge = load(name)
    project = lesson_reader.project_of(challenge.start)
    if not challenge.finds:
        return project
    points = found.source(challenge)
    data = msgspec.structs.replace(project.data, source=points, points=len(challenge.points), noise=0.0)
    return msgspec.structs.replace(project, data=data)
