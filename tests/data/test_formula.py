"""Formulas: what they mean, what is refused and with which sentence, and that no text does harm."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.formula import CONSTANTS, FUNCTIONS, MAX_LENGTH, VARIABLES, FormulaError, parse

X1 = np.array([-5.5, -2.0, -0.25, 0.0, 1.0, 3.75])
X2 = np.array([4.0, -3.5, 0.5, 0.0, -1.0, 2.0])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3", 0 * X1 + 3),
        ("x1 - x2 - 1", X1 - X2 - 1),
        ("x - y", X1 - X2),
        ("2x", 2 * X1),
        ("2(x + 1)y", 2 * (X1 + 1) * X2),
        ("1/2x", X1 / 2),
        ("-x^2", -(X1**2)),
        ("2^-x", 2.0**-X1),
        ("2**3^2", 0 * X1 + 512),
        ("x₁² − 2·x₂³", X1**2 - 2 * X2**3),
        ("3π", 0 * X1 + 3 * math.pi),
        ("sqrt(abs(x)) + √(4)", np.sqrt(np.abs(X1)) + 2),
        ("min(x, y, 0)", np.minimum(np.minimum(X1, X2), 0)),
        ("MAX(x, Sin(y))", np.maximum(X1, np.sin(X2))),
        ("e^0 + exp(1) - e", 0 * X1 + 1),
        ("r", np.hypot(X1, X2)),
        ("angle", np.arctan2(X2, X1)),
        ("1.5e1 + .5", 0 * X1 + 15.5),
        ("(x > 0) * 2 - 1", np.where(X1 > 0, 1.0, -1.0)),
        ("floor(x) + sign(y)", np.floor(X1) + np.sign(X2)),
    ],
)
def test_numbers(text, meant):
    formula = parse(text)
    assert not formula.is_condition
    np.testing.assert_allclose(formula(X1, X2), meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("y > 3 sin(x)", 3 * np.sin(X1) < X2),
        ("0 < x <= 2", (X1 > 0) & (X1 <= 2)),
        ("x ≥ 0 and y < 0 or r < 1", ((X1 >= 0) & (X2 < 0)) | (np.hypot(X1, X2) < 1)),
        ("not (x > 0 or y > 0)", ~((X1 > 0) | (X2 > 0))),
        ("not x > 0", ~(X1 > 0)),
        ("x = 0", X1 == 0),
        ("x != 0 && y ≠ 0", (X1 != 0) & (X2 != 0)),
        ("y > log(x)", np.array([False, False, False, True, False, True])),
    ],
)
def test_conditions(text, meant):
    formula = parse(text)
    assert formula.is_condition
    found = formula(X1, X2)
    assert found.dtype == np.bool_
    np.testing.assert_array_equal(found, meant)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", 0, "The formula is empty"),
        ("   ", 0, "The formula is empty"),
        ("x1 +", 4, "The formula ends at character 4; a number, x1, x2, a function or “(” is expected there."),
        ("(x1 + 2", 7, "“)” for the bracket at character 1"),
        ("x1)", 2, "At character 3, an operator such as + or *, or the end is expected instead of “)”."),
        ("sin x1", 4, "At character 5, “(” after sin, as in sin(x1), is expected instead of “x1”."),
        ("min(x1)", 0, "min at character 1 takes at least 2 values, not 1."),
        ("sin(x1, x2)", 0, "sin at character 1 takes one value, not 2."),
        ("x1 + sqr(x2)", 5, "“sqr” at character 6 is unknown; did you mean sqrt?"),
        ("qqqqqq", 0, "known names: x1, x2"),
        ("x1 and x2 > 0", 0, "“and” joins comparisons"),
        ("x1 $ 2", 3, "'$' at character 4 has no meaning in a formula."),
        ("x² 2", 3, "At character 4"),
        ("1e999", 0, "too large"),
        ("1 2", 2, "instead of “2”"),
        ("0,5 x", 1, "write numbers with a point (0.5)"),
        ("__import__('os')", 11, "has no meaning"),
        ("x1.real", 2, "has no meaning"),
        ("(" * 100 + "x1" + ")" * 90, 41, "nested more than 40 deep"),
        ("x1" + " + x1" * 100, MAX_LENGTH, "the most is 200"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, place, words):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert words in str(caught.value)
    assert caught.value.place == place


def test_a_value_that_does_not_exist_is_no_warning():
    assert np.isnan(parse("log(x1)")(X1, X2)[0])
    assert np.isinf(parse("1/x1")(X1, X2)[3])
    assert np.isinf(parse("9^9^9^9")(X1, X2)).all()


def test_the_shape_of_the_points_is_the_shape_of_the_values():
    grid = np.zeros((3, 4), np.float32)
    for text in ("1", "x1 > 0", "x1 + 1", "1 > 0"):
        assert parse(text)(grid, grid).shape == (3, 4)
    assert parse("x1")(X1, X2).flags.writeable


PIECES = st.sampled_from(
    [*VARIABLES, *CONSTANTS, *FUNCTIONS, "and", "or", "not", *"+-*/^()<>=,!²₁ .;%$", "**", "7", "1.5"]
)


@given(st.one_of(st.text(max_size=250), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_is_a_function_or_a_clear_sentence(text):
    try:
        formula = parse(text)
    except FormulaError as error:
        sentence, place = str(error), error.place
    else:
        sentence, place, values = ".", 0, formula(X1, X2)
        assert values.shape == X1.shape
        assert (values.dtype == np.bool_) == formula.is_condition
    assert sentence.endswith((".", "?"))
    assert 0 <= place <= max(len(text), MAX_LENGTH)


def _pairs(inner):
    """(text, value at a point) of larger formulas; the value is computed by Python's own arithmetic."""
    two = st.tuples(inner, inner)
    return st.one_of(
        two.map(lambda p: (f"({p[0][0]}) + ({p[1][0]})", lambda *at: p[0][1](*at) + p[1][1](*at))),
        two.map(lambda p: (f"{p[0][0]} - ({p[1][0]})", lambda *at: p[0][1](*at) - p[1][1](*at))),
        two.map(lambda p: (f"({p[0][0]})*({p[1][0]})", lambda *at: p[0][1](*at) * p[1][1](*at))),
        two.map(lambda p: (f"max({p[0][0]}, {p[1][0]})", lambda *at: max(p[0][1](*at), p[1][1](*at)))),
        inner.map(lambda p: (f"-({p[0]})", lambda *at: -p[1](*at))),
        inner.map(lambda p: (f"abs({p[0]})", lambda *at: abs(p[1](*at)))),
        inner.map(lambda p: (f"sin({p[0]})", lambda *at: math.sin(p[1](*at)))),
        inner.map(lambda p: (f"({p[0]})^2", lambda *at: p[1](*at) ** 2)),
    )


LEAVES = st.one_of(
    st.just(("(x1 < 2*x2)", lambda x, y: float(x < 2 * y))),
    st.integers(0, 9).map(lambda n: (str(n), lambda x, y: float(n))),
    st.just(("x1", lambda x, y: x)),
    st.just(("x2", lambda x, y: y)),
)


@given(st.recursive(LEAVES, _pairs, max_leaves=6), st.floats(-6, 6), st.floats(-6, 6))
def test_values_agree_with_another_computation(pair, x, y):
    text, value = pair
    if len(text) > MAX_LENGTH:
        return
    formula = parse(text)
    found, meant = float(formula(np.array([x]), np.array([y]))[0]), value(x, y)
    assert found == pytest.approx(meant, rel=1e-9, abs=1e-9)
    if not formula.is_condition:
        written = eval(formula.code, {"np": np, "x1": np.array([x]), "x2": np.array([y])})
        assert float(np.broadcast_to(written, (1,))[0]) == pytest.approx(meant, rel=1e-9, abs=1e-9)
