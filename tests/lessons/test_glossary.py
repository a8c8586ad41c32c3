"""The glossary: whole, linked, sourced, and about everything that the window offers."""

import json
import shutil

import pytest

from playground import resources
from playground.engine.activations import ACTIVATIONS
from playground.engine.layers import LAYERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.lessons import glossary
from playground.lessons.glossary import GlossaryError

BOOK = glossary.bundled()


def test_it_has_the_terms_of_the_field():
    assert len(BOOK.terms) >= 45
    must = {
        "activation",
        "backpropagation",
        "loss",
        "epoch",
        "learning_rate",
        "logits",
        "purity",
        "overfitting",
        "weight",
    }
    assert must <= set(BOOK.terms)
    assert len(BOOK.chapters) >= 5


@pytest.mark.parametrize("term", BOOK.terms.values(), ids=lambda term: term.id)
def test_every_term_is_whole(term):
    assert all(link in BOOK.terms and link != term.id for link in term.links)
    assert len(set(term.related)) == len(term.related)
    assert 1 <= glossary.plain(term.what).count(". ") + 1 <= 5
    assert glossary.plain(term.what).endswith(".")
    assert glossary.plain(term.where).endswith(".")
    assert not (term.formula and term.short)
    assert term.control  # every term has a place on the screen


@pytest.mark.parametrize(("id", "source"), BOOK.sources.items(), ids=lambda each: str(each)[:20])
def test_sources_are_well_formed_and_used(id, source):
    assert str(source.year) in id
    assert 1840 <= source.year <= 2025
    assert not source.title.endswith(".")
    assert not source.author.endswith(".")
    assert any(term.source == id for term in BOOK.terms.values())


@pytest.mark.parametrize(
    "kind",
    [
        *(f"layer:{name}" for name in LAYERS),
        *(f"loss:{name}" for name in LOSSES),
        *(f"optimizer:{name}" for name in OPTIMIZERS),
        *(f"activation:{name}" for name in ACTIVATIONS),
    ],
)
def test_everything_that_the_window_offers_is_explained(kind):
    assert kind in BOOK.by_kind


def test_no_kind_is_explained_twice_or_out_of_thin_air():
    kinds = [kind for term in BOOK.terms.values() for kind in term.kinds]
    assert len(kinds) == len(set(kinds)) == len(LAYERS) + len(LOSSES) + len(OPTIMIZERS) + len(ACTIVATIONS)


def test_first_sentences_and_plain_texts_have_no_markup():
    assert glossary.plain("Ends by <a href='loss'>the loss</a>.") == "Ends by the loss."
    assert glossary.sentence("One <a href='loss'>loss</a>. Two.") == "One loss."
    assert not any("<" in glossary.plain(term.what) for term in BOOK.terms.values())


@pytest.mark.parametrize(
    ("wanted", "id"),
    [("relu", "relu"), ("ReLU", "relu"), ("MSE", "mean_squared_error"), ("step size", "learning_rate"), ("cafe", "")],
)
def test_search_puts_the_best_first(wanted, id):
    def score(term):
        return glossary.fit(wanted, (term.term, *term.also), term.what)

    best = max(BOOK.terms.values(), key=score)
    assert (best.id if score(best) else "") == id


def test_search_ignores_accents():
    assert glossary.fit("fonction", ("Fonction d’activation",), "") == 4
    assert glossary.fit("gradiente", ("Gradiénte",), "") == 6


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(resources.path("glossary"), tmp_path / "glossary")


def spoil(folder, change):
    path = next(iter(sorted(folder.glob("[0-9]*.json"))))
    raw = json.loads(path.read_text("utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), "utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw["terms"][0].update(related=["nowhere"]), "links to “nowhere”"),
        (lambda raw: raw["terms"][0].update(where="See <a href='gone'>there</a>, at the right."), "links to “gone”"),
        (lambda raw: raw["terms"][0].update(source="nobody"), "unknown source “nobody”"),
        (lambda raw: raw["terms"][0].update(what="Written <b>with markup</b> that is no link."), "markup"),
        (lambda raw: raw["terms"].append(raw["terms"][0]), "twice"),
        (lambda raw: raw["terms"][0].pop("what"), "missing required field what"),
        (lambda raw: raw["terms"][0].update(colour="red"), "colour"),
        (lambda raw: raw.update(version=2), "no part of a glossary"),
    ],
)
def test_a_faulty_glossary_is_a_sentence(copy, change, words):
    spoil(copy, change)
    with pytest.raises(GlossaryError, match=words):
        glossary.load(copy)


def test_a_file_that_is_missing_or_no_json_is_a_sentence(copy):
    (copy / "1_idea.json").write_text("[" * 100_000)
    with pytest.raises(GlossaryError, match="1_idea.json"):
        glossary.load(copy)
    shutil.rmtree(copy)
    with pytest.raises(GlossaryError, match=r"sources\.json"):
        glossary.load(copy)
