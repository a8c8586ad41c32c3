"""Where everything on the canvas stands: plain arithmetic, no Qt.

The picture is one loop: input column → layer columns → prediction → loss card → optimizer card → back into the weights.
Columns share the width. Where that is not enough their heads shrink to words, then the picture becomes wider than its
view and scrolls; loss and optimizer stay in view all the same (``Layout.pinned``). ``zoom`` above 1 widens columns,
lanes and unit pictures, below 1 it packs the columns of a picture that does not fit closer; heads, texts and cards keep
their size, so everything stays readable and usable.
"""

import msgspec

from playground.views.canvas.boxes import (
    BAR_SIZE,
    BUNDLE_HEIGHT,
    COLUMN_MOST,
    CONTROL_HEIGHT,
    GAUGE_BAR,
    GAUGE_HEIGHT,
    MARGIN,
    TITLE_HEIGHT,
    UNIT_SIZE,
    Column,
    ColumnSpec,
    Head,
    Rect,
    Shape,
    place_column,
)

__all__ = [
    "BAR_SIZE",
    "BUNDLE_HEIGHT",
    "COLUMN_MOST",
    "CONTROL_HEIGHT",
    "GAUGE_BAR",
    "GAUGE_HEIGHT",
    "LEAST_HEIGHT",
    "MARGIN",
    "TITLE_HEIGHT",
    "UNIT_SIZE",
    "CardSizes",
    "Column",
    "ColumnSpec",
    "Head",
    "Layout",
    "Rect",
    "Shape",
    "arrange",
]

GAP = (14.0, 150.0)  # between columns: least and most
NARROW_GAP = (12.0, 22.0)  # between narrow columns: least, and as much as they take before the columns grow
NARROW_PREDICTION = 62.0
PREDICTION_GAP = (67.0, 170.0)  # between output and loss card, room for the word on the arrow
LEAST_HEIGHT = 336.0


