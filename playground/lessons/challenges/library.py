"""The bundled challenges in resources/challenges, in the order in which they are offered."""

from functools import cache

from playground import resources
from playground.lessons import reader as lesson_reader
from playground.lessons.challenges import reader
from playground.lessons.challenges.challenge import Challenge
from playground.lessons.challenges.reader import ChallengeError
from playground.project.model import Project
from playground.texts import Text

ORDER = (
    *("three_lines", "no_layers", "sprint", "three_arms", "only_sigmoid"),
    *("wrong_labels", "few_points", "hills", "spiral_40", "digits_5000"),
)
"""Simplest first; others follow by name."""


@cache
def names() -> tuple[str, ...]:
    """The names of all challenges."""
    found = sorted(file.stem for file in resources.path("challenges").glob("*.json"))
    return tuple(sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)))


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
    return lesson_reader.project_of(load(name).start)
