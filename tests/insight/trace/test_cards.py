"""What the cards say, against the engine and against sums of our own."""

import dataclasses
import time

import msgspec
import numpy as np
import pytest

from playground.data.sources import SOURCES
from playground.engine import layers, losses, optimizers
from playground.engine.layers import Dense
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.insight.trace import TracePainter, backward, beats, forward, mistakes, naming, update
from playground.insight.trace.card import Asked, Beat, Focus, Stage, Zoom
from playground.insight.trace.formulas.digits import digits_of, rounded
from playground.insight.trace.formulas.expression import Formula, Symbol
from playground.project import build, presets
from playground.project.model import NetworkSettings, Project
from playground.training.loop import TrainingLoop
from tests.training.runs import make_loop, make_project

ULP = 4


def traced(loop=None, steps=3):
    loop = loop or make_loop()
    for _ in range(steps):
        loop.single_step()
    return TracePainter().trace(loop)


def with_layers(*hidden, **training):
    project = make_project(**training)
    return make_loop(
        msgspec.structs.replace(project, network=NetworkSettings(layers=(*hidden, project.network.layers[-1])))
    )


def every_card(trace):
    for zoom in Zoom:
        for beat in beats.beats(trace, zoom):
            for focus in (Focus(), Focus(trace.batch - 1, len(trace.layers) - 1, 99, None)):
                yield zoom, beat, beats.card(trace, zoom, beat, focus)


def assert_within_ulp(found, terms):
    """found, a single-precision sum, is within a few units in the last place of its largest intermediate sum."""
    exact = float(np.sum(np.asarray(terms, np.float64)))
    size = max(np.max(np.abs(terms)), np.max(np.abs(np.cumsum(terms))), abs(exact))
    assert abs(found - exact) <= ULP * np.spacing(np.float32(size))


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "silu"])
def test_sums_are_those_of_the_engine(activation):
    trace = traced(make_loop(make_project(activation=activation, units=(4, 3))))
    for index, layer in enumerate(trace.layers):
        kernel, bias = (trace.parameter(index, name, trace.update.before) for name in ("kernel", "bias"))
        for unit in range(len(bias)):
            for example in range(trace.batch):
                first, *_ = forward.told(trace, Focus(example, index, unit))
                terms = [*(kernel[:, unit].astype(float) * layer.input[:, example]), float(bias[unit])]
                assert_within_ulp(first.result, terms)
                assert_within_ulp(first.evaluate(), terms)


@pytest.mark.parametrize("name", OPTIMIZERS.names())
def test_the_last_line_of_an_update_is_the_real_weight(name):
    loop = make_loop(make_project(optimizer=name, l2=0.01))
    trace = traced(loop)
    loop.single_step()
    for layer in range(3):
        for source in (0, 1, None):
            told = update.told(trace, naming.chosen(trace, beats.fitted(trace, Focus(0, layer, 0, source))))
            place = naming.chosen(trace, beats.fitted(trace, Focus(0, layer, 0, source))).place
            assert told[-1].result == loop.network.flat[place]
            assert all(one.agrees for one in told), [one for one in told if not one.agrees]


def test_the_sum_over_the_examples_is_the_gradient():
    trace = traced()
    for focus in (Focus(2, 0, 1, 0), Focus(0, 1, 1, 3), Focus(5, 2, 0, None)):
        *_, one, total = backward.card(trace, focus).formulas
        place = naming.chosen(trace, focus).place
        assert total.result == trace.update.loss_gradient[place]
        assert total.values["this"] == pytest.approx(one.result)
        layer = trace.layers[focus.layer]
        given = np.ones(trace.batch) if focus.source is None else layer.input[focus.source]
        assert_within_ulp(total.result, layer.sum_gradients[focus.unit].astype(float) * given)


