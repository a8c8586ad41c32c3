"""``playground check FILE …``"""

import sys

from playground.cli.words import Parser
from playground.project.build import problems
from playground.project.fileformat import FileError
from playground.training import checkpoint

BAD_INPUT = 2


def run(words: list[str]) -> int:
    """Say of each file whether it can be opened and trained; exit code 2 when one cannot."""
    parser = Parser(
        prog="playground check",
        description="Say whether project files, presets or share codes can be opened and trained. Nothing is changed.",
        epilog="Example: playground check homework/*.playground",
    )
    parser.add_argument("projects", nargs="+", metavar="FILE|PRESET|CODE")
    code = 0
    for name in parser.parse_args(words).projects:
        try:
            opened = checkpoint.open_named(name)
        except FileError as error:
            print(error, file=sys.stderr)
            code = BAD_INPUT
            continue
        for sentence in opened.warnings:
            print(f"{opened.name}: {sentence}")
        if found := problems(opened.project):
            print(f"{opened.name} cannot be trained: {found[0].sentence}", file=sys.stderr)
            code = BAD_INPUT
            continue
        trained = f"trained for {opened.state.epoch} epochs" if opened.state else "not trained"
        print(f"{opened.name}: fine, {len(opened.project.network.layers)} layers, {trained}.")
    return code
