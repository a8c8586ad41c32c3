"""The container of project files: one zip of named parts, each JSON, an .npz of plain arrays, or a picture.

Reading trusts nothing: sizes, counts and ratios are limited, names must be of our own form and are never used as
paths, arrays are plain numbers only (never pickled objects).
"""

import io
import math
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

MAX_BYTES = 512 * 1024 * 1024
"""A file as it lies on the disk."""
MAX_UNPACKED = 2 * MAX_BYTES
"""All parts of a file together, unpacked, and the arrays in them."""
MAX_PARTS = 32
MAX_ARRAYS = 4096
MAX_RATIO = 200
"""Unpacked to packed size of a part of more than FREE_BYTES; our own arrays are stored unpacked."""
FREE_BYTES = 1024 * 1024
GROWTH, FREE_GROWTH = 16, 64 * FREE_BYTES
"""A file may unpack to so many times its size, or at least to the latter."""
MAX_MEMBERS = 16_384
"""Entries in all tables of contents together: each takes memory before it can be judged."""
_ENTRY = b"PK\x01\x02"
PART = re.compile(r"[a-z][a-z0-9_]{0,40}\.(?:json|npz|png)")
ARRAY = re.compile(r"[A-Za-z0-9_.\-]{1,120}")
_HEADER = re.compile(
    rb"\{'descr': '(?P<type>[<|](?:b1|[iu][1248]|f[248]))', 'fortran_order': (?P<order>False|True), "
    rb"'shape': \((?P<shape>(?:\d{1,18}(?:, ?\d{1,18}){0,7})?,?)\), ?\}\s*"
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a fixed date, so that equal projects give equal files
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    struct.error,
)


Arrays = Mapping[str, NDArray[Any]]
Content = bytes | Arrays
"""A part of a file: its bytes, or the arrays of an .npz."""


class ArchiveError(ValueError):
    """A container that cannot be read; the message is the end of a sentence that begins with the file."""


class Room:
    """How many bytes a file may still unpack to; all its parts share it, so that no nesting gets round it."""

    def __init__(self, packed: int) -> None:
        """``packed``: the size of the file."""
        self.left = min(MAX_UNPACKED, max(FREE_GROWTH, GROWTH * packed))

    def take(self, name: str, size: int) -> None:
        """Count a part.

        Raises:
            ArchiveError: when there is no room for it.
        """
        if size > self.left:
            raise ArchiveError(f"would unpack {name[:60]!r} to {size:,} bytes, which is more than is allowed")
        self.left -= size


def pack(parts: Mapping[str, Content]) -> bytes:
    """Return a zip of the parts; see ``write``."""
    buffer = io.BytesIO()
    write(buffer, parts)
    return buffer.getvalue()


def write(stream: IO[bytes], parts: Mapping[str, Content]) -> None:
    """Write a zip of the parts; arrays and pictures are stored as they are, text is compressed.

    Arrays are written from where they are, without copies, so that a window beside it is not held up.

    Raises:
        ValueError: for a name or an element type that files cannot hold.
    """
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            if not PART.fullmatch(name):
                raise ValueError(f"{name!r} is no name for a part of a project file.")
            if isinstance(content, bytes):
                small = name.endswith(".json") and len(content) < FREE_BYTES
                archive.writestr(_member(name), content, zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED)
            else:
                with archive.open(_member(name), "w") as part:
                    _write_arrays(part, content)