def test_the_chain_rule_goes_through_all_later_layers():
    """2-4-2-1: output, both units of layer 2, then layer 1; their product is the gradient, number by number."""
    trace = traced()
    focus = Focus(1, 0, 2, 1)
    told = backward.card(trace, focus).formulas
    lefts = [(one.left.base, one.left.sub, one.left.sup) for one in told]
    assert lefts == [
        ("∂L/∂z", "1", "(3)"),
        ("∂L/∂z", "1", "(2)"),
        ("∂L/∂z", "2", "(2)"),
        ("∂L/∂a", "3", "(1)"),
        ("∂L/∂z", "3", "(1)"),
        ("∂L/∂w", "23", "(1)"),
        ("g", "", ""),
    ]
    assert all(one.agrees and one.expression for one in told)
    w3, w2 = (trace.parameter(layer, "kernel", trace.update.before).astype(float) for layer in (2, 1))
    a1, a2 = (trace.layers[layer].outputs[:, 1].astype(float) for layer in (0, 1))
    seed = (float(trace.outputs[0, 1]) - float(trace.targets[0, 1])) / trace.batch
    back = (w2 @ (w3[:, 0] * seed * (1 - a2**2))) * (1 - a1**2)
    assert told[5].result == pytest.approx(back[2] * float(trace.layers[0].input[1, 1]), rel=1e-5)


def test_the_gradient_is_the_slope_of_the_loss():
    """Independent of all formulas: central differences of the mean loss of the mini-batch, in double precision."""
    trace = traced()
    network = build.network(trace.project, "float64")
    x = trace.layers[0].input.T.astype(float)
    for focus in (Focus(0, 0, 3, 1), Focus(0, 1, 0, 2), Focus(0, 2, 0, 1)):
        place, both = naming.chosen(trace, focus).place, []
        for step in (1e-4, -1e-4):
            network.flat[:] = trace.update.before
            network.flat[place] += step
            both.append(network.evaluate(x, trace.targets.T, trace.loss_function))
        told = backward.card(trace, focus).formulas
        assert told[-1].result == pytest.approx((both[0] - both[1]) / 2e-4, rel=2e-3, abs=1e-6)


@pytest.mark.parametrize("name", LOSSES.names())
def test_losses_say_the_engines_number(name):
    output, source = {
        "binary_crossentropy": ("sigmoid", "circle"),
        "categorical_crossentropy": ("softmax", "blobs"),
        "kl_divergence": ("softmax", "blobs"),
        "hinge": ("tanh", "circle"),
        "squared_hinge": ("tanh", "circle"),
        "poisson": ("softplus", "circle"),
    }.get(name, ("linear", "plane"))
    trace = traced(make_loop(make_project(source, loss=name, output=output)))
    for example in range(trace.batch):
        told = mistakes.told(trace, example)
        assert told[-1].result == trace.losses[example]
        assert all(one.agrees for one in told)
    assert mistakes.mean(trace).evaluate() == pytest.approx(trace.loss, rel=1e-9)
    beat = Beat(Stage.BACKWARD, len(trace.layers) - 1)
    assert all(one.agrees for one in beats.card(trace, Zoom.TERM, beat, Focus(0, beat.layer)).formulas)


