"""What commands understand: numbers, sizes and file names, each refused with one sentence when it makes no sense."""

import argparse
from pathlib import Path
from typing import NoReturn

from playground.training import checkpoint

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".svg", ".pdf")
FILMS = (".gif", ".apng", ".webp", ".mp4")


class BadInputError(Exception):
    """Words on the command line that make no sense; the message is one sentence."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        """Raise BadInputError in place of exiting."""
        raise BadInputError(f"{message[0].upper()}{message[1:]}. Try: {self.prog} --help")


def positive(text: str) -> int:
    """A whole number from 1 up."""
    return whole(text, 1)


def count(text: str) -> int:
    """A whole number from 0 up."""
    return whole(text, 0)


def seed(text: str) -> int:
    """A seed: a whole number from 0 up."""
    return whole(text, 0)


def whole(text: str, least: int) -> int:
    """A whole number of at least ``least``."""
    if not text.isdecimal() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least {least}")
    return int(text)


def size(text: str) -> tuple[int, int]:
    """Width and height, as in 1366x768."""
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 16384 and 200 <= int(height) <= 16384):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1366x768 (each from 200 to 16384)")
    return int(width), int(height)


def scale(text: str) -> float:
    """A scale from 0.5 to 4."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.5 <= value <= 4.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a scale from 0.5 to 4")
    return value


def loss(text: str) -> float:
    """A loss above 0."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


def project_file(text: str) -> Path:
    """The name of a project file."""
    return with_suffix(text, (checkpoint.SUFFIX,))


def picture_file(text: str) -> Path:
    """The name of a picture or a film."""
    return with_suffix(text, PICTURES + FILMS)


def with_suffix(text: str, suffixes: tuple[str, ...]) -> Path:
    """A file name that ends in one of ``suffixes``."""
    if Path(text).suffix.lower() not in suffixes:
        raise argparse.ArgumentTypeError(f"{text!r} does not end in {' or '.join(suffixes)}")
    return Path(text)
