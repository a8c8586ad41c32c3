"""The user's own data: arrays that stand in the tree of settings and are known by their content.

A settings tree is compared, hashed, undone and written as text all the time; a ``Block`` lets it carry arrays of any
size through all of that: it is equal to whatever holds the same numbers, and in text only its digest stands for it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Arrays = Mapping[str, NDArray[Any]]
DIGITS = 40
"""Hexadecimal digits of a digest."""


class DataMissingError(ValueError):
    """Arrays that are asked for but were left behind; the message is a sentence."""


class Block:
    """Read-only arrays by name, known by their content; two blocks with the same arrays are equal."""

    __slots__ = ("_arrays", "digest")

    def __init__(self, arrays: Arrays) -> None:
        """Keep the arrays (number types only); those that can still be written are copied."""
        frozen = {name: _frozen(np.asarray(array)) for name, array in sorted(arrays.items())}
        self._arrays: Arrays | None = MappingProxyType(frozen)
        self.digest = _digest(frozen)

    @classmethod
    def absent(cls, digest: str) -> "Block":
        """A block of which only the digest is known."""
        block = cls.__new__(cls)
        block._arrays, block.digest = None, digest
        return block

    @property
    def missing(self) -> bool:
        """Whether the arrays are not here."""
        return self._arrays is None

    @property
    def arrays(self) -> Arrays:
        """The arrays by name, in alphabetical order.

        Raises:
            DataMissingError: when only the digest is known.
        """
        if self._arrays is None:
            raise DataMissingError("The data of this project are not here; open the file that holds them.")
        return self._arrays

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays take."""
        return sum(array.nbytes for array in self.arrays.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Block) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Block({self.digest[:8]}{', missing' if self.missing else ''})"


def to_plain(settings: Any) -> Any:
    """Dicts, lists and numbers for a tree of settings; a block becomes its digest."""
    return msgspec.to_builtins(settings, enc_hook=_encode)


def from_plain(plain: Any, kind: type[T], blocks: Mapping[str, Block] | None = None) -> T:
    """The tree of settings for what ``to_plain`` gave; blocks are taken from ``blocks``, by digest.

    Raises:
        msgspec.ValidationError: as ``msgspec.convert``.
    """
    known = blocks or {}

    def decode(wanted: type, value: Any) -> Any:
        if wanted is not Block:
            raise NotImplementedError(f"Nothing is known of {wanted}.")
        if not isinstance(value, str) or len(value) != DIGITS or set(value) - set("0123456789abcdef"):
            raise ValueError("Expected the digest of data")
        return known.get(value) or Block.absent(value)

    return msgspec.convert(plain, kind, dec_hook=decode)


def joined(blocks: Iterator[Block]) -> dict[str, NDArray[Any]]:
    """All arrays of several blocks under one name each, for one archive; missing ones are left out."""
    return {
        f"{block.digest}.{name}": array for block in blocks if not block.missing for name, array in block.arrays.items()
    }


def parted(arrays: Arrays) -> dict[str, Block]:
    """Undo ``joined``: blocks by digest; arrays that are not what their digest says are left out."""
    groups: dict[str, dict[str, NDArray[Any]]] = {}
    for name, array in arrays.items():
        digest, _, inner = name.partition(".")
        groups.setdefault(digest, {})[inner] = array
    blocks = (Block(group) for group in groups.values())
    return {block.digest: block for block in blocks if block.digest in groups}


def _encode(value: Any) -> str:
    if isinstance(value, Block):
        return value.digest
    raise NotImplementedError(f"{type(value).__name__} cannot stand in a file.")


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind not in "biuf":
        raise TypeError(f"A block holds numbers, not {array.dtype}.")
    if array.flags.writeable or not array.flags.c_contiguous:
        array = np.array(array, order="C")
        array.flags.writeable = False
    return array


def _digest(arrays: Arrays) -> str:
    content = hashlib.sha256()
    for name, array in arrays.items():
        content.update(f"{name} {array.dtype.str} {array.shape};".encode())
        content.update(np.ascontiguousarray(array).data if array.size else b"")
    return content.hexdigest()[:DIGITS]
