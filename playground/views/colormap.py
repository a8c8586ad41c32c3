"""Turn arrays of numbers into pictures: value → place in a table of 256 colours → pixel."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

Lut = NDArray[np.uint32]
"""256 pixels, 0xAARRGGBB (QImage.Format_RGB32)."""


def packed(rgba: NDArray[np.uint8]) -> Lut:
    """Pack a table of colours (256, 4) uint8 red green blue alpha into pixels."""
    wide = rgba.astype(np.uint32)
    return np.ascontiguousarray(wide[:, 3] << 24 | wide[:, 0] << 16 | wide[:, 1] << 8 | wide[:, 2])


def pixel(color: QColor) -> int:
    """``color`` as one opaque pixel."""
    return color.rgb() & 0xFFFFFFFF


def places(values: NDArray[np.floating], low: float, high: float) -> NDArray[np.uint8]:
    """Where ``values`` stand in a table that runs from ``low`` to ``high``; outside is clipped, NaN counts as low."""
    scale = 255.0 / (high - low) if high > low else 0.0
    scaled = np.fmax(values, low)  # fmax and fmin prefer numbers to NaN; what is huge must not overflow
    np.fmin(scaled, high, out=scaled)
    scaled -= low
    scaled *= scale
    scaled += 0.5
    result: NDArray[np.uint8] = scaled.astype(np.uint8)
    return result


def colorize(values: NDArray[np.floating], low: float, high: float, lut: Lut) -> NDArray[np.uint32]:
    """Pixels for ``values`` (any shape) on the scale ``low`` … ``high``."""
    return lut.take(places(values, low, high))


def colorize_classes(
    probabilities: NDArray[np.floating], luts: NDArray[np.uint32], discretize: bool = False
) -> NDArray[np.uint32]:
    """Pixels for class probabilities: hue says which class is most probable, strength how probable it is.

    probabilities: float (classes, height, width); luts: uint32 (classes, 256), card colour → class colour.
    Strength is 0 where all classes are equally probable and 1 where one is certain.
    """
    classes = probabilities.shape[0]
    best = probabilities.argmax(axis=0)
    chance = 1.0 / classes
    strength = places(probabilities.max(axis=0), chance, 1.0)
    if discretize:
        strength = np.full_like(strength, 255)
    chosen: NDArray[np.uint32] = luts[best % luts.shape[0], strength]
    return chosen


def image(pixels: NDArray[np.uint32]) -> QImage:
    """A picture that owns its memory, from pixels (height, width)."""
    height, width = pixels.shape
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def example_image(pixels: NDArray[np.floating], ink: QColor, paper: QColor) -> QImage:
    """An example (height, width, channels) in 0..1: grey from ``paper`` to ``ink``, three channels in their colours."""
    if pixels.shape[2] != 3:
        return grey_image(pixels[:, :, 0], ink, paper)
    flat = np.ascontiguousarray(np.clip(255.0 * np.nan_to_num(pixels) + 0.5, 0, 255).astype(np.uint8))
    height, width = flat.shape[:2]
    return QImage(flat.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def grey_image(values: NDArray[np.floating], ink: QColor, paper: QColor) -> QImage:
    """A picture of intensities 0 … 1 (height, width), from ``paper`` to ``ink``."""
    ends = np.array([[c.red(), c.green(), c.blue(), 255] for c in (paper, ink)], dtype=np.float64)
    share = np.linspace(0.0, 1.0, 256)[:, None]
    table = (ends[0] + (ends[1] - ends[0]) * share).round().astype(np.uint8)
    return image(colorize(values, 0.0, 1.0, packed(table)))
