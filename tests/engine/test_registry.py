"""Registries and declared settings: exact names, ranges told in words."""

from typing import Annotated

import msgspec
import pytest

from playground.engine.registry import Registry, UnknownNameError
from playground.engine.settings import SettingError, check, choice, describe, flag, number


class Example(msgspec.Struct, frozen=True):
    units: Annotated[int, number("Units", "How many.", ge=1, le=4096)] = 4
    rate: Annotated[float, number("Rate", "How fast.", gt=0, lt=1, unit="1/s", scale="log")] = 0.5
    stop: Annotated[int, number("Stop", "When.", ge=1)] | None = None
    name: Annotated[str, choice("Name", "Which.", lambda: ("a", "b"))] = "a"
    on: Annotated[bool, flag("On", "Whether.")] = False


def test_unknown_names_list_the_known_ones() -> None:
    registry: Registry[int] = Registry("number")
    registry.register("one")(1)
    assert registry["one"] == 1
    with pytest.raises(UnknownNameError, match="one"):
        registry["on"]
    with pytest.raises(ValueError, match="twice"):
        registry.register("one")(2)


def test_declarations_are_read_back() -> None:
    units, rate, stop, name, on = describe(Example)
    assert (units.kind, units.ge, units.le, units.range_text()) == ("int", 1, 4096, "from 1 to 4096")
    assert (rate.kind, rate.unit, rate.scale, rate.range_text()) == ("float", "1/s", "log", "above 0 and below 1")
    assert (stop.kind, stop.optional, stop.range_text()) == ("int", True, "at least 1")
    assert (name.kind, name.choices) == ("choice", ("a", "b"))
    assert on.kind == "bool"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"units": 0}, "Units is 0; it must be a whole number from 1 to 4096."),
        ({"units": 2.5}, "Units is 2.5; it must be a whole number from 1 to 4096."),
        ({"rate": 1.0}, "Rate is 1.0; it must be a number above 0 and below 1."),
        ({"rate": float("nan")}, "Rate is nan; it must be a number above 0 and below 1."),
        ({"stop": 0}, "Stop is 0; it must be a whole number at least 1."),
        ({"name": "c"}, "Name is 'c'; it must be one of: a, b."),
    ],
)
def test_values_out_of_range_are_told_in_a_sentence(values: dict[str, object], sentence: str) -> None:
    with pytest.raises(SettingError) as told:
        check(Example(**values))  # type: ignore[arg-type]
    assert str(told.value) == sentence


def test_good_values_pass() -> None:
    assert check(Example(stop=3)) == Example(stop=3)
