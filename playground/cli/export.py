"""``playground export FILE|PRESET|CODE --to KIND -o PATH``"""

import argparse
import sys
from pathlib import Path

from playground.cli import shot
from playground.cli.words import FILMS, PICTURES, BadInputError, Parser, count
from playground.export import beside
from playground.export.errors import ExportError
from playground.export.kinds import EXPORTERS
from playground.training import checkpoint
from playground.training import run as training_run

PICTURED = tuple(ending[1:] for ending in (*PICTURES, *FILMS))
"""Kinds that are pictures or films of the window; ``playground shot`` has more options for these."""

ALIASES = {"notebook": "notebook_numpy"}
"""Other names of kinds."""


def run(words: list[str]) -> int:
    """Take a project elsewhere."""
    kinds = "".join(f"\n  {name:17} {kind.help}" for name, kind in EXPORTERS.items())
    kinds += "".join(f"\n  {alias:17} The same as {name}." for alias, name in ALIASES.items())
    parser = Parser(
        prog="playground export",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=f"Take a project elsewhere, as one of these kinds:\n{kinds}\n  {', '.join(PICTURED)}\n"
        f"{'':20}A picture of the window, or a film of the training.",
        epilog="Example: playground export circle --epochs 200 --to report -o circle.html",
    )
    parser.add_argument("project", metavar="FILE|PRESET|CODE")
    parser.add_argument(
        "--to", required=True, choices=(*EXPORTERS.names(), *ALIASES, *PICTURED), metavar="KIND", help="what to write"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PATH", help="where to write it")
    parser.add_argument("--epochs", type=count, default=0, help="train so long before (default: 0)")
    parser.add_argument("--replace", action="store_true", help="replace data and weights of something else beside it")
    given = parser.parse_args(words)
    if given.to in PICTURED:
        place = given.output.with_suffix(f".{given.to}")
        return shot.run([given.project, "-o", str(place), "--epochs", str(given.epochs)])
    if given.output.is_dir():
        raise BadInputError(f"“{given.output}” is a folder. Name the file to write in it: -o NAME.")
    kind = EXPORTERS[ALIASES.get(given.to, given.to)]
    opened = checkpoint.open_named(given.project)
    for warning in opened.warnings:
        print(warning, file=sys.stderr)
    state = opened.state
    if kind.companions and not given.replace:
        _spare_others(given.output, given.epochs > 0 or beside.trained(state))
    if given.epochs:
        state = training_run.train(opened.project, state=state, epochs=given.epochs).state
    try:
        kind.write(given.output, opened.project, state, opened.name)
    except ExportError as error:
        raise BadInputError(str(error)) from error
    print(f"Written: {given.output}")
    return 0


def _spare_others(path: Path, learned: bool) -> None:
    """Refuse to replace files beside ``path`` that belong to something else."""
    others = beside.others(path, learned)
    if others:
        raise BadInputError(f"“{others[0]}” is there and would be replaced. Choose another name, or add --replace.")
