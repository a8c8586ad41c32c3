"""What is proposed after something was done: every condition of the registry, from a change that brings it about."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.lessons.conditions import CONDITIONS
from playground.lessons.conditions.layers import HiddenLayersAtLeast
from playground.lessons.conditions.progress import EpochsSince
from playground.lessons.conditions.weights import NewWeightsAtLeast
from playground.lessons.moment import DIVERGED, EXAMPLE, WEIGHTS, Moment
from playground.lessons.recording.proposals import BUILDERS, NOT_PROPOSED, proposals
from playground.lessons.recording.rings import ring_for
from playground.lessons.recording.sentences import described, sentence
from playground.project import edits
from playground.training.records import Counters
from tests.lessons.conditions.test_conditions import CIRCLE, DIGITS, MOMENTUM, RELU, WITHOUT_HIDDEN, at, learned

ALIKE, FEW = np.zeros(33, np.float32), np.zeros(9, np.float32)
RANDOM = np.random.default_rng(0).normal(size=33).astype(np.float32)


def counted(step: int = 0, **known: Any) -> Counters:
    return Counters(step // 10, step, **known)


def started(project: Any = CIRCLE, **known: Any) -> Moment:
    """How a step begins."""
    return Moment(project, project, **known)


def went_on(before: Moment, project: Any = None, **known: Any) -> Moment:
    """What came of it."""
    return replace(before, **{"project": project or before.project, "updates": 1, **known})


def told(before: Moment, after: Moment) -> dict[str, Any]:
    """The proposals by name; of several of one name the last."""
    return {str(one.condition.__struct_config__.tag): one for one in proposals(before, after)}


NEW, FRESH = started(), started(counters=counted(0, train_loss=0.7, test_loss=0.7, test_metric=0.5), purity=(0.5, 0.5))
LATER = {"counters": counted(400, train_loss=0.1, test_loss=0.16, test_metric=0.98), "epochs": 40, "updates": 400}

CASES: dict[str, tuple[Moment, Moment]] = {
    "test_loss_below": (FRESH, went_on(FRESH, **LATER)),
    "train_loss_below": (FRESH, went_on(FRESH, **LATER)),
    "test_metric_above": (FRESH, went_on(FRESH, **LATER)),
    "loss_gap_above": (FRESH, went_on(FRESH, **LATER)),
    "loss_gap_below": (
        started(counters=counted(5, train_loss=0.1, test_loss=0.5)),
        went_on(NEW, counters=counted(9, train_loss=0.1, test_loss=0.2)),
    ),
    "purity_above": (FRESH, went_on(FRESH, purity=(0.5, 0.9))),
    "epochs_since": (FRESH, went_on(FRESH, **LATER)),
    "updates_at_least": (FRESH, went_on(FRESH, **LATER)),
    "updates_at_most": (started(counters=counted(50)), went_on(NEW, counters=counted(0))),
    "diverged": (NEW, went_on(NEW, done=frozenset({DIVERGED}))),
    "example_selected": (NEW, went_on(NEW, done=frozenset({EXAMPLE}))),
    "weight_edited": (NEW, went_on(NEW, done=frozenset({WEIGHTS}))),
    "panel_opened": (NEW, went_on(NEW, done=frozenset({"panel.health"}))),
    "action_done": (NEW, went_on(NEW, done=frozenset({"run.reset"}))),
    "learning_rate_between": (NEW, went_on(NEW, at("training.optimizer.learning_rate", 0.3))),
    "momentum_between": (NEW, went_on(NEW, MOMENTUM)),
    "batch_size_between": (NEW, went_on(NEW, at("training.batch_size", 1))),
    "l2_between": (NEW, went_on(NEW, at("training.l2", 0.01))),
    "points_between": (NEW, went_on(NEW, at("data.points", 60))),
    "optimizer_is": (NEW, went_on(NEW, MOMENTUM)),
    "source_is": (NEW, went_on(NEW, edits.set_source(CIRCLE, "xor").project)),
    "classes_at_least": (NEW, went_on(NEW, DIGITS)),
    "feature_on": (NEW, went_on(NEW, at("data.features", ("x1", "x2", "x1_x2")))),
    "feature_off": (NEW, went_on(NEW, at("data.features", ("x1",)))),
    "view_shows": (NEW, went_on(NEW, at("view.discretize", True))),
    "drawings_learned": (NEW, went_on(NEW, learned(3))),
    "hidden_layers_at_least": (started(WITHOUT_HIDDEN), Moment(CIRCLE, WITHOUT_HIDDEN)),
    "layers_at_most": (NEW, went_on(NEW, WITHOUT_HIDDEN)),
    "has_layer": (NEW, went_on(NEW, DIGITS)),
    "activation_is": (NEW, went_on(NEW, RELU)),
    "hidden_activations_are": (
        NEW,
        went_on(NEW, edits.set_activation(edits.set_activation(CIRCLE, 0, "relu").project, 1, "relu").project),
    ),
    "initializer_is_not": (NEW, went_on(NEW, at("network.layers.0.kernel_initializer", "zeros"))),
    "unit_muted": (NEW, went_on(NEW, at("network.layers.0.muted", (1,)))),
    "units_at_least": (NEW, went_on(NEW, at("network.layers.0.units", 6))),
    "parameters_at_most": (started(parameters=RANDOM), went_on(NEW, WITHOUT_HIDDEN, parameters=FEW)),
    "unit_kinds_at_least": (started(parameters=ALIKE), went_on(NEW, parameters=RANDOM)),
    "new_weights_at_least": (NEW, went_on(NEW, at("network.seed", CIRCLE.network.seed + 2))),
}


def test_every_condition_has_a_builder_a_sentence_and_a_case() -> None:
    assert set(BUILDERS) | NOT_PROPOSED == set(CONDITIONS) == described()
    assert set(CASES) == set(BUILDERS)


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_proposed(name: str) -> None:
    before, after = CASES[name]
    found = told(before, after)
    assert name in found
    assert found[name].condition.met(after)
    assert not found[name].condition.met(before)
    assert found[name].sentence[0].isupper()
    assert "%" not in found[name].sentence
    assert proposals(before, after)[0].best


def test_nothing_is_proposed_where_nothing_has_changed() -> None:
    assert proposals(FRESH, FRESH) == ()


def test_numbers_that_are_known_only_now_are_no_change() -> None:
    known = went_on(NEW, counters=FRESH.counters, purity=(0.5, 0.9), updates=0)
    assert proposals(NEW, known) == ()
    edited = replace(known, project=at("training.batch_size", 1))
    assert [str(one.condition.__struct_config__.tag) for one in proposals(NEW, edited)] == ["batch_size_between"]


def test_a_loss_that_fell_by_another_setting_is_offered_only() -> None:
    after = Moment(at("data.points", 60), CIRCLE, counters=counted(0, train_loss=0.3, test_loss=0.3))
    found = told(FRESH, after)
    assert found["points_between"].best
    assert not found["test_loss_below"].best


def test_one_is_told_as_one() -> None:
    assert told(*CASES["hidden_layers_at_least"])["hidden_layers_at_least"].sentence.endswith("2 hidden layers")
    assert sentence(HiddenLayersAtLeast(1)) == "There is a hidden layer"
    assert sentence(EpochsSince(1)) == "An epoch was trained in this step"
    assert sentence(NewWeightsAtLeast(1)) == "New weights were drawn"


def test_a_ring_is_proposed_with_the_best() -> None:
    rings = {name: ring_for(proposals(*case)[0].condition) for name, case in CASES.items()}
    assert rings["learning_rate_between"] == "training.optimizer.learning_rate"
    assert rings["activation_is"] == "network.layers.0.activation"
    assert rings["source_is"] == "data.source.xor"
    assert "{" not in "".join(rings.values())


def test_sentences_speak_the_words_of_the_window() -> None:
    assert told(*CASES["activation_is"])["activation_is"].sentence == "Layer 1 has the activation “ReLU”"
    assert told(*CASES["action_done"])["action_done"].sentence == "The command “Reset” was used"
    assert "The feature “x₁x₂” is an input" in [one.sentence for one in proposals(*CASES["feature_on"])]


def test_numbers_are_round_and_leave_some_slack() -> None:
    found = told(FRESH, went_on(FRESH, **LATER))
    assert found["test_loss_below"].condition.value == 0.2
    assert found["epochs_since"].condition.value == 30
    assert found["test_metric_above"].condition.value == 0.86
    rate = told(*CASES["learning_rate_between"])["learning_rate_between"]
    assert (rate.condition.at_least, rate.condition.at_most) == (0.24, 0.38)
    assert rate.sentence == "The learning rate lies between 0.24 and 0.38"


def test_the_best_come_first_and_what_follows_from_them_is_only_offered() -> None:
    found = proposals(FRESH, went_on(FRESH, **LATER))
    assert [one.best for one in found] == sorted((one.best for one in found), reverse=True)
    names = {str(one.condition.__struct_config__.tag) for one in found if one.best}
    assert names == {"epochs_since", "test_loss_below"}


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(0, 10**9),
    st.integers(0, 10**6),
)
def test_any_numbers_of_a_run_make_conditions_that_hold(loss: float, test: float, step: int, epochs: int) -> None:
    after = went_on(
        FRESH,
        counters=counted(step, train_loss=loss, test_loss=test, test_metric=loss),
        epochs=epochs,
        updates=step,
        purity=(0.1, test),
    )
    for one in proposals(FRESH, after):
        assert one.condition.met(after)
        assert not one.condition.met(FRESH)
