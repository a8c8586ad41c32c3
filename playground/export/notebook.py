"""A script as a Jupyter notebook: its opening words as text, its parts as cells."""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from playground.export import beside
from playground.project.model import Project
from playground.training.records import State

SCRIPTS = {"numpy": "numpy_script", "keras": "keras_script", "pytorch": "torch_script"}
HERE, THERE = "HERE = Path(__file__).resolve().parent", "HERE = Path.cwd()  # the folder of this notebook"
"""Notebooks have no file of their own name to look beside."""


def write(script: str, path: Path, project: Project, state: State | None, title: str) -> None:
    """Write the notebook of a script ("numpy", "keras", "pytorch"), with its data and weights beside it.

    Raises:
        ExportError: when the project has something that the script has no words for, or a file cannot be written.
    """
    source = import_module(f"playground.export.{SCRIPTS[script]}").text(
        project, beside.trained(state), title, path.stem
    )
    beside.write(path, text(source), project, state)


def text(source: str) -> str:
    """The notebook (format 4.5) of a script."""
    words, code = _opening(source)
    cells = [_cell("markdown", words, 0)]
    cells += [_cell("code", part, number) for number, part in enumerate(_parts(code), start=1)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    facts = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def _opening(source: str) -> tuple[str, str]:
    """The words in which a script begins, without how to run it, and its code."""
    _, words, code = source.split('"""', 2)
    title, *rest = [line for line in words.strip().splitlines() if not line.startswith("Run it:")]
    return "\n".join([f"# {title}", *rest]), code.strip().replace(HERE, THERE)


def _parts(code: str) -> list[str]:
    """The code in pieces that belong together: before each heading, the model, and the training."""
    starts = r"\n(?=# ---- |# the |model = |if __name__)"
    return [part.strip() for part in re.split(starts, code) if part.strip()]


def _cell(kind: str, content: str, number: int) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
    cell["source"] = content.splitlines(keepends=True)
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}
