"""Read a lesson file: JSON, checked to the last condition; a hostile file is a sentence, never a traceback."""

import json
from pathlib import Path

import msgspec

from playground.lessons.lesson import FORMAT, VERSION, Lesson, Start
from playground.project import presets
from playground.project.decode import FORMAT_VERSION, DecodeError, decode
from playground.project.fileformat import FileError
from playground.project.model import Project
from playground.texts import Text

MOST_BYTES = 1_000_000
"""Bytes that a lesson file may have."""

SUFFIX = ".dllesson"
"""How the name of a lesson file ends; one that ends in .json is told from a project by what stands in it."""


class LessonError(ValueError):
    """A file that is no lesson; the message is a sentence that names it."""


def is_lesson_file(path: Path) -> bool:
    """Whether a file is for ``load``: by its name, or, for a .json file, because it says that it is a lesson."""
    if path.suffix.lower() != ".json":
        return path.suffix.lower() == SUFFIX
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        raw = msgspec.json.decode(content)
    except (OSError, RecursionError, ValueError):
        return False
    return isinstance(raw, dict) and raw.get("format") == FORMAT


def load(path: Path) -> Lesson:
    """Read the lesson in a file.

    Raises:
        LessonError: when it cannot be read, or is no lesson.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise LessonError(Text("“%1” cannot be read: %2.", path.name, error.strerror or "")) from error
    return read(content, path.name)


def read(content: bytes, name: str) -> Lesson:
    """Read a lesson; ``name`` is what messages call it.

    Raises:
        LessonError: when it is no lesson, is of a newer version, or has a step or a project that cannot be.
    """
    if len(content) > MOST_BYTES:
        raise LessonError(Text("“%1” is larger than a lesson can be (1 MB).", name))
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise LessonError(Text("“%1” is damaged or no lesson file.", name)) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise LessonError(Text("“%1” is no lesson file.", name))
    version = raw.get("version")
    if isinstance(version, int) and version > VERSION:
        raise LessonError(Text("“%1” was written by a newer version of the program: update the program.", name))
    try:
        lesson = msgspec.convert(raw, Lesson, strict=False)
        for start in (lesson.start, *(step.start for step in lesson.steps)):
            if start is not None:
                project_of(start)
    except (msgspec.ValidationError, DecodeError, FileError, RecursionError, OverflowError) as error:
        raise LessonError(Text("“%1” is no sound lesson: %2.", name, _reason(error))) from error
    return lesson


def project_of(start: Start) -> Project:
    """The project that a lesson, or a step, begins with.

    Raises:
        DecodeError, FileError: when there is none, or it is wrong; ``read`` has made sure that it is not.
    """
    if (start.preset is None) is (start.project is None):
        raise DecodeError("it must start from a preset or from a project")
    if start.preset is not None:
        return presets.load(start.preset)
    try:
        content = json.dumps({"format_version": FORMAT_VERSION, "project": start.project}).encode()
    except (RecursionError, ValueError) as error:
        raise DecodeError("its project is damaged") from error
    project, _, warnings = decode(content)
    if warnings:
        raise DecodeError(f"its project is not known in full: {warnings[0]}")
    return project


def _reason(error: Exception) -> str:
    """What was wrong, as the end of a sentence."""
    text = str(error).replace("`", "").replace("$.", "").rstrip(".")
    return text[:1].lower() + text[1:] if isinstance(error, msgspec.ValidationError) else text
