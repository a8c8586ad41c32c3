"""Tables as a data set: inputs, answers, gaps, and what cannot be learned from."""

import numpy as np
import pytest

from playground import data
from playground.data import Task
from playground.data.block import Block
from playground.data.sources import Table
from playground.data.tables import advice, store
from playground.data.tables.table import Column, Kind, RawTable, TableError
from playground.engine.settings import check
from playground.project import edits
from playground.project.model import Project


def numbers(name, *values):
    return Column(name, Kind.NUMBER, np.array(values, np.float32))


def texts(name, categories, *codes):
    return Column(name, Kind.CATEGORY, np.array(codes, np.int32), tuple(categories))


NAN = float("nan")
COLUMNS = (
    numbers("length", 1, 2, 3, NAN, 5, 6, 7, 8, 9, 10),
    texts("island", ("Biscoe", "Dream"), 0, 0, 1, 0, -1, 1, 0, 0, 1, 0),
    texts("kind", ("ant", "bee", "cow"), 0, 1, 2, 0, 1, 2, 0, 1, 2, -1),
    numbers("price", 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000),
)


@pytest.fixture
def block():
    return store.pack(COLUMNS)


def made(table, share=0.5, noise=0.0):
    return data.make(table, 1000, noise, share, 0)


def test_noise_moves_numbers_only(block):
    table = Table(block, "kind", ("length", "island"))
    still, moved = made(table), made(table, noise=0.1)
    step = np.abs(moved.inputs - still.inputs)
    assert (step[:, 0] > 0).all()
    assert step[:, 0].max() < still.inputs[:, 0].std()
    assert not step[:, 1:].any()


def test_a_block_gives_back_its_columns(block):
    back = store.unpack(block)
    assert [column.name for column in back] == ["length", "island", "kind", "price"]
    assert back[1].categories == ("Biscoe", "Dream")
    np.testing.assert_array_equal(back[0].values, COLUMNS[0].values)


def test_rows_with_gaps_are_dropped(block):
    table = Table(block, "kind", ("length", "island"))
    dataset = made(table)
    assert (table.task, table.outputs, table.input_shape) == (Task.MULTICLASS, 3, (3,))
    assert table.input_names == dataset.input_names == ("length", "island: Biscoe", "island: Dream")
    assert dataset.class_names == ("ant", "bee", "cow")
    assert table.most == dataset.n == 7
    assert table.dropped == 3
    assert dataset.inputs.tolist() == [[1, 1, 0], [2, 1, 0], [3, 0, 1], [6, 0, 1], [7, 1, 0], [8, 1, 0], [9, 0, 1]]
    assert dataset.labels.tolist() == [0, 1, 2, 2, 0, 1, 2]


def test_gaps_are_filled_from_the_training_rows_only(block):
    table = Table(block, "kind", ("length", "island"), gaps="fill")
    dataset = made(table)
    assert dataset.n == 9  # one has no kind
    known = np.setdiff1d(dataset.train, [3])
    assert dataset.inputs[3, 0] == pytest.approx(dataset.inputs[known, 0].mean())
    assert dataset.inputs[4, 1:].tolist() in ([1, 0], [0, 1])
    assert np.isfinite(dataset.inputs).all()
    assert not dataset.inputs.flags.writeable


def test_numbers_are_predicted_in_standard_deviations_or_as_they_are(block):
    scaled = made(Table(block, "price", ("length",), predict="numbers"))
    assert (scaled.task, scaled.targets.shape) == (Task.REGRESSION, (9, 1))
    assert scaled.targets.mean() == pytest.approx(0, abs=1e-6)
    assert scaled.targets.std() == pytest.approx(1, abs=1e-6)
    plain = made(Table(block, "price", ("length",), predict="numbers", scale_target=False))
    assert plain.targets[:2, 0].tolist() == [100, 200]
    assert "0 means 567, 1 is" in Table(block, "price", ("length",), predict="numbers").description


