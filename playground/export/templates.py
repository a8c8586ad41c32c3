"""The templates of exports, read from resources/export. Jinja2 is loaded with the first one."""

from functools import cache
from typing import Any

from playground import resources


@cache
def environment(*, html: bool = False) -> Any:
    """The Jinja2 environment for source code, or for pages, where values are escaped; names that are missing raise."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resources.path("export")),
        undefined=StrictUndefined,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def filled(name: str, facts: dict[str, Any], *, html: bool = False) -> str:
    """The template ``name`` with its facts."""
    text: str = environment(html=html).get_template(name).render(facts)
    return text
