"""Read a challenge file: JSON, checked in full; a hostile file is a sentence, never a traceback."""

from pathlib import Path

import msgspec

from playground.engine.registry import UnknownNameError
from playground.lessons.challenges.challenge import FORMAT, VERSION, Challenge
from playground.lessons.reader import project_of
from playground.project.decode import DecodeError
from playground.project.fileformat import FileError
from playground.texts import Text

MOST_BYTES = 200_000
"""Bytes that a challenge file may have."""


class ChallengeError(ValueError):
    """What is no challenge, or no code of one; the message is a sentence."""


def load(path: Path) -> Challenge:
    """Read the challenge in a file.

    Raises:
        ChallengeError: when it cannot be read, or is no challenge.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ChallengeError(Text("“%1” cannot be read: %2.", path.name, error.strerror or "")) from error
    return read(content, path.name)


def read(content: bytes, name: str) -> Challenge:
    """Read a challenge; ``name`` is what messages call it.

    Raises:
        ChallengeError: when it is no challenge, is of a newer version, or has rules or a project that cannot be.
    """
    if len(content) > MOST_BYTES:
        raise ChallengeError(Text("“%1” is larger than a challenge can be (200 kB).", name))
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise ChallengeError(Text("“%1” is damaged or no challenge file.", name)) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ChallengeError(Text("“%1” is no challenge file.", name))
    version = raw.get("version")
    if isinstance(version, int) and version > VERSION:
        raise ChallengeError(Text("“%1” was written by a newer version of the program: update the program.", name))
    try:
        challenge = msgspec.convert(raw, Challenge)
        project_of(challenge.start)
    except (msgspec.ValidationError, UnknownNameError, DecodeError, FileError, RecursionError, OverflowError) as error:
        raise ChallengeError(Text("“%1” is no sound challenge: %2.", name, _reason(error))) from error
    return challenge


def _reason(error: Exception) -> str:
    """What was wrong, as the end of a sentence."""
    text = str(error).replace("`", "").replace("$.", "").strip("'").rstrip(".")
    return text[:1].lower() + text[1:] if isinstance(error, msgspec.ValidationError) else text
