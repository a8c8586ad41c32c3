"""Tables are read as they are written, or refused with a sentence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data.tables import dialect, read
from playground.data.tables.table import Kind, TableError


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read_all(path: Path):
    return read.read(path, dialect.sniff(path))


GOOD = "length;width;kind\n1,5;2;ant\n2,25;3;bee\n3;4,125;ant\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_semicolons_and_decimal_commas_are_found(tmp_path, encoding):
    path = written(tmp_path, GOOD.replace("ant", "Büffel" if encoding == "cp1252" else "äñt"), encoding)
    found = dialect.sniff(path)
    assert (found.delimiter, found.decimal_comma, found.header) == (";", True, True)
    table = read.read(path, found)
    assert [column.name for column in table.columns] == ["length", "width", "kind"]
    assert table.columns[0].values.tolist() == [1.5, 2.25, 3.0]
    assert table.columns[2].categories == (("bee", "Büffel") if encoding == "cp1252" else ("bee", "äñt"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path, delimiter):
    path = written(tmp_path, "a,b,c\n1.5,2,x y\n3,4,z\n".replace(",", delimiter))
    assert dialect.sniff(path) == dialect.Dialect("utf-8", delimiter, False, True)


def test_a_table_without_names_numbers_its_columns(tmp_path):
    table = read_all(written(tmp_path, "1,2,a\n3,4,b\n"))
    assert [column.name for column in table.columns] == ["column 1", "column 2", "column 3"]
    assert table.rows == 2


def test_texts_only_are_told_from_their_names_by_what_comes_again(tmp_path):
    assert dialect.sniff(written(tmp_path, "colour,size\nred,big\nred,small\n")).header
    assert not dialect.sniff(written(tmp_path, "red,big\nred,small\nblue,big\n")).header


def test_names_are_unique_and_never_empty(tmp_path):
    table = read_all(written(tmp_path, "a,a,\n1,2,3\n4,5,6\n"))
    assert [column.name for column in table.columns] == ["a", "a (2)", "column 3"]


def test_the_nameless_column_of_row_names_gets_a_name(tmp_path):
    table = read_all(written(tmp_path, "a,b\n1,2,3\n2,5,6\n"))
    assert [column.name for column in table.columns] == ["row", "a", "b"]


def test_gaps_are_counted_and_are_no_mistakes(tmp_path):
    table = read_all(written(tmp_path, "a,b\n1,x\n,NA\n?,y\nnan,x\nN/A,\n5,y\n"))
    number, text = table.columns
    assert (number.missing, number.bad, text.missing) == (4, 0, 2)
    assert number.gaps.tolist() == [False, True, True, True, True, False]
    assert text.values.tolist() == [0, -1, 1, 0, -1, 1]
    assert table.bad == ()


def test_bad_cells_are_told_by_row_and_column(tmp_path):
    rows = [f"{value},{value}" for value in range(30)]
    rows[3], rows[7], rows[9] = "oops,3", "1e999,7", "1_0,9"
    table = read_all(written(tmp_path, "a,b\n" + "\n".join(rows)))
    assert [(cell.row, cell.column, cell.text) for cell in table.bad] == [
        (5, "a", "oops"),
        (9, "a", "1e999"),
        (11, "a", "1_0"),
    ]
    assert table.columns[0].bad == 3
    assert np.isnan(table.columns[0].values[[3, 7, 9]]).all()


def test_rows_of_other_lengths_are_left_out_and_told(tmp_path):
    table = read_all(written(tmp_path, "a,b\n1,2\n3\n\n4,5,6\n7,8\n9,10\n11,12\n"))
    assert table.columns[0].values.tolist() == [1, 7, 9, 11]
    assert (table.ragged, table.ragged_rows) == (2, (3, 5))


def test_thousands_are_read_in_both_ways_of_writing(tmp_path):
    assert read_all(written(tmp_path, 'a,b\n"1,234.5",1\n2,2\n')).columns[0].values.tolist() == [1234.5, 2]
    assert read_all(written(tmp_path, "a;b\n1.234,5;1,5\n2;2,5\n")).columns[0].values.tolist() == [1234.5, 2]


def test_columns_that_make_no_good_inputs_are_told(tmp_path):
    rows = "".join(f"{row},{row * row},7,name {row},,x\n" for row in range(200))
    table = read_all(written(tmp_path, "id,square,same,text,none,letter\n" + rows))
    reasons = {column.name: column.reason for column in table.columns}
    assert reasons == {
        "id": "it numbers the rows",
        "square": "",
        "same": "it always has the same value",
        "text": "it has more than 100 different texts",
        "none": "it is empty",
        "letter": "it always has the same value",
    }
    assert table.column("text").kind is Kind.UNUSABLE


def test_a_column_that_turns_into_texts_late_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "PIECE", 1000)
    rows = [f"{1 if row < 1500 else 'late'},{row % 7}" for row in range(3000)]
    table = read_all(written(tmp_path, "a,b\n" + "\n".join(rows)))
    assert table.columns[0].categories == ("1", "late")
    assert table.columns[0].values.sum() == 1500


def test_a_late_letter_of_another_encoding_does_not_stop_the_reading(tmp_path):
    path = tmp_path / "late.csv"
    path.write_bytes(b"a,b\n" + b"x,1\n" * 20_000 + "é,2\n".encode("latin-1"))
    table = read_all(path)
    assert table.encoding == "latin-1"
    assert table.columns[0].categories == ("x", "é")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"a,b\n", "no rows"),
        (b"a\n1\n2\n", "only one column"),
        (b"a,b\n1,2\n3\n4,5,6\n", "different numbers of cells"),
        (b"PK\x03\x04" + bytes(100), "Excel"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        (bytes(range(256)) * 4, "not a text file"),
        (b"a,b\n1,\n2,\n", "fewer than two columns"),
        (b'a,b\n1,"' + b"x" * 200_000, "quotation mark"),
        (b",".join([b"1"] * 600) + b"\n", "600 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, content, words):
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    with pytest.raises(TableError, match=words) as refusal:
        read_all(path)
    assert str(refusal.value).endswith(".")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(TableError, match=r"“none\.csv” cannot be read"):
        dialect.sniff(tmp_path / "none.csv")


def test_rows_beyond_the_most_are_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "MAX_ROWS", 100)
    table = read_all(written(tmp_path, "a,b\n" + "1,2\n2,3\n" * 100))
    assert table.rows == len(table.columns[0].values) == 100
    assert table.cut


def test_rows_of_very_many_cells_are_refused_at_once(tmp_path):
    path = written(tmp_path, ("," * 1_500_000 + "\n") * 40)
    found = dialect.sniff(path)
    assert len(read.preview(path, found).names) == 500
    with pytest.raises(TableError, match="columns; the most is 500"):
        read.read(path, found)


def test_what_progress_raises_ends_the_reading(tmp_path):
    path = written(tmp_path, "a,b\n" + "1,2\n2,3\n" * 30_000)
    shares: list[float] = []

    def stop(share: float) -> None:
        shares.append(share)
        if len(shares) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read.read(path, dialect.sniff(path), stop)
    assert 0 < shares[0] < shares[1] <= 1


def check(path: Path) -> None:
    """Reading gives a table whose columns are equally long, or a sentence."""
    try:
        found = dialect.sniff(path)
        read.preview(path, found)
        table = read.read(path, found)
    except TableError:
        return
    usable = [column for column in table.columns if column.kind is not Kind.UNUSABLE]
    assert len(usable) >= 2
    assert {len(column.values) for column in usable} == {table.rows}
    assert not any(np.isinf(column.values).any() for column in usable)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_sentence(tmp_path, content):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    check(path)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.text(alphabet="01.5,;\t|\"'\n\r aé-?eE_n", max_size=300), encoding=st.sampled_from(["utf-8", "utf-16"])
)
def test_any_text_that_looks_like_a_table_gives_one_or_a_sentence(tmp_path, content, encoding):
    check(written(tmp_path, content, encoding))
