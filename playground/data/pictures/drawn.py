"""Drawings as a file of their own, and several collections in one."""

import os
import secrets
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from playground.data.pictures.archives import load, names_of
from playground.data.pictures.collection import MOST_CLASSES, Bytes, Labels, PictureError, Report, nothing
from playground.data.pictures.resize import fitted
from playground.texts import Text

MARK = "drawings"
"""The array by which a file of drawings is known."""
MOST_WIDE = 256


def write(path: Path, images: Bytes, labels: Labels, class_names: tuple[str, ...]) -> None:
    """Write pictures uint8 (n, h, w, c) with labels (n,) as an .npz that ``read`` and NumPy read.

    Raises:
        PictureError: when it cannot be written; what was there before stays.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    arrays: dict[str, Any] = {"images": images, "labels": labels, "class_names": names_of(class_names), MARK: True}
    try:
        with draft.open("wb") as file:
            np.savez_compressed(file, **arrays)
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise PictureError(Text("%1 cannot be written: %2.", path.name, error.strerror or str(error))) from error


def is_drawn_file(path: Path) -> bool:
    """Whether a file was written by ``write``."""
    try:
        with zipfile.ZipFile(path) as archive:
            return f"{MARK}.npy" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def read_drawn(path: Path, report: Report = nothing) -> tuple[Bytes, Labels, tuple[str, ...]]:
    """The pictures uint8 (n, h, w, c), labels and class names of a file that ``write`` wrote; one class is enough.

    Raises:
        PictureError: when it is damaged or another kind of file.
    """
    arrays = load(path, report)
    images, labels, names = (arrays.get(name) for name in ("images", "labels", "class_names"))
    if images is None or labels is None or names is None or names.ndim != 1 or not 0 < len(names) <= MOST_CLASSES:
        raise PictureError(Text("%1 holds no drawings; choose a file that was saved at the drawing booth.", path.name))
    fits = images.dtype == np.uint8 and images.ndim == 4 and images.shape[3] in (1, 3) and 0 not in images.shape[1:]
    sound = fits and labels.dtype.kind in "iu" and labels.shape == images.shape[:1]
    if not sound or not ((labels >= 0) & (labels < len(names))).all() or max(images.shape[1:3]) > MOST_WIDE:
        raise PictureError(Text("The drawings in %1 are damaged. Copy or save the file again.", path.name))
    return images, labels.astype(np.int64), tuple(str(name) for name in names)


def merged(
    parts: Iterable[tuple[Bytes, Labels, tuple[str, ...]]], side: int, *, most: int = MOST_CLASSES
) -> tuple[Bytes, Labels, tuple[str, ...], int]:
    """Put collections (images, labels, class names) together: classes by their names, each picture once.

    side: width and height of the result, in grey. Returns images uint8 (n, side, side, 1), labels, class names in the
    order of their first mention, and how many pictures were there already.

    Raises:
        PictureError: when there are more than ``most`` classes.
    """
    names: list[str] = []
    kept: dict[bytes, tuple[Bytes, int]] = {}
    total = 0
    for images, labels, class_names in parts:
        rows = np.arange(len(images))
        small = fitted(images, rows, side, colour=False, report=lambda _: None) if len(images) else images
        names.extend(name for name in class_names if name not in names)
        for image, label in zip(small, labels.tolist(), strict=True):
            place = names.index(class_names[label])
            kept.setdefault(bytes([place % 256]) + image.tobytes(), (image, place))
            total += 1
    if len(names) > most:
        raise PictureError(
            Text("Together there are %1 classes; the most is %2. Rename or remove some first.", len(names), most)
        )
    images = np.stack([image for image, _ in kept.values()]) if kept else np.zeros((0, side, side, 1), np.uint8)
    labels = np.array([place for _, place in kept.values()], np.int64)
    return images, labels, tuple(names), total - len(kept)
