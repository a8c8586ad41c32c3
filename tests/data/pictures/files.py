"""Small files of every kind for the tests."""

import gzip
import struct
from pathlib import Path

import numpy as np
from PIL import Image


def idx(array: np.ndarray) -> bytes:
    return (
        bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.astype(np.uint8).tobytes()
    )


def mnist(folder: Path, count: int = 20, side: int = 28, *, packed: bool = False) -> Path:
    """A pair of IDX files; returns that of the pictures."""
    rng = np.random.default_rng(0)
    end, pack = (".gz", gzip.compress) if packed else ("", bytes)
    images = folder / f"train-images-idx3-ubyte{end}"
    images.write_bytes(pack(idx(rng.integers(0, 256, (count, side, side)))))
    (folder / f"train-labels-idx1-ubyte{end}").write_bytes(pack(idx(np.arange(count) % 10)))
    return images


def pets(folder: Path, each: int = 4) -> Path:
    """A folder of cats (bright) and dogs (dark) in colour."""
    for name, shade in (("cat", 220), ("dog", 30)):
        (folder / name).mkdir(parents=True)
        for number in range(each):
            Image.new("RGB", (40, 30), (shade, shade, number)).save(folder / name / f"{number}.png")
    return folder