def test_numbers_can_be_classes(block):
    table = Table(block, "price", ("length",))
    assert table.class_names[:2] == ("100", "200")


def test_two_classes_need_one_output():
    block = store.pack((numbers("a", 1, 2, 3, 4), texts("b", ("no", "yes"), 0, 1, 0, 1)))
    assert (Table(block, "b", ("a",)).task, Table(block, "b", ("a",)).outputs) == (Task.BINARY, 1)


@pytest.mark.parametrize(
    ("target", "inputs", "settings", "words"),
    [
        ("colour", ("length",), {}, "no column “colour”. The columns are: length, island, kind, price"),
        ("kind", ("size",), {}, "no column “size”"),
        ("kind", ("kind",), {}, "cannot be an input"),
        ("kind", (), {}, "No inputs are chosen"),
        ("kind", ("length",), {"predict": "numbers"}, "holds texts"),
    ],
)
def test_what_makes_no_sense_is_told(block, target, inputs, settings, words):
    table = Table(block, target, inputs, **settings)
    assert not table.sound()
    with pytest.raises(TableError, match=words):
        table.checked()


def test_one_class_no_rows_and_one_value_are_told():
    many = tuple(range(200))
    block = store.pack(
        (
            numbers("many", *many),
            numbers("same", *[7.0] * 200),
            texts("one", ("x", "y"), *[0] * 200),
            numbers("gaps", *[1.0, NAN, NAN, NAN] * 50),
            numbers("others", *[NAN, 1.0, 2.0, 2.0] * 50),
        )
    )
    with pytest.raises(TableError, match="belong to one class, “x”"):
        Table(block, "one", ("many",)).checked()
    with pytest.raises(TableError, match="200 different values"):
        Table(block, "many", ("same",)).checked()
    with pytest.raises(TableError, match="always has the same value"):
        Table(block, "same", ("many",), predict="numbers").checked()
    with pytest.raises(TableError, match="only 0 have no gap"):
        Table(block, "many", ("gaps", "others"), predict="numbers").checked()
    assert Table(block, "many", ("gaps", "others"), predict="numbers", gaps="fill").most == 200


def test_a_block_of_something_else_is_refused(block):
    assert Table(block, "kind", ("length",)).sound()
    assert not Table(Block({"x": np.zeros(4, np.float32)}), "a", ("b",)).sound()
    with pytest.raises(ValueError, match="hold no table"):
        store.unpack(Block({"x": np.zeros(4, np.float32)}))


def test_settings_keep_their_declarations(block):
    check(Table(block, "kind", ("length",)))


def test_the_proposal_for_target_and_inputs():
    def raw(*columns):
        return RawTable(tuple(columns), 4)

    def column(name, kind=Kind.NUMBER, distinct=4, whole=False, reason=""):
        return Column(name, kind, np.zeros(4, np.float32), distinct=distinct, whole=whole, reason=reason)

    table = raw(column("id", reason="it numbers the rows"), column("Species", Kind.CATEGORY), column("a"))
    assert advice.target(table) == "Species"
    assert advice.inputs(table, "Species") == ("a",)
    assert advice.target(raw(column("a"), column("grape", Kind.CATEGORY), column("b"))) == "grape"
    assert advice.target(raw(column("a"), column("b"))) == "b"
    assert advice.target(raw(column("x"), column("y"))) == "y"
    assert advice.target(raw(column("x"), column("y"), column("dot", Kind.CATEGORY))) == "dot"
    assert advice.by_class(column("code", whole=True, distinct=3))
    assert not advice.by_class(column("price", whole=True, distinct=90))


def test_a_setting_that_makes_no_sense_is_refused_by_the_edit(block):
    project = edits.set_source(Project(), Table(block, "kind", ("length",))).project
    with pytest.raises(edits.EditError, match="holds texts, not numbers"):
        edits.set_value(project, "data.source.predict", "numbers")
    with pytest.raises(edits.EditError, match="no column “colour”"):
        edits.set_source(project, Table(block, "colour", ("length",)))
