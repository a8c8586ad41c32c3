"""The columns of a table as one block of arrays that tells by itself what it holds, and back."""

import json
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from playground.data.block import Block
from playground.data.tables.table import MAX_CATEGORIES, MAX_COLUMNS, Column, Kind, TableError
from playground.texts import Text

_ABOUT = "about"
"""The array that holds names and categories: JSON as bytes."""


def pack(columns: Sequence[Column]) -> Block:
    """Keep the usable columns (of equal length) in a block; their arrays are made read-only, not copied."""
    usable = [column for column in columns if column.kind is not Kind.UNUSABLE]
    about = [{"name": column.name, "categories": list(column.categories)} for column in usable]
    arrays = {_key(place): column.values for place, column in enumerate(usable)}
    for array in arrays.values():
        array.flags.writeable = False
    return Block({**arrays, _ABOUT: np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8)})


@lru_cache(maxsize=8)
def unpack(block: Block) -> tuple[Column, ...]:
    """The columns that stand in a block; the facts that only matter while importing are left out.

    Raises:
        TableError: when the block does not hold a table.
    """
    try:
        about = json.loads(block[_ABOUT].tobytes())
        columns = tuple(_column(block, place, str(entry["name"]), entry) for place, entry in enumerate(about))
    except (LookupError, TypeError, ValueError) as error:
        raise TableError(Text("The data of this project hold no table.")) from error
    lengths = {len(column.values) for column in columns}
    names = {column.name for column in columns}
    if not 2 <= len(columns) == len(names) <= MAX_COLUMNS or len(lengths) != 1:
        raise TableError(Text("The data of this project hold no table."))
    return columns


def _key(place: int) -> str:
    return f"c{place:03}"


def _column(block: Block, place: int, name: str, entry: dict[str, list[str]]) -> Column:
    values, categories = block[_key(place)], tuple(map(str, entry["categories"]))
    if values.ndim != 1 or len(categories) > MAX_CATEGORIES:
        raise ValueError(name)
    if not categories:
        if values.dtype != np.float32 or bool(np.isinf(values).any()):
            raise ValueError(name)
        return Column(name, Kind.NUMBER, values)
    if values.dtype != np.int32 or not -1 <= int(values.min()) <= int(values.max()) < len(categories):
        raise ValueError(name)
    return Column(name, Kind.CATEGORY, values, categories)
