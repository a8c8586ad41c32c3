"""The command ``playground``: opens the window; trains, lists, inspects and takes pictures without a screen.

One file per command. Results go to standard output, messages to standard error. Exit code 0: fine, 1: failed, 2: bad
input (one sentence). The window is imported only by the commands that need it, so that the others start fast and need
no Qt.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from playground.cli.platform import CannotOpenError
from playground.cli.words import BadInputError
from playground.project.fileformat import FileError
from playground.training.run import CannotTrainError

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130
COMMANDS = (
    *("presets", "challenge", "train", "inspect", "check", "share"),
    *("thumbnail", "export", "bench", "shot", "demo"),
)
"""Each is the module of this name, whose ``run(words)`` returns the exit code."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    command, rest = (words[0], words[1:]) if words and words[0] in COMMANDS else ("window", words)
    try:
        return int(import_module(f"playground.cli.{command}").run(rest))
    except (BadInputError, FileError, CannotTrainError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except CannotOpenError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our results has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
