"""Which lines change, and which hang on a setting."""

import pytest

from playground.export import numpy_script
from playground.project import presets
from playground.project.model import Project
from playground.views.panels.code.lines import changed, depending


def write(project: Project) -> str:
    return numpy_script.text(project, False, "Test")


def lit(path: str) -> list[str]:
    project = presets.load("circle")
    text = write(project).splitlines()
    return [text[line] for line in sorted(depending(project, path, write))]


def test_changed_lines_are_found() -> None:
    assert changed("a\nb\nc", "a\nx\nc") == {1}
    assert changed("a\nb\nc", "a\nc") == {1}
    assert changed("a", "a\nb\nc") == {1, 2}
    assert changed("a", "a") == frozenset()


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("training.optimizer.learning_rate", "LEARNING_RATE = 0.03"),
        ("training.batch_size", "BATCH_SIZE = 10"),
        ("network.layers.0.units", "Dense(2, 4, tanh)"),
        ("network.seed", "default_rng"),
        ("training.optimizer.beta_1", "0.9"),
    ],
)
def test_a_setting_lights_the_lines_that_it_decides(path: str, word: str) -> None:
    found = lit(path)
    assert any(word in line for line in found)
    assert len(found) <= 6


@pytest.mark.parametrize("path", ["", "no.such.setting", "view.show_test", "data.noise"])
def test_what_the_script_does_not_hold_lights_nothing(path: str) -> None:
    assert lit(path) == []
