"""Print what was found out: for people, or as JSON for scripts."""

import json
from typing import Any


def show(facts: dict[str, Any], *, as_json: bool) -> None:
    """Print one fact a line, or one JSON object."""
    if as_json:
        print(json.dumps(facts))
        return
    for name, value in facts.items():
        print(f"{name:13} {_plain(value)}")


def _plain(value: Any) -> str:
    """A fact as a reader wants it: numbers rounded, stages side by side."""
    if isinstance(value, list):
        return ", ".join(f"{entry['stage']} {_plain(entry['value'])}" for entry in value)
    if isinstance(value, dict):
        return "".join(f"\n  {key:20} {_plain(number)}" for key, number in value.items())
    return f"{value:.4f}" if isinstance(value, float) else str(value)
