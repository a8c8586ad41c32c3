"""The best result of every challenge, as it is remembered from one start of the program to the next."""

import math
from collections.abc import Mapping
from typing import Annotated

import msgspec

from playground.lessons.challenges.challenge import MOST_EPOCHS, MOST_PARAMETERS, MOST_POINTS, STARS, Challenge


class Result(msgspec.Struct, frozen=True):
    """What a project reached. ``code``: the hand-in code that repeats it. ``erased``: as in ``Verdict``."""

    score: float
    stars: Annotated[int, msgspec.Meta(ge=0, le=STARS)]
    parameters: Annotated[int, msgspec.Meta(ge=0, le=MOST_PARAMETERS)]
    epochs: Annotated[int, msgspec.Meta(ge=0, le=MOST_EPOCHS)]
    code: Annotated[str, msgspec.Meta(max_length=40_000)]
    erased: Annotated[int, msgspec.Meta(ge=0, le=MOST_POINTS)] | None = None


class Best(msgspec.Struct, frozen=True):
    """The best results by the name of the challenge."""

    results: Mapping[str, Result] = {}

    @classmethod
    def from_text(cls, text: str) -> "Best":
        """Read what ``text()`` gave; whatever else stands there counts as nothing."""
        try:
            found = msgspec.json.decode(text.encode(), type=dict[str, Result]) if text else {}
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            return cls()
        return cls({name: result for name, result in found.items() if math.isfinite(result.score)})

    def text(self) -> str:
        """All of it in one line."""
        return msgspec.json.encode(self.results).decode()

    def of(self, name: str) -> Result | None:
        """The best result of a challenge; None before the first."""
        return self.results.get(name)

    def with_result(self, name: str, challenge: Challenge, result: Result) -> "Best":
        """With a new result, if it is better than the one that is kept: by score, then with fewer parameters."""
        old = self.results.get(name)
        if old is not None and _worth(challenge, old) >= _worth(challenge, result):
            return self
        return Best({**self.results, name: result})


def _worth(challenge: Challenge, result: Result) -> tuple[float, int, int]:
    score = -result.score if challenge.lower_is_better else result.score
    return score, -result.parameters, -result.epochs
