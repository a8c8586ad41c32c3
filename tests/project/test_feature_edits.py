"""Features by formula in a project: added, changed, removed, kept in files; and the ready-made ones on and off."""

import msgspec
import numpy as np
import pytest

from playground.data.features import MOST_FORMULAS
from playground.engine.settings import SettingError
from playground.project import Project, build, decode, edits, paths
from playground.project.edits import EditError


@pytest.fixture
def project() -> Project:
    return edits.add_formula(Project(), " x1^2 + x2^2 ").project


def test_a_formula_becomes_an_input(project: Project) -> None:
    assert project.data.features == ("x1", "x2", "=x1^2 + x2^2")
    assert build.input_shape(project) == (3,)
    made = build.samples(project)
    np.testing.assert_allclose(made.inputs[:, 2], np.square(made.dataset.inputs).sum(axis=1) / 36, atol=1e-5)
    assert edits.add_formula(Project(), "x1^2 + x2^2").label == "Add feature x₁² + x₂²"


def test_ready_made_features_keep_their_place_before_it(project: Project) -> None:
    both = edits.toggle_feature(project, "x1_x2").project
    assert both.data.features == ("x1", "x2", "x1_x2", "=x1^2 + x2^2")
    assert edits.toggle_feature(both, "x1_x2").project == project


def test_it_is_removed_like_any_other(project: Project) -> None:
    edit = edits.toggle_feature(project, "=x1^2 + x2^2")
    assert edit.label == "Remove feature x₁² + x₂²"
    assert edit.project.data.features == ("x1", "x2")


def test_the_last_input_stays(project: Project) -> None:
    for name in ("x1", "x2"):
        project = edits.toggle_feature(project, name).project
    with pytest.raises(EditError, match="the only input left"):
        edits.toggle_feature(project, "=x1^2 + x2^2")


def test_changing_it_keeps_its_place(project: Project) -> None:
    project = edits.add_formula(project, "sin(x)").project
    changed = edits.change_formula(project, "=x1^2 + x2^2", "r").project
    assert changed.data.features == ("x1", "x2", "=r", "=sin(x)")
    assert edits.change_formula(project, "=sin(x)", "sin(x)").project == project


def test_weights_of_other_inputs_are_kept(project: Project) -> None:
    net = build.network(Project())
    net.flat[:] = np.arange(net.size)
    kept = build.network(project)
    kept.flat[:] = build.carry_over(Project(), net.flat, project)
    np.testing.assert_array_equal(kept.parameters()["0.kernel"][:2], net.parameters()["0.kernel"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sin(", "The formula ends at character 4"),
        ("1/x", "no value at x1 = 0"),
        ("3", "the same value everywhere"),
        ("x1^2 + x2^2", "sees x₁² \\+ x₂² already"),
    ],
)
def test_what_cannot_be_an_input_is_refused(project: Project, text: str, words: str) -> None:
    with pytest.raises(EditError, match=words):
        edits.add_formula(project, text)
    with pytest.raises(EditError, match="no feature '=y'"):
        edits.change_formula(project, "=y", "x")


def test_there_is_a_limit() -> None:
    project = Project()
    for number in range(MOST_FORMULAS):
        project = edits.add_formula(project, f"sin({number + 1} x)").project
    with pytest.raises(EditError, match="6 features by formula already"):
        edits.add_formula(project, "r")
    with pytest.raises(SettingError, match="the most is 6"):
        paths.set(project, "data.features", (*project.data.features, "=r"))


def test_data_without_a_plane_have_no_formulas() -> None:
    digits = edits.set_source(Project(), "digits").project
    with pytest.raises(EditError, match="no features to choose"):
        edits.add_formula(digits, "r")


def test_by_path(project: Project) -> None:
    changed = paths.set(project, "data.features", ["=r", "x2"])
    assert changed.data.features == ("x2", "=r")
    with pytest.raises(SettingError, match="is no formula: The formula ends"):
        paths.set(project, "data.features", ("x1", "=sin("))


def test_it_travels_in_a_file(project: Project) -> None:
    content = msgspec.json.encode(decode.document(project))
    again, _, warnings = decode.decode(content)
    assert again == project
    assert warnings == ()


def test_a_broken_formula_in_a_file_is_named(project: Project) -> None:
    content = msgspec.json.encode(decode.document(project)).replace(b"x1^2 + x2^2", b"x1^2 + ")
    with pytest.raises(decode.DecodeError, match=r"=x1\^2 \+ .* is no formula: The formula ends at character"):
        decode.decode(content)
