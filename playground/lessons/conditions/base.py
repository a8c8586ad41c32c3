"""What all conditions have in common."""

import msgspec

from playground.engine.registry import Registry
from playground.lessons.moment import Moment


class Condition(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True):
    """Something that a step of a lesson waits for."""

    def met(self, moment: Moment) -> bool:
        """Whether it holds; False where a number is not known yet."""
        raise NotImplementedError


CONDITIONS: Registry[type[Condition]] = Registry("condition")
