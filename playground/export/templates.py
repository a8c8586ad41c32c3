"""The templates of exports, read from resources/export. Jinja2 is loaded with the first one."""

import json
from functools import cache
from typing import Any

from playground import resources


@cache
def environment(*, html: bool = False) -> Any:
    """The Jinja2 environment for source code, or for pages, where values are escaped; names that are missing raise."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(resources.path("export")),
        undefined=StrictUndefined,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(words=words, literal=literal)
    return made


def words(text: str) -> str:
    """A name that people chose, harmless within a docstring: on one line, without double quotes and backslashes."""
    return " ".join(text.replace('"', "'").replace("\\", "/").split())


def literal(text: str) -> str:
    """A name that people chose, as a string of source code."""
    return json.dumps(text, ensure_ascii=False)


def filled(name: str, facts: dict[str, Any], *, html: bool = False) -> str:
    """The template ``name`` with its facts."""
    text: str = environment(html=html).get_template(name).render(facts)
    return text
