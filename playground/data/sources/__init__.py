"""Where examples come from: generators on the plane, bundled data, and the user's own.

One file per family; a new ready-made set is one class in one of them, entered in ``SOURCES``.
"""

from typing import TYPE_CHECKING, TypeAlias

from playground.data.sources.base import OWN_SOURCES, SOURCES, Source
from playground.engine.registry import Registry

# isort: split
# in the order of the gallery: the order of these imports is the order of SOURCES
from playground.data.sources.toy import Circle, Gaussians, Moons, Xor

# isort: split
from playground.data.sources.patterns import Blobs, Checkerboard, Curve, Rings, Spiral

# isort: split
from playground.data.sources.numbers import Hills, Plane, Ripple, Wave

# isort: split
from playground.data.sources.digits import Digits

# isort: split
from playground.data.sources.bundled import Iris, Penguins, Wine

# isort: split
from playground.data.sources.points import Points

# isort: split
from playground.data.sources.pictures import Pictures

# isort: split
from playground.data.sources.formula import Formula

# isort: split
from playground.data.sources.table import Table

__all__ = [
    "KINDS",
    "OWN_SOURCES",
    "SOURCES",
    "AnySource",
    "Blobs",
    "Checkerboard",
    "Circle",
    "Curve",
    "Digits",
    "Formula",
    "Gaussians",
    "Hills",
    "Iris",
    "Moons",
    "Penguins",
    "Pictures",
    "Plane",
    "Points",
    "Rings",
    "Ripple",
    "Source",
    "Spiral",
    "Table",
    "Wave",
    "Wine",
    "Xor",
]

KINDS: Registry[type[Source]] = Registry("data set")
"""Everything that a project can hold as its source."""

for _name, _kind in (*SOURCES.items(), *OWN_SOURCES.items()):
    KINDS.register(_name)(_kind)

if TYPE_CHECKING:
    AnySource: TypeAlias = Source
else:
    AnySource = KINDS.union()  # the tagged union that files are decoded with
