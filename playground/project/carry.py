"""What a network learned, carried over to another one: every weight that still has a place keeps its value.

A place is known by what it joins: the weight from one unit to another goes where these two units went, whatever was
added, removed or moved around them. The same holds for what the optimizer remembers of each weight.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import Network
from playground.project import lineage
from playground.project.adapt import input_shape
from playground.project.edit import Origin
from playground.project.lineage import Names
from playground.project.model import Project

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.signedinteger[Any]]

FRESH, ZERO = -1, -2
"""In an index: a weight without a past starts with its initial value, or at 0 so that the output does not jump."""


class Transfer:
    """The way from the parameters of one project's network to those of another.

    origin: for each new layer the old one it stems from (None: the same place). units: by new layer, where its units
    stem from. identity: new layers that begin as ones that change nothing, where they can.

    ``index`` (new size,): for each new parameter the old one that it continues, or FRESH, or ZERO.
    """

    def __init__(
        self,
        old: Project,
        new: Project,
        origin: Origin | None = None,
        units: Mapping[int, Origin] | None = None,
        identity: frozenset[int] = frozenset(),
    ) -> None:
        self._old, self._new, self._identity = old, new, identity
        self._before, self._after = _network(old), _network(new)
        count, given = len(old.network.layers), origin
        self._origin: Origin = (
            tuple(index if index < count else None for index in range(len(new.network.layers)))
            if given is None
            else tuple(stem if stem is not None and stem < count else None for stem in given)
        )
        if not set(lineage.inputs_of(old)) & set(lineage.inputs_of(new)):
            self._origin = (None,) * len(new.network.layers)  # whatever the layers learned, they learned to read these
        self._came = lineage.old_names(old)
        self._comes = lineage.new_names(new, self._origin, self._fitting(units or {}), identity)
        self.index = self._index(self._before.unpack, self._after.unpack, self._before.size, self._after.size)
        self._moving = self._index(
            self._before.unpack_moving, self._after.unpack_moving, self._before.moving.size, self._after.moving.size
        )

    def parameters(self, old: Floats) -> NDArray[np.float32]:
        """The new network's parameters (size,) from the old one's."""
        flat = np.where(self.index == ZERO, 0, self._after.flat)
        kept = self.index >= 0
        flat[kept] = old[self.index[kept]]
        self._begin_as_identity(flat)
        return flat.astype(np.float32)

    def slot(self, old: Floats, fill: float = 0.0) -> Floats:
        """What an optimizer remembers of each parameter; ``fill`` for those without a past."""
        return _taken(old, self.index, np.full(self.index.shape, fill, old.dtype))

    def moving(self, old: Floats) -> Floats:
        """The new network's moving statistics from the old one's."""
        return _taken(old, self._moving, self._after.moving.astype(old.dtype))

    # -- inside ----------------------------------------------------------------------------------------------------

    def _fitting(self, units: Mapping[int, Origin]) -> dict[int, Origin]:
        """For every layer with units where each of them stems from: by default the first ones from the first ones."""
        found = dict(units)
        for index, stem in enumerate(self._origin):
            if stem is None or index in found:
                continue
            before, now = (lineage.units_of(p.network.layers[k]) for p, k in ((self._old, stem), (self._new, index)))
            found[index] = tuple(unit if unit < before else None for unit in range(now))
        self._units = found
        return found

    def _index(self, before: Any, after: Any, old_size: int, new_size: int) -> Places:
        """Carry the numbers 0, 1, 2 … over as if they were parameters."""
        numbered = before(np.arange(old_size, dtype=np.int32))
        flat = np.full(new_size, FRESH, np.int32)
        target = after(flat)
        for index, stem in enumerate(self._origin):
            if stem is None or not self._same_kind(stem, index):
                continue
            for name in (name for name in target if name.startswith(f"{index}.")):
                earlier = numbered.get(f"{stem}.{name.partition('.')[2]}")
                if earlier is not None and earlier.ndim == target[name].ndim:
                    self._place(name, earlier, target[name], stem, index)
        return flat

    def _same_kind(self, stem: int, index: int) -> bool:
        return type(self._old.network.layers[stem]) is type(self._new.network.layers[index])

    def _place(self, name: str, earlier: Places, target: Places, stem: int, index: int) -> None:
        """Fill one array: its rows by what they read, its columns by the units that they belong to."""
        new, old = self._columns(stem, index, earlier.shape[-1], target.shape[-1])
        rows = self._rows(stem, index, earlier, target) if name.endswith(".kernel") and target.ndim > 1 else None
        outer = -1 if rows is None else -2
        span = tuple(slice(min(pair)) for pair in zip(earlier.shape[:outer], target.shape[:outer], strict=True))
        target, earlier = target[span], earlier[span]
        if rows is None:
            target[..., new] = earlier[..., old]
            return
        here, gone = np.flatnonzero(rows >= 0), np.flatnonzero(rows < 0)
        target[..., here[:, None], new] = earlier[..., rows[here][:, None], old]
        target[..., gone[:, None], new] = ZERO

    def _rows(self, stem: int, index: int, earlier: Places, target: Places) -> Places | None:
        """For each input of a layer the place that it had before, -1 for a new one; None where that is not known."""
        rows = _matched(self._came[stem], self._comes[index])
        if rows is None or len(rows) != target.shape[-2] or rows.max(initial=-1) >= earlier.shape[-2]:
            return None
        return rows

    def _columns(self, stem: int, index: int, before: int, now: int) -> tuple[Places, Places]:
        """Places (new, old) along the last axis: the layer's own units, or the channels that it works on."""
        own = self._units.get(index, ())
        if len(own) == now:
            places = np.array([FRESH if unit is None else unit for unit in own], np.intp)
        else:
            matched = _matched(self._came[stem], self._comes[index])
            places = np.arange(min(before, now)) if matched is None or len(matched) != now else matched
        new = np.flatnonzero((places >= 0) & (places < before))
        return new, places[new]

    def _begin_as_identity(self, flat: Floats) -> None:
        """Set the weights of new layers so that they pass on what they get, at least nearly; spare units give 0."""
        named, reached = self._after.unpack(flat), (self._after.input_shape, *self._after.shapes)
        for index in self._identity:
            passing = lineage.can_pass(self._new, index, reached[index])
            if self._origin[index] is not None or not (
                passing or lineage.nearly_passes(self._new, index, reached[index])
            ):
                continue
            if f"{index}.kernel" in named:
                named[f"{index}.kernel"][...] = np.eye(*named[f"{index}.kernel"].shape)
                named[f"{index}.bias"][...] = 0
            else:
                last = len(self._new.network.layers[index].inner) - 1  # type: ignore[attr-defined]
                for part in ("kernel", "bias"):
                    named[f"{index}.inner.{last}.{part}"][...] = 0


def _taken(old: Floats, index: Places, fresh: Floats) -> Floats:
    kept = index >= 0
    fresh[kept] = old[index[kept]]
    return fresh


def _matched(before: Names, now: Names) -> Places | None:
    """For each name now its place before, -1 where it is new; None where the two have nothing in common."""
    places = {name: place for place, name in enumerate(before)}
    found = np.array([places.get(name, -1) for name in now], np.intp)
    return found if (found >= 0).any() else None


def _network(project: Project) -> Network:
    return Network(list(project.network.layers), input_shape(project), seed=project.network.seed)
