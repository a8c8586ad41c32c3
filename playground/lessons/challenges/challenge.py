"""What a challenge is: a goal, a project to start from, rules, and what is to be reached for each star."""

from typing import Annotated, Literal

import msgspec

from playground.data.dataset import DOMAIN
from playground.data.features import FEATURES
from playground.engine.activations import ACTIVATIONS
from playground.lessons.lesson import Level, Start

FORMAT = "deep-learning-playground challenge"
VERSION = 1
MOST_PARAMETERS = 20_000
MOST_EPOCHS = 1000
"""Nothing larger is judged: thirty pupils with old laptops wait for it."""

STARS = 3

MOST_POINTS = 500

Metric = Literal["accuracy", "r2", "test_loss", "found"]
_Title = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Paragraph = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
_Coordinate = Annotated[float, msgspec.Meta(ge=-DOMAIN, le=DOMAIN)]
_Point = tuple[_Coordinate, _Coordinate, Literal[0, 1]]
_Row = Annotated[int, msgspec.Meta(ge=0, lt=MOST_POINTS)]
_Names = Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=20)]


class Rules(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a project must keep to, besides the data of the start.

    activations: those that hidden layers may have besides none ("linear"); None: any. features: those that may be
    inputs.
    """

    parameters_at_most: Annotated[int, msgspec.Meta(ge=1, le=MOST_PARAMETERS)]
    epochs_at_most: Annotated[int, msgspec.Meta(ge=1, le=MOST_EPOCHS)]
    hidden_layers_at_most: Annotated[int, msgspec.Meta(ge=0, le=64)] | None = None
    hidden_units_at_most: Annotated[int, msgspec.Meta(ge=1, le=10_000)] | None = None
    activations: _Names | None = None
    features: _Names = ("x1", "x2")

    def __post_init__(self) -> None:
        """Refuse names that nothing has."""
        for name in self.activations or ():
            ACTIVATIONS[name]
        for name in self.features:
            FEATURES[name]


class Challenge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task with a score.

    goal: one or two sentences. hint: a thought that helps. metric: what the score is, on the test examples: "accuracy"
    (a share, 0..1), "r2" (up to 1) or "test_loss" (the lower the better). stars: the score for one, two and three.

    With the metric "found" (0..1) nothing is trained: ``points`` (x₁, x₂, label 0 or 1) are the data, those at the
    places ``wrong`` have a wrong label, and the score says how well the points that were erased are these.
    """

    format: Literal["deep-learning-playground challenge"]
    version: Annotated[int, msgspec.Meta(ge=1)]
    title: _Title
    goal: _Paragraph
    hint: _Paragraph
    level: Level
    start: Start
    rules: Rules
    metric: Metric
    stars: tuple[float, float, float]
    points: Annotated[tuple[_Point, ...], msgspec.Meta(max_length=MOST_POINTS)] = ()
    wrong: Annotated[tuple[_Row, ...], msgspec.Meta(max_length=MOST_POINTS)] = ()

    def __post_init__(self) -> None:
        """Refuse stars that are not harder from one to the next."""
        one, two, three = self.stars
        if not (one > two > three > 0 if self.lower_is_better else 0 < one < two < three <= 1):
            raise ValueError("each star must ask for more than the one before")
        if self.finds != bool(self.points) or self.finds != bool(self.wrong):
            raise ValueError("points and wrong belong to the metric found, and this to them")
        if any(row >= len(self.points) for row in self.wrong) or len(set(self.points)) < len(self.points):
            raise ValueError("wrong names a point that is not there, or two points are the same")

    @property
    def lower_is_better(self) -> bool:
        """Whether a smaller score is the better one."""
        return self.metric == "test_loss"

    @property
    def finds(self) -> bool:
        """Whether points with wrong labels are to be found, and nothing is trained for the score."""
        return self.metric == "found"

    def stars_for(self, score: float | None) -> int:
        """How many stars, 0 to 3, a score wins; none where there is no score (None, NaN)."""
        if score is None:
            return 0
        return sum(score <= limit if self.lower_is_better else score >= limit for limit in self.stars)
