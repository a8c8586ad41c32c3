"""Maps over the input plane (or a slice of more inputs): what every unit, and the network, answers at each place."""

from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import DOMAIN
from playground.data.features import FEATURES, expand, formulas
from playground.engine import Network
from playground.engine.program import Program
from playground.project.preprocessing import Preprocessing
from playground.project.slices import Slice
from playground.training.records import frozen

UNIT_MAP_SIZE = 32
"""Pixels along each side of a unit's map."""

BOUNDARY_SIZE = 100
"""Pixels along each side of the output map."""

Floats = NDArray[np.floating[Any]]


class UnitMaps(msgspec.Struct, frozen=True):
    """The outputs of all units over the plane; row 0 is the top (x₂ = +6).

    inputs: float32 (features, h, w), every feature that there is (``features_there_are``), also those not in use; of a
    table the inputs over its slice.
    layers: per layer float32 (units, h, w), None where a layer's output is not a row of units.
    """

    inputs: NDArray[np.float32]
    layers: tuple[Floats | None, ...]


class Boundary(msgspec.Struct, frozen=True):
    """The network's output over the plane. values: (outputs, h, w), row 0 is the top (x₂ = +6)."""

    values: Floats


def plane(size: int) -> NDArray[np.float32]:
    """The centres of size × size pixels that cover the plane, row by row from the top: float32 (size², 2)."""
    centres = (np.arange(size) + 0.5) / size * (2 * DOMAIN) - DOMAIN
    x1, x2 = np.meshgrid(centres, centres[::-1])
    return np.column_stack([x1.ravel(), x2.ravel()]).astype(np.float32)


def features_there_are(used: tuple[str, ...]) -> tuple[str, ...]:
    """The ready-made features in the registry's order, then the formulas among those in use."""
    return FEATURES.names() + formulas(used)


@lru_cache(maxsize=8)
def feature_maps(names: tuple[str, ...], size: int = UNIT_MAP_SIZE) -> NDArray[np.float32]:
    """The named features over the plane: read-only float32 (features, size, size)."""
    maps = expand(plane(size), names).T.reshape(-1, size, size)
    maps = np.ascontiguousarray(maps)
    maps.flags.writeable = False
    return maps


class GridPainter:
    """Paints the maps of one network over a slice; ``see`` tells how the network sees what lies there.

    The programs are bound once and share the network's weights, so each picture shows the present ones.
    """

    def __init__(self, network: Network, cut: Slice, see: Preprocessing) -> None:
        self._network, self._cut, self._see = network, cut, see
        self._programs: dict[int, Program] = {}

    def unit_maps(self) -> UnitMaps:
        """All units at once, out of one forward pass."""
        program = self._run(UNIT_MAP_SIZE)
        return UnitMaps(self._inputs(program), tuple(_as_maps(array, UNIT_MAP_SIZE) for array in program.outputs))

    def boundary(self) -> Boundary | None:
        """The output over the plane; None when the network does not end in a row of units."""
        maps = _as_maps(self._run(BOUNDARY_SIZE).output, BOUNDARY_SIZE)
        return None if maps is None else Boundary(maps)

    def _run(self, size: int) -> Program:
        program = self._programs.get(size)
        if program is None:
            program = self._programs[size] = self._network.bind(size * size)
            program.input[...] = self._see(self._cut.rows(plane(size))).T
        program.run()
        return program

    def _inputs(self, program: Program) -> NDArray[np.float32]:
        """The maps of the inputs themselves."""
        if self._see.features:
            return feature_maps(features_there_are(self._see.features))
        return np.asarray(frozen(program.input.reshape(-1, UNIT_MAP_SIZE, UNIT_MAP_SIZE)), np.float32)


def _as_maps(outputs: Floats, size: int) -> Floats | None:
    """(units, size²) as a read-only copy (units, size, size); None for other shapes."""
    return frozen(outputs.reshape(-1, size, size)) if outputs.ndim == 2 else None
