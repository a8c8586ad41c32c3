"""How far the lessons have got, as it is remembered from one start of the program to the next."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from playground.lessons.lesson import MOST_STEPS

_Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_STEPS)]


class Course(msgspec.Struct, frozen=True, omit_defaults=True):
    """One lesson: the step that it stands at, how many were ticked at most, and whether it was played to its end."""

    step: _Count = 0
    ticked: _Count = 0
    finished: bool = False


class Progress(msgspec.Struct, frozen=True):
    """The courses of all lessons that were begun, by name."""

    courses: Mapping[str, Course] = {}

    @classmethod
    def from_text(cls, text: str) -> "Progress":
        """Read what ``text()`` gave; whatever else stands there counts as nothing."""
        try:
            return cls(msgspec.json.decode(text.encode(), type=dict[str, Course])) if text else cls()
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            return cls()

    def text(self) -> str:
        """All of it in one line."""
        return msgspec.json.encode(self.courses).decode()

    def step(self, name: str) -> int:
        """The step that a lesson stands at; 0 for one that was not begun."""
        return self.courses.get(name, Course()).step

    def course(self, name: str) -> Course:
        """How far a lesson has got."""
        return self.courses.get(name, Course())

    def at(self, name: str, step: int) -> "Progress":
        """A lesson went to a step."""
        return self._with(name, step=step)

    def ticked(self, name: str, step: int, *, finished: bool) -> "Progress":
        """A step was ticked; ``finished``: it is the last one."""
        course = self.course(name)
        return self._with(name, ticked=max(course.ticked, step + 1), finished=course.finished or finished)

    def _with(self, name: str, **changes: object) -> "Progress":
        course = msgspec.structs.replace(self.course(name), **changes)
        return Progress({**self.courses, name: course})
