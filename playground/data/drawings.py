"""Drawings that are collected for a data set: small grey pictures with a class each, made at the drawing booth."""

from typing import Annotated

import msgspec
import numpy as np

from playground.data.block import Block
from playground.data.sources.pictures import are_pictures
from playground.engine.settings import flag

MOST_CLASSES = 10
SIDES = (16, 28)
"""Pixels that a drawing may be wide and high."""


def no_drawings(side: int = 28) -> Block:
    """The block of a booth in which nothing was drawn yet."""
    return Block({"images": np.zeros((0, side, side, 1), np.uint8), "labels": np.zeros(0, np.int64)})


class Drawings(msgspec.Struct, frozen=True, tag="drawings", tag_field="kind"):
    """What was drawn so far. block: "images" uint8 (n, side, side, 1), ink is 255; "labels" int64 (n,)."""

    block: Annotated[Block, flag("Drawings", "The drawings and the class of each.")]
    class_names: Annotated[tuple[str, ...], flag("Classes", "What can be drawn.")] = ("cat", "dog")

    def sound(self) -> bool:
        """Whether arrays that came from a file are drawings."""
        if self.block.missing or len(self.class_names) > MOST_CLASSES:
            return False
        known = are_pictures(self.block, len(self.class_names))
        return known and self.block["images"].shape[1:] in [(side, side, 1) for side in SIDES]

    @property
    def side(self) -> int:
        """Width and height of a drawing in pixels."""
        return int(self.block["images"].shape[1])

    @property
    def counts(self) -> tuple[int, ...]:
        """How many drawings each class has."""
        return tuple(np.bincount(self.block["labels"], minlength=len(self.class_names)).tolist())
