"""Share codes: a whole project, without data of one's own and without weights, as a text for a chat message.

    DLP1-rbMN3RstUkeL1NEidbRIHS1SqVakAgA

"DLP", the version of the code, and in URL-safe base64: four bytes of CRC-32, then the project's JSON, compressed by
Deflate with a dictionary of words that projects have in common. The settings are written in full, so a code means the
same when defaults change later; a dictionary is never changed, a better one gets a new version.
"""

import base64
import binascii
import json
import re
import zlib
from functools import cache

import msgspec

from playground import resources
from playground.project.declarations import blocks
from playground.project.decode import DecodeError, decode, document
from playground.project.model import Project

VERSION = 1
LONGEST = 20_000
"""Characters that a code may have."""

MOST_BYTES = 1_000_000
"""Bytes that a code may hold, unpacked."""

PATTERN = re.compile(r"\s*DLP(\d{1,6})-([A-Za-z0-9_\-\s]*)=*\s*")


class ShareError(ValueError):
    """A code that cannot be made or read; the message is a sentence."""


def looks_like_code(text: str) -> bool:
    """Whether a text is meant as a share code."""
    return PATTERN.match(text) is not None


def encode(project: Project) -> str:
    """The share code of a project.

    Raises:
        ShareError: when the project holds data of the user's own, which no code can carry.
    """
    project = msgspec.structs.replace(project, drawings=None)  # the booth's collection stays at home
    if next(blocks(project), None) is not None:
        raise ShareError(
            f"“{project.data.source.title}” holds data of your own, which do not fit into a code. Save the project as "
            "a file and share that."
        )
    content = json.dumps(document(project), separators=(",", ":"), ensure_ascii=False).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=_dictionary(VERSION))
    packed = packer.compress(content) + packer.flush()
    body = base64.urlsafe_b64encode(zlib.crc32(content).to_bytes(4, "big") + packed).decode().rstrip("=")
    return f"DLP{VERSION}-{body}"


def read(text: str) -> tuple[Project, tuple[str, ...]]:
    """The project of a share code, and warnings about what this version does not know; line breaks do not matter.

    Raises:
        ShareError: a sentence that says what is wrong with the code.
    """
    found = PATTERN.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise ShareError("This is no share code; one begins with “DLP1-” and has letters, digits, - and _ only.")
    version = int(found[1])
    if not 1 <= version <= VERSION:
        raise ShareError(
            f"The code is of version {version}, and this program reads up to version {VERSION}: update the program."
        )
    content = _unpacked(version, re.sub(r"\s", "", found[2]))
    try:
        project, _, warnings = decode(content)
    except DecodeError as error:
        raise ShareError(f"The project in the code {error}.") from error
    return project, warnings


def _unpacked(version: int, body: str) -> bytes:
    """The JSON in a code, if it arrived whole."""
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_dictionary(version))
        content = unpacker.decompress(raw[4:], MOST_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise ShareError(_DAMAGED) from error
    if unpacker.unconsumed_tail or not unpacker.eof or int.from_bytes(raw[:4], "big") != zlib.crc32(content):
        raise ShareError(_DAMAGED)
    return content


_DAMAGED = "The code is damaged: letters are missing or changed. Copy it again, from “DLP” to its last letter."


@cache
def _dictionary(version: int) -> bytes:
    return resources.path("share", f"dictionary-{version}.txt").read_bytes()
