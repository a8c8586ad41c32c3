"""Find the files under ``resources/``: in the source tree, in an installed wheel and in a packaged program."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _roots() -> tuple[Path, ...]:
    """Places where resources can lie, most specific first."""
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's start-up code
    packaged = (Path(bundle) / "resources", Path(bundle) / "playground" / "_resources") if bundle else ()
    return (*packaged, _PACKAGE / "_resources", _PACKAGE.parent / "resources")


def path(*parts: str) -> Path:
    """Return the path of a resource, as in ``path("presets", "circle.json")``.

    Raises:
        FileNotFoundError: when no root holds it; the message lists where it was looked for.
    """
    candidates = [root.joinpath(*parts) for root in _roots()]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    places = ", ".join(str(candidate) for candidate in candidates)
    raise FileNotFoundError(f"The resource {'/'.join(parts)!r} is missing; looked for: {places}.")
