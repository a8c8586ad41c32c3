"""Find out what files hold and read the pictures from them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from playground.data.pictures import archives, folder, idx
from playground.data.pictures.collection import PictureError, PictureSet, Report, Wish, nothing, settled
from playground.texts import Text


def looks_like_pictures(path: Path) -> bool:
    """Whether pictures would be looked for in a file or folder, by its name alone."""
    name = path.name.lower()
    return path.is_dir() or folder.is_picture(name) or name.endswith((".npz", ".gz", ".idx", "ubyte"))


def read(paths: Sequence[Path], wish: Wish | None = None, report: Report = nothing) -> PictureSet:
    """Read the pictures of a folder, an archive, IDX files, or single picture files (their folders are the classes).

    Raises:
        PictureError: a sentence that names what is wrong and what to do.
    """
    wish = wish or Wish()
    if not paths:
        raise PictureError(Text("There is no file; choose a folder of pictures, an IDX file or an .npz file."))
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise PictureError(Text("There is no file %1 any more; was it moved?", missing.name))
    if len(paths) == 1 and paths[0].is_dir():
        return _folder(paths[0], wish, report)
    if all(folder.is_picture(path.name) for path in paths):
        return _loose(paths, wish, report)
    if len(paths) == 1 and paths[0].suffix.lower() == ".npz":
        return archives.read(paths[0], wish, report)
    other = next((path for path in paths if path.is_dir() or not idx.is_idx(path)), None)
    if other is None:
        return _idx(paths, wish, report)
    raise PictureError(
        Text(
            "%1 holds no pictures that can be read here: choose a folder with one sub-folder per "
            "class, IDX files (as of MNIST) or one .npz file.",
            other.name,
        )
    )


def _folder(path: Path, wish: Wish, report: Report) -> PictureSet:
    """Sub-folders of pictures, or else the IDX files in a folder."""
    try:
        inner = sorted(path.iterdir())
    except OSError as error:
        raise PictureError(
            Text("The folder %1 cannot be read: %2.", path.name, error.strerror or str(error))
        ) from error
    files = [file for file in inner if file.is_file() and "images" in file.name and idx.is_idx(file)]
    if files and not any(each.is_dir() and not each.name.startswith(".") for each in inner):
        return _idx(files, wish, report, path.name)
    return folder.read(folder.classes_in(path), path.name, wish, report)


def _loose(paths: Sequence[Path], wish: Wish, report: Report) -> PictureSet:
    """Single pictures; each belongs to the class that its folder is named after."""
    classes: dict[str, list[Path]] = {}
    for path in paths:
        classes.setdefault(path.parent.name, []).append(path)
    if len(classes) < 2:
        raise PictureError(
            Text(
                "These pictures all lie in the folder %1, so nothing says what they show. Put them "
                "into one sub-folder per class and import the folder around these.",
                next(iter(classes)),
            )
        )
    return folder.read(classes, paths[0].parent.parent.name or "Pictures", wish, report)


def _idx(paths: Sequence[Path], wish: Wish, report: Report, name: str = "") -> PictureSet:
    """Pairs of IDX files; of a pair, naming one is enough."""
    pictures = _picture_files(paths)
    parts = []
    for number, path in enumerate(pictures):
        images = idx.read(path, lambda share, at=number: report((at + share) / len(pictures) / 2))  # type: ignore[misc]
        if images.ndim not in (3, 4) or 0 in images.shape:
            raise PictureError(
                Text("%1 holds an array of shape %2; pictures have three dimensions.", path.name, str(images.shape))
            )
        if images.ndim == 4 and images.shape[3] not in (1, 3, 4):
            raise PictureError(
                Text("%1 holds pictures with %2 channels; they must have 1 or 3.", path.name, images.shape[3])
            )
        labels_path = idx.partner(path)
        labels = idx.read(labels_path)
        if labels.ndim != 1:
            raise PictureError(
                Text("%1 holds an array of shape %2; labels stand in one row.", labels_path.name, str(labels.shape))
            )
        if len(labels) != len(images):
            raise PictureError(
                Text(
                    "%1 has %2 pictures but %3 has %4 labels; they do not belong together.",
                    path.name,
                    f"{len(images):,}",
                    labels_path.name,
                    f"{len(labels):,}",
                )
            )
        parts.append((images if images.ndim == 4 else images[..., None], labels))
    if len({images.shape[1:] for images, _ in parts}) > 1:
        raise PictureError(Text("The IDX files hold pictures of different sizes; import them one by one."))
    images, labels = (np.concatenate(part) if len(parts) > 1 else part[0] for part in zip(*parts, strict=True))
    title = name or pictures[0].name.split("-images")[0].split(".")[0] or "Pictures"
    return settled(images, labels, (), title, wish=wish, report=lambda share: report(0.5 + share / 2))


def _picture_files(paths: Sequence[Path]) -> list[Path]:
    """The files of pictures among IDX files; for a file of labels the one beside it."""
    found: list[Path] = []
    for path in paths:
        name = path.name.replace("labels", "images").replace("idx1", "idx3")
        picture = path
        if name != path.name:
            stem = name.removesuffix(".gz")
            there = [path.parent / each for each in (name, stem, f"{stem}.gz") if (path.parent / each).is_file()]
            if not there:
                raise PictureError(
                    Text("The pictures for %1 are missing; put %2 into the same folder.", path.name, name)
                )
            picture = there[0]
        if picture not in found:
            found.append(picture)
    return found
