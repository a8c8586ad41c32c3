"""Data by formula: classes and numbers, how they are scaled, and which formulas make no data."""

import msgspec
import numpy as np
import pytest

from playground import data
from playground.data import Dataset, Task
from playground.data.formula import FormulaError
from playground.data.sources import AnySource, Formula


def make(expression: str, noise: float = 0.0) -> Dataset:
    return data.make(Formula(expression), 500, noise, 0.67, 0)


def test_a_condition_makes_two_classes() -> None:
    made = make("y > 3 sin(x)")
    assert made.task is Task.BINARY
    np.testing.assert_array_equal(made.inputs[:, 1] > 3 * np.sin(made.inputs[:, 0]), made.labels == 1)
    assert Formula().description == "Class 1 where y > 3 sin(x), class 0 elsewhere."


def test_noise_moves_the_points_and_keeps_their_classes() -> None:
    calm, noisy = make("x > 0"), make("x > 0", noise=0.3)
    np.testing.assert_array_equal(calm.labels, noisy.labels)
    assert (calm.inputs != noisy.inputs).any()


def test_small_numbers_stay_as_they_are() -> None:
    made = make("sin(x) / 2")
    assert made.task is Task.REGRESSION
    np.testing.assert_allclose(made.targets[:, 0], np.sin(made.inputs[:, 0]) / 2, atol=1e-6)
    assert Formula("sin(x) / 2").description == "The number sin(x) / 2 at each point."


def test_large_numbers_are_brought_to_a_sensible_range_and_it_says_so() -> None:
    made = make("x * y")
    np.testing.assert_allclose(made.targets[:, 0], made.inputs.prod(axis=1) / 36, atol=1e-5)
    assert "values from −36 to 36 are brought to −1 … 1." in Formula("x * y").description
    assert np.abs(make("exp(x)").targets).max() <= 1


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("y > 100", "fall into class 0"),
        ("y < 100", "fall into class 1"),
        ("y = sin(x)", "Write > or < instead of ="),
        ("7", "the same value everywhere"),
        ("1 / x", "no value at x1 = 0"),
        ("log(x) + y", "no value at x1 = −6"),
        ("sin(", "The formula ends at character 4"),
        ("", "The formula is empty"),
    ],
)
def test_a_formula_that_makes_no_data_is_refused_with_the_reason(expression: str, words: str) -> None:
    with pytest.raises(FormulaError, match=words.replace("(", r"\(")):
        Formula(expression)


def test_between_the_points_that_were_tried_nothing_infinite_slips_through() -> None:
    assert np.isfinite(make("1 / (x - 0.1)").targets).all()
    assert np.isfinite(make("sqrt((x - 0.1)^2 - 0.005)").targets).all()


def test_it_stands_in_a_file() -> None:
    source = Formula("r < 3")
    plain = msgspec.to_builtins(source)
    assert plain == {"kind": "formula", "expression": "r < 3"}
    assert msgspec.convert(plain, AnySource) == source
    with pytest.raises(msgspec.ValidationError, match="The formula ends"):
        msgspec.convert({"kind": "formula", "expression": "r <"}, AnySource)
