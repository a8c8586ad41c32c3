"""Edits of the drawings that are collected at the drawing booth.

Where the data set was made of the drawings, it follows them: what is drawn next is learned at once.
"""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.block import Block
from playground.data.drawings import MOST_CLASSES, Drawings, no_drawings
from playground.data.sources import Pictures
from playground.project import edits, picture_edits
from playground.project.edit import Edit, EditError
from playground.project.model import Project
from playground.texts import Text

LEAST_EACH = 3
"""Drawings of a class without which nothing is learned."""
WANTED = 400
"""So many training examples are made of few drawings by varied copies."""
MOST_DRAWINGS = 5_000
MOST_NAME = 24
_NAME = "My drawings"

Part = tuple[NDArray[np.uint8], NDArray[np.int64], tuple[str, ...]]


def drawings(project: Project) -> Drawings:
    """What was drawn so far."""
    return project.drawings or Drawings(no_drawings())


def is_drawn(project: Project) -> bool:
    """Whether the data set of the project was made of its drawings."""
    source = project.data.source
    return isinstance(source, Pictures) and project.drawings is not None and source.block == _taken(project.drawings)[0]


def add(project: Project, image: NDArray[np.uint8], label: int) -> Edit:
    """Collect a drawing uint8 (side, side) for a class."""
    now = drawings(project)
    images, labels = now.block["images"], now.block["labels"]
    if len(labels) >= MOST_DRAWINGS:
        raise EditError(Text("There are %1 drawings, which is the most; delete some first.", MOST_DRAWINGS))
    block = _block(np.concatenate([images, image[None, :, :, None]]), np.append(labels, label))
    return _with(project, msgspec.structs.replace(now, block=block), Text("Draw %1", now.class_names[label]))


def remove(project: Project, rows: Sequence[int]) -> Edit:
    """Delete drawings by their places."""
    now = drawings(project)
    block = _block(*(np.delete(now.block[name], list(rows), axis=0) for name in ("images", "labels")))
    what = Text("Delete a drawing") if len(rows) == 1 else Text("Delete %1 drawings", len(rows))
    return _with(project, msgspec.structs.replace(now, block=block), what)


def add_class(project: Project, name: str) -> Edit:
    """Have one more thing that can be drawn."""
    now = drawings(project)
    if len(now.class_names) >= MOST_CLASSES:
        raise EditError(Text("There are %1 classes, which is the most.", MOST_CLASSES))
    name = _fit_name(name, now.class_names)
    return _with(
        project, msgspec.structs.replace(now, class_names=(*now.class_names, name)), Text("Add class %1", name)
    )


def rename_class(project: Project, label: int, name: str) -> Edit:
    """Call a class otherwise."""
    now = drawings(project)
    name = _fit_name(name, (*now.class_names[:label], *now.class_names[label + 1 :]))
    names = (*now.class_names[:label], name, *now.class_names[label + 1 :])
    return _with(
        project, msgspec.structs.replace(now, class_names=names), Text("Rename %1 to %2", now.class_names[label], name)
    )


def remove_class(project: Project, label: int) -> Edit:
    """Remove a class with its drawings."""
    now = drawings(project)
    images, labels = now.block["images"], now.block["labels"]
    kept = labels != label
    block = _block(images[kept], labels[kept] - (labels[kept] > label))
    names = (*now.class_names[:label], *now.class_names[label + 1 :])
    return _with(project, Drawings(block, names), Text("Remove class %1", now.class_names[label]))


def set_side(project: Project, side: int) -> Edit:
    """Give all drawings another number of pixels."""
    now = drawings(project)
    return _with(project, _joined(side, _part(now))[0], Text("Draw with %1 × %1 pixels", side))


def merge(project: Project, parts: Sequence[Part]) -> tuple[Edit, int, int]:
    """Add collections of drawings (images, labels, class names); classes are joined by their names.

    Returns the edit, how many drawings were added, and how many of the given ones were there already.

    Raises:
        EditError: when there would be too many classes.
    """
    now = drawings(project)
    begin = [_part(now)] if len(now.block["labels"]) or project.drawings is not None else []
    joined, doubles = _joined(now.side, *begin, *parts)
    added = len(joined.block["labels"]) - len(now.block["labels"])
    return _with(project, joined, Text("Add %1 drawings", max(0, added))), added, doubles


def learn(project: Project) -> Edit:
    """Make the drawings the data set; a network that is not for pictures gives way to one that fits.

    Raises:
        EditError: when there are too few drawings yet.
    """
    now = drawings(project)
    drawn = [(name, count) for name, count in zip(now.class_names, now.counts, strict=True) if count]
    few = [name for name, count in drawn if count < LEAST_EACH]
    if len(drawn) < 2:
        raise EditError(Text("Draw at least %1 pictures of each of two classes first.", LEAST_EACH))
    if few:
        raise EditError(
            Text("Draw at least %1 pictures of %2, so that there is something to learn from.", LEAST_EACH, few[0])
        )
    return picture_edits.use(project, _source(project, now), Text("Learn the drawings"))


def _source(project: Project, now: Drawings) -> Pictures:
    """The drawings as a data set, with the settings of the one that it replaces."""
    block, names = _taken(now)
    old = project.data.source
    if isinstance(old, Pictures) and is_drawn(project):
        return msgspec.structs.replace(old, block=block, class_names=names)
    copies = min(50, WANTED // max(1, len(block["labels"])))
    return Pictures(block, names, _NAME, copies=copies, shift=max(1, now.side // 14), turn=10.0)


def _taken(now: Drawings) -> tuple[Block, tuple[str, ...]]:
    """What a data set takes of drawings: those classes that have any."""
    present, labels = np.unique(now.block["labels"], return_inverse=True)
    names = tuple(now.class_names[label] for label in present.tolist())
    if len(present) == len(now.class_names):
        return now.block, names
    return _block(now.block["images"], labels.reshape(-1)), names


def _with(project: Project, now: Drawings, label: Text) -> Edit:
    """The edit that puts other drawings in; a data set made of the drawings follows while it can."""
    changed = msgspec.structs.replace(project, drawings=now)
    drawn = [count for count in now.counts if count]
    if not is_drawn(project) or len(drawn) < 2 or min(drawn) < LEAST_EACH:
        return Edit(label, changed)
    if _source(project, now) == project.data.source:
        return Edit(label, changed)
    return replace(edits.set_source(changed, _source(project, now)), label=label, merge_key=None)


def _part(now: Drawings) -> Part:
    return now.block["images"], now.block["labels"], now.class_names


def _joined(side: int, *parts: Part) -> tuple[Drawings, int]:
    from playground.data.pictures import PictureError, merged  # seldom wanted

    try:
        images, labels, names, doubles = merged(parts, side, most=MOST_CLASSES)
    except PictureError as error:
        raise EditError(error.sentence) from error
    if len(labels) > MOST_DRAWINGS:
        raise EditError(Text("Together there are %1 drawings; the most is %2.", len(labels), MOST_DRAWINGS))
    return Drawings(_block(images, labels), tuple(name[:MOST_NAME] for name in names)), doubles


def _block(images: NDArray[np.uint8], labels: NDArray[np.integer]) -> Block:
    return Block({"images": images, "labels": labels.astype(np.int64)})


def _fit_name(name: str, others: Sequence[str]) -> str:
    name = " ".join(name.split())[:MOST_NAME]
    if not name:
        raise EditError(Text("A class needs a name; type one, such as cat."))
    if name in others:
        raise EditError(Text("There is a class named %1 already; choose another name.", name))
    return name
