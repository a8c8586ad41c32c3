"""``playground demo``"""

from playground.cli.platform import check_platform
from playground.cli.words import Parser


def run(words: list[str]) -> int:
    """``playground demo``"""
    Parser(
        prog="playground demo",
        description="Open the window without a screen, train the default project and write playground.png.",
    ).parse_args(words)
    check_platform(screen=False)
    from playground.app import commands

    commands.quiet_platform()
    return commands.demo()
