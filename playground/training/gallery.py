"""Which pictures to compute when, so that they take a fixed share of the time at most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

QUICK = 0.002
"""Seconds that a picture may take to be computed with the first snapshot after a command; slower ones follow it."""

SHARE = 0.1
"""Share of the time that all pictures may take together while training."""


@dataclass
class _Picture:
    value: Any = None
    known: bool = False
    version: object = None
    """Of the loop, when the picture was computed; None: out of date."""
    cost: float = 0.0
    due: float = 0.0


class Gallery:
    """Keeps the newest version of every requested picture.

    compute: requested names → pictures. Names are asked for one by one, so that the cost of each is known.
    """

    def __init__(self, compute: Callable[[frozenset[str]], Mapping[str, Any]], clock: Callable[[], float]) -> None:
        self._compute, self._clock = compute, clock
        self._pictures: dict[str, _Picture] = {}

    def request(self, names: frozenset[str]) -> None:
        """Keep these pictures from now on; all are computed anew."""
        self._pictures = {name: self._pictures.get(name, _Picture()) for name in sorted(names)}
        for picture in self._pictures.values():
            picture.version = None

    def renew(self, name: str) -> None:
        """Compute one picture anew, if it is kept: what it shows was chosen anew."""
        if name in self._pictures:
            self._pictures[name].version = None
            self._pictures[name].due = 0.0

    def stale(self, version: object) -> bool:
        """Whether a picture does not show ``version`` of the loop."""
        return any(picture.version != version for picture in self._pictures.values())

    def refresh_quick(self, version: object) -> None:
        """Compute every quick picture that is out of date."""
        for name, picture in self._pictures.items():
            if picture.version != version and picture.cost <= QUICK:
                self._draw(name, picture, version)

    def refresh_due(self, version: object) -> None:
        """Compute what is out of date and whose turn has come."""
        now = self._clock()
        for name, picture in self._pictures.items():
            if picture.version != version and now >= picture.due:
                self._draw(name, picture, version)

    def refresh_one(self, version: object) -> None:
        """Compute one picture that is out of date, however slow it is."""
        for name, picture in self._pictures.items():
            if picture.version != version:
                self._draw(name, picture, version)
                return

    def pictures(self) -> Mapping[str, Any]:
        """The newest pictures by name; a name is missing until its first picture is there."""
        return MappingProxyType({name: picture.value for name, picture in self._pictures.items() if picture.known})

    def _draw(self, name: str, picture: _Picture, version: object) -> None:
        start = self._clock()
        picture.value = self._compute(frozenset({name}))[name]
        end = self._clock()
        # the first call also sets things up: it must not count for long
        picture.cost = 0.5 * (picture.cost + end - start) if picture.known else end - start
        picture.known, picture.version = True, version
        picture.due = end + picture.cost * len(self._pictures) / SHARE
