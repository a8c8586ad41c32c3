"""Blocks: arrays that are known by their content and travel in trees of settings."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.block import Block, DataMissingError, from_plain, joined, parted, to_plain
from playground.data.sources import AnySource, Points


def block(seed: int = 0) -> Block:
    rng = np.random.default_rng(seed)
    return Block({"x": rng.normal(size=(6, 2)).astype(np.float32), "y": np.arange(6) % 2})


def test_blocks_with_the_same_numbers_are_equal() -> None:
    assert block() == block()
    assert hash(block()) == hash(block())
    assert block() != block(1)
    assert block() != "text"


@pytest.mark.parametrize(
    "other",
    [{"a": np.zeros((2, 3))}, {"b": np.zeros((3, 2))}, {"a": np.zeros((3, 2), np.float32)}, {"a": np.ones((3, 2))}, {}],
)
def test_name_shape_type_and_numbers_count(other: dict[str, np.ndarray]) -> None:
    assert Block({"a": np.zeros((3, 2))}) != Block(other)


def test_a_block_cannot_be_changed_from_outside() -> None:
    values = np.arange(3.0)
    kept = Block({"values": values})
    values[0] = 9.0
    assert kept["values"].tolist() == [0.0, 1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        kept["values"][0] = 1.0
    with pytest.raises(TypeError):
        kept.arrays["values"] = values  # type: ignore[index]


def test_a_block_does_not_copy_what_is_already_frozen() -> None:
    values = np.arange(3.0)
    values.flags.writeable = False
    assert Block({"values": values})["values"] is values


def test_a_block_holds_numbers_only() -> None:
    with pytest.raises(TypeError, match="numbers"):
        Block({"names": np.array(["a", "b"])})


def test_a_source_with_a_block_returns_from_text() -> None:
    source, own = Points(block(), ("cat", "dog")), block()
    plain = to_plain(source)
    assert plain["block"] == own.digest
    again = from_plain(plain, AnySource, {own.digest: own})
    assert again == source
    assert again.block["x"] is own["x"]


def test_without_its_arrays_a_block_is_missing_and_says_so() -> None:
    source = from_plain(to_plain(Points(block())), AnySource)
    assert source.block.missing
    assert source == Points(block())
    with pytest.raises(DataMissingError, match="open the file"):
        source.block.arrays  # noqa: B018


@pytest.mark.parametrize("digest", ["", "../../x", 7, None, "z" * 40])
def test_what_is_no_digest_is_refused(digest: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        from_plain({"kind": "own_points", "block": digest}, AnySource)


@given(st.lists(st.integers(0, 50), max_size=4, unique=True))
def test_blocks_share_an_archive_and_part_again(seeds: list[int]) -> None:
    blocks = [block(seed) for seed in seeds]
    again = parted(joined(iter([*blocks, Block.absent("0" * 40)])))
    assert again == {one.digest: one for one in blocks}


def test_arrays_that_were_changed_do_not_pass_for_the_block() -> None:
    own = block()
    arrays = joined(iter([own]))
    name = f"{own.digest}.y"
    arrays[name] = arrays[name] + 1
    assert parted(arrays) == {}
