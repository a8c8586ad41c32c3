"""``playground inspect FILE|PRESET …``"""

import sys

from playground.cli import facts, table_options
from playground.cli.words import Parser, count
from playground.insight import report
from playground.training import run as training_run


def run(words: list[str]) -> int:
    """``playground inspect FILE|PRESET …``"""
    parser = Parser(prog="playground inspect", description="Look inside a network: purity, gradients, health.")
    parser.add_argument("project", metavar="FILE|PRESET|TABLE")
    parser.add_argument("--epochs", type=count, default=0, help="train so long before (default: 0)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    table_options.add(parser)
    given = parser.parse_args(words)
    opened = table_options.opened(given)
    for warning in opened.warnings:
        print(warning, file=sys.stderr)
    loop = training_run.ready(opened.project, opened.state, given.epochs)
    facts.show({"preset": given.project, **report.inside(loop)}, as_json=given.json)
    return 0
