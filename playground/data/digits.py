"""The bundled handwritten digits: 1,797 scans of 8 × 8 pixels (source and licence: resources/data/digits.md)."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from playground import resources

SHAPE = (8, 8, 1)
COUNT = 1797


@cache
def load() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return images float32 (1797, 8, 8, 1) in 0..1 and labels int64 (1797,); both read-only, read once."""
    with np.load(resources.path("data", "digits.npz"), allow_pickle=False) as archive:
        images = (archive["images"].astype(np.float32) / 16.0).reshape(-1, *SHAPE)
        labels = archive["labels"].astype(np.int64)
    images.flags.writeable = labels.flags.writeable = False
    return images, labels
