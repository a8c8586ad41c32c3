"""The walk through one step: which beats there are at each zoom, and the card of each."""

from dataclasses import replace

import numpy as np

from playground.engine.layers import Flatten, Reshape
from playground.insight.trace import backward, forward, mistakes, naming, overview, update
from playground.insight.trace.card import Beat, Card, Focus, Numbers, Spot, Stage, Zoom
from playground.insight.trace.record import Trace


def beats(trace: Trace, zoom: Zoom) -> tuple[Beat, ...]:
    """Four beats; close up, forward and backward go layer by layer, past those that only hand on."""
    if zoom in (Zoom.EPOCH, Zoom.BATCH):
        return tuple(Beat(stage) for stage in Stage)
    layers = enumerate(trace.project.network.layers)
    steps = [index for index, layer in layers if not (layer.bypassed or isinstance(layer, Flatten | Reshape))]
    back = [index for index in reversed(steps) if trace.layers[index].sum_gradients is not None]
    return (
        *(Beat(Stage.FORWARD, index) for index in steps),
        Beat(Stage.LOSS),
        *(Beat(Stage.BACKWARD, index) for index in back),
        Beat(Stage.UPDATE),
    )


def first_focus(trace: Trace) -> Focus:
    """What to begin with: the first weight that learns."""
    return Focus(layer=next((index for index in range(len(trace.layers)) if trace.learns(index)), 0))


def fitted(trace: Trace, focus: Focus) -> Focus:
    """The focus within what there is: layers, units, weights and examples of this trace."""
    layer = min(max(0, focus.layer), len(trace.layers) - 1)
    unit = min(max(0, focus.unit), naming.units(trace, layer) - 1)
    count = naming.sources(trace, layer)
    source = None if focus.source is None else min(max(0, focus.source), max(0, count - 1))
    return Focus(min(max(0, focus.example), trace.batch - 1), layer, unit, source)


def at_beat(trace: Trace, beat: Beat, focus: Focus) -> Focus:
    """Where the focus lies at a beat: in the layer that the beat is about."""
    if beat.layer in (-1, focus.layer):
        return fitted(trace, focus)
    return fitted(trace, replace(focus, layer=beat.layer, unit=0, source=0))


def card(trace: Trace, zoom: Zoom, beat: Beat, focus: Focus) -> Card:
    """The card of one beat, with what it lights on the canvas."""
    focus = at_beat(trace, beat, focus)
    if zoom is Zoom.EPOCH:
        made = overview.epoch_card(trace, beat)
    elif zoom is Zoom.BATCH:
        made = overview.batch_card(trace, beat)
    elif zoom is Zoom.LAYER:
        made = overview.layer_card(trace, beat, focus)
    else:
        tell = {Stage.FORWARD: forward, Stage.LOSS: mistakes, Stage.BACKWARD: backward, Stage.UPDATE: update}
        made = tell[beat.stage].card(trace, focus)
    followed = naming.chosen(trace, focus) if zoom is Zoom.TERM else None
    return replace(made, spot=spot(trace, zoom, beat, focus), marked=followed.symbol if followed else None)


# -- lights ------------------------------------------------------------------------------------------------------------


def spot(trace: Trace, zoom: Zoom, beat: Beat, focus: Focus) -> Spot:
    """What takes part in a beat."""
    close = zoom in (Zoom.LAYER, Zoom.TERM)
    if beat.stage is Stage.LOSS:
        last = len(trace.layers)
        return Spot({last: np.ones(naming.units(trace, last - 1))}, cards=frozenset({"loss"}))
    if not close:
        return _wide(trace, beat.stage)
    single = focus if zoom is Zoom.TERM else None
    if beat.stage is Stage.FORWARD:
        return _forward(trace, focus, single)
    if beat.stage is Stage.BACKWARD:
        return _backward(trace, focus, single)
    moved = _edges(trace, focus.layer, _moved(trace, focus.layer), single, only_source=True)
    units = {focus.layer + 1: _one(trace, focus)} if single else {}
    if single:
        units |= _source(trace, focus)
    return Spot(units, {focus.layer: moved}, frozenset({"optimizer"}), forward=False)


