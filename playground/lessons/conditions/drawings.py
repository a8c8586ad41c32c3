"""Conditions on what was drawn at the drawing booth."""

from playground.lessons.conditions.base import CONDITIONS, Condition
from playground.lessons.moment import Moment
from playground.project import drawing_edits


@CONDITIONS.register("drawings_learned")
class DrawingsLearned(Condition, frozen=True, tag="drawings_learned"):
    """The data set is made of the user's drawings, with at least ``value`` of each of two classes or more."""

    value: int

    def met(self, moment: Moment) -> bool:
        project = moment.project
        if project.drawings is None or not drawing_edits.is_drawn(project):
            return False
        drawn = [count for count in project.drawings.counts if count]
        return len(drawn) > 1 and min(drawn) >= self.value
