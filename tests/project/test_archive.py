"""The container: arrays come back as they were; hostile archives are refused before they unpack."""

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from playground.project import archive
from playground.project.archive import ArchiveError, pack, pack_arrays, unpack, unpack_arrays

dtypes = st.sampled_from(["f4", "f8", "f2", "i8", "i4", "i1", "u1", "u8", "?", ">f4", ">i2"])
some_arrays = dtypes.flatmap(
    lambda kind: arrays_of.arrays(kind, arrays_of.array_shapes(min_dims=0, max_dims=4, min_side=0))
)


@given(st.dictionaries(st.from_regex(r"\A[a-z0-9_.]{1,12}\Z"), some_arrays, max_size=4))
def test_arrays_come_back_as_they_were(entries: dict[str, np.ndarray]) -> None:
    back = unpack_arrays(pack_arrays(entries))
    assert list(back) == list(entries)
    for name, values in entries.items():
        assert back[name].dtype == values.dtype.newbyteorder("=")
        assert back[name].shape == values.shape
        assert not back[name].flags.writeable
        np.testing.assert_array_equal(back[name], values)


def test_numpy_reads_what_is_written_and_the_other_way() -> None:
    values = {"0.kernel": np.arange(6, dtype=np.float32).reshape(2, 3), "step": np.array(7)}
    with np.load(io.BytesIO(pack_arrays(values)), allow_pickle=False) as loaded:
        np.testing.assert_array_equal(loaded["0.kernel"], values["0.kernel"])
    buffer = io.BytesIO()
    np.savez(buffer, a=np.asfortranarray(values["0.kernel"]), b=np.zeros((0, 3)))
    back = unpack_arrays(buffer.getvalue())
    np.testing.assert_array_equal(back["a"], values["0.kernel"])
    assert back["b"].shape == (0, 3)


def test_equal_parts_give_equal_bytes() -> None:
    assert pack({"a.json": b"{}"}) == pack({"a.json": b"{}"})


@pytest.mark.parametrize("values", [np.array(["text"]), np.array([object()]), np.array([1j])])
def test_only_plain_numbers_are_written(values: np.ndarray) -> None:
    with pytest.raises(ValueError, match="cannot stand in a project file"):
        pack_arrays({"a": values})


@pytest.mark.parametrize("name", ["../a.json", "/a.json", "a/b.json", "A.json", "a.exe", ""])
def test_only_names_of_our_own_form_are_written(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a part"):
        pack({name: b""})


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members:
            if name in file.namelist():
                with pytest.warns(UserWarning, match="Duplicate"):
                    file.writestr(name, content)
            else:
                file.writestr(name, content)
    return buffer.getvalue()


def test_names_that_look_like_paths_are_never_read() -> None:
    parts, foreign = unpack(zipped([("a.json", b"1"), ("../../etc/x.json", b"2"), ("C:\\x.json", b"3"), ("/x", b"4")]))
    assert parts == {"a.json": b"1"}
    assert len(foreign) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "damaged or not a project file"),
        (b"PK\x03\x04 and nothing else", "damaged or not a project file"),
        (zipped([("a.json", b"1"), ("a.json", b"2")]), "holds the part 'a.json' twice"),
        (zipped([(f"a{i}.json", b"") for i in range(40)]), "holds 40 parts; the most is 32"),
        (zipped([("a.npz", bytes(10_000_000))], zipfile.ZIP_DEFLATED), "would unpack 'a.npz' to 10,000,000 bytes"),
        (zipped([("a.json", b"1" * 99)], zipfile.ZIP_BZIP2), "compression that is not used here"),
        (zipped([("a.json", b"hello world")]).replace(b"hello", b"jello"), "damaged"),
    ],
)
def test_hostile_archives_are_refused(content: bytes, words: str) -> None:
    with pytest.raises(ArchiveError, match=words):
        unpack(content)


def test_the_total_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1500)
    with pytest.raises(ArchiveError, match=r"would unpack 'b\.json'"):
        unpack(zipped([("a.json", bytes(1000)), ("b.json", bytes(1000))]))


def test_our_own_zeros_stay_within_the_ratio() -> None:
    zeros = np.zeros(4_000_000, np.float32)
    parts, _ = unpack(pack({"state.npz": pack_arrays({"m": zeros})}))
    assert unpack_arrays(parts["state.npz"])["m"].shape == zeros.shape


def npy(header: bytes, body: bytes = b"", magic: bytes = b"\x93NUMPY\x01\x00") -> bytes:
    return zipped([("a.npy", magic + len(header).to_bytes(2, "little") + header + body)])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (npy(b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"), "not plain numbers"),
        (npy(b"{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }"), "0 bytes of data for it"),
        (npy(b"{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999, 0, 999999999999), }"), "damaged"),
        (npy(b"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", bytes(4)), r"shape \(2,\) but 4 bytes"),
        (npy(b"__import__('os').abort()"), "not plain numbers"),
        (npy(b"{'descr': '<f4', 'fortran_order': False, 'shape': (), }", bytes(4), b"\x93NUMPY\x03\x00"), "not plain"),
        (zipped([("a.npy", b"")]), "not plain numbers"),
        (zipped([("a.txt", b"")]), "something that is not an array: 'a.txt'"),
        (zipped([("../a.npy", b"")]), "something that is not an array"),
        (b"no zip", "damaged"),
    ],
)
def test_hostile_arrays_are_refused(content: bytes, words: str) -> None:
    with pytest.raises(ArchiveError, match=words):
        unpack_arrays(content)