KINDS = {
    "normal": (Dense(4), layers.BatchNormalization(), layers.Activation("relu"), layers.LayerNormalization()),
    "chance": (Dense(6, activation="elu"), layers.Dropout(0.3), layers.GaussianNoise(0.2)),
    "normal, frozen": (Dense(4), layers.BatchNormalization(trainable=False), layers.Activation("relu")),
    "around, projected": (layers.Residual([Dense(5, activation="tanh")], activation="relu"), Dense(3)),
    "around": (layers.Residual([Dense(5, activation="tanh"), Dense(2)]), Dense(3, activation="softplus")),
    "frozen": (Dense(4, activation="tanh", trainable=False), Dense(3, activation="tanh", muted=(1,))),
    "bypassed": (Dense(4, activation="tanh"), Dense(4, activation="tanh", bypassed=True), Dense(2)),
    "bypassed of another size": (Dense(4, activation="tanh"), Dense(2, activation="tanh", bypassed=True)),
    "wide": (Dense(40, activation="gelu"), Dense(30, activation="selu"), Dense(8, activation="step")),
    "output of three": (Dense(3, activation="softmax"),),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_card_of_many_kinds_of_layers_agrees_with_the_engine(kind):
    trace = traced(with_layers(*KINDS[kind]))
    for _, _, card in every_card(trace):
        for one in card.formulas:
            assert one.agrees, one
            assert one.in_symbols == () or one.in_numbers


@pytest.mark.parametrize("loss", ["binary_crossentropy", "mean_squared_error", "mean_absolute_error"])
def test_the_weight_of_an_examples_class_stands_in_loss_and_gradient(loss):
    project = make_project(loss=loss, class_weight="balanced")
    data = msgspec.structs.replace(project.data, balance=0.1, points=200)
    trace = traced(make_loop(msgspec.structs.replace(project, data=data)))
    weighed = 0
    for _, beat, card in every_card(trace):
        for one in card.formulas:
            assert one.agrees, one
            weighed += beat.stage is not Stage.FORWARD and "c" in one.values
    assert weighed >= 4


@pytest.mark.parametrize("name", presets.names())
def test_every_card_of_every_preset_agrees_with_the_engine(name):
    project = presets.load(name)
    trace = traced(TrainingLoop(project, build.samples(project)))
    count = 0
    for zoom, beat, card in every_card(trace):
        count += 1
        assert card.title.text, (zoom, beat)
        assert card.formulas or card.tables or card.note
        for one in card.formulas:
            assert one.agrees, (zoom, beat, one)
        for table in card.tables:
            assert table.numbers.ndim == 2
            assert table.numbers.size <= 60
        for strengths in [*card.spot.units.values(), *(e for e in card.spot.edges.values() if e is not None)]:
            assert np.all((strengths >= 0) & (strengths <= 1.0000001))
    assert count >= 2 * 4 * 4


def test_a_picture_is_told_by_its_windows():
    network = (layers.Conv2D(3, 3, padding="same", activation="tanh"), layers.Flatten(), Dense(10, "softmax"))
    project = Project(
        data=presets.load("digits").data,
        network=NetworkSettings(layers=network),
        training=msgspec.structs.replace(
            Project().training, loss=losses.get("categorical_crossentropy"), optimizer=optimizers.get("adam")
        ),
    )
    assert isinstance(project.data.source, SOURCES["digits"])
    trace = traced(TrainingLoop(project, build.samples(project)))
    for unit in range(3):
        sum_, bent = forward.told(trace, Focus(1, 0, unit, 4))
        assert sum_.agrees
        assert bent.agrees
        assert "rest" in sum_.values
    told = update.told(trace, naming.chosen(trace, Focus(0, 0, 2, 4)))
    assert told[-1].agrees
    kernel = trace.parameter(0, "kernel", trace.update.after)
    assert told[-1].result == kernel[1, 1, 0, 2]


def test_beats_go_forward_then_back():
    trace = traced()
    assert [beat.stage for beat in beats.beats(trace, Zoom.EPOCH)] == list(Stage)
    close = [(beat.stage.value, beat.layer) for beat in beats.beats(trace, Zoom.TERM)]
    assert close == [
        *(("forward", layer) for layer in (0, 1, 2)),
        ("loss", -1),
        *(("backward", layer) for layer in (2, 1, 0)),
        ("update", -1),
    ]
    frozen = traced(with_layers(*KINDS["frozen"]))
    assert Beat(Stage.BACKWARD, 0) not in beats.beats(frozen, Zoom.LAYER)
    bypassed = traced(with_layers(*KINDS["bypassed"]))
    assert Beat(Stage.FORWARD, 1) not in beats.beats(bypassed, Zoom.LAYER)


def test_questions_ask_for_numbers_and_directions():
    trace = traced()
    focus = Focus(0, 0, 1, 0)
    up_or_down = beats.card(trace, Zoom.TERM, Beat(Stage.UPDATE), focus).question
    place = naming.chosen(trace, focus).place
    assert up_or_down.kind is Asked.DIRECTION
    assert up_or_down.answer == float(trace.update.after[place]) - float(trace.update.before[place])
    right = beats.card(trace, Zoom.BATCH, Beat(Stage.FORWARD), focus).question
    correct = (trace.outputs[0] > 0.5) == (trace.targets[0] > 0.5)
    assert right.answer == correct.sum()
    number = beats.card(trace, Zoom.TERM, Beat(Stage.FORWARD, 0), focus)
    assert number.question.answer == number.formulas[0].result == trace.layers[0].sums[1, 0]


def test_lights_follow_the_beat():
    trace = traced()
    focus = Focus(0, 0, 1, 1)
    forward_ = beats.card(trace, Zoom.TERM, Beat(Stage.FORWARD, 0), focus).spot
    assert forward_.forward
    assert np.flatnonzero(forward_.units[1]).tolist() == [1]
    assert np.flatnonzero(forward_.edges[0].any(axis=0)).tolist() == [1]
    back = beats.card(trace, Zoom.TERM, Beat(Stage.BACKWARD, 0), focus).spot
    assert not back.forward
    assert sorted(back.edges) == [0, 1, 2]
    assert np.argwhere(back.edges[0]).tolist() == [[1, 1]]
    assert np.flatnonzero(back.edges[1].any(axis=1)).tolist() == [1]
    assert beats.card(trace, Zoom.LAYER, Beat(Stage.LOSS), focus).spot.cards == {"loss"}
    assert beats.card(trace, Zoom.BATCH, Beat(Stage.UPDATE), focus).spot.cards == {"optimizer"}


def test_the_focus_keeps_within_the_network():
    trace = traced()
    assert beats.fitted(trace, Focus(99, 99, 99, 99)) == Focus(9, 2, 0, 1)
    assert beats.fitted(trace, Focus(-1, -1, -1, None)) == Focus(0, 0, 0, None)
    assert beats.at_beat(trace, Beat(Stage.FORWARD, 1), Focus(3, 0, 3, 1)) == Focus(3, 1, 0, 0)


def test_cards_are_quick():
    trace = traced(make_loop(make_project(units=(64, 64, 64))))
    start = time.perf_counter()
    cards = [card for _, _, card in every_card(trace)]
    assert (time.perf_counter() - start) / len(cards) < 0.005


@pytest.mark.parametrize("epochs", [0, 5, 200, 600])
def test_whoever_computes_again_from_what_is_shown_gets_what_is_shown(epochs):
    """Also with saturated units, where 1 − a² needs more digits of a than 1."""
    loop = make_loop()
    for _ in loop.run(1.0, until_epoch=epochs):
        pass
    trace = traced(loop, steps=1)
    for layer in range(3):
        for unit in range(naming.units(trace, layer)):
            focus = Focus(1, layer, unit, 0)
            for beat in beats.beats(trace, Zoom.TERM):
                for one in beats.card(trace, Zoom.TERM, beat, focus).formulas:
                    assert one.agrees, one
                    if not one.expression:
                        continue
                    digits = digits_of(one)
                    shown = {name: rounded(value, digits.values[name]) for name, value in one.values.items()}
                    result = rounded(one.result, digits.result)
                    again, close = one.evaluate(shown), max(0.03 * abs(result), 2e-5 * one.size)
                    assert abs(again - result) <= close, (one, digits)


def test_an_update_shows_enough_digits_to_be_seen():
    tiny = Formula(
        Symbol("w"), "w - rate * g", 0.4119999, {"w": Symbol("w")}, {"w": 0.412, "rate": 0.001, "g": 1e-4}, arrow=True
    )
    digits = digits_of(tiny)
    assert rounded(0.412, digits.values["w"]) != rounded(0.4119999, digits.result)
    assert digits.values["rate"] == 3


@pytest.mark.parametrize(
    ("activation", "loss", "source", "output"),
    [
        ("selu", "binary_crossentropy", "circle", "sigmoid"),
        ("relu", "binary_crossentropy", "circle", "sigmoid"),
        ("tanh", "kl_divergence", "blobs", "softmax"),
        ("tanh", "categorical_crossentropy", "blobs", "softmax"),
    ],
)
def test_cards_agree_with_certain_networks(activation, loss, source, output):
    """Where predictions are 0 or 1 to the last digit, and through a softmax that is not one with its loss."""
    loop = make_loop(make_project(source, activation=activation, units=(5, 4, 3), loss=loss, output=output))
    for _ in loop.run(5.0, until_epoch=60):
        pass
    trace = traced(loop, steps=1)
    for example in range(trace.batch):
        for zoom in (Zoom.LAYER, Zoom.TERM):
            for beat in beats.beats(trace, zoom):
                for one in beats.card(trace, zoom, beat, Focus(example, 0, 1, 0)).formulas:
                    assert one.agrees, one


def test_a_certain_prediction_has_a_loss_without_the_logarithm_of_zero():
    trace = traced()
    certain = trace.layers[-1].outputs.copy()
    certain[0, :] = trace.targets[0]
    last = dataclasses.replace(trace.layers[-1], outputs=certain)
    sure = dataclasses.replace(trace, layers=(*trace.layers[:-1], last), losses=np.zeros(trace.batch))
    (told,) = mistakes.told(sure, 0)
    assert told.expression in ("-log(p)", "-log(1 - p)")
    assert told.evaluate() == 0


def test_a_planted_bug_shows_where_formula_and_network_disagree():
    """The trace makes the same mistake as the run, and the chain rule does not add up at that layer."""
    project = make_project()
    training = msgspec.structs.replace(project.training, bug=1)
    loop = make_loop(msgspec.structs.replace(project, training=training))
    trace = traced(loop)
    loop.single_step()
    np.testing.assert_array_equal(trace.update.after, loop.network.flat)
    wrong = {
        beat.layer
        for beat in beats.beats(trace, Zoom.TERM)
        for one in beats.card(trace, Zoom.TERM, beat, Focus(0, max(0, beat.layer), 0, 0)).formulas
        if not one.agrees
    }
    assert wrong
    assert 2 not in wrong


STACKS = {
    "pooled": (
        layers.Conv2D(4, 3, strides=1, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.DepthwiseConv2D(2, depth_multiplier=2, activation="tanh"),
        layers.AveragePooling2D(2),
        layers.GlobalAveragePooling2D(),
    ),
    "normal": (
        layers.Conv2D(3, (2, 3), strides=(2, 1)),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.LayerNormalization(),
        layers.Dropout(0.2),
        layers.Flatten(),
    ),
    "around": (
        layers.Residual([layers.Conv2D(2, 3, padding="same", activation="tanh"), layers.BatchNormalization()]),
        layers.Reshape((64 * 2,)),
    ),
}


@pytest.mark.parametrize("kind", STACKS)
def test_pictures_are_told_through_any_layers(kind):
    digits = presets.load("digits")
    network = NetworkSettings(layers=(*STACKS[kind], Dense(10, activation="softmax")))
    project = msgspec.structs.replace(digits, network=network)
    loop = TrainingLoop(project, build.samples(project))
    trace = traced(loop)
    for _, _, card in every_card(trace):
        for one in card.formulas:
            assert one.agrees, one
    loop.single_step()
    np.testing.assert_array_equal(trace.update.after, loop.network.flat)
