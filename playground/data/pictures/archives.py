"""Pictures in NumPy archives (.npz), under any of the names that are in use."""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures.collection import MOST_BYTES, PictureError, PictureSet, Report, Wish, nothing, settled
from playground.texts import Text

IMAGES = ("images", "x_train", "x", "data", "train_images", "arr_0")
LABELS = ("labels", "y_train", "y", "target", "targets", "train_labels", "arr_1")
MORE = (("x_test", "y_test"), ("test_images", "test_labels"))
NAMES = ("class_names", "names", "label_names", "target_names")
_CHUNK = 4 * 1024 * 1024
_MOST_NAMES = 10_000
_BROKEN = (OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError, zlib.error, zipfile.BadZipFile)
"""What damaged archives make the standard library raise."""

Array = NDArray[Any]


def read(path: Path, wish: Wish, report: Report = nothing) -> PictureSet:
    """The pictures of an archive.

    Raises:
        PictureError: when it is damaged, too large, or holds no pictures with labels.
    """
    arrays = load(path, report)
    images, labels = _pick(arrays, path.name)
    shaped, told = _pictures(images, path.name)
    numbers, found = _numbers(labels, len(shaped), path.name)
    names = found or [str(name) for name in next((arrays[key] for key in NAMES if key in arrays), np.zeros(0)).ravel()]
    return settled(shaped, numbers, names[:_MOST_NAMES], path.stem, wish=wish, report=report, notes=told)


