"""IDX files, the format of MNIST and its family: a short header, then the bytes; often packed by gzip."""

import gzip
import math
import struct
import zlib
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures.collection import MOST_BYTES, PictureError, Report, nothing
from playground.texts import Text

BYTE = 8
"""The code of unsigned bytes, the only kind of number that pictures come in."""
_CHUNK = 4 * 1024 * 1024
_SWAPS = (("images", "labels"), ("idx3", "idx1"), ("idx4", "idx1"))


@dataclass(frozen=True)
class Header:
    """What an IDX file says of itself."""

    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """Bytes behind the header."""
        return math.prod(self.shape)


def read(path: Path, report: Report = nothing) -> NDArray[np.uint8]:
    """The array of an IDX file, gzip or not.

    Raises:
        PictureError: when it is no such file, too large, cut off or longer than it says.
    """
    try:
        with _opened(path) as stream:
            header = _header(stream, path.name)
            return _content(stream, header, path.name, report)
    except (OSError, EOFError, zlib.error) as error:
        raise PictureError(
            Text("%1 cannot be read: %2. Copy or download it again.", path.name, _reason(error))
        ) from error


def is_idx(path: Path) -> bool:
    """Whether a file begins like an IDX file (also packed)."""
    try:
        with _opened(path) as stream:
            start = stream.read(4)
    except (OSError, EOFError, zlib.error):
        return path.name.endswith(".gz")
    return len(start) == 4 and start[:2] == b"\0\0" and start[2] in (8, 9, 11, 12, 13, 14) and 1 <= start[3] <= 4


def partner(path: Path) -> Path:
    """The file of the labels for a file of pictures, by its name.

    Raises:
        PictureError: when there is no such file.
    """
    wanted = path.name
    for old, new in _SWAPS:
        wanted = wanted.replace(old, new)
    stem = wanted.removesuffix(".gz")
    for name in (wanted, stem, f"{stem}.gz"):
        if name != path.name and (path.parent / name).is_file():
            return path.parent / name
    missing = wanted if wanted != path.name else Text("one whose name ends in “labels-idx1-ubyte”")
    raise PictureError(Text("The labels for %1 are missing; put the file %2 into the same folder.", path.name, missing))


def _opened(path: Path) -> BufferedIOBase:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def _header(stream: BufferedIOBase, name: str) -> Header:
    start = stream.read(4)
    if len(start) < 4 or start[:2] != b"\0\0" or not 1 <= start[3] <= 4:
        raise PictureError(
            Text(
                "%1 is not an IDX file: it begins with %2 instead of 00 00 08 03 (pictures) or 00 00 08 01 (labels).",
                name,
                start.hex(" ") or Text("nothing"),
            )
        )
    if start[2] != BYTE:
        raise PictureError(
            Text("%1 holds numbers of kind %2; pictures and labels come as bytes (0x08).", name, f"{start[2]:#04x}")
        )
    sizes = stream.read(4 * start[3])
    if len(sizes) < 4 * start[3]:
        raise PictureError(Text("%1 is cut off within its header. Copy or download it again.", name))
    header = Header(struct.unpack(f">{start[3]}I", sizes))
    if header.size > MOST_BYTES:
        raise PictureError(
            Text(
                "%1 says that it holds %2 bytes; the most is %3 MB.",
                name,
                " × ".join(f"{size:,}" for size in header.shape),
                f"{MOST_BYTES // 1024**2:,}",
            )
        )
    return header


def _content(stream: BufferedIOBase, header: Header, name: str, report: Report) -> NDArray[np.uint8]:
    parts, got = [], 0
    while got < header.size:
        report(got / header.size)
        part = stream.read(min(_CHUNK, header.size - got))
        if not part:
            raise PictureError(
                Text(
                    "%1 is cut off: it should hold %2 bytes of data, but only %3 are there. Copy or download it again.",
                    name,
                    f"{header.size:,}",
                    f"{got:,}",
                )
            )
        parts.append(part)
        got += len(part)
    if stream.read(1):
        raise PictureError(Text("%1 is longer than its header says; it is damaged or not an IDX file.", name))
    return np.frombuffer(b"".join(parts), np.uint8).reshape(header.shape)


def _reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return Text("it is cut off") if isinstance(error, EOFError) else Text("its gzip packing is damaged")
