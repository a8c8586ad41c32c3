"""Points with wrong labels: which are gone, what that is worth, and that a small network shows them."""

import msgspec
import numpy as np

from playground.data.block import Block
from playground.data.sources import Points
from playground.engine.layers import Dense
from playground.lessons.challenges import found, library, rules, score
from playground.project import build, paint_edits
from playground.project.model import Project
from playground.project.paint_edits import Canvas
from playground.training import run

NAME = "find_the_wrong"
CHALLENGE, START = library.load(NAME), library.start(NAME)


def broken(project: Project) -> list[str]:
    return [one.broken for one in rules.check(CHALLENGE, START, project, 1) if not one.kept]


def test_nothing_in_the_data_tells_which_labels_are_wrong() -> None:
    dataset = build.samples(START).dataset
    assert len(dataset.flipped) == 0
    assert START.data.label_noise == 0.0
    assert isinstance(START.data.source, Points)
    assert START.data.source.sound()


def test_what_is_gone_is_told_from_what_is_left() -> None:
    assert found.erased(START, START) == ()
    assert found.erased(START, found.without(START, (3, 17))) == (3, 17)
    points = START.data.source
    assert isinstance(points, Points)
    labels = points.block["y"].copy()
    labels[5] = 1 - labels[5]
    other = msgspec.structs.replace(points, block=Block({**points.block.arrays, "y": labels}))
    project = msgspec.structs.replace(START, data=msgspec.structs.replace(START.data, source=other))
    assert found.erased(START, project) == (5,)
    assert found.added(START, project) == 0
    assert broken(project) == []


def test_f1() -> None:
    wrong = CHALLENGE.wrong
    right = tuple(row for row in range(130) if row not in wrong)
    assert found.score(CHALLENGE, ()) == 0.0
    assert found.score(CHALLENGE, wrong) == 1.0
    assert found.score(CHALLENGE, right[:12]) == 0.0
    assert found.score(CHALLENGE, wrong[:6]) == 2 * 6 / 18
    assert 0.0 < found.score(CHALLENGE, tuple(range(130))) < CHALLENGE.stars[0]


def test_the_eraser_keeps_the_rules_and_other_tools_break_them() -> None:
    canvas = Canvas.of(START, build.samples(START).dataset)
    erased = paint_edits.paint(START, canvas.erased(np.array(CHALLENGE.points[7][:2]), 0.2), "Erase", 1).project
    assert found.erased(START, erased) == (7,)
    assert broken(erased) == []
    added = paint_edits.paint(START, canvas.added(np.zeros((1, 2)), 1), "Brush", 1).project
    assert broken(added) == ["Points were added or moved, or the data are others; undo that, or start over."]
    chosen = np.arange(130) == 4
    moved = paint_edits.paint(START, canvas.moved(chosen, np.array([0.5, 0.0])), "Move", 1).project
    assert len(broken(moved)) == 1
    many = found.without(START, tuple(range(30)))
    assert broken(many) == ["30 points are gone; at most 24 may be erased."]
    assert score.judge(CHALLENGE, START, many, 1).score is None


def test_other_data_break_the_rule() -> None:
    other = library.start("sprint")
    assert len(broken(other)) == 2
    assert found.erased(START, other) == tuple(range(130))
    assert found.added(START, other) == 0


def test_what_a_small_network_gets_wrong_wins_a_star() -> None:
    layers = (Dense(units=6, activation="tanh"), START.network.layers[-1])
    network = msgspec.structs.replace(START.network, layers=layers)
    project = msgspec.structs.replace(START, network=network)
    result, samples = run.train(project, epochs=100), build.samples(project)
    decided = result.loop.network.forward(samples.inputs)[:, 0] > 0.5
    wrong = np.flatnonzero(decided != (samples.dataset.labels == 1))
    assert set(CHALLENGE.wrong) <= set(wrong.tolist())
    assert score.judge(CHALLENGE, START, found.without(START, tuple(wrong.tolist())), 1).stars >= 1
