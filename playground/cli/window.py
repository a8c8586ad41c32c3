"""``playground [FILE|PRESET]``: open the window."""

import gc
import os
import re
from pathlib import Path

from playground import __version__
from playground.cli.platform import check_platform
from playground.cli.words import BadInputError, Parser
from playground.texts import LANGUAGES
from playground.training import checkpoint

HAND_IN = re.compile(r"\s*DLC\d+-")
"""How a hand-in code begins; what reads it would take time to load."""


def run(words: list[str]) -> int:
    """``playground [FILE|PRESET]``"""
    parser = Parser(
        prog="playground",
        description="Build a neural network by hand, press Train and see it learn.",
        epilog="Further commands: playground presets, challenge, train, inspect, check, share, thumbnail, export, "
        "bench, shot, demo; each has its own --help. A file named like a command is opened by ./NAME.",
    )
    parser.add_argument(
        "project",
        nargs="?",
        metavar="FILE|PRESET",
        help="a .playground or .dllesson file, or a preset (default: unsaved work, else circle)",
    )
    parser.add_argument(
        "--settings-dir", metavar="DIR", help="keep layout, theme, recent files and unsaved work in this folder"
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, help="speak this language this time (default: as chosen, or the system's)"
    )
    parser.add_argument("--version", action="version", version=f"Deep Learning Playground {__version__}")
    given = parser.parse_args(words)
    if given.project is not None and HAND_IN.match(given.project):
        raise BadInputError(
            "This is the hand-in code of a challenge: judge it by playground challenge CODE, or copy it and choose "
            "Learn, Check a code in the window."
        )
    if given.project is not None:
        _try(given.project)  # a wrong name is told here, before a window opens
    if given.settings_dir is not None:
        os.environ["PLAYGROUND_SETTINGS_DIR"] = given.settings_dir
    if given.language is not None:
        os.environ["PLAYGROUND_LANGUAGE"] = given.language
    gc.disable()  # what is made now stays; rounds through it would take 40 ms. It begins once the window has settled
    check_platform(screen=True)
    from playground.app import commands

    return commands.open_window(["playground", *filter(None, [given.project])])


def _try(name: str) -> None:
    """Read a project, a preset or a lesson.

    Raises:
        BadInputError, FileError: when it cannot be opened.
    """
    path = Path(name)
    if path.suffix.lower() in (".dllesson", ".json"):
        from playground.lessons import reader  # seldom wanted

        if reader.is_lesson_file(path):
            try:
                reader.load(path)
            except reader.LessonError as error:
                raise BadInputError(str(error)) from error
            return
    checkpoint.open_named(name)
