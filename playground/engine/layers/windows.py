"""Windows that slide over an image: what convolution and pooling have in common.

A window of kernel_size looks at every place, strides apart. "valid" keeps it inside the image; "same" surrounds the
image so that with stride 1 the output is as large as the input (one row more below than above where it is odd, as in
TensorFlow; PyTorch pads both sides alike).
"""

from typing import Annotated

import msgspec
import numpy as np
from numpy.lib.stride_tricks import as_strided

from playground.engine.layers.base import Layer, Memory, Shape, ShapeError, Tensor, image_shape
from playground.engine.recorder import Array, Recorder
from playground.engine.settings import choice, number
from playground.texts import Text

# tuple[int, int] would say the same, but msgspec 0.22 crashes when memory is collected while it reads such a union
Pair = Annotated[tuple[Annotated[int, msgspec.Meta(ge=1, le=64)], ...], msgspec.Meta(min_length=2, max_length=2)]
KernelSize = (
    Annotated[int, number("Kernel size", "Height and width of the window, in pixels.", ge=1, le=64, step=1)] | Pair
)
Strides = Annotated[int, number("Strides", "How far the window moves from place to place.", ge=1, le=64, step=1)] | Pair
Padding = Annotated[
    str, choice("Padding", "“valid” stays inside the image; “same” looks beyond its edges.", lambda: ("valid", "same"))
]


class Windows(msgspec.Struct, frozen=True):
    """All places of a window on one image: kernel (height, width), strides, rows and columns put around, places."""

    kernel: tuple[int, int]
    strides: tuple[int, int]
    before: tuple[int, int]
    after: tuple[int, int]
    places: tuple[int, int]

    @property
    def pads(self) -> bool:
        """Whether anything is put around the image."""
        return any(self.before + self.after)

    @property
    def overlap(self) -> bool:
        """Whether a pixel can lie in two windows."""
        return any(stride < length for stride, length in zip(self.strides, self.kernel, strict=True))

    def cover(self, shape: Shape) -> bool:
        """Whether every pixel of an image of this shape lies in one window, without overlap."""
        return self.strides == self.kernel and shape[:2] == (
            self.places[0] * self.kernel[0],
            self.places[1] * self.kernel[1],
        )

    def views(self, image: Array) -> Array:
        """What stands at each offset of all windows: (kernel height, kernel width, channels, places …, batch).

        image: (channels, height, width, batch) as ``surrounded`` gives it. A view: it costs nothing, and a pixel that
        lies in several windows occurs several times.
        """
        channel, row, column, example = image.strides
        (down, right), (high, wide) = self.strides, self.kernel
        shape = (high, wide, image.shape[0], *self.places, image.shape[3])
        return as_strided(image, shape, (row, column, channel, down * row, right * column, example))

    def offsets(self) -> list[tuple[int, int]]:
        """The offsets within a window, row by row."""
        return [(i, j) for i in range(self.kernel[0]) for j in range(self.kernel[1])]

    def surrounded(self, x: Tensor, m: Memory, around: float = 0.0) -> Array:
        """The image with its padding, of value ``around``; without padding it is the image itself."""
        image = x.natural(x.value)
        return self._padded(image, m, "padded", around) if self.pads else image

    def record_entry(self, ops: Recorder, x: Tensor, m: Memory, around: float = 0.0) -> Array:
        """Record how the image gets into its padding; returns its ``views``."""
        image, padded = x.natural(x.value), self.surrounded(x, m, around)
        if self.pads:
            ops.call(np.copyto, self._inner(padded, image), image)
        return self.views(padded)

    def record_scatter(self, ops: Recorder, parts: Array, x: Tensor, m: Memory) -> None:
        """Record x.gradient from the gradients ``parts``, shaped like ``views``: each pixel gets the sum of its own."""
        assert x.gradient is not None
        gradient = x.natural(x.gradient)
        target = self._padded(gradient, m, "padded gradient") if self.pads else gradient
        views = self.views(target)
        ops.call(target.fill, 0.0)
        for i, j in self.offsets():
            ops.call(np.add, views[i, j], parts[i, j], views[i, j])
        if self.pads:
            ops.call(np.copyto, gradient, self._inner(target, gradient))

    def _padded(self, image: Array, m: Memory, name: str, around: float = 0.0) -> Array:
        channels, height, width, batch = image.shape
        (top, left), (bottom, right) = self.before, self.after
        return m.array(name, channels, top + height + bottom, left + width + right, batch, fill=around)

    def _inner(self, padded: Array, image: Array) -> Array:
        (top, left), (_, height, width, _) = self.before, image.shape
        return padded[:, top : top + height, left : left + width]


def windows_on(
    layer: Layer,
    input_shape: Shape,
    kernel_size: int | tuple[int, ...],
    strides: int | tuple[int, ...],
    padding: str,
) -> Windows:
    """The places of a layer's window on an image (height, width, channels).

    Raises:
        ShapeError: when the input is no image, or smaller than the window.
    """
    height, width, _ = image_shape(layer, input_shape)
    kernel, steps = _pair(kernel_size), _pair(strides)
    if padding == "same":
        places = (-(-height // steps[0]), -(-width // steps[1]))
        missing = [
            max(0, (n - 1) * step + length - side)
            for n, step, length, side in zip(places, steps, kernel, (height, width), strict=True)
        ]
        before = (missing[0] // 2, missing[1] // 2)
        return Windows(kernel, steps, before, (missing[0] - before[0], missing[1] - before[1]), places)
    if height < kernel[0] or width < kernel[1]:
        raise ShapeError(
            Text(
                "Its window of %1 is larger than the image that it gets, %2; make the window smaller or the padding "
                "“same”.",
                f"{kernel[0]} × {kernel[1]}",
                f"{height} × {width}",
            )
        )
    places = ((height - kernel[0]) // steps[0] + 1, (width - kernel[1]) // steps[1] + 1)
    return Windows(kernel, steps, (0, 0), (0, 0), places)


def _pair(value: int | tuple[int, ...]) -> tuple[int, int]:
    return (value[0], value[1]) if isinstance(value, tuple) else (value, value)
