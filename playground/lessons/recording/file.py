"""Files of drafts: the lesson that is made of one, what it still lacks, and the draft itself, kept from day to day."""

import json
from functools import partial
from pathlib import Path
from typing import IO, Any

import msgspec

from playground.data.block import to_plain
from playground.lessons import reader
from playground.lessons.lesson import Lesson, Start
from playground.lessons.reader import LessonError
from playground.lessons.recording.draft import Draft, DraftStep, plain_condition, plain_lesson
from playground.project import durable
from playground.project.declarations import blocks
from playground.project.decode import DecodeError
from playground.project.fileformat import FileError
from playground.project.model import Project
from playground.texts import Text

DRAFT_FORMAT = "deep-learning-playground lesson draft"
DRAFT_VERSION = 1
MOST_BYTES = 4_000_000
"""Bytes that the file of a draft may have: more than those of the lesson, for all that was on offer."""


def start_of(project: Project) -> Start:
    """What lets a lesson begin with this project.

    Raises:
        LessonError: when it holds data of the user's own, which have no place in a lesson file.
    """
    if any(True for _ in blocks(project)):
        raise LessonError(
            Text(
                "A lesson file cannot hold data of your own (painted, drawn or from a table). Choose a data set of the "
                "gallery, then record."
            )
        )
    return Start(project=msgspec.json.decode(msgspec.json.encode(to_plain(project))))  # as it will be read


def problems(draft: Draft) -> tuple[Text, ...]:
    """What a draft lacks to be a lesson, a sentence each; empty when it can be saved."""
    found = []
    if not draft.title.strip():
        found.append(Text("The lesson has no title."))
    if not draft.goal.strip():
        found.append(Text("The lesson has no goal: say in a sentence what the pupil is to find out."))
    if not draft.steps:
        found.append(Text("The lesson has no step: do something in the window, then press Add step."))
    for number, step in enumerate(draft.steps, 1):
        found += _problems_of(step, number)
    if not draft.learned:
        found.append(Text("The lesson does not say what was learned: write a sentence or two."))
    if not found:
        try:
            reader.read(_encoded(plain_lesson(draft)), _name(draft))
        except LessonError as error:
            found.append(error.args[0])
    return tuple(found)


def _problems_of(step: DraftStep, number: int) -> list[Text]:
    found = []
    if not step.text.strip():
        found.append(Text("Step %1 does not say what it is about.", number))
    if not step.do.strip():
        found.append(Text("Step %1 does not say what to do.", number))
    if not step.until:
        found.append(Text("Step %1 waits for nothing: tick at least one condition.", number))
    return found


def lesson_of(draft: Draft) -> Lesson:
    """The lesson that a draft makes.

    Raises:
        LessonError: when it lacks something; the first sentence of ``problems``.
    """
    return reader.read(lesson_bytes(draft), _name(draft))


def lesson_bytes(draft: Draft) -> bytes:
    """The content of the lesson file.

    Raises:
        LessonError: when the draft lacks something.
    """
    if found := problems(draft):
        raise LessonError(found[0])
    return _encoded(plain_lesson(draft), indent=2)


def save(path: Path, draft: Draft) -> None:
    """Write the lesson file: all of it, or nothing.

    Raises:
        LessonError: when the draft lacks something, or the place cannot be written.
    """
    content = lesson_bytes(draft)
    try:
        durable.write(path, partial(_fill, content))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LessonError(Text("“%1” cannot be written: %2. Choose another place.", path.name, reason)) from error


def _fill(content: bytes, stream: IO[bytes]) -> None:
    stream.write(content)


# -- the draft itself -------------------------------------------------------------------------------------------------


def encode(draft: Draft) -> bytes:
    """The draft with all that it lacks, for ``decode``."""
    plain = msgspec.to_builtins(draft)
    plain["steps"] = [_plain_draft_step(step) for step in draft.steps]
    return _encoded({"format": DRAFT_FORMAT, "version": DRAFT_VERSION, "draft": plain})


def decode(content: bytes) -> Draft:
    """Read a draft that was kept.

    Raises:
        LessonError: when it is damaged, of a newer version, or has a step or project that cannot be.
    """
    damaged = Text("The draft of your lesson is damaged and cannot be opened.")
    if len(content) > MOST_BYTES:
        raise LessonError(damaged)
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise LessonError(damaged) from error
    if not isinstance(raw, dict) or raw.get("format") != DRAFT_FORMAT:
        raise LessonError(damaged)
    version = raw.get("version")
    if isinstance(version, int) and version > DRAFT_VERSION:
        raise LessonError(Text("The draft of your lesson was written by a newer version of the program: update it."))
    try:
        draft = msgspec.convert(raw.get("draft"), Draft, strict=False)
        for start in (draft.start, *(step.start for step in draft.steps)):
            if start is not None:
                reader.project_of(start)
        if draft.present is not None:
            reader.project_of(Start(project=draft.present))
    except (msgspec.ValidationError, DecodeError, FileError, RecursionError, OverflowError) as error:
        raise LessonError(damaged) from error
    return draft


def _plain_draft_step(step: DraftStep) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(step)
    for name in ("until", "offered"):
        plain[name] = [plain_condition(condition) for condition in getattr(step, name)]
    return plain


def _encoded(plain: dict[str, Any], indent: int | None = None) -> bytes:
    """JSON of it; characters that no file can hold become question marks."""
    return json.dumps(plain, ensure_ascii=False, indent=indent).encode("utf-8", "replace")


def _name(draft: Draft) -> str:
    return draft.title.strip() or "lesson"
