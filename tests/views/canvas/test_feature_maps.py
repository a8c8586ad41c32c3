"""Convolutions on the canvas: what each channel finds in the example, and its kernel."""

from typing import Any

import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS
from playground.insight.pictures import ACTIVATIONS as ACTIVATIONS_PICTURE
from playground.project import build, edits, presets
from playground.session import Session
from playground.views.canvas import NetworkCanvas
from playground.views.canvas.contents import FeatureMaps
from playground.views.canvas.pictures import _windows
from playground.views.canvas.stages import Kind, stages_of
from playground.views.canvas.units import MapStrip, Span
from playground.views.theme import Theme


def test_image_layers_are_columns_of_channels() -> None:
    stages = stages_of(presets.load("digits_cnn"))
    kinds = [(stage.kind, stage.units, stage.channels, stage.paired) for stage in stages]
    assert kinds == [
        (Kind.IMAGE, 64, False, False),
        (Kind.UNITS, 8, True, False),
        (Kind.UNITS, 8, True, True),
        (Kind.PLAIN, 128, False, False),
        (Kind.OUTPUT, 10, False, False),
    ]
    assert stages[1].caption(1000, len) == "8 × 8 × 8 · 80 parameters"
    assert stages[2].caption(1000, len) == "4 × 4 × 8"


def test_kernels_are_one_picture_for_each_channel() -> None:
    kernel = np.arange(2 * 2 * 3 * 4, dtype=float).reshape(2, 2, 3, 4)
    windows = _windows(kernel, 4)
    assert windows is not None
    np.testing.assert_array_equal(windows[1], kernel[:, :, :, 1].mean(axis=2))
    depthwise = _windows(np.arange(12.0).reshape(2, 2, 3, 1), 3)
    assert depthwise is not None
    np.testing.assert_array_equal(depthwise[2], [[2.0, 5.0], [8.0, 11.0]])
    assert _windows(np.zeros((3, 4)), 4) is None
    assert _windows(np.zeros((2, 2, 3, 4)), 7) is None


def pixels(strip: MapStrip) -> Any:
    return strip._pixels


@pytest.fixture
def cnn(canvas: NetworkCanvas, session: Session, qtbot: Any) -> NetworkCanvas:
    session.document.open(presets.load("digits_cnn"), name="cnn")
    surface = canvas.assembly.surface
    qtbot.waitUntil(lambda: isinstance(surface.content(1), FeatureMaps) and isinstance(surface.content(2), FeatureMaps))
    return canvas


def test_they_show_the_example_and_follow_the_weights(
    cnn: NetworkCanvas, session: Session, theme: Theme, qtbot: Any
) -> None:
    surface, trainer = cnn.assembly.surface, session.trainer
    trainer.step()
    qtbot.waitUntil(lambda: trainer.latest.counters.step == 1)
    moment = trainer.latest
    network = build.network(session.document.project)
    network.flat[...] = moment.parameters
    example = moment.pictures[ACTIVATIONS_PICTURE].example
    program = network.bind(1)
    program.input[...] = session.document.samples.inputs[example].transpose(2, 0, 1)[..., None]
    program.run()
    maps = program.outputs[0][..., 0]
    expected = MapStrip.diverging(maps, Span.of(maps, ACTIVATIONS["relu"].range), theme)
    np.testing.assert_array_equal(pixels(surface.content(1).strip), pixels(expected))
    kernels = network.unpack()["0.kernel"][:, :, 0].transpose(2, 0, 1)
    inset = MapStrip.diverging(kernels, Span.of(kernels, "any"), theme)
    np.testing.assert_array_equal(pixels(surface.content(1).kernels), pixels(inset))
    assert surface.content(2).kernels is None


def test_channels_are_muted_removed_and_added(cnn: NetworkCanvas, session: Session, qtbot: Any) -> None:
    document, surface = session.document, cnn.assembly.surface
    document.apply(edits.mute_unit(document.project, 0, 3, True))
    qtbot.waitUntil(lambda: isinstance(surface.content(1), FeatureMaps))
    document.apply(edits.remove_unit(document.project, 0, 5))
    qtbot.waitUntil(lambda: isinstance(surface.content(1), FeatureMaps) and len(pixels(surface.content(1).strip)) == 7)
    assert document.project.network.layers[0].muted == (3,)
    cnn.grab()
