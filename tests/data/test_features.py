"""Features: values, order, scaling."""

import numpy as np
import pytest

from playground.data import FEATURES, expand
from playground.data.features import feature, formulas, ordered
from playground.data.formula import FormulaError
from playground.engine.registry import UnknownNameError


def test_all_nine_in_their_order() -> None:
    assert FEATURES.names() == (
        *("x1", "x2", "x1_squared", "x2_squared", "x1_x2"),
        *("sin_x1", "sin_x2", "cos_x1", "cos_x2"),
    )
    assert all(
        feature.title and feature.help.endswith(".") and feature.name == name for name, feature in FEATURES.items()
    )


def test_values_at_one_point() -> None:
    values = expand(np.array([[3.0, -6.0]]), FEATURES.names())[0]
    expected = [1, -2, 1, 4, -2, np.sin(3), np.sin(-6), np.cos(3), np.cos(-6)]
    np.testing.assert_allclose(values, expected, rtol=1e-6)


def test_columns_follow_the_given_order() -> None:
    points = np.random.default_rng(0).uniform(-6, 6, (20, 2))
    both = expand(points, ("x2", "x1"))
    assert both.dtype == np.float32
    assert both.shape == (20, 2)
    np.testing.assert_array_equal(both[:, ::-1], expand(points, ("x1", "x2")))


def test_spread_suits_training() -> None:
    points = np.random.default_rng(0).uniform(-5, 5, (5000, 2))
    values = expand(points, FEATURES.names())
    assert ((values.std(axis=0) > 0.5) & (values.std(axis=0) < 1.2)).all()
    assert np.abs(values.mean(axis=0)).max() < 1.0


def test_unknown_feature_is_named() -> None:
    with pytest.raises(UnknownNameError, match=r"no feature named 'x3'.*x1_x2"):
        expand(np.zeros((1, 2)), ("x3",))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sin(x1)", lambda x1, x2: np.sin(x1)),
        ("x1^2 + x2^2", lambda x1, x2: (x1**2 + x2**2) / 36),
        ("x1 > 0", lambda x1, x2: x1 > 0),
    ],
)
def test_a_feature_by_formula_is_computed_and_kept_small(text, meant):
    points = np.random.default_rng(0).uniform(-6, 6, (50, 2)).astype(np.float32)
    found = expand(points, ["x1", f"={text}"])
    assert found.dtype == np.float32
    np.testing.assert_allclose(found[:, 1], meant(*points.T), atol=1e-5)


def test_a_feature_by_formula_tells_what_it_is():
    own = feature("= x1^2 + x2^2")
    assert own.title == "x₁² + x₂²"
    assert own.help == "Your own: x1^2 + x2^2, divided by 36 so that it stays within ±2."
    assert feature("=r < 3").help == "Your own: r < 3, 1 where it is true."
    assert feature("=sin(x)").help == "Your own: sin(x)."


@pytest.mark.parametrize("text", ["", "sin(", "1/x1", "7"])
def test_what_is_no_useful_formula_is_no_feature(text):
    with pytest.raises(FormulaError):
        feature(f"={text}")


def test_formulas_come_after_the_ready_made_features():
    assert ordered(("=r", "x2", "=x*y", "x1")) == ("x1", "x2", "=r", "=x*y")
    assert formulas(("x1", "=r")) == ("=r",)
