"""A project that would take all memory is refused before it does."""

import math

import msgspec
import pytest

from playground.engine.layers import BatchNormalization, Conv2D, Dense, Flatten, Layer, Residual
from playground.project import build, memory, presets
from playground.project.model import Project


def digits(*hidden: Layer, batch: int = 32) -> Project:
    project, replace = presets.load("digits"), msgspec.structs.replace
    layers = (*hidden, Flatten(), Dense(10, activation="softmax"))
    return replace(
        project,
        network=replace(project.network, layers=layers),
        training=replace(project.training, batch_size=batch),
    )


@pytest.mark.parametrize("name", presets.names())
def test_presets_take_little(name: str) -> None:
    assert 0 < memory.of_batch(presets.load(name)) < memory.MOST_BYTES / 20


def test_it_counts_outputs_and_the_windows_of_convolutions() -> None:
    project = digits(Conv2D(16, kernel_size=3, padding="same"))
    per_example = math.prod((8, 8, 16)) + 9 * 64 + 1024 + 10
    assert memory.of_example(project) == 16 * per_example
    assert memory.of_batch(project) == 32 * 16 * per_example
    inside = digits(Residual((Conv2D(1, padding="same"), BatchNormalization())))
    assert memory.of_example(inside) > memory.of_example(digits())


def test_a_batch_has_no_more_examples_than_there_are() -> None:
    assert memory.of_batch(digits(batch=100_000)) == memory.of_batch(digits(batch=50_000)) < memory.MOST_BYTES


def test_too_large_a_batch_is_told_with_one_that_fits() -> None:
    conv = Conv2D(1024, kernel_size=3, padding="same")
    [problem] = build.problems(digits(conv, batch=100_000))
    assert problem.path == "training.batch_size"
    assert "GB of memory" in problem.sentence
    most = int(problem.sentence.rstrip(".").split()[-1].replace(",", ""))
    assert build.problems(digits(conv, batch=most)) == ()
    assert build.problems(digits(conv, batch=most + 1)) != ()


def test_layers_of_which_one_example_is_too_much_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_BYTES", 1000)
    [problem] = build.problems(digits())
    assert problem.path == "network.layers.0"
    assert problem.sentence.endswith("Make the layers smaller.")


def test_windows_that_are_not_square_count_by_both_sides() -> None:
    assert memory.of_example(digits(Conv2D(2, (3, 3)))) == memory.of_example(digits(Conv2D(2, 3)))
    assert memory.of_example(digits(Conv2D(2, (3, 1)))) < memory.of_example(digits(Conv2D(2, 3)))
