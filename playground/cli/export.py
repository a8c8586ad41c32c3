"""``playground export FILE|PRESET|CODE --to KIND -o PATH``"""

import sys
from pathlib import Path

from playground.cli.words import BadInputError, Parser, count
from playground.export.errors import ExportError
from playground.export.kinds import EXPORTERS
from playground.training import checkpoint
from playground.training import run as training_run


def run(words: list[str]) -> int:
    """Take a project elsewhere."""
    kinds = "".join(f"\n  {name:12} {kind.suffix:13} {kind.help}" for name, kind in EXPORTERS.items())
    parser = Parser(
        prog="playground export",
        description="Take a project elsewhere, as one of these:\n" + kinds,
        epilog="Example: playground export circle --epochs 200 --to report -o circle.html",
    )
    parser.add_argument("project", metavar="FILE|PRESET|CODE")
    parser.add_argument("--to", required=True, choices=EXPORTERS.names(), metavar="KIND", help="what to write")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PATH", help="where to write it")
    parser.add_argument("--epochs", type=count, default=0, help="train so long before (default: 0)")
    given = parser.parse_args(words)
    opened = checkpoint.open_named(given.project)
    for warning in opened.warnings:
        print(warning, file=sys.stderr)
    state = opened.state
    if given.epochs:
        state = training_run.train(opened.project, state=state, epochs=given.epochs).state
    try:
        EXPORTERS[given.to].write(given.output, opened.project, state, opened.name)
    except ExportError as error:
        raise BadInputError(str(error)) from error
    print(f"Written: {given.output}")
    return 0
