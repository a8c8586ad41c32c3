"""Where everything on the canvas stands: plain arithmetic, no Qt.

The picture is one loop: input column → layer columns → prediction → loss card → optimizer card → back into the weights.
Columns share the width; when they cannot get narrower the whole picture becomes wider than its view and scrolls.
"""

from dataclasses import dataclass
from enum import Enum

MARGIN = 8.0
TITLE_HEIGHT = 24.0
CONTROL_HEIGHT = 26.0
GAUGE_BAR = 8.0
GAUGE_HEIGHT = 44.0  # bar, "purity 79 %", caption
GAP = (14.0, 150.0)  # between columns: least and most
PREDICTION_GAP = (66.0, 170.0)  # between output and loss card, room for the word on the arrow
COLUMN_MOST = 190.0
UNIT_SIZE = (19.0, 72.0)
BUNDLED_SIZE = 24.0  # where not all units fit, those that are shown are large enough to read
UNIT_SPACE = 3.0  # between units that are packed closest
BAR_SIZE = (11.0, 22.0)  # height of an activation bar
UNIT_FEATURE = 38.0  # a unit on the smallest screen
BUNDLE_HEIGHT = 22.0
LEAST_HEIGHT = 400.0


@dataclass(frozen=True)
class Rect:
    """A rectangle in pixels of the canvas."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def center_x(self) -> float:
        """The middle between left and right."""
        return self.x + self.width / 2

    @property
    def center_y(self) -> float:
        """The middle between top and bottom."""
        return self.y + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def grown(self, by: float) -> "Rect":
        """The rectangle with ``by`` pixels more on each side."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


class Shape(Enum):
    """How the units of a column look."""

    SQUARES = "squares"  # heat maps
    BARS = "bars"  # activation bars
    ROWS = "rows"  # class bars with names
    PICTURE = "picture"  # one image
    BAR = "bar"  # a plain bar from which lines go out (Flatten)


@dataclass(frozen=True)
class ColumnSpec:
    """What the layout must know of one column. ``one_row``: width that its controls need side by side."""

    shape: Shape
    units: int
    least: float
    one_row: float = 0.0
    most: float = COLUMN_MOST
    left_label: float = 0.0


@dataclass(frozen=True)
class Column:
    """One placed column; ``units`` are the rectangles of the units that are shown, ``hidden`` counts the others."""

    frame: Rect
    units: tuple[Rect, ...]
    hidden: int
    bundle: Rect | None
    gauge: Rect
    shape: Shape

    @property
    def lowest(self) -> float:
        """The y of the lowest line that can reach the column."""
        last = self.units[-1]
        return last.bottom if self.shape is Shape.BAR else last.center_y

    def ports(self, count: int, *, right: bool) -> tuple[tuple[float, float], ...]:
        """Where the lines of the first ``count`` values leave (``right``) or enter the column."""
        if self.shape in (Shape.PICTURE, Shape.BAR):
            box = self.units[0]
            x = box.right if right else box.x
            if right and self.shape is Shape.BAR:
                return tuple((x, box.y + (k + 0.5) * box.height / count) for k in range(count))
            return tuple((x, box.center_y) for _ in range(count))
        return tuple((box.right if right else box.x, box.center_y) for box in self.units[:count])


@dataclass(frozen=True)
class Layout:
    """Everything placed. ``gaps[i]`` is the x of the lane left of layer i: insert button above, arrow from below."""

    width: float
    height: float
    stacked: bool
    zone: Rect
    columns: tuple[Column, ...]
    gaps: tuple[float, ...]
    loss: Rect
    targets: Rect
    optimizer: Rect

    def column_at(self, x: float, y: float) -> int | None:
        """The index of the column under a point."""
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
        """Where a unit of a layer stands; None while it is not shown."""
        if layer is None or unit is None or layer + 1 >= len(self.columns):
            return None
        units = self.columns[layer + 1].units
        return units[unit] if unit < len(units) else None

    def arrow_tip(self, layer: int) -> float:
        """Where the arrow that adjusts the weights of ``layer`` ends: just under their lowest line."""
        left, right = self.columns[layer], self.columns[layer + 1]
        lowest = (left.lowest + right.lowest) / 2
        return min(self.zone.bottom + 2, lowest + 14)


@dataclass(frozen=True)
class CardSizes:
    """The sizes that the two cards and the "true targets" pill need, in pixels."""

    loss: tuple[float, float] = (186.0, 126.0)
    optimizer: tuple[float, float] = (236.0, 66.0)
    targets: tuple[float, float] = (98.0, 26.0)