class Layout(msgspec.Struct, frozen=True):
    """Everything placed. ``gaps[i]`` is the x of the lane left of layer i: insert button above, arrow from below."""

    width: float
    height: float
    head: Head
    zone: Rect
    columns: tuple[Column, ...]
    gaps: tuple[float, ...]
    loss: Rect
    targets: Rect
    optimizer: Rect
    shift: float = 0.0
    floating: bool = False
    pane: float | None = None

    @property
    def stacked(self) -> bool:
        """Whether the controls of the heads stand in two rows."""
        return self.head is Head.STACKED

    def pinned(self, scrolled: float, width: float) -> "Layout":
        """The layout as it is seen through a view of ``width`` pixels that was scrolled to the right by ``scrolled``.

        Where the picture is wider than the view it is ``floating``: loss, targets and optimizer stay at the right of
        the view. ``pane`` is where their part begins, which covers the columns below it; None where it covers none.
        """
        if self.width <= width + 0.5:
            return msgspec.structs.replace(self.shifted(0.0), floating=False)
        shift = min(0.0, scrolled + width - self.width)
        moved = msgspec.structs.replace(self.shifted(shift), floating=True)
        return moved if shift > -0.5 else msgspec.structs.replace(moved, pane=moved.loss.x - PREDICTION_GAP[0])

    def shifted(self, shift: float) -> "Layout":
        """The layout with the cards ``shift`` pixels away from their own places."""
        by = shift - self.shift
        cards = (Rect(box.x + by, box.y, box.width, box.height) for box in (self.loss, self.targets, self.optimizer))
        loss, targets, optimizer = cards
        return msgspec.structs.replace(self, loss=loss, targets=targets, optimizer=optimizer, shift=shift, pane=None)

    def head_at(self, x: float, y: float) -> int | None:
        """The column whose head, above its controls, is under a point."""
        place = self.column_at(x, y)
        height = self.head.height if self.head is Head.WORDS else TITLE_HEIGHT
        return place if place is not None and y < self.columns[place].frame.y + height else None

    def covered(self, x: float) -> bool:
        """Whether the columns are covered here by what floats over them."""
        return self.pane is not None and x >= self.pane

    def column_at(self, x: float, y: float) -> int | None:
        """The index of the column under a point."""
        if self.covered(x):
            return None
        return next((k for k, column in enumerate(self.columns) if column.frame.contains(x, y)), None)

    def unit_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The unit under a point, as (column, unit)."""
        place = self.column_at(x, y)
        if place is None or self.columns[place].shape in (Shape.BAR, Shape.PICTURE):
            return None
        return next(((place, k) for k, box in enumerate(self.columns[place].units) if box.contains(x, y)), None)

    def bundle_at(self, x: float, y: float) -> int | None:
        """The column whose "+n more" is under a point."""
        bundles = (column.bundle for column in self.columns)
        return next((k for k, box in enumerate(bundles) if box is not None and box.contains(x, y)), None)

    def unit_box(self, layer: int | None, unit: int | None) -> Rect | None:
        """Where a unit of a layer stands; "+n more" for one that is not shown."""
        if layer is None or unit is None or layer + 1 >= len(self.columns):
            return None
        return self.columns[layer + 1].place_of(unit)

    def arrow_tip(self, layer: int) -> float:
        """Where the arrow that adjusts the weights of ``layer`` ends: just under their lowest line."""
        left, right = self.columns[layer], self.columns[layer + 1]
        lowest = (left.lowest + right.lowest) / 2
        return min(self.zone.bottom + 2, lowest + 14)


class CardSizes(msgspec.Struct, frozen=True):
    """The sizes that the two cards and the "true targets" pill need, in pixels."""

    loss: tuple[float, float] = (186.0, 126.0)
    optimizer: tuple[float, float] = (236.0, 66.0)
    targets: tuple[float, float] = (98.0, 26.0)


class _Widths(msgspec.Struct, frozen=True):
    """How the width is shared."""

    columns: tuple[float, ...]
    gap: float
    prediction: float
    total: float
    left: float


def arrange(specs: tuple[ColumnSpec, ...], width: float, height: float, cards: CardSizes, zoom: float = 1.0) -> Layout:
    """Place the columns ``specs`` (input first, output last) and the cards in ``width`` × ``height``."""
    height = max(height, LEAST_HEIGHT)
    fixed = cards.loss[0] + 2 * MARGIN
    room = (width - fixed) * max(1.0, zoom) + fixed
    head, widths = Head.STACKED, _share(specs, room, fixed, GAP, zoom)
    if widths.total > room + 0.5:
        specs = tuple(spec.narrowed(min(1.0, zoom)) for spec in specs)
        head, widths = Head.WORDS, _share(specs, room, fixed, NARROW_GAP, zoom)
    elif all(spec.one_row <= given for spec, given in zip(specs, widths.columns, strict=True)):
        head = Head.FULL
    zone_top = MARGIN + head.height + 12
    frame_bottom = height - MARGIN - cards.optimizer[1] - 10
    gauge_top = frame_bottom - 6 - GAUGE_HEIGHT
    zone = Rect(0, zone_top, widths.total, gauge_top - 10 - zone_top)
    columns: list[Column] = []
    x = widths.left
    for spec, given in zip(specs, widths.columns, strict=True):
        frame = Rect(x, MARGIN, given, frame_bottom - MARGIN)
        columns.append(place_column(spec, frame, zone, gauge_top, max(1.0, zoom)))
        x += given + widths.gap
    gaps = tuple(column.frame.x - widths.gap / 2 for column in columns[1:])
    loss, targets, optimizer = _cards(cards, x - widths.gap + widths.prediction, zone, height)
    layout = Layout(widths.total, height, head, zone, tuple(columns), gaps, loss, targets, optimizer)
    return layout.pinned(0.0, width)


def _cards(cards: CardSizes, x: float, zone: Rect, height: float) -> tuple[Rect, Rect, Rect]:
    """The loss card at ``x``, the true targets above it, the optimizer below and to the left."""
    loss_y = max(MARGIN + cards.targets[1] + 30, zone.center_y - cards.loss[1] / 2)
    loss = Rect(x, loss_y, *cards.loss)
    targets_y = max(MARGIN, loss.y - 30 - cards.targets[1])
    targets = Rect(loss.center_x - cards.targets[0] / 2, targets_y, *cards.targets)
    left = max(MARGIN + 140, loss.center_x - 184 - cards.optimizer[0])
    return loss, targets, Rect(left, height - MARGIN - cards.optimizer[1], *cards.optimizer)


def _share(
    specs: tuple[ColumnSpec, ...], width: float, fixed: float, lane: tuple[float, float], zoom: float
) -> _Widths:
    """Give each column its width: the least first, then equal shares, then wider gaps."""
    gaps = len(specs) - 1
    widths = [spec.least for spec in specs]
    gap, prediction = lane[0] * min(1.0, zoom), PREDICTION_GAP[0] if lane is GAP else NARROW_PREDICTION
    zoom = max(1.0, zoom)
    free = width - sum(widths) - gaps * gap - prediction - fixed
    if lane is NARROW_GAP and free > 0:
        extra = min(lane[1] - gap, free / gaps)
        gap, free = gap + extra, free - extra * gaps
    free = _grow(widths, [spec.most * zoom for spec in specs], free)
    if free > 0:
        extra = min(PREDICTION_GAP[1] - prediction, free / (gaps + 1))
        prediction += extra
        free -= extra
        extra = min(GAP[1] * zoom - gap, free / gaps)
        gap += extra
        free -= extra * gaps
    left = MARGIN + max(0.0, free) / 2
    total = max(width, sum(widths) + gaps * gap + prediction + fixed)
    return _Widths(tuple(widths), gap, prediction, total, left)


def _grow(widths: list[float], most: list[float], free: float) -> float:
    """The narrowest columns grow first, so that columns of one kind become equal; returns what is left of ``free``."""
    while free > 0.5:
        growing = [k for k, width in enumerate(widths) if width < most[k] - 0.01]
        if not growing:
            break
        low = min(widths[k] for k in growing)
        lowest = [k for k in growing if widths[k] <= low + 0.01]
        ends = [most[k] for k in lowest] + [widths[k] for k in growing if widths[k] > low + 0.01]
        grow = min(min(ends) - low, free / len(lowest))
        for k in lowest:
            widths[k] += grow
        free -= grow * len(lowest)
    return free
