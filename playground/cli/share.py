"""``playground share FILE|PRESET``"""

from playground.cli.words import BadInputError, Parser
from playground.project import share
from playground.training import checkpoint


def run(words: list[str]) -> int:
    """Print the share code of a project."""
    parser = Parser(
        prog="playground share",
        description="Print a project as a short text: same data, initial weights and run, without what was learned.",
        epilog="Whoever gets the code opens it by: playground CODE, or trains it by: playground train CODE",
    )
    parser.add_argument("project", metavar="FILE|PRESET")
    opened = checkpoint.open_named(parser.parse_args(words).project)
    try:
        print(share.encode(opened.project))
    except share.ShareError as error:
        raise BadInputError(str(error)) from error
    return 0