def load(path: Path, report: Report = nothing) -> dict[str, Array]:
    """All arrays of an archive, each checked by its header before it is unpacked; never runs pickled code.

    Raises:
        PictureError: when it is damaged or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith(".npy")]
            if sum(entry.file_size for entry in entries) > 2 * MOST_BYTES:
                raise PictureError(
                    Text("%1 is too large: it holds more than %2 GB.", path.name, 2 * MOST_BYTES // 1024**3)
                )
            arrays = {}
            for entry in entries:
                with archive.open(entry) as stream:
                    name = entry.filename.removesuffix(".npy")
                    arrays[name.lower()] = _array(stream, f"{name} in {path.name}", report)
            return arrays
    except PictureError:
        raise
    except _BROKEN as error:
        raise PictureError(
            Text("%1 is not a NumPy archive, or is damaged. Copy or save it again.", path.name)
        ) from error


def _array(stream: IO[bytes], name: str, report: Report) -> Array:
    version = np.lib.format.read_magic(stream)
    reader = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, dtype = reader(stream)
    if dtype.kind not in "biufU" or dtype.itemsize == 0:
        raise PictureError(
            Text("The array %1 holds neither numbers nor texts (%2). Save it as numbers.", name, str(dtype))
        )
    size = dtype.itemsize
    for length in shape:
        size *= int(length)
    if not 0 <= size <= MOST_BYTES:
        raise PictureError(
            Text("The array %1 takes %2 bytes; the most is %3 MB.", name, f"{size:,}", f"{MOST_BYTES // 1024**2:,}")
        )
    parts, got = [], 0
    while got < size:
        report(got / size)
        part = stream.read(min(_CHUNK, size - got))
        if not part:
            raise PictureError(
                Text("The array %1 is cut off: %2 of %3 bytes are there. Save it again.", name, f"{got:,}", f"{size:,}")
            )
        parts.append(part)
        got += len(part)
    flat = np.frombuffer(b"".join(parts), dtype)
    return flat.reshape(shape[::-1]).transpose() if fortran else flat.reshape(shape)


def _pick(arrays: Mapping[str, Array], name: str) -> tuple[Array, Array]:
    """Pictures and labels; those kept apart for testing are put behind the others."""
    first = next((key for key in IMAGES if key in arrays), None)
    second = next((key for key in LABELS if key in arrays), None)
    if first is None or second is None:
        held = ", ".join(sorted(arrays)[:8]) or Text("nothing")
        raise PictureError(
            Text(
                "%1 holds %2; pictures are looked for under images, x or x_train, their classes "
                "under labels, y or y_train. Rename the arrays.",
                name,
                held,
            )
        )
    images, labels = [arrays[first]], [arrays[second]]
    for more, their in MORE:
        fits = more in arrays and their in arrays and arrays[more].shape[1:] == images[0].shape[1:]
        if fits and arrays[their].shape[1:] == labels[0].shape[1:]:
            images.append(arrays[more])
            labels.append(arrays[their])
    if len(images) == 1:
        return images[0], labels[0]
    return np.concatenate(images), np.concatenate(labels)


def _pictures(images: Array, name: str) -> tuple[NDArray[np.uint8], tuple[Text, ...]]:
    """The pictures as uint8 (n, h, w, c), and what was done to them."""
    if images.dtype.kind == "U" or not images.size:
        raise PictureError(Text("%1 holds no pictures: its array of pictures is empty or made of texts.", name))
    if images.ndim == 2:
        side = int(images.shape[1] ** 0.5)
        if side * side != images.shape[1] or side < 2:
            raise PictureError(
                Text(
                    "%1 holds rows of %2 numbers, which are no square pictures. A table of numbers "
                    "is imported by Data ▸ Import table.",
                    name,
                    f"{images.shape[1]:,}",
                )
            )
        images = images.reshape(-1, side, side)
    if images.ndim == 3:
        images = images[..., None]
    if images.ndim == 4 and images.shape[1] in (1, 3) and images.shape[3] not in (1, 3, 4):
        images = images.transpose(0, 2, 3, 1)
    if images.ndim != 4 or images.shape[3] not in (1, 3, 4) or min(images.shape[1:3]) < 2:
        raise PictureError(
            Text(
                "The pictures in %1 have the shape %2; it must be (n, height, width) or (n, height, width, 1 or 3).",
                name,
                str(images.shape),
            )
        )
    return _bytes(images, name)


def _bytes(images: Array, name: str) -> tuple[NDArray[np.uint8], tuple[Text, ...]]:
    """Any numbers as 0..255."""
    if images.dtype.kind == "f" and not np.isfinite(images).all():
        place = np.argwhere(~np.isfinite(images))[0].tolist()
        raise PictureError(
            Text("Picture %1 of %2 holds a value that is no number (row %3).", place[0] + 1, name, place[1] + 1)
        )
    lowest, highest = float(images.min()), float(images.max())
    if lowest < 0:
        raise PictureError(
            Text("The pictures in %1 hold %2; brightness goes from 0 (black) upwards.", name, f"{lowest:g}")
        )
    if images.dtype == np.uint8 and highest > 127:
        return images, ()
    if highest == 0:
        raise PictureError(Text("The pictures in %1 are all black.", name))
    white = 1.0 if images.dtype.kind in "fb" and highest <= 1 else 255.0 if 127 < highest <= 255 else highest
    scaled = np.clip(np.rint(images.astype(np.float32) * (255.0 / white)), 0, 255).astype(np.uint8)
    return scaled, () if white in (1.0, 255.0) else (Text("The highest value, %1, is shown as white.", white),)


def _numbers(labels: Array, count: int, name: str) -> tuple[NDArray[np.int64], list[str]]:
    """Labels as numbers, and the names that they had where they were texts."""
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim == 2 and labels.dtype.kind in "biuf" and len(labels) == count:
        return labels.argmax(axis=1).astype(np.int64), []
    if labels.ndim != 1 or len(labels) != count:
        raise PictureError(
            Text(
                "%1 has %2 pictures but labels of shape %3; each picture needs exactly one.",
                name,
                f"{count:,}",
                str(labels.shape),
            )
        )
    if labels.dtype.kind == "U":
        texts, numbers = np.unique(labels, return_inverse=True)
        return numbers.reshape(-1).astype(np.int64), [str(text) for text in texts]
    if labels.dtype.kind == "f" and not (np.isfinite(labels).all() and (labels == np.rint(labels)).all()):
        raise PictureError(Text("The labels in %1 are not whole numbers; pictures are sorted into classes.", name))
    if len(labels) and not (np.abs(labels.astype(np.float64)) < 2**53).all():
        raise PictureError(Text("A label in %1 is far too large a number for a class.", name))
    return labels.astype(np.int64), []


def names_of(texts: Sequence[str]) -> Array:
    """Names as an array that an archive can hold."""
    return np.array(list(texts), dtype=np.str_)
