"""What a lesson is: a goal, a project to start from, and steps with conditions."""

from typing import Annotated, Any, Literal

import msgspec

from playground.lessons.conditions import AnyCondition

FORMAT = "deep-learning-playground lesson"
VERSION = 1
MOST_STEPS = 40

_Title = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
_Paragraph = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
_Hints = Annotated[tuple[_Paragraph, ...], msgspec.Meta(max_length=8)]
_Until = Annotated[tuple[AnyCondition, ...], msgspec.Meta(min_length=1, max_length=12)]
Level = Literal["first steps", "intermediate", "advanced"]


class Start(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a lesson begins: a preset by name, or a project as plain settings; exactly one of them."""

    preset: Annotated[str, msgspec.Meta(max_length=80)] | None = None
    project: dict[str, Any] | None = None


class Guess(msgspec.Struct, frozen=True):
    """A question that is answered before it is tried. ``choices``: the answers. ``right``: the place of the right one,
    from 0.
    """

    choices: Annotated[tuple[_Title, ...], msgspec.Meta(min_length=2, max_length=4)]
    right: Annotated[int, msgspec.Meta(ge=0, le=3)]

    def __post_init__(self) -> None:
        """Refuse a right answer that is none of the choices."""
        if self.right >= len(self.choices):
            raise ValueError(f"the right guess is number {self.right}, but the last choice is {len(self.choices) - 1}")


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step. ``text``: what it is about. ``do``: what the pupil does. ``control``: the object name of the widget
    that is ringed, "" for none. ``until``: all must hold at the same time. ``hints``: shown one at a time.
    ``start``: another project, opened with this step. ``guess``: a question that comes before
    it is tried out.
    """

    text: _Paragraph
    do: _Paragraph
    until: _Until
    control: Annotated[str, msgspec.Meta(max_length=120)] = ""
    hints: _Hints = ()
    start: Start | None = None
    guess: Guess | None = None


class Lesson(msgspec.Struct, frozen=True):
    """A guided task. ``minutes``: how long it takes. ``learned``: what stays, in two or so sentences."""

    format: Literal["deep-learning-playground lesson"]
    version: Annotated[int, msgspec.Meta(ge=1)]
    title: _Title
    goal: _Paragraph
    level: Level
    minutes: Annotated[int, msgspec.Meta(ge=1, le=600)]
    start: Start
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1, max_length=MOST_STEPS)]
    learned: Annotated[tuple[_Paragraph, ...], msgspec.Meta(min_length=1, max_length=6)]
