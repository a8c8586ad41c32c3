"""The bundled handwritten digits as a source."""

from typing import Any

import numpy as np

from playground.data import digits
from playground.data.dataset import Task
from playground.data.sources.base import SOURCES, Source


@SOURCES.register("digits")
class Digits(Source, frozen=True, tag="digits"):
    """Scanned handwritten digits, 8 × 8 pixels."""

    title = "Handwritten digits"
    description = "Real scans of handwritten digits, 8 × 8 grey pixels: pictures in, one of ten labels out."
    task = Task.MULTICLASS
    input_kind = "image"
    outputs = 10
    input_shape = digits.SHAPE
    input_names = ()
    class_names = tuple(str(digit) for digit in range(10))
    most = digits.COUNT

    def draw(self, count: int, noise: float, rng: np.random.Generator, shake: np.random.Generator) -> tuple[Any, Any]:
        images, labels = digits.load()
        chosen = rng.permutation(len(labels))[:count]
        pixels = images[chosen]
        if noise:
            pixels = np.clip(pixels + noise * shake.standard_normal(pixels.shape, np.float32), 0.0, 1.0)
        return pixels, labels[chosen]
