"""From a snapshot to what the columns show: kernels for the lines, contents for the units."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine import Network
from playground.engine.activations import ACTIVATIONS
from playground.engine.layers.base import activation_of
from playground.insight.pictures import ACTIVATIONS as ACTIVATIONS_PICTURE
from playground.insight.pictures import UNIT_MAPS
from playground.project import build
from playground.project.model import Project
from playground.views.canvas.contents import (
    Bars,
    ClassRows,
    Content,
    FeatureMaps,
    Maps,
    NamedMaps,
    Picture,
    Plain,
    WeightImages,
    finite,
)
from playground.views.canvas.stages import Kind, Stage, first_weighted
from playground.views.canvas.units import FrameStamps, MapStrip, Span
from playground.views.colormap import example_image
from playground.views.theme import Theme


class Reader:
    """Reads snapshots for one network; made anew when the network's structure changes."""

    def __init__(self, project: Project, stages: tuple[Stage, ...], theme: Theme, stamps: FrameStamps) -> None:
        self._project, self._stages, self._theme, self._stamps = project, stages, theme, stamps
        fits = all(stage.shape is not None for stage in stages)
        self._network: Network | None = build.network(project) if fits else None
        self._last: dict[str, Any] = {}
        self._answers: NDArray[Any] | None = None
        self._windows: dict[int, NDArray[Any]] = {}  # kernels of convolutions by column: (filters, height, width)

    def fits(self, parameters: NDArray[Any]) -> bool:
        """Whether a parameter vector belongs to this network."""
        return self._network is not None and parameters.size == self._network.size

    def kernels(self, parameters: NDArray[Any]) -> tuple[NDArray[Any] | None, ...]:
        """The kernel of each layer, float (inputs, units); None for layers without one."""
        assert self._network is not None
        views = self._network.unpack(parameters)
        self._windows = {
            column: windows
            for column, stage in enumerate(self._stages)
            if stage.channels and (windows := _windows(views.get(f"{column - 1}.kernel"), stage.units)) is not None
        }
        return tuple(views.get(f"{layer}.kernel") for layer in range(len(self._stages) - 1))

    def weight_images(self, kernels: tuple[NDArray[Any] | None, ...]) -> dict[int, Content]:
        """The first layer's weights as images, where its inputs are the pixels of one."""
        column = first_weighted(self._stages)
        kernel = kernels[column - 1] if column is not None else None
        if column is None or kernel is None:
            return {}
        height, width = self._stages[0].shape[:2]  # type: ignore[index]
        images = finite(kernel.T.reshape(kernel.shape[1], height, width, -1)[..., 0])
        strip = MapStrip.diverging(images, Span.of(images, "any"), self._theme)
        return {column: WeightImages(strip, self._answers, self._stamps, self._theme)}

    def contents(self, pictures: Mapping[str, Any]) -> dict[int, Content]:
        """The contents of the columns whose pictures are new."""
        found: dict[int, Content] = {}
        maps, activations = pictures.get(UNIT_MAPS), pictures.get(ACTIVATIONS_PICTURE)
        if maps is not None and maps is not self._last.get(UNIT_MAPS):
            self._last[UNIT_MAPS] = maps
            for layer, values in enumerate(maps.layers):
                if (
                    values is not None
                    and layer + 1 < len(self._stages)
                    and len(values) == self._stages[layer + 1].units
                ):
                    found[layer + 1] = Maps(self._strip(layer, finite(values)), self._stamps)
            if self._stages[0].kind is Kind.TABLE and not np.array_equal(maps.inputs, self._last.get("table", ())):
                self._last["table"] = maps.inputs
                found[0] = NamedMaps(
                    _even(maps.inputs, self._theme, 1.0), self._stages[0].names, self._stamps, self._theme
                )
        images = self._stages[0].kind is Kind.IMAGE  # on the plane the units show maps
        if images and activations is not None and activations is not self._last.get(ACTIVATIONS_PICTURE):
            self._last[ACTIVATIONS_PICTURE] = activations
            found.update(self._activations(activations))
        return found

    def feature_strip(self, pictures: Mapping[str, Any]) -> MapStrip | None:
        """The maps of all features, once per theme; None when nothing new came."""
        maps = pictures.get(UNIT_MAPS)
        if maps is None or "inputs" in self._last:
            return None
        self._last["inputs"] = True
        return _even(maps.inputs, self._theme)

    def _strip(self, layer: int, values: NDArray[Any]) -> MapStrip:
        name = getattr(self._project.network.layers[layer], "activation", "linear")
        kind = ACTIVATIONS[name].range
        if self._stages[layer + 1].kind is Kind.OUTPUT and len(values) > 1 and kind == "unit":
            return MapStrip.classes(values, self._theme)
        return MapStrip.diverging(values, Span.of(values, kind), self._theme)

    def _activations(self, picture: Any) -> dict[int, Content]:
        """Bars of every layer and the picture of the example (image data)."""
        found: dict[int, Content] = {}
        if self._stages[0].kind is Kind.IMAGE:
            pixels = np.asarray(picture.input)
            colors = self._theme.picture_colors(self._project.data.source.drawn)
            found[0] = Picture(example_image(pixels, *colors), self._stamps)
        for layer, values in enumerate(picture.layers):
            column = layer + 1
            if column >= len(self._stages) or values is None:
                continue
            if self._stages[column].kind is Kind.PLAIN:
                found[column] = Plain(self._theme)
                continue
            if self._stages[column].channels:
                found[column] = self._feature_maps(column, finite(np.asarray(values)))
                continue
            flat = finite(np.asarray(values).ravel())
            if column == first_weighted(self._stages):
                self._answers = flat
                continue
            stage = self._stages[column]
            rows = stage.kind is Kind.OUTPUT and bool(stage.names)
            found[column] = ClassRows(flat, stage.names, self._theme) if rows else Bars(flat, self._theme)
        return found

    def _feature_maps(self, column: int, values: NDArray[Any]) -> FeatureMaps:
        """The channels of an image (height, width, channels), and the kernels that made them."""
        maps, windows = np.ascontiguousarray(values.transpose(2, 0, 1)), self._windows.get(column)
        kind = ACTIVATIONS[activation_of(self._project.network.layers[column - 1])].range
        insets = None
        if windows is not None:
            insets = MapStrip.diverging(finite(windows), Span.of(finite(windows), "any"), self._theme)
        strip = MapStrip.diverging(maps, Span.of(maps, kind), self._theme)
        return FeatureMaps(strip, insets, self._stamps, self._theme)


def _even(inputs: NDArray[Any], theme: Theme, least: float = 1e-6) -> MapStrip:
    """Maps of inputs (inputs, height, width), each on its own scale, which reaches to ``least`` at least."""
    values = inputs / np.maximum(np.abs(inputs).max(axis=(1, 2), keepdims=True), least)
    return MapStrip.diverging(values, Span(-1.0, 1.0), theme)


def _windows(kernel: NDArray[Any] | None, channels: int) -> NDArray[Any] | None:
    """One image (height, width) for each channel: its kernel, mean over what it reads."""
    if kernel is None or kernel.ndim != 4:
        return None
    made = kernel.mean(axis=2) if kernel.shape[3] == channels else kernel.reshape(*kernel.shape[:2], -1)
    return np.ascontiguousarray(made.transpose(2, 0, 1)) if made.shape[2] == channels else None
