"""The actions of the data menu, on the real window."""

from playground.app.main_window import MainWindow
from playground.project import edits
from playground.project.model import MAX_SEED


def test_other_examples_are_drawn_and_undone(window: MainWindow) -> None:
    document = window.session.document
    before = document.samples.inputs
    window.actions_by_id["data.redraw"].trigger()
    assert document.project.data.seed == 1
    assert (document.samples.inputs != before).any()
    window.actions_by_id["edit.undo"].trigger()
    assert (document.samples.inputs == before).all()


def test_after_the_last_seed_a_sentence_says_so(window: MainWindow) -> None:
    document = window.session.document
    document.apply(edits.set_value(document.project, "data.seed", MAX_SEED))
    window.actions_by_id["data.redraw"].trigger()
    assert document.project.data.seed == MAX_SEED
    assert window.messages.message is not None
    assert str(MAX_SEED + 1) in window.messages.message.text
