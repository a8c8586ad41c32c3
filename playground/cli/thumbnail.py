"""``playground thumbnail FILE OUT.png``: file managers and their dialogs call it for the picture of a project file."""

import io
from pathlib import Path

from playground.cli.words import BadInputError, Parser, count
from playground.project.fileformat import THUMB, part

LARGEST = 4096
"""Pixels along a side; no picture that the window saves comes near it."""


def run(words: list[str]) -> int:
    """Write the picture that lies in a project file; nothing else of it is read."""
    parser = Parser(
        prog="playground thumbnail",
        description="Write the small picture that a saved project file holds; desktops call this for their dialogs.",
        epilog="Example: playground thumbnail --size 256 homework.playground homework.png",
    )
    parser.add_argument("project", metavar="FILE")
    parser.add_argument("output", metavar="OUT.png", type=Path)
    parser.add_argument("--size", type=count, default=256, help="pixels along the longer side, at most (default: 256)")
    given = parser.parse_args(words)
    if not 1 <= given.size <= LARGEST:
        raise BadInputError(f"--size {given.size} is not possible; give 1 to {LARGEST}.")
    content = part(given.project, THUMB)
    if content is None:
        raise BadInputError(f"“{given.project}” holds no picture; the window puts one in when it saves a project.")
    _write(content, given.output, given.size, given.project)
    return 0


def _write(content: bytes, output: Path, size: int, name: str) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(content), formats=["PNG"])
        if max(picture.size) > LARGEST:
            raise ValueError("too large")
        picture.thumbnail((size, size))
    except (UnidentifiedImageError, ValueError, OSError, SyntaxError) as error:
        raise BadInputError(f"The picture in “{name}” is damaged; open the project and save it again.") from error
    try:
        picture.save(output, "PNG")
    except OSError as error:
        raise BadInputError(f"“{output}” cannot be written: {error.strerror or error}.") from error
