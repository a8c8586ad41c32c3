"""The options of commands that take a table (CSV, TSV) in place of a project."""

import argparse
from pathlib import Path
from typing import Any

from playground.cli.words import BadInputError
from playground.data.scaling import SCALINGS
from playground.data.sources.table import PREDICT
from playground.data.tables.table import SUFFIXES
from playground.training.checkpoint import Opened, open_named

GAPS = {"drop": "drop rows", "fill": "fill"}
_OPTIONS = ("target", "inputs", "predict", "scaling", "gaps")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    group = parser.add_argument_group("tables", "For a table (.csv, .tsv, .txt): what to learn from it.")
    group.add_argument("--target", metavar="COLUMN", help="the column to predict (default: chosen)")
    group.add_argument("--inputs", metavar="COLUMN,…", help="the columns to predict from (default: all of use)")
    group.add_argument("--predict", choices=PREDICT, help="whether the target is a class or a number (default: found)")
    group.add_argument("--scaling", choices=SCALINGS, help="how numbers are brought to one size (default: standard)")
    group.add_argument(
        "--gaps", choices=tuple(GAPS), help="drop rows with missing values, or fill them (default: drop)"
    )


def opened(given: argparse.Namespace) -> Opened:
    """Open the project, preset or table that is named.

    Raises:
        BadInputError: for options of tables with something else.
        FileError: when it cannot be opened.
    """
    choices: dict[str, Any] = {name: getattr(given, name) for name in _OPTIONS if getattr(given, name) is not None}
    if choices and Path(given.project).suffix.lower() not in SUFFIXES:
        ends = ", ".join(SUFFIXES)
        raise BadInputError(f"--{next(iter(choices))} is for tables (ending in {ends}), not for {given.project!r}.")
    if "inputs" in choices:
        choices["inputs"] = tuple(name.strip() for name in choices["inputs"].split(","))
    if "gaps" in choices:
        choices["gaps"] = GAPS[choices["gaps"]]
    return open_named(given.project, choices)
