"""Sentences for what can go wrong."""

import pytest

from playground.training.records import Divergence, DivergenceReason, TrainingError
from playground.views import messages


def divergence(reason):
    return Divergence(reason, 31, 930, 8.1, 0.69, 10.0, 1.0, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", list(DivergenceReason))
def test_every_reason_has_a_sentence_with_its_values(qapp, reason):
    text = messages.divergence_text(divergence(reason))
    assert "epoch 31" in text
    assert "10" in text
    assert "%" not in text
    assert text.endswith(".")
    assert len(text) < 130, "it must fit one line"


def test_sentences_differ(qapp):
    assert len({messages.divergence_text(divergence(reason)) for reason in DivergenceReason}) == len(DivergenceReason)


def test_the_remedies_of_a_diverged_run(qapp):
    done = []
    message = messages.divergence_message(
        divergence(DivergenceReason.EXPLODED), lambda: done.append("recover"), lambda: done.append("reset")
    )
    assert "1" in message.remedies[0].text
    for remedy in message.remedies:
        assert remedy.tip
        remedy.act()
    assert done == ["recover", "reset"]


def test_an_error_keeps_its_details(qapp):
    message = messages.error_message(TrainingError("Out of memory.", 7, "the traceback"))
    assert message.text == "Training stopped at update 7: Out of memory."
    assert message.details == "the traceback"


def test_a_problem_can_be_undone_if_there_is_something_to_undo(qapp):
    assert messages.problem_message("Wrong.", None).remedies == ()
    assert len(messages.problem_message("Wrong.", lambda: None).remedies) == 1


def test_records_are_frozen():
    with pytest.raises(AttributeError):
        messages.Message(messages.Severity.INFO, "x").text = "y"  # type: ignore[misc]


def test_filling():
    assert messages.fill("%1 of %2", "a", "b") == "a of b"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.69314, "0.693"), (8.1, "8.1"), (330_000_000_000.0, "3.3·10¹¹"), (0.000012, "1.2·10⁻⁵"), (3.0, "3"), (0, "0")],
)
def test_measured_numbers_are_short(qapp, value, text):
    assert messages.amount(value) == text
