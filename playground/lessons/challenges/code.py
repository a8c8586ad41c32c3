"""Hand-in codes: which challenge, after how many epochs, and the project, as a text for a message.

    DLC1-three_lines-120-1f9d04ac-DLP1-rbMN3RstUkeL1NEi…

"DLC", the version; the challenge; the epochs; CRC-32 of all the rest; the project as a share code. The data of a
challenge are fixed, so the code holds only which features are used. Where points are erased, their numbers follow the
epochs: DLC1-find_the_wrong-1-e3.17.42-….
"""

import re
import zlib
from dataclasses import dataclass

import msgspec

from playground.lessons.challenges import found, library
from playground.lessons.challenges.challenge import MOST_EPOCHS, Challenge
from playground.lessons.challenges.reader import ChallengeError
from playground.project import share
from playground.project.model import DataSettings, Project, ViewSettings
from playground.texts import Text

VERSION = 1
LONGEST = share.LONGEST + 100
"""Characters that a code may have."""

MOST_TEXT = 4 * LONGEST
"""Characters that a text may have in which a code is looked for."""

MOST_WORDS = 80

_BEGINNING = re.compile(r"DLC\d{1,6}-")
_CODE = re.compile(
    r"DLC(\d{1,6})-([a-z0-9_]{1,40})-(\d{1,6})"
    r"(?:-e((?:\d{1,4}(?:\.\d{1,4}){0,499})?))?"
    r"-([0-9a-f]{8})-(DLP\d{1,6}-[A-Za-z0-9_\-]+)=*"
)
"""Version, challenge, epochs, numbers of erased points, checksum, share code."""


@dataclass(frozen=True)
class HandIn:
    """What a code holds. ``name``: of the challenge, in the library. ``project``: as it is to be judged.

    words: what stood before the code on its line, such as a pupil's name.
    """

    name: str
    challenge: Challenge
    epochs: int
    project: Project
    words: str = ""


def looks_like_code(text: str) -> bool:
    """Whether there is something in a text that is meant as a hand-in code."""
    return len(text) <= MOST_TEXT and _BEGINNING.search(text) is not None


def encode(name: str, project: Project, epochs: int) -> str:
    """The code of a project for the challenge of that name, judged after so many epochs.

    Raises:
        ChallengeError: when the project does not fit into a code.
    """
    data = DataSettings(features=project.data.features)
    bare = msgspec.structs.replace(project, data=data, view=ViewSettings(), drawings=None)
    try:
        body = share.encode(bare)
    except share.ShareError as error:
        raise ChallengeError(error.args[0]) from error
    about = f"{name}-{epochs}"
    if library.load(name).finds:
        about += "-e" + ".".join(map(str, found.erased(library.start(name), project)))
    return f"DLC{VERSION}-{about}-{_checksum(about, body)}-{body}"


def read(text: str) -> HandIn:
    """What the code in a text says; words before it and line breaks within it do not matter.

    Raises:
        ChallengeError: a sentence that says what is wrong with the code.
    """
    begun = _BEGINNING.search(text) if len(text) <= MOST_TEXT else None
    parts = _CODE.fullmatch(re.sub(r"\s", "", text[begun.start() :])) if begun else None
    if begun is None:
        raise ChallengeError(Text("There is no code of a challenge here; one begins with “DLC1-”."))
    version = int(begun[0][3:-1])
    if not 1 <= version <= VERSION:
        raise ChallengeError(
            Text(
                "The code is of version %1, and this program reads up to version %2: update the program.",
                version,
                VERSION,
            )
        )
    if parts is None or len(parts[0]) > LONGEST:
        raise ChallengeError(_damaged())
    name, epochs, rows, body = parts[2], int(parts[3]), parts[4], parts[6]
    about = parts[0][begun.end() - begun.start() : parts.start(5) - 1]
    if parts[5] != _checksum(about, body):
        raise ChallengeError(_damaged())
    challenge = library.load(name)
    if not 1 <= epochs <= MOST_EPOCHS:
        raise ChallengeError(Text("The code asks for %1 epochs; judged are 1 to %2.", epochs, MOST_EPOCHS))
    try:
        project, _ = share.read(body)
    except share.ShareError as error:
        raise ChallengeError(error.args[0]) from error
    start = _start(name, rows)
    data = msgspec.structs.replace(start.data, features=project.data.features)
    words = text[: begun.start()].rpartition("\n")[2].strip(" \t:;,-")[:MOST_WORDS]
    return HandIn(name, challenge, epochs, msgspec.structs.replace(project, data=data), words)


def _start(name: str, rows: str | None) -> Project:
    """The start of a challenge, without the points of these numbers."""
    start = library.start(name)
    if library.load(name).finds is not (rows is not None):
        raise ChallengeError(_damaged())
    gone = tuple(sorted({int(row) for row in (rows or "").split(".") if row}))
    if gone and gone[-1] >= len(library.load(name).points):
        raise ChallengeError(Text("The code erases point %1, which is not there.", gone[-1]))
    return found.without(start, gone) if rows is not None else start


def _checksum(about: str, body: str) -> str:
    return f"{zlib.crc32(f'{about} {body}'.encode()):08x}"


def _damaged() -> Text:
    return Text("The code is damaged: letters are missing or changed. Copy it again, from “DLC” to its last letter.")
