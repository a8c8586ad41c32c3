"""Digits that are drawn on the pad are read by a network that was trained on the scans, whatever pen draws them."""

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPointF

from playground.data.placing import Place
from playground.project import build, presets
from playground.training import run
from playground.training.evaluation import fill
from playground.views.booth.eye import Eye
from playground.views.booth.pad import BRUSHES
from playground.views.booth.strokes import Stroke


def arc(x, y, wide, high, begin, end):
    turn = np.radians(np.linspace(begin, end, 20))
    return list(zip(x + wide * np.cos(turn), y + high * np.sin(turn), strict=True))


DIGITS = {
    0: [arc(0.5, 0.5, 0.18, 0.3, -90, 270)],
    1: [[(0.4, 0.35), (0.52, 0.2), (0.52, 0.8)]],
    2: [[*arc(0.5, 0.35, 0.16, 0.15, 180, 380), (0.35, 0.8), (0.68, 0.8)]],
    3: [arc(0.48, 0.35, 0.15, 0.15, -160, 90) + arc(0.48, 0.65, 0.18, 0.15, -90, 150)],
    4: [[(0.55, 0.2), (0.3, 0.6), (0.7, 0.6)], [(0.58, 0.4), (0.58, 0.82)]],
    5: [[(0.66, 0.2), (0.4, 0.2), (0.38, 0.45), *arc(0.48, 0.6, 0.17, 0.17, -120, 140)]],
    6: [[(0.6, 0.18), (0.42, 0.4), *arc(0.5, 0.63, 0.16, 0.17, 180, 540)]],
    7: [[(0.32, 0.2), (0.68, 0.2), (0.45, 0.82)], [(0.4, 0.5), (0.65, 0.5)]],
    8: [arc(0.5, 0.35, 0.13, 0.14, 90, 450) + arc(0.5, 0.66, 0.16, 0.17, -90, 270)],
    9: [[*arc(0.5, 0.36, 0.15, 0.15, 0, 360), (0.65, 0.36), (0.62, 0.6), (0.5, 0.82)]],
}


@pytest.fixture(scope="module")
def reader():
    """A trained network and how its data are placed."""
    project = presets.load("digits")
    result = run.train(project, epochs=30)
    network = build.network(project)
    network.flat[:] = result.state.parameters
    return network.bind(1), Place.of(build.samples(project).dataset.inputs)


@pytest.mark.parametrize("size", [0.4, 1.0])
@pytest.mark.parametrize("brush", BRUSHES)
def test_drawn_digits_are_read(reader, session, brush, size):
    program, place = reader
    parent = QObject()
    eye, right = Eye(session, parent), 0
    for digit, lines in DIGITS.items():
        eye._strokes = [Stroke(brush * size, [QPointF(x * size, y * size) for x, y in line]) for line in lines]
        picture = eye._placed(place)
        fill(program, picture[None])
        program.run()
        right += int(program.output[:, 0].argmax() == digit)
        assert place.ink_of(picture) == pytest.approx(place.ink, rel=0.25)
    eye.close()
    assert right >= 9
