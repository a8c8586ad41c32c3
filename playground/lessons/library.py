"""The bundled lessons in resources/lessons, in the order in which they are offered."""

from functools import cache

from playground import resources
from playground.lessons import reader
from playground.lessons.lesson import Lesson
from playground.lessons.reader import LessonError
from playground.texts import Text

TOUR = "tour"
"""The tour stands apart from the lessons."""

ORDER = (
    *("line_or_not", "features_or_layers", "activations", "learning_rate", "softmax", "confusion_matrix"),
    *("batch_size", "optimizers", "overfitting", "initialization", "convolution", "vanishing_gradients"),
)
"""Simplest first; others follow by name."""


@cache
def names() -> tuple[str, ...]:
    """The names of all lessons, the tour not among them."""
    found = sorted(file.stem for file in resources.path("lessons").glob("*.json") if file.stem != TOUR)
    return tuple(sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)))


@cache
def load(name: str) -> Lesson:
    """The lesson, or the tour, of that name.

    Raises:
        LessonError: when there is none; the message lists them.
    """
    if name not in (*names(), TOUR):
        raise LessonError(Text("There is no lesson named “%1”. The lessons are: %2.", name, ", ".join(names())))
    return reader.load(resources.path("lessons", f"{name}.json"))
