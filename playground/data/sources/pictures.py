"""Pictures that the user imported or drew."""

from functools import lru_cache
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.block import Block
from playground.data.dataset import Task
from playground.data.sources.base import OWN_SOURCES, Source
from playground.data.vary import varied
from playground.engine.settings import flag, number
from playground.texts import Text

FAINT = 32
"""Pixels below it count as nothing."""
GOLDEN = 0.618033988749895
"""Multiples of it fill 0..1 evenly, however many they are."""
MOST_NUMBERS = 128 * 1024 * 1024
"""Pixels of all training pictures with their copies; beyond that there are fewer copies."""


@OWN_SOURCES.register("own_pictures")
class Pictures(Source, frozen=True, tag="own_pictures"):
    """Pictures with a class each.

    block: "images" uint8 (n, height, width, 1 or 3), "labels" int64 (n,), each a place in ``class_names``.
    """

    block: Annotated[Block, flag("Pictures", "The pictures and the class of each.")]
    class_names: Annotated[tuple[str, ...], flag("Classes", "The names of the classes.")] = ("class 0", "class 1")
    name: Annotated[str, flag("Name", "What the data set is called.")] = "My pictures"
    copies: Annotated[
        int,
        number(
            "Varied copies",
            "Of each training picture so many copies, shifted, turned and grainy, are learned as well. Test pictures "
            "stay as they are.",
            ge=0,
            le=50,
            step=1,
        ),
    ] = 0
    shift: Annotated[
        int, number("Shift", "Copies are moved by at most so many pixels.", ge=0, le=16, step=1, unit="px")
    ] = 2
    turn: Annotated[
        float, number("Turn", "Copies are turned by at most so many degrees.", ge=0, le=45, step=1, unit="°")
    ] = 10.0
    grain: Annotated[
        float, number("Grain", "How strongly each pixel of a copy is disturbed.", ge=0, le=0.5, step=0.05)
    ] = 0.0

    @property
    def title(self) -> str:
        return self.name

    @property
    def description(self) -> str:
        height, width, channels = self.input_shape
        kind = Text("grey") if channels == 1 else Text("in colour")
        size = f"{height} × {width}"
        return Text("%1 pictures, %2 classes, %3 pixels, %4.", self.most or 0, len(self.class_names), size, kind)

    @property
    def task(self) -> Task:
        return Task.BINARY if len(self.class_names) == 2 else Task.MULTICLASS

    @property
    def outputs(self) -> int:
        return len(self.class_names) if self.task is Task.MULTICLASS else 1

    @property
    def input_kind(self) -> str:
        return "image"

    @property
    def input_shape(self) -> tuple[int, ...]:
        return self.block["images"].shape[1:]

    @property
    def input_names(self) -> tuple[str, ...]:
        return ()

    @property
    def drawn(self) -> bool:
        return _is_ink(self.block)

    @property
    def most(self) -> int | None:
        return len(self.block["images"])

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        images, labels = self.block["images"], self.block["labels"]
        everything = count >= len(labels)  # in their order, as ``lots`` counts them
        chosen = np.arange(len(labels)) if everything else rng.permutation(len(labels))[:count]
        pixels = images[chosen].astype(np.float32) / np.float32(255.0)
        if noise:
            pixels += np.float32(noise) * shake.standard_normal(pixels.shape, np.float32)
            np.clip(pixels, 0.0, 1.0, out=pixels)
        return pixels, labels[chosen]

    def sound(self) -> bool:
        return len(self.class_names) >= 2 and are_pictures(self.block, len(self.class_names))

    def lots(self, count: int, seed: int) -> NDArray[np.float64] | None:
        """Spread evenly over each class, in order: pictures that are added later move no others."""
        labels = self.block["labels"][:count]
        lots = np.zeros(len(labels))
        for label in range(len(self.class_names)):
            rows = np.flatnonzero(labels == label)
            lots[rows] = ((np.arange(len(rows)) + 1 + seed) * GOLDEN) % 1.0
        return lots

    def varied(self, examples: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32] | None:
        copies = min(self.copies, MOST_NUMBERS // max(1, examples.size) - 1)
        if copies < 1 or not len(examples):
            return None
        return np.concatenate([varied(examples, self.shift, self.turn, self.grain, rng) for _ in range(copies)])


@lru_cache(maxsize=8)
def _is_ink(block: Block) -> bool:
    """Whether grey pictures have (nearly) nothing at their upper and lower edge."""
    images = block["images"]
    some = images[:: max(1, len(images) // 200), [0, -1]]
    return bool(images.shape[3] == 1 and (not some.size or np.median(some) < FAINT))


def are_pictures(block: Block, classes: int) -> bool:
    """Whether a block holds pictures with labels of so many classes."""
    images, labels = block.arrays.get("images"), block.arrays.get("labels")
    if (
        images is None
        or labels is None
        or images.dtype != np.uint8
        or images.ndim != 4
        or images.shape[3] not in (1, 3)
    ):
        return False
    if labels.dtype != np.int64 or labels.shape != images.shape[:1] or min(images.shape[1:3]) < 1:
        return False
    return bool(((labels >= 0) & (labels < classes)).all())
