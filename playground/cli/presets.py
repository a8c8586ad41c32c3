"""``playground presets``"""

import sys

from playground.cli.words import Parser
from playground.project import presets


def run(words: list[str]) -> int:
    """``playground presets``"""
    Parser(prog="playground presets", description="List the projects that come with the app.").parse_args(words)
    for name in presets.names():
        info = presets.info(name)
        print(f"{name:12} {info.title}: {info.description}")
    sys.stdout.flush()
    return 0
