"""A project read as columns."""

import msgspec

from playground.engine.layers import BatchNormalization, Dense, Dropout
from playground.project import edits, presets
from playground.project.model import Project
from playground.views.canvas.stages import Kind, first_weighted, stages_of


def with_layers(project: Project, *layers: object) -> Project:
    return msgspec.structs.replace(project, network=msgspec.structs.replace(project.network, layers=layers))


def test_the_default_network() -> None:
    stages = stages_of(presets.default())
    assert [stage.kind for stage in stages] == [Kind.FEATURES, Kind.UNITS, Kind.UNITS, Kind.OUTPUT]
    assert [stage.units for stage in stages] == [2, 4, 2, 1]
    assert [stage.parameters for stage in stages] == [0, 12, 10, 3]
    assert stages[0].names == ("x₁", "x₂")
    assert stages[1].summary() == "Dense, 4 outputs · 12 parameters"
    assert stages[3].summary() == "Dense, 1 output · 3 parameters"


def test_digits_show_an_image_a_plain_column_and_named_classes() -> None:
    stages = stages_of(edits.set_source(presets.default(), "digits").project)
    assert [stage.kind for stage in stages[:2]] == [Kind.IMAGE, Kind.PLAIN]
    assert stages[0].summary() == "Input, 8 × 8 image"
    assert stages[1].units == 64
    assert len(stages[-1].names) == 10
    assert first_weighted(stages) == 2


def test_data_on_the_plane_have_no_weight_images() -> None:
    assert first_weighted(stages_of(presets.default())) is None


def test_captions_use_the_room_they_have() -> None:
    stage = stages_of(presets.default())[1]
    assert stage.caption(1000, lambda text: 7.0 * len(text)) == "4 outputs · 12 parameters"
    assert stage.caption(100, lambda text: 7.0 * len(text)) == "12 parameters"
    assert stage.caption(50, lambda text: 7.0 * len(text)) == "12 par."
    assert stage.caption(10, lambda text: 7.0 * len(text)) == "12"
    assert "12 parameters" in stage.tip()


def test_layers_that_do_not_fit_say_so() -> None:
    digits = edits.set_source(presets.default(), "digits").project
    stages = stages_of(with_layers(digits, Dense(units=3), Dense(units=10)))
    assert [stage.shape for stage in stages[1:]] == [None, None]
    assert stages[1].caption(1000, len) == "does not fit"
    assert "does not fit" in stages[1].tip()
    assert first_weighted(stages) is None


def test_layers_that_keep_the_shape_have_a_unit_for_each_before() -> None:
    stages = stages_of(with_layers(presets.default(), Dense(units=3), Dropout(), BatchNormalization(), Dense(units=1)))
    assert [stage.paired for stage in stages] == [False, False, True, True, False]
    assert [stage.kind for stage in stages[2:4]] == [Kind.UNITS, Kind.UNITS]
    assert [stage.units for stage in stages[1:4]] == [3, 3, 3]
    assert stages[2].multiply_adds == 0
    assert stages[1].multiply_adds == 6
    assert "6 multiply-adds" in stages[1].tip()


def test_a_bypassed_layer_passes_its_input_on() -> None:
    stages = stages_of(with_layers(presets.default(), Dense(units=3, bypassed=True), Dense(units=1)))
    assert stages[1].bypassed
    assert stages[1].shape == (2,)
    assert stages[1].caption(100, len) == "bypassed"
    assert stages[2].parameters == 3