def arrange(specs: tuple[ColumnSpec, ...], width: float, height: float, cards: CardSizes) -> Layout:
    """Place the columns ``specs`` (input first, output last) and the cards in ``width`` × ``height``."""
    height = max(height, LEAST_HEIGHT)
    widths, gap, prediction, total, left = _share_width(specs, width, cards.loss[0])
    stacked = any(spec.one_row > given for spec, given in zip(specs, widths, strict=True))
    zone_top = MARGIN + TITLE_HEIGHT + CONTROL_HEIGHT * (2 if stacked else 1) + (4 if stacked else 0) + 12
    frame_bottom = height - MARGIN - cards.optimizer[1] - 10
    gauge_top = frame_bottom - 6 - GAUGE_HEIGHT
    zone = Rect(0, zone_top, total, gauge_top - 10 - zone_top)
    columns: list[Column] = []
    x = left
    for spec, given in zip(specs, widths, strict=True):
        frame = Rect(x, MARGIN, given, frame_bottom - MARGIN)
        columns.append(_column(spec, frame, zone, gauge_top))
        x += given + gap
    gaps = tuple(column.frame.x - gap / 2 for column in columns[1:])
    loss_x = x - gap + prediction
    loss_y = max(MARGIN + cards.targets[1] + 30, zone.center_y - cards.loss[1] / 2)
    loss = Rect(loss_x, loss_y, *cards.loss)
    targets_y = max(MARGIN, loss.y - 30 - cards.targets[1])
    targets = Rect(loss.center_x - cards.targets[0] / 2, targets_y, *cards.targets)
    optimizer_x = max(MARGIN + 140, loss.center_x - 184 - cards.optimizer[0])
    optimizer = Rect(optimizer_x, height - MARGIN - cards.optimizer[1], *cards.optimizer)
    return Layout(total, height, stacked, zone, tuple(columns), gaps, loss, targets, optimizer)


def _share_width(
    specs: tuple[ColumnSpec, ...], width: float, loss_width: float
) -> tuple[tuple[float, ...], float, float, float, float]:
    """Give each column its width: the least first, then equal shares, then wider gaps.

    Returns: widths, gap, prediction gap, total width, left margin.
    """
    gaps = len(specs) - 1
    widths = [spec.least for spec in specs]
    gap, prediction = GAP[0], PREDICTION_GAP[0]
    free = width - sum(widths) - gaps * gap - prediction - loss_width - 2 * MARGIN
    while free > 0.5:  # the narrowest columns grow first, so that columns of one kind become equal
        growing = [k for k, spec in enumerate(specs) if widths[k] < spec.most - 0.01]
        if not growing:
            break
        low = min(widths[k] for k in growing)
        lowest = [k for k in growing if widths[k] <= low + 0.01]
        ends = [specs[k].most for k in lowest] + [widths[k] for k in growing if widths[k] > low + 0.01]
        grow = min(min(ends) - low, free / len(lowest))
        for k in lowest:
            widths[k] += grow
        free -= grow * len(lowest)
    if free > 0:
        extra = min(PREDICTION_GAP[1] - prediction, free / (gaps + 1))
        prediction += extra
        free -= extra
        extra = min(GAP[1] - gap, free / gaps)
        gap += extra
        free -= extra * gaps
    left = MARGIN + max(0.0, free) / 2
    total = max(width, sum(widths) + gaps * gap + prediction + loss_width + 2 * MARGIN)
    return tuple(widths), gap, prediction, total, left


def _column(spec: ColumnSpec, frame: Rect, zone: Rect, gauge_top: float) -> Column:
    bar = min(frame.width - 12, 120.0)
    gauge = Rect(frame.center_x - bar / 2, gauge_top, bar, GAUGE_HEIGHT)
    hidden, bundle = 0, None
    if spec.shape is Shape.PICTURE:
        side = min(frame.width - 16, zone.height - 24, 120.0)
        units: tuple[Rect, ...] = (Rect(frame.center_x - side / 2, zone.center_y - side / 2, side, side),)
    elif spec.shape is Shape.BAR:
        units = (Rect(frame.center_x - 5, zone.y + 4, 10, zone.height - 8),)
    elif spec.shape is Shape.ROWS:
        pitch = min(zone.height / spec.units, 34.0)
        top = zone.center_y - pitch * spec.units / 2
        inner = frame.width - 12
        units = tuple(Rect(frame.x + 6, top + k * pitch, inner, pitch) for k in range(spec.units))
    else:
        units, hidden, bundle = _squares(spec, frame, zone)
    return Column(frame, units, hidden, bundle, gauge, spec.shape)


def _squares(spec: ColumnSpec, frame: Rect, zone: Rect) -> tuple[tuple[Rect, ...], int, Rect | None]:
    """Stack as many units as fit, as large as the height allows; the rest goes into a bundle."""
    bars = spec.shape is Shape.BARS
    least = (BAR_SIZE if bars else UNIT_SIZE)[0] + UNIT_SPACE
    room, shown = zone.height, spec.units
    if spec.units * least > room + UNIT_SPACE:
        room -= BUNDLE_HEIGHT + 6
        least = least if bars else BUNDLED_SIZE + UNIT_SPACE
        shown = max(1, int((room + UNIT_SPACE) // least))
    full = min(UNIT_SIZE[1], max(UNIT_FEATURE, zone.height / 6.2), frame.width - spec.left_label - 8)
    tallest = BAR_SIZE[1] if bars else full
    pitch = min(tallest * 1.24, (room + UNIT_SPACE) / shown)
    size = min(tallest, pitch - max(UNIT_SPACE, min(9.0, pitch * 0.16)))
    hidden = spec.units - shown
    block = pitch * (shown - 1) + size + (BUNDLE_HEIGHT + 6 if hidden else 0)
    top = round(zone.center_y - block / 2)
    size = round(size)
    width = round(full) if bars else size
    left = round(frame.center_x - width / 2 + spec.left_label / 2)
    units = tuple(Rect(left, round(top + k * pitch), width, size) for k in range(shown))
    bundle = Rect(frame.center_x - 38, units[-1].bottom + 6, 76, BUNDLE_HEIGHT) if hidden else None
    return units, hidden, bundle