def _wide(trace: Trace, stage: Stage) -> Spot:
    """All layers at once."""
    layers = range(len(trace.layers))
    units = {0: np.ones(len(trace.layers[0].input))} | {at + 1: np.ones(naming.units(trace, at)) for at in layers}
    if stage is Stage.FORWARD:
        return Spot(units, dict.fromkeys(layers, None))
    if stage is Stage.BACKWARD:
        reached = [at for at in layers if trace.layers[at].sum_gradients is not None]
        edges = {at: _shares(trace.parameter(at, "kernel", trace.update.loss_gradient)) for at in reached}
        return Spot({at + 1: units[at + 1] for at in reached}, edges, frozenset({"loss"}), forward=False)
    moved = {at: _shares(_moved(trace, at)) for at in layers if trace.learns(at)}
    return Spot({}, moved, frozenset({"optimizer"}), forward=False)


def _forward(trace: Trace, focus: Focus, single: Focus | None) -> Spot:
    traced, index = trace.layers[focus.layer], focus.layer
    kernel = trace.parameter(index, "kernel", trace.update.before)
    part = None
    if kernel is not None and kernel.ndim == 2 and traced.input.ndim == 2:
        part = np.abs(kernel * traced.input[:, focus.example, None])
    edges = _edges(trace, index, part, single)
    inputs = np.ones(len(traced.input)) if edges is None else 0.3 + 0.7 * edges.max(1, initial=0.0)
    outputs = _one(trace, focus) if single else np.ones(naming.units(trace, index))
    return Spot({index: inputs, index + 1: outputs}, {index: edges})


def _backward(trace: Trace, focus: Focus, single: Focus | None) -> Spot:
    """The unit, the later layers that its gradient comes through, and the weights that it is for."""
    index, last = focus.layer, len(trace.layers) - 1
    gradient = trace.parameter(index, "kernel", trace.update.loss_gradient)
    edges: dict[int, Numbers | None] = {index: _edges(trace, index, gradient, single, only_source=True)}
    units: dict[int, Numbers] = {index + 1: _one(trace, focus) if single else np.ones(naming.units(trace, index))}
    if single:
        units |= _source(trace, focus)
    for later in range(index + 1, last + 1):
        kernel = trace.parameter(later, "kernel", trace.update.before)
        found = trace.layers[later].sum_gradients
        if kernel is None or kernel.ndim != 2 or found is None or found.ndim != 2:
            edges[later] = None
        else:
            part = np.abs(kernel * found[None, :, focus.example])
            if later == index + 1 and single and focus.unit < len(part):
                part = part * np.eye(len(part))[focus.unit][:, None]
            edges[later] = _shares(part)
        units[later + 1] = np.full(naming.units(trace, later), 0.7)
    return Spot(units, edges, frozenset({"loss"}), forward=False)


def _edges(
    trace: Trace, index: int, part: Numbers | None, single: Focus | None, *, only_source: bool = False
) -> Numbers | None:
    """Strengths of a layer's lines; with a single unit in focus only those that lead to it."""
    shares = _shares(part)
    if shares is None or single is None or single.unit >= shares.shape[1]:
        return shares
    mask = np.zeros_like(shares)
    if only_source and single.source is not None and single.source < len(mask):
        mask[single.source, single.unit] = 1.0
        return mask
    mask[:, single.unit] = 0.3 + 0.7 * shares[:, single.unit] / max(float(shares[:, single.unit].max()), 1e-30)
    return mask


def _moved(trace: Trace, index: int) -> Numbers | None:
    return trace.parameter(index, "kernel", trace.update.after - trace.update.before)


def _shares(part: Numbers | None) -> Numbers | None:
    """Sizes as shares of the largest; None for layers without a matrix of weights."""
    if part is None or part.ndim != 2:
        return None
    sizes = np.nan_to_num(np.abs(part, dtype=np.float64), posinf=0.0)
    return sizes / max(float(sizes.max(initial=0.0)), 1e-30)


def _source(trace: Trace, focus: Focus) -> dict[int, Numbers]:
    """The unit that the weight in focus comes from."""
    count = len(trace.layers[focus.layer].input)
    if focus.source is None or focus.source >= count:
        return {}
    return {focus.layer: np.eye(count)[focus.source]}


def _one(trace: Trace, focus: Focus) -> Numbers:
    """Only the unit in focus."""
    lit = np.zeros(naming.units(trace, focus.layer))
    lit[focus.unit] = 1.0
    return lit
