"""Pictures in a folder, one sub-folder per class; decoded by Pillow, which is loaded when first wanted."""

import os
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures.collection import PictureError, PictureSet, Report, Wish, nothing, settled
from playground.texts import Text

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm")
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")
MOST_FILES = 100_000
MOST_FILE_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 40_000_000
LOOSE_SIDE = 32
"""Width and height of pictures for which nothing is said."""

_BROKEN = (
    *(OSError, EOFError, ValueError, SyntaxError, TypeError, KeyError, IndexError, AttributeError, MemoryError),
    *(OverflowError, ZeroDivisionError, NotImplementedError, RuntimeError, AssertionError, struct.error, zlib.error),
)
"""What damaged pictures make Pillow raise."""


def classes_in(folder: Path) -> dict[str, list[Path]]:
    """The pictures of each sub-folder, by its name, in alphabetical order; hidden ones are left out.

    Raises:
        PictureError: when there are none, or too many.
    """
    found = {}
    for inner in sorted(_listed(folder), key=lambda entry: entry.name.lower()):
        if inner.is_dir():
            files = sorted(Path(each.path) for each in _listed(Path(inner.path)) if is_picture(each.name))
            if files:
                found[inner.name] = files
    count = sum(map(len, found.values()))
    if not found:
        raise PictureError(
            Text(
                "The folder %1 has no sub-folders with pictures; make one sub-folder for each class (such as cat and "
                "dog) and put its pictures there.",
                folder.name,
            )
        )
    if count > MOST_FILES:
        raise PictureError(
            Text("The folder %1 holds %2 pictures; the most is %3.", folder.name, f"{count:,}", f"{MOST_FILES:,}")
        )
    return found


def is_picture(name: str) -> bool:
    """Whether a file's name says that it is a picture."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def read(classes: dict[str, list[Path]], name: str, wish: Wish, report: Report = nothing) -> PictureSet:
    """Decode the pictures of each class; files that cannot be read are left out with a note.

    Raises:
        PictureError: when fewer than two classes remain.
    """
    side, colour = wish.side or LOOSE_SIDE, wish.colour is not False
    total = sum(map(len, classes.values()))
    images = np.empty((total, side, side, 3 if colour else 1), np.uint8)
    labels: list[int] = []
    faults: list[Text] = []
    done = 0
    for label, files in enumerate(classes.values()):
        for path in files:
            report((done + len(faults)) / total)
            try:
                images[done] = decode(path, side, colour=colour)
            except PictureError as error:
                faults.append(error.sentence)
                continue
            labels.append(label)
            done += 1
    if faults and not done:
        raise PictureError(Text("None of the files can be read. %1", faults[0]))
    return settled(
        images[:done],
        np.array(labels, np.int64),
        list(classes),
        name,
        wish=Wish(side, colour),
        notes=_told(faults),
    )


def decode(path: Path, side: int, *, colour: bool) -> NDArray[np.uint8]:
    """One picture as uint8 (side, side, 1 or 3), its middle square; see-through parts are shown on white.

    Raises:
        PictureError: when it is too large (told by its header, before it is decoded) or no picture.
    """
    from PIL import Image, ImageOps

    name = f"{path.parent.name}/{path.name}"
    try:
        size = path.stat().st_size
        if size > MOST_FILE_BYTES:
            raise PictureError(
                Text(
                    "%1 has %2 MB; the most is %3 MB. Save it smaller.",
                    name,
                    f"{size / 1000000.0:,.0f}",
                    MOST_FILE_BYTES // 10**6,
                )
            )
        with Image.open(path, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureError(
                    Text(
                        "%1 has %2 × %3 pixels; the most is %4 million. Save it smaller.",
                        name,
                        f"{picture.width:,}",
                        f"{picture.height:,}",
                        MOST_PIXELS // 10**6,
                    )
                )
            picture.draft("RGB" if colour else "L", (2 * side, 2 * side))
            turned = ImageOps.exif_transpose(picture)
            if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
                clear = turned.convert("RGBA")
                turned = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
            if turned.mode.startswith("I;16"):
                turned = Image.fromarray((np.asarray(turned) >> 8).astype(np.uint8))
            flat = turned.convert("RGB" if colour else "L")
            fitted = ImageOps.fit(flat, (side, side), Image.Resampling.BOX)
            return np.asarray(fitted, np.uint8).reshape(side, side, -1)
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(Text("%1 has far too many pixels. Save it smaller.", name)) from error
    except _BROKEN as error:
        raise PictureError(Text("%1 is not a picture, or is damaged.", name)) from error


def _listed(folder: Path) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        raise PictureError(
            Text("The folder %1 cannot be read: %2.", folder.name, error.strerror or str(error))
        ) from error


def _told(faults: Sequence[Text]) -> tuple[Text, ...]:
    if not faults:
        return ()
    if len(faults) == 1:
        return (Text("One file was left out: %1", faults[0]),)
    return (Text("%1 files were left out; the first: %2", len(faults), faults[0]),)