def unpack(content: bytes, room: Room | None = None) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the parts by name, and the names of members that are not ours and were left out.

    room: what the file may still unpack to; by its own size unless given.

    Raises:
        ArchiveError: when it is broken, too large, or holds a part twice.
    """
    try:
        with _opened(content) as archive:
            return _read(archive, PART, MAX_PARTS, room or Room(len(content)))
    except _BROKEN as error:
        raise _translated(error) from error


def read_part(path: str | os.PathLike[str], name: str, most: int) -> bytes | None:
    """One part of the file at ``path``, None where there is none or it is larger than ``most``.

    Raises:
        ArchiveError: when the file is broken or larger than any of ours.
    """
    try:
        with open(path, "rb") as stream:
            if os.fstat(stream.fileno()).st_size > MAX_BYTES:
                raise ArchiveError("is too large")
            with zipfile.ZipFile(stream) as archive:
                if name not in archive.namelist() or archive.getinfo(name).file_size > most:
                    return None
                with archive.open(name) as part:
                    return part.read(most)
    except _BROKEN as error:
        raise _translated(error) from error


def pack_arrays(arrays: Arrays) -> bytes:
    """Return the arrays as an .npz that ``numpy.load`` reads without pickle.

    Raises:
        ValueError: for a name or an element type that files cannot hold.
    """
    buffer = io.BytesIO()
    _write_arrays(buffer, arrays)
    return buffer.getvalue()


def _write_arrays(stream: IO[bytes], arrays: Arrays) -> None:
    with zipfile.ZipFile(stream, "w") as archive:
        for name, values in arrays.items():
            array = np.asarray(values)
            if not ARRAY.fullmatch(name) or array.dtype.kind not in "biuf" or array.dtype.itemsize > 8:
                raise ValueError(f"The array {name!r} of type {array.dtype} cannot stand in a project file.")
            little = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(array.shape)
            header = io.BytesIO()
            np.lib.format.write_array_header_1_0(header, np.lib.format.header_data_from_array_1_0(little))
            with archive.open(_member(f"{name}.npy"), "w") as member:
                member.write(header.getvalue())
                member.write(little.reshape(-1).view(np.uint8).data)


def unpack_arrays(content: bytes, room: Room | None = None) -> dict[str, NDArray[Any]]:
    """Return the arrays of an .npz, read-only; ``room`` as in ``unpack``.

    Raises:
        ArchiveError: when it is broken, too large, holds an array twice, or anything but plain numbers.
    """
    pattern = re.compile(ARRAY.pattern + r"\.npy")
    try:
        with _opened(content) as archive:
            members, foreign = _read(archive, pattern, MAX_ARRAYS, room or Room(len(content)))
        if foreign:
            raise ArchiveError(f"holds something that is not an array: {foreign[0][:60]!r}")
        return {name.removesuffix(".npy"): _array(data) for name, data in members.items()}
    except _BROKEN as error:
        raise _translated(error) from error


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.external_attr = 0o644 << 16
    return info


def _opened(content: bytes) -> zipfile.ZipFile:
    if content.count(_ENTRY) > MAX_MEMBERS:
        raise ArchiveError(f"holds more than {MAX_MEMBERS:,} parts")
    return zipfile.ZipFile(io.BytesIO(content))


def _read(
    archive: zipfile.ZipFile, pattern: re.Pattern[str], most: int, room: Room
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Read all members whose names fit the pattern, within the limits."""
    members = archive.infolist()
    if len(members) > most:
        raise ArchiveError(f"holds {len(members)} parts; the most is {most}")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ArchiveError(f"holds the part {twice[:60]!r} twice")
    result = {}
    for member in members:
        if not pattern.fullmatch(member.filename):
            continue
        size, packed = member.file_size, member.compress_size
        if size > FREE_BYTES and size > MAX_RATIO * packed:
            raise ArchiveError(f"would unpack {member.filename!r} to {size:,} bytes, which is more than is allowed")
        room.take(member.filename, size)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ArchiveError(f"holds {member.filename!r} in a compression that is not used here")
        with archive.open(member) as stream:
            data = stream.read(size + 1)
        if len(data) != size:
            raise ArchiveError(f"holds {member.filename!r} with a wrong size")
        result[member.filename] = data
    return result, tuple(name for name in names if not pattern.fullmatch(name))


def _array(data: bytes) -> NDArray[Any]:
    """Decode one .npy; the header must be of exactly the form that NumPy writes for plain numbers."""
    if data[:8] != b"\x93NUMPY\x01\x00" or len(data) < 10:
        raise ArchiveError("holds an array that is not plain numbers")
    start = 10 + int.from_bytes(data[8:10], "little")
    header = _HEADER.fullmatch(data[10:start])
    if header is None:
        raise ArchiveError("holds an array that is not plain numbers")
    shape = tuple(int(size) for size in re.findall(rb"\d+", header["shape"]))
    dtype, body = np.dtype(header["type"].decode()), memoryview(data)[start:]
    if math.prod(shape) * dtype.itemsize != len(body):
        raise ArchiveError(f"holds an array of shape {shape} but {len(body)} bytes of data for it")
    flat = np.frombuffer(body, np.uint8 if dtype.kind == "b" else dtype) if len(body) else np.empty(0, dtype)
    if dtype.kind == "b":
        flat = flat != 0
    flat = flat.astype(dtype.newbyteorder("="), copy=False).reshape(
        shape, order="F" if header["order"] == b"True" else "C"
    )
    flat.flags.writeable = False
    return flat


def _translated(error: Exception) -> ArchiveError:
    if isinstance(error, ArchiveError):
        return error
    return ArchiveError("is damaged or not a project file")
