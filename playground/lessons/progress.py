"""How far the lessons have got, as it is remembered from one start of the program to the next."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from playground.lessons.lesson import MOST_STEPS

_Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_STEPS)]


class Course(msgspec.Struct, frozen=True, omit_defaults=True):
    """One lesson: the step that it stands at, the steps that were ticked, and whether all of them once were."""

    step: _Count = 0
    done: Annotated[tuple[_Count, ...], msgspec.Meta(max_length=MOST_STEPS)] = ()
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

    def ticked(self, name: str, step: int, *, of: int) -> "Progress":
        """A step was ticked, of so many."""
        course = self.course(name)
        done = tuple(sorted({*course.done, step}))
        return self._with(name, done=done, finished=course.finished or len(done) == of)

    def _with(self, name: str, **changes: object) -> "Progress":
        course = msgspec.structs.replace(self.course(name), **changes)
        return Progress({**self.courses, name: course})
