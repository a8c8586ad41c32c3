"""The best result of a challenge is kept, and whatever else stands in the settings counts as nothing."""

import pytest

from playground.lessons.challenges import library
from playground.lessons.challenges.best import Best, Result

MORE, LESS = library.load("three_lines"), library.load("few_points")


def result(score: float, parameters: int = 10, stars: int = 1) -> Result:
    return Result(score, stars, parameters, 50, "DLC1-…")


def test_the_better_one_stays() -> None:
    best = Best().with_result("three_lines", MORE, result(0.9))
    assert best.of("three_lines") == result(0.9)
    assert best.of("sprint") is None
    assert best.with_result("three_lines", MORE, result(0.8)) is best
    assert best.with_result("three_lines", MORE, result(0.9)) is best
    assert best.with_result("three_lines", MORE, result(0.95)).of("three_lines") == result(0.95)
    assert best.with_result("three_lines", MORE, result(0.9, 8)).of("three_lines") == result(0.9, 8)


def test_a_smaller_loss_is_better() -> None:
    best = Best().with_result("few_points", LESS, result(0.4))
    assert best.with_result("few_points", LESS, result(0.5)) is best
    assert best.with_result("few_points", LESS, result(0.3)).of("few_points") == result(0.3)


def test_it_is_written_and_read() -> None:
    best = Best().with_result("three_lines", MORE, result(0.9)).with_result("few_points", LESS, result(0.3))
    assert Best.from_text(best.text()) == best


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"a": 1}',
        '{"a": {"score": 1}}',
        '{"a": {"score": 1e999, "stars": 1, "parameters": 1, "epochs": 1, "code": ""}}',
        '{"a": {"score": 1, "stars": 9, "parameters": 1, "epochs": 1, "code": ""}}',
        "[" * 50_000,
    ],
)
def test_what_is_no_result_counts_as_nothing(text: str) -> None:
    assert Best.from_text(text) == Best()
