"""The table of which terms belong to which control."""

import json
import shutil

import pytest

from playground import resources
from playground.lessons import control_help, glossary
from playground.lessons.glossary import GlossaryError


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("training.optimizer", "optimizer"),
        ("training.optimizer.learning_rate.slider", "learning_rate"),
        ("training.optimizer.beta_1", "adam"),
        ("network.layers.3.activation", "activation"),
        ("network.layers.0.units.more", "unit"),
        ("data.features.x1", "feature"),
        ("tab.distillation", "representation"),
        ("button.run.step", "step"),
    ],
)
def test_the_entry_that_fits_best_wins(name, term):
    entry = control_help.help_for(name)
    assert entry is not None
    assert entry.terms[0] == term


def test_what_is_not_in_the_table_has_no_entry():
    assert control_help.help_for("no.such.control") is None
    assert control_help.help_for("") is None


def test_no_name_stands_twice():
    names = [name for entry in control_help.controls().controls for name in entry.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw["controls"][0].update(terms=["nothing"]), "unknown term “nothing”"),
        (lambda raw: raw["controls"][0].update(terms=None), "no part of a glossary"),
        (lambda raw: raw.update(format="lesson"), "no part of a glossary"),
    ],
)
def test_a_faulty_table_is_a_sentence(tmp_path, change, words):
    path = tmp_path / "controls.json"
    shutil.copy(resources.path("glossary", "controls.json"), path)
    raw = json.loads(path.read_text("utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), "utf-8")
    with pytest.raises(GlossaryError, match=words):
        control_help.load(path, glossary.bundled())
