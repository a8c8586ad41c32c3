"""Everything that is registered: declared in full, written and read back unchanged."""

from typing import Any

import msgspec
import pytest

from playground.engine import constraints, initializers, layers, losses, metrics, optimizers, regularizers, schedules
from playground.engine.activations import ACTIVATIONS
from playground.engine.settings import check, describe

REGISTRIES: list[tuple[Any, Any]] = [
    (layers.LAYERS, layers.AnyLayer),
    (losses.LOSSES, losses.AnyLoss),
    (optimizers.OPTIMIZERS, optimizers.AnyOptimizer),
    (schedules.SCHEDULES, schedules.AnySchedule),
    (initializers.INITIALIZERS, initializers.INITIALIZERS.union()),
    (regularizers.REGULARIZERS, regularizers.AnyRegularizer),
    (constraints.CONSTRAINTS, constraints.AnyConstraint),
    (metrics.METRICS, metrics.AnyMetric),
]
CLASSES = [pytest.param(name, cls, union, id=name) for registry, union in REGISTRIES for name, cls in registry.items()]


@pytest.mark.parametrize(("name", "cls", "union"), CLASSES)
def test_a_declaration_survives_being_written_and_read(name: str, cls: Any, union: Any) -> None:
    made = cls()
    written = msgspec.json.encode(made)
    assert msgspec.json.decode(written)["kind"] == name
    assert msgspec.json.decode(written, type=union) == made


@pytest.mark.parametrize(("name", "cls", "union"), CLASSES)
def test_defaults_lie_in_their_ranges_and_everything_is_explained(name: str, cls: Any, union: Any) -> None:
    check(cls())
    assert cls.__doc__
    assert cls.title
    assert cls.help
    for info in describe(cls):
        assert info.title != info.name
        assert info.help


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_activations_explain_themselves(name: str) -> None:
    activation = ACTIVATIONS[name]
    assert activation.name == name
    assert activation.title
    assert activation.help
    assert activation.__doc__
    assert activation.range in {"signed", "unit", "positive"}
